/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "songform.h"

#include <string.h>

static const gchar *const names[N_SONG_LABELS] = {"intro", "verse", "build",
    "drop", "chorus", "break", "outro"};

/* Orders of parts by their initials (b build, k break), as they are common in
 * songs, in dance music and in film music. */
static const gchar *const orders[] = {"ivcvckco", "ivvcvcko", "vcvckcc",
    "ivcvco", "ibdkbdo", "ikbdkbdo", "ivbdvbdo", "ibdvkbdo", "vvcvco",
    "ivcvcbdo"};

static const gdouble energies[N_SONG_LABELS] = {0.25, 0.5, 0.6, 1.0, 0.85, 0.3,
    0.2};

/* Degrees of a major scale on which loops of four chords stand. */
static const gint loops[][4] = {{0, 4, 5, 3}, {5, 3, 0, 4}, {0, 5, 3, 4},
    {0, 3, 4, 3}, {1, 4, 0, 5}, {0, 2, 3, 4}, {5, 4, 3, 4}, {3, 4, 2, 5},
    {5, 1, 4, 0}, {0, 0, 3, 4}};
static const gint scale[] = {0, 2, 4, 5, 7, 9, 11};

static guint32
draw (SongForm *self)
{
  self->random ^= self->random << 13;
  self->random ^= self->random >> 17;
  self->random ^= self->random << 5;
  return self->random >> 8;
}

/* 0 .. n - 1 */
static guint
draw_of (SongForm *self, guint n)
{
  return draw (self) % n;
}

/* TRUE in @percent of the cases. */
static gboolean
chance (SongForm *self, guint percent)
{
  return draw_of (self, 100) < percent;
}

static SongLabel
label_of (gchar initial)
{
  for (guint k = 0; k < N_SONG_LABELS; k++)
    if (k != SONG_BUILD && k != SONG_BREAK && names[k][0] == initial)
      return k;
  return initial == 'b' ? SONG_BUILD : SONG_BREAK;
}

/* Mostly 8 bars, sometimes 4, 12 or 16; now and then a crooked number. */
static guint
draw_bars (SongForm *self, SongLabel label)
{
  static const guint longs[] = {8, 8, 8, 16, 12, 8, 6, 10};
  static const guint shorts[] = {4, 8, 4, 8, 4, 8, 6, 4};

  if (chance (self, 4))
    return 5 + 2 * draw_of (self, 3);
  return label == SONG_VERSE || label == SONG_CHORUS || label == SONG_DROP
      ? longs[draw_of (self, G_N_ELEMENTS (longs))]
      : shorts[draw_of (self, G_N_ELEMENTS (shorts))];
}

static void
draw_parts (SongForm *self)
{
  const gchar *order = orders[draw_of (self, G_N_ELEMENTS (orders))];
  guint bars[N_SONG_LABELS];

  for (guint k = 0; k < N_SONG_LABELS; k++)
    bars[k] = draw_bars (self, k);
  for (; *order; order++) {
    SongLabel label = label_of (*order);
    SongPart part = {label, bars[label], energies[label], energies[label]};

    /* The same part comes back in another length once in a while. */
    if (chance (self, 20))
      part.bars = draw_bars (self, label);
    if (label == SONG_BUILD) {
      part.energy = 0.4;
      part.to_energy = 0.8;
    }
    g_array_append_val (self->parts, part);
  }
}

static void
draw_harmony (SongForm *self, SongSound *sound)
{
  const gint *loop = loops[draw_of (self, G_N_ELEMENTS (loops))];

  for (guint k = 0; k < 4; k++) {
    sound->loop[k] = self->key + scale[loop[k]];
    sound->minor[k] = loop[k] == 1 || loop[k] == 2 || loop[k] == 5;
  }
  for (guint k = 0; k < G_N_ELEMENTS (sound->melody); k++)
    sound->melody[k] = draw_of (self, 5);
}

/* Kick and snare of one bar; in three: a waltz, in two: one and one. */
static void
draw_beat (SongForm *self, SongSound *sound, guint meter, gdouble energy)
{
  static const guint kicks[] = {0x5, 0x1, 0xf, 0x5};

  sound->kick_beats = meter == 4 ? kicks[draw_of (self, G_N_ELEMENTS (kicks))]
                                 : 0x1;
  sound->snare_beats = meter == 4 ? (chance (self, 80) ? 0xa : 0x4)
      : meter == 3                ? (chance (self, 50) ? 0x4 : 0x6)
                                  : 0x2;
  sound->hat_parts = chance (self, 60) || energy > 0.8;
}

/* Which of the band play in parts of that energy. */
static void
draw_sound (SongForm *self, SongLabel label, guint meter, gboolean drums)
{
  SongSound *sound = &self->sounds[label];
  gdouble energy = energies[label];

  draw_harmony (self, sound);
  draw_beat (self, sound, meter, energy);
  sound->bass_kind = energy > 0.8 ? BASS_BEATS + draw_of (self, 2)
                                  : draw_of (self, 3);
  sound->comp_voice = draw_of (self, 3);
  sound->lead_voice = draw_of (self, 3);
  sound->lead_octave = (gint) draw_of (self, 2) + (energy > 0.8);
  if (drums) {
    sound->kick = energy > 0.45 ? 0.30 : 0.0;
    sound->snare = energy > 0.7 || (label == SONG_VERSE && chance (self, 70))
        ? 0.20
        : 0.0;
    sound->hat = energy > 0.45 || chance (self, 40) ? 0.06 : 0.0;
  }
  sound->bass = energy > 0.45 || chance (self, 30) ? 0.15 : 0.0;
  sound->pad = energy > 0.8 || chance (self, 50) ? 0.05 : 0.0;
  sound->comp = energy > 0.3 || sound->pad == 0.0 ? 0.05 : 0.0;
  sound->lead = energy > 0.8 || chance (self, label == SONG_VERSE ? 80 : 30)
      ? 0.06
      : 0.0;
}

SongForm *
song_form_new (guint seed, guint meter, gboolean drums)
{
  SongForm *self = g_new0 (SongForm, 1);

  self->random = seed * 2654435761u | 1;
  for (guint k = 0; k < 8; k++)
    draw (self);
  self->key = (gint) draw_of (self, 12) - 5;
  self->parts = g_array_new (FALSE, FALSE, sizeof (SongPart));
  draw_parts (self);
  for (guint k = 0; k < N_SONG_LABELS; k++)
    draw_sound (self, k, meter, drums);
  /* A verse and its chorus may share their chords, and so do a drop and what
   * leads to it. */
  if (chance (self, 25))
    memcpy (self->sounds[SONG_CHORUS].loop, self->sounds[SONG_VERSE].loop,
        sizeof (self->sounds[0].loop));
  if (chance (self, 50))
    memcpy (self->sounds[SONG_BUILD].loop, self->sounds[SONG_DROP].loop,
        sizeof (self->sounds[0].loop));
  return self;
}

void
song_form_free (SongForm *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

const gchar *
song_label_name (SongLabel label)
{
  return names[label];
}
