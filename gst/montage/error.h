/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>

G_BEGIN_DECLS

#define GST_MONTAGE_ERROR (gst_montage_error_quark ())
GST_MONTAGE_API GQuark gst_montage_error_quark (void);

/**
 * GstMontageError:
 * @GST_MONTAGE_ERROR_PARSE: the text is not JSON (RFC 8259), is nested too
 *   deeply or is too large
 * @GST_MONTAGE_ERROR_SCHEMA: it is JSON, but another document or a version
 *   this library does not know
 * @GST_MONTAGE_ERROR_FIELD: a field is missing, unknown, of a wrong type or
 *   out of range; the message names field, value and what would be right
 * @GST_MONTAGE_ERROR_MATERIAL: the music or the clips do not suffice
 * @GST_MONTAGE_ERROR_IO: a file cannot be read or written
 * @GST_MONTAGE_ERROR_MISSING: a plugin or a program is missing; the message
 *   names the package
 *
 * Error codes of the domain GST_MONTAGE_ERROR. Every message is one sentence
 * that can be shown to a user.
 */
typedef enum
{
  GST_MONTAGE_ERROR_PARSE,
  GST_MONTAGE_ERROR_SCHEMA,
  GST_MONTAGE_ERROR_FIELD,
  GST_MONTAGE_ERROR_MATERIAL,
  GST_MONTAGE_ERROR_IO,
  GST_MONTAGE_ERROR_MISSING
} GstMontageError;

G_END_DECLS
