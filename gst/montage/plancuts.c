/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "plancuts.h"
#include "planlooks.h"
#include "planmetrics.h"
#include "planrandom.h"
#include "planreason.h"
#include "planzoom.h"
#include "planrunners.h"

/* How much chance there is in which half of the cuts is faded when transitions
 * are mixed; the rest is the music's energy. */
#define MIXED_CHANCE 0.35

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  const GArray *takes;
  guint from;
} Context;

static const MontageSlot *
get_slot (const Context *self, guint slot)
{
  return &g_array_index (self->scorer->slots, MontageSlot, slot);
}

static const MontageTake *
get_take (const Context *self, guint slot)
{
  return &g_array_index (self->takes, MontageTake, slot);
}

static const MontageSpan *
get_span (const Context *self, guint span)
{
  return &g_array_index (self->scorer->material->spans, MontageSpan, span);
}

/* Cuts since the pictures of @cut, the next of @cuts, were last shown, be it
 * from a file that shows the same; 0 if never. */
static guint
last_repeat (const Context *self, const GArray *cuts, const GstMontageCut *cut)
{
  const MontageMaterial *material = self->scorer->material;
  guint span = get_take (self, cuts->len)->span;

  for (guint i = cuts->len; i-- > 0;) {
    GstMontageCut other = g_array_index (cuts, GstMontageCut, i);
    guint own = get_take (self, i)->span;

    if (own != MONTAGE_NO_SPAN
        && montage_looks_get (material, own)
            == montage_looks_get (material, span)) {
      other.source = cut->source;
      other.in_point = montage_looks_time (material, own, other.in_point, span);
    }
    if (montage_metrics_is_repeat (&other, cut))
      return cuts->len - i;
  }

  return 0;
}

static GStrv
list_effects (const GstMontageInstructions *instructions)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  if (instructions->effects.color_grading != GST_MONTAGE_GRADING_NONE
      && instructions->effects.color_intensity > 0) {
    g_autofree gchar *grade = g_strconcat ("grade:",
        gst_montage_enum_nick (GST_TYPE_MONTAGE_GRADING,
            (gint) instructions->effects.color_grading),
        NULL);
    g_strv_builder_add (builder, grade);
    any = TRUE;
  }
  if (instructions->effects.stabilization) {
    g_strv_builder_add (builder, "stabilize");
    any = TRUE;
  }
  if (instructions->effects.upscale) {
    g_strv_builder_add (builder, "upscale");
    any = TRUE;
  }
  if (instructions->effects.sharpness_boost) {
    g_strv_builder_add (builder, "sharpen");
    any = TRUE;
  }

  return any ? g_strv_builder_end (builder) : NULL;
}

/* ---- transitions ---- */

/* How readily a cut is faded where only half of them are: in calm music, and
 * by chance. */
static gdouble
fade_rank (const Context *self, guint slot)
{
  return (1.0 - MIXED_CHANCE) * get_slot (self, slot)->energy
      + MIXED_CHANCE * montage_random (self->scorer->seed, slot, 0xfade);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

/* The rank below which half of the cuts lie. */
static gdouble
median_rank (const Context *self)
{
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < self->takes->len; i++) {
    gdouble rank = fade_rank (self, i);
    g_array_append_val (ranks, rank);
  }
  if (ranks->len == 0)
    return 0.0;
  g_array_sort (ranks, compare_doubles);

  return g_array_index (ranks, gdouble, ranks->len / 2);
}

/* The share of the shorter neighbour that a transition into @slot may take; 0
 * where there is to be none. */
static gdouble
fade_share (const Context *self, guint slot, gdouble median)
{
  switch (self->scorer->instructions->transitions.type) {
    case GST_MONTAGE_TRANSITIONS_CROSSFADE:
      return 0.3;
    case GST_MONTAGE_TRANSITIONS_MIXED:
      return fade_rank (self, slot) < median ? 0.3 : 0.0;
    case GST_MONTAGE_TRANSITIONS_ENERGY_AWARE:
      return get_slot (self, slot)->energy < 0.3 ? 0.2 : 0.0;
    default:
      return 0.0;
  }
}

/* Output frames of source material around a take: before it and after it. */
static void
take_margins (const Context *self, guint slot, guint64 *before, guint64 *after)
{
  const MontageTake *take = get_take (self, slot);
  const GstMontageOutput *output = &self->scorer->film->output;
  guint64 per_sec = (guint64) output->fps_d * GST_SECOND;
  gdouble speed = 1.0 - get_slot (self, slot)->slow;
  const MontageSpan *span;
  GstClockTime last;

  *before = *after = 0;
  if (take->span == MONTAGE_NO_SPAN)
    return;
  span = get_span (self, take->span);
  last = take->in_point
      + montage_material_reach (self->scorer->material,
          montage_slot_material (get_slot (self, slot)));
  if (span->still)
    *before = *after = G_MAXUINT32;
  else if (take->in_point > span->first)
    *before = (guint64) ((gdouble) gst_util_uint64_scale (take->in_point
                                 - span->first,
                             output->fps_n, per_sec)
        / speed);
  if (last < span->last)
    *after = (guint64) ((gdouble) gst_util_uint64_scale (span->last - last,
                            output->fps_n, per_sec)
        / speed);
}

/* What the transition into @slot looks like; wipes go to a side by chance. */
static GstMontageTransition
choose_look (const Context *self, guint slot)
{
  static const GstMontageTransition wipes[] = {GST_MONTAGE_TRANSITION_WIPE_LEFT,
      GST_MONTAGE_TRANSITION_WIPE_RIGHT, GST_MONTAGE_TRANSITION_WIPE_UP,
      GST_MONTAGE_TRANSITION_WIPE_DOWN};

  switch (self->scorer->instructions->transitions.look) {
    case GST_MONTAGE_TRANSITION_LOOK_DIP_BLACK:
      return GST_MONTAGE_TRANSITION_DIP_BLACK;
    case GST_MONTAGE_TRANSITION_LOOK_DIP_WHITE:
      return GST_MONTAGE_TRANSITION_DIP_WHITE;
    case GST_MONTAGE_TRANSITION_LOOK_WIPE:
      return wipes[(guint) (montage_random (self->scorer->seed, slot, 0x31de)
                       * G_N_ELEMENTS (wipes))
          % G_N_ELEMENTS (wipes)];
    default:
      return GST_MONTAGE_TRANSITION_CROSSFADE;
  }
}

/* Half of the transition into @slot in frames; 0 for a cut. It is as long as
 * instructions and both shots allow, and the material around them where it
 * shows both. */
static guint64
fade_half (const Context *self, guint slot, gdouble median)
{
  const GstMontageOutput *output = &self->scorer->film->output;
  gdouble share = slot > 0 ? fade_share (self, slot, median) : 0.0;
  gdouble wanted =
      self->scorer->instructions->transitions.crossfade_duration_sec
      * output->fps_n / output->fps_d;
  guint64 shorter, half, before, after, unused;

  if (share <= 0)
    return 0;
  shorter = MIN (get_slot (self, slot - 1)->n_frames,
      get_slot (self, slot)->n_frames);
  half = (guint64) (MIN (wanted, share * shorter) / 2 + 1e-6);
  if (montage_score_look_dips (self->scorer))
    return half;
  take_margins (self, slot - 1, &unused, &after);
  take_margins (self, slot, &before, &unused);

  return MIN (half, MIN (before, after));
}

static void
set_transition (const Context *self, guint slot, gdouble median,
    GstMontageCut *cut)
{
  guint64 half = fade_half (self, slot, median);

  cut->transition = GST_MONTAGE_TRANSITION_CUT;
  if (half == 0)
    return;
  cut->transition = choose_look (self, slot);
  cut->transition_duration = 2
      * gst_montage_output_frame_time (&self->scorer->film->output, half);
}

static void
set_place (const Context *self, guint index, GstMontageCut *cut)
{
  const MontageSlot *slot = get_slot (self, index);
  const GstMontageOutput *output = &self->scorer->film->output;

  cut->start = gst_montage_output_frame_time (output, slot->first_frame);
  cut->duration = gst_montage_output_frame_time (output,
                      slot->first_frame + slot->n_frames)
      - cut->start;
  cut->beat = slot->beat;
  cut->n_beats = slot->n_beats;
  cut->section = slot->label;
  cut->energy = slot->energy;
  cut->speed = 1.0 - slot->slow;
}

void
montage_cuts_append (const MontageChoices *choices, const GArray *takes,
    guint from, GArray *cuts)
{
  Context self = {choices, choices->scorer, takes, from};
  g_autofree MontageUse *uses = g_new (MontageUse, takes->len + 1);
  g_autofree gboolean *seen = g_new0 (gboolean,
      self.scorer->material->n_sources + 1);
  MontageFilmTakes film = {choices, choices->scorer, takes, seen, uses};
  gdouble median = median_rank (&self);

  for (guint i = 0; i < takes->len; i++) {
    const MontageTake *take = get_take (&self, i);
    GstMontageCut cut;

    if (i >= from) {
      const MontageSpan *span = get_span (&self, take->span);
      gst_montage_cut_init (&cut);
      set_place (&self, i, &cut);
      cut.source = span->source;
      cut.pinned = montage_rules_is_pinned (self.scorer->rules, i, cut.source);
      cut.in_point = take->in_point;
      if (span->still) {
        cut.speed = 1.0;
        montage_zoom_set (self.scorer->material, span, self.scorer->seed, i,
            &cut);
      }
      cut.shot = montage_material_shot_at (self.scorer->material, span,
          take->in_point);
      cut.motion =
          montage_metrics_motion (self.scorer->material->sources[cut.source],
              cut.in_point, montage_metrics_shown (&cut));
      montage_film_score (&film, i, take, &cut.score);
      montage_runners_find (&film, i, &cut.score, cut.runners_up);
      set_transition (&self, i, median, &cut);
      cut.effects = list_effects (self.scorer->instructions);
      cut.seen = last_repeat (&self, cuts, &cut);
      cut.reason = montage_reason_new (self.scorer, i, take, &cut, cut.seen);
      g_array_append_val (cuts, cut);
    }
    if (take->span != MONTAGE_NO_SPAN)
      seen[get_span (&self, take->span)->source] = TRUE;
  }
}
