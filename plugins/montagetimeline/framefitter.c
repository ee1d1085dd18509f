/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framefitter.h"

#include <gst/pipelines/fitgeometry.h>
#include "frameconversion.h"
#include "planeops.h"

/* The blurred background is made from a picture this much smaller; the strong
 * reduction is most of the blur. */
#define BLUR_REDUCTION 16
#define BLUR_RADIUS 2
/* How bright the background stays. */
#define BLUR_BRIGHTNESS 0.6
#define BLACK_LUMA 16
#define NO_CHROMA 128

/**
 * Stage:
 *
 * One conversion of a part of the decoded picture, as it lies in memory.
 */
typedef struct
{
  GstVideoConverter *converter;
  GstVideoInfo info;
  GstBuffer *buffer; /* NULL: straight into the film's frame */
} Stage;

struct _FrameFitter
{
  GstMontageOutput output;
  GstVideoInfo info;
  GstBufferPool *pool;
  gboolean accepts_padding;

  GstCaps *caps; /* of the clip; what follows belongs to them */
  GstVideoInfo source_info;
  GstVideoOrientationMethod orientation;
  FitGeometry geometry;
  gboolean as_is; /* needs no conversion at all */
  Stage picture;
  Stage background;
  GstVideoInfo small_info;        /* the background upright */
  GstBuffer *small;               /* the same, a frame */
  GstVideoConverter *enlargement; /* of the small background */

  GstSample *last_sample;
  GstBuffer *last_buffer;
};

/* Untagged players guess by the number of lines; what is tagged here is what
 * they would guess. */
void
frame_fitter_output_info (const GstMontageOutput *output, GstVideoInfo *info)
{
  gst_video_info_set_format (info, GST_VIDEO_FORMAT_I420, output->width,
      output->height);
  gst_video_colorimetry_from_string (&info->colorimetry,
      output->height > 576 ? GST_VIDEO_COLORIMETRY_BT709
                           : GST_VIDEO_COLORIMETRY_BT601);
  info->chroma_site = GST_VIDEO_CHROMA_SITE_MPEG2;
  info->fps_n = output->fps_n;
  info->fps_d = output->fps_d;
}

static void
make_pool (FrameFitter *self)
{
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&self->info);
  GstStructure *config;

  self->pool = gst_video_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, caps, self->info.size, 0, 0);
  gst_buffer_pool_set_config (self->pool, config);
  gst_buffer_pool_set_active (self->pool, TRUE);
}

FrameFitter *
frame_fitter_new (const GstMontageOutput *output)
{
  FrameFitter *self = g_new0 (FrameFitter, 1);

  self->output = *output;
  frame_fitter_output_info (output, &self->info);
  make_pool (self);
  return self;
}

FrameFitter *
frame_fitter_new_larger (const GstMontageOutput *output, guint width,
    guint height)
{
  FrameFitter *self = g_new0 (FrameFitter, 1);
  GstVideoInfo film;

  self->output = *output;
  self->output.width = width;
  self->output.height = height;
  frame_fitter_output_info (&self->output, &self->info);
  frame_fitter_output_info (output, &film);
  self->info.colorimetry = film.colorimetry;
  make_pool (self);
  return self;
}

void
frame_fitter_get_info (const FrameFitter *self, GstVideoInfo *info)
{
  *info = self->info;
}

static void
stage_clear (Stage *stage)
{
  g_clear_pointer (&stage->converter, gst_video_converter_free);
  gst_clear_buffer (&stage->buffer);
}

static void
forget_clip (FrameFitter *self)
{
  gst_clear_caps (&self->caps);
  stage_clear (&self->picture);
  stage_clear (&self->background);
  gst_clear_buffer (&self->small);
  g_clear_pointer (&self->enlargement, gst_video_converter_free);
  g_clear_pointer (&self->last_sample, gst_sample_unref);
  gst_clear_buffer (&self->last_buffer);
}

void
frame_fitter_free (FrameFitter *self)
{
  if (self == NULL)
    return;
  forget_clip (self);
  gst_buffer_pool_set_active (self->pool, FALSE);
  gst_object_unref (self->pool);
  g_free (self);
}

void
frame_fitter_set_accepts_padding (FrameFitter *self, gboolean accepts)
{
  self->accepts_padding = accepts;
}

GstBuffer *
frame_fitter_acquire (FrameFitter *self)
{
  GstBuffer *buffer = NULL;

  gst_buffer_pool_acquire_buffer (self->pool, &buffer, NULL);
  return buffer;
}

static void
frame_plane (GstVideoFrame *frame, guint index, const FitRect *rect,
    Plane *plane)
{
  gint shift = index == 0 ? 0 : 1;

  plane->stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, index);
  plane->data = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, index)
      + (gssize) (rect->y >> shift) * plane->stride + (rect->x >> shift);
  plane->width = (rect->width + shift) >> shift;
  plane->height = (rect->height + shift) >> shift;
}

static FitRect
whole (const GstVideoInfo *info)
{
  FitRect rect = {0, 0, GST_VIDEO_INFO_WIDTH (info),
      GST_VIDEO_INFO_HEIGHT (info)};

  return rect;
}

/* A rectangle of the upright picture, centred, in the stored picture. */
static FitRect
stored_rect (const FrameFitter *self, const FitRect *upright)
{
  FitRect rect = *upright;

  if (plane_method_transposes (self->orientation)) {
    rect.width = upright->height;
    rect.height = upright->width;
  }
  rect.x = ((GST_VIDEO_INFO_WIDTH (&self->source_info) - rect.width) / 2) & ~1;
  rect.y = ((GST_VIDEO_INFO_HEIGHT (&self->source_info) - rect.height) / 2)
      & ~1;
  return rect;
}

/* A stage that writes a frame of its own of @width x @height (stored). */
static gboolean
stage_init_apart (Stage *stage, const FrameFitter *self, const FitRect *from,
    gint width, gint height)
{
  FitRect to = {0, 0, width, height};

  gst_video_info_set_format (&stage->info, GST_VIDEO_FORMAT_I420, width,
      height);
  stage->info.colorimetry = self->info.colorimetry;
  stage->info.chroma_site = self->info.chroma_site;
  stage->buffer = gst_buffer_new_allocate (NULL, stage->info.size, NULL);
  stage->converter = frame_conversion_new (&self->source_info, from,
      &stage->info, &to, FALSE);
  return stage->converter != NULL;
}

static gboolean
init_background (FrameFitter *self, const FitPicture *upright)
{
  gint width = MAX (self->output.width / BLUR_REDUCTION & ~1u, 16);
  gint height = MAX (self->output.height / BLUR_REDUCTION & ~1u, 16);
  FitGeometry filling = fit_geometry (upright, &self->output,
      GST_MONTAGE_FIT_CROP);
  FitRect from = stored_rect (self, &filling.source);
  FitRect all, small;
  gboolean turned = plane_method_transposes (self->orientation);

  if (!stage_init_apart (&self->background, self, &from,
          turned ? height : width, turned ? width : height))
    return FALSE;
  gst_video_info_set_format (&self->small_info, GST_VIDEO_FORMAT_I420, width,
      height);
  self->small_info.colorimetry = self->info.colorimetry;
  self->small_info.chroma_site = self->info.chroma_site;
  self->small = gst_buffer_new_allocate (NULL, self->small_info.size, NULL);
  small = whole (&self->small_info);
  all = whole (&self->info);
  self->enlargement = frame_conversion_new (&self->small_info, &small,
      &self->info, &all, FALSE);
  return self->enlargement != NULL;
}

static gboolean
needs_no_conversion (const FrameFitter *self)
{
  const GstVideoInfo *in = &self->source_info;
  const GstVideoInfo *out = &self->info;
  FitRect all = whole (out);

  return GST_VIDEO_INFO_FORMAT (in) == GST_VIDEO_INFO_FORMAT (out)
      && GST_VIDEO_INFO_WIDTH (in) == GST_VIDEO_INFO_WIDTH (out)
      && GST_VIDEO_INFO_HEIGHT (in) == GST_VIDEO_INFO_HEIGHT (out)
      && in->colorimetry.range == out->colorimetry.range
      && in->colorimetry.matrix == out->colorimetry.matrix
      && self->orientation == GST_VIDEO_ORIENTATION_IDENTITY
      && self->geometry.dest.width == all.width
      && self->geometry.dest.height == all.height
      && self->geometry.source.width == all.width
      && self->geometry.source.height == all.height;
}

static gboolean
set_clip (FrameFitter *self, GstCaps *caps, GstVideoOrientationMethod method)
{
  FitRect from, all = whole (&self->info);
  const FitRect *to = &self->geometry.dest;
  gboolean turned = plane_method_transposes (method);
  gboolean bars;
  FitPicture upright;

  forget_clip (self);
  if (!gst_video_info_from_caps (&self->source_info, caps))
    return FALSE;
  self->orientation = method;
  upright.width = turned ? self->source_info.height : self->source_info.width;
  upright.height = turned ? self->source_info.width : self->source_info.height;
  upright.par_n = turned ? self->source_info.par_d : self->source_info.par_n;
  upright.par_d = turned ? self->source_info.par_n : self->source_info.par_d;
  self->geometry = fit_geometry (&upright, &self->output, self->output.fit);
  self->caps = gst_caps_ref (caps);
  self->as_is = needs_no_conversion (self);
  if (self->as_is)
    return TRUE;
  bars = to->width < all.width || to->height < all.height;
  if (bars && self->output.fit == GST_MONTAGE_FIT_BLUR
      && !init_background (self, &upright))
    return FALSE;
  from = stored_rect (self, &self->geometry.source);
  /* Over a background the converter would write whole rows. */
  if (method == GST_VIDEO_ORIENTATION_IDENTITY && self->small == NULL) {
    self->picture.converter = frame_conversion_new (&self->source_info, &from,
        &self->info, to, TRUE);
    return self->picture.converter != NULL;
  }
  return stage_init_apart (&self->picture, self, &from,
      turned ? to->height : to->width, turned ? to->width : to->height);
}

/* Puts the frame of @stage upright into @rect of @buffer. */
static gboolean
turn_into (const FrameFitter *self, Stage *stage, const GstVideoInfo *info,
    GstBuffer *buffer, const FitRect *rect)
{
  GstVideoFrame in, out;
  FitRect all = whole (&stage->info);
  Plane from, to;
  guint i;

  if (!gst_video_frame_map (&in, &stage->info, stage->buffer, GST_MAP_READ))
    return FALSE;
  if (!gst_video_frame_map (&out, info, buffer, GST_MAP_READWRITE)) {
    gst_video_frame_unmap (&in);
    return FALSE;
  }
  for (i = 0; i < 3; i++) {
    frame_plane (&in, i, &all, &from);
    frame_plane (&out, i, rect, &to);
    plane_turn (&from, &to, self->orientation);
  }
  gst_video_frame_unmap (&out);
  gst_video_frame_unmap (&in);
  return TRUE;
}

static gboolean
soften (FrameFitter *self)
{
  GstVideoFrame frame;
  FitRect all = whole (&self->small_info);
  Plane plane;
  guint i;

  if (!gst_video_frame_map (&frame, &self->small_info, self->small,
          GST_MAP_READWRITE))
    return FALSE;
  for (i = 0; i < 3; i++) {
    frame_plane (&frame, i, &all, &plane);
    plane_blur (&plane, i == 0 ? BLUR_RADIUS : BLUR_RADIUS / 2);
    plane_dim (&plane, &plane, i == 0 ? BLACK_LUMA : NO_CHROMA,
        BLUR_BRIGHTNESS);
  }
  gst_video_frame_unmap (&frame);
  return TRUE;
}

static gboolean
draw_background (FrameFitter *self, GstVideoFrame *in, GstBuffer *buffer)
{
  FitRect all = whole (&self->small_info);
  GstVideoFrame small;
  gboolean drawn;

  if (!frame_conversion_run (self->background.converter, in,
          &self->background.info, self->background.buffer)
      || !turn_into (self, &self->background, &self->small_info, self->small,
          &all)
      || !soften (self)
      || !gst_video_frame_map (&small, &self->small_info, self->small,
          GST_MAP_READ))
    return FALSE;
  drawn = frame_conversion_run (self->enlargement, &small, &self->info, buffer);
  gst_video_frame_unmap (&small);
  return drawn;
}

static gboolean
draw_black (const FrameFitter *self, GstBuffer *buffer)
{
  FitRect all = whole (&self->info);
  GstVideoFrame frame;
  Plane plane;
  guint i;

  if (!gst_video_frame_map (&frame, &self->info, buffer, GST_MAP_WRITE))
    return FALSE;
  for (i = 0; i < 3; i++) {
    frame_plane (&frame, i, &all, &plane);
    plane_fill (&plane, i == 0 ? BLACK_LUMA : NO_CHROMA);
  }
  gst_video_frame_unmap (&frame);
  return TRUE;
}

static gboolean
draw (FrameFitter *self, GstVideoFrame *in, GstBuffer *buffer)
{
  if (self->small != NULL && !draw_background (self, in, buffer))
    return FALSE;
  if (self->picture.buffer == NULL)
    return frame_conversion_run (self->picture.converter, in, &self->info,
        buffer);
  if (self->small == NULL && !draw_black (self, buffer))
    return FALSE;
  return frame_conversion_run (self->picture.converter, in, &self->picture.info,
             self->picture.buffer)
      && turn_into (self, &self->picture, &self->info, buffer,
          &self->geometry.dest);
}

/* Whether the decoded frame can go downstream untouched. */
static gboolean
can_pass (const FrameFitter *self, GstBuffer *buffer)
{
  GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);
  guint i;

  if (!self->as_is || self->accepts_padding)
    return self->as_is;
  if (gst_buffer_get_size (buffer) != self->info.size)
    return FALSE;
  for (i = 0; meta != NULL && i < 3; i++) {
    if (meta->offset[i] != self->info.offset[i]
        || meta->stride[i] != self->info.stride[i])
      return FALSE;
  }
  return TRUE;
}

static GstBuffer *
fit_sample (FrameFitter *self, GstBuffer *source)
{
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoFrame in;
  gboolean drawn;

  if (can_pass (self, source))
    return gst_buffer_copy (source);
  buffer = frame_fitter_acquire (self);
  if (buffer == NULL
      || !gst_video_frame_map (&in, &self->source_info, source, GST_MAP_READ))
    return NULL;
  if (self->as_is) {
    GstVideoFrame out;

    drawn = gst_video_frame_map (&out, &self->info, buffer, GST_MAP_WRITE);
    if (drawn) {
      gst_video_frame_copy (&out, &in);
      gst_video_frame_unmap (&out);
    }
  } else {
    drawn = draw (self, &in, buffer);
  }
  gst_video_frame_unmap (&in);
  return drawn ? g_steal_pointer (&buffer) : NULL;
}

GstBuffer *
frame_fitter_fit (FrameFitter *self, const ClipFrame *frame, GError **error)
{
  GstCaps *caps = gst_sample_get_caps (frame->sample);
  GstBuffer *buffer;

  if (frame->sample == self->last_sample)
    return gst_buffer_copy (self->last_buffer);
  if (self->caps == NULL || !gst_caps_is_equal (caps, self->caps)
      || frame->orientation != self->orientation) {
    if (!set_clip (self, caps, frame->orientation)) {
      g_autofree gchar *text = gst_caps_to_string (caps);

      forget_clip (self);
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
          "its pictures are in a form that cannot be shown: %s", text);
      return NULL;
    }
  }
  buffer = fit_sample (self, gst_sample_get_buffer (frame->sample));
  if (buffer == NULL) {
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "one of its pictures cannot be read");
    return NULL;
  }
  g_clear_pointer (&self->last_sample, gst_sample_unref);
  self->last_sample = gst_sample_ref (frame->sample);
  gst_buffer_replace (&self->last_buffer, buffer);
  gst_buffer_unref (buffer);
  return gst_buffer_copy (self->last_buffer);
}

GstBuffer *
frame_fitter_black (FrameFitter *self)
{
  GstBuffer *buffer = frame_fitter_acquire (self);

  if (buffer != NULL)
    draw_black (self, buffer);
  return buffer;
}
