/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/fieldcoerce.h>
#include <gst/montage/style.h>

/* What a language model answers: found in its text, checked, and taken into
 * the instructions. A wrong answer can never do more than choose a valid
 * value. */

G_BEGIN_DECLS

#define GST_MONTAGE_ANSWER_MAX_BYTES (256u << 10)
#define GST_MONTAGE_ANSWER_MAX_DEPTH 16

/**
 * gst_montage_answer_find:
 * @text: all that the model wrote
 * @length: bytes, or -1
 * @start: (out): where the object begins
 * @size: (out): its bytes
 * @notes: (element-type utf8): gets a sentence on what stood around it
 * @error: return location: #GST_MONTAGE_ERROR_PARSE
 *
 * Finds the one JSON object (RFC 8259, no name twice in an object) in a text
 * that may have a byte order mark, thinking in tags, a fence or words before
 * it, and a fence or punctuation after it. A second object, an object that does
 * not end and more than %GST_MONTAGE_ANSWER_MAX_BYTES are errors.
 */
GST_MONTAGE_API gboolean gst_montage_answer_find (const gchar *text,
    gssize length, gsize *start, gsize *size, GPtrArray *notes, GError **error);

/* The schema of editing instructions (seven groups, 23 fields), with the names
 * of @styles. */
GST_MONTAGE_API gchar *
gst_montage_answer_schema (const GstMontageStyles *styles,
    GstMontageSchemaLevel level);
/* The same as a table in words, for servers that take no schema. */
GST_MONTAGE_API gchar *
gst_montage_answer_describe (const GstMontageStyles *styles);
/* The seven groups of @self as the model should answer them. */
GST_MONTAGE_API gchar *
gst_montage_answer_example (const GstMontageInstructions *self);

/**
 * GstMontageAnswerOptions:
 *
 * What costs hours of computing has to be allowed by the user, too.
 */
typedef struct
{
  gboolean allow_stabilization;
  gboolean allow_upscale;
} GstMontageAnswerOptions;

/**
 * gst_montage_answer_read:
 * @text: all that the model wrote
 * @length: bytes, or -1
 * @before: the offline reading that was asked about
 * @styles: the styles that can be named
 * @options: (nullable): what is allowed
 * @source: the backend
 * @model: (nullable): the model, by its own name
 * @faults: (element-type utf8): gets "path: reason" for what cannot be used
 * @error: return location: #GST_MONTAGE_ERROR_PARSE where there is no object,
 *   #GST_MONTAGE_ERROR_FIELD where style or pacing are missing or anything is
 *   in @faults
 *
 * Takes the answer for everything that @before has not settled: decisions of
 * %GST_MONTAGE_DECISION_SETTLED and above stay as they are.
 *
 * Returns: (transfer full): validated instructions of the revision of @before,
 *   whose decisions and notes say what the model did
 */
GST_MONTAGE_API GstMontageInstructions *
gst_montage_answer_read (const gchar *text, gssize length,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    const GstMontageAnswerOptions *options, GstMontageOrigin source,
    const gchar *model, GPtrArray *faults, GError **error);

G_END_DECLS
