/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "monofeed.h"

/* Frames that are converted at a time. */
#define BLOCK 1024

struct _MonoFeed
{
  GstAudioInfo info;
  GstAudioConverter *resampler; /* NULL where the rate is right already */
  gboolean is_float;
  gpointer samples; /* BLOCK of each channel, as the format is unpacked to */
  gfloat mono[BLOCK];
  gfloat *resampled;
  gsize resampled_size;
  MonoFeedFunc func;
  gpointer data;
};

MonoFeed *
mono_feed_new (const GstAudioInfo *info, gint rate, MonoFeedFunc func,
    gpointer data)
{
  g_autoptr (MonoFeed) self = g_new0 (MonoFeed, 1);
  GstAudioInfo mono, target;

  self->info = *info;
  self->func = func;
  self->data = data;
  self->is_float = GST_AUDIO_INFO_IS_FLOAT (info);
  /* 64 channels, which GstAudioConverter 1.22 does not take. */
  self->samples = g_new (gdouble,
      BLOCK * (gsize) GST_AUDIO_INFO_CHANNELS (info));
  if (GST_AUDIO_INFO_RATE (info) != rate) {
    gst_audio_info_set_format (&mono, GST_AUDIO_FORMAT_F32,
        GST_AUDIO_INFO_RATE (info), 1, NULL);
    gst_audio_info_set_format (&target, GST_AUDIO_FORMAT_F32, rate, 1, NULL);
    self->resampler = gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE,
        &mono, &target, NULL);
    if (!self->resampler)
      return NULL;
  }
  return g_steal_pointer (&self);
}

void
mono_feed_free (MonoFeed *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->resampler, gst_audio_converter_free);
  g_free (self->samples);
  g_free (self->resampled);
  g_free (self);
}

/* @samples NULL is silence. */
static void
resample (MonoFeed *self, gfloat *samples, gsize n)
{
  gpointer in[] = {samples};
  gpointer out[1];
  gsize n_out = gst_audio_converter_get_out_frames (self->resampler, n);

  if (n_out > self->resampled_size) {
    self->resampled_size = n_out;
    self->resampled = g_renew (gfloat, self->resampled, n_out);
  }
  out[0] = self->resampled;
  if (gst_audio_converter_samples (self->resampler,
          GST_AUDIO_CONVERTER_FLAG_NONE, samples ? in : NULL, n, out, n_out)
      && n_out > 0)
    self->func (self->resampled, n_out, self->data);
}

static void
push_mono (MonoFeed *self, gsize n)
{
  if (self->resampler)
    resample (self, self->mono, n);
  else
    self->func (self->mono, n, self->data);
}

/* Fills samples with @n frames of @buffer: one channel after the other where
 * the sound is so, else frame by frame. */
static void
unpack (MonoFeed *self, const GstAudioBuffer *buffer, gsize from, gsize n)
{
  const GstAudioFormatInfo *format = self->info.finfo;
  gsize per_plane = (gsize) GST_AUDIO_INFO_CHANNELS (&self->info)
      / (gsize) buffer->n_planes;
  gsize step = per_plane * (gsize) GST_AUDIO_FORMAT_INFO_WIDTH (format) / 8;
  gsize unpacked = self->is_float ? sizeof (gdouble) : sizeof (gint32);

  for (gint p = 0; p < buffer->n_planes; p++)
    format->unpack_func (format, GST_AUDIO_PACK_FLAG_NONE,
        (guint8 *) self->samples + (gsize) p * n * unpacked,
        (guint8 *) buffer->planes[p] + from * step, (gint) (n * per_plane));
}

static gfloat
sample (const MonoFeed *self, gsize at)
{
  if (self->is_float)
    return (gfloat) ((const gdouble *) self->samples)[at];
  return (gfloat) (((const gint32 *) self->samples)[at] / 2147483648.0);
}

void
mono_feed_push (MonoFeed *self, const GstAudioBuffer *buffer, gsize from,
    gsize n)
{
  gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (&self->info);

  while (n > 0) {
    gsize count = MIN (n, (gsize) BLOCK);
    gsize next_frame = buffer->n_planes > 1 ? 1 : channels;
    gsize next_channel = buffer->n_planes > 1 ? count : 1;

    unpack (self, buffer, from, count);
    for (gsize i = 0; i < count; i++) {
      gfloat sum = 0.0f;

      for (gsize c = 0; c < channels; c++)
        sum += sample (self, i * next_frame + c * next_channel);
      self->mono[i] = sum / (gfloat) channels;
    }
    push_mono (self, count);
    from += count;
    n -= count;
  }
}

void
mono_feed_push_silence (MonoFeed *self, guint64 n)
{
  while (n > 0) {
    gsize count = (gsize) MIN (n, (guint64) BLOCK);

    for (gsize i = 0; i < count; i++)
      self->mono[i] = 0.0f;
    push_mono (self, count);
    n -= count;
  }
}

void
mono_feed_drain (MonoFeed *self)
{
  if (self->resampler)
    resample (self, NULL,
        gst_audio_converter_get_max_latency (self->resampler));
}
