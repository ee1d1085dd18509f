/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"
#include "planrules.h"
#include "planslots.h"

G_BEGIN_DECLS

#define MONTAGE_NO_SPAN G_MAXUINT
/* Neighbours this many cuts apart are compared. */
#define MONTAGE_SCORE_LAGS 3
/* No correlation. */
#define MONTAGE_UNKNOWN_LIKENESS (-2.0f)
/* Uses of the same span further apart than this do not matter. */
#define MONTAGE_REUSE_REACH 400
#define MONTAGE_MAX_POINTS 8
#define MONTAGE_MAX_BEATS 6

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
  guint begin;    /* the material's views of its first and last picture */
  guint end;
} MontageTake;

/* What two spans have in common, whatever the in-points. */
typedef struct
{
  gfloat likeness; /* of the last picture of the one and the first of the other:
                      -1..1 or MONTAGE_UNKNOWN_LIKENESS */
  gfloat harmony;  /* of their colours: -1..1; 0 where they are not known */
  gfloat usual;    /* points of size and variety */
} MontagePairing;

/* Beats in a slot, the cut itself the first, with what an action that peaks
 * there is worth, 0..1. */
typedef struct
{
  guint n;
  GstClockTime times[MONTAGE_MAX_BEATS]; /* after the cut */
  gdouble weights[MONTAGE_MAX_BEATS];
} MontageSlotBeats;

/**
 * MontageScorer:
 *
 * The terms of GstMontageScore for a film, each in points, multiplied by the
 * weights of the instructions. The score of a film is the sum over its cuts of
 * what depends on the cut alone (planalone.c), on its in-point (planpoints.c),
 * on the MONTAGE_SCORE_LAGS cuts before it (planpair.c), on each earlier use of
 * the same span, and on whether its source is new (planreuse.c). Borrows all
 * but the last part.
 */
typedef struct
{
  const GstMontageInstructions *instructions;
  const MontageFilmGrid *film;
  const MontageMaterial *material;
  const GArray *slots;       /* of MontageSlot */
  const MontageRules *rules; /* nullable */
  const gfloat *taken;       /* montage_takes_new(); nullable */
  gboolean once; /* all is shown once: far repeats are as bad as near ones */
  gboolean has_changes; /* slots were cut for what they are to show */
  guint64 seed;

  guint n_usable;           /* sources */
  guint n_before_climax;    /* slots up to the last one of the climax */
  MontagePairing *pairings; /* [before * n + after]; NULL if there are too many
                             */
  GstClockTime *lengths;    /* of the material in the slots */
  gdouble *energies;       /* of the slots, as the motion is compared to them */
  MontageSlotBeats *beats; /* of the slots */
  gdouble *coverage;       /* of the sources: points of the first sight */
  gdouble coverage_most;
} MontageScorer;

void montage_scorer_init (MontageScorer *self);
void montage_scorer_clear (MontageScorer *self);
/* After slots have changed. */
void montage_scorer_update (MontageScorer *self);

/* Sets the terms that depend on the slot and the span alone; returns their sum.
 */
gdouble montage_score_alone (const MontageScorer *self, guint slot, guint span,
    GstMontageScore *score);

/* The take of @span from @in_point on, with its points. */
void montage_score_take (const MontageScorer *self, guint slot, guint span,
    GstClockTime in_point, MontageTake *take);
/* Adds the terms of the in-point of @take; returns their sum. */
gdouble montage_score_moment (const MontageScorer *self, guint slot,
    const MontageTake *take, GstMontageScore *score);
/* No moment is worth more. */
gdouble montage_score_moment_most (const MontageScorer *self);
/* Where in @span the in-point for a slot may be, crossfades included as far as
 * the span has room for them. */
void montage_score_range (const MontageScorer *self, guint slot, guint span,
    GstClockTime *earliest, GstClockTime *latest);
/* The best in-points in @span for a slot, best first; at most
 * MONTAGE_MAX_POINTS. Returns how many. */
guint montage_score_points (const MontageScorer *self, guint slot, guint span,
    MontageTake *points);
/* Sets what is seen first and last of @take when it lasts @n_frames. */
void montage_take_look (MontageTake *take, const MontageMaterial *material,
    guint64 n_frames);

/* Adds the terms of @take after @before, which is @lag cuts earlier, to @score
 * (nullable); returns their sum. */
gdouble montage_score_pair (const MontageScorer *self, guint slot, guint lag,
    const MontageTake *before, const MontageTake *take, GstMontageScore *score);
/* No take of span @after directly after one of @before is worth more as a pair,
 * and no pair of any spans. */
gdouble
montage_score_pair_most (const MontageScorer *self, guint before, guint after);
gdouble montage_score_any_pair_most (const MontageScorer *self);
/* Correlation of the last picture of @a with the first of @b, -1..1, or
 * MONTAGE_UNKNOWN_LIKENESS. */
gfloat montage_span_likeness (const MontageSpan *a, const MontageSpan *b);
/* Whether one looks like a jump in the other: the same pictures of a source,
 * @gap apart. */
gboolean montage_span_jumps (const MontageSpan *a, const MontageSpan *b,
    GstClockTimeDiff gap, gfloat likeness);
gboolean montage_score_is_jump_cut (const MontageScorer *self, guint slot,
    const MontageTake *before, const MontageTake *take);

/* Points, at most 0, for showing @span in slots @a < @b. Of another span with
 * the same look, the in-points are those of montage_looks_time(). */
gdouble montage_score_reuse (const MontageScorer *self, guint span, guint a,
    GstClockTime in_a, guint b, GstClockTime in_b);
/* The same of two takes: 0 unless they look the same. */
gdouble montage_score_again (const MontageScorer *self, guint a,
    const MontageTake *before, guint b, const MontageTake *take);
/* What showing the same pictures again costs at least, where all of the shorter
 * cut is a repeat; less of it in proportion. */
gdouble montage_score_repeat_least (const MontageScorer *self);
/* Points of the first cut that shows @source. */
gdouble montage_score_coverage (const MontageScorer *self, guint source);
/* No source is worth more. */
gdouble montage_score_coverage_most (const MontageScorer *self);

void montage_score_sum (GstMontageScore *score);
/* The energy that a shot's motion is compared to in a slot, 0..1. */
gdouble montage_score_energy (const MontageScorer *self, guint slot);
/* Whether transitions show one shot at a time, so that they need no material
 * beyond the cut. */
gboolean montage_score_look_dips (const MontageScorer *self);
/* Half of the transition that the instructions want at a slot's ends, in output
 * frames of material beyond them: an upper bound. */
guint64 montage_score_handle (const MontageScorer *self, guint slot);

/* Shared by the files above. */

static inline const MontageSpan *
montage_scorer_span (const MontageScorer *self, guint span)
{
  return &g_array_index (self->material->spans, MontageSpan, span);
}

static inline const MontageSlot *
montage_scorer_slot (const MontageScorer *self, guint slot)
{
  return &g_array_index (self->slots, MontageSlot, slot);
}

static inline gdouble
montage_scorer_weight (const MontageScorer *self, GstMontageTerm term)
{
  return self->instructions->weights.terms[term];
}

/* Whether the music is at its height in a slot. */
gboolean montage_scorer_is_climax (const MontageScorer *self, guint slot);
/* Of planreuse.c: what the first sight of each source is worth. */
gdouble *montage_coverage_new (const MontageScorer *self);
/* Of planpair.c: all pairs of spans, unless there are too many. */
MontagePairing *montage_pairings_new (const MontageScorer *self);

G_END_DECLS
