/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "summary.h"

#include "values.h"

/* Below, music or footage hardly varies, and whether they agree says little. */
#define RANGE_MIN 0.25

/* Numbers for people, too, are not the locale's. */
static void
append_number (GString *out, const gchar *format, gdouble value)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, format, value));
}

static void
append_percent (GString *out, gdouble share)
{
  append_number (out, "%.0f", 100 * share);
  g_string_append (out, " %");
}

static void
append_label (GString *out, const gchar *label)
{
  g_string_append_printf (out, "  %-12s", label);
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
append_music (GString *out, const GstMontagePlan *plan)
{
  g_autofree gchar *song = NULL;

  append_label (out, "music");
  if (plan->music.uri == NULL) {
    g_string_append (out, "none\n");
    return;
  }
  song = tool_uri_name (plan->music.uri);
  g_string_append (out, song);
  if (plan->music.start > 0) {
    g_autofree gchar *start = tool_time_text (plan->music.start);

    g_string_append_printf (out, " from %s on", start);
  }
  if (plan->music.tempo > 0) {
    g_string_append (out, ", ");
    append_number (out, "%.1f", plan->music.tempo);
    g_string_append (out, " beats per minute\n");
  } else {
    g_string_append (out, ", no beat\n");
  }
}

static void
append_lengths (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  append_label (out, "shots");
  append_number (out, "%.2f", metrics->mean_clip_sec);
  g_string_append (out, " s long on average, half of them at most ");
  append_number (out, "%.2f", metrics->median_clip_sec);
  g_string_append (out, " s; ");
  append_number (out, "%.0f", metrics->cuts_per_minute);
  g_string_append (out, " a minute, ");
  append_number (out, "%.0f", metrics->climax_cuts_per_minute);
  g_string_append (out, " where the music has most energy\n");
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
append_beats (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (plan->cuts->len < 2 || plan->music.beats->len < 2)
    return;
  append_label (out, "beats");
  append_percent (out, metrics->cuts_on_beat);
  g_string_append (out, " of the cuts on a beat, ");
  append_percent (out, metrics->cuts_on_downbeat);
  g_string_append (out, " on the first of a bar; half of them within ");
  append_number (out, "%.0f", metrics->cut_beat_error_median_ms);
  g_string_append (out, " ms of it, 95 of 100 within ");
  append_number (out, "%.0f", metrics->cut_beat_error_p95_ms);
  g_string_append (out, " ms\n");
  if (!has_sections (plan))
    return;
  append_label (out, "sections");
  if (metrics->section_hits >= 1) {
    g_string_append (out, "a cut where each begins\n");
  } else {
    append_percent (out, metrics->section_hits);
    g_string_append (out, " of them begin with a cut\n");
  }
}

static void
append_energy (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  if (plan->cuts->len < 3)
    return;
  append_label (out, "energy");
  g_string_append (out, "movement follows the music by ");
  append_number (out, "%.2f", metrics->energy_correlation);
  g_string_append (out, " (1: always, 0: by chance)");
  if (metrics->energy_range < RANGE_MIN)
    g_string_append (out, "; the music hardly changes");
  if (metrics->motion_range < RANGE_MIN)
    g_string_append (out, "; the clips move alike");
  g_string_append_c (out, '\n');
}

static void
append_clips (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  append_label (out, "clips");
  append_percent (out, metrics->source_coverage);
  g_string_append (out, " of those that can be used, spread evenly by ");
  append_number (out, "%.2f", metrics->source_diversity);
  g_string_append (out, " of 1; ");
  append_percent (out, metrics->footage_coverage);
  g_string_append (out, " of the footage is shown\n");
}

static void
append_flow (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  append_label (out, "repeats");
  if (metrics->repeats == 0) {
    g_string_append (out, "none\n");
  } else {
    g_string_append_printf (out, "%u %s seen before, at least %u %s earlier",
        metrics->repeats, metrics->repeats == 1 ? "shot was" : "shots were",
        metrics->min_repeat_distance,
        metrics->min_repeat_distance == 1 ? "cut" : "cuts");
    if (metrics->repeats > 1) {
      g_string_append (out, ", half of them at least ");
      append_number (out, "%.0f", metrics->median_repeat_distance);
    }
    g_string_append_c (out, '\n');
  }
  if (plan->cuts->len < 2)
    return;
  append_label (out, "flow");
  if (metrics->jump_cuts == 0)
    g_string_append (out, "no jump cuts; ");
  else
    g_string_append_printf (out, "%u jump %s; ", metrics->jump_cuts,
        metrics->jump_cuts == 1 ? "cut" : "cuts");
  append_percent (out, metrics->continuity);
  g_string_append (out,
      " of the cuts between pictures neither too alike nor too different\n");
}

static void
append_score (GString *out, const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;

  append_label (out, "score");
  append_number (out, "%.1f", metrics->total_score);
  g_string_append (out, " points");
  if (metrics->score_bound > 0) {
    g_string_append (out, ", ");
    append_number (out, "%.1f",
        100 * metrics->total_score / metrics->score_bound);
    g_string_append (out, " % of a bound that no choice of shots can pass");
  }
  g_string_append_c (out, '\n');
}

gchar *
tool_summary_text (const GstMontagePlan *plan)
{
  GString *out = g_string_new (NULL);

  append_film (out, plan);
  append_music (out, plan);
  append_lengths (out, plan);
  append_beats (out, plan);
  append_energy (out, plan);
  append_clips (out, plan);
  append_flow (out, plan);
  append_score (out, plan);
  return g_string_free (out, FALSE);
}
