/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "beatconstants.h"

/**
 * LiveTempo:
 *
 * How strongly each beat period repeats lately, frame by frame.
 */
typedef struct
{
  guint shortest; /* period, frames */
  guint width;    /* periods from there on */
  guint n;        /* frames so far */
  gdouble mean;
  gfloat recent[2 * LIVE_TEMPO_LAGS]; /* twice, so that it is seen in a row */
  gfloat acf[LIVE_TEMPO_LAGS];
  gfloat prior[LIVE_MOST_PERIODS];
  gfloat strength[LIVE_MOST_PERIODS]; /* about 0..1 */
  gfloat likely[LIVE_MOST_PERIODS];   /* 0..1, the most likely has 1 */
} LiveTempo;

void live_tempo_init (LiveTempo *self, guint shortest, guint width);
void live_tempo_push (LiveTempo *self, gfloat activation);
