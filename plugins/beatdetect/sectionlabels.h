/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

/**
 * SectionPart:
 * @bars: how many it holds
 * @group: parts of the same number sound alike
 * @energy: 0..1, its mean
 * @rise: how much the energy rises from its first to its last bar, by a line
 * @label: what it is called; set by section_labels()
 */
typedef struct
{
  guint bars;
  guint group;
  gdouble energy;
  gdouble rise;
  GstMontageSectionLabel label;
} SectionPart;

/* Names the parts of a song, in their order. */
void section_labels (SectionPart *parts, guint n);
