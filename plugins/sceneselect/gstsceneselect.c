/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-sceneselect
 * @title: sceneselect
 * @short_description: finds the shots of a video and describes them
 *
 * Passes video through untouched and finds out where its shots begin (cuts,
 * fades, dissolves) and what they look like: motion, camera motion, shake,
 * brightness, contrast, exposure, sharpness, saturation, colours, motion peaks,
 * key frames. Pictures are analysed upright, whatever the orientation tag says,
 * and at a size of 96 x 54, so hardly anything is added to the cost of decoding.
 *
 * At the end of the stream the whole list goes downstream as a custom event
 * before EOS, and to the bus as an element message with the same structure,
 * `GstMontageShots`; its field `document` holds the list as JSON
 * ("gst-montage/shots", described in the document reference), and
 * gst_montage_message_parse_shots() reads it.
 *
 * While the stream runs, each shot is posted when it is known to be complete,
 * some seconds after its end, as an element message `GstMontageShot`:
 *
 * * #guint64 `timestamp`: time stamp of its first frame, in ns
 * * #guint64 `stream-time`: the same as stream time, in ns
 * * #guint64 `running-time`: the same as running time, in ns
 * * #guint64 `duration`: in ns
 * * #guint `number`: from 0 on
 * * #gdouble `motion`: 0..1, how much moves
 * * #gdouble `brightness`: 0..1
 * * #gdouble `sharpness`: 0..1
 *
 * Quality-of-service events from downstream end here: a decoder that skips
 * pictures because the sink is late would change what is found.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 -m uridecodebin uri=file:///clip.mp4 ! sceneselect ! fakesink
 * ]|
 * Prints the shots of a clip.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstsceneselect.h"

#include <gst/montage/events.h>

#include "clipinfo.h"
#include "framescaler.h"
#include "shotanalyzer.h"

GST_DEBUG_CATEGORY_STATIC (sceneselect_debug);
#define GST_CAT_DEFAULT sceneselect_debug

enum
{
  PROP_0,
  PROP_MESSAGE
};

/* Grows whenever the same media gives another document: stored ones with an
 * older version are made again. */
#define ANALYSIS_VERSION "2"

#define DEFAULT_MESSAGE TRUE

struct _GstSceneSelect
{
  GstVideoFilter parent;

  gboolean message; /* object lock */

  /* Streaming thread; start() and stop() run without one. */
  FrameScaler *scaler; /* NULL: to be made for the next frame */
  ShotAnalyzer *analyzer;
  guint n_posted;
  ClipInfo clip;
};

#define VIDEO_CAPS                                                             \
  GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL)                                  \
  ";" GST_VIDEO_CAPS_MAKE_WITH_FEATURES (                                      \
      GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION,                     \
      GST_VIDEO_FORMATS_ALL)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (VIDEO_CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (VIDEO_CAPS));

#define gst_scene_select_parent_class parent_class
G_DEFINE_TYPE (GstSceneSelect, gst_scene_select, GST_TYPE_VIDEO_FILTER)
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (sceneselect, "sceneselect",
    GST_RANK_NONE, GST_TYPE_SCENE_SELECT,
    GST_DEBUG_CATEGORY_INIT (sceneselect_debug, "sceneselect", 0,
        "shot analysis"));

/* --- what is known of the stream ---------------------------------------- */

static gboolean
posts_messages (GstSceneSelect *self)
{
  gboolean message;

  GST_OBJECT_LOCK (self);
  message = self->message;
  GST_OBJECT_UNLOCK (self);
  return message;
}

/* Forgets the pictures; what is known of the stream stays. */
static void
reset (GstSceneSelect *self)
{
  g_clear_pointer (&self->analyzer, shot_analyzer_free);
  self->analyzer = shot_analyzer_new ();
  self->n_posted = 0;
}

static void
reset_stream (GstSceneSelect *self)
{
  reset (self);
  g_clear_pointer (&self->scaler, frame_scaler_free);
  clip_info_clear (&self->clip);
}

static void
take_tags (GstSceneSelect *self, GstEvent *event)
{
  if (clip_info_take_tags (&self->clip, event)) {
    GST_INFO_OBJECT (self, "orientation is %d", self->clip.orientation);
    g_clear_pointer (&self->scaler, frame_scaler_free);
  }
}

static gchar *
query_uri (GstSceneSelect *self)
{
  g_autoptr (GstQuery) query = gst_query_new_uri ();
  gchar *uri = NULL;

  if (gst_pad_peer_query (GST_BASE_TRANSFORM_SINK_PAD (self), query))
    gst_query_parse_uri (query, &uri);
  return uri;
}

/* --- results ------------------------------------------------------------ */

/* Posts the shots that have become complete. */
static void
post_shots (GstSceneSelect *self)
{
  const GstMontageShotList *list = shot_analyzer_get_list (self->analyzer);
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  gboolean message = posts_messages (self);

  for (; self->n_posted < list->shots->len; self->n_posted++) {
    GstMontageShot shot = g_array_index (list->shots, GstMontageShot,
        self->n_posted);
    guint64 position = shot.start;

    GST_DEBUG_OBJECT (self, "shot %u from %" GST_TIME_FORMAT, self->n_posted,
        GST_TIME_ARGS (shot.start));
    if (!message)
      continue;
    /* the list is in stream time, the message wants time stamps */
    if (segment->format == GST_FORMAT_TIME)
      position = gst_segment_position_from_stream_time (segment,
          GST_FORMAT_TIME, shot.start);
    if (GST_CLOCK_TIME_IS_VALID (position)) {
      shot.end += position - shot.start;
      shot.start = position;
    }
    gst_element_post_message (GST_ELEMENT (self),
        gst_montage_message_new_shot (GST_OBJECT (self), segment,
            self->n_posted, &shot));
  }
}

static void
finish (GstSceneSelect *self)
{
  GstMontageShotList *list = shot_analyzer_get_list (self->analyzer);
  GstEvent *event;

  if (shot_analyzer_get_n_frames (self->analyzer) == 0) {
    GST_INFO_OBJECT (self, "no pictures, no shots");
    return;
  }
  shot_analyzer_finish (self->analyzer, GST_VIDEO_INFO_FPS_N (&self->clip.info),
      GST_VIDEO_INFO_FPS_D (&self->clip.info));
  post_shots (self);
  clip_info_fill (&self->clip, list);
  list->uri = query_uri (self);
  GST_INFO_OBJECT (self, "%u shots in %" GST_TIME_FORMAT, list->shots->len,
      GST_TIME_ARGS (list->duration));
  event = gst_montage_event_new_shots (list);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));
  gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (self), event);
  reset (self);
}

/* --- virtual functions -------------------------------------------------- */

static gboolean
gst_scene_select_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstSceneSelect *self = GST_SCENE_SELECT (trans);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      reset_stream (self);
      break;
    case GST_EVENT_TAG:
      take_tags (self, event);
      break;
    case GST_EVENT_STREAM_COLLECTION:
      clip_info_take_collection (&self->clip, event);
      break;
    case GST_EVENT_FLUSH_STOP:
      reset (self);
      break;
    case GST_EVENT_EOS:
      finish (self);
      break;
    default:
      break;
  }
  return GST_BASE_TRANSFORM_CLASS (parent_class)->sink_event (trans, event);
}

static gboolean
gst_scene_select_src_event (GstBaseTransform *trans, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS) {
    gst_event_unref (event);
    return TRUE;
  }
  return GST_BASE_TRANSFORM_CLASS (parent_class)->src_event (trans, event);
}

static gboolean
gst_scene_select_start (GstBaseTransform *trans)
{
  reset_stream (GST_SCENE_SELECT (trans));
  return TRUE;
}

static gboolean
gst_scene_select_stop (GstBaseTransform *trans)
{
  reset_stream (GST_SCENE_SELECT (trans));
  return TRUE;
}

static gboolean
gst_scene_select_set_info (GstVideoFilter *filter, GstCaps *incaps,
    GstVideoInfo *in_info, GstCaps *outcaps, GstVideoInfo *out_info)
{
  GstSceneSelect *self = GST_SCENE_SELECT (filter);

  g_clear_pointer (&self->scaler, frame_scaler_free);
  return TRUE;
}

static GstFlowReturn
gst_scene_select_transform_frame_ip (GstVideoFilter *filter,
    GstVideoFrame *frame)
{
  GstSceneSelect *self = GST_SCENE_SELECT (filter);
  GstClockTime time;
  SmallFrame small;

  if (!clip_info_picture_time (&GST_BASE_TRANSFORM (self)->segment,
          frame->buffer, &time))
    return GST_FLOW_OK;
  if (!self->scaler) {
    gdouble kr, kb;

    self->scaler = frame_scaler_new (&filter->in_info, self->clip.orientation);
    frame_scaler_get_matrix (self->scaler, &kr, &kb);
    shot_analyzer_set_matrix (self->analyzer, kr, kb);
  }
  if (shot_analyzer_get_n_frames (self->analyzer) == 0)
    self->clip.info = filter->in_info;
  frame_scaler_scale (self->scaler, frame, &small);
  shot_analyzer_push (self->analyzer, &small, time,
      GST_BUFFER_DURATION (frame->buffer));
  post_shots (self);
  return GST_FLOW_OK;
}

/* --- properties --------------------------------------------------------- */

static void
gst_scene_select_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstSceneSelect *self = GST_SCENE_SELECT (object);

  switch (id) {
    case PROP_MESSAGE:
      GST_OBJECT_LOCK (self);
      self->message = g_value_get_boolean (value);
      GST_OBJECT_UNLOCK (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
}

static void
gst_scene_select_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstSceneSelect *self = GST_SCENE_SELECT (object);

  switch (id) {
    case PROP_MESSAGE:
      g_value_set_boolean (value, posts_messages (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
}

static void
gst_scene_select_finalize (GObject *object)
{
  GstSceneSelect *self = GST_SCENE_SELECT (object);

  g_clear_pointer (&self->scaler, frame_scaler_free);
  g_clear_pointer (&self->analyzer, shot_analyzer_free);
  clip_info_clear (&self->clip);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_scene_select_class_init (GstSceneSelectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  object_class->set_property = gst_scene_select_set_property;
  object_class->get_property = gst_scene_select_get_property;
  object_class->finalize = gst_scene_select_finalize;

  g_object_class_install_property (object_class, PROP_MESSAGE,
      g_param_spec_boolean ("message", "Message",
          "Whether to post a message for each shot while it plays. The whole "
          "clip's shots are sent at its end in any case.",
          DEFAULT_MESSAGE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
              | GST_PARAM_MUTABLE_PLAYING));

  gst_element_class_set_static_metadata (element_class, "Scene select",
      "Filter/Analyzer/Video", "Finds the shots of a video and describes them",
      "The gst-montage developers");
  gst_element_class_add_static_metadata (element_class,
      "montage-analysis-version", ANALYSIS_VERSION);
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);

  trans_class->start = gst_scene_select_start;
  trans_class->stop = gst_scene_select_stop;
  trans_class->sink_event = gst_scene_select_sink_event;
  trans_class->src_event = gst_scene_select_src_event;
  filter_class->set_info = gst_scene_select_set_info;
  filter_class->transform_frame_ip = gst_scene_select_transform_frame_ip;
}

static void
gst_scene_select_init (GstSceneSelect *self)
{
  GstBaseTransform *trans = GST_BASE_TRANSFORM (self);

  self->message = DEFAULT_MESSAGE;
  self->analyzer = shot_analyzer_new ();
  gst_base_transform_set_in_place (trans, TRUE);
  gst_base_transform_set_passthrough (trans, TRUE);
  /* late pictures count as much as those in time */
  gst_base_transform_set_qos_enabled (trans, FALSE);
}
