/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * SECTION:element-beatdetect
 * @title: beatdetect
 *
 * Hears the beats, bars, energy and parts of music. The sound passes through
 * unchanged, in any format and at any rate.
 *
 * While it plays, and unless #GstBeatDetect:message is off, each beat is posted
 * as an element message named `GstMontageBeat`, foretold from the last 8
 * seconds:
 *
 * - #guint64 `timestamp`, `stream-time`, `running-time`: the beat, ns
 * - #guint64 `duration`: to the next beat, ns
 * - #guint `position`: in the bar, 1 is the downbeat, 0 is unknown
 * - #gdouble `strength`: of the onsets at the beats lately, 0..1
 * - #gdouble `tempo`: BPM
 *
 * At the end of the stream the whole song is looked at again, and what is found
 * is sent downstream as a custom event, before the EOS, and posted as an
 * element message, both named `GstMontageBeats`:
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
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstbeatdetect.h"

#include <gst/montage/events.h>

#include "beatanalyzer.h"
#include "monofeed.h"

GST_DEBUG_CATEGORY_STATIC (beatdetect_debug);
#define GST_CAT_DEFAULT beatdetect_debug

enum
{
  PROP_0,
  PROP_TEMPO_MIN,
  PROP_TEMPO_MAX,
  PROP_MESSAGE,
};

/* People tap along at 40 to 215 beats per minute. */
/* Grows whenever the same media gives another document: stored ones with an
 * older version are made again. */
#define ANALYSIS_VERSION "1"

#define DEFAULT_TEMPO_MIN 40.0
#define DEFAULT_TEMPO_MAX 215.0
#define DEFAULT_MESSAGE TRUE

/* Time stamps that are off by less are taken for rounding. */
#define TIME_TOLERANCE (20 * GST_MSECOND)
/* A jump over more than this is no pause in a song. */
#define LONGEST_GAP (G_GUINT64_CONSTANT (3600) * GST_SECOND)

#define BEAT_DETECT_CAPS                                                       \
  "audio/x-raw, format = (string) " GST_AUDIO_FORMATS_ALL                      \
  ", rate = (int) [ 1000, 768000 ], channels = (int) [ 1, 64 ]"                \
  ", layout = (string) { interleaved, non-interleaved }"

struct _GstBeatDetect
{
  GstAudioFilter parent;

  /* Properties, under the object lock. */
  gdouble tempo_min;
  gdouble tempo_max;
  gboolean message;

  /* Of the streaming thread. */
  BeatAnalyzer *analyzer; /* NULL before the first sound */
  MonoFeed *feed;
  gint rate;
  GstClockTime origin; /* stream time of the first sound */
  GstClockTime next;   /* stream time behind what was heard */
  gboolean resync;     /* time stamps count to the frame */
  gboolean live;       /* the property, copied for a buffer */
};

G_DEFINE_TYPE (GstBeatDetect, gst_beat_detect, GST_TYPE_AUDIO_FILTER)
GST_ELEMENT_REGISTER_DEFINE (beatdetect, "beatdetect", GST_RANK_NONE,
    GST_TYPE_BEAT_DETECT)

static void
post_live_beats (GstBeatDetect *self)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  GstMontageBeat beat;
  gdouble tempo;

  while (beat_analyzer_next_live (self->analyzer, &beat, &tempo)) {
    beat.time = gst_segment_position_from_stream_time (segment, GST_FORMAT_TIME,
        self->origin + beat.time);
    if (!GST_CLOCK_TIME_IS_VALID (beat.time))
      continue;
    gst_element_post_message (GST_ELEMENT (self),
        gst_montage_message_new_beat (GST_OBJECT (self), segment, &beat,
            tempo));
  }
}

static void
on_mono (const gfloat *samples, gsize n, gpointer data)
{
  GstBeatDetect *self = data;

  beat_analyzer_push (self->analyzer, samples, n);
  if (self->live)
    post_live_beats (self);
}

static void
reset (GstBeatDetect *self)
{
  g_clear_pointer (&self->analyzer, beat_analyzer_free);
  self->origin = 0;
  self->next = 0;
  self->resync = FALSE;
}

static void
begin (GstBeatDetect *self, GstClockTime origin)
{
  BeatSettings settings = BEAT_SETTINGS_INIT;

  GST_OBJECT_LOCK (self);
  settings.tempo_min = self->tempo_min;
  settings.tempo_max = self->tempo_max;
  GST_OBJECT_UNLOCK (self);
  self->analyzer = beat_analyzer_new (&settings);
  self->origin = origin;
  self->next = origin;
  GST_INFO_OBJECT (self, "first sound at %" GST_TIME_FORMAT,
      GST_TIME_ARGS (origin));
}

static guint64
to_frames (const GstBeatDetect *self, GstClockTime duration)
{
  return gst_util_uint64_scale_round (duration, self->rate, GST_SECOND);
}

static void
advance (GstBeatDetect *self, guint64 frames)
{
  self->next += gst_util_uint64_scale_round (frames, GST_SECOND, self->rate);
}

/* Silence up to stream time @time, if that is later than what was heard. */
static void
fill_gap (GstBeatDetect *self, GstClockTime time)
{
  GstClockTime gap = time > self->next ? time - self->next : 0;

  if (gap <= (self->resync ? 0 : TIME_TOLERANCE))
    return;
  if (gap > LONGEST_GAP) {
    GST_WARNING_OBJECT (self, "ignoring a jump by %" GST_TIME_FORMAT,
        GST_TIME_ARGS (gap));
    return;
  }
  GST_DEBUG_OBJECT (self, "silence of %" GST_TIME_FORMAT, GST_TIME_ARGS (gap));
  mono_feed_push_silence (self->feed, to_frames (self, gap));
  self->next = time;
}

/* Moves what was found from the first sound on to stream time. */
static void
shift_grid (GstMontageBeatGrid *grid, GstClockTime origin)
{
  guint64 silent = gst_util_uint64_scale_round (1, MIN (origin, LONGEST_GAP),
      grid->envelope_interval);

  grid->duration += origin;
  for (guint i = 0; i < grid->beats->len; i++)
    g_array_index (grid->beats, GstMontageBeat, i).time += origin;
  for (guint i = 0; i < grid->sections->len; i++) {
    GstMontageSection *section = &g_array_index (grid->sections,
        GstMontageSection, i);

    section->start += i > 0 ? origin : 0;
    section->end += origin;
  }
  for (guint64 i = 0; i < silent; i++) {
    gdouble zero = 0.0;
    g_array_prepend_val (grid->envelope, zero);
  }
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

/* Sends all that was heard since the last reset, and starts afresh. */
static void
publish (GstBeatDetect *self)
{
  g_autoptr (GstMontageBeatGrid) grid = NULL;
  GstEvent *event;

  self->live = FALSE;
  if (!self->analyzer)
    begin (self, 0);
  if (self->feed)
    mono_feed_drain (self->feed);
  grid = beat_analyzer_finish (self->analyzer);
  shift_grid (grid, self->origin);
  grid->uri = query_uri (self);
  GST_INFO_OBJECT (self, "%u beats, %.2f BPM, confidence %.2f",
      grid->beats->len, grid->tempo, grid->confidence);

  event = gst_montage_event_new_beats (grid);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));
  gst_pad_push_event (GST_BASE_TRANSFORM_SRC_PAD (self), event);
  reset (self);
}

/* A resampler that was drained or flushed does not go on. */
static gboolean
renew_feed (GstBeatDetect *self, const GstAudioInfo *info)
{
  g_clear_pointer (&self->feed, mono_feed_free);
  self->rate = GST_AUDIO_INFO_RATE (info);
  self->feed = mono_feed_new (info, BEAT_ANALYZER_RATE, on_mono, self);
  return self->feed != NULL;
}

static gboolean
gst_beat_detect_setup (GstAudioFilter *filter, const GstAudioInfo *info)
{
  GstBeatDetect *self = GST_BEAT_DETECT (filter);

  if (self->feed && self->analyzer)
    mono_feed_drain (self->feed);
  if (renew_feed (self, info))
    return TRUE;
  GST_ERROR_OBJECT (self, "cannot convert this sound to mono floats");
  return FALSE;
}

/* Stream time of @buffer and the frames [from, from + n) of it that lie in the
 * segment and were not heard yet. FALSE where there are none. */
static gboolean
new_frames (GstBeatDetect *self, GstBuffer *buffer, gsize *from, gsize *n)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  GstClockTime pts = GST_BUFFER_PTS (buffer), start, stop, time;

  *from = 0;
  if (GST_BUFFER_IS_DISCONT (buffer))
    self->resync = TRUE;
  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts))
    return TRUE;
  if (segment->rate < 0.0
      || !gst_segment_clip (segment, GST_FORMAT_TIME, pts,
          pts + gst_util_uint64_scale (*n, GST_SECOND, self->rate), &start,
          &stop))
    return FALSE;
  *from = MIN (*n, to_frames (self, start - pts));
  *n = MIN (*n, to_frames (self, stop - pts)) - *from;
  time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, start);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return FALSE;
  if (!self->analyzer)
    begin (self, time);
  fill_gap (self, time);
  if (time + (self->resync ? 0 : TIME_TOLERANCE) < self->next) {
    gsize heard = (gsize) MIN (*n, to_frames (self, self->next - time));

    GST_DEBUG_OBJECT (self, "skipping %" G_GSIZE_FORMAT " frames", heard);
    *from += heard;
    *n -= heard;
    self->resync = TRUE;
  }
  return *n > 0;
}

static GstFlowReturn
gst_beat_detect_transform_ip (GstBaseTransform *transform, GstBuffer *buffer)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);
  const GstAudioInfo *info = GST_AUDIO_FILTER_INFO (transform);
  GstAudioBuffer audio;
  gsize from, n;

  GST_OBJECT_LOCK (self);
  self->live = self->message;
  GST_OBJECT_UNLOCK (self);

  if (gst_buffer_get_size (buffer) == 0)
    return GST_FLOW_OK;
  if ((GST_AUDIO_INFO_LAYOUT (info) == GST_AUDIO_LAYOUT_NON_INTERLEAVED
          && !gst_buffer_get_audio_meta (buffer))
      || !gst_audio_buffer_map (&audio, info, buffer, GST_MAP_READ)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("The sound is damaged: a buffer does not hold what its format says."),
        ("%" GST_PTR_FORMAT, buffer));
    return GST_FLOW_ERROR;
  }
  n = audio.n_samples;
  if (n > 0 && new_frames (self, buffer, &from, &n)) {
    if (!self->analyzer)
      begin (self, 0);
    mono_feed_push (self->feed, &audio, from, n);
    advance (self, n);
    self->resync = FALSE;
  }
  gst_audio_buffer_unmap (&audio);
  return GST_FLOW_OK;
}

static void
handle_gap (GstBeatDetect *self, GstEvent *event)
{
  const GstSegment *segment = &GST_BASE_TRANSFORM (self)->segment;
  GstClockTime start, duration, time;

  gst_event_parse_gap (event, &start, &duration);
  if (!self->feed || segment->format != GST_FORMAT_TIME || segment->rate < 0.0
      || !GST_CLOCK_TIME_IS_VALID (duration))
    return;
  time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, start);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  if (!self->analyzer)
    begin (self, time);
  GST_OBJECT_LOCK (self);
  self->live = self->message;
  GST_OBJECT_UNLOCK (self);
  fill_gap (self, time + duration);
}

static gboolean
gst_beat_detect_sink_event (GstBaseTransform *transform, GstEvent *event)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
    case GST_EVENT_FLUSH_STOP:
      reset (self);
      if (self->feed && !renew_feed (self, GST_AUDIO_FILTER_INFO (transform)))
        GST_WARNING_OBJECT (self, "no converter after the flush");
      break;
    case GST_EVENT_GAP:
      handle_gap (self, event);
      break;
    case GST_EVENT_EOS:
      publish (self);
      if (self->feed)
        renew_feed (self, GST_AUDIO_FILTER_INFO (transform));
      break;
    default:
      break;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_beat_detect_parent_class)
      ->sink_event (transform, event);
}

static gboolean
gst_beat_detect_stop (GstBaseTransform *transform)
{
  GstBeatDetect *self = GST_BEAT_DETECT (transform);

  reset (self);
  g_clear_pointer (&self->feed, mono_feed_free);
  return TRUE;
}

static void
gst_beat_detect_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_TEMPO_MIN:
      self->tempo_min = g_value_get_double (value);
      break;
    case PROP_TEMPO_MAX:
      self->tempo_max = g_value_get_double (value);
      break;
    case PROP_MESSAGE:
      self->message = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_beat_detect_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_TEMPO_MIN:
      g_value_set_double (value, self->tempo_min);
      break;
    case PROP_TEMPO_MAX:
      g_value_set_double (value, self->tempo_max);
      break;
    case PROP_MESSAGE:
      g_value_set_boolean (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_beat_detect_finalize (GObject *object)
{
  GstBeatDetect *self = GST_BEAT_DETECT (object);

  reset (self);
  g_clear_pointer (&self->feed, mono_feed_free);
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
  transform_class->transform_ip = gst_beat_detect_transform_ip;
  transform_class->transform_ip_on_passthrough = TRUE;
  transform_class->sink_event = gst_beat_detect_sink_event;
  transform_class->stop = gst_beat_detect_stop;

  g_object_class_install_property (object_class, PROP_TEMPO_MIN,
      g_param_spec_double ("tempo-min", "Lowest tempo",
          "The lowest tempo that is searched for, in beats per minute. Read "
          "when a stream begins.",
          30.0, 300.0, DEFAULT_TEMPO_MIN,
          G_PARAM_READWRITE | GST_PARAM_MUTABLE_READY
              | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_TEMPO_MAX,
      g_param_spec_double ("tempo-max", "Highest tempo",
          "The highest tempo that is searched for, in beats per minute; below "
          "tempo-min it counts as tempo-min. Read when a stream begins.",
          30.0, 300.0, DEFAULT_TEMPO_MAX,
          G_PARAM_READWRITE | GST_PARAM_MUTABLE_READY
              | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_MESSAGE,
      g_param_spec_boolean ("message", "Live messages",
          "Whether to post a message for each beat while it plays. The whole "
          "song's beats are sent at its end in any case.",
          DEFAULT_MESSAGE,
          G_PARAM_READWRITE | GST_PARAM_MUTABLE_PLAYING
              | G_PARAM_STATIC_STRINGS));

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
  self->tempo_min = DEFAULT_TEMPO_MIN;
  self->tempo_max = DEFAULT_TEMPO_MAX;
  self->message = DEFAULT_MESSAGE;
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_gap_aware (GST_BASE_TRANSFORM (self), TRUE);
}
