/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipreader.h"

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * CutFeeder:
 *
 * Holds one reader for each cut of a small window of the film and brings the
 * readers to their first frames in worker threads, ahead of time. Readers are
 * kept and used again for the same file; no more than a few exist. All
 * functions are called by one thread.
 */
typedef struct _CutFeeder CutFeeder;

CutFeeder *cut_feeder_new (void);
void cut_feeder_free (CutFeeder *self);

/* Moves the window to the cuts @first … @last of @plan: those that leave it
 * are given up, those that come in are prepared. A cut that is in it already
 * stays, unless @plan shows something else there. */
void cut_feeder_set_window (CutFeeder *self, const GstMontagePlan *plan,
    guint first, guint last);
/* Gives up everything, e.g. before a seek. */
void cut_feeder_clear (CutFeeder *self);
/* What cut @cut of the window shows at @time of its source; see
 * clip_reader_frame_at(). */
gboolean cut_feeder_frame (CutFeeder *self, guint cut, GstClockTime time,
    GCancellable *cancellable, ClipFrame *frame, GError **error);
/* (nullable) (transfer full): why the file of @cut ended early. */
gchar *cut_feeder_dup_error (CutFeeder *self, guint cut);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CutFeeder, cut_feeder_free)

G_END_DECLS
