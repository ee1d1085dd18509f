/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "songband.h"

#include <math.h>

#include "songform.h"

#define RATE MONTAGE_SONG_RATE
#define TAIL 1.5 /* s that the last notes sound on */

typedef struct
{
  gdouble time;
  gdouble length;
  guint position;       /* 0 is the downbeat */
  guint bar;            /* in its part */
  const SongPart *part; /* NULL in the pick-up */
} Beat;

typedef struct
{
  Synth synth;
  const MontageSongOptions *options;
  const SongForm *form;
  GArray *beats; /* of Beat */
} Band;

static guint
count_bars (const SongForm *form)
{
  guint n = 0;

  for (guint k = 0; k < form->parts->len; k++)
    n += g_array_index (form->parts, SongPart, k).bars;
  return n;
}

static gdouble
append_beat (Band *self, gdouble time, gdouble bpm, guint position, guint bar,
    const SongPart *part)
{
  Beat beat = {time, 60.0 / bpm, position, bar, part};

  g_array_append_val (self->beats, beat);
  return time + beat.length;
}

/* The tempo goes evenly from bar to bar; at the middle part it jumps, before
 * the one behind the first third there is a pause. */
static void
lay_beats (Band *self)
{
  const MontageSongOptions *options = self->options;
  const GArray *parts = self->form->parts;
  guint n_bars = count_bars (self->form), number = 0;
  gdouble time = options->offset, bpm = options->bpm;

  for (guint k = 0; k < options->pickup; k++)
    time = append_beat (self, time, bpm, options->meter - options->pickup + k,
        0, NULL);
  for (guint k = 0; k < parts->len; k++) {
    const SongPart *part = &g_array_index (parts, SongPart, k);

    if (k == (parts->len + 2) / 3)
      time += options->pause;
    for (guint bar = 0; bar < part->bars; bar++, number++) {
      bpm = options->bpm
          + (options->to_bpm - options->bpm) * number / (gdouble) n_bars;
      if (options->jump_bpm > 0 && k >= parts->len / 2)
        bpm = options->jump_bpm;
      for (guint position = 0; position < options->meter; position++)
        time = append_beat (self, time, bpm, position, bar, part);
    }
  }
}

static void
play_drums (Band *self, const Beat *beat, const SongSound *sound, gdouble gain)
{
  Synth *synth = &self->synth;
  guint bit = 1u << beat->position;
  guint parts = self->options->compound ? 3 : 2;
  gboolean fill = beat->bar + 1 == beat->part->bars
      && beat->position + 1 == self->options->meter;

  if (sound->kick > 0 && sound->kick_beats & bit)
    synth_kick (synth, beat->time, sound->kick * gain);
  if (sound->snare > 0 && (sound->snare_beats & bit || fill))
    for (guint k = 0; k < (fill ? parts : 1); k++)
      synth_snare (synth, beat->time + k * beat->length / parts,
          sound->snare * gain);
  for (guint k = 0; sound->hat > 0 && k < (sound->hat_parts ? parts : 1); k++)
    synth_hat (synth, beat->time + k * beat->length / parts,
        sound->hat * gain * (k == 0 ? 1.0 : 0.6));
  if (sound->snare > 0 && beat->bar == 0 && beat->position == 0)
    synth_crash (synth, beat->time, 0.08 * gain);
}

static void
play_bass (Band *self, const Beat *beat, const SongSound *sound, gdouble gain)
{
  guint parts = self->options->compound ? 3 : 2;
  guint n = sound->bass_kind == BASS_DRIVING ? parts : 1;
  gdouble length = beat->length
      * (sound->bass_kind == BASS_HELD ? self->options->meter : 1.0 / n);

  if (sound->bass_kind == BASS_HELD && beat->position > 0)
    return;
  for (guint k = 0; k < n; k++)
    synth_tone (&self->synth, SYNTH_SOFT, beat->time + k * length,
        0.95 * length, sound->loop[beat->bar % 4], sound->bass * gain, 0.0);
}

/* Held over the bar, and struck on the beats behind the first. */
static void
play_chords (Band *self, const Beat *beat, const SongSound *sound, gdouble gain)
{
  guint chord = beat->bar % 4;
  const gint steps[] = {0, sound->minor[chord] ? 3 : 4, 7};
  gdouble bar = self->options->meter * beat->length;

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++) {
    gint semitones = sound->loop[chord] + steps[k] + 24;

    if (sound->pad > 0 && beat->position == 0)
      synth_tone (&self->synth, SYNTH_SOFT, beat->time, bar, semitones,
          sound->pad * gain, 0.3 * (k - 1.0));
    if (sound->comp > 0)
      synth_tone (&self->synth, sound->comp_voice, beat->time,
          0.8 * beat->length, semitones,
          sound->comp * gain * (beat->position == 0 ? 1.0 : 0.7),
          0.3 * (1.0 - k));
  }
}

static void
play_lead (Band *self, const Beat *beat, const SongSound *sound, gdouble gain)
{
  guint chord = beat->bar % 4;
  const gint steps[] = {0, sound->minor[chord] ? 3 : 4, 7, 12, 14};
  guint number = (beat->bar * self->options->meter + beat->position) % 8;
  guint parts = self->options->compound ? 3 : 2;
  guint n = number % 3 == 1 ? parts : 1;

  for (guint k = 0; k < n; k++)
    synth_tone (&self->synth, sound->lead_voice,
        beat->time + k * beat->length / n, 0.9 * beat->length / n,
        sound->loop[chord] + 36 + 12 * sound->lead_octave
            + steps[sound->melody[(number + k) % 8]],
        sound->lead * gain, 0.2);
}

static void
play_beat (Band *self, const Beat *beat)
{
  const SongPart *part = beat->part;
  const SongSound *sound = &self->form->sounds[part ? part->label : SONG_VERSE];
  gdouble energy = part
      ? part->energy + (part->to_energy - part->energy) * beat->bar / part->bars
      : 0.4;
  gdouble gain = 0.25 + 0.75 * energy;

  if (!part) {
    SongSound alone = *sound;

    alone.lead = 0.06;
    play_lead (self, beat, &alone, gain);
    return;
  }
  play_drums (self, beat, sound, gain);
  if (sound->bass > 0)
    play_bass (self, beat, sound, gain);
  play_chords (self, beat, sound, gain);
  if (sound->lead > 0)
    play_lead (self, beat, sound, gain);
}

/* Two parts of the same kind in a row are one section: nothing changes there. */
static void
tell_truth (const Band *self, MontageSong *song, gdouble seconds)
{
  gint last = -1;

  for (guint k = 0; k < self->beats->len; k++) {
    const Beat *beat = &g_array_index (self->beats, Beat, k);
    gdouble time = beat->time - self->options->skip;
    MontageSongBeat truth = {time, beat->position + 1};

    if (time >= seconds - 0.05)
      break;
    if (time >= 0)
      g_array_append_val (song->beats, truth);
    if (beat->part && (gint) beat->part->label != last) {
      MontageSongSection section = {MAX (0, time), seconds,
          song_label_name (beat->part->label),
          0.5 * (beat->part->energy + beat->part->to_energy)};

      if (time <= 0 || song->sections->len == 0) {
        g_array_set_size (song->sections, 0);
        section.start = 0;
      } else {
        g_array_index (song->sections, MontageSongSection,
            song->sections->len - 1)
            .end = time;
      }
      g_array_append_val (song->sections, section);
      last = (gint) beat->part->label;
    }
  }
}

/* Cuts the start off and fades the rest in. */
static void
take_samples (const Band *self, MontageSong *song)
{
  gsize skip = (gsize) llround (self->options->skip * RATE);
  gsize fade = (gsize) llround (self->options->fade_in * RATE);

  for (gsize i = 0; i < 2 * song->n_frames; i++) {
    gdouble level = i / 2 < fade ? (gdouble) (i / 2) / fade : 1.0;

    song->samples[i] = (gfloat) level
        * tanhf (self->synth.samples[2 * skip + i]);
  }
}

void
montage_song_band (MontageSong *song, const MontageSongOptions *options)
{
  g_autoptr (SongForm)
      form = song_form_new (options->seed, options->meter, !options->no_drums);
  g_autoptr (GArray) beats = g_array_new (FALSE, FALSE, sizeof (Beat));
  g_autofree gfloat *samples = NULL;
  Band self = {.options = options, .form = form, .beats = beats};
  const Beat *last;
  gdouble seconds;

  lay_beats (&self);
  last = &g_array_index (beats, Beat, beats->len - 1);
  seconds = last->time + last->length + TAIL - options->skip;
  if (options->seconds > 0)
    seconds = MIN (seconds, options->seconds);
  song->n_frames = (gsize) llround (MAX (0.0, seconds) * RATE);
  self.synth.random = options->seed | 1;
  self.synth.n_frames = song->n_frames + (gsize) llround (options->skip * RATE);
  self.synth.samples = samples = g_new0 (gfloat, 2 * self.synth.n_frames);
  for (guint k = 0; k < beats->len; k++)
    play_beat (&self, &g_array_index (beats, Beat, k));
  song->samples = g_new0 (gfloat, 2 * song->n_frames);
  take_samples (&self, song);
  tell_truth (&self, song, seconds);
}
