/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>
#include <gst/montage/instructions.h>

G_BEGIN_DECLS

/**
 * GstMontageOutput:
 *
 * The format of the film. Frame k is shown from k * fps_d / fps_n seconds on;
 * every time of a plan is gst_montage_output_frame_time() of a whole k.
 */
typedef struct
{
  guint width;  /* pixels, even */
  guint height; /* pixels, even */
  gint fps_n;
  gint fps_d;
  GstMontageFit fit;
} GstMontageOutput;

/**
 * GstMontageScore:
 *
 * Why a candidate was (not) taken: points per term, 0 where the data does not
 * allow the term. @total is their sum.
 */
typedef struct
{
  gdouble total;
  gdouble energy;     /* shot motion against music energy */
  gdouble wide;       /* a wide shot where wanted */
  gdouble action;     /* high action where wanted */
  gdouble quality;    /* sharp, well exposed, steady */
  gdouble scene;      /* what it shows is asked for, or suits the mood */
  gdouble moment;     /* a motion peak on a beat, the best part of the shot */
  gdouble continuity; /* motion direction and exposure against the cut before */
  gdouble match;      /* match or invisible cut with the cut before */
  gdouble variety;    /* another source, another shot size */
  gdouble repeat;     /* <= 0: reuse of the same material */
  gdouble coverage;   /* a source not seen so far */
} GstMontageScore;

/**
 * GstMontageRunnerUp:
 *
 * A candidate that lost.
 */
typedef struct
{
  guint source;
  guint shot;
  GstClockTime in_point;
  GstMontageScore score;
} GstMontageRunnerUp;

/**
 * GstMontageCut:
 *
 * One shot of the film, [start, start + duration) in ns of the film.
 *
 * @in_point is ns in the source's stream time and lies a quarter of a source
 * frame inside the first frame to be shown, so that rounding never shows a
 * neighbour. Output frame k of the cut shows the source at in_point + k / fps,
 * i.e. the frame with the last time stamp not after that.
 *
 * A crossfade of length D lies around the cut, over
 * [start - D / 2, start + D / 2); there the incoming source is read from
 * in_point - D / 2 on and the outgoing one until D / 2 after its end: the
 * planner sees to it that both exist. D / 2 is a whole number of frames.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime duration;
  guint source; /* index into the plan's sources */
  guint shot;   /* index into that source's shots */
  GstClockTime in_point;
  gint beat;     /* index of the beat at @start, -1 where it is on none */
  guint n_beats; /* beats that it lasts */
  GstMontageSectionLabel section;
  gdouble energy; /* of the music, 0..1 */
  GstMontageScore score;
  gchar *reason;      /* a sentence */
  GArray *runners_up; /* of GstMontageRunnerUp, best first, at most 3 */
  GstMontageTransition transition;  /* how it comes in; the first: CUT */
  GstClockTime transition_duration; /* D above; 0 for a CUT */
  GStrv effects; /* names of the effects that act on it, nullable */
} GstMontageCut;

/**
 * GstMontageSource:
 *
 * A clip of the plan.
 */
typedef struct
{
  gchar *uri;
  GstClockTime duration;
  guint width;
  guint height;
  gint fps_n;
  gint fps_d;
  gboolean variable_rate;
  gboolean has_audio;
  guint n_shots;
  guint n_cuts; /* how often it is used; 0: see the plan's notes */
} GstMontageSource;

/**
 * GstMontageMusic:
 *
 * The window of the song that is heard: [start, start + duration) in ns of the
 * song, fading out over the last @fade_out ns. Beats and sections are those of
 * the whole song, in song time.
 */
typedef struct
{
  gchar *uri;
  GstClockTime start;
  GstClockTime duration;
  GstClockTime fade_out;
  gdouble tempo;
  gdouble confidence;
  GArray *beats;    /* of GstMontageBeat */
  GArray *sections; /* of GstMontageSection */
} GstMontageMusic;

/**
 * GstMontageMetrics:
 *
 * The whole in figures.
 */
typedef struct
{
  gdouble total_score;
  gdouble cut_beat_error_ms;  /* mean |cut - beat| of the cuts on beats */
  gdouble cuts_on_beat;       /* share of the cuts, 0..1 */
  gdouble cuts_on_downbeat;   /* share of the cuts, 0..1 */
  gdouble energy_correlation; /* Spearman, music energy against motion */
  gdouble source_diversity;   /* entropy of the sources / log n, 0..1 */
  gdouble source_coverage;    /* used sources / sources */
  guint repeats;              /* cuts that show material seen before */
  guint min_repeat_distance;  /* in cuts; 0 without repeats */
  guint jump_cuts;
  gdouble mean_clip_sec;
} GstMontageMetrics;

/**
 * GstMontagePlan:
 *
 * Every decision of the film (document "gst-montage/plan").
 */
typedef struct _GstMontagePlan GstMontagePlan;
struct _GstMontagePlan
{
  guint64 seed;
  guint revision;
  GstClockTime duration; /* of the film: the sum of the cuts */
  GstMontageOutput output;
  GstMontageMusic music;
  GstMontageInstructions *instructions;
  GArray *sources; /* of GstMontageSource */
  GArray *cuts;    /* of GstMontageCut, without gaps, from 0 on */
  GstMontageMetrics metrics;
  GStrv notes; /* nullable: sentences, e.g. which file was left out and why */
};

#define GST_TYPE_MONTAGE_PLAN (gst_montage_plan_get_type ())
GST_MONTAGE_API GType gst_montage_plan_get_type (void);

GST_MONTAGE_API GstMontagePlan *gst_montage_plan_new (void);
GST_MONTAGE_API GstMontagePlan *
gst_montage_plan_copy (const GstMontagePlan *self);
GST_MONTAGE_API void gst_montage_plan_free (GstMontagePlan *self);
/* Reads and checks, also across fields: the cuts are in the grid and leave no
 * gap, sources exist, in-points lie inside them. */
GST_MONTAGE_API GstMontagePlan *gst_montage_plan_from_json (const gchar *text,
    gssize length, const gchar *origin, GError **error);
GST_MONTAGE_API gchar *gst_montage_plan_to_json (const GstMontagePlan *self);

/* Number of frames of the film. */
GST_MONTAGE_API guint64 gst_montage_plan_n_frames (const GstMontagePlan *self);
/* The cut that holds film time @time, NULL past the end. */
GST_MONTAGE_API const GstMontageCut *
gst_montage_plan_cut_at (const GstMontagePlan *self, GstClockTime time,
    guint *index);
/* Start of frame @frame in ns, rounded once. */
GST_MONTAGE_API GstClockTime
gst_montage_output_frame_time (const GstMontageOutput *self, guint64 frame);
/* The frame whose start is nearest to @time. */
GST_MONTAGE_API guint64
gst_montage_output_frame_at (const GstMontageOutput *self, GstClockTime time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontagePlan, gst_montage_plan_free)

G_END_DECLS
