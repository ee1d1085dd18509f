/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <glib/gstdio.h>

#include "analysiscache.h"

/* Layout of the folder and of its files. */
#define FORMAT "1"
#define MAGIC "gst-montage-analysis"

/* 18 blocks of 64 KiB, the first and the last of the file among them, tell
 * recordings apart without reading gigabytes. Smaller files are read whole. */
#define BLOCK_BYTES ((gsize) 64 << 10)
#define N_BLOCKS 18

GST_DEBUG_CATEGORY_STATIC (cache_debug);
#define GST_CAT_DEFAULT (cache_debug)

static const gchar *const kind_names[] = {"beats", "shots"};
static const gchar *const kind_elements[] = {"beatdetect", "sceneselect"};

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
      factory = gst_element_factory_find (kind_elements[kind]);
  g_autoptr (GstPlugin) plugin = NULL;
  const gchar *version = NULL;
  const gchar *file = NULL;
  GStatBuf status;

  init_debug ();
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
      kind_names[kind], version ? version : "0",
      plugin ? gst_plugin_get_version (plugin) : "-", (gint64) status.st_size,
      (gint64) status.st_mtime);
}

static gboolean
hash_block (GChecksum *sum, GInputStream *stream, goffset offset, gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  gsize n_read = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, NULL)
      || !g_input_stream_read_all (stream, bytes, n_bytes, &n_read, NULL, NULL))
    return FALSE;
  g_checksum_update (sum, bytes, (gssize) n_read);
  return TRUE;
}

static gboolean
hash_content (GChecksum *sum, const gchar *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree gchar *head = NULL;
  guint64 size;

  if (!stream)
    return FALSE;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
      NULL, NULL);
  if (!info)
    return FALSE;
  size = (guint64) g_file_info_get_size (info);
  head = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", size);
  g_checksum_update (sum, (const guchar *) head, -1);
  if (size <= N_BLOCKS * BLOCK_BYTES)
    return hash_block (sum, G_INPUT_STREAM (stream), 0, (gsize) size);
  for (guint i = 0; i < N_BLOCKS; i++) {
    guint64 offset = gst_util_uint64_scale (size - BLOCK_BYTES, i,
        N_BLOCKS - 1);

    if (!hash_block (sum, G_INPUT_STREAM (stream), (goffset) offset,
            BLOCK_BYTES))
      return FALSE;
  }
  return TRUE;
}

gchar *
montage_analysis_cache_key (const gchar *path, MontageAnalysisKind kind,
    const gchar *version)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) kind_names[kind], -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) version, -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  if (!hash_content (sum, path))
    return NULL;
  return g_strdup (g_checksum_get_string (sum));
}

gchar *
montage_analysis_cache_path (const gchar *folder, MontageAnalysisKind kind,
    const gchar *key)
{
  g_autofree gchar *base = folder
      ? g_strdup (folder)
      : g_build_filename (g_get_user_cache_dir (), "gst-montage", NULL);
  g_autofree gchar *name = g_strconcat (key, ".", kind_names[kind], NULL);
  const gchar shelf[3] = {key[0], key[1], '\0'};

  return g_build_filename (base, "analysis-" FORMAT, shelf, name, NULL);
}

/* The line before the document: which entry it is and the sum of the rest. */
static gchar *
make_head (const gchar *key, const gchar *document)
{
  g_autofree gchar *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
      document, -1);

  return g_strdup_printf (MAGIC " %s %s\n", key, sum);
}

gchar *
montage_analysis_cache_load (const gchar *path, const gchar *key)
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *head = NULL;
  g_autoptr (GError) error = NULL;
  gchar *document;
  gsize length;

  init_debug ();
  if (!g_file_get_contents (path, &text, &length, &error)) {
    GST_DEBUG ("no entry: %s", error->message);
    return NULL;
  }
  document = memchr (text, '\n', length);
  if (!document || strlen (text) != length) {
    GST_DEBUG ("%s is no entry", path);
    return NULL;
  }
  document++;
  head = make_head (key, document);
  if (strncmp (text, head, strlen (head)) != 0) {
    GST_DEBUG ("%s is damaged or belongs elsewhere", path);
    return NULL;
  }
  return g_strdup (document);
}

void
montage_analysis_cache_store (const gchar *path, const gchar *key,
    const gchar *document)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  g_autofree gchar *head = make_head (key, document);
  g_autofree gchar *text = g_strconcat (head, document, NULL);
  g_autoptr (GError) error = NULL;

  init_debug ();
  /* Private: names of files do not stand in it, but what they show does. */
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, text, -1, &error))
    GST_INFO ("not cached: %s", error->message);
}
