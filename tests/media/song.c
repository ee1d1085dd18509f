/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "song.h"
#include "songband.h"
#include "synth.h"

#include <math.h>

#define RATE MONTAGE_SONG_RATE

typedef struct
{
  const gchar *label;
  gdouble share; /* of the bars */
  gdouble energy;
  gboolean kick, snare, hat, bass, lead;
} Part;

static const Part parts[] = {
    {"intro", 0.12, 0.25, FALSE, FALSE, TRUE, FALSE, FALSE},
    {"verse", 0.20, 0.50, TRUE, FALSE, TRUE, TRUE, FALSE},
    {"build", 0.10, 0.65, TRUE, TRUE, TRUE, TRUE, FALSE},
    {"drop", 0.20, 1.00, TRUE, TRUE, TRUE, TRUE, TRUE},
    {"break", 0.12, 0.30, FALSE, FALSE, TRUE, TRUE, FALSE},
    {"drop", 0.16, 1.00, TRUE, TRUE, TRUE, TRUE, TRUE},
    {"outro", 0.10, 0.20, FALSE, FALSE, TRUE, FALSE, FALSE},
};

/* I vi IV V in A minor's relatives: semitones above A1. */
static const gint roots[] = {3, 0, 8, 10};
static const gint chords[][3] = {{27, 31, 34}, {24, 27, 31}, {27, 32, 36},
    {26, 29, 34}};

/* Time of beat @number with the tempo on a straight line over the song: the
 * beats until t are b0 t + (b1 - b0) t^2 / 2T, solved for t. */
static gdouble
beat_time (const MontageSongOptions *options, gdouble number)
{
  gdouble b0 = options->bpm / 60, b1 = options->to_bpm / 60;
  gdouble a = (b1 - b0) / (2 * options->seconds);

  if (fabs (a) < 1e-12)
    return options->offset + number / b0;
  return options->offset + (sqrt (b0 * b0 + 4 * a * number) - b0) / (2 * a);
}

static void
find_beats (MontageSong *song, const MontageSongOptions *options)
{
  for (guint k = 0;; k++) {
    gdouble time = beat_time (options, k);
    MontageSongBeat beat = {time, k % options->meter + 1};

    /* NaN where a falling tempo has come to rest. */
    if (!(time < options->seconds - 0.05))
      break;
    g_array_append_val (song->beats, beat);
  }
}

static guint
part_of_bar (guint bar, guint n_bars)
{
  gdouble end = 0;

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++) {
    end += parts[k].share * n_bars;
    if (bar < (guint) lround (end))
      return k;
  }
  return G_N_ELEMENTS (parts) - 1;
}

static void
find_sections (MontageSong *song, const MontageSongOptions *options,
    guint n_bars)
{
  gint last = -1;

  for (guint bar = 0; bar < n_bars; bar++) {
    gint part = (gint) part_of_bar (bar, n_bars);
    gdouble start = bar == 0
        ? 0
        : g_array_index (song->beats, MontageSongBeat, bar * options->meter)
              .time;
    MontageSongSection section = {start, options->seconds, parts[part].label,
        parts[part].energy};

    if (part == last)
      continue;
    if (song->sections->len > 0)
      g_array_index (song->sections, MontageSongSection,
          song->sections->len - 1)
          .end = start;
    g_array_append_val (song->sections, section);
    last = part;
  }
}

static void
play_drums_beat (Synth *synth, const MontageSongOptions *options,
    const Part *part, guint number)
{
  guint position = number % options->meter, bar = number / options->meter;
  gdouble time = beat_time (options, number);
  gdouble next = beat_time (options, number + 1);
  gdouble off = time + (next - time) * options->swing;
  gdouble gain = 0.25 + 0.75 * part->energy;
  const gint *chord = chords[bar % 4];

  if (part->kick && (position % 2 == 0 || part->energy > 0.9))
    synth_kick (synth, time, 0.30 * gain);
  if (part->snare && position % 2 == 1)
    synth_snare (synth, time, 0.22 * gain);
  if (part->hat) {
    synth_hat (synth, time, 0.07 * gain);
    synth_hat (synth, off, 0.045 * gain);
  }
  if (part->bass) {
    synth_note (synth, time, (next - time) * 0.9, synth_pitch (roots[bar % 4]),
        0.16 * gain, 0.004, 0);
  }
  if (position == 0) {
    gdouble length = beat_time (options, number + options->meter) - time;

    for (guint k = 0; k < 3; k++)
      synth_note (synth, time, length, synth_pitch (chord[k]), 0.06 * gain,
          0.02, 0.3 * (k - 1.0));
  }
  if (part->lead) {
    synth_note (synth, time, (next - time) * 0.5,
        synth_pitch (chord[number % 3] + 12), 0.07 * gain, 0.005, 0.25);
    synth_note (synth, off, (next - time) * 0.4,
        synth_pitch (chord[(number + 1) % 3] + 12), 0.05 * gain, 0.005, -0.25);
  }
}

static void
play_waltz_beat (Synth *synth, const MontageSongOptions *options,
    gdouble energy, guint number)
{
  guint position = number % options->meter, bar = number / options->meter;
  gdouble time = beat_time (options, number);
  gdouble length = beat_time (options, number + 1) - time;
  gdouble gain = 0.4 + 0.6 * energy;

  if (position == 0) {
    synth_note (synth, time, length * 1.5, synth_pitch (roots[bar % 4]),
        0.3 * gain, 0.004, 0);
    return;
  }
  for (guint k = 0; k < 3; k++)
    synth_note (synth, time, length * 0.7, synth_pitch (chords[bar % 4][k]),
        0.08 * gain, 0.004, 0.3 * (k - 1.0));
}

static void
play_ambient_beat (Synth *synth, const MontageSongOptions *options,
    gdouble energy, guint number)
{
  guint position = number % options->meter, bar = number / options->meter;
  gdouble time = beat_time (options, number);
  gdouble length = beat_time (options, number + options->meter) - time;

  synth_kick (synth, time, 0.05 + 0.05 * energy);
  if (position != 0)
    return;
  for (guint k = 0; k < 3; k++)
    synth_note (synth, time, length * 1.2, synth_pitch (chords[bar % 4][k]),
        0.10 * (0.4 + energy), 0.3, 0.4 * (k - 1.0));
}

static void
play_beat (Synth *synth, const MontageSongOptions *options, const Part *part,
    guint number)
{
  gdouble time = beat_time (options, number);

  switch (options->style) {
    case MONTAGE_SONG_DRUMS:
      play_drums_beat (synth, options, part, number);
      break;
    case MONTAGE_SONG_WALTZ:
      play_waltz_beat (synth, options, part->energy, number);
      break;
    case MONTAGE_SONG_AMBIENT:
      play_ambient_beat (synth, options, part->energy, number);
      break;
    case MONTAGE_SONG_BEEPS:
      synth_kick (synth, time, 0.3);
      if (number % 4 == 0)
        synth_beep (synth, time, MONTAGE_BEEP_HZ, 0.06, 0.4);
      break;
    case MONTAGE_SONG_CLICKS:
      synth_beep (synth, time, number % options->meter == 0 ? 1600 : 1000, 0.02,
          0.5);
      break;
    case MONTAGE_SONG_BAND:
    case MONTAGE_SONG_SPEECH:
    case MONTAGE_SONG_SILENCE:
      break;
  }
}

/* Syllables of low-passed noise of random length, with pauses. */
static void
play_speech (Synth *synth, gdouble seconds)
{
  gdouble time = 0.3;

  while (time < seconds) {
    gdouble length = 0.10 + 0.09 * (synth_noise (synth) + 1);
    gdouble smooth = 0.1 + 0.05 * (synth_noise (synth) + 1), y = 0;
    guint n = (guint) (length * RATE);
    gsize start = (gsize) (time * RATE);

    for (guint i = 0; i < n; i++) {
      y += smooth * (synth_noise (synth) - y);
      synth_add (synth, start + i, 0.6 * y * sin (G_PI * i / n), 0);
    }
    time += length + 0.03 + 0.12 * (synth_noise (synth) + 1);
    if (synth_noise (synth) > 0.8)
      time += 0.6;
  }
}

static void
limit (MontageSong *song)
{
  for (gsize i = 0; i < song->n_frames * MONTAGE_SONG_CHANNELS; i++)
    song->samples[i] = tanhf (song->samples[i]);
}

static void
write_song (MontageSong *song, const MontageSongOptions *options)
{
  Synth synth = {.random = options->seed * 2654435761u | 1};
  guint n_bars;

  song->n_frames = (gsize) llround (options->seconds * RATE);
  song->samples = g_new0 (gfloat, song->n_frames * MONTAGE_SONG_CHANNELS);
  synth.samples = song->samples;
  synth.n_frames = song->n_frames;
  if (options->style == MONTAGE_SONG_SPEECH)
    play_speech (&synth, options->seconds);
  if (options->style >= MONTAGE_SONG_SPEECH)
    return;

  find_beats (song, options);
  n_bars = (song->beats->len + options->meter - 1) / options->meter;
  find_sections (song, options, n_bars);
  for (guint k = 0; k < song->beats->len; k++)
    play_beat (&synth, options,
        &parts[part_of_bar (k / options->meter, n_bars)], k);
  limit (song);
}

MontageSong *
montage_song_new (const MontageSongOptions *options)
{
  MontageSong *song = g_new0 (MontageSong, 1);

  song->beats = g_array_new (FALSE, FALSE, sizeof (MontageSongBeat));
  song->sections = g_array_new (FALSE, FALSE, sizeof (MontageSongSection));
  if (options->style == MONTAGE_SONG_BAND)
    montage_song_band (song, options);
  else
    write_song (song, options);
  return song;
}

void
montage_song_free (MontageSong *self)
{
  g_free (self->samples);
  g_array_unref (self->beats);
  g_array_unref (self->sections);
  g_free (self);
}

/* Amplitude at MONTAGE_BEEP_HZ around each sample, over 2 ms. */
static gdouble *
beep_envelope (const gfloat *samples, gsize n_samples, guint rate)
{
  gdouble *envelope = g_new0 (gdouble, n_samples);
  gsize half = rate / 1000;
  gdouble re = 0, im = 0;

  for (gsize i = 0; i < n_samples + half; i++) {
    gdouble phase = 2 * G_PI * MONTAGE_BEEP_HZ / rate;

    if (i < n_samples) {
      re += samples[i] * cos (phase * i);
      im += samples[i] * sin (phase * i);
    }
    if (i >= 2 * half) {
      gsize old = i - 2 * half;

      re -= samples[old] * cos (phase * old);
      im -= samples[old] * sin (phase * old);
    }
    if (i >= half)
      envelope[i - half] = sqrt (re * re + im * im) / half;
  }
  return envelope;
}

GArray *
montage_song_find_beeps (const gfloat *samples, gsize n_samples, guint rate)
{
  GArray *onsets = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autofree gdouble *envelope = beep_envelope (samples, n_samples, rate);
  gdouble peak = 0;
  gsize quiet = rate;

  for (gsize i = 0; i < n_samples; i++)
    peak = MAX (peak, envelope[i]);
  /* A faded end is still a beep; below 2 % there is none at all. */
  if (peak < 0.02)
    return onsets;
  for (gsize i = 0; i < n_samples; i++) {
    if (envelope[i] < 0.25 * peak) {
      quiet++;
      continue;
    }
    if (quiet > rate / 10) {
      /* Half of this beep's own height, so that its loudness does not move
       * the onset. */
      gsize end = MIN (i + rate / 50, n_samples), k = i;
      gdouble height = 0, onset;

      for (gsize j = i; j < end; j++)
        height = MAX (height, envelope[j]);
      while (k < end && envelope[k] < 0.5 * height)
        k++;
      onset = (gdouble) k / rate;
      g_array_append_val (onsets, onset);
    }
    quiet = 0;
  }
  return onsets;
}
