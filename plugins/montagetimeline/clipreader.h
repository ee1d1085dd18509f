/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * ClipReader:
 *
 * One decode branch: a file whose frames are asked for by time. It decodes
 * ahead in threads of its own, a few frames far, and is used by one thread at
 * a time.
 */
typedef struct _ClipReader ClipReader;

/**
 * ClipFrame:
 * @sample: (transfer none): the frame, NULL where the file has none
 * @orientation: how it has to be turned to be shown upright
 * @fitted: it is a frame of the film already, perhaps larger: what a still is
 *     kept as
 * @held: the file has no frame for this time: @sample is its last one
 *
 * What a clip shows at a time. Valid until the next call on the reader.
 */
typedef struct
{
  GstSample *sample;
  GstVideoOrientationMethod orientation;
  gboolean fitted;
  gboolean held;
} ClipFrame;

ClipReader *clip_reader_new (const gchar *uri);
void clip_reader_free (ClipReader *self);

const gchar *clip_reader_get_uri (const ClipReader *self);
/* Whether going on to @time is cheaper than a seek. */
gboolean clip_reader_is_near (const ClipReader *self, GstClockTime time);
/* The frame that the file shows at stream time @time: the last one whose time
 * stamp is not after it. Blocks. FALSE: cancelled (G_IO_ERROR_CANCELLED), or
 * nothing came for too long (G_IO_ERROR_TIMED_OUT). What cannot be decoded is
 * no failure but a held frame; why is told by clip_reader_get_error(). */
gboolean clip_reader_frame_at (ClipReader *self, GstClockTime time,
    GCancellable *cancellable, ClipFrame *frame, GError **error);
/* (nullable) (transfer full): why the file ended early, as a sentence. */
gchar *clip_reader_dup_error (ClipReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClipReader, clip_reader_free)

G_END_DECLS
