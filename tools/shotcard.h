/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/montage/montage.h>

#include "thumbnails.h"

G_BEGIN_DECLS

#define TOOL_SHOT_FRAMES 3

/**
 * ToolShotCard:
 *
 * One shot in a picture: its first, middle and last frame, its numbers, and how
 * it goes on.
 */
typedef struct
{
  const GstMontageShot *shot;
  guint number; /* from 1 on */
  GstClockTime curve_step;
  gdouble curve_top;                             /* value at the panel's top */
  const ToolThumbnail *frames[TOOL_SHOT_FRAMES]; /* nullable each */
  gdouble frame_width;
  gdouble frame_height;
} ToolShotCard;

gdouble tool_shot_card_width (gdouble frame_width);
gdouble tool_shot_card_height (gdouble frame_height);
void tool_shot_card_draw (const ToolShotCard *self, cairo_t *cr, gdouble x,
    gdouble y);

G_END_DECLS
