/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "question.h"

static void
utterance_free (gpointer data)
{
  MontageUtterance *self = data;

  g_free (self->text);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_free (self);
}

MontageQuestion *
montage_question_new (const gchar *system, const gchar *schema_name)
{
  MontageQuestion *self = g_new0 (MontageQuestion, 1);

  self->system = g_strdup (system);
  self->schema_name = schema_name;
  self->utterances = g_ptr_array_new_with_free_func (utterance_free);
  return self;
}

void
montage_question_say (MontageQuestion *self, gboolean from_model,
    const gchar *text, GPtrArray *images)
{
  MontageUtterance *utterance = g_new0 (MontageUtterance, 1);

  utterance->from_model = from_model;
  utterance->text = g_strdup (text);
  utterance->images = images;
  g_ptr_array_add (self->utterances, utterance);
}

void
montage_question_free (MontageQuestion *self)
{
  if (!self)
    return;
  g_free (self->system);
  g_ptr_array_unref (self->utterances);
  for (guint i = 0; i < G_N_ELEMENTS (self->schema); i++)
    g_free (self->schema[i]);
  g_free (self);
}
