/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activation.h"
#include "beatconstants.h"

typedef struct
{
  gdouble n; /* frames so far */
  gdouble mean;
  gdouble square;
} LiveScale;

/**
 * LiveCurves:
 *
 * The onset curves of the last LIVE_HISTORY frames, made comparable over loud
 * and soft parts from what came before each frame only. Frame t is at
 * [t % LIVE_HISTORY].
 */
typedef struct
{
  guint n; /* frames so far */
  LiveScale of_all;
  LiveScale of_low;
  LiveScale of_high;
  LiveScale of_novelty;
  gfloat all[LIVE_HISTORY];
  gfloat low[LIVE_HISTORY];
  gfloat high[LIVE_HISTORY];
  gfloat beat[LIVE_HISTORY];    /* the mix that beats are tracked on */
  gfloat novelty[LIVE_HISTORY]; /* change of harmony, known a little later */
  gfloat power[LIVE_HISTORY];   /* as in the frames, like the next */
  gfloat flux[LIVE_HISTORY];
  OnsetFrame frames[LIVE_HISTORY];
  gdouble chroma[LIVE_CHROMA_FRAMES][ONSET_CHROMA]; /* sums from frame 0 on */
} LiveCurves;

void live_curves_push (LiveCurves *self, const OnsetFrame *frame);
/* The most of @curve within @reach frames around @frame. */
gfloat live_curves_peak (const LiveCurves *self, const gfloat *curve,
    gdouble frame, gint reach);
/* Mean of @curve over the frames from @from to before @to that are known. */
gdouble live_curves_mean (const LiveCurves *self, const gfloat *curve,
    gdouble from, gdouble to);
/* What is known from frame @first on, in a row. */
Activation *live_curves_activation (const LiveCurves *self, guint first);
OnsetFrame *live_curves_frames (const LiveCurves *self, guint first);
/* Clear onsets a second, lately. */
gdouble live_curves_onsets (const LiveCurves *self);
