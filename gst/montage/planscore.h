/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"
#include "planrules.h"
#include "planslots.h"

G_BEGIN_DECLS

#define MONTAGE_NO_SPAN G_MAXUINT
/* A new source is worth this, once. */
#define MONTAGE_COVERAGE_POINTS 30.0
/* Neighbours this many cuts apart are compared. */
#define MONTAGE_SCORE_LAGS 3
/* No correlation. */
#define MONTAGE_UNKNOWN_LIKENESS (-2.0f)
/* Uses of the same span further apart than this do not matter. */
#define MONTAGE_REUSE_REACH 400
#define MONTAGE_MAX_POINTS 8
/* No pair of neighbours is worth more than this. */
#define MONTAGE_PAIR_MOST 60.0

/**
 * MontageTake:
 *
 * What fills a slot.
 */
typedef struct
{
  guint span; /* MONTAGE_NO_SPAN: material that is not there any more */
  GstClockTime in_point;
  gdouble moment; /* points of the in-point */
} MontageTake;

/**
 * MontageScorer:
 *
 * The terms of GstMontageScore for a film, each in points. The score of a film
 * is the sum over its cuts of what depends on the cut alone, on the
 * MONTAGE_SCORE_LAGS cuts before it, on each earlier use of the same span, and
 * on whether its source is new. Borrows all but the last three.
 */
typedef struct
{
  const GstMontageInstructions *instructions;
  const MontageFilmGrid *film;
  const MontageMaterial *material;
  const GArray *slots;       /* of MontageSlot */
  const MontageRules *rules; /* nullable */
  gboolean has_changes;      /* slots were cut for what they are to show */
  guint64 seed;
  guint n_usable;   /* sources */
  gfloat *likeness; /* [before * n + after]; NULL where there are too many */
  GstClockTime *lengths; /* of the material in the slots */
  gdouble *energies;     /* of the slots, as the motion is compared to them */
} MontageScorer;

void montage_scorer_init (MontageScorer *self);
void montage_scorer_clear (MontageScorer *self);
/* After slots have changed. */
void montage_scorer_update (MontageScorer *self);

/* Sets energy, wide, action, quality and scene; returns their sum. */
gdouble montage_score_alone (const MontageScorer *self, guint slot, guint span,
    GstMontageScore *score);
/* Adds continuity, match and variety of @take after @before, which is @lag
 * cuts earlier; returns their sum. */
gdouble montage_score_pair (const MontageScorer *self, guint slot, guint lag,
    const MontageTake *before, const MontageTake *take, GstMontageScore *score);
/* No take of span @b directly after one of span @a is worth more as a pair. */
gdouble montage_score_pair_most (const MontageScorer *self, guint a, guint b);
/* Points, at most 0, for showing in slot @b what slot @a shows: @a < @b. */
gdouble montage_score_reuse (const MontageScorer *self, guint a,
    GstClockTime in_a, guint b, GstClockTime in_b);
/* Correlation of the last picture of @a with the first of @b, -1..1, or
 * MONTAGE_UNKNOWN_LIKENESS. */
gfloat montage_span_likeness (const MontageSpan *a, const MontageSpan *b);
/* Whether one looks like a jump in the other: the same pictures of a source,
 * @gap apart. */
gboolean montage_span_jumps (const MontageSpan *a, const MontageSpan *b,
    GstClockTimeDiff gap, gfloat likeness);
gboolean montage_score_is_jump_cut (const MontageScorer *self, guint slot,
    const MontageTake *before, const MontageTake *take);
/* Where in @span the in-point for a slot may be, crossfades included as far as
 * the span has room for them. */
void montage_score_range (const MontageScorer *self, guint slot, guint span,
    GstClockTime *earliest, GstClockTime *latest);
/* The best in-points in @span for a slot, best first; at most
 * MONTAGE_MAX_POINTS. Returns how many. */
guint montage_score_points (const MontageScorer *self, guint slot, guint span,
    MontageTake *points);
void montage_score_sum (GstMontageScore *score);

/* The energy that a shot's motion is compared to in a slot, 0..1. */
gdouble montage_score_energy (const MontageScorer *self, guint slot);
/* Half of the crossfade that the instructions want at a slot's ends, in output
 * frames: an upper bound. */
guint64 montage_score_handle (const MontageScorer *self, guint slot);

G_END_DECLS
