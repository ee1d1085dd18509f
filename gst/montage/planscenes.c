/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "planscenes.h"
#include "planscore.h"

/* ---- which wishes hold where ---- */

static const GstMontageSceneRule *
get_rule (const GArray *rules, guint index)
{
  return &g_array_index (rules, GstMontageSceneRule, index);
}

static gboolean
is_stronger (const GstMontageSceneRule *rule, const GstMontageSceneRule *other)
{
  return other == NULL || ABS (rule->weight) > ABS (other->weight);
}

static void
add_rule (MontageSpan *span, const GstMontageSceneRule *rule)
{
  span->wish = CLAMP (span->wish + rule->weight, -1.0, 1.0);
  span->speed_step = CLAMP (span->speed_step + rule->speed_step, -2, 2);
  if (is_stronger (rule, span->rule))
    span->rule = rule;
}

/* Returns how many spans it holds for. */
static guint
apply_rule (MontageMaterial *material, const GstMontageSceneRule *rule)
{
  guint n = 0;

  for (guint i = 0; i < material->spans->len; i++) {
    MontageSpan *span = &g_array_index (material->spans, MontageSpan, i);
    if (span->info->scene == NULL
        || !gst_montage_scene_shows (span->info->scene, rule->when))
      continue;
    add_rule (span, rule);
    n++;
  }

  return n;
}

static gboolean
was_looked_at (const MontageMaterial *material)
{
  for (guint i = 0; i < material->spans->len; i++)
    if (g_array_index (material->spans, MontageSpan, i).info->scene != NULL)
      return TRUE;

  return FALSE;
}

void
montage_scenes_apply (MontageMaterial *material,
    const GstMontageInstructions *instructions, GPtrArray *notes)
{
  const GArray *rules = instructions->scenes;
  gboolean looked = was_looked_at (material);

  for (guint i = 0; i < rules->len; i++) {
    const GstMontageSceneRule *rule = get_rule (rules, i);
    if (apply_rule (material, rule) > 0)
      continue;
    if (looked)
      g_ptr_array_add (notes,
          g_strdup_printf ("No shot shows \"%s\": what was said of it has no "
                           "effect.",
              rule->when));
    else
      g_ptr_array_add (notes,
          g_strdup_printf ("What was said of \"%s\" has no effect: no model "
                           "was asked to look at the shots.",
              rule->when));
  }
}

gboolean
montage_scenes_is_unwanted (const MontageMaterial *material, guint source)
{
  gboolean any = FALSE;

  for (guint i = 0; i < material->spans->len; i++) {
    const MontageSpan *span = &g_array_index (material->spans, MontageSpan, i);
    if (span->source != source)
      continue;
    if (span->wish >= 0)
      return FALSE;
    any = TRUE;
  }

  return any;
}

/* ---- where it is cut faster ---- */

/* Half a frame early: beats, where cuts are, lie that near to frames. */
static GstClockTime
border (const MontageFilmGrid *film, guint64 frame)
{
  GstClockTime time = montage_film_song_time (film, frame);
  GstClockTime half = gst_montage_output_frame_time (&film->output, 1) / 2;

  return time > half ? time - half : 0;
}

gboolean
montage_scenes_mark (const MontageMaterial *material,
    const MontageFilmGrid *film, const GArray *slots, const GArray *takes,
    guint from, MontagePace *pace)
{
  for (guint i = from; i < slots->len; i++) {
    const MontageSlot *slot = &g_array_index (slots, MontageSlot, i);
    guint span = g_array_index (takes, MontageTake, i).span;
    MontagePaceChange change = {.start = border (film, slot->first_frame),
        .end = border (film, slot->first_frame + slot->n_frames),
        .step = g_array_index (material->spans, MontageSpan, span).speed_step};

    if (change.step != 0)
      g_array_append_val (pace->changes, change);
  }

  return pace->changes->len > 0;
}
