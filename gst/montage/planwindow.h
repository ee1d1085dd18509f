/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planslots.h"

G_BEGIN_DECLS

/**
 * montage_window_choose:
 *
 * The part of the song for a film of @duration: it begins on a downbeat, holds
 * much energy and a rise, and ends on a downbeat where that can be had.
 *
 * Returns: song time in ns; 0 where the film takes the whole song
 */
GstClockTime montage_window_choose (const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime duration);

/* How long the music fades at the end of the film. */
GstClockTime
montage_window_fade (const MontageFilmGrid *film, const MontagePace *pace);

G_END_DECLS
