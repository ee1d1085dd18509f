/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <utime.h>

#include "../../gst/pipelines/analysiscache.h"
#include "../../gst/pipelines/cachespace.h"

#define MIB ((gsize) 1 << 20)
#define SETTLE_USEC (2100 * 1000)

static gchar *folder;

static void
setup (void)
{
  folder = g_dir_make_tmp ("montage-cache-XXXXXX", NULL);
  fail_unless (folder != NULL);
}

static void
remove_all (const gchar *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_DIR)
      ? g_dir_open (path, 0, NULL)
      : NULL;
  const gchar *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);

    remove_all (child);
  }
  if (dir)
    g_dir_close (dir);
  g_remove (path);
}

static void
teardown (void)
{
  remove_all (folder);
  g_clear_pointer (&folder, g_free);
}

static gchar *
make_file (const gchar *name, const gchar *bytes, gsize length)
{
  gchar *path = g_build_filename (folder, name, NULL);

  fail_unless (g_file_set_contents (path, bytes, (gssize) length, NULL));
  return path;
}

static const gchar *const document =
    "{\n  \"schema\": \"gst-montage/shots\", \"n\": 17\n}\n";

/* With a date of 2020; the time of its last change stays. */
static void
age (const gchar *path)
{
  struct utimbuf times = {1600000000, 1600000000};

  fail_unless_equals_int (g_utime (path, &times), 0);
}

static gchar *
load (const gchar *path, MontageAnalysisKind kind, const gchar *version)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autoptr (MontageCachedFile) file = montage_cached_file_new (cache, path);

  fail_unless (file != NULL);
  return montage_cached_file_load (file, kind, version);
}

static gboolean
has (const gchar *path)
{
  g_autofree gchar *text = load (path, MONTAGE_ANALYSIS_SHOTS, "1");

  if (text)
    fail_unless_equals_string (text, document);
  return text != NULL;
}

static void
store (const gchar *path)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autoptr (MontageCachedFile) file = montage_cached_file_new (cache, path);

  montage_cached_file_store (file, MONTAGE_ANALYSIS_SHOTS, "1", document);
}

/* Runs @action on every file of the cache. */
static guint
each_entry (const gchar *path, const gchar *suffix,
    void (*action) (const gchar *path))
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const gchar *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      n += each_entry (child, suffix, action);
    } else if (g_str_has_suffix (name, suffix)) {
      if (action)
        action (child);
      n++;
    }
  }
  return n;
}

static guint
count_entries (const gchar *suffix)
{
  return each_entry (folder, suffix, NULL);
}

GST_START_TEST (document_comes_back_by_content_kind_and_version)
{
  g_autofree gchar *a = make_file ("a.mp4", "same", 4);
  g_autofree gchar *copy = make_file ("b.mp4", "same", 4);
  g_autofree gchar *other = make_file ("c.mp4", "sane", 4);
  g_autofree gchar *kind = NULL;
  g_autofree gchar *version = NULL;

  fail_if (has (a));
  store (a);
  fail_unless (has (a));
  fail_unless (has (copy));
  fail_if (has (other));
  kind = load (a, MONTAGE_ANALYSIS_BEATS, "1");
  version = load (a, MONTAGE_ANALYSIS_SHOTS, "2");
  fail_unless (kind == NULL);
  fail_unless (version == NULL);
}

GST_END_TEST;

GST_START_TEST (absent_file_is_none)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autofree gchar *path = g_build_filename (folder, "absent.mp4", NULL);

  fail_unless (montage_cached_file_new (cache, path) == NULL);
}

GST_END_TEST;

/* Whether the file is changed in its sampled blocks, between them, or in
 * length, and whatever its date then says. */
GST_START_TEST (every_change_is_noticed)
{
  g_autofree gchar *bytes = g_malloc0 (4 * MIB);
  g_autofree gchar *path = make_file ("a.mp4", bytes, 4 * MIB);
  const gsize places[] = {0, 65535, 100000, 2 * MIB + 7, 3 * MIB - 1,
      4 * MIB - 1};

  age (path);
  store (path);
  fail_unless (has (path));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    bytes[places[i]] = 1;
    g_free (make_file ("a.mp4", bytes, 4 * MIB));
    fail_if (has (path), "%u", i);
    age (path);
    fail_if (has (path), "%u, with the date of before", i);
    bytes[places[i]] = 0;
  }
  g_free (make_file ("a.mp4", bytes, 4 * MIB - 1));
  fail_if (has (path));
  g_free (make_file ("a.mp4", bytes, 4 * MIB));
  fail_unless (has (path));
}

GST_END_TEST;

/* An entry of a file that is alike in size and sampled blocks. */
GST_START_TEST (copy_that_differs_between_the_blocks_is_another)
{
  g_autofree gchar *bytes = g_malloc0 (4 * MIB);
  g_autofree gchar *a = make_file ("a.mp4", bytes, 4 * MIB);
  g_autofree gchar *b = NULL;

  bytes[100000] = 1;
  b = make_file ("b.mp4", bytes, 4 * MIB);
  store (a);
  fail_unless (has (a));
  fail_if (has (b));
  store (b);
  fail_unless (has (b));
}

GST_END_TEST;

GST_START_TEST (file_that_changes_meanwhile_is_not_kept)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autofree gchar *path = make_file ("a.mp4", "half", 4);
  MontageCachedFile *file = montage_cached_file_new (cache, path);

  fail_unless (
      montage_cached_file_load (file, MONTAGE_ANALYSIS_SHOTS, "1") == NULL);
  g_free (make_file ("a.mp4", "half and the rest", 17));
  montage_cached_file_store (file, MONTAGE_ANALYSIS_SHOTS, "1", document);
  montage_cached_file_free (file);
  fail_if (has (path));
  fail_unless_equals_int (count_entries (".shots"), 0);
  g_free (make_file ("a.mp4", "half", 4));
  fail_if (has (path));
}

GST_END_TEST;

GST_START_TEST (moved_file_is_found)
{
  g_autofree gchar *path = make_file ("a.mp4", "settled", 7);
  g_autofree gchar *away = g_build_filename (folder, "away", NULL);

  /* Past the time in which a change may leave the clock where it is. */
  g_usleep (SETTLE_USEC);
  store (path);
  fail_unless_equals_int (count_entries (".file"), 1);
  fail_unless (has (path));
  fail_unless_equals_int (g_rename (path, away), 0);
  fail_unless (has (away));
}

GST_END_TEST;

static void
remember (const gchar *path, MontageAnalysisKind kind)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autoptr (MontageCachedFile) file = montage_cached_file_new (cache, path);

  montage_cached_file_set_kind (file, kind);
}

static gint
remembered (const gchar *path)
{
  g_autoptr (MontageAnalysisCache) cache = montage_analysis_cache_new (folder);
  g_autoptr (MontageCachedFile) file = montage_cached_file_new (cache, path);
  MontageAnalysisKind kind;

  return montage_cached_file_get_kind (file, &kind) ? (gint) kind : -1;
}

GST_START_TEST (kind_is_remembered_while_the_file_is_unchanged)
{
  g_autofree gchar *path = make_file ("a.mp4", "clip", 4);

  remember (path, MONTAGE_ANALYSIS_BEATS);
  fail_unless_equals_int (remembered (path), -1);
  g_usleep (SETTLE_USEC);
  remember (path, MONTAGE_ANALYSIS_BEATS);
  fail_unless_equals_int (remembered (path), MONTAGE_ANALYSIS_BEATS);
  store (path);
  fail_unless_equals_int (remembered (path), MONTAGE_ANALYSIS_BEATS);
  fail_unless (has (path));
  g_free (make_file ("a.mp4", "soon", 4));
  fail_unless_equals_int (remembered (path), -1);
}

GST_END_TEST;

/* Cameras with a wrong clock: no reason to read all of the film each time. */
GST_START_TEST (date_to_come_is_no_obstacle)
{
  g_autofree gchar *path = make_file ("a.mp4", "clip", 4);
  struct utimbuf times = {4000000000, 4000000000};

  fail_unless_equals_int (g_utime (path, &times), 0);
  g_usleep (SETTLE_USEC);
  remember (path, MONTAGE_ANALYSIS_SHOTS);
  fail_unless_equals_int (remembered (path), MONTAGE_ANALYSIS_SHOTS);
}

GST_END_TEST;

static gboolean (*still_there) (void);

static gboolean
has_a (void)
{
  g_autofree gchar *path = g_build_filename (folder, "a.mp4", NULL);

  return has (path);
}

/* A new file each time: to replace one, some file systems wait for the disk. */
static void
overwrite (const gchar *path, const gchar *bytes, gsize length)
{
  FILE *file;

  g_unlink (path);
  file = g_fopen (path, "wb");
  fail_unless (file != NULL);
  fail_unless_equals_int (fwrite (bytes, 1, length, file), length);
  fail_unless_equals_int (fclose (file), 0);
}

/* Every truncation, then one flipped bit in every byte. */
static void
damage (const gchar *path)
{
  g_autofree gchar *sound = NULL;
  gsize length;

  fail_unless (g_file_get_contents (path, &sound, &length, NULL));
  for (gsize i = 0; i < length; i++) {
    overwrite (path, sound, i);
    fail_if (still_there (), "%u bytes", (guint) i);
  }
  for (gsize i = 0; i < length; i++) {
    sound[i] = (gchar) (sound[i] ^ 1);
    overwrite (path, sound, length);
    fail_if (still_there (), "byte %u", (guint) i);
    sound[i] = (gchar) (sound[i] ^ 1);
  }
  overwrite (path, "\0\n\0", 3);
  fail_if (still_there ());
}

GST_START_TEST (damaged_documents_are_absent)
{
  g_autofree gchar *path = make_file ("a.mp4", "same", 4);

  store (path);
  still_there = has_a;
  fail_unless_equals_int (each_entry (folder, ".shots", damage), 1);
}

GST_END_TEST;

static gboolean
has_kind (void)
{
  g_autofree gchar *path = g_build_filename (folder, "a.mp4", NULL);

  return remembered (path) >= 0;
}

GST_START_TEST (damaged_records_are_absent)
{
  g_autofree gchar *path = make_file ("a.mp4", "same", 4);

  g_usleep (SETTLE_USEC);
  remember (path, MONTAGE_ANALYSIS_SHOTS);
  still_there = has_kind;
  fail_unless (has_kind ());
  fail_unless_equals_int (each_entry (folder, ".file", damage), 1);
}

GST_END_TEST;

GST_START_TEST (folder_that_cannot_be_written_is_no_error)
{
  g_autofree gchar *file = make_file ("file", "x", 1);
  g_autofree gchar *clip = make_file ("a.mp4", "same", 4);
  g_autofree gchar *media = g_steal_pointer (&folder);

  folder = g_strdup (file);
  store (clip);
  fail_if (has (clip));
  g_free (folder);
  folder = g_steal_pointer (&media);
}

GST_END_TEST;

GST_START_TEST (default_folder_is_the_users)
{
  g_autofree gchar *path = montage_cache_path (NULL, "abcd",
      MONTAGE_CACHE_BEATS_SUFFIX);
  g_autofree gchar *expected = g_build_filename (g_get_user_cache_dir (),
      "gst-montage", "analysis-1", "ab", "abcd.beats", NULL);

  fail_unless_equals_string (path, expected);
}

GST_END_TEST;

GST_START_TEST (limit_is_read)
{
  const struct
  {
    const gchar *text;
    guint64 limit;
  } good[] = {
      {"0", 0},
      {"4096", 4096},
      {"500M", (guint64) 500 << 20},
      {"2g", (guint64) 2 << 30},
      {"1K", 1024},
      {"3T", (guint64) 3 << 40},
  };
  const gchar *const bad[] = {"", "M", "-1", "1.5G", "5X", "5MB", " 5",
      "99999999999T"};
  guint64 limit;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    fail_unless (montage_cache_parse_limit (good[i].text, &limit));
    fail_unless_equals_uint64 (limit, good[i].limit);
    g_setenv (MONTAGE_CACHE_LIMIT_VARIABLE, good[i].text, TRUE);
    fail_unless_equals_uint64 (montage_cache_limit (), good[i].limit);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    fail_if (montage_cache_parse_limit (bad[i], &limit), "%s", bad[i]);
    g_setenv (MONTAGE_CACHE_LIMIT_VARIABLE, bad[i], TRUE);
    fail_unless_equals_uint64 (montage_cache_limit (), (guint64) 1 << 30);
  }
  g_unsetenv (MONTAGE_CACHE_LIMIT_VARIABLE);
}

GST_END_TEST;

/* The older half of the documents goes, and what a killed writer has left. */
GST_START_TEST (least_recently_used_goes)
{
  g_autofree gchar *orphan = montage_cache_path (folder, "0700",
      ".shots.X1Y2Z3");
  MontageCacheUsage all, rest, gone;

  for (guint i = 0; i < 20; i++) {
    g_autofree gchar *name = g_strdup_printf ("%02u00", i);
    g_autofree gchar *path = montage_cache_path (folder, name,
        MONTAGE_CACHE_SHOTS_SUFFIX);
    g_autofree gchar *shelf = g_path_get_dirname (path);
    struct utimbuf times = {1600000000 + i, 1600000000 + i};

    g_mkdir_with_parents (shelf, 0700);
    fail_unless (g_file_set_contents (path, document, 40, NULL));
    fail_unless_equals_int (g_utime (path, &times), 0);
  }
  montage_cache_measure (folder, &all);
  fail_unless_equals_int (all.n_documents, 20);
  fail_unless_equals_int (all.n_bytes, 800);
  montage_cache_trim (folder, 800, NULL);
  montage_cache_measure (folder, &rest);
  fail_unless_equals_int (rest.n_documents, 20);
  fail_unless (g_file_set_contents (orphan, "half", 4, NULL));
  age (orphan);
  montage_cache_trim (folder, 400, &gone);
  montage_cache_measure (folder, &rest);
  fail_unless_equals_int (rest.n_documents, 9);
  fail_unless_equals_int (gone.n_documents, 11);
  fail_unless_equals_int (gone.n_bytes, 11 * 40 + 4);
  fail_if (g_file_test (orphan, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 20; i++) {
    g_autofree gchar *name = g_strdup_printf ("%02u00", i);
    g_autofree gchar *path = montage_cache_path (folder, name,
        MONTAGE_CACHE_SHOTS_SUFFIX);

    fail_unless_equals_int (g_file_test (path, G_FILE_TEST_EXISTS), i >= 11);
  }
  montage_cache_trim (folder, 0, NULL);
  montage_cache_measure (folder, &rest);
  fail_unless_equals_int (rest.n_documents, 0);
}

GST_END_TEST;

/* Equal texts are equal settings: the cache relies on it. */
GST_START_TEST (test_settings_have_their_own_text)
{
  MontageBeatSettings none = MONTAGE_BEAT_SETTINGS_INIT;
  MontageBeatSettings settings[6];
  g_autoptr (GHashTable)
      seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fail_unless (montage_beat_settings_text (&none) == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    settings[i] = none;
  settings[0].tempo = 90;
  settings[1].tempo_min = 90;
  settings[2].tempo_max = 90;
  settings[3].beats_per_bar = 3;
  settings[4].first_downbeat = 0;
  settings[5].tempo = 90.0000001;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    fail_unless (
        g_hash_table_add (seen, montage_beat_settings_text (&settings[i])));
}

GST_END_TEST;

static Suite *
analysiscache_suite (void)
{
  Suite *suite = suite_create ("analysiscache");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_add_test (tc, document_comes_back_by_content_kind_and_version);
  tcase_add_test (tc, absent_file_is_none);
  tcase_add_test (tc, every_change_is_noticed);
  tcase_add_test (tc, copy_that_differs_between_the_blocks_is_another);
  tcase_add_test (tc, file_that_changes_meanwhile_is_not_kept);
  tcase_add_test (tc, moved_file_is_found);
  tcase_add_test (tc, kind_is_remembered_while_the_file_is_unchanged);
  tcase_add_test (tc, date_to_come_is_no_obstacle);
  tcase_add_test (tc, damaged_documents_are_absent);
  tcase_add_test (tc, damaged_records_are_absent);
  tcase_add_test (tc, folder_that_cannot_be_written_is_no_error);
  tcase_add_test (tc, default_folder_is_the_users);
  tcase_add_test (tc, limit_is_read);
  tcase_add_test (tc, least_recently_used_goes);
  tcase_add_test (tc, test_settings_have_their_own_text);
  return suite;
}

GST_CHECK_MAIN (analysiscache);
