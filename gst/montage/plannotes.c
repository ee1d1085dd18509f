/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "plannotes.h"
#include "planquality.h"
#include "planreason.h"
#include "planscenes.h"

/* Of more clips than these a note gives the number. */
#define MAX_NAMES 4

gchar *
montage_notes_seconds (gdouble sec)
{
  gdouble hundredths = floor (sec * 100 + 0.5);
  guint digits = fmod (hundredths, 100) == 0 ? 0
      : fmod (hundredths, 10) == 0           ? 1
                                             : 2;

  return montage_reason_number (hundredths / 100, digits);
}

gchar *
montage_notes_time (GstClockTime time)
{
  return montage_notes_seconds ((gdouble) time / GST_SECOND);
}

/* ---- clips that share a fate ---- */

/* "a.mp4, b.mp4 and 3 more". */
static gchar *
list_names (const MontageMaterial *material, const GArray *clips)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint shown = clips->len > MAX_NAMES ? MAX_NAMES - 1 : clips->len;

  for (guint i = 0; i < shown; i++) {
    guint clip = g_array_index (clips, guint, i);
    g_autofree gchar *name =
        montage_material_source_name (material->sources[clip], clip);
    const gchar *joint = i == 0 ? "" : i + 1 == clips->len ? " and " : ", ";
    g_string_append_printf (names, "%s%s", joint, name);
  }
  if (shown < clips->len)
    g_string_append_printf (names, " and %u more", clips->len - shown);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* One sentence for all @clips: "NAMES is|are WHAT: ONE|MANY." Frees the
 * reasons. */
static void
note_clips (const MontageMaterial *material, const GArray *clips,
    const gchar *what, gchar *one, gchar *many, GPtrArray *notes)
{
  g_autofree gchar *names = list_names (material, clips);

  if (clips->len > 0)
    g_ptr_array_add (notes,
        g_strdup_printf ("%s %s %s: %s.", names, clips->len == 1 ? "is" : "are",
            what, clips->len == 1 ? one : many));
  g_free (one);
  g_free (many);
}

static const GstMontageClipRule *
get_rule (const MontageMaterial *material, guint clip)
{
  return material->rules != NULL ? &material->rules[clip] : NULL;
}

static gboolean
is_skipped (const MontageMaterial *material, guint clip)
{
  return material->rules != NULL && material->rules[clip].skip;
}

static gboolean
has_window (const MontageMaterial *material, guint clip)
{
  const GstMontageClipRule *rule = get_rule (material, clip);

  return rule != NULL && (rule->from_sec > 0 || rule->to_sec > 0);
}

/* ---- clips that no cut can show ---- */

typedef enum
{
  LEFT_OUT_EMPTY,
  LEFT_OUT_WINDOW,
  LEFT_OUT_SHORT,
  N_LEFT_OUT
} LeftOut;

void
montage_notes_left_out (const MontageMaterial *material, gdouble min_sec,
    GPtrArray *notes)
{
  g_autofree gchar *shortest = montage_notes_seconds (min_sec);
  g_autofree gchar *length = NULL;
  GArray *clips[N_LEFT_OUT];

  for (guint i = 0; i < N_LEFT_OUT; i++)
    clips[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < material->n_sources; i++) {
    LeftOut why = material->sources[i]->shots->len == 0 ? LEFT_OUT_EMPTY
        : has_window (material, i)                      ? LEFT_OUT_WINDOW
                                                        : LEFT_OUT_SHORT;

    if (is_skipped (material, i)
        || g_array_index (material->source_frames, guint64, i) > 0)
      continue;
    g_array_append_val (clips[why], i);
    if (why == LEFT_OUT_SHORT && length == NULL)
      length = montage_notes_time (material->sources[i]->duration);
  }

  note_clips (material, clips[LEFT_OUT_EMPTY], "left out",
      g_strdup ("it has no pictures"), g_strdup ("they have no pictures"),
      notes);
  note_clips (material, clips[LEFT_OUT_WINDOW], "left out",
      g_strdup_printf ("what of it is to be shown is shorter than the "
                       "shortest cut here, %s s",
          shortest),
      g_strdup_printf ("what of them is to be shown is shorter than the "
                       "shortest cut here, %s s",
          shortest),
      notes);
  note_clips (material, clips[LEFT_OUT_SHORT], "left out",
      g_strdup_printf ("it is %s s long, and the shortest cut here lasts %s s",
          length, shortest),
      g_strdup_printf ("they are shorter than the shortest cut here, %s s",
          shortest),
      notes);
  for (guint i = 0; i < N_LEFT_OUT; i++)
    g_array_unref (clips[i]);
}

/* ---- clips that are not shown ---- */

typedef enum
{
  UNUSED_WEIGHT,
  UNUSED_UNWANTED,
  UNUSED_SHORT,
  UNUSED_CROWD,
  UNUSED_OTHER,
  UNUSED_FLAW, /* and more: one per flaw */
  N_UNUSED = UNUSED_FLAW + MONTAGE_N_FLAWS
} Unused;

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

static guint
why_unused (const MontageMaterial *material, const GstMontagePlan *plan,
    guint clip, guint n_used)
{
  guint64 frames = g_array_index (material->source_frames, guint64, clip);
  const GstMontageClipRule *rule = get_rule (material, clip);
  MontageFlaw flaw = montage_quality_source_flaw (material, clip);

  if (rule != NULL && rule->weight <= 0)
    return UNUSED_WEIGHT;
  if (montage_scenes_is_unwanted (material, clip))
    return UNUSED_UNWANTED;
  if (flaw != MONTAGE_FLAW_NONE)
    return UNUSED_FLAW + flaw;
  if (frames < shortest_cut (plan))
    return UNUSED_SHORT;
  return plan->cuts->len <= n_used ? UNUSED_CROWD : UNUSED_OTHER;
}

void
montage_notes_unused (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes)
{
  GArray *clips[N_UNUSED];
  guint n_used = 0;

  for (guint i = 0; i < N_UNUSED; i++)
    clips[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < plan->sources->len; i++)
    n_used += g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0;
  for (guint i = 0; i < plan->sources->len; i++) {
    if (g_array_index (plan->sources, GstMontageSource, i).n_cuts == 0
        && g_array_index (material->source_frames, guint64, i) > 0)
      g_array_append_val (clips[why_unused (material, plan, i, n_used)], i);
  }

  note_clips (material, clips[UNUSED_WEIGHT], "not used",
      g_strdup ("it has weight 0, and there was enough else"),
      g_strdup ("they have weight 0, and there was enough else"), notes);
  note_clips (material, clips[UNUSED_UNWANTED], "not used",
      g_strdup ("all that it shows was to be avoided"),
      g_strdup ("all that they show was to be avoided"), notes);
  note_clips (material, clips[UNUSED_SHORT], "not used",
      g_strdup ("every cut of this film is longer than its longest shot"),
      g_strdup ("every cut of this film is longer than their longest shots"),
      notes);
  note_clips (material, clips[UNUSED_CROWD], "not used",
      g_strdup_printf ("the film has %u cuts and more clips than that",
          plan->cuts->len),
      g_strdup_printf ("the film has %u cuts and more clips than that",
          plan->cuts->len),
      notes);
  note_clips (material, clips[UNUSED_OTHER], "not used",
      g_strdup ("its shots fit only where other clips are needed"),
      g_strdup ("their shots fit only where other clips are needed"), notes);
  for (guint flaw = 0; flaw < MONTAGE_N_FLAWS; flaw++)
    note_clips (material, clips[UNUSED_FLAW + flaw], "not used",
        g_strdup (montage_quality_flaw_text (flaw, FALSE)),
        g_strdup (montage_quality_flaw_text (flaw, TRUE)), notes);
  for (guint i = 0; i < N_UNUSED; i++)
    g_array_unref (clips[i]);
}

void
montage_notes_repeats (const MontageMaterial *material,
    const GstMontagePlan *plan, GPtrArray *notes)
{
  g_autofree gchar *film = montage_notes_time (plan->duration);
  g_autofree gchar *footage = NULL;
  guint64 frames = 0;

  if (plan->metrics.repeats == 0)
    return;
  for (guint i = 0; i < material->spans->len; i++) {
    const MontageSpan *span = &g_array_index (material->spans, MontageSpan, i);
    if (!span->reserved)
      frames += montage_material_span_footage (material, span);
  }
  footage = montage_notes_time (
      gst_montage_output_frame_time (&plan->output, frames));
  g_ptr_array_add (notes,
      g_strdup_printf (
          "%u of %u cuts show something again: the film lasts %s s, "
          "and there are %s s to be shown.",
          plan->metrics.repeats, plan->cuts->len, film, footage));
}
