/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>
#include <math.h>
#include <string.h>

/* An input that is read as a row of choices; behind its end all are 0. */
typedef struct
{
  const guint8 *data;
  gsize left;
} Bytes;

static inline guint
bytes_take (Bytes *self)
{
  if (self->left == 0)
    return 0;
  self->left--;
  return *self->data++;
}

static inline guint
bytes_take_16 (Bytes *self)
{
  guint high = bytes_take (self);

  return high << 8 | bytes_take (self);
}

static inline guint
bytes_below (Bytes *self, guint limit)
{
  return bytes_take (self) % limit;
}

/* Sound that is no sound, what the input says, and beats. */
typedef enum
{
  SOUND_SILENCE,
  SOUND_RAW,
  SOUND_ZERO_ONE,
  SOUND_ODD,
  SOUND_CLICKS,
  N_SOUNDS
} SoundKind;

typedef struct
{
  SoundKind kind;
  const guint8 *raw; /* repeated; may be empty */
  gsize n_raw;
  gfloat odd;
  guint period; /* of the clicks, in samples */
} Sound;

static inline Sound
bytes_sound (Bytes *self, guint rate)
{
  static const gfloat odd[] = {(gfloat) NAN, (gfloat) INFINITY,
      (gfloat) -INFINITY, 3.4e38f, -3.4e38f, 1e-40f, 1e10f, -0.0f};
  Sound sound = {.kind = bytes_below (self, N_SOUNDS)};

  sound.n_raw = MIN (self->left, bytes_take (self));
  sound.n_raw = MIN (sound.n_raw, self->left);
  sound.raw = self->data;
  if (sound.kind == SOUND_ODD)
    sound.odd = odd[bytes_below (self, G_N_ELEMENTS (odd))];
  if (sound.kind == SOUND_CLICKS)
    sound.period = MAX (1, rate * 60 / (30 + bytes_take (self)));
  return sound;
}

/* Sample @at of @self. */
static inline gfloat
sound_sample (const Sound *self, guint64 at)
{
  gfloat value = 0.0f;

  switch (self->kind) {
    case SOUND_RAW:
      if (self->n_raw >= sizeof (value))
        memcpy (&value,
            self->raw + at % (self->n_raw / sizeof (value)) * sizeof (value),
            sizeof (value));
      return value;
    case SOUND_ZERO_ONE:
      return at % 2 ? 1.0f : 0.0f;
    case SOUND_ODD:
      return at % 7 ? 0.5f : self->odd;
    case SOUND_CLICKS:
      return at % self->period < 200 ? (at % 20 < 10 ? 0.8f : -0.8f) : 0.0f;
    default:
      return 0.0f;
  }
}

/* What comes out is a document that can be read. */
static inline void
check_grid (const GstMontageBeatGrid *grid)
{
  g_autofree gchar *text = gst_montage_beat_grid_to_json (grid);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageBeatGrid)
      again = gst_montage_beat_grid_from_json (text, -1, "fuzz", &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
}
