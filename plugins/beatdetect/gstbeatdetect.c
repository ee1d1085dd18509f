/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * SECTION:element-beatdetect
 * @title: beatdetect
 *
 * Hears the beats, bars, energy and parts of music. The sound passes through
 * unchanged, in any format and at any rate.
 *
 * While it plays, and unless #GstBeatDetect:message is off, each beat is told
 * before its sound leaves the element: as a custom event downstream and as an
 * element message, both named `GstMontageBeat`. It is foretold from what was
 * heard so far, 200 ms ahead, or, where the pulse has only just become clear,
 * down to 50 ms (less the buffer that is being heard):
 *
 * - #guint64 `timestamp`, `stream-time`, `running-time`: the beat, ns
 * - #guint64 `duration`: to the next beat, ns
 * - #guint `position`: in the bar, 1 is the downbeat, 0 is unknown
 * - #gdouble `energy`: loudness against the loudest beats so far, 0..1
 * - #gdouble `strength`: of the onsets at the beats lately, 0..1
 * - #gdouble `tempo`: BPM
 * - #gdouble `confidence`: 0..1
 *
 * With a #GstBeatDetect:lookahead, the sound is held back by as much, which is
 * declared as latency (and the length of a buffer, since whole ones are held
 * back). Then as much more has been heard when a beat is told, still 200 ms
 * before its sound leaves the element. Events in the stream keep their place;
 * new caps, segments and the end let out all that is held back.
 *
 * At the end of the stream, unless #GstBeatDetect:whole-song is off, the whole
 * song is looked at again, and what is found is sent downstream as a custom
 * event, before the EOS, and posted as an element message, both named
 * `GstMontageBeats`:
 *
 * - #gchararray `document`: the document "gst-montage/beats", JSON
 * - and its main figures, for people
 *
 * Times are stream time, so that they hold in the file, wherever playback
 * began. Gaps in the stream are silence.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 -m uridecodebin uri=file:///song.ogg ! audioconvert ! beatdetect ! fakesink
 * ]|
 * For hours of sound, telling the live beats only:
 * |[
 * gst-launch-1.0 -m autoaudiosrc ! audioconvert ! beatdetect whole-song=false lookahead=500000000 ! autoaudiosink
 * ]|
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstbeatdetect.h"

#include <gst/montage/events.h>

#include "beatproperties.h"
#include "holdback.h"
#include "songlistener.h"

GST_DEBUG_CATEGORY (beatdetect_debug);
#define GST_CAT_DEFAULT beatdetect_debug

/* Grows whenever the same media gives another document: stored ones with an
 * older version are made again. */
#define ANALYSIS_VERSION "2"

#define BEAT_DETECT_CAPS                                                       \
  "audio/x-raw, format = (string) " GST_AUDIO_FORMATS_ALL                      \
  ", rate = (int) [ 1000, 768000 ], channels = (int) [ 1, 64 ]"                \
  ", layout = (string) { interleaved, non-interleaved }"

struct _GstBeatDetect
{
  GstAudioFilter parent;

  /* Under the object lock. */
  BeatProperties properties;
  GstClockTime lookahead;      /* since start */
  GstClockTime longest_buffer; /* that was held back */

  /* Of the streaming thread. */
  SongListener *listener;
  HoldBack *held;
};

G_DEFINE_TYPE (GstBeatDetect, gst_beat_detect, GST_TYPE_AUDIO_FILTER)
GST_ELEMENT_REGISTER_DEFINE (beatdetect, "beatdetect", GST_RANK_NONE,
    GST_TYPE_BEAT_DETECT)

static void
tell_live_beat (const LiveBeat *live, GstClockTime time, gpointer data)
{
  GstBeatDetect *self = data;
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  GstMontageBeat beat = {GST_CLOCK_TIME_NONE, live->position, live->energy,
      live->strength, 60.0 / live->period};
  GstEvent *event;

  if (segment->format == GST_FORMAT_TIME)
    beat.time = gst_segment_position_from_stream_time (segment, GST_FORMAT_TIME,
        time);
  /* What a seek has jumped over has no position. */
  if (!GST_CLOCK_TIME_IS_VALID (beat.time))
    return;
  event = gst_montage_event_new_beat (segment, &beat, live->confidence);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));
  gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (self), event);
}

static BeatProperties
copy_properties (GstBeatDetect *self)
{
  BeatProperties properties;

  GST_OBJECT_LOCK (self);
  properties = self->properties;
  GST_OBJECT_UNLOCK (self);
  return properties;
}

static gchar *
query_uri (GstBeatDetect *self)
{
  g_autoptr (GstQuery) query = gst_query_new_uri ();
  gchar *uri = NULL;

  if (gst_pad_peer_query (GST_BASE_TRANSFORM_SINK_PAD (self), query))
    gst_query_parse_uri (query, &uri);
  return uri;
}

static void
publish (GstBeatDetect *self, GstMontageBeatGrid *grid)
{
  GstEvent *event;

  grid->uri = query_uri (self);
  event = gst_montage_event_new_beats (grid);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));
  gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (self), event);
}

/* Sends what was held back and needs no more than stream time @heard. */
static GstFlowReturn
release (GstBeatDetect *self, GstClockTime heard)
{
  GstBaseTransform *transform = GST_BASE_TRANSFORM (self);
  GstFlowReturn flow = GST_FLOW_OK;
  GstMiniObject *object;

  while ((object = hold_back_pop (self->held, heard))) {
    if (GST_IS_EVENT (object))
      GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
          ->sink_event (transform, GST_EVENT (object));
    else if (flow == GST_FLOW_OK)
      flow = gst_pad_push (transform->srcpad, GST_BUFFER (object));
    else
      gst_mini_object_unref (object);
  }
  return flow;
}

/* Sends all that was held back, its beats before it. */
static GstFlowReturn
drain (GstBeatDetect *self)
{
  song_listener_catch_up (self->listener);
  return release (self, GST_CLOCK_TIME_NONE);
}

static gboolean
gst_beat_detect_setup (GstAudioFilter *filter, const GstAudioInfo *info)
{
  GstBeatDetect *self = GST_BEAT_DETECT (filter);

  if (song_listener_set_format (self->listener, info))
    return TRUE;
  GST_ERROR_OBJECT (self, "cannot convert this sound to mono floats");
  return FALSE;
}

static void
renew (GstBeatDetect *self)
{
  hold_back_clear (self->held);
  if (!song_listener_restart (self->listener))
    GST_WARNING_OBJECT (self, "no converter after the flush");
}

/* FALSE where @buffer is damaged; sets @heard where there is new sound in it. */
static gboolean
hear (GstBeatDetect *self, GstBuffer *buffer, gboolean *heard)
{
  const GstAudioInfo *info = GST_AUDIO_FILTER_INFO (self);
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  BeatProperties properties = copy_properties (self);
  GstAudioBuffer audio;

  if ((GST_AUDIO_INFO_LAYOUT (info) == GST_AUDIO_LAYOUT_NON_INTERLEAVED
          && !gst_buffer_get_audio_meta (buffer))
      || !gst_audio_buffer_map (&audio, info, buffer, GST_MAP_READ)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("The sound is damaged: a buffer does not hold what its format says."),
        ("%" GST_PTR_FORMAT, buffer));
    return FALSE;
  }
  if (song_listener_jumps (self->listener, segment, buffer)) {
    drain (self);
    renew (self);
  }
  *heard = song_listener_hear (self->listener, &properties, segment, buffer,
      &audio);
  gst_audio_buffer_unmap (&audio);
  return TRUE;
}

/* How much must have been heard before what comes now goes on. */
static GstClockTime
hold_until (GstBeatDetect *self)
{
  /* What is played backwards is not heard. */
  if (self->lookahead == 0 || GST_BASE_TRANSFORM (self)->segment.rate < 0.0)
    return 0;
  return song_listener_heard (self->listener) + self->lookahead;
}

/* A buffer is held back from its end on, so by its length more. */
static void
update_latency (GstBeatDetect *self, GstBuffer *buffer)
{
  const GstAudioInfo *info = GST_AUDIO_FILTER_INFO (self);
  GstClockTime length = gst_util_uint64_scale (gst_buffer_get_size (buffer)
          / (gsize) GST_AUDIO_INFO_BPF (info),
      GST_SECOND, (guint64) GST_AUDIO_INFO_RATE (info));

  if (self->lookahead == 0 || length <= self->longest_buffer)
    return;
  GST_OBJECT_LOCK (self);
  self->longest_buffer = length;
  GST_OBJECT_UNLOCK (self);
  gst_element_post_message (GST_ELEMENT (self),
      gst_message_new_latency (GST_OBJECT (self)));
}

static GstFlowReturn
gst_beat_detect_submit_input_buffer (GstBaseTransform *transform,
    gboolean is_discont, GstBuffer *input)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);
  GstFlowReturn flow = is_discont ? drain (self) : GST_FLOW_OK;
  g_autoptr (GstBuffer) buffer = NULL;
  gboolean heard = TRUE;

  /* In passthrough the base class takes sound without caps. */
  if (!song_listener_has_format (self->listener))
    flow = GST_FLOW_NOT_NEGOTIATED;
  if (flow != GST_FLOW_OK) {
    gst_buffer_unref (input);
    return flow;
  }
  flow = GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
             ->submit_input_buffer (transform, is_discont, input);
  buffer = g_steal_pointer (&transform->queued_buf);
  if (flow != GST_FLOW_OK || !buffer)
    return flow;
  if (gst_buffer_get_size (buffer) > 0 && !hear (self, buffer, &heard))
    return GST_FLOW_ERROR;
  update_latency (self, buffer);
  /* Behind what adds nothing, nothing can wait. */
  if (!heard)
    flow = drain (self);
  hold_back_push (self->held, GST_MINI_OBJECT (g_steal_pointer (&buffer)),
      heard ? hold_until (self) : 0);
  return flow;
}

static GstFlowReturn
gst_beat_detect_generate_output (GstBaseTransform *transform,
    GstBuffer **output)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);
  GstMiniObject *object;

  while ((object = hold_back_pop (self->held,
              song_listener_heard (self->listener)))
      && GST_IS_EVENT (object))
    GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
        ->sink_event (transform, GST_EVENT (object));
  *output = GST_BUFFER_CAST (object);
  return GST_FLOW_OK;
}

static void
hear_gap (GstBeatDetect *self, GstEvent *event)
{
  BeatProperties properties = copy_properties (self);
  GstClockTime start, duration;

  gst_event_parse_gap (event, &start, &duration);
  if (song_listener_has_format (self->listener))
    song_listener_hear_gap (self->listener, &properties,
        &GST_BASE_TRANSFORM (self)->segment, start, duration);
  release (self, song_listener_heard (self->listener));
}

/* All was heard: the next sound is another song. */
static void
finish (GstBeatDetect *self)
{
  BeatProperties properties = copy_properties (self);
  g_autoptr (GstMontageBeatGrid) grid = NULL;

  song_listener_end (self->listener, &properties);
  release (self, GST_CLOCK_TIME_NONE);
  grid = song_listener_finish (self->listener);
  if (grid)
    publish (self, grid);
  renew (self);
}

static gboolean
gst_beat_detect_sink_event (GstBaseTransform *transform, GstEvent *event)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      drain (self);
      renew (self);
      break;
    case GST_EVENT_FLUSH_STOP:
      renew (self);
      break;
    case GST_EVENT_CAPS:
    case GST_EVENT_SEGMENT:
      drain (self);
      break;
    case GST_EVENT_GAP:
      hear_gap (self, event);
      break;
    case GST_EVENT_EOS:
      finish (self);
      break;
    default:
      break;
  }
  /* A gap stands for sound, the others go with what is before them. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_GAP ? hold_until (self) > 0
                                              : GST_EVENT_IS_SERIALIZED (event)
              && !hold_back_is_empty (self->held)) {
    hold_back_push (self->held, GST_MINI_OBJECT (event), hold_until (self));
    return TRUE;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
      ->sink_event (transform, event);
}

static gboolean
gst_beat_detect_query (GstBaseTransform *transform, GstPadDirection direction,
    GstQuery *query)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);
  GstClockTime least, most, held;
  gboolean live;

  if (!GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
           ->query (transform, direction, query))
    return FALSE;
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY || direction != GST_PAD_SRC)
    return TRUE;
  GST_OBJECT_LOCK (self);
  held = self->lookahead > 0 ? self->lookahead + self->longest_buffer : 0;
  GST_OBJECT_UNLOCK (self);
  gst_query_parse_latency (query, &live, &least, &most);
  gst_query_set_latency (query, live, least + held,
      GST_CLOCK_TIME_IS_VALID (most) ? most + held : GST_CLOCK_TIME_NONE);
  return TRUE;
}

static gboolean
gst_beat_detect_start (GstBaseTransform *transform)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);

  GST_OBJECT_LOCK (self);
  self->lookahead = self->properties.lookahead;
  self->longest_buffer = 0;
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

static gboolean
gst_beat_detect_stop (GstBaseTransform *transform)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);

  hold_back_clear (self->held);
  song_listener_clear (self->listener);
  return TRUE;
}

static void
gst_beat_detect_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = beat_properties_set (&self->properties, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_beat_detect_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = beat_properties_get (&self->properties, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_beat_detect_finalize (GObject *object)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);

  g_clear_pointer (&self->held, hold_back_free);
  g_clear_pointer (&self->listener, song_listener_free);
  G_OBJECT_CLASS (gst_beat_detect_parent_class)->finalize (object);
}

static void
gst_beat_detect_class_init (GstBeatDetectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstAudioFilterClass *filter_class = GST_AUDIO_FILTER_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string (BEAT_DETECT_CAPS);

  GST_DEBUG_CATEGORY_INIT (beatdetect_debug, "beatdetect", 0, "beats of music");

  object_class->set_property = gst_beat_detect_set_property;
  object_class->get_property = gst_beat_detect_get_property;
  object_class->finalize = gst_beat_detect_finalize;
  filter_class->setup = gst_beat_detect_setup;
  transform_class->submit_input_buffer = gst_beat_detect_submit_input_buffer;
  transform_class->generate_output = gst_beat_detect_generate_output;
  transform_class->sink_event = gst_beat_detect_sink_event;
  transform_class->query = gst_beat_detect_query;
  transform_class->start = gst_beat_detect_start;
  transform_class->stop = gst_beat_detect_stop;

  beat_properties_install (object_class);

  gst_element_class_set_static_metadata (element_class, "Beat detector",
      "Filter/Analyzer/Audio",
      "Finds beats, tempo, energy and sections of music",
      "The gst-montage developers");
  gst_element_class_add_static_metadata (element_class,
      "montage-analysis-version", ANALYSIS_VERSION);
  gst_audio_filter_class_add_pad_templates (filter_class, caps);
}

static void
gst_beat_detect_init (GstBeatDetect *self)
{
  beat_properties_init (&self->properties);
  self->held = hold_back_new ();
  self->listener = song_listener_new (tell_live_beat, self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_gap_aware (GST_BASE_TRANSFORM (self), TRUE);
}
