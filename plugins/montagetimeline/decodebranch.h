/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * DecodeBranch:
 *
 * A private pipeline that decodes one stream of a file as fast as its samples
 * are pulled, and a few of them ahead. Needs no main loop.
 */
typedef struct _DecodeBranch DecodeBranch;

typedef enum
{
  DECODE_PICTURES,
  DECODE_SOUND /* F32LE, interleaved stereo, 48 kHz */
} DecodeKind;

#define DECODE_SOUND_RATE 48000
#define DECODE_SOUND_CHANNELS 2

/* Starts at once; what goes wrong shows as an early end. */
DecodeBranch *decode_branch_new (const gchar *uri, DecodeKind kind);
void decode_branch_free (DecodeBranch *self);

/* The next sample, or NULL at the end. Blocks. FALSE: cancelled
 * (G_IO_ERROR_CANCELLED) or without a sample for too long
 * (G_IO_ERROR_TIMED_OUT). */
gboolean decode_branch_pull (DecodeBranch *self, GstSample **sample,
    GCancellable *cancellable, GError **error);
/* Whether frames have their true times behind a seek, known with the first
 * sample. */
gboolean decode_branch_can_seek (DecodeBranch *self);
/* Goes to the key frame at or before stream time @time. FALSE where the file
 * cannot be sought in. */
gboolean decode_branch_seek (DecodeBranch *self, GstClockTime time);
/* From now on pictures before stream time @time may be left out; 0 (at first):
 * all come. What was decoded ahead comes in any case. */
void decode_branch_set_needed (DecodeBranch *self, GstClockTime time);
/* Whether a picture has ever been left out. */
gboolean decode_branch_has_skipped (DecodeBranch *self);
/* (nullable) (transfer full): the first failure, as a phrase. */
gchar *decode_branch_dup_error (DecodeBranch *self);
/* How pictures have to be turned to be upright. */
GstVideoOrientationMethod decode_branch_get_orientation (DecodeBranch *self);
/* Stream time of @sample, GST_CLOCK_TIME_NONE where it has none. */
GstClockTime decode_branch_sample_time (GstSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DecodeBranch, decode_branch_free)

G_END_DECLS
