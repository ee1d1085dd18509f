/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

#include <gst/audio/audio.h>
#include <gst/check/gstharness.h>
#include <math.h>

#include "bytes.h"

/* Steps of one input, and sound in all; more only takes time. */
#define MOST_STEPS 64
#define MOST_SOUND (20 * GST_SECOND)
#define MOST_BYTES (1 << 24)

typedef struct
{
  Bytes input;
  GstHarness *harness;
  GstBus *bus;
  GstAudioInfo info;
  GstClockTime next; /* time stamp behind the last buffer */
  GstClockTime left; /* of MOST_SOUND */
} Run;

static GstClockTime
take_time (Run *self)
{
  static const GstClockTime times[] = {0, 1, GST_MSECOND, 19 * GST_MSECOND,
      GST_SECOND, 2 * GST_SECOND, 5 * GST_SECOND, 3700 * GST_SECOND,
      G_MAXINT64 - 1, G_MAXUINT64 - 1, GST_CLOCK_TIME_NONE};

  if (bytes_take (&self->input) & 1)
    return times[bytes_below (&self->input, G_N_ELEMENTS (times))];
  return bytes_take_16 (&self->input) * GST_MSECOND / 16;
}

static void
push_event (Run *self, GstEvent *event)
{
  gst_pad_push_event (self->harness->srcpad, event);
}

static void
set_caps (Run *self)
{
  static const gint rates[] = {44100, 48000, 8000, 1000, 22050, 96000, 192000,
      768000};
  guint n_formats;
  const GstAudioFormat *formats = gst_audio_formats_raw (&n_formats);
  GstAudioFormat format = formats[bytes_below (&self->input, n_formats)];
  gint rate = rates[bytes_below (&self->input, G_N_ELEMENTS (rates))];
  gint channels = 1 + (gint) bytes_below (&self->input, 9);
  GstAudioChannelPosition none[64];
  g_autoptr (GstCaps) caps = NULL;

  if (channels == 9)
    channels = 64;
  for (gint c = 0; c < channels; c++)
    none[c] = GST_AUDIO_CHANNEL_POSITION_NONE;
  gst_audio_info_set_format (&self->info, format, rate, channels,
      channels > 2 ? none : NULL);
  if (bytes_take (&self->input) & 1)
    self->info.layout = GST_AUDIO_LAYOUT_NON_INTERLEAVED;
  caps = gst_audio_info_to_caps (&self->info);
  push_event (self, gst_event_new_caps (caps));
}

/* Floats become loud integers, whatever the format takes them for. */
static void
fill (Run *self, GstBuffer *buffer, const Sound *sound)
{
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  gsize size = GST_AUDIO_FORMAT_INFO_WIDTH (self->info.finfo) / 8;
  gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (&self->info);
  gboolean is_float = GST_AUDIO_FORMAT_INFO_IS_FLOAT (self->info.finfo);

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i + size <= map.size; i += size) {
    gfloat value = sound_sample (sound, i / size / channels);
    gdouble wide = value;
    gint32 whole = (gint32) (CLAMP (isnan (value) ? 0.0f : value, -0.9f, 0.9f)
        * 0x1p31f);

    if (is_float && size == 8)
      memcpy (map.data + i, &wide, size);
    else if (is_float)
      memcpy (map.data + i, &value, size);
    else
      memcpy (map.data + i, (guint8 *) &whole + 4 - size, size);
  }
}

static GstBuffer *
take_buffer (Run *self, guint n_frames)
{
  gsize size = n_frames * (gsize) GST_AUDIO_INFO_BPF (&self->info);
  guint flaws = bytes_take (&self->input);
  Sound sound = bytes_sound (&self->input,
      (guint) GST_AUDIO_INFO_RATE (&self->info));
  GstBuffer *buffer;

  if (flaws & 1 && flaws & 2)
    size += bytes_take (&self->input) % 16;
  buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_memset (buffer, 0, 0, size);
  fill (self, buffer, &sound);
  if (flaws & 4)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  if (flaws & 8)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_GAP);
  if (flaws & 16)
    self->next = take_time (self);
  GST_BUFFER_PTS (buffer) = self->next;
  if (!(flaws & 32))
    GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n_frames, GST_SECOND,
        (guint64) GST_AUDIO_INFO_RATE (&self->info));
  if (GST_AUDIO_INFO_LAYOUT (&self->info) == GST_AUDIO_LAYOUT_NON_INTERLEAVED
      && !(flaws & 64) && n_frames > 0
      && size == n_frames * (gsize) GST_AUDIO_INFO_BPF (&self->info))
    gst_buffer_add_audio_meta (buffer, &self->info, n_frames, NULL);
  return buffer;
}

static void
push_sound (Run *self)
{
  guint64 rate, most;
  guint n_frames;
  GstClockTime duration;

  if (!GST_AUDIO_INFO_IS_VALID (&self->info))
    return;
  rate = (guint64) GST_AUDIO_INFO_RATE (&self->info);
  most = MIN (gst_util_uint64_scale (self->left, rate, GST_SECOND),
      (guint64) MOST_BYTES / (guint64) GST_AUDIO_INFO_BPF (&self->info));
  n_frames = (guint) MIN (most, bytes_take_16 (&self->input));
  if (bytes_take (&self->input) & 1)
    n_frames = (guint) MIN (most, n_frames * 16);
  duration = gst_util_uint64_scale (n_frames, GST_SECOND, rate);
  gst_harness_push (self->harness, take_buffer (self, n_frames));
  self->left -= duration;
  if (GST_CLOCK_TIME_IS_VALID (self->next))
    self->next += duration;
}

static void
push_segment (Run *self)
{
  static const gdouble rates[] = {1.0, 1.0, 1.0, -1.0, 2.0, 0.5};
  GstSegment segment;

  gst_segment_init (&segment,
      bytes_below (&self->input, 8) ? GST_FORMAT_TIME : GST_FORMAT_BYTES);
  segment.rate = rates[bytes_below (&self->input, G_N_ELEMENTS (rates))];
  segment.applied_rate = bytes_below (&self->input, 8) ? 1.0 : -1.0;
  segment.start = take_time (self);
  segment.stop = take_time (self);
  segment.time = take_time (self);
  segment.base = take_time (self);
  if (!GST_CLOCK_TIME_IS_VALID (segment.start))
    segment.start = 0;
  if (segment.stop < segment.start)
    segment.stop = GST_CLOCK_TIME_NONE;
  if (segment.rate < 0.0 && !GST_CLOCK_TIME_IS_VALID (segment.stop))
    segment.rate = 1.0;
  segment.position = segment.start;
  self->next = segment.start;
  push_event (self, gst_event_new_segment (&segment));
}

/* A pause may last seconds, or be absurd: hours are only slow. */
static void
push_gap (Run *self)
{
  GstClockTime start = take_time (self), duration = take_time (self);

  if (bytes_take (&self->input) & 1)
    start = self->next;
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return;
  push_event (self, gst_event_new_gap (start, duration));
  if (GST_CLOCK_TIME_IS_VALID (duration) && duration < GST_SECOND * 60)
    self->next = start + duration;
}

static void
push_other_event (Run *self)
{
  switch (bytes_below (&self->input, 6)) {
    case 0:
      push_event (self, gst_event_new_flush_start ());
      push_event (self, gst_event_new_flush_stop (TRUE));
      break;
    case 1:
      push_event (self, gst_event_new_flush_stop (FALSE));
      break;
    case 2:
      push_event (self, gst_event_new_eos ());
      break;
    case 3:
      push_event (self, gst_event_new_stream_start ("fuzz"));
      break;
    case 4:
      push_event (self,
          gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
              gst_structure_new_empty ("GstMontageNonsense")));
      break;
    default:
      gst_harness_push_upstream_event (self->harness,
          gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
              GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE, -1));
      break;
  }
}

/* A number of the type and range of @spec. */
static void
take_value (Run *self, GParamSpec *spec, GValue *value)
{
  guint number = bytes_take_16 (&self->input);

  g_value_init (value, spec->value_type);
  if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    g_value_set_boolean (value, number & 1);
  else if (G_IS_PARAM_SPEC_UINT (spec))
    g_value_set_uint (value, number);
  else if (G_IS_PARAM_SPEC_INT (spec))
    g_value_set_int (value, (gint) number - 32768);
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    g_value_set_double (value, number / 128.0);
  else if (G_IS_PARAM_SPEC_INT64 (spec))
    g_value_set_int64 (value, ((gint64) number - 32768) * GST_MSECOND / 8);
  else if (G_IS_PARAM_SPEC_UINT64 (spec))
    g_value_set_uint64 (value, number * GST_MSECOND / 8);
  else
    g_param_value_set_default (spec, value);
  g_param_value_validate (spec, value);
}

/* Whatever properties there are, but those of every GstObject. */
static void
set_property (Run *self)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (self->harness->element);
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (klass, &n);
  GParamSpec *spec = specs[bytes_below (&self->input, n)];
  g_auto (GValue) value = G_VALUE_INIT;

  if (!(spec->flags & G_PARAM_WRITABLE) || spec->owner_type == GST_TYPE_OBJECT)
    return;
  take_value (self, spec, &value);
  g_object_set_property (G_OBJECT (self->harness->element), spec->name, &value);
}

static void
restart (Run *self)
{
  gst_element_set_state (self->harness->element,
      bytes_take (&self->input) & 1 ? GST_STATE_READY : GST_STATE_NULL);
  gst_element_set_state (self->harness->element, GST_STATE_PLAYING);
}

static void
step (Run *self)
{
  switch (bytes_below (&self->input, 12)) {
    case 0:
      set_caps (self);
      break;
    case 1:
      push_segment (self);
      break;
    case 2:
      push_gap (self);
      break;
    case 3:
      push_other_event (self);
      break;
    case 4:
      set_property (self);
      break;
    case 5:
      gst_harness_query_latency (self->harness);
      break;
    case 6:
      if (bytes_below (&self->input, 4) == 0)
        restart (self);
      break;
    default:
      push_sound (self);
      break;
  }
}

/* Forgets what came out, and looks at what was found. */
static void
take_output (Run *self)
{
  GstMessage *message;
  GstEvent *event;
  GstBuffer *buffer;

  while ((buffer = gst_harness_try_pull (self->harness)))
    gst_buffer_unref (buffer);
  while ((event = gst_harness_try_pull_event (self->harness)))
    gst_event_unref (event);
  while ((event = gst_harness_try_pull_upstream_event (self->harness)))
    gst_event_unref (event);
  while ((message = gst_bus_pop (self->bus))) {
    g_autoptr (GstMontageBeatGrid) grid = NULL;
    g_autoptr (GError) error = NULL;

    if (gst_montage_message_parse_beats (message, &grid, &error))
      check_grid (grid);
    g_assert_no_error (error);
    gst_message_unref (message);
  }
}

static void
ignore (const gchar *domain, GLogLevelFlags level, const gchar *message,
    gpointer data)
{
}

/* Buffers, formats, events, properties and states in any order. Core itself
 * warns about some orders; only criticals and crashes count. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Run run = {.input = {data, size}, .left = MOST_SOUND};

  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_log_set_handler ("GStreamer", G_LOG_LEVEL_WARNING, ignore, NULL);
  run.harness = gst_harness_new ("beatdetect");
  run.bus = gst_bus_new ();
  gst_element_set_bus (run.harness->element, run.bus);
  push_event (&run, gst_event_new_stream_start ("fuzz"));
  set_caps (&run);
  push_segment (&run);
  for (guint n = 0; n < MOST_STEPS && run.input.left > 0; n++) {
    step (&run);
    take_output (&run);
  }
  push_event (&run, gst_event_new_eos ());
  take_output (&run);
  gst_element_set_bus (run.harness->element, NULL);
  gst_object_unref (run.bus);
  gst_harness_teardown (run.harness);
  return 0;
}
