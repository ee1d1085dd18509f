/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much the cache of analyses may hold. @folder is nullable everywhere: the
 * user's, XDG_CACHE_HOME/gst-montage. */

#define MONTAGE_CACHE_LIMIT_VARIABLE "GST_MONTAGE_CACHE_LIMIT"

/* Ends of the names of what lies in the cache. */
#define MONTAGE_CACHE_FILE_SUFFIX ".file"
#define MONTAGE_CACHE_BEATS_SUFFIX ".beats"
#define MONTAGE_CACHE_SHOTS_SUFFIX ".shots"
#define MONTAGE_CACHE_PART_SUFFIX ".part"

typedef struct
{
  guint n_documents;
  guint64 n_bytes;
} MontageCacheUsage;

gchar *montage_cache_folder (const gchar *folder);
/* The path of @name, which is hexadecimal. */
gchar *montage_cache_path (const gchar *folder, const gchar *name,
    const gchar *suffix);
/* Bytes: of the environment variable GST_MONTAGE_CACHE_LIMIT ("500M", "2G"; 0:
 * nothing is kept), else 1 GiB. */
guint64 montage_cache_limit (void);
/* FALSE where @text is no such size. */
gboolean montage_cache_parse_limit (const gchar *text, guint64 *limit);

void montage_cache_measure (const gchar *folder, MontageCacheUsage *usage);
/* Removes what was used least recently until at most @limit bytes are left, and
 * what a writer that was killed has left. @removed: nullable. */
void montage_cache_trim (const gchar *folder, guint64 limit,
    MontageCacheUsage *removed);
/* Where parts of films lie until the film is there. */
gchar *montage_cache_parts_folder (const gchar *folder);
/* Removes what renderings that were stopped have left: parts that are old, and
 * the oldest ones where they are more than @limit bytes, but for those of the
 * last hour unless @all. @removed: nullable. */
void montage_cache_trim_parts (const gchar *folder, guint64 limit, gboolean all,
    MontageCacheUsage *removed);
void
montage_cache_measure_parts (const gchar *folder, MontageCacheUsage *usage);
/* Marks @path as used now. */
void montage_cache_touch (const gchar *path);

G_END_DECLS
