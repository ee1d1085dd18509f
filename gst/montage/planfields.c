/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/instructions-private.h>
#include <gst/montage/plan-private.h>

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

#define SCORE(member, text)                                                    \
  GST_MONTAGE_FIELD (GstMontageScore, member, #member, DOUBLE,                 \
      .flags = GST_MONTAGE_FIELD_OPTIONAL, .description = text)

static const GstMontageField score_fields[] = {
    SCORE (total, "Sum of the points below."),
    SCORE (energy, "Motion of the shot against energy of the music."),
    SCORE (wide, "A wide shot where wanted."),
    SCORE (action, "High action where wanted."),
    SCORE (quality, "Sharp, well exposed, steady."),
    SCORE (scene, "What it shows is asked for, or suits the mood."),
    SCORE (moment, "A motion peak on a beat, the best part of the shot."),
    SCORE (continuity, "Motion and exposure against the cut before."),
    SCORE (match, "A match cut or an invisible cut."),
    SCORE (variety, "Another source, another shot size."),
    SCORE (repeat, "Reuse of the same material, 0 or less."),
    SCORE (coverage, "A source that was not seen so far."),
};
static const GstMontageFieldTable score_table =
    GST_MONTAGE_FIELD_TABLE ("score", GstMontageScore, score_fields);

#define RUNNER_UP(member, type, ...)                                           \
  GST_MONTAGE_FIELD (GstMontageRunnerUp, member, #member, type, __VA_ARGS__)

static const GstMontageField runner_up_fields[] = {
    RUNNER_UP (source, UINT, .description = "Index of the source."),
    RUNNER_UP (shot, UINT, .description = "Index of the shot in the source."),
    RUNNER_UP (in_point, UINT64, .description = "ns of the source."),
    RUNNER_UP (score, OBJECT, .table = &score_table,
        .description = "Its points."),
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
    CUT (transition, ENUM, .enum_type = gst_montage_transition_get_type,
        .description = "How it comes in."),
    CUT (transition_duration, UINT64,
        .description = "ns of the crossfade, half before and half after the "
                       "start; 0 for a cut."),
    CUT (effects, STRINGS, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Names of the effects that act on it."),
    CUT (score, OBJECT, .table = &score_table, .description = "Its points."),
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
    METRIC (cut_beat_error_ms, DOUBLE,
        "Mean distance of the cuts from their beats."),
    METRIC (cuts_on_beat, DOUBLE, "Share of the cuts, 0..1."),
    METRIC (cuts_on_downbeat, DOUBLE, "Share of the cuts, 0..1."),
    METRIC (energy_correlation, DOUBLE,
        "Spearman: energy of the music against motion of the shots."),
    METRIC (source_diversity, DOUBLE, "Entropy of the sources, 0..1."),
    METRIC (source_coverage, DOUBLE, "Share of the sources that are shown."),
    METRIC (repeats, UINT, "Cuts that show material that was seen before."),
    METRIC (min_repeat_distance, UINT, "In cuts; 0 without repeats."),
    METRIC (jump_cuts, UINT, "Cuts between almost the same pictures."),
    METRIC (mean_clip_sec, DOUBLE, "Mean length of a cut in seconds."),
};
static const GstMontageFieldTable metrics_table =
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
        .table = &metrics_table, .description = "The whole in figures."),
    PLAN (notes, STRINGS, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Sentences, e.g. which file was left out and why."),
};
static const GstMontageFieldTable plan_table = GST_MONTAGE_FIELD_TABLE ("plan",
    GstMontagePlan, plan_fields);

const GstMontageDocument gst_montage_plan_document = {"gst-montage/plan", 1,
    &plan_table};
