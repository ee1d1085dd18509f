/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/cliprules.h>
#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* Of the two pictures in a shot's signature. */
#define MONTAGE_SIGNATURE_SIZE (16 * 9)

typedef struct _MontageTrack MontageTrack;

/* Why nobody wants to see it. */
typedef enum
{
  MONTAGE_FLAW_NONE,
  MONTAGE_FLAW_BLACK,
  MONTAGE_FLAW_WHITE,
  MONTAGE_FLAW_EMPTY,
  MONTAGE_FLAW_BLURRED,
  MONTAGE_FLAW_TITLE,
  MONTAGE_FLAW_FROZEN,
} MontageFlaw;

#define MONTAGE_N_FLAWS (MONTAGE_FLAW_FROZEN + 1)

/* What the views of a span have in common: none lies outside. */
typedef struct
{
  gfloat way; /* the clearest */
  gfloat whip;
  gfloat motion;
  gboolean has_focus;
  gfloat left, right, top, bottom; /* of the focus */
  gfloat dark, bright;
} MontageViewRange;

/**
 * MontageSpan:
 *
 * A piece of a clip that a cut may show: pictures at [first, last], times of
 * the source that lie inside frames. Normally the inside of one shot. Where
 * every shot of a clip is too short, the span reaches over shots (@across). A
 * still is one picture, as long as anybody wants it.
 */
typedef struct
{
  guint source;
  guint shot; /* its first */
  gboolean across;
  gboolean still;
  gboolean reserved; /* for the one place in the film where it is pinned */
  GstClockTime first;
  GstClockTime last;
  const GstMontageShot *info;   /* the longest of its shots; borrowed */
  gdouble motion;               /* 0..1, mostly the rank among all spans */
  gdouble quality;              /* 0..1; -1 where nothing is known */
  GstMontageShotSize shot_size; /* as measured, else as it was seen */
  gdouble wish;    /* -1..1: for what it shows, rather not to rather so */
  gint speed_step; /* for what it shows, how much faster it is cut: -2..2 */
  gdouble weight;  /* how readily its clip is to be shown; 1: as any */
  const GstMontageSceneRule *rule; /* the strongest that holds; nullable */
  MontageFlaw flaw;
  gboolean best;    /* of the best, kept for the climax */
  guint look;       /* the first span that looks the same */
  gdouble fading;   /* what of its likeness to itself is lost per ns */
  guint first_view; /* its views in the material: what it looks like in the */
  guint n_views;    /* course of time */
  MontageViewRange range;
  MontageTrack *track;
  gboolean has_signature;
  gfloat *signature; /* first, then last picture; zero mean, unit length */
} MontageSpan;

/**
 * MontageMaterial:
 *
 * All that can be shown. Borrows the shot lists and the rules.
 */
typedef struct
{
  const GstMontageShotList *const *sources;
  guint n_sources;
  const GstMontageClipRule *rules; /* per source; nullable */
  GstMontageOutput output;
  GArray *spans;         /* of MontageSpan, by source and time */
  GArray *views;         /* of MontageView */
  GArray *source_frames; /* of guint64: the longest span per source, in output
                          * frames; 0 where the source cannot be used */
} MontageMaterial;

/* What of a still counts as footage. */
#define MONTAGE_STILL_SEC 5

/* @rules: what holds for each of the sources, nullable: what is skipped or lies
 * outside a window is not there. @shortest: of a cut, in output frames. */
MontageMaterial *montage_material_new (const GstMontageShotList *const *sources,
    guint n_sources, const GstMontageClipRule *rules,
    const GstMontageOutput *output, guint64 shortest);
void montage_material_free (MontageMaterial *self);

/* All that may be shown of a source as one span; FALSE if there is nothing. */
gboolean montage_material_whole (const MontageMaterial *self, guint source,
    MontageSpan *span);
/* Adds @span for the place where it is pinned; returns its index. */
guint montage_material_reserve (MontageMaterial *self, const MontageSpan *span);

/* The longest cut in output frames that @span can fill at the usual speed. */
guint64 montage_material_span_frames (const MontageMaterial *self,
    const MontageSpan *span);
/* As footage: a still counts as MONTAGE_STILL_SEC. */
guint64 montage_material_span_footage (const MontageMaterial *self,
    const MontageSpan *span);
/* The longest in any source: what the shortest cut can be at most. */
guint64 montage_material_longest (const MontageMaterial *self);
/* The longest cut with which the film of @n_frames can be filled without using
 * few clips over and over. */
guint64
montage_material_comfortable (const MontageMaterial *self, guint64 n_frames);
/* Index of the span that holds @in_point of a shot, or -1. */
gint montage_material_find (const MontageMaterial *self, guint source,
    GstClockTime in_point);
/* The shot of @span's source that holds @in_point. */
guint montage_material_shot_at (const MontageMaterial *self,
    const MontageSpan *span, GstClockTime in_point);

/* Moves @in_point to a quarter of a frame inside the frame that it is in,
 * staying in the span when @n_frames are shown. */
GstClockTime montage_material_snap (const MontageMaterial *self,
    const MontageSpan *span, GstClockTime in_point, guint64 n_frames);
/* Source time that passes from the first to the last of @n_frames. */
GstClockTime
montage_material_reach (const MontageMaterial *self, guint64 n_frames);

/* The name of a clip for people: the last part of its URI, unescaped. */
gchar *
montage_material_source_name (const GstMontageShotList *source, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageMaterial, montage_material_free)

G_END_DECLS
