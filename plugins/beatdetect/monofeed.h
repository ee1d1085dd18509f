/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>

/**
 * MonoFeed:
 *
 * Turns raw sound of any format, layout, channel count and rate into mono
 * floats of one rate, in order and without delay.
 */
typedef struct _MonoFeed MonoFeed;

typedef void (*MonoFeedFunc) (const gfloat *samples, gsize n, gpointer data);

/* NULL where the sound cannot be converted. @func gets the mono sound. */
MonoFeed *mono_feed_new (const GstAudioInfo *info, gint rate, MonoFeedFunc func,
    gpointer data);
void mono_feed_free (MonoFeed *self);
/* Frames [@from, @from + @n) of @buffer, which is mapped. */
void mono_feed_push (MonoFeed *self, const GstAudioBuffer *buffer, gsize from,
    gsize n);
void mono_feed_push_silence (MonoFeed *self, guint64 n);
/* What the resampler still holds; nothing can be pushed afterwards. */
void mono_feed_drain (MonoFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MonoFeed, mono_feed_free)
