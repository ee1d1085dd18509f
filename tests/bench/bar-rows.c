/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bar-rows BEATS < SAMPLES: what speaks for downbeats at given beats, for
 * fitting. SAMPLES are mono floats of 44.1 kHz, BEATS holds "seconds position"
 * lines. Prints per beat its position, its time and the rows of bar_evidence().
 */
#include <stdio.h>

#include "barevidence.h"
#include "beatbars.h"

static gboolean
read_beats (const gchar *path, GArray *times, GArray *positions)
{
  g_autofree gchar *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    gchar *end;
    gdouble time = g_ascii_strtod (lines[i], &end);
    guint64 position = g_ascii_strtoull (end, NULL, 10);

    if (end == lines[i])
      continue;
    g_array_append_val (times, time);
    g_array_append_val (positions, position);
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (OnsetFront) front = onset_front_new ();
  g_autoptr (ToneFront) tones = tone_front_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (Activation) activation = NULL;
  g_autofree gfloat *rows = NULL;
  const OnsetFrame *frames;
  static gfloat samples[8192];
  gsize got;
  guint n;

  if (argc != 2 || !read_beats (argv[1], times, positions)) {
    g_printerr ("usage: bar-rows BEATS < SAMPLES\n");
    return 2;
  }
  while ((got = fread (samples, sizeof (gfloat), G_N_ELEMENTS (samples), stdin))
      > 0) {
    onset_front_push (front, samples, got);
    tone_front_push (tones, samples, got);
  }
  onset_front_finish (front);
  tone_front_finish (tones);
  frames = onset_front_frames (front, &n);
  activation = activation_new (frames, n);
  rows = bar_evidence (frames, n, activation, tones, times);
  for (guint i = 0; i < times->len; i++) {
    printf ("%u %.4f", (guint) g_array_index (positions, guint64, i),
        g_array_index (times, gdouble, i));
    for (guint k = 0; k < N_BAR_EVIDENCE; k++)
      printf (" %.4f", rows[(gsize) i * N_BAR_EVIDENCE + k]);
    printf ("\n");
  }
  printf ("# %u\n", beat_subdivisions (activation, times));
  return 0;
}
