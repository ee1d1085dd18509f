/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/cliprules.h>
#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/**
 * GstMontageRequest:
 *
 * All that a plan depends on; nothing else does, so equal requests give equal
 * plans. Borrowed pointers.
 */
typedef struct
{
  const GstMontageInstructions *instructions;
  const GstMontageBeatGrid *music; /* nullable: a film without music */
  const GstMontageShotList *const *sources;
  guint n_sources;
  guint64 seed;
  GstMontageOutput output; /* width, height or fps 0: chosen from the sources */
  GstClockTime music_start; /* ns; NONE: chosen (0 for the whole song) */
  GstClockTime duration; /* ns; 0: instructions' target, else to song's end */
  const GstMontagePlan *previous; /* nullable: the revision being replaced */
  guint n_frozen; /* its first cuts that have been shown and stay */
  const GstMontageClipRules *rules; /* nullable */
  /* Nullable; of the sources by their place, each nullable; they win. */
  const GstMontageClipRule *const *source_rules;
  GstMontageScarcity scarcity; /* what is done for want of footage */
  const GstMontagePlan *const *other_takes; /* nullable: what to differ from */
  guint n_other_takes;
} GstMontageRequest;

/**
 * gst_montage_planner_plan:
 *
 * Places every cut on the music, picks the material by a search over the whole
 * film and says why. Pure: no I/O, no globals, no clock.
 *
 * Returns: (transfer full): the plan, or %NULL with #GST_MONTAGE_ERROR_MATERIAL
 */
GST_MONTAGE_API GstMontagePlan *
gst_montage_planner_plan (const GstMontageRequest *request, GError **error);

G_END_DECLS
