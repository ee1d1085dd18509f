/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/planner.h>

#include "planmaterial.h"
#include "planslots.h"

G_BEGIN_DECLS

/**
 * MontagePlace:
 * @frame: of the film; the cut that holds it
 * @n_frames: that the cut lasts, beginning with @frame; 0: as the music has it
 * @source: that is shown there; MONTAGE_ANY_SOURCE: one of those that the film
 *     is to begin or end with
 * @last: it is the film's end, not its beginning
 * @span: G_MAXUINT: any of the source
 * @in_point: NONE: chosen
 * @longest: frames that there are for it
 *
 * A place in the film that is kept for a clip.
 */
typedef struct
{
  guint64 frame;
  guint64 n_frames;
  guint source;
  gboolean last;
  guint span;
  GstClockTime in_point;
  guint64 longest;
} MontagePlace;

#define MONTAGE_ANY_SOURCE G_MAXUINT

/* What holds in a slot. */
typedef struct
{
  gint place; /* index; -1: none */
  /* Numbered clips that may be shown; 0: all */
  guint first_order;
  guint last_order;
} MontageSlotRule;

/**
 * MontageRules:
 *
 * What the user wants of the clips, brought to one film. Borrows the material.
 */
typedef struct
{
  guint n_sources;
  GstMontageClipRule *clips; /* per source */
  const MontageMaterial *material;
  GArray *places; /* of MontagePlace, frames rising */
  GArray *limits; /* of MontageSlotLimit, frames rising */
  GArray *slots;  /* of MontageSlotRule */
} MontageRules;

/* Rules that hold for no clip, and those that cannot be kept, go into
 * @notes. */
MontageRules *
montage_rules_new (const GstMontageRequest *request, GPtrArray *notes);
void montage_rules_free (MontageRules *self);

/* Brings pins, first and last to frames of @film, from @settled on, and adds
 * to @material what is shown nowhere else. */
void montage_rules_place (MontageRules *self, MontageMaterial *material,
    const MontageFilmGrid *film, const MontagePace *pace, guint64 settled,
    GPtrArray *notes);
/* What holds in which of @slots, of which the first @from are settled; marks
 * those that are fixed. */
void montage_rules_assign (MontageRules *self, GArray *slots, guint from);

/* Of planparts.c: which numbers may be shown in which of @slots. */
void montage_rules_assign_parts (MontageRules *self, const GArray *slots);
/* Adds limits where the clips of a part are too short for its slots; FALSE
 * where none are. */
gboolean
montage_rules_fit_parts (MontageRules *self, const GArray *slots, guint from);

/* Whether @span may be shown in @slot; @self is nullable. */
gboolean montage_rules_allow (const MontageRules *self, guint slot, guint span);
/* Whether @slot is kept for the clip @source; @self is nullable. */
gboolean
montage_rules_is_pinned (const MontageRules *self, guint slot, guint source);
/* Whether the in-point in @slot is settled; @self is nullable. */
gboolean montage_rules_in_point (const MontageRules *self, guint slot,
    GstClockTime *in_point);

/* Says what of the rules @plan does not keep, and where cuts from @from on are
 * shorter than @min_sec for their sake. */
void montage_rules_check (const MontageRules *self, const GstMontagePlan *plan,
    guint from, gdouble min_sec, GPtrArray *notes);

G_END_DECLS
