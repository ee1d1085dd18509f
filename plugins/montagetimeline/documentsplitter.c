/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "documentsplitter.h"

#include <gst/montage/json.h>

struct _DocumentSplitter
{
  GByteArray *bytes;
  guint scanned; /* bytes that have been looked at */
  guint depth;   /* of open objects and arrays */
  gboolean in_string;
  gboolean escaped;
};

DocumentSplitter *
document_splitter_new (void)
{
  DocumentSplitter *self = g_new0 (DocumentSplitter, 1);

  self->bytes = g_byte_array_new ();
  return self;
}

void
document_splitter_free (DocumentSplitter *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->bytes);
  g_free (self);
}

void
document_splitter_reset (DocumentSplitter *self)
{
  g_byte_array_set_size (self->bytes, 0);
  self->scanned = self->depth = 0;
  self->in_string = self->escaped = FALSE;
}

gboolean
document_splitter_push (DocumentSplitter *self, const guint8 *data,
    gsize length)
{
  if (length > GST_MONTAGE_JSON_MAX_BYTES - self->bytes->len)
    return FALSE;
  g_byte_array_append (self->bytes, data, length);
  return TRUE;
}

/* Whether @byte closes the outermost object. */
static gboolean
scan (DocumentSplitter *self, guint8 byte)
{
  if (self->escaped) {
    self->escaped = FALSE;
  } else if (self->in_string) {
    self->escaped = byte == '\\';
    self->in_string = byte != '"';
  } else if (byte == '"') {
    self->in_string = TRUE;
  } else if (byte == '{' || byte == '[') {
    self->depth++;
  } else if (byte == '}' || byte == ']') {
    if (self->depth > 0)
      self->depth--;
    return self->depth == 0;
  }
  return FALSE;
}

GBytes *
document_splitter_pop (DocumentSplitter *self)
{
  GBytes *document;

  while (self->scanned < self->bytes->len) {
    if (!scan (self, self->bytes->data[self->scanned++]))
      continue;
    document = g_bytes_new (self->bytes->data, self->scanned);
    g_byte_array_remove_range (self->bytes, 0, self->scanned);
    self->scanned = 0;
    return document;
  }
  return NULL;
}

GBytes *
document_splitter_finish (DocumentSplitter *self)
{
  GBytes *rest = NULL;
  guint i;

  for (i = 0; i < self->bytes->len && rest == NULL; i++) {
    if (!g_ascii_isspace (self->bytes->data[i]))
      rest = g_bytes_new (self->bytes->data, self->bytes->len);
  }
  document_splitter_reset (self);
  return rest;
}
