/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/instructions-private.h>

G_BEGIN_DECLS

/* Why a field is as it is: the decisions of GstMontageInstructions. */

/* @path: "pacing.speed"; @field lies in the instructions. */
typedef void (*GstMontageDirectionFunc) (const GstMontageField *field,
    const gchar *path, gpointer data);

/* Each field of the seven groups, in their order. */
void
gst_montage_directions_foreach (GstMontageDirectionFunc func, gpointer data);

/* %NULL where nobody decided on @path. */
const GstMontageDecision *
gst_montage_decision_find (const GstMontageInstructions *self,
    const gchar *path);
gboolean gst_montage_decision_is_settled (const GstMontageInstructions *self,
    const gchar *path);
void gst_montage_decisions_add (GArray *decisions, const gchar *field,
    const gchar *value, const gchar *words, gdouble sure,
    GstMontageOrigin source);
/* The decisions on the scenes, "scenes[0]", …, are beside the directions:
 * whoever lists the decisions anew takes them over. */
void gst_montage_decisions_add_scenes (GArray *decisions,
    const GstMontageInstructions *before);
/* Takes @decisions in place of those of @self. */
void gst_montage_instructions_take_decisions (GstMontageInstructions *self,
    GArray *decisions);

G_END_DECLS
