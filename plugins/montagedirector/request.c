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

static GstMontageInstructions *
read_prompt (const DirectorRequest *self, const GstMontageInstructions *before,
    const GstMontageStyles *styles, MontageDirector *director,
    GCancellable *cancellable, GError **error)
{
  if (director)
    return montage_director_direct (director, styles, before, self->style,
        self->prompt, NULL, cancellable, error);
  if (before && self->prompt)
    return gst_montage_prompt_refine (styles, before, self->prompt, error);
  return gst_montage_prompt_read (styles, self->style, self->prompt, error);
}

GstMontageInstructions *
director_request_read (const DirectorRequest *self,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    MontageDirector *director, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstMontageInstructions) document = NULL;

  if (self->document && *self->document) {
    document = read_document (self->document, error);
    if (!document || !self->conversation || !self->prompt)
      return g_steal_pointer (&document);
  }
  if (!before)
    before = document;
  /* a sentence that was there before is no further turn: something else was
   * set */
  if (!self->conversation
      || (before && g_strcmp0 (before->origin.prompt, self->prompt) == 0))
    before = NULL;
  return read_prompt (self, before, styles, director, cancellable, error);
}
