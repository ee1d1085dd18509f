/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "onsetfront.h"

/**
 * BeatLive:
 *
 * Foretells beats from the last seconds of a song. Causal: what it says of a
 * time depends on what was heard before it only.
 */
typedef struct
{
  gdouble tempo_min;
  gdouble tempo_max;
  guint next_update; /* frame */
  gdouble period;    /* s, 0 while there is none */
  gdouble next;      /* s, the beat foretold next */
  gdouble last;      /* s, the beat told last; negative before the first */
  gdouble strength;  /* of the onsets at the beats lately */
} BeatLive;

void beat_live_init (BeatLive *self, gdouble tempo_min, gdouble tempo_max);
/* To be called as frames arrive. */
void beat_live_update (BeatLive *self, const OnsetFrame *frames, guint n);
/* The next beat up to time @now (s), if there is one. */
gboolean beat_live_pop (BeatLive *self, gdouble now, gdouble *time);
