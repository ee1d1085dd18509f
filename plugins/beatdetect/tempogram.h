/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * Tempogram:
 *
 * How strongly each beat period repeats around each second of a song.
 */
typedef struct
{
  guint n_windows;  /* one per TEMPO_HOP frames */
  guint n_bins;     /* periods, on a logarithmic scale, rising */
  gdouble *periods; /* frames */
  gfloat *strength; /* n_windows x n_bins, about 0..1 */
} Tempogram;

Tempogram *tempogram_new (const gfloat *activation, guint n, gdouble bpm_min,
    gdouble bpm_max);
void tempogram_free (Tempogram *self);

/* The most likely period per frame: @prior_bpm is the centre of a log-normal
 * prior; a steady tempo is preferred, a jump to another one allowed. */
gdouble *tempogram_path (const Tempogram *self, guint n, gdouble prior_bpm);
/* Mean strength along @path times @factor; 0 where that leaves the range. */
gdouble tempogram_mean (const Tempogram *self, const gdouble *path, guint n,
    gdouble factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tempogram, tempogram_free)
