/* SPDX-License-Identifier: GPL-3.0-or-later */

/* level-rows < SAMPLES: what speaks for each level of a song's pulse being its
 * beat, for fitting. SAMPLES are mono floats of 44.1 kHz. Prints two lines per
 * candidate: its features, and the seconds of the beats it would lead to.
 */
#include <stdio.h>

#include "beatconstants.h"
#include "beatpulse.h"
#include "beatsnap.h"
#include "envelope.h"
#include "levelfeatures.h"

static void
print_values (const gdouble *values, guint n)
{
  for (guint i = 0; i < n; i++)
    printf ("%.4f ", values[i]);
  printf ("\n");
}

static GArray *
candidate_beats (const LevelCandidate *candidate, const GArray *marks)
{
  GArray *beats = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = candidate->start; i <= (marks->len - 1) * LEVEL_PARTS;
       i += candidate->length) {
    gdouble frame = level_features_frame (marks, i);

    g_array_append_val (beats, frame);
  }
  return beats;
}

static void
print_candidates (const OnsetFrame *frames, guint n, const ToneFront *tones,
    gdouble first, gdouble last)
{
  g_autoptr (Activation) activation = activation_new (frames, n);
  g_auto (BeatPulse)
      pulse = beat_pulse_find (activation, TEMPO_LOWEST, TEMPO_HIGHEST);
  g_autoptr (GArray) candidates = NULL;

  if (pulse.marks->len < 2)
    return;
  candidates = level_features_measure (frames, activation, tones, pulse.marks,
      TEMPO_LOWEST, TEMPO_HIGHEST);
  for (guint i = 0; i < candidates->len; i++) {
    const LevelCandidate *c = &g_array_index (candidates, LevelCandidate, i);
    g_autoptr (GArray) beats = candidate_beats (c, pulse.marks);
    g_autoptr (GArray) times = beat_snap (frames, activation, beats,
        pulse.steady, first, last);

    print_values (c->features, N_LEVEL_FEATURES);
    print_values ((const gdouble *) (gpointer) times->data, times->len);
  }
}

int
main (void)
{
  g_autoptr (OnsetFront) front = onset_front_new ();
  g_autoptr (ToneFront) tones = tone_front_new ();
  static gfloat samples[8192];
  const OnsetFrame *frames;
  gdouble seconds = 0.0, first, last;
  gsize got;
  guint n;

  while ((got = fread (samples, sizeof (gfloat), G_N_ELEMENTS (samples), stdin))
      > 0) {
    onset_front_push (front, samples, got);
    tone_front_push (tones, samples, got);
    seconds += (gdouble) got / BEAT_RATE;
  }
  onset_front_finish (front);
  tone_front_finish (tones);
  frames = onset_front_frames (front, &n);
  if (envelope_extent (frames, n, seconds, &first, &last))
    print_candidates (frames, n, tones, first, last);
  return 0;
}
