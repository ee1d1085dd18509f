/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framemotion.h"

G_BEGIN_DECLS

/* Samples that a block is looked for at most. */
#define BLOCK_REACH 6
/* Blocks flatter than this (mean deviation) do not show where they went. */
#define BLOCK_FLAT 3

/* Where a block of the second picture comes from. */
typedef struct
{
  gint dx;
  gint dy;
  gfloat error; /* per sample; -1: not looked for */
  gfloat texture;
} Block;

void block_match (const SmallFrame *from, const SmallFrame *to, Block *blocks);

/* As in FrameMotion. */
gfloat block_match_mismatch (const Block *blocks);
gfloat block_match_foreground (const Block *blocks);

/**
 * FrameMatch:
 * @mismatch: as in FrameMotion, but found also where the whole picture has
 *     moved far
 * @foreground: as in FrameMotion
 * @extent: 0..1, share of blocks that are not explained
 * @resting: 0..1, share of the textured blocks that are the same as before
 *
 * How two pictures that may not follow each other agree.
 */
typedef struct
{
  gfloat mismatch;
  gfloat foreground;
  gfloat extent;
  gfloat resting;
} FrameMatch;

/* Leaves black in both pictures out. */
void
frame_match (const SmallFrame *from, const SmallFrame *to, FrameMatch *match);

G_END_DECLS
