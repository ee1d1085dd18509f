/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "monofeed.h"

/* Frames that are converted at a time. */
#define BLOCK 1024

struct _MonoFeed
{
  GstAudioInfo info;
  GstAudioConverter *to_float;  /* NULL where it is interleaved float already */
  GstAudioConverter *resampler; /* NULL where the rate is right already */
  gfloat *frames;               /* BLOCK frames of all channels */
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
  GstAudioInfo floats, mono, target;

  self->info = *info;
  self->func = func;
  self->data = data;
  self->frames = g_new (gfloat, BLOCK * (gsize) GST_AUDIO_INFO_CHANNELS (info));
  gst_audio_info_set_format (&floats, GST_AUDIO_FORMAT_F32,
      GST_AUDIO_INFO_RATE (info), GST_AUDIO_INFO_CHANNELS (info),
      info->position);
  floats.flags = info->flags;
  if (!gst_audio_info_is_equal (info, &floats)) {
    self->to_float = gst_audio_converter_new (GST_AUDIO_CONVERTER_FLAG_NONE,
        (GstAudioInfo *) info, &floats, NULL);
    if (!self->to_float)
      return NULL;
  }
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
  g_clear_pointer (&self->to_float, gst_audio_converter_free);
  g_clear_pointer (&self->resampler, gst_audio_converter_free);
  g_free (self->frames);
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

/* Fills frames with @n frames of @buffer as interleaved floats. */
static gboolean
convert (MonoFeed *self, const GstAudioBuffer *buffer, gsize from, gsize n)
{
  gpointer planes[64];
  gpointer out[] = {self->frames};
  gsize step = (gsize) GST_AUDIO_INFO_BPF (&self->info);

  if (GST_AUDIO_INFO_LAYOUT (&self->info) == GST_AUDIO_LAYOUT_NON_INTERLEAVED)
    step /= (gsize) GST_AUDIO_INFO_CHANNELS (&self->info);
  if (buffer->n_planes > (gint) G_N_ELEMENTS (planes))
    return FALSE;
  for (gint p = 0; p < buffer->n_planes; p++)
    planes[p] = (guint8 *) buffer->planes[p] + from * step;
  return gst_audio_converter_samples (self->to_float,
      GST_AUDIO_CONVERTER_FLAG_NONE, planes, n, out, n);
}

void
mono_feed_push (MonoFeed *self, const GstAudioBuffer *buffer, gsize from,
    gsize n)
{
  gsize channels = (gsize) GST_AUDIO_INFO_CHANNELS (&self->info);

  while (n > 0) {
    gsize count = MIN (n, (gsize) BLOCK);
    const gfloat *frames = self->frames;

    if (!self->to_float)
      frames = (const gfloat *) buffer->planes[0] + from * channels;
    else if (!convert (self, buffer, from, count))
      return;
    for (gsize i = 0; i < count; i++) {
      gfloat sum = 0.0f;

      for (gsize c = 0; c < channels; c++)
        sum += frames[i * channels + c];
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
