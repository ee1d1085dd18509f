/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/director/scenes.h>

G_BEGIN_DECLS

/* Lets models look at the shots of clips: one small picture of each shot leaves
 * this machine, so it is done only where the user has asked for it. */

/* @fraction 0..1, never falling. */
typedef void (*MontageLookProgress) (gdouble fraction, gpointer data);

/**
 * MontageLookOptions:
 * @rules: (element-type GstMontageSceneRule): what models also say of each shot
 *   whether it holds
 * @cache_folder: (nullable): the user's
 * @progress: (nullable):
 */
typedef struct
{
  const GArray *rules;
  gboolean use_cache;
  const gchar *cache_folder;
  MontageLookProgress progress;
  gpointer progress_data;
} MontageLookOptions;

/**
 * montage_look_at_shots:
 * @clips: (element-type GstMontageShotList): get the scenes of their shots
 * @notes: (element-type utf8): gets sentences on what was not looked at
 * @error: return location: #G_IO_ERROR_CANCELLED
 *
 * Blocks. What the same models have answered before on the same shots and rules
 * is found in the cache. A shot stays without a scene where its picture cannot
 * be decoded, it is too short to be shown, or no model says anything.
 *
 * Returns: FALSE where it was called off
 */
gboolean montage_look_at_shots (MontageDirector *director, GPtrArray *clips,
    const MontageLookOptions *options, GPtrArray *notes,
    GCancellable *cancellable, GError **error);

G_END_DECLS
