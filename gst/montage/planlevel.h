/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planenergy.h"
#include "planphrase.h"

G_BEGIN_DECLS

/**
 * MontageLevel:
 * @energy: 0..1: half as it is, half by its rank in the film, as far as the
 *     film has calm and loud parts
 * @peak: 0..1: how much it belongs to the loudest parts of the film
 * @dip: 0..1: how far it lies below what is around it: the music breathes
 *
 * How intense the music is that a shot starts with.
 */
typedef struct
{
  gdouble energy;
  gdouble peak;
  gdouble dip;
} MontageLevel;

/**
 * MontageLevels:
 *
 * The levels of a film. People compare: what is loud for the film counts more
 * than what is loud for the song.
 */
typedef struct
{
  GstClockTime start; /* of the film, in song time */
  GstClockTime step;
  GArray *levels; /* of MontageLevel */
  gdouble range;  /* 0..1: how much calm and loud parts differ; 0 is flat */
} MontageLevels;

void montage_levels_init (MontageLevels *self, const MontagePhrases *phrases,
    const MontageEnergy *energy, GstClockTime start, GstClockTime end);
void montage_levels_clear (MontageLevels *self);
const MontageLevel *
montage_levels_at (const MontageLevels *self, GstClockTime time);

G_END_DECLS
