/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "frametraits.h"

G_BEGIN_DECLS

/* So many frames to each side of a step are looked at. */
#define CUT_REACH 6

/* The pictures and what lies between neighbours, of the newest frames. */
#define CUT_RING 32

typedef struct
{
  FrameTraits traits[CUT_RING];
  FrameMotion motions[CUT_RING];      /* from the picture before */
  FrameDistances distances[CUT_RING]; /* to the picture before */
  guint64 n_frames;
} CutWindow;

/* What speaks for a cut. "Log" are logarithms; ratios, too. */
typedef enum
{
  /* what differs between the two pictures */
  CUT_CHROMA,
  CUT_COLOURLESS,
  CUT_STRUCTURE,
  CUT_EXTENT,
  CUT_RESTING,
  CUT_MUCH_RESTING,
  CUT_SAME_VIEW,
  CUT_VERY_SAME,
  CUT_VERY_MUCH_SAME,
  CUT_STEP, /* of the mean of luma */
  CUT_RAMP, /* how far that goes on, or went before */
  CUT_LOG_LUMA,
  CUT_LOG_MISMATCH,
  CUT_LOG_EQUALISED, /* mismatch, exposure and contrast made equal */
  CUT_LOG_STRUCTURE,
  CUT_LUMA_STRUCTURE,
  CUT_EQUALISED_STRUCTURE,
  /* how it stands out: against the second largest step of each side, the
   * largest, and the same for what motion does not explain; "least" is of the
   * side where it stands out less */
  CUT_RATIO_LEAST,
  CUT_RATIO_MOST,
  CUT_PEAK_LEAST,
  CUT_PEAK_MOST,
  CUT_MOTION_LEAST,
  CUT_MOTION_MOST,
  CUT_MEAN_LEAST, /* against the mean of each side */
  CUT_MEAN_MOST,
  /* the same without what is even in both pictures: a figure that jumps
   * before a backdrop; "backdrop" is times the share that is even */
  CUT_BACKDROP,
  CUT_LOG_FOREGROUND,
  CUT_FOREGROUND_LEAST,
  CUT_FOREGROUND_MOST,
  CUT_LOG_FOREGROUND_BACKDROP,
  CUT_FOREGROUND_LEAST_BACKDROP,
  CUT_ONE_SIDED,    /* what only comes, or only goes, and the rest stays */
  CUT_RESTING_BACK, /* resting, looked at from the later picture */
  CUT_FOREGROUND_RETURN,
  CUT_FOREGROUND_RETURN_BACKDROP,
  /* whether it lasts */
  CUT_ACROSS,
  CUT_RETURN,
  CUT_LOG_RETURN,
  CUT_RETURN_STRUCTURE,
  CUT_LOG_RETURN_STRUCTURE,
  N_CUT_FEATURES
} CutFeature;

/* @motion is filled with what moved since the picture before (zeroed for the
 * first). */
void
cut_window_push (CutWindow *self, const SmallFrame *frame, FrameMotion *motion);

/* What is worth a closer look at all: cheap. */
gboolean cut_features_is_candidate (const CutWindow *window, guint64 frame);

/* What speaks for a cut at @frame, which is less than CUT_RING frames old. */
void cut_features_measure (const CutWindow *window, guint64 frame,
    gfloat features[N_CUT_FEATURES]);

G_END_DECLS
