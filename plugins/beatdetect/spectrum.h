/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * Spectrum:
 *
 * Magnitudes of a window that moves on by hops: of aubio's phase vocoder all but
 * the phases, which cost more than the rest and are not used here.
 */
typedef struct _Spectrum Spectrum;

/* @window samples, a power of two, under a Hann window; @hop of them are new. */
Spectrum *spectrum_new (guint window, guint hop);
void spectrum_free (Spectrum *self);
/* Where the samples of the newest hop are written to. */
gfloat *spectrum_hop (Spectrum *self);
/* window / 2 + 1 magnitudes, valid until the next call; a full-scale sine has
 * window / 4. */
const gfloat *spectrum_measure (Spectrum *self);
/* Makes room for the next hop. */
void spectrum_advance (Spectrum *self);
