/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "geszoom.h"

#include <gst/controller/gstinterpolationcontrolsource.h>

#include "picturepart.h"

/* Between keyframes everything moves evenly, as the zoom does but where it
 * comes to the picture's edge. */
#define N_PIECES 16

typedef enum
{
  ZOOM_X,
  ZOOM_Y,
  ZOOM_WIDTH,
  ZOOM_HEIGHT,
  N_ZOOM_PROPERTIES
} ZoomProperty;

static const gchar *const names[N_ZOOM_PROPERTIES] = {"posx", "posy", "width",
    "height"};

static gdouble
value_of (ZoomProperty property, const PicturePart *part, const FitRect *rect,
    const GstMontageOutput *output)
{
  switch (property) {
    case ZOOM_X:
      return (rect->x - part->x * output->width) / part->size;
    case ZOOM_Y:
      return (rect->y - part->y * output->height) / part->size;
    case ZOOM_WIDTH:
      return rect->width / part->size;
    default:
      return rect->height / part->size;
  }
}

static void
set_property (GESTrackElement *element, ZoomProperty property, GESClip *clip,
    const GstMontageCut *cut, const FitRect *rect,
    const GstMontageOutput *output)
{
  g_autoptr (GstControlSource) source = gst_interpolation_control_source_new ();
  GESTimelineElement *placed = GES_TIMELINE_ELEMENT (clip);
  guint i;

  g_object_set (source, "mode", GST_INTERPOLATION_MODE_LINEAR, NULL);
  for (i = 0; i <= N_PIECES; i++) {
    GstClockTime offset = gst_util_uint64_scale (placed->duration, i, N_PIECES);
    PicturePart part;

    picture_part_at (cut, placed->start + offset, &part);
    /* Keyframes are in the time of the source. */
    gst_timed_value_control_source_set (GST_TIMED_VALUE_CONTROL_SOURCE (source),
        placed->inpoint + (GstClockTime) (cut->speed * offset),
        value_of (property, &part, rect, output));
  }
  ges_track_element_set_control_source (element, source, names[property],
      "direct-absolute");
}

void
montage_ges_zoom_clip (GESClip *clip, const GstMontageCut *cut,
    const FitRect *rect, const GstMontageOutput *output)
{
  g_autoptr (GESTrackElement)
      element = ges_clip_find_track_element (clip, NULL, GES_TYPE_VIDEO_SOURCE);
  guint i;

  if (element == NULL || !picture_part_cut_zooms (cut))
    return;
  for (i = 0; i < N_ZOOM_PROPERTIES; i++)
    set_property (element, i, clip, cut, rect, output);
}
