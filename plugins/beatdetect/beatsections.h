/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

#include "onsetfront.h"
#include "tonefront.h"

/* Splits the song into parts of whole bars that sound alike, and names them.
 * @beats (of GstMontageBeat, energies set) may be empty: then the song is one
 * unknown part. The parts cover [0, @duration). */
GArray *
beat_sections (const OnsetFrame *frames, guint n, const ToneFront *tones,
    const GArray *beats, guint beats_per_bar, GstClockTime duration);
