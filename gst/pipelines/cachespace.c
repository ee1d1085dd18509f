/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cachespace.h"

#include <stdlib.h>
#include <time.h>

#include <glib/gstdio.h>
#include <utime.h>

/* Layout of the folder. */
#define PREFIX "analysis-"
#define FORMAT "1"
#define PARTS_PREFIX "parts-"
#define PARTS_FORMAT "1"
/* A film that nobody has gone on with for so long is given up. */
#define PARTS_SECONDS (7 * 24 * 3600)
#define DEFAULT_LIMIT ((guint64) 1 << 30)
/* Trimming goes so far below the limit, so that it is not to be done again for
 * the next document. */
#define TRIM_SHARE 10
/* When something was used is known to this many seconds. */
#define TOUCH_SECONDS 3600
/* No writer takes so long for a document. */
#define ORPHAN_SECONDS 3600

typedef struct
{
  gchar *path;
  guint64 size;
  gint64 used;
  gboolean is_document;
  gboolean is_orphan; /* neither document nor record */
} Entry;

static void
entry_clear (Entry *self)
{
  g_free (self->path);
}

gchar *
montage_cache_folder (const gchar *folder)
{
  return folder
      ? g_strdup (folder)
      : g_build_filename (g_get_user_cache_dir (), "gst-montage", NULL);
}

gchar *
montage_cache_path (const gchar *folder, const gchar *name, const gchar *suffix)
{
  g_autofree gchar *base = montage_cache_folder (folder);
  g_autofree gchar *file = g_strconcat (name, suffix, NULL);
  const gchar shelf[3] = {name[0], name[1], '\0'};

  return g_build_filename (base, PREFIX FORMAT, shelf, file, NULL);
}

gboolean
montage_cache_parse_limit (const gchar *text, guint64 *limit)
{
  static const gchar units[] = "KMGT";
  gchar *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  guint shift = 0;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  for (guint i = 0; units[i] && *end; i++)
    if (g_ascii_toupper (*end) == units[i])
      shift = 10 * (i + 1);
  if ((shift ? end[1] : end[0]) != '\0' || number > G_MAXUINT64 >> shift)
    return FALSE;
  *limit = number << shift;
  return TRUE;
}

guint64
montage_cache_limit (void)
{
  const gchar *text = g_getenv (MONTAGE_CACHE_LIMIT_VARIABLE);
  guint64 limit;

  return text && montage_cache_parse_limit (text, &limit) ? limit
                                                          : DEFAULT_LIMIT;
}

static void
add_entry (GArray *entries, const gchar *path, const GStatBuf *status)
{
  Entry entry = {.path = g_strdup (path),
      .size = (guint64) status->st_size,
      .used = (gint64) status->st_mtime};

  entry.is_document = g_str_has_suffix (path, MONTAGE_CACHE_BEATS_SUFFIX)
      || g_str_has_suffix (path, MONTAGE_CACHE_SHOTS_SUFFIX)
      || g_str_has_suffix (path, MONTAGE_CACHE_PART_SUFFIX);
  entry.is_orphan = !entry.is_document
      && !g_str_has_suffix (path, MONTAGE_CACHE_FILE_SUFFIX);
  g_array_append_val (entries, entry);
}

/* The files below the first @depth folders of @path. Symbolic links are not
 * followed: nothing outside is ever removed. */
static void
list_files (const gchar *path, guint depth, GArray *entries)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);
    GStatBuf status;

    if (g_lstat (child, &status) != 0)
      continue;
    if (S_ISREG (status.st_mode) && depth == 0)
      add_entry (entries, child, &status);
    else if (S_ISDIR (status.st_mode) && depth > 0)
      list_files (child, depth - 1, entries);
  }
}

/* The files @depth folders below those that begin with @prefix. Of all layouts
 * that there ever were: old ones age away. */
static GArray *
list_entries (const gchar *folder, const gchar *prefix, guint depth)
{
  g_autofree gchar *base = montage_cache_folder (folder);
  g_autoptr (GDir) dir = g_dir_open (base, 0, NULL);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const gchar *name;

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (base, name, NULL);

    if (g_str_has_prefix (name, prefix))
      list_files (child, depth, entries);
  }
  return entries;
}

static void
count_entry (MontageCacheUsage *usage, const Entry *entry)
{
  usage->n_documents += entry->is_document;
  usage->n_bytes += entry->size;
}

static MontageCacheUsage
usage_of (const GArray *entries)
{
  MontageCacheUsage usage = {0};

  for (guint i = 0; i < entries->len; i++)
    count_entry (&usage, &g_array_index (entries, Entry, i));
  return usage;
}

void
montage_cache_measure (const gchar *folder, MontageCacheUsage *usage)
{
  g_autoptr (GArray) entries = list_entries (folder, PREFIX, 1);

  *usage = usage_of (entries);
}

static gint
compare_used (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  return (first->used > second->used) - (first->used < second->used);
}

/* Two processes may do so at once: they choose the same files, and one finds
 * them gone. */
void
montage_cache_trim (const gchar *folder, guint64 limit,
    MontageCacheUsage *removed)
{
  g_autoptr (GArray) entries = list_entries (folder, PREFIX, 1);
  gint64 now = (gint64) time (NULL);
  guint64 n_bytes = usage_of (entries).n_bytes;
  gboolean too_many = n_bytes > limit;
  MontageCacheUsage gone = {0};

  g_array_sort (entries, compare_used);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    if (!(too_many && n_bytes > limit - limit / TRIM_SHARE)
        && !(entry->is_orphan && entry->used + ORPHAN_SECONDS < now))
      continue;
    if (g_unlink (entry->path) == 0)
      count_entry (&gone, entry);
    n_bytes -= entry->size;
  }
  if (removed)
    *removed = gone;
}

gchar *
montage_cache_parts_folder (const gchar *folder)
{
  g_autofree gchar *base = montage_cache_folder (folder);

  return g_build_filename (base, PARTS_PREFIX PARTS_FORMAT, NULL);
}

void
montage_cache_measure_parts (const gchar *folder, MontageCacheUsage *usage)
{
  g_autoptr (GArray) entries = list_entries (folder, PARTS_PREFIX, 0);

  *usage = usage_of (entries);
}

void
montage_cache_trim_parts (const gchar *folder, guint64 limit, gboolean all,
    MontageCacheUsage *removed)
{
  g_autoptr (GArray) entries = list_entries (folder, PARTS_PREFIX, 0);
  gint64 now = (gint64) time (NULL);
  guint64 n_bytes = usage_of (entries).n_bytes;
  MontageCacheUsage gone = {0};

  g_array_sort (entries, compare_used);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    gint64 age = now - entry->used;

    if (!all && age < PARTS_SECONDS
        && (age < ORPHAN_SECONDS || (n_bytes <= limit && !entry->is_orphan)))
      continue;
    if (g_unlink (entry->path) == 0)
      count_entry (&gone, entry);
    n_bytes -= entry->size;
  }
  if (removed)
    *removed = gone;
}

void
montage_cache_touch (const gchar *path)
{
  GStatBuf status;

  if (g_stat (path, &status) == 0
      && (gint64) status.st_mtime + TOUCH_SECONDS < (gint64) time (NULL))
    g_utime (path, NULL);
}
