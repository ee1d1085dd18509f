/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>
#include <gst/montage/instructions.h>
#include <gst/montage/planterm.h>

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
  gchar *lacked; /* nullable; a sentence: why the other was taken */
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
 * A transition of length D lies around the cut, over
 * [start - D / 2, start + D / 2). In a crossfade or a wipe the incoming source
 * is read from in_point - D / 2 on and the outgoing one until D / 2 after its
 * end: the planner sees to it that both exist. A dip shows one shot at a time.
 * D / 2 is a whole number of frames.
 *
 * At another @speed s than 1, output frame k shows the source at
 * in_point + s * k / fps, and a transition reads s times as far around the cut.
 * A zoom shows the part of the fitted picture that is 1 / z of its size in both
 * directions, z going evenly from @zoom_from at the cut's start to @zoom_to at
 * its end, around the point (@focus_x, @focus_y) as far as the picture goes.
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
  gdouble motion; /* of what is shown, as it was measured, 0..1 */
  GstMontageScore score;
  gchar *reason;      /* a sentence */
  GArray *runners_up; /* of GstMontageRunnerUp, best first, at most 3 */
  gdouble speed;      /* 0.25..1: slow motion below 1 */
  gdouble zoom_from;  /* 1..4; 1 and 1: no zoom */
  gdouble zoom_to;
  gdouble focus_x; /* 0..1, the middle of the zoom */
  gdouble focus_y;
  gboolean pinned; /* the user wants it there */
  guint seen;      /* cuts since this was shown before; 0: never was */
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
  gboolean still; /* a picture: shown for any time, @duration says nothing */
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
  gdouble score_bound;              /* no film from these cuts scores more */
  gdouble cut_beat_error_ms;        /* mean |cut - beat| of the cuts on beats */
  gdouble cut_beat_error_median_ms; /* to the nearest beat, of all cuts that */
  gdouble cut_beat_error_p95_ms;    /* have one within half a beat */
  gdouble cuts_on_beat;     /* share of the cuts, 0..1; as all shares without */
  gdouble cuts_on_downbeat; /* the film's start */
  gdouble section_hits;     /* share of the section starts with a cut, 0..1 */
  gdouble energy_correlation; /* Spearman, music energy against motion */
  gdouble energy_range;       /* p90 - p10 of the cuts' energy, by time, 0..1 */
  gdouble motion_range; /* p90 - p10 of the footage's motion, by time, 0..1 */
  gdouble source_diversity;       /* entropy of the sources / log n, 0..1 */
  gdouble source_coverage;        /* used sources / those that can be used */
  gdouble footage_coverage;       /* shown time / time that can be shown */
  guint repeats;                  /* cuts that show material seen before */
  guint min_repeat_distance;      /* in cuts; 0 without repeats */
  gdouble median_repeat_distance; /* in cuts; 0 without repeats */
  guint jump_cuts;
  gdouble continuity; /* share of the pairs neither too like nor too unlike */
  gdouble mean_clip_sec;
  gdouble median_clip_sec;
  gdouble clip_variation;         /* standard deviation / mean of the lengths */
  gdouble cuts_per_minute;        /* of the film */
  gdouble climax_cuts_per_minute; /* in the fifth with the most energy */
  gdouble intro_cuts_per_minute;  /* in the first fifth */
  gdouble mean_motion;            /* of what is shown, by time, 0..1 */
  gdouble wide_shots; /* share of the film's time whose size is known, 0..1 */
  gdouble crossfades; /* share of the cuts with a transition, 0..1 */
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

/* The figures as in the plan's document. */
GST_MONTAGE_API gchar *
gst_montage_metrics_to_json (const GstMontageMetrics *metrics);
/* Every field at its default, no runners-up; @cut owns its strings and lists,
 * which go with the plan that it is appended to. */
GST_MONTAGE_API void gst_montage_cut_init (GstMontageCut *cut);
/* For how long before @start @cut is seen already, and the cut before it for
 * as long after: half of a transition that shows both, 0 for cuts and dips. */
GST_MONTAGE_API GstClockTime gst_montage_cut_handle (const GstMontageCut *cut);
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
