/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plannotes.h"
#include "planreason.h"
#include "planscenes.h"

static gchar *
seconds (GstClockTime time)
{
  return montage_reason_number ((gdouble) time / GST_SECOND, 2);
}

void
montage_notes_left_out (const MontageMaterial *material, gdouble min_sec,
    GPtrArray *notes)
{
  g_autofree gchar *shortest = montage_reason_number (min_sec, 2);

  for (guint i = 0; i < material->n_sources; i++) {
    const GstMontageShotList *source = material->sources[i];
    g_autofree gchar *name = montage_material_source_name (source, i);
    g_autofree gchar *length = seconds (source->duration);

    if (g_array_index (material->source_frames, guint64, i) > 0)
      continue;
    if (source->shots->len == 0)
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is left out: it has no pictures.", name));
    else
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is left out: it is %s s long, and the shortest "
                           "cut here lasts %s s.",
              name, length, shortest));
  }
}

/* The shortest cut in output frames. */
static guint64
shortest_cut (const GstMontagePlan *plan)
{
  guint64 shortest = G_MAXUINT64;

  for (guint i = 0; i < plan->cuts->len; i++)
    shortest = MIN (shortest,
        gst_montage_output_frame_at (&plan->output,
            g_array_index (plan->cuts, GstMontageCut, i).duration));

  return shortest;
}

void
montage_notes_unused (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes)
{
  guint64 shortest = shortest_cut (plan);
  guint n_used = 0;

  for (guint i = 0; i < plan->sources->len; i++)
    n_used += g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0;

  for (guint i = 0; i < plan->sources->len; i++) {
    guint64 frames = g_array_index (material->source_frames, guint64, i);
    g_autofree gchar *name = NULL, *length = NULL;

    if (g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0
        || frames == 0)
      continue;
    name = montage_material_source_name (material->sources[i], i);
    length = seconds (gst_montage_output_frame_time (&plan->output, frames));
    if (montage_scenes_is_unwanted (material, i))
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is not used: all that it shows was to be "
                           "avoided.",
              name));
    else if (frames < shortest)
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is not used: its longest shot lasts %s s, and "
                           "every cut of this film is longer.",
              name, length));
    else if (plan->cuts->len <= n_used)
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is not used: the film has %u cuts and more "
                           "clips than that.",
              name, plan->cuts->len));
    else
      g_ptr_array_add (notes,
          g_strdup_printf ("%s is not used: its longest shot of %s s fits only "
                           "where other clips are needed.",
              name, length));
  }
}

void
montage_notes_repeats (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes)
{
  g_autofree gchar *film = seconds (plan->duration);
  g_autofree gchar *footage = NULL;
  GstClockTime total = 0;

  if (plan->metrics.repeats == 0)
    return;
  for (guint i = 0; i < material->n_sources; i++) {
    if (g_array_index (material->source_frames, guint64, i) > 0)
      total += material->sources[i]->duration;
  }
  footage = seconds (total);
  g_ptr_array_add (notes,
      g_strdup_printf (
          "%u of %u cuts show something again: the film lasts %s s "
          "and the clips %s s together.",
          plan->metrics.repeats, plan->cuts->len, film, footage));
}
