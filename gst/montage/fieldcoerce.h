/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>

/* Field tables against texts that a language model has written: what can be
 * understood is, what cannot is told in words that the model can act on. */

G_BEGIN_DECLS

/**
 * GstMontageSchemaLevel:
 * @GST_MONTAGE_SCHEMA_FULL: with the bounds of numbers and descriptions
 * @GST_MONTAGE_SCHEMA_PLAIN: without the bounds, which some servers refuse
 *
 * How much a JSON Schema says.
 */
typedef enum
{
  GST_MONTAGE_SCHEMA_FULL,
  GST_MONTAGE_SCHEMA_PLAIN
} GstMontageSchemaLevel;

/* The values a string field may have at run time: a GStrv, or %NULL for any.
 * @path: "style.name". */
typedef const gchar *const *(
    *GstMontageFieldChoices) (const gchar *path, gpointer data);

/* JSON Schema 2020-12 of @table on one line, every property required and in the
 * order of the table, closed shapes, without $schema, $id and title. */
GST_MONTAGE_API gchar *
gst_montage_fields_to_schema (const GstMontageFieldTable *table,
    GstMontageSchemaLevel level, GstMontageFieldChoices choices, gpointer data);

/* @text, which somebody else wrote, on one line for a message or a terminal: up
 * to @most bytes and "…", without controls and without marks that turn the
 * direction of what is read. */
GST_MONTAGE_API gchar *gst_montage_quote_line (const gchar *text, gsize most);

/**
 * gst_montage_fields_coerce:
 * @data: a struct that holds what is kept where @object says nothing
 * @path: "" or where @object stands
 * @choices: (nullable): as of gst_montage_fields_to_schema()
 * @notes: (element-type utf8): gets a sentence for each value that was changed
 *   (clamped, "85" for 85, "Very Slow" for very_slow), dropped (unknown names)
 *   or missing
 * @faults: (element-type utf8): gets "path: reason" for each value that cannot
 *   be used; @data keeps its value there
 *
 * Never fails: whatever @object holds, @data is valid afterwards if it was
 * before.
 */
void
gst_montage_fields_coerce (const GstMontageFieldTable *table, gpointer data,
    JsonObject *object, const gchar *path, GstMontageFieldChoices choices,
    gpointer choices_data, GPtrArray *notes, GPtrArray *faults);

G_END_DECLS
