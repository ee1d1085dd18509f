/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <gst/montage/error.h>

#include "../../gst/pipelines/mediafiles.h"

static gchar *folder;

static void
setup (void)
{
  folder = g_dir_make_tmp ("montage-files-XXXXXX", NULL);
  fail_unless (folder != NULL);
}

static void
remove_all (const gchar *path)
{
  GStatBuf status;

  if (g_lstat (path, &status) == 0 && S_ISDIR (status.st_mode)) {
    GDir *dir;
    const gchar *name;

    g_chmod (path, 0700);
    dir = g_dir_open (path, 0, NULL);
    while ((name = g_dir_read_name (dir))) {
      g_autofree gchar *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
    g_dir_close (dir);
  }
  g_remove (path);
}

static void
teardown (void)
{
  remove_all (folder);
  g_clear_pointer (&folder, g_free);
}

static gchar *
make_path (const gchar *name)
{
  return g_build_filename (folder, name, NULL);
}

/* With @content NULL: an empty file. */
static gchar *
make_file (const gchar *name, const gchar *content)
{
  gchar *path = make_path (name);
  g_autofree gchar *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0700);
  fail_unless (g_file_set_contents (path, content ? content : "", -1, NULL));
  return path;
}

static void
make_files (const gchar *const *names)
{
  for (; *names; names++)
    g_free (make_file (*names, "x"));
}

/* The found files as names relative to the folder, one per line. */
static gchar *
names_of (GPtrArray *uris)
{
  g_autofree gchar *real = g_canonicalize_filename (folder, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < uris->len; i++) {
    g_autofree gchar *path = g_filename_from_uri (g_ptr_array_index (uris, i),
        NULL, NULL);

    fail_unless (path && g_str_has_prefix (path, real));
    g_string_append_printf (out, "%s\n", path + strlen (real) + 1);
  }
  return g_string_free (out, FALSE);
}

static void
assert_found (const gchar *const *paths, const gchar *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uris = montage_media_files (paths, &error);
  g_autofree gchar *names = NULL;

  fail_unless (uris != NULL, "%s", error ? error->message : "no error");
  names = names_of (uris);
  fail_unless_equals_string (names, expected);
}

static void
assert_refused (const gchar *path, gint code, const gchar *sentence)
{
  const gchar *const paths[] = {path, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uris = montage_media_files (paths, &error);

  fail_unless (uris == NULL);
  fail_unless (g_error_matches (error, GST_MONTAGE_ERROR, code), "%s",
      error ? error->message : "no error");
  fail_unless (strstr (error->message, sentence), "%s", error->message);
  fail_unless (strchr (error->message, '\n') == NULL);
  fail_unless (error->message[strlen (error->message) - 1] == '.');
}

GST_START_TEST (folders_are_expanded_in_order)
{
  static const gchar *const names[] = {"b.mp4", "B.MP4", "a.mov", "é.mkv",
      "z.webm", "10.avi", "9.avi", "song.mp3", "song.ogg", "photo.jpg",
      "readme.txt", "day 2/x.mts", "day 2/.hidden.mp4", ".trash/y.mp4",
      "noextension", NULL};
  const gchar *const paths[] = {folder, NULL};

  make_files (names);
  assert_found (paths,
      "10.avi\n9.avi\nB.MP4\na.mov\nb.mp4\nday 2/x.mts\nphoto.jpg\nz.webm\n"
      "é.mkv\n");
}

GST_END_TEST;

GST_START_TEST (given_order_is_kept_and_duplicates_are_dropped)
{
  static const gchar *const names[] = {"a.mp4", "b.mp4", "song.ogg",
      "sub/c.mp4", NULL};
  g_autofree gchar *a = make_path ("a.mp4");
  g_autofree gchar *b = make_path ("b.mp4");
  g_autofree gchar *song = make_path ("song.ogg");
  g_autofree gchar *crooked = make_path ("sub/../a.mp4");
  g_autofree gchar *link = make_path ("link.mp4");
  g_autofree gchar *sub = make_path ("sub");
  g_autofree gchar *uri = NULL;

  make_files (names);
  fail_unless (symlink (a, link) == 0);
  uri = g_filename_to_uri (b, NULL, NULL);
  {
    const gchar *const paths[] = {song, uri, crooked, a, link, folder, sub,
        NULL};

    assert_found (paths, "song.ogg\nb.mp4\na.mp4\nsub/c.mp4\n");
  }
}

GST_END_TEST;

GST_START_TEST (links_in_a_circle_end)
{
  static const gchar *const names[] = {"sub/a.mp4", NULL};
  const gchar *const paths[] = {folder, NULL};
  g_autofree gchar *link = make_path ("sub/up");
  g_autofree gchar *self = make_path ("self.mp4");

  make_files (names);
  fail_unless (symlink (folder, link) == 0);
  fail_unless (symlink ("self.mp4", self) == 0);
  assert_found (paths, "sub/a.mp4\n");
  assert_refused (self, GST_MONTAGE_ERROR_IO,
      "is a link that leads in a circle");
}

GST_END_TEST;

GST_START_TEST (any_name_works)
{
  static const gchar *const names[] = {"a b.mp4", "it's \"it\".mp4",
      "50%41.mp4", "two\nlines.mp4", "#1?.mp4", "grün 日本.mp4",
      "latin\xfc.mp4", "-o.mp4", "http:x.mp4", NULL};

  make_files (names);
  for (guint i = 0; names[i]; i++) {
    g_autofree gchar *path = make_path (names[i]);
    g_autofree gchar *uri = montage_media_uri (path, NULL);
    g_autofree gchar *again = montage_media_uri (uri, NULL);
    g_autofree gchar *back = g_filename_from_uri (uri, NULL, NULL);
    g_autofree gchar *shown = montage_media_name (uri);
    g_autofree gchar *expected = g_strdup_printf ("%s\n", names[i]);
    const gchar *const paths[] = {path, NULL};

    fail_unless_equals_string (uri, again);
    fail_unless_equals_string (back, path);
    fail_unless (g_utf8_validate (shown, -1, NULL));
    fail_unless (strchr (shown, '\n') == NULL);
    assert_found (paths, expected);
  }
}

GST_END_TEST;

GST_START_TEST (relative_paths_work)
{
  static const gchar *const names[] = {"http:x.mp4", "a.mp4", NULL};
  const gchar *const paths[] = {"http:x.mp4", "a.mp4", "./a.mp4", NULL};
  g_autofree gchar *before = g_get_current_dir ();

  make_files (names);
  fail_unless (g_chdir (folder) == 0);
  assert_found (paths, "http:x.mp4\na.mp4\n");
  fail_unless (g_chdir (before) == 0);
}

GST_END_TEST;

GST_START_TEST (transport_streams_are_told_from_sources)
{
  const gchar *const paths[] = {folder, NULL};

  g_free (make_file ("film.ts", "\x47stream"));
  g_free (make_file ("page.ts", "import x"));
  assert_found (paths, "film.ts\n");
}

GST_END_TEST;

GST_START_TEST (bad_input_is_told)
{
  g_autofree gchar *missing = make_path ("missing.mp4");
  g_autofree gchar *below = make_path ("empty.mp4/x.mp4");
  g_autofree gchar *empty = make_file ("empty.mp4", NULL);
  g_autofree gchar *barren = make_path ("barren");
  g_autofree gchar *pipe_path = make_path ("pipe.mp4");

  g_free (make_file ("barren/readme.txt", "x"));
  fail_unless (mkfifo (pipe_path, 0600) == 0);
  assert_refused (missing, GST_MONTAGE_ERROR_IO, "missing.mp4' does not exist");
  assert_refused (below, GST_MONTAGE_ERROR_IO, "x.mp4' does not exist");
  assert_refused (empty, GST_MONTAGE_ERROR_MATERIAL,
      "empty.mp4' is an empty file");
  assert_refused (barren, GST_MONTAGE_ERROR_MATERIAL,
      "barren' is a folder without videos and photos");
  assert_refused (pipe_path, GST_MONTAGE_ERROR_IO,
      "pipe.mp4' is not a regular file");
  assert_refused ("", GST_MONTAGE_ERROR_IO, "empty name");
  assert_refused ("https://example.org/a.mp4", GST_MONTAGE_ERROR_IO,
      "is not on this machine");
  assert_refused ("file:///a%zz.mp4", GST_MONTAGE_ERROR_IO,
      "is not the URI of a file of this machine");
  assert_refused ("file://elsewhere/a.mp4", GST_MONTAGE_ERROR_IO,
      "is not the URI of a file of this machine");
}

GST_END_TEST;

GST_START_TEST (music_is_one_file)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *uri = montage_media_uri (folder, &error);

  fail_unless (uri == NULL);
  fail_unless (strstr (error->message, "is a folder where one file is needed"));
}

GST_END_TEST;

GST_START_TEST (gif_is_told_where_its_end_is_not_found)
{
  g_autofree gchar *gif = make_file ("a.mp4", "GIF89a and so on");
  g_autofree gchar *start = make_file ("b.gif", "GIF8");
  g_autofree gchar *cut_off = montage_media_uri (start, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *uri = montage_media_uri (gif, &error);
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  fail_unless (cut_off != NULL);
  if (major > 1 || minor > 22) {
    fail_unless (uri != NULL);
  } else {
    fail_unless (uri == NULL);
    fail_unless (
        g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL));
    fail_unless (strstr (error->message, "a.mp4' is a GIF") != NULL, "%s",
        error->message);
  }
}

GST_END_TEST;

GST_START_TEST (what_may_not_be_read_is_told)
{
  g_autofree gchar *file = make_file ("closed.mp4", "x");
  g_autofree gchar *closed = make_path ("closed");
  const uid_t user = geteuid ();

  g_free (make_file ("closed/a.mp4", "x"));
  g_chmod (folder, 0755);
  g_chmod (file, 0);
  g_chmod (closed, 0);
  /* Permissions do not stop the superuser, who becomes "nobody". */
  if (user == 0)
    fail_unless (seteuid (65534) == 0);
  assert_refused (file, GST_MONTAGE_ERROR_IO, "closed.mp4' cannot be read");
  assert_refused (closed, GST_MONTAGE_ERROR_IO, "closed' cannot be read");
  fail_unless (seteuid (user) == 0);
}

GST_END_TEST;

static Suite *
mediafiles_suite (void)
{
  Suite *suite = suite_create ("mediafiles");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_add_test (tc, folders_are_expanded_in_order);
  tcase_add_test (tc, given_order_is_kept_and_duplicates_are_dropped);
  tcase_add_test (tc, links_in_a_circle_end);
  tcase_add_test (tc, any_name_works);
  tcase_add_test (tc, relative_paths_work);
  tcase_add_test (tc, transport_streams_are_told_from_sources);
  tcase_add_test (tc, bad_input_is_told);
  tcase_add_test (tc, music_is_one_file);
  tcase_add_test (tc, gif_is_told_where_its_end_is_not_found);
  tcase_add_test (tc, what_may_not_be_read_is_told);
  return suite;
}

GST_CHECK_MAIN (mediafiles);
