/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "smallframe.h"

G_BEGIN_DECLS

#define MOTION_BLOCK 8 /* samples */
#define MOTION_BLOCKS_X (SMALL_WIDTH / MOTION_BLOCK)
#define MOTION_BLOCKS_Y (SMALL_HEIGHT / MOTION_BLOCK)
#define MOTION_BLOCKS (MOTION_BLOCKS_X * MOTION_BLOCKS_Y)
/* Rows above the first block. */
#define MOTION_TOP ((SMALL_HEIGHT - MOTION_BLOCKS_Y * MOTION_BLOCK) / 2)

/**
 * FrameMotion:
 * @dx: how far the picture as a whole moves to the right, in its widths
 * @dy: how far it moves down, in its heights
 * @zoom: how much larger it becomes, as a share
 * @local: how far things move against the whole, mean, in widths
 * @mismatch: 0..1, how badly the first picture, its blocks moved, explains
 *     the second; the texture of the blocks is the measure
 * @foreground: as @mismatch, of the blocks alone that are no even area
 * @moves: @local of each block, row by row
 *
 * What moved from one picture to the next.
 */
typedef struct
{
  gfloat dx;
  gfloat dy;
  gfloat zoom;
  gfloat local;
  gfloat mismatch;
  gfloat foreground;
  gfloat moves[MOTION_BLOCKS];
} FrameMotion;

void frame_motion_estimate (const SmallFrame *from, const SmallFrame *to,
    FrameMotion *motion);

G_END_DECLS
