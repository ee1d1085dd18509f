/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "request.h"

void
director_request_copy (const DirectorRequest *self, DirectorRequest *copy)
{
  copy->prompt = g_strdup (self->prompt);
  copy->style = g_strdup (self->style);
  copy->document = g_strdup (self->document);
  copy->conversation = self->conversation;
}

void
director_request_clear (DirectorRequest *self)
{
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->style, g_free);
  g_clear_pointer (&self->document, g_free);
}

/* A ready document that does not say where it comes from came from a file. */
static GstMontageInstructions *
read_document (const gchar *document, GError **error)
{
  GstMontageInstructions *read = gst_montage_instructions_from_json (document,
      -1, "The property instructions", error);

  if (read && read->origin.source == GST_MONTAGE_ORIGIN_DEFAULTS)
    read->origin.source = GST_MONTAGE_ORIGIN_FILE;
  return read;
}

/* The first turn, from the document where there is one. */
static GstMontageInstructions *
begin (const DirectorRequest *self, const GstMontageStyles *styles,
    MontageDirector *director, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstMontageInstructions) document = NULL;

  if (self->document && *self->document) {
    document = read_document (self->document, error);
    if (!document || !self->conversation || !self->prompt)
      return g_steal_pointer (&document);
  }
  return montage_director_direct (director, styles, document, self->style,
      self->prompt, NULL, cancellable, error);
}

/* The next turn: only what is new since @last is said. */
static GstMontageInstructions *
go_on (const DirectorRequest *self, const DirectorRequest *last,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    MontageDirector *director, GCancellable *cancellable, GError **error)
{
  gboolean same_prompt = g_strcmp0 (self->prompt, last->prompt) == 0;
  gboolean same_style = g_strcmp0 (self->style, last->style) == 0;

  return montage_director_direct (director, styles, before,
      same_style ? NULL : self->style, same_prompt ? NULL : self->prompt, NULL,
      cancellable, error);
}

GstMontageInstructions *
director_request_read (const DirectorRequest *self, const DirectorRequest *last,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    MontageDirector *director, GCancellable *cancellable, GError **error)
{
  if (self->conversation && before
      && g_strcmp0 (self->document, last->document) == 0)
    return go_on (self, last, before, styles, director, cancellable, error);
  return begin (self, styles, director, cancellable, error);
}
