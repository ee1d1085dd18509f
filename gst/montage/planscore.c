/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the terms of a score need to know of the film's slots. The scale of the
 * points is the one that users know: the difference of energy up to 50 points,
 * a wide shot 20, high action 30. */

#include <math.h>

#include "planscore.h"

#define ENERGY_RANK_SHARE 0.85
/* Of the music; a drop is a climax whatever its energy. */
#define CLIMAX_ENERGY 0.75
/* An action that ends with its cut is not seen. */
#define BEAT_MARGIN (100 * GST_MSECOND)
/* What a peak on the cut, on a downbeat and on another beat is worth. */
#define PEAK_ON_CUT 0.65
#define PEAK_ON_STRONG_CUT 0.75
#define PEAK_ON_DOWNBEAT 1.0
#define PEAK_ON_BEAT 0.8

static gint
compare_energy (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageScorer *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = montage_scorer_slot (self, x)->energy,
          q = montage_scorer_slot (self, y)->energy;

  if (p != q)
    return p < q ? -1 : 1;
  return (x > y) - (x < y);
}

/* Motion is mostly a rank, a share of the footage; so the energy is one too, a
 * share of the film. Then there is as much footage for an energy as the film
 * needs, and none is shown twice while other footage is not. */
static void
compare_energies (MontageScorer *self)
{
  gdouble amplification =
      self->instructions->energy_mapping.energy_amplification;
  guint n = self->slots->len;
  g_autofree guint *order = g_new (guint, n + 1);
  gdouble total = 0.0, below = 0.0;

  for (guint i = 0; i < n; i++) {
    order[i] = i;
    total += (gdouble) montage_scorer_slot (self, i)->n_frames;
  }
  g_qsort_with_data (order, n, sizeof (guint), compare_energy, self);

  for (guint i = 0; i < n;) {
    gdouble energy = montage_scorer_slot (self, order[i])->energy, equal = 0.0,
            rank;
    guint end = i;

    for (; end < n && montage_scorer_slot (self, order[end])->energy == energy;
         end++)
      equal += (gdouble) montage_scorer_slot (self, order[end])->n_frames;
    rank = (below + equal / 2) / total;
    below += equal;
    for (; i < end; i++)
      self->energies[order[i]] = montage_energy_amplify (ENERGY_RANK_SHARE
                  * rank
              + (1.0 - ENERGY_RANK_SHARE) * energy,
          amplification);
  }
}

/* Beats in the slot, as times after its start. */
static void
find_beats (const MontageScorer *self, guint index, MontageSlotBeats *found)
{
  const MontageSlot *slot = montage_scorer_slot (self, index);
  const GArray *beats = self->film->music->beats;
  GstClockTime start = montage_film_song_time (self->film, slot->first_frame);
  GstClockTime end = montage_film_song_time (self->film,
      slot->first_frame + slot->n_frames);

  found->n = 1;
  found->times[0] = 0;
  found->weights[0] = slot->downbeat ? PEAK_ON_STRONG_CUT : PEAK_ON_CUT;
  if (slot->beat < 0)
    return;
  for (guint i = (guint) slot->beat + 1;
       i < beats->len && found->n < MONTAGE_MAX_BEATS; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    if (beat->time + BEAT_MARGIN >= end)
      break;
    found->times[found->n] = beat->time - MIN (start, beat->time);
    found->weights[found->n++] = beat->position == 1 ? PEAK_ON_DOWNBEAT
                                                     : PEAK_ON_BEAT;
  }
}

gboolean
montage_scorer_is_climax (const MontageScorer *self, guint slot)
{
  const MontageSlot *at = montage_scorer_slot (self, slot);

  return at->energy > CLIMAX_ENERGY || at->label == GST_MONTAGE_SECTION_DROP;
}

void
montage_scorer_init (MontageScorer *self)
{
  guint n = self->slots->len;

  self->n_usable = 0;
  for (guint i = 0; i < self->material->n_sources; i++)
    self->n_usable += g_array_index (self->material->source_frames, guint64, i)
        > 0;
  self->lengths = g_new (GstClockTime, n + 1);
  self->beats = g_new (MontageSlotBeats, n + 1);
  montage_scorer_update (self);
  self->energies = g_new (gdouble, n + 1);
  compare_energies (self);
  self->n_before_climax = n;
  while (self->n_before_climax > 0
      && !montage_scorer_is_climax (self, self->n_before_climax - 1))
    self->n_before_climax--;
  self->pairings = montage_pairings_new (self);
  self->coverage = montage_coverage_new (self);
  self->coverage_most = 0.0;
  for (guint i = 0; i < self->material->n_sources; i++)
    self->coverage_most = MAX (self->coverage_most, self->coverage[i]);
}

void
montage_scorer_clear (MontageScorer *self)
{
  g_clear_pointer (&self->pairings, g_free);
  g_clear_pointer (&self->lengths, g_free);
  g_clear_pointer (&self->energies, g_free);
  g_clear_pointer (&self->beats, g_free);
  g_clear_pointer (&self->coverage, g_free);
}

void
montage_scorer_update (MontageScorer *self)
{
  for (guint i = 0; i < self->slots->len; i++) {
    self->lengths[i] = gst_montage_output_frame_time (&self->film->output,
        montage_slot_material (montage_scorer_slot (self, i)));
    find_beats (self, i, &self->beats[i]);
  }
}

gdouble
montage_score_energy (const MontageScorer *self, guint slot)
{
  return self->energies[slot];
}

static gdouble
slot_sec (const MontageScorer *self, guint slot)
{
  return (gdouble) montage_scorer_slot (self, slot)->n_frames
      * self->film->output.fps_d / self->film->output.fps_n;
}

gboolean
montage_score_look_dips (const MontageScorer *self)
{
  GstMontageTransitionLook look = self->instructions->transitions.look;

  return look == GST_MONTAGE_TRANSITION_LOOK_DIP_BLACK
      || look == GST_MONTAGE_TRANSITION_LOOK_DIP_WHITE;
}

guint64
montage_score_handle (const MontageScorer *self, guint slot)
{
  gdouble wanted = self->instructions->transitions.crossfade_duration_sec;
  gdouble most = 0.0;

  if (montage_score_look_dips (self))
    return 0;
  switch (self->instructions->transitions.type) {
    case GST_MONTAGE_TRANSITIONS_CROSSFADE:
    case GST_MONTAGE_TRANSITIONS_MIXED:
      most = 0.3;
      break;
    case GST_MONTAGE_TRANSITIONS_ENERGY_AWARE:
      if (montage_scorer_slot (self, slot)->energy < 0.3
          || (slot + 1 < self->slots->len
              && montage_scorer_slot (self, slot + 1)->energy < 0.3))
        most = 0.2;
      break;
    default:
      break;
  }

  return (guint64) (MIN (wanted, most * slot_sec (self, slot)) / 2
      * self->film->output.fps_n / self->film->output.fps_d);
}

void
montage_score_sum (GstMontageScore *score)
{
  score->total = 0.0;
  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++)
    score->total += score->terms[i];
}
