/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>

G_BEGIN_DECLS

/**
 * gst_montage_documents:
 * @n: (out): how many
 *
 * Every document type, for reference pages and schemas.
 *
 * Returns: (transfer none) (array length=n): static
 */
GST_MONTAGE_API const GstMontageDocument *const *
gst_montage_documents (guint *n);

/* "a number from 0 to 1": what would be right for @field. */
GST_MONTAGE_API gchar *
gst_montage_field_describe (const GstMontageField *field);

G_END_DECLS
