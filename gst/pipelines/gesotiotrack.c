/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gesotiotrack.h"

/* Times of frames are rounded to ns, and by some tools to µs. */
#define TOLERANCE GST_USECOND
/* What GES plays a timeline at whose tracks say nothing. */
#define DEFAULT_FPS 30

/* ---- frames ---- */

GstCaps *
montage_otio_video_caps (GESTimeline *timeline)
{
  GList *tracks = ges_timeline_get_tracks (timeline);
  GstCaps *caps = NULL;

  for (GList *l = tracks; l != NULL && caps == NULL; l = l->next)
    if (GES_IS_VIDEO_TRACK (l->data))
      caps = ges_track_get_restriction_caps (l->data);
  g_list_free_full (tracks, gst_object_unref);
  return caps;
}

MontageOtioGrid
montage_otio_grid_of (GESTimeline *timeline)
{
  g_autoptr (GstCaps) caps = montage_otio_video_caps (timeline);
  MontageOtioGrid self = {DEFAULT_FPS, 1};
  gint n, d;

  if (caps != NULL && !gst_caps_is_any (caps) && !gst_caps_is_empty (caps)
      && gst_structure_get_fraction (gst_caps_get_structure (caps, 0),
          "framerate", &n, &d)
      && n > 0 && d > 0)
    self = (MontageOtioGrid){n, d};
  return self;
}

guint64
montage_otio_grid_frame_at (const MontageOtioGrid *self, GstClockTime time)
{
  return gst_util_uint64_scale_round (time, (guint64) self->fps_n,
      (guint64) self->fps_d * GST_SECOND);
}

GstClockTime
montage_otio_grid_time (const MontageOtioGrid *self, guint64 frame)
{
  return gst_util_uint64_scale_round (frame, (guint64) self->fps_d * GST_SECOND,
      (guint64) self->fps_n);
}

guint64
montage_otio_grid_frame_in (const MontageOtioGrid *self, GstClockTime time,
    gint n, gint d)
{
  guint64 shown = gst_util_uint64_scale (time + TOLERANCE, (guint64) n,
      (guint64) d * GST_SECOND);
  GstClockTime from = gst_util_uint64_scale (shown, (guint64) d * GST_SECOND,
      (guint64) n);
  GstClockTime to = gst_util_uint64_scale (shown + 1, (guint64) d * GST_SECOND,
      (guint64) n);
  guint64 frame = gst_util_uint64_scale_ceil (from - MIN (from, TOLERANCE),
      (guint64) self->fps_n, (guint64) self->fps_d * GST_SECOND);

  if (montage_otio_grid_time (self, frame) + TOLERANCE < to)
    return frame;
  return montage_otio_grid_frame_at (self, time);
}

/* ---- clips ---- */

static void
item_clear (gpointer data)
{
  MontageOtioItem *self = data;

  gst_clear_object (&self->clip);
  gst_clear_object (&self->source);
  gst_clear_object (&self->transition);
}

/* How fast the file goes, with all effects of time. */
static gdouble
clip_speed (GESClip *clip, GESTrackElement *source)
{
  GESTimelineElement *element = GES_TIMELINE_ELEMENT (clip);
  GstClockTime from, to;

  if (!ges_track_element_has_internal_source (source) || element->duration == 0)
    return 1.0;
  from = ges_clip_get_internal_time_from_timeline_time (clip, source,
      element->start, NULL);
  to = ges_clip_get_internal_time_from_timeline_time (clip, source,
      element->start + element->duration, NULL);
  if (from == GST_CLOCK_TIME_NONE || to == GST_CLOCK_TIME_NONE || to <= from)
    return 1.0;
  /* Internal times are whole ns. */
  if (ABS ((gint64) (to - from) - (gint64) element->duration) <= 1)
    return 1.0;
  return (gdouble) (to - from) / element->duration;
}

/* Takes the references. */
static void
append_item (const MontageOtioGrid *grid, GArray *items, GESClip *clip,
    GESTrackElement *source, GESTrackType type)
{
  GESTimelineElement *element = GES_TIMELINE_ELEMENT (clip);
  MontageOtioItem item = {.clip = clip,
      .source = source,
      .type = type,
      .start = (gint64) montage_otio_grid_frame_at (grid, element->start),
      .end = (gint64) montage_otio_grid_frame_at (grid,
          element->start + element->duration),
      .speed = clip_speed (clip, source)};

  g_array_append_val (items, item);
}

/* At the first frame, wherever in it the clip begins. */
static void
find_in_point (const MontageOtioGrid *grid, MontageOtioItem *item)
{
  GESTimelineElement *element = GES_TIMELINE_ELEMENT (item->clip);
  gint64 late = (gint64) montage_otio_grid_time (grid, (guint64) item->start)
      - (gint64) element->start;
  gint64 in = (gint64) element->inpoint
      + (gint64) (item->speed * (gdouble) late);

  if (ges_track_element_has_internal_source (item->source))
    item->in_point = (GstClockTime) MAX (in, 0);
}

/* Two clips overlap under @clip: the cut is in its middle. */
static void
place_transition (const MontageOtioGrid *grid, GArray *items, GESClip *clip)
{
  GESTimelineElement *element = GES_TIMELINE_ELEMENT (clip);
  gint64 from = (gint64) montage_otio_grid_frame_at (grid, element->start);
  gint64 to = (gint64) montage_otio_grid_frame_at (grid,
      element->start + element->duration);
  gint64 cut = (from + to + 1) / 2;

  for (guint i = 1; i < items->len && to > from; i++) {
    MontageOtioItem *last = &g_array_index (items, MontageOtioItem, i - 1);
    MontageOtioItem *item = &g_array_index (items, MontageOtioItem, i);

    if (item->start != from || last->end != to || item->transition != NULL)
      continue;
    item->transition = gst_object_ref (clip);
    item->before = cut - from;
    item->behind = to - cut;
    item->start = last->end = cut;
    return;
  }
}

/* What still overlaps ends where the next one begins; what is then empty goes,
 * and a transition into it, too. */
static void
straighten (const MontageOtioGrid *grid, GArray *items)
{
  for (guint i = items->len; i > 0; i--) {
    MontageOtioItem *item = &g_array_index (items, MontageOtioItem, i - 1);

    if (i < items->len)
      item->end = MIN (item->end, (item + 1)->start);
    if (item->end <= item->start) {
      if (i < items->len)
        gst_clear_object (&(item + 1)->transition);
      g_array_remove_index (items, i - 1);
    } else {
      find_in_point (grid, item);
    }
  }
}

GArray *
montage_otio_items (const MontageOtioGrid *self, GESLayer *layer,
    GESTrackType type)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (MontageOtioItem));
  GList *clips = ges_layer_get_clips (layer);

  g_array_set_clear_func (items, item_clear);
  for (GList *l = clips; l != NULL; l = l->next) {
    GList *sources = ges_clip_find_track_elements (l->data, NULL, type,
        GES_TYPE_SOURCE);

    if (sources != NULL)
      append_item (self, items, gst_object_ref (l->data),
          gst_object_ref (sources->data), type);
    g_list_free_full (sources, gst_object_unref);
  }
  for (GList *l = clips; l != NULL; l = l->next)
    if (GES_IS_TRANSITION_CLIP (l->data))
      place_transition (self, items, l->data);
  straighten (self, items);
  g_list_free_full (clips, gst_object_unref);
  return items;
}
