/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What tells states of a file apart, from the outside and from the inside. */

/* Size, inode and times of the file; NULL where it cannot be looked at.
 * @is_settled: FALSE where it was changed so lately that a further change may
 * not move its times. */
gchar *montage_file_stamp (const gchar *path, gboolean *is_settled);

/* SHA-256 of the size and of either all of the file or 18 blocks spread over
 * it, as hexadecimal text. NULL where it cannot be read. */
gchar *montage_file_sample (const gchar *path);

/* Sum of all bytes; FALSE where it cannot be read. */
gboolean montage_file_sum (const gchar *path, guint64 *sum);

G_END_DECLS
