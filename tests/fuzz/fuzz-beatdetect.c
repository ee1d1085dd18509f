/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

#include <gst/audio/audio.h>
#include <math.h>

#include "element.h"

/* Sound in all; more only takes time. */
#define MOST_SOUND (20 * GST_SECOND)
#define MOST_BYTES (1 << 24)

typedef struct
{
  ElementRun run; /* first */
  GstAudioInfo info;
  GstClockTime left; /* of MOST_SOUND */
} Run;

static void
set_caps (ElementRun *run)
{
  Run *self = (Run *) run;
  static const gint rates[] = {44100, 48000, 8000, 1000, 22050, 96000, 192000,
      768000};
  guint n_formats;
  const GstAudioFormat *formats = gst_audio_formats_raw (&n_formats);
  GstAudioFormat format = formats[bytes_below (&self->run.input, n_formats)];
  gint rate = rates[bytes_below (&self->run.input, G_N_ELEMENTS (rates))];
  gint channels = 1 + (gint) bytes_below (&self->run.input, 9);
  GstAudioChannelPosition none[64];
  g_autoptr (GstCaps) caps = NULL;

  if (channels == 9)
    channels = 64;
  for (gint c = 0; c < channels; c++)
    none[c] = GST_AUDIO_CHANNEL_POSITION_NONE;
  gst_audio_info_set_format (&self->info, format, rate, channels,
      channels > 2 ? none : NULL);
  if (bytes_take (&self->run.input) & 1)
    self->info.layout = GST_AUDIO_LAYOUT_NON_INTERLEAVED;
  caps = gst_audio_info_to_caps (&self->info);
  element_push_event (&self->run, gst_event_new_caps (caps));
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
  guint flaws = bytes_take (&self->run.input);
  Sound sound = bytes_sound (&self->run.input,
      (guint) GST_AUDIO_INFO_RATE (&self->info));
  GstBuffer *buffer;

  if (flaws & 1 && flaws & 2)
    size += bytes_take (&self->run.input) % 16;
  buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_memset (buffer, 0, 0, size);
  fill (self, buffer, &sound);
  if (flaws & 4)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  if (flaws & 8)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_GAP);
  if (flaws & 16)
    self->run.next = element_take_time (&self->run);
  GST_BUFFER_PTS (buffer) = self->run.next;
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
  n_frames = (guint) MIN (most, bytes_take_16 (&self->run.input));
  if (bytes_take (&self->run.input) & 1)
    n_frames = (guint) MIN (most, n_frames * 16);
  duration = gst_util_uint64_scale (n_frames, GST_SECOND, rate);
  gst_harness_push (self->run.harness, take_buffer (self, n_frames));
  self->left -= duration;
  if (GST_CLOCK_TIME_IS_VALID (self->run.next))
    self->run.next += duration;
}

static void
step (ElementRun *run)
{
  Run *self = (Run *) run;
  guint choice = bytes_below (&run->input, 12);

  if (choice == 0)
    set_caps (run);
  else if (choice < 5)
    element_act (run, (ElementAct) (choice - 1));
  else if (choice == 5)
    gst_harness_query_latency (run->harness);
  else if (choice == 6)
    element_act (run, ELEMENT_RESTART);
  else
    push_sound (self);
}

static void
check (GstMessage *message)
{
  g_autoptr (GstMontageBeatGrid) found = NULL;
  g_autoptr (GError) error = NULL;

  if (gst_montage_message_parse_beats (message, &found, &error))
    check_grid (found);
  g_assert_no_error (error);
}

static const ElementTarget target = {"beatdetect", set_caps, step, check};

/* Buffers, formats, events, properties and states in any order. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Run self = {.left = MOST_SOUND};

  element_run (&self.run, &target, data, size);
  return 0;
}
