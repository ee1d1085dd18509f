/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>
#include <gst/montage/field.h>
#include <gst/montage/scene-private.h>
#include <gst/montage/shotlist-private.h>

#define SHOT(member, type, ...)                                                \
  GST_MONTAGE_FIELD (GstMontageShot, member, #member, type, __VA_ARGS__)
#define SHARE(member, text)                                                    \
  SHOT (member, DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0,     \
      .maximum = 1, .description = text)

#define STRETCH(member, type, ...)                                             \
  GST_MONTAGE_FIELD (GstMontageStretch, member, #member, type, __VA_ARGS__)
#define CURVE(member, text)                                                    \
  GST_MONTAGE_FIELD (GstMontageShotCurves, member, #member, ARRAY,             \
      .flags = GST_MONTAGE_FIELD_OPTIONAL, .element = GST_MONTAGE_FIELD_INT,   \
      .minimum = -1000000, .maximum = 1000000, .description = text)

static const GstMontageField stretch_fields[] = {
    STRETCH (start, UINT64, .description = "ns of stream time."),
    STRETCH (end, UINT64, .description = "ns of stream time; not part of it."),
    STRETCH (score, DOUBLE, .minimum = 0, .maximum = 1,
        .description = "How good it is."),
};
static const GstMontageFieldTable stretch_table =
    GST_MONTAGE_FIELD_TABLE ("stretch", GstMontageStretch, stretch_fields);

static const GstMontageField curve_fields[] = {
    CURVE (motion, "Thousandths."),
    CURVE (action, "Thousandths."),
    CURVE (pan_x, "Thousandths of a frame width per second."),
    CURVE (pan_y, "Thousandths of a frame height per second."),
    CURVE (zoom, "Thousandths of growth per second."),
    CURVE (shake, "Thousandths."),
    CURVE (brightness, "Thousandths."),
    CURVE (sharpness, "Thousandths."),
    CURVE (focus_x, "Thousandths of the frame width."),
    CURVE (focus_y, "Thousandths of the frame height."),
};
static const GstMontageFieldTable curve_table =
    GST_MONTAGE_FIELD_TABLE ("curves", GstMontageShotCurves, curve_fields);

static const GstMontageField shot_fields[] = {
    SHOT (start, UINT64,
        .description = "ns of stream time: the time stamp of its first frame."),
    SHOT (end, UINT64, .description = "ns of stream time; not part of it."),
    SHOT (first_frame, UINT64,
        .description = "Number of its first frame, from 0 on."),
    SHOT (n_frames, UINT64, .description = "How many frames it has."),
    SHOT (transition_in, ENUM, .enum_type = gst_montage_boundary_get_type,
        .description = "How it begins."),
    SHOT (transition_duration, UINT64, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "ns that the transition takes; 0 for a cut."),
    SHOT (transition_frames, UINT64, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Frames that the transition takes; 0 for a cut."),
    SHARE (motion,
        "How much moves, the camera by half: 1 - exp (-v / 0.25), v in "
        "frame widths per second, median over the steps. "
        "Compares between clips."),
    SHARE (action,
        "The same without what the camera moves. Compares between "
        "clips."),
    SHOT (camera, ENUM, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .enum_type = gst_montage_camera_get_type,
        .description = "What the camera does for most of the shot."),
    SHOT (pan_x, DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Camera, frame widths per second, right is positive."),
    SHOT (pan_y, DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Camera, frame heights per second, down is positive."),
    SHOT (zoom, DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Growth of what is seen per second; 0.1 is 10 %."),
    SHARE (shake,
        "Unsteadiness of the camera above 2 Hz: 1 - exp (-d / 0.012), d "
        "in frame widths. A tripod is below 0.05, a hand 0.15 to "
        "0.5, running 0.7 or more. Compares between clips."),
    SHARE (brightness,
        "Mean luma between black bars, 1 is diffuse white. Compares "
        "between clips."),
    SHARE (contrast,
        "95th less 5th percentile of luma. Compares between clips."),
    SHARE (exposure, "1 is well exposed, 0 is clipped all over."),
    SHARE (underexposed,
        "Share of the picture that is black: the lowest 3 % of "
        "luma."),
    SHARE (overexposed,
        "Share of the picture that is white: the highest 3 % of "
        "luma."),
    SHARE (sharpness,
        "How steep the edges of its sharper frames are: 1 is one of "
        "480 samples of a row. Between clips it says as much of "
        "the lens and of the encoder as of the focus."),
    SHARE (motion_blur,
        "How far edges along the camera's way are smeared; 0 "
        "where it rests."),
    SHARE (saturation,
        "Mean distance from grey, 1 is a pure primary colour. "
        "Compares between clips."),
    SHARE (colorfulness,
        "Spread of its colours (Hasler & Suesstrunk 2003, 1 is "
        "109); grey is 0. Compares between clips."),
    SHARE (focus_x, "Where people are likely to look: 0 is left, 1 is right."),
    SHARE (focus_y,
        "Where people are likely to look: 0 is the top, 1 is the "
        "bottom."),
    SHOT (shot_size, ENUM, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .enum_type = gst_montage_shot_size_get_type,
        .description =
            "How near the subject is; unknown where focus, layers and skin "
            "do not tell, and never medium."),
    SHOT (palette, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_COLOR,
        .description = "Its colours, most frequent first."),
    SHOT (action_peaks, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_UINT64,
        .description = "ns of stream time where motion peaks: the last frame "
                       "before it stops, where it does."),
    SHOT (key_frames, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_UINT64,
        .description = "ns of stream time of its most telling frames."),
    SHOT (best, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .table = &stretch_table,
        .description =
            "Its best parts, the best one first: up to three of 1 to "
            "4 s that do not overlap; of a shorter shot the whole."),
    SHOT (curves, OBJECT, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .table = &curve_table,
        .description = "How it goes on: one value per curve_step."),
    SHOT (signature, STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "Hexadecimal: 16 x 9 luma values of its first frame, "
                       "then of its last; for similarity."),
    SHOT (scene, POINTER,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .table = &gst_montage_scene_table,
        .description = "What a language model saw in it, where one was asked "
                       "to look."),
};
static const GstMontageFieldTable shot_table = GST_MONTAGE_FIELD_TABLE ("shot",
    GstMontageShot, shot_fields);

#define LIST(member, type, ...)                                                \
  GST_MONTAGE_FIELD (GstMontageShotList, member, #member, type, __VA_ARGS__)

static const GstMontageField list_fields[] = {
    LIST (uri, STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE | GST_MONTAGE_FIELD_OPTIONAL,
        .description = "The clip."),
    LIST (duration, UINT64, .description = "ns: the end of the last shot."),
    LIST (width, UINT, .minimum = 1, .maximum = 65536, .fallback = 1,
        .description = "Pixels, after rotation and pixel aspect ratio."),
    LIST (height, UINT, .minimum = 1, .maximum = 65536, .fallback = 1,
        .description = "Pixels, after rotation and pixel aspect ratio."),
    GST_MONTAGE_FIELD (GstMontageShotList, fps_n, "frame_rate", FRACTION,
        .minimum = 0, .maximum = 1000,
        .description = "Frames per second, the mean where it varies."),
    LIST (variable_rate, BOOLEAN, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Whether the intervals between frames differ."),
    LIST (has_audio, BOOLEAN, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Whether the clip has sound."),
    LIST (still, BOOLEAN,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE,
        .description = "Whether it is a picture, shown for any time."),
    LIST (codec, STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE | GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Name of the video codec."),
    LIST (transfer, STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE | GST_MONTAGE_FIELD_OPTIONAL,
        .description = "Brightness curve: sdr, pq or hlg."),
    LIST (analysis, ENUM, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .enum_type = gst_montage_analysis_get_type,
        .description = "Whether every picture was looked at."),
    LIST (curve_step, UINT64, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "ns between the values of a curve."),
    LIST (key_units, ARRAY, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_UINT64,
        .description = "ns of stream time of the frames that decode without "
                       "others; empty where not known."),
    LIST (shots, ARRAY, .table = &shot_table, .description = "In order."),
};
static const GstMontageFieldTable list_table =
    GST_MONTAGE_FIELD_TABLE ("shots document", GstMontageShotList, list_fields);
const GstMontageDocument gst_montage_shots_document = {"gst-montage/shots", 1,
    &list_table};

G_DEFINE_BOXED_TYPE (GstMontageShotList, gst_montage_shot_list,
    gst_montage_shot_list_copy, gst_montage_shot_list_free)

GstMontageShotList *
gst_montage_shot_list_new (void)
{
  return gst_montage_document_new (&gst_montage_shots_document);
}

GstMontageShot *
gst_montage_shot_list_append (GstMontageShotList *self)
{
  GstMontageShot *shot;

  g_array_set_size (self->shots, self->shots->len + 1);
  shot = &g_array_index (self->shots, GstMontageShot, self->shots->len - 1);
  gst_montage_fields_init (&shot_table, shot);
  return shot;
}

GstMontageShotList *
gst_montage_shot_list_copy (const GstMontageShotList *self)
{
  return gst_montage_document_copy (&gst_montage_shots_document, self);
}

void
gst_montage_shot_list_free (GstMontageShotList *self)
{
  gst_montage_document_free (&gst_montage_shots_document, self);
}

/* Shots follow each other within the clip. */
static gboolean
check_shots (const GstMontageShotList *self, GError **error)
{
  GstClockTime end = 0;

  for (guint i = 0; i < self->shots->len; i++) {
    const GstMontageShot *shot = &g_array_index (self->shots, GstMontageShot,
        i);

    if (shot->start < end || shot->end <= shot->start
        || shot->end > self->duration) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "shots[%u] ends before it starts, overlaps the one before it or "
          "ends after the clip.",
          i);
      return FALSE;
    }
    end = shot->end;
  }
  return TRUE;
}

GstMontageShotList *
gst_montage_shot_list_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  g_autoptr (GstMontageShotList)
      self = gst_montage_document_read (&gst_montage_shots_document, text,
          length, origin, error);

  if (!self)
    return NULL;
  if (!check_shots (self, error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The document");
    return NULL;
  }
  return g_steal_pointer (&self);
}

gchar *
gst_montage_shot_list_to_json (const GstMontageShotList *self)
{
  return gst_montage_document_write (&gst_montage_shots_document, self);
}

gchar *
gst_montage_shot_list_to_text (const GstMontageShotList *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->shots->len; i++) {
    const GstMontageShot *shot = &g_array_index (self->shots, GstMontageShot,
        i);

    if (shot->transition_in == GST_MONTAGE_BOUNDARY_START)
      continue;
    if (shot->transition_frames > 1)
      g_string_append_printf (out,
          "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "\n", shot->first_frame,
          shot->first_frame + shot->transition_frames - 1);
    else
      g_string_append_printf (out, "%" G_GUINT64_FORMAT "\n",
          shot->first_frame);
  }
  return g_string_free (out, FALSE);
}
