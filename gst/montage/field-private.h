/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/documents.h>

G_BEGIN_DECLS

gsize gst_montage_field_type_size (GstMontageFieldType type);
gchar *gst_montage_field_path (const gchar *path, const gchar *name);
gboolean gst_montage_field_value_fits (const GstMontageField *field,
    GstMontageFieldType type, gconstpointer at);

G_END_DECLS
