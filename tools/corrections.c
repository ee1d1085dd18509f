/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "corrections.h"

#include <gst/pipelines/mediafiles.h>

#include "values.h"

/* As the property of beatdetect takes it. */
#define BEATS_PER_BAR_MAX 16
#define SHIFT_BAR_MAX 64

static gboolean
read_tempo (const gchar *option, const gchar *text, gdouble *tempo,
    GError **error)
{
  return text == NULL || tool_value_tempo (option, text, tempo, error);
}

static gboolean
read_settings (ToolCorrections *self, GError **error)
{
  MontageBeatSettings *settings = &self->settings;
  guint64 beats_per_bar = 0;

  *settings = (MontageBeatSettings) MONTAGE_BEAT_SETTINGS_INIT;
  if (!read_tempo ("--tempo", self->tempo_text, &settings->tempo, error)
      || !read_tempo ("--tempo-min", self->tempo_min_text, &settings->tempo_min,
          error)
      || !read_tempo ("--tempo-max", self->tempo_max_text, &settings->tempo_max,
          error))
    return FALSE;
  if (settings->tempo_max > 0 && settings->tempo_min > settings->tempo_max)
    return tool_usage_error (error,
        "--tempo-min %s is above --tempo-max %s; exchange them.",
        self->tempo_min_text, self->tempo_max_text);
  if (self->beats_per_bar_text != NULL
      && !tool_value_unsigned ("--beats-per-bar", self->beats_per_bar_text,
          BEATS_PER_BAR_MAX, &beats_per_bar, error))
    return FALSE;
  settings->beats_per_bar = beats_per_bar;
  return self->first_downbeat_text == NULL
      || tool_value_time ("--first-downbeat", self->first_downbeat_text, 0, 0,
          &settings->first_downbeat, error);
}

/* A number with a sign; @text without it and 1 or -1. */
static gint
split_sign (const gchar **text)
{
  gchar sign = **text;

  if (sign == '-' || sign == '+')
    (*text)++;
  return sign == '-' ? -1 : 1;
}

static gboolean
read_shifts (ToolCorrections *self, GError **error)
{
  if (self->shift_text != NULL) {
    const gchar *text = self->shift_text;
    gint sign = split_sign (&text);
    GstClockTime shift = 0;

    if (!tool_value_time ("--shift", text, 0, 0, &shift, error))
      return FALSE;
    self->shift = sign * (GstClockTimeDiff) shift;
  }
  if (self->shift_bar_text != NULL) {
    const gchar *text = self->shift_bar_text;
    gint sign = split_sign (&text);
    guint64 beats = 0;

    if (!tool_value_unsigned ("--shift-bar", text, SHIFT_BAR_MAX, &beats,
            error))
      return FALSE;
    self->shift_bar = sign * (gint64) beats;
  }
  return TRUE;
}

gboolean
tool_corrections_read (ToolCorrections *self, GError **error)
{
  if (self->halve && self->doubles)
    return tool_usage_error (error,
        "--halve and --double cancel each other; leave out one of them.");
  if (self->detect && self->beats != NULL)
    return tool_usage_error (error,
        "--detect finds beats anew and --beats takes those of a file; leave "
        "out one of them.");
  return read_settings (self, error) && read_shifts (self, error);
}

gboolean
tool_corrections_given (const ToolCorrections *self)
{
  g_autofree gchar *settings = montage_beat_settings_text (&self->settings);

  return settings != NULL || self->beats != NULL || self->detect || self->halve
      || self->doubles || self->shift != 0 || self->shift_bar != 0;
}

void
tool_corrections_prepare (const ToolCorrections *self,
    MontageAnalysis *analysis)
{
  analysis->settings = self->settings;
  analysis->detect = self->detect;
  g_free (analysis->beats_file);
  analysis->beats_file = g_strdup (self->beats);
  /* The bars that are asked for are those of the beats as they will be. */
  if (self->halve || self->doubles)
    analysis->settings.beats_per_bar = 0;
}

/* Beats that were not looked for with the settings are brought to them. */
static gboolean
apply_bars (const ToolCorrections *self, MontageAnalysis *analysis,
    GError **error)
{
  guint beats_per_bar = self->settings.beats_per_bar;
  GstClockTime downbeat = self->settings.first_downbeat;
  GstMontageBeatGrid *grid = analysis->beats;

  if (beats_per_bar > 0 && grid->beats_per_bar != beats_per_bar)
    gst_montage_beat_grid_set_bars (grid, beats_per_bar);
  return analysis->beats_from == NULL || !GST_CLOCK_TIME_IS_VALID (downbeat)
      || gst_montage_beat_grid_set_downbeat (grid, downbeat, error);
}

static gboolean
apply (const ToolCorrections *self, MontageAnalysis *analysis, GError **error)
{
  if (self->halve)
    gst_montage_beat_grid_halve (analysis->beats);
  if (self->doubles)
    gst_montage_beat_grid_double (analysis->beats);
  if (!apply_bars (self, analysis, error)
      || (self->shift_bar != 0
          && !gst_montage_beat_grid_shift_bars (analysis->beats,
              (gint) self->shift_bar, error)))
    return FALSE;
  if (self->shift != 0)
    gst_montage_beat_grid_shift (analysis->beats, self->shift);
  return TRUE;
}

gboolean
tool_corrections_apply (const ToolCorrections *self, MontageAnalysis *analysis,
    GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *name = montage_media_name (analysis->uri);
  gboolean edits = self->halve || self->doubles || self->shift != 0
      || self->shift_bar != 0;

  if (analysis->beats->beats->len == 0) {
    if (!edits)
      return TRUE;
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' has no beats that could be corrected: set them by ear, and hand "
        "them over with --beats.",
        name);
    return FALSE;
  }
  if (apply (self, analysis, &cause))
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL, "'%s': %s",
      name, cause->message);
  return FALSE;
}

void
tool_corrections_clear (ToolCorrections *self)
{
  g_free (self->beats);
  g_free (self->tempo_text);
  g_free (self->tempo_min_text);
  g_free (self->tempo_max_text);
  g_free (self->beats_per_bar_text);
  g_free (self->first_downbeat_text);
  g_free (self->shift_text);
  g_free (self->shift_bar_text);
}
