/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/fieldcoerce.h>
#include <gst/montage/scene.h>

/* What a language model answers about the pictures of some shots. Nothing in
 * it is free text: a wrong answer can never do more than choose a wrong word of
 * the vocabulary. */

G_BEGIN_DECLS

/* Raised when the vocabulary or what is asked about a picture changes: then
 * earlier answers are of no use. */
#define GST_MONTAGE_SCENE_VERSION 1

/* @rules: (nullable): wishes in the user's words; the model says of each shot
 * which of them hold. */
GST_MONTAGE_API gchar *
gst_montage_scene_answer_schema (const gchar *const *rules,
    GstMontageSchemaLevel level);
/* The same as a table in words. */
GST_MONTAGE_API gchar *
gst_montage_scene_answer_describe (const gchar *const *rules);

/**
 * gst_montage_scene_answer_read:
 * @text: all that the model wrote
 * @length: bytes, or -1
 * @rules: (nullable): those that were asked about
 * @model: (nullable): who answered
 * @scenes: (array length=n) (element-type GstMontageScene): gets what was said
 *   of the shots, which count from 1 in the answer; %NULL stays where nothing
 *   was, or nothing that can be used
 * @faults: (element-type utf8): gets "path: reason" for what cannot be used
 * @error: return location: #GST_MONTAGE_ERROR_PARSE where there is no object,
 *   #GST_MONTAGE_ERROR_FIELD where nothing was said of any shot
 *
 * Returns: whether something was said of at least one shot
 */
GST_MONTAGE_API gboolean gst_montage_scene_answer_read (const gchar *text,
    gssize length, const gchar *const *rules, const gchar *model,
    GstMontageScene **scenes, guint n, GPtrArray *faults, GError **error);

G_END_DECLS
