/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "summary.h"

#include "textrow.h"
#include "values.h"

/* Below, music or footage hardly varies, and whether they agree says little. */
#define RANGE_MIN 0.25

static void
append_percent (GString *row, gdouble share)
{
  tool_row_number (row, "%.0f", 100 * share);
  g_string_append (row, " %");
}

guint
tool_n_clips_used (const GstMontagePlan *plan)
{
  guint n_used = 0;

  for (guint i = 0; i < plan->sources->len; i++)
    n_used += g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0;
  return n_used;
}

static void
append_film (GString *out, const GstMontagePlan *plan)
{
  g_autofree gchar *duration = tool_time_text (plan->duration);

  g_string_append_printf (out, "%s, %u %s from %u of %u clips, %ux%u at %d",
      duration, plan->cuts->len, plan->cuts->len == 1 ? "shot" : "shots",
      tool_n_clips_used (plan), plan->sources->len, plan->output.width,
      plan->output.height, plan->output.fps_n);
  if (plan->output.fps_d != 1)
    g_string_append_printf (out, "/%d", plan->output.fps_d);
  g_string_append_printf (out, " frames per second, style %s\n",
      plan->instructions->style.name);
}

static void
append_music (GString *row, const GstMontagePlan *plan)
{
  g_autofree gchar *song = NULL;

  if (plan->music.uri == NULL) {
    g_string_append (row, "none");
    return;
  }
  song = tool_uri_name (plan->music.uri);
  g_string_append (row, song);
  if (plan->music.start > 0) {
    g_autofree gchar *start = tool_time_text (plan->music.start);

    g_string_append_printf (row, " from %s on", start);
  }
  if (plan->music.tempo > 0) {
    g_string_append (row, ", ");
    tool_row_number (row, "%.1f", plan->music.tempo);
    g_string_append (row, " beats per minute");
  } else {
    g_string_append (row, ", no beat");
  }
}

static void
append_lengths (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  tool_row_number (row, "%.2f", metrics->mean_clip_sec);
  g_string_append (row, " s long on average, half of them at most ");
  tool_row_number (row, "%.2f", metrics->median_clip_sec);
  g_string_append (row, " s; ");
  tool_row_number (row, "%.0f", metrics->cuts_per_minute);
  g_string_append (row, " a minute");
  if (plan->music.uri == NULL)
    return;
  g_string_append (row, ", ");
  tool_row_number (row, "%.0f", metrics->climax_cuts_per_minute);
  g_string_append (row, " where the music has most energy");
}

static gboolean
has_sections (const GstMontagePlan *plan)
{
  for (guint i = 0; i < plan->music.sections->len; i++) {
    GstClockTime start =
        g_array_index (plan->music.sections, GstMontageSection, i).start;

    if (start > plan->music.start && start < plan->music.start + plan->duration)
      return TRUE;
  }
  return FALSE;
}

static void
append_beats (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (plan->cuts->len < 2 || plan->music.beats->len < 2)
    return;
  append_percent (row, metrics->cuts_on_beat);
  g_string_append (row, " of the cuts on a beat, ");
  append_percent (row, metrics->cuts_on_downbeat);
  g_string_append (row, " on the first of a bar; half of them within ");
  tool_row_number (row, "%.0f", metrics->cut_beat_error_median_ms);
  g_string_append (row, " ms of it, 95 of 100 within ");
  tool_row_number (row, "%.0f", metrics->cut_beat_error_p95_ms);
  g_string_append (row, " ms");
}

static void
append_sections (GString *row, const GstMontagePlan *plan)
{
  if (plan->cuts->len < 2 || !has_sections (plan))
    return;
  if (plan->metrics.section_hits >= 1) {
    g_string_append (row, "a cut where each begins");
  } else {
    append_percent (row, plan->metrics.section_hits);
    g_string_append (row, " of them begin with a cut");
  }
}

static void
append_energy (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (plan->cuts->len < 3 || plan->music.uri == NULL)
    return;
  g_string_append (row, "movement follows the music by ");
  tool_row_number (row, "%.2f", metrics->energy_correlation);
  g_string_append (row, " (1: always, 0: by chance)");
  if (metrics->energy_range < RANGE_MIN)
    g_string_append (row, "; the music hardly changes");
  if (metrics->motion_range < RANGE_MIN)
    g_string_append (row, "; the clips move alike");
}

static void
append_clips (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  append_percent (row, metrics->source_coverage);
  g_string_append (row, " of those that can be used, spread evenly by ");
  tool_row_number (row, "%.2f", metrics->source_diversity);
  g_string_append (row, " of 1; ");
  append_percent (row, metrics->footage_coverage);
  g_string_append (row, " of the footage is shown");
}

static void
append_repeats (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (metrics->repeats == 0) {
    g_string_append (row, "none");
    return;
  }
  g_string_append_printf (row, "%u %s seen before, at least %u %s earlier",
      metrics->repeats, metrics->repeats == 1 ? "shot was" : "shots were",
      metrics->min_repeat_distance,
      metrics->min_repeat_distance == 1 ? "cut" : "cuts");
  if (metrics->repeats > 1) {
    g_string_append (row, ", half of them at least ");
    tool_row_number (row, "%.0f", metrics->median_repeat_distance);
  }
}

static void
append_flow (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (plan->cuts->len < 2)
    return;
  if (metrics->jump_cuts == 0)
    g_string_append (row, "no jump cuts; ");
  else
    g_string_append_printf (row, "%u jump %s; ", metrics->jump_cuts,
        metrics->jump_cuts == 1 ? "cut" : "cuts");
  append_percent (row, metrics->continuity);
  g_string_append (row,
      " of the cuts between pictures neither too alike nor too different");
}

static void
append_score (GString *row, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  tool_row_number (row, "%.1f", metrics->total_score);
  g_string_append (row, " points");
  if (metrics->score_bound > 0) {
    g_string_append (row, ", ");
    tool_row_number (row, "%.1f",
        100 * metrics->total_score / metrics->score_bound);
    g_string_append (row, " % of a bound that no choice of shots can pass");
  }
}

gchar *
tool_summary_text (const GstMontagePlan *plan)
{
  static const struct
  {
    const gchar *label;
    void (*append) (GString *row, const GstMontagePlan *plan);
  } rows[] = {
      {"music", append_music},
      {"shots", append_lengths},
      {"beats", append_beats},
      {"sections", append_sections},
      {"energy", append_energy},
      {"clips", append_clips},
      {"repeats", append_repeats},
      {"flow", append_flow},
      {"score", append_score},
  };
  GString *out = g_string_new (NULL);

  append_film (out, plan);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) row = g_string_new (NULL);

    rows[i].append (row, plan);
    if (row->len > 0)
      tool_row_append (out, rows[i].label, row->str);
  }
  return g_string_free (out, FALSE);
}
