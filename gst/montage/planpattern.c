/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planpattern.h"

#define MAX_CUTS 16
#define TOLERANCE 0.1

/**
 * Pattern:
 * @whole: where it begins anew
 * @at: where its cuts are, the last one at @whole
 *
 * In usual lengths.
 */
typedef struct
{
  gdouble whole;
  gdouble at[MAX_CUTS];
} Pattern;

/* Two of each kind take turns, lest the ear hears through them. Those of
 * moderate and high have eight shots, so that the speed stays what was asked
 * for; their lengths differ by a standard deviation of 0.4 and 0.8. */
static const Pattern minimal[2] = {{1, {1}}, {1, {1}}};
static const Pattern moderate[2] = {{8, {1, 2, 4, 5, 6, 7, 7.5, 8}},
    {8, {1.5, 2, 3, 4, 5.5, 6.5, 7, 8}}};
static const Pattern high[2] = {{8, {0.5, 1, 2, 4, 6.5, 7, 7.5, 8}},
    {8, {3, 3.5, 4, 5, 5.5, 6, 7.5, 8}}};
/* 3-2-1-1-1 of half a length. */
static const Pattern fibonacci[2] = {{4, {1.5, 2.5, 3, 3.5, 4}},
    {4, {1.5, 2.5, 3, 3.5, 4}}};
/* Rows of the shortest length take a breath; at most eight are alike. */
static const Pattern dense_moderate[2] = {{16,
                                              {1, 2, 3, 4, 5, 6, 8, 9, 10, 11,
                                                  12, 13, 14, 16}},
    {16, {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16}}};
static const Pattern dense_high[2] = {{16,
                                          {1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13,
                                              14, 16}},
    {16, {1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 16}}};
static const Pattern dense_fibonacci[2] = {{8, {3, 5, 6, 7, 8}},
    {8, {3, 5, 6, 7, 8}}};
/* At a climax the rows get longer. */
static const Pattern pressed[2] = {{16,
                                       {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                           13, 14, 16}},
    {16, {1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16}}};
static const Pattern pressed_fibonacci[2] = {{4, {2, 3, 4}}, {4, {2, 3, 4}}};

static const Pattern *const patterns_of[][3] = {
    [GST_MONTAGE_VARIATION_MINIMAL] = {minimal, minimal, minimal},
    [GST_MONTAGE_VARIATION_MODERATE] = {moderate, dense_moderate, pressed},
    [GST_MONTAGE_VARIATION_HIGH] = {high, dense_high, dense_moderate},
    [GST_MONTAGE_VARIATION_FIBONACCI] = {fibonacci, dense_fibonacci,
        pressed_fibonacci},
};

gdouble
montage_pattern_length (GstMontageVariation variation, MontageDensity density,
    gdouble position, gdouble shortest)
{
  const Pattern *patterns = patterns_of[variation][density];
  gdouble whole = patterns[0].whole;
  gdouble turn = floor ((position + TOLERANCE) / whole);
  gdouble from = position - turn * whole, before = 0;

  /* To the next cut, unless that leaves a mere rest of a shot. */
  for (guint k = 0; k < 2; k++) {
    const Pattern *pattern = &patterns[fmod (ABS (turn) + k, 2) >= 1];
    for (guint i = 0; i < MAX_CUTS && pattern->at[i] > 0; i++) {
      gdouble at = pattern->at[i] + k * whole;
      gdouble length = at - from;
      if (length > TOLERANCE && length >= shortest - 0.05
          && length >= 0.6 * (at - before))
        return length;
      before = at;
    }
  }

  return MAX (shortest, 1);
}
