/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Synthetic songs whose beats are known to the sample. */

#define MONTAGE_SONG_RATE 44100
#define MONTAGE_SONG_CHANNELS 2

typedef enum
{
  MONTAGE_SONG_DRUMS,   /* drums, bass, chords and a lead in seven sections */
  MONTAGE_SONG_CLICKS,  /* a click per beat, the first of a bar higher */
  MONTAGE_SONG_WALTZ,   /* a bass note, then chords, in three */
  MONTAGE_SONG_AMBIENT, /* slow chords, soft beats */
  MONTAGE_SONG_BEEPS,   /* a thump per beat, a beep every fourth */
  MONTAGE_SONG_BAND,    /* a song whose parts and sounds the seed draws */
  MONTAGE_SONG_SPEECH,  /* bursts of noise without a beat, like speech */
  MONTAGE_SONG_SILENCE
} MontageSongStyle;

typedef struct
{
  MontageSongStyle style;
  gdouble bpm;
  gdouble to_bpm; /* reached at the end, in a straight line over time */
  guint meter;    /* beats per bar */
  gdouble seconds;
  gdouble offset; /* s; the first beat */
  gdouble swing;  /* 0.5 is straight; where the off-beat lies */
  guint seed;

  /* Of the band only. Its length is that of its parts; @seconds, if above 0,
   * cuts it. */
  gboolean compound; /* three parts a beat; with a meter of 2: 6/8 */
  gboolean no_drums;
  guint pickup;     /* beats of melody before the first bar */
  gdouble skip;     /* s that are cut off the start */
  gdouble pause;    /* s of silence after the first third */
  gdouble fade_in;  /* s */
  gdouble jump_bpm; /* from the middle part on; 0: none */
} MontageSongOptions;

typedef struct
{
  gdouble time; /* s */
  guint position;
} MontageSongBeat;

typedef struct
{
  gdouble start;
  gdouble end;
  const gchar *label;
  gdouble energy;
} MontageSongSection;

typedef struct
{
  gsize n_frames;
  gfloat *samples;  /* interleaved */
  GArray *beats;    /* of MontageSongBeat */
  GArray *sections; /* of MontageSongSection */
} MontageSong;

MontageSong *montage_song_new (const MontageSongOptions *options);
void montage_song_free (MontageSong *self);

#define MONTAGE_BEEP_HZ 3000.0

/* Onsets in s of beeps of MONTAGE_BEEP_HZ in @samples of one channel. */
GArray *
montage_song_find_beeps (const gfloat *samples, gsize n_samples, guint rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageSong, montage_song_free)

G_END_DECLS
