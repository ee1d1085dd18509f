/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "synth.h"

/* What the band of a generated song plays: an order of parts, and for each kind
 * of part how it sounds. Drawn by a seed, so that no two songs are alike. */

typedef enum
{
  SONG_INTRO,
  SONG_VERSE,
  SONG_BUILD,
  SONG_DROP,
  SONG_CHORUS,
  SONG_BREAK,
  SONG_OUTRO,
  N_SONG_LABELS
} SongLabel;

typedef enum
{
  BASS_HELD,   /* one note a bar */
  BASS_BEATS,  /* one a beat */
  BASS_DRIVING /* one each part of a beat */
} SongBass;

/* How a kind of part sounds; gains of 0 do not play. */
typedef struct
{
  gdouble kick, snare, hat, bass, pad, comp, lead;
  guint kick_beats; /* bits: beats of the bar with a kick */
  guint snare_beats;
  gboolean hat_parts; /* also between the beats */
  SongBass bass_kind;
  SynthVoice comp_voice;
  SynthVoice lead_voice;
  gint loop[4]; /* roots, semitones */
  gboolean minor[4];
  guint melody[8]; /* notes of the chord and above, one a beat */
  gint lead_octave;
} SongSound;

typedef struct
{
  SongLabel label;
  guint bars;
  gdouble energy;
  gdouble to_energy; /* at its end: a build rises */
} SongPart;

typedef struct
{
  gint key;
  GArray *parts; /* of SongPart */
  SongSound sounds[N_SONG_LABELS];
  guint32 random;
} SongForm;

SongForm *song_form_new (guint seed, guint meter, gboolean drums);
void song_form_free (SongForm *self);
const gchar *song_label_name (SongLabel label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SongForm, song_form_free)
