/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * MontageFastPass:
 *
 * Finds the shots of a clip in two runs of a pipeline, each of which decodes
 * only some pictures.
 */
typedef struct _MontageFastPass MontageFastPass;

MontageFastPass *montage_fast_pass_new (void);
/* Before a run: @pad will get the decoded pictures of @pipeline. */
void montage_fast_pass_attach (MontageFastPass *self, GstElement *pipeline,
    GstPad *pad);
/* How many packets have come by; any thread. */
gint montage_fast_pass_get_n_packets (MontageFastPass *self);
/* After the first run: %FALSE where the clip has to be decoded in full. */
gboolean montage_fast_pass_plan (MontageFastPass *self);
/* Whether anything is left to be looked at in a second run. */
gboolean montage_fast_pass_is_open (const MontageFastPass *self);
/* NULL where the clip has to be decoded in full. (transfer full) */
GstMontageShotList *montage_fast_pass_finish (MontageFastPass *self);
/* Its pipelines must have ended. */
void montage_fast_pass_free (MontageFastPass *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageFastPass, montage_fast_pass_free)

G_END_DECLS
