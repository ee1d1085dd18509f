/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planner.h>

#include "planmaterial.h"
#include "planrules.h"
#include "planscore.h"
#include "planslots.h"

G_BEGIN_DECLS

/**
 * MontageDraft:
 *
 * A film before its shots are chosen. All but the request belongs to it.
 */
typedef struct
{
  const GstMontageRequest *request;
  GstMontageBeatGrid *silence; /* what there is instead of music; nullable */
  MontageEnergy *energy;
  MontageFilmGrid film;
  MontagePace pace;
  MontageRules *rules;
  MontageMaterial *material;
  GArray *slots; /* of MontageSlot */
  GArray *fixed; /* of MontageTake: the cuts that have been shown */
  GPtrArray *notes;
  guint n_frozen;
  guint round; /* how often it was prepared before, see planscarcity.h */
  GstClockTime shortened;     /* the film's length for want of footage; 0: as
                                 asked */
  GstClockTime full_duration; /* what it would be without; 0 likewise */
} MontageDraft;

/* From the request to the slots. */
gboolean montage_draft_prepare (MontageDraft *self, GError **error);
void montage_draft_clear (MontageDraft *self);
/* Where to cut, from the settled frames on. */
void montage_draft_add_slots (MontageDraft *self);
/* Frames of the cuts that have been shown. */
guint64 montage_draft_settled (const MontageDraft *self);

/* Sets GST_MONTAGE_ERROR_MATERIAL; returns FALSE. */
gboolean montage_draft_fail (GError **error, const gchar *text);

G_END_DECLS
