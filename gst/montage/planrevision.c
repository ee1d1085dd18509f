/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What stays of an earlier plan. */

#include <gst/montage/error.h>

#include "planlocal.h"
#include "planrevision.h"

/* ---- whether it can ---- */

G_GNUC_PRINTF (2, 3)
static gboolean
refuse_revision (GError **error, const gchar *format, ...)
{
  g_autofree gchar *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "The plan cannot be revised: %s.", why);

  return FALSE;
}

/* Its clips are the first ones of the request: cuts that stay name them by
 * their place. */
static gboolean
check_clips (const GstMontageRequest *request, GError **error)
{
  const GArray *known = request->previous->sources;

  if (known->len > request->n_sources)
    return refuse_revision (error,
        "it was made from %u clips, and there are "
        "only %u of them",
        known->len, request->n_sources);
  for (guint i = 0; i < known->len; i++) {
    const GstMontageSource *source = &g_array_index (known, GstMontageSource,
        i);
    const gchar *uri = request->sources[i]->uri;
    if (g_strcmp0 (source->uri, uri != NULL ? uri : "") != 0)
      return refuse_revision (error, "its clip %u was %s and is %s now", i + 1,
          source->uri, uri);
  }

  return TRUE;
}

gboolean
montage_revision_check (const GstMontageRequest *request, GError **error)
{
  const GstMontagePlan *previous = request->previous;

  if (request->n_frozen == 0)
    return TRUE;
  if (previous == NULL)
    return refuse_revision (error, "there is none");
  if (!check_clips (request, error))
    return FALSE;
  for (guint i = 0; i < MIN (request->n_frozen, previous->cuts->len); i++) {
    const GstMontageCut *cut = &g_array_index (previous->cuts, GstMontageCut,
        i);
    if (cut->shot >= request->sources[cut->source]->shots->len)
      return refuse_revision (error, "cut %u shows a shot of %s that is gone",
          i + 1, request->sources[cut->source]->uri);
  }

  return TRUE;
}

/* ---- the cuts that have been shown ---- */

void
montage_revision_copy (const GstMontagePlan *previous, guint n_frozen,
    GstMontagePlan *plan)
{
  GstMontagePlan *copy;

  if (n_frozen == 0)
    return;
  copy = gst_montage_plan_copy (previous);
  g_array_append_vals (plan->cuts, copy->cuts->data, n_frozen);
  /* They belong to the plan now. */
  memset (copy->cuts->data, 0, n_frozen * sizeof (GstMontageCut));
  gst_montage_plan_free (copy);
}

/* ---- the choice of the others ---- */

/* What @cut shows, as a take for @slot; FALSE if it is not to be had there. */
static gboolean
find_take (const MontageChoices *choices, guint slot, const GstMontageCut *cut,
    MontageTake *take)
{
  const MontageScorer *scorer = choices->scorer;
  const GstMontageOutput *output = &scorer->film->output;
  const MontageSlot *at = &g_array_index (scorer->slots, MontageSlot, slot);
  gint span = montage_material_find (scorer->material, cut->source,
      cut->in_point);

  if (gst_montage_output_frame_at (output, cut->start) != at->first_frame
      || gst_montage_output_frame_at (output, cut->duration) != at->n_frames
      || span < 0 || montage_choices_find (choices, slot, (guint) span) == NULL)
    return FALSE;
  montage_score_take (scorer, slot, (guint) span, cut->in_point, take);

  return TRUE;
}

void
montage_revision_improve (const GstMontagePlan *previous,
    const MontageChoices *choices, guint n_frozen, GArray *takes)
{
  g_autoptr (GArray) others = NULL;

  if (previous == NULL || previous->seed != choices->scorer->seed
      || previous->cuts->len != takes->len)
    return;
  others = g_array_copy (takes);
  for (guint i = n_frozen; i < takes->len; i++) {
    if (!find_take (choices, i,
            &g_array_index (previous->cuts, GstMontageCut, i),
            &g_array_index (others, MontageTake, i)))
      return;
  }
  montage_local_improve (choices, others, n_frozen,
      montage_search_default.effort);
  if (montage_local_total (choices, others, n_frozen)
      <= montage_local_total (choices, takes, n_frozen))
    return;
  g_array_set_size (takes, 0);
  g_array_append_vals (takes, others->data, others->len);
}
