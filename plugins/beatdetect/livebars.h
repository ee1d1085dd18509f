/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barevidence.h"

#define LIVE_BARS_STATES 16
/* Beats after which bars of any length are where they were. */
#define LIVE_BARS_CYCLE 720720.0

/**
 * LiveBars:
 *
 * Where in a bar the beats are, as far as can be said from those before.
 */
typedef struct
{
  guint metres[2]; /* beats of a bar; their states follow each other */
  guint n_metres;
  guint n;      /* beats heard */
  gboolean set; /* by the user: bars are not cut short */
  gdouble scores[LIVE_BARS_STATES];
  gdouble mean[N_BAR_EVIDENCE];
  gdouble square[N_BAR_EVIDENCE];
} LiveBars;

/* @beats_per_bar: 0 is to find it out. */
void live_bars_init (LiveBars *self, guint beats_per_bar);
/* A beat, @steps beats after the one before, was heard: @row is what was
 * measured of it, which is changed; or NULL where nothing was. */
void live_bars_advance (LiveBars *self, guint steps, gfloat *row);
/* The beat of the last step begins a bar, says the user. */
void live_bars_set_downbeat (LiveBars *self);
/* The position of the beat @steps after the last one; 0 is unknown. */
guint live_bars_position (const LiveBars *self, guint steps);
