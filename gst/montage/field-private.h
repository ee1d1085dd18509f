/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>

G_BEGIN_DECLS

gsize gst_montage_field_type_size (GstMontageFieldType type);
/* "a number from 0 to 1": what would be right. */
gchar *gst_montage_field_describe (const GstMontageField *field);
/* "cuts[3].start"; @path may be empty. */
gchar *gst_montage_field_path (const gchar *path, const gchar *name);
gboolean gst_montage_field_value_fits (const GstMontageField *field,
    GstMontageFieldType type, gconstpointer at);

G_END_DECLS
