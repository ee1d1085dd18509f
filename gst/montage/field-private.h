/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/documents.h>

G_BEGIN_DECLS

gsize gst_montage_field_type_size (GstMontageFieldType type);
gchar *gst_montage_field_path (const gchar *path, const gchar *name);
gboolean gst_montage_field_value_fits (const GstMontageField *field,
    GstMontageFieldType type, gconstpointer at);
/* A plain value as text, without quotes: "0.5", "true", "hard_cuts"; what is
 * NULL or 0 and nullable is "null". */
gchar *
gst_montage_field_to_text (const GstMontageField *field, gconstpointer at);
/* Whether the field is not written: it is sparse and at its default. */
gboolean
gst_montage_field_is_silent (const GstMontageField *field, gconstpointer at);
/* A bit per field that was read, where @table keeps them; else 0. */
guint gst_montage_fields_given (const GstMontageFieldTable *table,
    gconstpointer data);
/* Copies a plain value over another. */
void gst_montage_field_assign (const GstMontageField *field, gconstpointer from,
    gpointer to);
/* @data as a JSON object without schema and version. */
gchar *gst_montage_fields_to_json (const GstMontageFieldTable *table,
    gconstpointer data);

G_END_DECLS
