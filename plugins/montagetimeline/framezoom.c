/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framezoom.h"

#include "planescaler.h"

struct _FrameZoom
{
  GstMontageOutput output;
  FrameFitter *film;
  FrameFitter *large; /* nullable */
  PlaneScaler *scaler;
};

FrameZoom *
frame_zoom_new (const GstMontageOutput *output)
{
  FrameZoom *self = g_new0 (FrameZoom, 1);

  self->output = *output;
  self->film = frame_fitter_new (output);
  self->scaler = plane_scaler_new ();
  return self;
}

void
frame_zoom_free (FrameZoom *self)
{
  if (self == NULL)
    return;
  frame_fitter_free (self->film);
  frame_fitter_free (self->large);
  plane_scaler_free (self->scaler);
  g_free (self);
}

/* The size in which the fitted picture has all that a look as close as
 * @closest can show. */
static void
choose_size (const GstMontageOutput *output, gdouble closest,
    const ClipFrame *frame, guint *width, guint *height)
{
  gboolean turned = plane_method_transposes (frame->orientation);
  gdouble across = 1, down = 1, scale;
  GstVideoInfo info;

  if (gst_video_info_from_caps (&info, gst_sample_get_caps (frame->sample))) {
    across = (gdouble) (turned ? info.height : info.width) / output->width;
    down = (gdouble) (turned ? info.width : info.height) / output->height;
  }
  scale = output->fit == GST_MONTAGE_FIT_CROP ? MIN (across, down)
                                              : MAX (across, down);
  scale = CLAMP (scale, 1, closest);
  *width = (guint) (output->width * scale / 2 + 0.5) * 2;
  *height = (guint) (output->height * scale / 2 + 0.5) * 2;
}

/* @frame fitted, large enough for @cut; @size is that of the result. */
static GstBuffer *
fit_large (FrameZoom *self, const GstMontageCut *cut, const ClipFrame *frame,
    GstVideoInfo *size, GError **error)
{
  guint width, height;

  choose_size (&self->output, picture_part_closest (cut), frame, &width,
      &height);
  if (self->large != NULL)
    frame_fitter_get_info (self->large, size);
  if (self->large == NULL || (guint) size->width != width
      || (guint) size->height != height) {
    frame_fitter_free (self->large);
    self->large = frame_fitter_new_larger (&self->output, width, height);
    frame_fitter_set_accepts_padding (self->large, TRUE);
    frame_fitter_get_info (self->large, size);
  }
  return frame_fitter_fit (self->large, frame, error);
}

/* Sample i of the luma lies at i + 1/2; of the chroma, across at 2 i + 1/2 and
 * down at 2 i + 1 (chroma site "mpeg2"). */
static void
set_axes (const PicturePart *part, const GstVideoInfo *in,
    const GstVideoInfo *out, guint plane, PlaneAxis *x, PlaneAxis *y)
{
  gdouble left = part->x * in->width;
  gdouble top = part->y * in->height;

  x->step = part->size * in->width / out->width;
  y->step = part->size * in->height / out->height;
  x->first = left + x->step / 2 - 0.5;
  y->first = top + y->step / 2 - 0.5;
  if (plane > 0) {
    x->first /= 2;
    y->first = (top + y->step) / 2 - 0.5;
  }
}

static void
scale_frame (FrameZoom *self, const PicturePart *part, GstVideoFrame *in,
    GstVideoFrame *out)
{
  guint i;

  for (i = 0; i < 3; i++) {
    PlaneAxis x, y;
    Plane from, to;

    plane_of_frame (in, i, &from);
    plane_of_frame (out, i, &to);
    set_axes (part, &in->info, &out->info, i, &x, &y);
    plane_scaler_scale (self->scaler, &from, &x, &y, &to);
  }
}

static GstBuffer *
show_part (FrameZoom *self, const PicturePart *part, GstBuffer *large,
    const GstVideoInfo *size)
{
  g_autoptr (GstBuffer) buffer = frame_fitter_acquire (self->film);
  GstVideoFrame in, out;
  GstVideoInfo info;

  frame_fitter_get_info (self->film, &info);
  if (buffer == NULL || !gst_video_frame_map (&in, size, large, GST_MAP_READ))
    return NULL;
  if (!gst_video_frame_map (&out, &info, buffer, GST_MAP_WRITE)) {
    gst_video_frame_unmap (&in);
    return NULL;
  }
  scale_frame (self, part, &in, &out);
  gst_video_frame_unmap (&out);
  gst_video_frame_unmap (&in);
  return g_steal_pointer (&buffer);
}

GstBuffer *
frame_zoom_show (FrameZoom *self, const GstMontageCut *cut, GstClockTime time,
    const ClipFrame *frame, GError **error)
{
  g_autoptr (GstBuffer) large = NULL;
  GstVideoInfo size;
  PicturePart part;
  GstBuffer *buffer;

  if (frame->fitted) {
    gst_video_info_from_caps (&size, gst_sample_get_caps (frame->sample));
    large = gst_buffer_ref (gst_sample_get_buffer (frame->sample));
  } else {
    large = fit_large (self, cut, frame, &size, error);
    if (large == NULL)
      return NULL;
  }
  picture_part_at (cut, time, &part);
  if (part.size == 1 && (guint) size.width == self->output.width
      && (guint) size.height == self->output.height)
    return gst_buffer_copy (large);
  buffer = show_part (self, &part, large, &size);
  if (buffer == NULL)
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "one of its pictures cannot be read");
  return buffer;
}

GstSample *
frame_zoom_fit (const GstMontageOutput *output, gdouble closest,
    const ClipFrame *frame, GError **error)
{
  g_autoptr (FrameFitter) fitter = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GstVideoInfo info;
  guint width, height;

  choose_size (output, closest, frame, &width, &height);
  fitter = frame_fitter_new_larger (output, width, height);
  buffer = frame_fitter_fit (fitter, frame, error);
  if (buffer == NULL)
    return NULL;
  frame_fitter_get_info (fitter, &info);
  caps = gst_video_info_to_caps (&info);
  return gst_sample_new (buffer, caps, NULL, NULL);
}
