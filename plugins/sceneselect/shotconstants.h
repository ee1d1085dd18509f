/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What decides about a boundary. Levels are of the weighted distance, 0..1;
 * lengths are in frames. Starting values are from the literature named; they
 * were then checked on ten labelled clips (films, drone, dashboard, phone). */

/* Weights of the four distances: histograms of 3 x 3 cells, chroma histogram,
 * motion-compensated error against texture, correlation of thumbnails. The
 * set is that of AT&T's system of TRECVID 2007, block matching and
 * histograms, with a correlation that does not mind exposure. */
#define WEIGHT_LUMA 0.30
#define WEIGHT_CHROMA 0.15
#define WEIGHT_MOTION 0.30
#define WEIGHT_STRUCTURE 0.25

/* Luma (full range) up to which a bar of a wide picture is black. */
#define BAR_LEVEL 4

/* A step that may be a cut: that far from the picture before, and by that
 * (logarithm) farther than the second largest of five steps on the calmer
 * side; on the other one, and next to it, there may be larger ones: in a shot
 * of a blurred fall every step is as far as a cut. All cuts that cutscore.c was
 * fitted on are. */
#define CUT_LEAST 0.15
#define CUT_LEAST_RATIO 0.40
#define CUT_OTHER_RATIO -0.25
#define CUT_LEAST_PEAK 0.8f
/* An old picture is looked for in a new one, zoomed by 0.5..2 and shifted by
 * some samples of a thumbnail. On the labelled clips the changes of a phone's
 * lens correlate by 0.96..0.98, cuts by 0.68 at most. */
#define SAME_VIEW_SHIFT 3
#define SAME_VIEW_CORRELATION 0.90
/* Which is sure, and no cut, where the step is no larger than that. */
#define SAME_VIEW_SURE 0.96
#define SAME_VIEW_BELOW 0.7
/* What came or went alone, on black for example, is a title. Of the cuts that
 * cutscore.c was fitted on one in 200 is above 0.61. */
#define ONE_SIDED_SURE 0.8f
/* Shots shorter than that are not: flicker. */
#define CUT_MIN_SHOT 5

/* A fade: luma that runs straight to or from nothing. */
#define FADE_BLACK_MEAN 3.0
#define FADE_BLACK_DEVIATION 2.0
#define FADE_MIN_RISE 12.0
#define FADE_MIN_LENGTH 4
#define FADE_MAX_LENGTH 120
#define FADE_STALL 3
#define FADE_MIN_FIT 0.90
/* It is over where its last frames rise less than this share of the mean. */
#define FADE_TAIL 5
#define FADE_TAIL_SLOPE 0.5

/* Two fades that meet at nothing are one dip, unless either takes longer than
 * that or there is a rest between them. */
#define DIP_MAX_HALF 16
#define DIP_MAX_REST 0
/* One whose halves are shorter than fades: that long at most, with steps of
 * that share of the whole at least, and between pictures that differ by that
 * (1 - correlation), or it is a flash. */
#define DIP_MAX_SHORT_HALF 4
#define DIP_MIN_STEP 0.2
#define DIP_MIN_DISTANCE 0.4
/* What comes out of a plain picture, brighter than that, and correlates that
 * well with what was before it, was lit by a flash or an explosion. */
#define FLASH_MIN_MEAN 24
#define FLASH_SAME 0.3

/* A dissolve or a wipe; see blendfit.c. Nothing that the weights were fitted
 * on is as jumpy (share of the whole change in one frame), as badly explained
 * (share of the energy), or as much the same picture (levels, 1 -
 * correlation). */
#define BLEND_MAX_STEP 0.35
#define BLEND_MAX_LEFT 0.2
#define BLEND_MIN_CHANGE 8
#define BLEND_MIN_DISTANCE 0.15
/* Shares of what is left and of what changes outside below which is noise. */
#define BLEND_LEFT_FLOOR 0.005
#define BLEND_OUTSIDE_FLOOR 0.03
/* Mean of 4 a (1 - a): in a dissolve 0.64 to 0.73, in a wipe near 0. */
#define BLEND_WIPE_BELOW 0.45
/* Log odds: single takes are far more of the world than of the fit, and much
 * moves in them like the edge of a wipe. */
#define BLEND_MIN_DISSOLVE 1.0
#define BLEND_MIN_WIPE 1.5
/* Pictures beside a transition that tell how its ends move. */
#define BLEND_BESIDE 4
#define BLEND_WAIT 16 /* frames: another window may fit better */
/* Frames, and share of the change: what comes back was only covered. */
#define BLEND_RETURN 14
#define BLEND_SAME 0.3

/* A push; see pushfinder.c. Shares of what the picture differs by from the
 * nearer of the two, of the width or height per frame, and of the speed. */
#define PUSH_MAX_ERROR 0.4
#define PUSH_MAX_STEP 0.5
#define PUSH_MIN_LENGTH 6
#define PUSH_MAX_OUTSIDE 0.4
#define PUSH_MIN_DISTANCE 0.2
#define PUSH_MIN_SEAM 0.7 /* of the steps beside it, both together */

/* Of 40 pictures a second and more, those that are closer are left out where
 * fades, dissolves and the like are looked for: the lengths above were chosen on
 * films of 24 to 30. So many at most, where time stamps are broken. */
#define THIN_INTERVAL (26 * GST_MSECOND)
#define THIN_MOST 8
/* What takes no more of the thinned pictures is looked for in all of them. */
#define THIN_QUICK 8

/* Frames until a decision is final: the longest fade, and its stall. */
#define SETTLE_FRAMES (FADE_MAX_LENGTH + FADE_STALL + 1)

/* --- features ----------------------------------------------------------- */

/* Luma (full range) that counts as clipped: within 3 % of the ends, since
 * averaging down hides single clipped pixels. */
#define CLIPPED_BELOW 7
#define CLIPPED_ABOVE 248

/* Standard deviation of luma (of 255) below which a picture is plain. */
#define PLAIN_DEVIATION 2.5

/* Chroma of a fully saturated primary, 114..120 in each colour space. */
#define SATURATION_FULL 120

/* Widths per second at which motion is at 63 %: a walker filmed in full. */
#define MOTION_SCALE 0.25

/* RMS of the path above 2 Hz, in widths, at which shake is at 63 %. */
#define SHAKE_SCALE 0.012f
#define SHAKE_REACH (250 * GST_MSECOND) /* half of the window */

/* Samples of edges that a picture has to move by before it smears. */
#define BLUR_MIN_MOVE 2.0

/* Hasler & Suesstrunk call 109 "extremely colourful". */
#define COLORFULNESS_FULL 109.0

/* Curves: one value per step, and no more than ten hours of them. A hole
 * longer than that is a broken time stamp. */
#define CURVE_STEP (200 * GST_MSECOND)
#define CURVE_MAX_STEPS 180000
#define CURVE_MAX_HOLE (600 * GST_SECOND)
#define FOCUS_REACH 2 /* steps to each side */

/* Widths per second above which the camera moves somewhere, and shake above
 * which it is in a hand. */
#define CAMERA_MOVES 0.02
#define CAMERA_STRAY 3.0
#define CAMERA_SHAKES 0.1
#define CAMERA_REACH 2 /* steps to each side */
#define CAMERA_MIN_CONTRAST 0.04

/* Shot size, log odds against a medium shot: logistic regression on 105 shots
 * of 55 sources (films, phones, drones, sports, animals, conferences, animation)
 * labelled by eye; see shotsize.c for the measures. */
#define SIZE_CLOSE -0.61f
#define SIZE_CLOSE_FOCUS -2.13f
#define SIZE_CLOSE_LAYERS -0.30f
#define SIZE_CLOSE_SKIN 2.43f
#define SIZE_WIDE -3.62f
#define SIZE_WIDE_FOCUS 9.26f
#define SIZE_WIDE_LAYERS 0.98f
#define SIZE_WIDE_SKIN -0.24f

/* The best stretches of a shot: weights of what makes a step good, of the
 * worst step against the mean, and how much a stretch loses by being short. */
#define BEST_STRETCHES 3
#define BEST_MIN_STEPS 5
#define BEST_MAX_STEPS 20
#define BEST_SHARP 0.3f
#define BEST_STEADY 0.25f
#define BEST_EXPOSED 0.2f
#define BEST_ACTION 0.25f
#define BEST_SHARPNESS 0.6f /* what is as sharp as that is sharp */
#define BEST_WORST 0.3f
#define BEST_SHORT 0.1f

/* Intervals outside are a broken time stamp or a hole, no frame rate. */
#define MIN_INTERVAL (GST_SECOND / 480)
#define MAX_INTERVAL (GST_SECOND / 4)

/* Motion peaks: that much above the shot's median, and above that level. */
#define PEAK_RISE 0.1
#define PEAK_LEVEL 0.15
#define PEAK_SMOOTH 2 /* frames to each side */
#define PEAK_DISTANCE (400 * GST_MSECOND)
#define PEAK_MARGIN (100 * GST_MSECOND) /* what smoothing reaches */
/* It strikes that soon behind the peak, where motion drops by that share. */
#define PEAK_STRIKE (200 * GST_MSECOND)
#define PEAK_MIN_DROP 0.4f

#define KEY_FRAMES 3
#define KEY_FRAME_DISTANCE (700 * GST_MSECOND)
