/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <glib/gstdio.h>

#include "analysiscache.h"
#include "cachespace.h"
#include "filestamp.h"

#define DOCUMENT_MAGIC "gst-montage-analysis"
#define RECORD_MAGIC "gst-montage-file"
#define NOT_KNOWN "-"

GST_DEBUG_CATEGORY_STATIC (cache_debug);
#define GST_CAT_DEFAULT (cache_debug)

static const struct
{
  const gchar *name;
  const gchar *element;
  const gchar *suffix;
} kinds[] = {
    {"beats", "beatdetect", MONTAGE_CACHE_BEATS_SUFFIX},
    {"shots", "sceneselect", MONTAGE_CACHE_SHOTS_SUFFIX},
};

struct _MontageAnalysisCache
{
  gchar *folder; /* nullable */
  gint n_stored; /* atomic */
};

struct _MontageCachedFile
{
  MontageAnalysisCache *cache;
  gchar *path;
  gchar *record; /* where what is known of the file lies */
  gchar *stamp;
  gboolean is_settled;
  gboolean is_dirty; /* the record is to be written */
  gint kind;         /* MontageAnalysisKind, -1: not known */
  gchar *sample;     /* nullable: not known yet */
  gchar *sum;        /* nullable: not known yet */
};

static void
init_debug (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    GST_DEBUG_CATEGORY_INIT (cache_debug, "montagecache", 0,
        "cache of analysis documents");
    g_once_init_leave (&once, 1);
  }
}

gchar *
montage_analysis_cache_version (MontageAnalysisKind kind)
{
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (kinds[kind].element);
  g_autoptr (GstPlugin) plugin = NULL;
  const gchar *version = NULL;
  const gchar *file = NULL;
  GStatBuf status;

  if (factory) {
    version = gst_element_factory_get_metadata (factory,
        "montage-analysis-version");
    plugin = gst_plugin_feature_get_plugin (GST_PLUGIN_FEATURE (factory));
    file = plugin ? gst_plugin_get_filename (plugin) : NULL;
  }
  if (!file || g_stat (file, &status) != 0)
    memset (&status, 0, sizeof (status));
  /* With the build, so that nobody who works on an analysis is shown what it
   * found before. */
  return g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
      kinds[kind].name, version ? version : "0",
      plugin ? gst_plugin_get_version (plugin) : "-", (gint64) status.st_size,
      (gint64) status.st_mtime);
}

MontageAnalysisCache *
montage_analysis_cache_new (const gchar *folder)
{
  MontageAnalysisCache *self = g_new0 (MontageAnalysisCache, 1);

  init_debug ();
  self->folder = g_strdup (folder);
  return self;
}

void
montage_analysis_cache_free (MontageAnalysisCache *self)
{
  if (!self)
    return;
  if (g_atomic_int_get (&self->n_stored) > 0)
    montage_cache_trim (self->folder, montage_cache_limit (), NULL);
  g_free (self->folder);
  g_free (self);
}

/* ---- files on disk ---- */

/* Private: names of files do not stand in them, but what they show does. */
static void
write_file (const gchar *path, const gchar *text)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, text, -1,
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING,
          0600, &error))
    GST_INFO ("not cached: %s", error->message);
}

/* The text of @path behind its first line, which has to be as @new_head makes
 * it of @key and that text. */
static gchar *
read_file (const gchar *path, const gchar *key,
    gchar *(*new_head) (const gchar *key, const gchar *body))
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *head = NULL;
  g_autoptr (GError) error = NULL;
  gchar *body;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error)) {
    GST_DEBUG ("no entry: %s", error->message);
    return NULL;
  }
  body = memchr (text, '\n', length);
  if (!body || strlen (text) != length) {
    GST_DEBUG ("%s is no entry", path);
    return NULL;
  }
  body++;
  head = new_head (key, body);
  if (strncmp (text, head, strlen (head)) != 0) {
    GST_DEBUG ("%s is damaged or belongs elsewhere", path);
    return NULL;
  }
  montage_cache_touch (path);
  return g_strdup (body);
}

/* ---- what is known of a file ---- */

static gchar *
record_head (const gchar *stamp, const gchar *body)
{
  g_autofree gchar *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, body,
      -1);

  return g_strdup_printf (RECORD_MAGIC " %s %s\n", stamp, sum);
}

static gchar *
take_known (const gchar *text)
{
  return strcmp (text, NOT_KNOWN) == 0 ? NULL : g_strdup (text);
}

static void
read_record (MontageCachedFile *self)
{
  g_autofree gchar *body = read_file (self->record, self->stamp, record_head);
  g_auto (GStrv) words = body ? g_strsplit (body, " ", 4) : NULL;

  if (!words || g_strv_length (words) != 4)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (words[0], kinds[i].name) == 0)
      self->kind = (gint) i;
  self->sample = take_known (words[1]);
  self->sum = take_known (words[2]);
}

/* But where a further change may leave the stamp as it is. */
static void
write_record (const MontageCachedFile *self)
{
  g_autofree gchar *body = NULL;
  g_autofree gchar *head = NULL;
  g_autofree gchar *text = NULL;

  if (!self->is_dirty || !self->is_settled)
    return;
  body = g_strdup_printf ("%s %s %s \n",
      self->kind >= 0 ? kinds[self->kind].name : NOT_KNOWN,
      self->sample ? self->sample : NOT_KNOWN,
      self->sum ? self->sum : NOT_KNOWN);
  head = record_head (self->stamp, body);
  text = g_strconcat (head, body, NULL);
  write_file (self->record, text);
}

MontageCachedFile *
montage_cached_file_new (MontageAnalysisCache *cache, const gchar *path)
{
  MontageCachedFile *self;
  g_autofree gchar *stamp = NULL;
  g_autofree gchar *name = NULL;
  gboolean is_settled;

  stamp = montage_file_stamp (path, &is_settled);
  if (!stamp)
    return NULL;
  self = g_new0 (MontageCachedFile, 1);
  self->cache = cache;
  self->path = g_strdup (path);
  self->stamp = g_steal_pointer (&stamp);
  self->is_settled = is_settled;
  self->kind = -1;
  name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  self->record = montage_cache_path (cache->folder, name,
      MONTAGE_CACHE_FILE_SUFFIX);
  if (is_settled)
    read_record (self);
  return self;
}

void
montage_cached_file_free (MontageCachedFile *self)
{
  if (!self)
    return;
  write_record (self);
  g_free (self->path);
  g_free (self->record);
  g_free (self->stamp);
  g_free (self->sample);
  g_free (self->sum);
  g_free (self);
}

gboolean
montage_cached_file_get_kind (const MontageCachedFile *self,
    MontageAnalysisKind *kind)
{
  if (self->kind < 0)
    return FALSE;
  *kind = (MontageAnalysisKind) self->kind;
  return TRUE;
}

void
montage_cached_file_set_kind (MontageCachedFile *self, MontageAnalysisKind kind)
{
  self->kind = (gint) kind;
  self->is_dirty = TRUE;
}

/* ---- documents ---- */

static gboolean
take_sample (MontageCachedFile *self)
{
  if (self->sample)
    return TRUE;
  self->sample = montage_file_sample (self->path);
  return self->sample != NULL;
}

static gchar *
sum_text (const gchar *path)
{
  guint64 sum;

  return montage_file_sum (path, &sum)
      ? g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sum)
      : NULL;
}

static gboolean
take_sum (MontageCachedFile *self)
{
  if (self->sum)
    return TRUE;
  self->sum = sum_text (self->path);
  self->is_dirty |= self->sum != NULL;
  return self->sum != NULL;
}

static gchar *
document_key (const MontageCachedFile *self, MontageAnalysisKind kind,
    const gchar *version)
{
  g_autofree gchar *text = g_strjoin ("\n", kinds[kind].name, version,
      self->sample, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* The line before the document: which entry it is and the sum of the rest. */
static gchar *
document_head (const gchar *key, const gchar *body)
{
  g_autofree gchar *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
      body, -1);

  return g_strdup_printf (DOCUMENT_MAGIC " %s %s\n", key, sum);
}

/* The line below it: of which file. */
static gboolean
is_of_file (MontageCachedFile *self, const gchar *body, const gchar **document)
{
  const gchar *end = strchr (body, '\n');

  if (!end || !take_sum (self) || strlen (self->sum) != (gsize) (end - body)
      || strncmp (body, self->sum, (gsize) (end - body)) != 0)
    return FALSE;
  *document = end + 1;
  return TRUE;
}

gchar *
montage_cached_file_load (MontageCachedFile *self, MontageAnalysisKind kind,
    const gchar *version)
{
  g_autofree gchar *key = NULL;
  g_autofree gchar *path = NULL;
  g_autofree gchar *body = NULL;
  const gchar *document;

  /* Where a change may hide in the time that the clock counts as one, all of
   * the file is compared now and when the document is stored. */
  if (!take_sample (self) || (!self->is_settled && !take_sum (self)))
    return NULL;
  key = document_key (self, kind, version);
  path = montage_cache_path (self->cache->folder, key, kinds[kind].suffix);
  body = read_file (path, key, document_head);
  if (!body)
    return NULL;
  if (!is_of_file (self, body, &document)) {
    GST_DEBUG ("%s is of a file that differs between the blocks", path);
    return NULL;
  }
  return g_strdup (document);
}

/* Whether the file is the one that @self was made of; now its sum is known. */
static gboolean
is_unchanged (MontageCachedFile *self)
{
  gboolean is_settled;
  g_autofree gchar *sum = sum_text (self->path);
  g_autofree gchar *stamp = montage_file_stamp (self->path, &is_settled);

  if (g_strcmp0 (stamp, self->stamp) != 0
      || (self->sum && g_strcmp0 (sum, self->sum) != 0))
    return FALSE;
  if (!self->sum) {
    self->sum = g_steal_pointer (&sum);
    self->is_dirty = TRUE;
  }
  return self->sum != NULL && take_sample (self);
}

void
montage_cached_file_store (MontageCachedFile *self, MontageAnalysisKind kind,
    const gchar *version, const gchar *document)
{
  g_autofree gchar *key = NULL;
  g_autofree gchar *path = NULL;
  g_autofree gchar *body = NULL;
  g_autofree gchar *head = NULL;
  g_autofree gchar *text = NULL;

  if (!is_unchanged (self)) {
    GST_INFO ("%s has changed meanwhile: not cached", self->path);
    self->is_dirty = FALSE;
    return;
  }
  key = document_key (self, kind, version);
  path = montage_cache_path (self->cache->folder, key, kinds[kind].suffix);
  body = g_strdup_printf ("%s\n%s", self->sum, document);
  head = document_head (key, body);
  text = g_strconcat (head, body, NULL);
  write_file (path, text);
  g_atomic_int_inc (&self->cache->n_stored);
}
