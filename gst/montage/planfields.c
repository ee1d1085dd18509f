/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/instructions-private.h>
#include <gst/montage/plan-private.h>

/* Left out of documents where it says nothing. */
#define SPARSE .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE

#define OUTPUT(member, type, ...)                                              \
  GST_MONTAGE_FIELD (GstMontageOutput, member, #member, type, __VA_ARGS__)

static const GstMontageField output_fields[] = {
    OUTPUT (width, UINT, .minimum = 16, .maximum = 16384, .fallback = 1920,
        .description = "Pixels, even."),
    OUTPUT (height, UINT, .minimum = 16, .maximum = 16384, .fallback = 1080,
        .description = "Pixels, even."),
    GST_MONTAGE_FIELD (GstMontageOutput, fps_n, "frame_rate", FRACTION,
        .minimum = 1, .maximum = 240, .fallback = 30,
        .description = "Frames per second."),
    OUTPUT (fit, ENUM, .enum_type = gst_montage_fit_get_type,
        .description = "How sources of another aspect ratio meet the output."),
};
static const GstMontageFieldTable output_table =
    GST_MONTAGE_FIELD_TABLE ("output", GstMontageOutput, output_fields);

#define RUNNER_UP(member, type, ...)                                           \
  GST_MONTAGE_FIELD (GstMontageRunnerUp, member, #member, type, __VA_ARGS__)

static const GstMontageField runner_up_fields[] = {
    RUNNER_UP (source, UINT, .description = "Index of the source."),
    RUNNER_UP (shot, UINT, .description = "Index of the shot in the source."),
    RUNNER_UP (in_point, UINT64, .description = "ns of the source."),
    RUNNER_UP (score, OBJECT, .table = &gst_montage_score_table,
        .description = "Its points."),
    RUNNER_UP (lacked, STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "Why the other was taken, a sentence."),
};
static const GstMontageFieldTable runner_up_table =
    GST_MONTAGE_FIELD_TABLE ("runner-up", GstMontageRunnerUp, runner_up_fields);

#define CUT(member, type, ...)                                                 \
  GST_MONTAGE_FIELD (GstMontageCut, member, #member, type, __VA_ARGS__)

static const GstMontageField cut_fields[] = {
    CUT (start, UINT64, .description = "ns of the film, on a frame."),
    CUT (duration, UINT64, .description = "ns, up to the next cut."),
    CUT (source, UINT, .description = "Index of the source."),
    CUT (shot, UINT, .description = "Index of the shot in the source."),
    CUT (in_point, UINT64,
        .description = "ns of the source's stream time, a quarter of a source "
                       "frame inside the first frame shown."),
    CUT (beat, INT, .minimum = -1, .maximum = G_MAXINT, .fallback = -1,
        .description = "Index of the beat that it starts on; -1: on none."),
    CUT (n_beats, UINT, .description = "Beats that it lasts."),
    CUT (section, ENUM, .enum_type = gst_montage_section_label_get_type,
        .description = "Part of the song."),
    CUT (energy, DOUBLE, .minimum = 0, .maximum = 1,
        .description = "Energy of the music."),
    CUT (motion, DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0,
        .maximum = 1,
        .description = "How much moves in what is shown, as it was measured."),
    CUT (transition, ENUM, .enum_type = gst_montage_transition_get_type,
        .description = "How it comes in."),
    CUT (transition_duration, UINT64,
        .description = "ns of the transition, half before and half after the "
                       "start; 0 for a cut."),
    CUT (speed, DOUBLE, SPARSE, .minimum = 0.25, .maximum = 1, .fallback = 1,
        .description = "Speed of the source; below 1 is slow motion."),
    CUT (zoom_from, DOUBLE, SPARSE, .minimum = 1, .maximum = 4, .fallback = 1,
        .description = "Enlargement of the fitted picture at the start."),
    CUT (zoom_to, DOUBLE, SPARSE, .minimum = 1, .maximum = 4, .fallback = 1,
        .description = "Enlargement of the fitted picture at the end."),
    CUT (focus_x, DOUBLE, SPARSE, .minimum = 0, .maximum = 1, .fallback = 0.5,
        .description = "Middle of the zoom, 0 is left."),
    CUT (focus_y, DOUBLE, SPARSE, .minimum = 0, .maximum = 1, .fallback = 0.5,
        .description = "Middle of the zoom, 0 is the top."),
    CUT (pinned, BOOLEAN, SPARSE,
        .description = "Whether the user wants it there."),
    CUT (seen, UINT, SPARSE,
        .description =
            "Cuts since the same was shown before; 0: it never was."),
    CUT (effects, STRINGS, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Names of the effects that act on it."),
    CUT (score, OBJECT, .table = &gst_montage_score_table,
        .description = "Its points."),
    CUT (reason, STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "Why it is there, a sentence."),
    CUT (runners_up, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .table = &runner_up_table,
        .description = "What else was considered, best first."),
};
const GstMontageFieldTable gst_montage_cut_table =
    GST_MONTAGE_FIELD_TABLE ("cut", GstMontageCut, cut_fields);

#define SOURCE(member, type, ...)                                              \
  GST_MONTAGE_FIELD (GstMontageSource, member, #member, type, __VA_ARGS__)

static const GstMontageField source_fields[] = {
    SOURCE (uri, STRING, .description = "The clip."),
    SOURCE (duration, UINT64, .description = "ns."),
    SOURCE (width, UINT, .minimum = 1, .maximum = 65536, .fallback = 1,
        .description = "Pixels, after rotation."),
    SOURCE (height, UINT, .minimum = 1, .maximum = 65536, .fallback = 1,
        .description = "Pixels, after rotation."),
    GST_MONTAGE_FIELD (GstMontageSource, fps_n, "frame_rate", FRACTION,
        .minimum = 0, .maximum = 1000, .description = "Frames per second."),
    SOURCE (variable_rate, BOOLEAN,
        .description = "Whether the intervals between frames differ."),
    SOURCE (has_audio, BOOLEAN, .description = "Whether it has sound."),
    SOURCE (still, BOOLEAN, SPARSE,
        .description = "Whether it is a picture, shown for any time."),
    SOURCE (n_shots, UINT, .description = "How many shots it has."),
    SOURCE (n_cuts, UINT, .description = "How often the film shows it."),
};
const GstMontageFieldTable gst_montage_source_table =
    GST_MONTAGE_FIELD_TABLE ("source", GstMontageSource, source_fields);

#define MUSIC(member, type, ...)                                               \
  GST_MONTAGE_FIELD (GstMontageMusic, member, #member, type, __VA_ARGS__)

static const GstMontageField music_fields[] = {
    MUSIC (uri, STRING, .flags = GST_MONTAGE_FIELD_NULLABLE,
        .description = "The song; null: a silent film."),
    MUSIC (start, UINT64,
        .description = "ns of the song where the film starts."),
    MUSIC (duration, UINT64, .description = "ns that are heard."),
    MUSIC (fade_out, UINT64, .description = "ns of the fade at the end."),
    MUSIC (tempo, DOUBLE, .minimum = 0, .maximum = 1000,
        .description = "BPM; 0 where there is no beat."),
    MUSIC (confidence, DOUBLE, .minimum = 0, .maximum = 1,
        .description = "How sure the beats are."),
    MUSIC (beats, ARRAY, .table = &gst_montage_beat_table,
        .description = "Of the whole song, in song time."),
    MUSIC (sections, ARRAY, .table = &gst_montage_section_table,
        .description = "Of the whole song, in song time."),
};
static const GstMontageFieldTable music_table =
    GST_MONTAGE_FIELD_TABLE ("music", GstMontageMusic, music_fields);

#define METRIC(member, type, text)                                             \
  GST_MONTAGE_FIELD (GstMontageMetrics, member, #member, type,                 \
      .flags = GST_MONTAGE_FIELD_OPTIONAL, .description = text)

static const GstMontageField metrics_fields[] = {
    METRIC (total_score, DOUBLE, "Points of all cuts."),
    METRIC (score_bound, DOUBLE,
        "More points no choice of shots can have in these places; 0: not "
        "computed."),
    METRIC (cut_beat_error_ms, DOUBLE,
        "Mean distance of the cuts on beats from them."),
    METRIC (cut_beat_error_median_ms, DOUBLE,
        "Median distance of all cuts from the nearest beat within half a "
        "beat."),
    METRIC (cut_beat_error_p95_ms, DOUBLE,
        "95 of 100 of these distances are not longer."),
    METRIC (cuts_on_beat, DOUBLE, "Share of the cuts, 0..1."),
    METRIC (cuts_on_downbeat, DOUBLE, "Share of the cuts, 0..1."),
    METRIC (section_hits, DOUBLE,
        "Share of the starts of sections in the film that a cut is on, 0..1."),
    METRIC (energy_correlation, DOUBLE,
        "Spearman: energy of the music against motion of what is shown."),
    METRIC (energy_range, DOUBLE,
        "How much the energy of the music varies: p90 - p10 over the film."),
    METRIC (motion_range, DOUBLE,
        "How much the motion of the footage varies: p90 - p10 over its time."),
    METRIC (source_diversity, DOUBLE, "Entropy of the sources, 0..1."),
    METRIC (source_coverage, DOUBLE,
        "Share of the sources that are shown, of those that can be."),
    METRIC (footage_coverage, DOUBLE,
        "Share of the footage's time that is shown."),
    METRIC (repeats, UINT, "Cuts that show material that was seen before."),
    METRIC (min_repeat_distance, UINT, "In cuts; 0 without repeats."),
    METRIC (median_repeat_distance, DOUBLE, "In cuts; 0 without repeats."),
    METRIC (jump_cuts, UINT, "Cuts between almost the same pictures."),
    METRIC (continuity, DOUBLE,
        "Share of the cuts between pictures neither too like nor too unlike."),
    METRIC (mean_clip_sec, DOUBLE, "Mean length of a cut in seconds."),
    METRIC (median_clip_sec, DOUBLE, "Median length of a cut in seconds."),
    METRIC (clip_variation, DOUBLE,
        "Standard deviation of the lengths by their mean."),
    METRIC (cuts_per_minute, DOUBLE, "Of the whole film."),
    METRIC (climax_cuts_per_minute, DOUBLE,
        "In the fifth of the film whose music has the most energy."),
    METRIC (intro_cuts_per_minute, DOUBLE, "In the first fifth of the film."),
    METRIC (mean_motion, DOUBLE, "Of what is shown, by time, 0..1."),
    METRIC (wide_shots, DOUBLE,
        "Share of the time of shots whose size is known, 0..1."),
    METRIC (crossfades, DOUBLE, "Share of the cuts with a transition, 0..1."),
};
const GstMontageFieldTable gst_montage_metrics_table =
    GST_MONTAGE_FIELD_TABLE ("metrics", GstMontageMetrics, metrics_fields);

#define PLAN(member, type, ...)                                                \
  GST_MONTAGE_FIELD (GstMontagePlan, member, #member, type, __VA_ARGS__)

static const GstMontageField plan_fields[] = {
    PLAN (seed, UINT64, .description = "Another seed is another take."),
    PLAN (revision, UINT, .minimum = 1, .maximum = G_MAXINT, .fallback = 1,
        .description = "1, 2, …: grows when it is planned again."),
    PLAN (duration, UINT64, .description = "ns: the sum of the cuts."),
    PLAN (output, OBJECT, .table = &output_table,
        .description = "Format of the film."),
    PLAN (music, OBJECT, .table = &music_table,
        .description = "What is heard."),
    PLAN (instructions, POINTER, .table = &gst_montage_instructions_table,
        .description = "What the director asked for."),
    PLAN (sources, ARRAY, .table = &gst_montage_source_table,
        .description = "All clips, also those that are not shown."),
    PLAN (cuts, ARRAY, .table = &gst_montage_cut_table,
        .description = "In order, without gaps."),
    PLAN (metrics, OBJECT, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .table = &gst_montage_metrics_table,
        .description = "The whole in figures."),
    PLAN (notes, STRINGS, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Sentences, e.g. which file was left out and why."),
};
static const GstMontageFieldTable plan_table = GST_MONTAGE_FIELD_TABLE ("plan",
    GstMontagePlan, plan_fields);

const GstMontageDocument gst_montage_plan_document = {"gst-montage/plan", 1,
    &plan_table};
