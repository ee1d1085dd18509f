/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>
#include <gst/montage/field-private.h>
#include <gst/montage/plan-private.h>

G_DEFINE_BOXED_TYPE (GstMontagePlan, gst_montage_plan, gst_montage_plan_copy,
    gst_montage_plan_free)

GstMontagePlan *
gst_montage_plan_new (void)
{
  return gst_montage_document_new (&gst_montage_plan_document);
}

GstMontagePlan *
gst_montage_plan_copy (const GstMontagePlan *self)
{
  return gst_montage_document_copy (&gst_montage_plan_document, self);
}

void
gst_montage_plan_free (GstMontagePlan *self)
{
  gst_montage_document_free (&gst_montage_plan_document, self);
}

GstClockTime
gst_montage_output_frame_time (const GstMontageOutput *self, guint64 frame)
{
  return gst_util_uint64_scale_round (frame, (guint64) self->fps_d * GST_SECOND,
      self->fps_n);
}

guint64
gst_montage_output_frame_at (const GstMontageOutput *self, GstClockTime time)
{
  return gst_util_uint64_scale_round (time, self->fps_n,
      (guint64) self->fps_d * GST_SECOND);
}

void
gst_montage_cut_init (GstMontageCut *cut)
{
  gst_montage_fields_init (&gst_montage_cut_table, cut);
}

GstClockTime
gst_montage_cut_handle (const GstMontageCut *cut)
{
  switch (cut->transition) {
    case GST_MONTAGE_TRANSITION_CUT:
    case GST_MONTAGE_TRANSITION_DIP_BLACK:
    case GST_MONTAGE_TRANSITION_DIP_WHITE:
      return 0;
    default:
      return cut->transition_duration / 2;
  }
}

guint64
gst_montage_plan_n_frames (const GstMontagePlan *self)
{
  return gst_montage_output_frame_at (&self->output, self->duration);
}

const GstMontageCut *
gst_montage_plan_cut_at (const GstMontagePlan *self, GstClockTime time,
    guint *index)
{
  guint low = 0;
  guint high = self->cuts->len;

  if (time >= self->duration || high == 0)
    return NULL;
  while (high - low > 1) {
    guint middle = (low + high) / 2;

    if (g_array_index (self->cuts, GstMontageCut, middle).start <= time)
      low = middle;
    else
      high = middle;
  }
  if (index)
    *index = low;
  return &g_array_index (self->cuts, GstMontageCut, low);
}

/* ---- checks across fields ---- */

static gboolean
refuse (GError **error, guint cut, const gchar *field, const gchar *right)
{
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "cuts[%u].%s is wrong: %s is expected.", cut, field, right);
  return FALSE;
}

static gboolean
on_grid (const GstMontagePlan *self, GstClockTime time)
{
  return time
      == gst_montage_output_frame_time (&self->output,
          gst_montage_output_frame_at (&self->output, time));
}

static gboolean
check_source (const GstMontagePlan *self, guint i, const GstMontageCut *cut,
    GError **error)
{
  const GstMontageSource *source;

  if (cut->source >= self->sources->len)
    return refuse (error, i, "source", "the index of a source");
  source = &g_array_index (self->sources, GstMontageSource, cut->source);
  if (cut->shot >= source->n_shots)
    return refuse (error, i, "shot", "the index of a shot of its source");
  if (cut->in_point >= source->duration)
    return refuse (error, i, "in_point", "a time before the source's end");
  for (guint r = 0; r < cut->runners_up->len; r++)
    if (g_array_index (cut->runners_up, GstMontageRunnerUp, r).source
        >= self->sources->len)
      return refuse (error, i, "runners_up", "indices of sources");
  return TRUE;
}

/* A transition lies around the cut and within its two shots. */
static gboolean
check_transition (const GstMontagePlan *self, guint i, const GstMontageCut *cut,
    GError **error)
{
  GstClockTime half = cut->transition_duration / 2;
  const GstMontageCut *before = cut - 1;

  if (cut->transition == GST_MONTAGE_TRANSITION_CUT)
    return cut->transition_duration == 0
        || refuse (error, i, "transition_duration", "0 at a hard cut");
  if (i == 0)
    return refuse (error, i, "transition", "\"cut\" at the first cut");
  if (cut->transition_duration == 0 || half > cut->duration
      || half > before->duration)
    return refuse (error, i, "transition_duration",
        "a length above 0 that both shots have room for");
  if (g_array_index (self->sources, GstMontageSource, cut->source).still)
    return TRUE;
  return gst_montage_cut_handle (cut) * cut->speed <= cut->in_point
      || refuse (error, i, "in_point",
          "half of the transition before it in the source");
}

static gboolean
check_cuts (const GstMontagePlan *self, GError **error)
{
  GstClockTime end = 0;

  if (self->cuts->len == 0)
    return refuse (error, 0, "start", "at least one cut");
  for (guint i = 0; i < self->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (self->cuts, GstMontageCut, i);

    if (cut->start != end)
      return refuse (error, i, "start", "the end of the cut before");
    end += cut->duration;
    if (cut->duration == 0 || !on_grid (self, end))
      return refuse (error, i, "duration",
          "a whole number of output frames above 0");
    if (!check_source (self, i, cut, error)
        || !check_transition (self, i, cut, error))
      return FALSE;
  }
  if (end == self->duration)
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "duration is %" G_GUINT64_FORMAT
      ": the sum of the cuts, %" G_GUINT64_FORMAT ", is expected.",
      self->duration, end);
  return FALSE;
}

static gboolean
check_output (const GstMontageOutput *self, GError **error)
{
  if (self->width % 2 == 0 && self->height % 2 == 0)
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "output.width and output.height are %u and %u: even numbers are "
      "expected.",
      self->width, self->height);
  return FALSE;
}

static gboolean
check_music (const GstMontageMusic *self, GError **error)
{
  if (self->fade_out > self->duration) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "music.fade_out is %" G_GUINT64_FORMAT ": at most music.duration is "
        "expected.",
        self->fade_out);
    return FALSE;
  }
  return gst_montage_beats_check (self->beats, "music.beats", error)
      && gst_montage_sections_check (self->sections, "music.sections", error);
}

GstMontagePlan *
gst_montage_plan_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  g_autoptr (GstMontagePlan)
      self = gst_montage_document_read (&gst_montage_plan_document, text,
          length, origin, error);

  if (!self)
    return NULL;
  if (!check_output (&self->output, error) || !check_music (&self->music, error)
      || !gst_montage_instructions_validate (self->instructions, error)
      || !check_cuts (self, error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The document");
    return NULL;
  }
  return g_steal_pointer (&self);
}

gchar *
gst_montage_plan_to_json (const GstMontagePlan *self)
{
  return gst_montage_document_write (&gst_montage_plan_document, self);
}

gchar *
gst_montage_metrics_to_json (const GstMontageMetrics *metrics)
{
  return gst_montage_fields_to_json (&gst_montage_metrics_table, metrics);
}
