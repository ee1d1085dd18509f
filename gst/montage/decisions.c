/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/decisions-private.h>
#include <gst/montage/field-private.h>

void
gst_montage_directions_foreach (GstMontageDirectionFunc func, gpointer data)
{
  const GstMontageFieldTable *table = &gst_montage_directions_table;

  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageFieldTable *group = table->fields[i].table;

    for (guint k = 0; k < group->n_fields; k++) {
      g_autofree gchar *path = gst_montage_field_path (table->fields[i].name,
          group->fields[k].name);

      func (&group->fields[k], path, data);
    }
  }
}

const GstMontageDecision *
gst_montage_decision_find (const GstMontageInstructions *self,
    const gchar *path)
{
  const GArray *decisions = self->origin.decisions;

  for (guint i = 0; i < decisions->len; i++) {
    const GstMontageDecision *decision = &g_array_index (decisions,
        GstMontageDecision, i);

    if (strcmp (decision->field, path) == 0)
      return decision;
  }
  return NULL;
}

gboolean
gst_montage_decision_is_settled (const GstMontageInstructions *self,
    const gchar *path)
{
  const GstMontageDecision *decision = gst_montage_decision_find (self, path);

  return decision && decision->sure >= GST_MONTAGE_DECISION_SETTLED;
}

void
gst_montage_decisions_add (GArray *decisions, const gchar *field,
    const gchar *value, const gchar *words, gdouble sure,
    GstMontageOrigin source)
{
  const GstMontageDecision decision = {g_strdup (field), g_strdup (value),
      g_strdup (words), sure, source};

  g_array_append_val (decisions, decision);
}

void
gst_montage_decisions_add_scenes (GArray *decisions,
    const GstMontageInstructions *before)
{
  for (guint i = 0; i < before->origin.decisions->len; i++) {
    const GstMontageDecision *decision =
        &g_array_index (before->origin.decisions, GstMontageDecision, i);

    if (g_str_has_prefix (decision->field, "scenes["))
      gst_montage_decisions_add (decisions, decision->field, decision->value,
          decision->words, decision->sure, decision->source);
  }
}

void
gst_montage_instructions_take_decisions (GstMontageInstructions *self,
    GArray *decisions)
{
  GArray *old = self->origin.decisions;

  for (guint i = 0; i < old->len; i++) {
    GstMontageDecision *decision = &g_array_index (old, GstMontageDecision, i);

    g_free (decision->field);
    g_free (decision->value);
    g_free (decision->words);
  }
  g_array_unref (old);
  self->origin.decisions = decisions;
}

void
gst_montage_instructions_add_notes (GstMontageInstructions *self,
    GPtrArray *notes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (notes->len == 0)
    return;
  if (self->origin.notes)
    g_strv_builder_addv (builder, (const gchar **) self->origin.notes);
  for (guint i = 0; i < notes->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (notes, i));
  g_strfreev (self->origin.notes);
  self->origin.notes = g_strv_builder_end (builder);
}
