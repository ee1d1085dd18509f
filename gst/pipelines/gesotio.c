/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gesotio.h"

#include <gst/montage/otiowriter.h>
#include <gst/pbutils/pbutils.h>
#include <gst/pipelines/gesotiotrack.h>
#include <math.h>

/* ---- metadata ---- */

static void
add_value (MontageOtio *otio, const gchar *key, const GValue *value)
{
  GValue number = G_VALUE_INIT;

  if (G_VALUE_HOLDS_STRING (value)) {
    montage_otio_string (otio, key, g_value_get_string (value));
  } else if (G_VALUE_HOLDS_BOOLEAN (value)) {
    montage_otio_boolean (otio, key, g_value_get_boolean (value));
  } else if (G_VALUE_HOLDS_DOUBLE (value)) {
    if (isfinite (g_value_get_double (value)))
      montage_otio_double (otio, key, g_value_get_double (value));
  } else if (G_VALUE_HOLDS_INT (value) || G_VALUE_HOLDS_UINT (value)) {
    g_value_init (&number, G_TYPE_INT64);
    g_value_transform (value, &number);
    montage_otio_int (otio, key, g_value_get_int64 (&number));
  }
}

static void
add_meta (const GESMetaContainer *container, const gchar *key,
    const GValue *value, gpointer otio)
{
  add_value (otio, key, value);
}

/* ---- markers ---- */

/**
 * MarkerWindow:
 * @otio: where the markers go
 * @track: how time is counted
 * @start: of the times that are in it
 * @end: of them; markers from there on are left out
 * @first: the frame that @start is at
 * @color: of the markers
 */
typedef struct
{
  MontageOtio *otio;
  const MontageOtioGrid *grid;
  GstClockTime start;
  GstClockTime end;
  gint64 first;
  const gchar *color;
} MarkerWindow;

static void
add_marker (const MarkerWindow *window, GESMarker *marker)
{
  const gchar *comment = ges_meta_container_get_string (GES_META_CONTAINER (
                                                            marker),
      "comment");
  GstClockTime position = GST_CLOCK_TIME_NONE;

  g_object_get (marker, "position", &position, NULL);
  if (position < window->start || position >= window->end)
    return;
  montage_otio_marker (window->otio, comment != NULL ? comment : "",
      window->color,
      window->first
          + (gint64) montage_otio_grid_frame_at (window->grid,
              position - window->start),
      0);
}

static void
add_marker_list (const GESMetaContainer *container, const gchar *key,
    const GValue *value, gpointer window)
{
  GList *markers;

  if (!G_VALUE_HOLDS (value, GES_TYPE_MARKER_LIST))
    return;
  markers = ges_marker_list_get_markers (g_value_get_object (value));
  for (GList *l = markers; l != NULL; l = l->next)
    add_marker (window, l->data);
  g_list_free_full (markers, g_object_unref);
}

static void
add_markers (gpointer owner, const MarkerWindow *window)
{
  montage_otio_begin_list (window->otio, "markers");
  ges_meta_container_foreach (GES_META_CONTAINER (owner), add_marker_list,
      (gpointer) window);
  montage_otio_end_list (window->otio);
}

/* ---- media ---- */

static gint
sample_rate (GESUriClipAsset *asset)
{
  GList *streams = gst_discoverer_info_get_audio_streams (
      ges_uri_clip_asset_get_info (asset));
  gint rate = streams != NULL
      ? (gint) gst_discoverer_audio_info_get_sample_rate (streams->data)
      : 0;

  gst_discoverer_stream_info_list_free (streams);
  return rate;
}

/* The rate that a file is counted in; FALSE where it has none. */
static gboolean
media_rate (GESUriClipAsset *asset, GESTrackType type, gint *n, gint *d)
{
  *d = 1;
  if (ges_uri_clip_asset_is_image (asset))
    return FALSE;
  if (type == GES_TRACK_TYPE_VIDEO)
    return ges_clip_asset_get_natural_framerate (GES_CLIP_ASSET (asset), n, d)
        && *n > 0 && *d > 0;
  *n = sample_rate (asset);
  return *n > 0;
}

static gchar *
name_of (GESClip *clip)
{
  g_autofree gchar *path = GES_IS_URI_CLIP (clip)
      ? g_filename_from_uri (ges_uri_clip_get_uri (GES_URI_CLIP (clip)), NULL,
          NULL)
      : NULL;

  return path != NULL
      ? g_filename_display_basename (path)
      : ges_timeline_element_get_name (GES_TIMELINE_ELEMENT (clip));
}

static void
add_file (MontageOtio *otio, const MontageOtioItem *item)
{
  GESUriClip *clip = GES_URI_CLIP (item->clip);
  const gchar *uri = ges_uri_clip_get_uri (clip);
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);
  g_autofree gchar *name = name_of (item->clip);
  GESUriClipAsset *asset = GES_URI_CLIP_ASSET (
      ges_extractable_get_asset (GES_EXTRACTABLE (clip)));
  gboolean named = path != NULL && g_utf8_validate (path, -1, NULL);
  guint64 n_frames = 0;
  gint n, d;

  if (media_rate (asset, item->type, &n, &d))
    n_frames = gst_util_uint64_scale_round (ges_uri_clip_asset_get_duration (
                                                asset),
        (guint64) n, (guint64) d * GST_SECOND);
  montage_otio_media (otio, name, named ? path : uri, (gint64) n_frames,
      n_frames > 0 ? (gdouble) n / d : 0);
}

/* Titles and test pictures have no file. */
static void
add_missing (MontageOtio *otio, const MontageOtioItem *item)
{
  montage_otio_begin (otio, "media_references", NULL);
  montage_otio_begin (otio, "DEFAULT_MEDIA", "MissingReference.1");
  montage_otio_empty_object (otio, "metadata");
  montage_otio_string (otio, "name", G_OBJECT_TYPE_NAME (item->clip));
  montage_otio_string (otio, "available_range", NULL);
  montage_otio_string (otio, "available_image_bounds", NULL);
  montage_otio_end (otio);
  montage_otio_end (otio);
  montage_otio_string (otio, "active_media_reference_key", "DEFAULT_MEDIA");
}

/* ---- clips ---- */

/* The first frame of the file, counted in frames of the timeline: one that lies
 * in the frame of the file that is shown, where there is one. */
static gint64
first_media_frame (const MontageOtioGrid *grid, const MontageOtioItem *item)
{
  GESAsset *asset = ges_extractable_get_asset (GES_EXTRACTABLE (item->clip));
  gint n, d;

  if (item->type == GES_TRACK_TYPE_VIDEO && GES_IS_URI_CLIP_ASSET (asset)
      && media_rate (GES_URI_CLIP_ASSET (asset), item->type, &n, &d))
    return (gint64) montage_otio_grid_frame_in (grid, item->in_point, n, d);
  return (gint64) montage_otio_grid_frame_at (grid, item->in_point);
}

/* Those of time are told as the clip's speed. */
static void
add_effects (MontageOtio *otio, const MontageOtioItem *item)
{
  GList *effects = ges_clip_get_top_effects (item->clip);

  montage_otio_begin_effects (otio, item->speed);
  for (GList *l = effects; l != NULL; l = l->next) {
    g_autofree gchar *description = NULL;

    if (!GES_IS_EFFECT (l->data)
        || ges_track_element_get_track_type (l->data) != item->type
        || ges_base_effect_is_time_effect (l->data))
      continue;
    g_object_get (l->data, "bin-description", &description, NULL);
    montage_otio_begin (otio, NULL, "Effect.1");
    montage_otio_empty_object (otio, "metadata");
    montage_otio_string (otio, "name", "");
    montage_otio_string (otio, "effect_name", description);
    montage_otio_end (otio);
  }
  montage_otio_end_list (otio);
  g_list_free_full (effects, gst_object_unref);
}

static void
add_clip (MontageOtio *otio, const MontageOtioGrid *grid,
    const MontageOtioItem *item)
{
  gint64 in = first_media_frame (grid, item), n = item->end - item->start;
  g_autofree gchar *name = name_of (item->clip);
  MarkerWindow window = {otio, grid, item->in_point,
      item->in_point
          + (GstClockTime) (item->speed
              * montage_otio_grid_time (grid, (guint64) n)),
      in, "CYAN"};

  montage_otio_begin (otio, NULL, "Clip.2");
  montage_otio_begin_metadata (otio);
  ges_meta_container_foreach (GES_META_CONTAINER (item->clip), add_meta, otio);
  montage_otio_end_metadata (otio);
  montage_otio_string (otio, "name", name);
  montage_otio_range (otio, "source_range", in, n, otio->rate);
  add_effects (otio, item);
  add_markers (item->source, &window);
  montage_otio_boolean (otio, "enabled",
      ges_track_element_is_active (item->source));
  if (GES_IS_URI_CLIP (item->clip))
    add_file (otio, item);
  else
    add_missing (otio, item);
  montage_otio_end (otio);
}

/* ---- tracks ---- */

/* GES has its own names for what standards know. */
static void
add_transition (MontageOtio *otio, const MontageOtioItem *item)
{
  g_autoptr (GEnumClass)
      kinds = g_type_class_ref (GES_VIDEO_STANDARD_TRANSITION_TYPE_TYPE);
  gint kind = GES_VIDEO_STANDARD_TRANSITION_TYPE_CROSSFADE;
  const GEnumValue *value;
  gboolean dissolves;

  g_object_get (item->transition, "vtype", &kind, NULL);
  value = g_enum_get_value (kinds, kind);
  dissolves = item->type == GES_TRACK_TYPE_AUDIO
      || kind == GES_VIDEO_STANDARD_TRANSITION_TYPE_CROSSFADE
      || kind == GES_VIDEO_STANDARD_TRANSITION_TYPE_FADE_IN;
  montage_otio_transition (otio, value != NULL ? value->value_nick : "",
      dissolves ? "SMPTE_Dissolve" : "Custom_Transition", item->before,
      item->behind);
}

static void
add_track (MontageOtio *otio, const MontageOtioGrid *grid, GESLayer *layer,
    GESTrackType type)
{
  g_autoptr (GArray) items = montage_otio_items (grid, layer, type);
  gint64 position = 0;

  if (items->len == 0)
    return;
  montage_otio_begin_track (otio,
      type == GES_TRACK_TYPE_VIDEO ? "Video" : "Audio");
  for (guint i = 0; i < items->len; i++) {
    const MontageOtioItem *item = &g_array_index (items, MontageOtioItem, i);

    if (item->start > position)
      montage_otio_gap (otio, item->start - position);
    if (item->transition != NULL)
      add_transition (otio, item);
    add_clip (otio, grid, item);
    position = item->end;
  }
  montage_otio_end_track (otio);
}

/* The stack's first track lies lowest, the first layer highest. */
static void
add_tracks (MontageOtio *otio, const MontageOtioGrid *grid,
    GESTimeline *timeline)
{
  GList *layers = ges_timeline_get_layers (timeline);

  for (GList *l = g_list_last (layers); l != NULL; l = l->prev)
    add_track (otio, grid, l->data, GES_TRACK_TYPE_VIDEO);
  for (GList *l = layers; l != NULL; l = l->next)
    add_track (otio, grid, l->data, GES_TRACK_TYPE_AUDIO);
  g_list_free_full (layers, gst_object_unref);
}

/* The size of the pictures has no field of its own. */
static void
add_film_metadata (MontageOtio *otio, GESTimeline *timeline)
{
  g_autoptr (GstCaps) caps = montage_otio_video_caps (timeline);
  gint width, height;

  montage_otio_begin_metadata (otio);
  if (caps != NULL && gst_caps_is_fixed (caps)
      && gst_structure_get (gst_caps_get_structure (caps, 0), "width",
          G_TYPE_INT, &width, "height", G_TYPE_INT, &height, NULL)) {
    montage_otio_int (otio, "width", width);
    montage_otio_int (otio, "height", height);
  }
  montage_otio_double (otio, "rate", otio->rate);
  ges_meta_container_foreach (GES_META_CONTAINER (timeline), add_meta, otio);
  montage_otio_end_metadata (otio);
}

gchar *
montage_ges_timeline_to_otio (GESTimeline *timeline, const gchar *name)
{
  MontageOtioGrid grid = montage_otio_grid_of (timeline);
  MontageOtio otio = montage_otio_new (grid.fps_n, grid.fps_d);
  MarkerWindow window = {&otio, &grid, 0, GST_CLOCK_TIME_NONE, 0, "GREEN"};

  montage_otio_string (&otio, "name", name);
  add_film_metadata (&otio, timeline);
  montage_otio_begin (&otio, "tracks", "Stack.1");
  montage_otio_empty_object (&otio, "metadata");
  montage_otio_string (&otio, "name", "tracks");
  montage_otio_string (&otio, "source_range", NULL);
  montage_otio_empty_list (&otio, "effects");
  add_markers (timeline, &window);
  montage_otio_boolean (&otio, "enabled", TRUE);
  montage_otio_begin_list (&otio, "children");
  add_tracks (&otio, &grid, timeline);
  montage_otio_end_list (&otio);
  montage_otio_end (&otio);
  return montage_otio_finish (&otio);
}
