/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* Beats without a grid; also a comfortable tempo, 120 per minute. */
#define MONTAGE_DEFAULT_BEAT_SEC 0.5

/**
 * MontageCount:
 * @count: counted beats since its phrases began
 * @start: where a section begins, 0 with the beat, below 1 after it; -1: no
 *     section does
 *
 * How a beat of the grid is counted.
 */
typedef struct
{
  gdouble count;
  gdouble start;
} MontageCount;

/**
 * MontagePhrases:
 *
 * Where in its phrase any time of a song lies. Phrases begin with sections and
 * are counted in beats of a usual tempo: the grid's beats, brought there by
 * octaves, so that a wrong octave of the tempo changes nothing. Without beats
 * the count goes by half seconds.
 */
typedef struct
{
  const GstMontageBeatGrid *music; /* borrowed */
  gboolean has_beats;
  gdouble beat_sec; /* of a counted beat, the median; 0.5 without beats */
  gdouble octave;   /* counted beat / beat of the grid: ..., 0.5, 1, 2, ... */
  gdouble bar;      /* counted beats */
  GArray *counts;   /* of MontageCount, one per beat */
} MontagePhrases;

void
montage_phrases_init (MontagePhrases *self, const GstMontageBeatGrid *music);
void montage_phrases_clear (MontagePhrases *self);

/* Seconds of the counted beat around @time. */
gdouble
montage_phrases_beat_sec (const MontagePhrases *self, GstClockTime time);
/* Counted beats since the phrases of @time's section began; negative before the
 * first beat. */
gdouble montage_phrases_count (const MontagePhrases *self, GstClockTime time);
/* Whether beat @index of the grid is counted: of a grid that is too fast only
 * some are. */
gboolean montage_phrases_is_counted (const MontagePhrases *self, guint index);
/* Four bars, of a fast waltz eight, in counted beats. */
gdouble montage_phrases_length (const MontagePhrases *self);
/* The largest of phrase, half of it, bar, half bar and beat that begins at
 * @count, in counted beats; 0.5 where it is between beats. */
gdouble montage_phrases_unit (const MontagePhrases *self, gdouble count);
/* The largest of those units that is not longer than @beats. */
gdouble montage_phrases_unit_of (const MontagePhrases *self, gdouble beats);

G_END_DECLS
