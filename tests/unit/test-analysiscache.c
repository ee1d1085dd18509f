/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>

#include "../../gst/pipelines/analysiscache.h"

#define MIB ((gsize) 1 << 20)

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

static gchar *
key_of (const gchar *bytes, gsize length)
{
  g_autofree gchar *path = make_file ("a", bytes, length);

  return montage_analysis_cache_key (path, MONTAGE_ANALYSIS_SHOTS, "1");
}

GST_START_TEST (key_is_of_content_kind_and_version)
{
  g_autofree gchar *a = make_file ("a.mp4", "same", 4);
  g_autofree gchar *b = make_file ("b.mp4", "same", 4);
  g_autofree gchar *c = make_file ("c.mp4", "sane", 4);
  g_autofree gchar *original = montage_analysis_cache_key (a,
      MONTAGE_ANALYSIS_SHOTS, "1");
  g_autofree gchar *copy = montage_analysis_cache_key (b,
      MONTAGE_ANALYSIS_SHOTS, "1");
  g_autofree gchar *content = montage_analysis_cache_key (c,
      MONTAGE_ANALYSIS_SHOTS, "1");
  g_autofree gchar *kind = montage_analysis_cache_key (a,
      MONTAGE_ANALYSIS_BEATS, "1");
  g_autofree gchar *version = montage_analysis_cache_key (a,
      MONTAGE_ANALYSIS_SHOTS, "2");

  fail_unless_equals_int (strlen (original), 64);
  fail_unless_equals_string (original, copy);
  fail_if (g_str_equal (original, content));
  fail_if (g_str_equal (original, kind));
  fail_if (g_str_equal (original, version));
  g_remove (a);
  fail_unless (
      montage_analysis_cache_key (a, MONTAGE_ANALYSIS_SHOTS, "1") == NULL);
}

GST_END_TEST;

GST_START_TEST (key_of_large_file_sees_ends_and_size)
{
  g_autofree gchar *bytes = g_malloc0 (4 * MIB);
  g_autofree gchar *zero = key_of (bytes, 4 * MIB);
  g_autofree gchar *again = key_of (bytes, 4 * MIB);
  g_autofree gchar *shorter = key_of (bytes, 4 * MIB - 1);
  const gsize places[] = {0, 65535, 4 * MIB - 65536, 4 * MIB - 1};

  fail_unless_equals_string (zero, again);
  fail_if (g_str_equal (zero, shorter));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree gchar *other = NULL;

    bytes[places[i]] = 1;
    other = key_of (bytes, 4 * MIB);
    fail_if (g_str_equal (zero, other), "%u", i);
    bytes[places[i]] = 0;
  }
}

GST_END_TEST;

GST_START_TEST (key_of_small_file_sees_every_byte)
{
  g_autofree gchar *bytes = g_malloc0 (MIB);
  g_autofree gchar *zero = key_of (bytes, MIB);

  for (gsize i = 0; i < MIB; i += 99991) {
    g_autofree gchar *other = NULL;

    bytes[i] = 1;
    other = key_of (bytes, MIB);
    fail_if (g_str_equal (zero, other));
    bytes[i] = 0;
  }
}

GST_END_TEST;

GST_START_TEST (entry_comes_back)
{
  const gchar *key = "0123456789abcdef";
  const gchar *document = "{\n  \"schema\": \"gst-montage/shots\"\n}\n";
  g_autofree gchar *path = montage_analysis_cache_path (folder,
      MONTAGE_ANALYSIS_SHOTS, key);
  g_autofree gchar *before = montage_analysis_cache_load (path, key);
  g_autofree gchar *after = NULL;

  fail_unless (before == NULL);
  montage_analysis_cache_store (path, key, document);
  after = montage_analysis_cache_load (path, key);
  fail_unless_equals_string (after, document);
  fail_unless (montage_analysis_cache_load (path, "fedc") == NULL);
}

GST_END_TEST;

GST_START_TEST (damaged_entries_are_absent)
{
  const gchar *key = "0123456789abcdef";
  const gchar *document = "{\"schema\": \"gst-montage/shots\", \"n\": 17}\n";
  g_autofree gchar *path = montage_analysis_cache_path (folder,
      MONTAGE_ANALYSIS_SHOTS, key);
  g_autofree gchar *sound = NULL;
  gsize length;

  montage_analysis_cache_store (path, key, document);
  fail_unless (g_file_get_contents (path, &sound, &length, NULL));
  /* Every truncation, then one flipped bit in every byte. */
  for (gsize i = 0; i < length; i++) {
    fail_unless (g_file_set_contents (path, sound, (gssize) i, NULL));
    fail_unless (montage_analysis_cache_load (path, key) == NULL);
  }
  for (gsize i = 0; i < length; i++) {
    sound[i] = (gchar) (sound[i] ^ 1);
    fail_unless (g_file_set_contents (path, sound, (gssize) length, NULL));
    fail_unless (montage_analysis_cache_load (path, key) == NULL);
    sound[i] = (gchar) (sound[i] ^ 1);
  }
  fail_unless (g_file_set_contents (path, "\0\n\0", 3, NULL));
  fail_unless (montage_analysis_cache_load (path, key) == NULL);
}

GST_END_TEST;

GST_START_TEST (folder_that_cannot_be_written_is_no_error)
{
  const gchar *key = "0123456789abcdef";
  g_autofree gchar *file = make_file ("file", "x", 1);
  g_autofree gchar *path = montage_analysis_cache_path (file,
      MONTAGE_ANALYSIS_SHOTS, key);

  montage_analysis_cache_store (path, key, "{}\n");
  fail_unless (montage_analysis_cache_load (path, key) == NULL);
}

GST_END_TEST;

GST_START_TEST (default_folder_is_the_users)
{
  g_autofree gchar *path = montage_analysis_cache_path (NULL,
      MONTAGE_ANALYSIS_BEATS, "abcd");
  g_autofree gchar *expected = g_build_filename (g_get_user_cache_dir (),
      "gst-montage", "analysis-1", "ab", "abcd.beats", NULL);

  fail_unless_equals_string (path, expected);
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
  tcase_add_test (tc, key_is_of_content_kind_and_version);
  tcase_add_test (tc, test_settings_have_their_own_text);
  tcase_add_test (tc, key_of_large_file_sees_ends_and_size);
  tcase_add_test (tc, key_of_small_file_sees_every_byte);
  tcase_add_test (tc, entry_comes_back);
  tcase_add_test (tc, damaged_entries_are_absent);
  tcase_add_test (tc, folder_that_cannot_be_written_is_no_error);
  tcase_add_test (tc, default_folder_is_the_users);
  return suite;
}

GST_CHECK_MAIN (analysiscache);
