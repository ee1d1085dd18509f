/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files are written all or none; the song is found; the sound is trimmed. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/montage/error.h>

#include "outputs.h"
#include "songfinder.h"
#include "soundtrim.h"
#include "values.h"

static gchar *folder;

static void
setup (void)
{
  folder = g_dir_make_tmp ("montage-outputs-XXXXXX", NULL);
  fail_unless (folder != NULL);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
teardown (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static gchar *
path_of (const gchar *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
touch (const gchar *name, const gchar *text)
{
  g_autofree gchar *path = path_of (name);

  fail_unless (g_file_set_contents (path, text, -1, NULL));
}

static void
check_contents (const gchar *name, const gchar *expected)
{
  g_autofree gchar *path = path_of (name);
  g_autofree gchar *text = NULL;

  fail_unless (g_file_get_contents (path, &text, NULL, NULL));
  fail_unless_equals_string (text, expected);
}

/* Checks that adding @path fails with a sentence that has @words. */
static void
check_refused (ToolOutputs *outputs, const gchar *path, const gchar *words)
{
  g_autoptr (GError) error = NULL;

  fail_unless_equals_int (tool_outputs_add (outputs, path, &error), -1);
  fail_unless (error != NULL && strstr (error->message, words) != NULL,
      "'%s' is not in: %s", words, error ? error->message : "no error");
}

GST_START_TEST (test_written_or_not)
{
  g_autofree gchar *one = path_of ("one ü%\".txt");
  g_autofree gchar *two = path_of ("two\n.txt");
  ToolOutputs *outputs = tool_outputs_new (FALSE);

  fail_unless_equals_int (tool_outputs_add (outputs, one, NULL), 0);
  fail_unless_equals_int (tool_outputs_add (outputs, two, NULL), 1);
  /* The check leaves nothing behind. */
  fail_unless_equals_int (count_files (), 0);
  fail_unless (tool_outputs_write (outputs, 0, "1", -1, NULL));
  fail_unless (tool_outputs_write (outputs, 0, "one", -1, NULL));
  g_free (tool_outputs_scratch (outputs, 1, NULL));
  fail_if (g_file_test (one, G_FILE_TEST_EXISTS));
  tool_outputs_free (outputs);
  fail_unless_equals_int (count_files (), 0);

  outputs = tool_outputs_new (FALSE);
  tool_outputs_add (outputs, one, NULL);
  tool_outputs_add (outputs, two, NULL);
  fail_unless (tool_outputs_write (outputs, 0, "one", -1, NULL));
  fail_unless (tool_outputs_write (outputs, 1, "two", -1, NULL));
  fail_unless (tool_outputs_commit (outputs, NULL));
  tool_outputs_free (outputs);
  fail_unless_equals_int (count_files (), 2);
  check_contents ("one ü%\".txt", "one");
  check_contents ("two\n.txt", "two");
}
GST_END_TEST;

GST_START_TEST (test_force)
{
  g_autofree gchar *path = path_of ("film.mp4");
  g_autofree gchar *input = path_of ("clip.mp4");
  g_autoptr (ToolOutputs) careful = tool_outputs_new (FALSE);
  g_autoptr (ToolOutputs) forced = tool_outputs_new (TRUE);

  touch ("film.mp4", "old");
  touch ("clip.mp4", "clip");
  check_refused (careful, path, "--force");
  fail_unless_equals_int (tool_outputs_add (forced, path, NULL), 0);
  check_refused (forced, path, "twice");
  /* What is read is not replaced, even by force, nor by another name. */
  tool_outputs_protect (forced, input);
  check_refused (forced, input, "read");
  fail_unless (tool_outputs_write (forced, 0, "new", -1, NULL));
  check_contents ("film.mp4", "old");
  fail_unless (tool_outputs_commit (forced, NULL));
  check_contents ("film.mp4", "new");
}
GST_END_TEST;

GST_START_TEST (test_appeared_meanwhile)
{
  g_autofree gchar *one = path_of ("one");
  g_autofree gchar *two = path_of ("two");
  g_autoptr (ToolOutputs) outputs = tool_outputs_new (FALSE);
  g_autoptr (GError) error = NULL;

  tool_outputs_add (outputs, one, NULL);
  tool_outputs_add (outputs, two, NULL);
  tool_outputs_write (outputs, 0, "1", -1, NULL);
  tool_outputs_write (outputs, 1, "2", -1, NULL);
  touch ("two", "theirs");
  fail_if (tool_outputs_commit (outputs, &error));
  fail_unless (strstr (error->message, two) != NULL);
  /* The first, renamed already, is taken back. */
  fail_if (g_file_test (one, G_FILE_TEST_EXISTS));
  check_contents ("two", "theirs");
}
GST_END_TEST;

GST_START_TEST (test_removed_meanwhile)
{
  g_autofree gchar *one = path_of ("one");
  g_autoptr (ToolOutputs) outputs = tool_outputs_new (FALSE);
  g_autoptr (GError) error = NULL;

  tool_outputs_add (outputs, one, NULL);
  tool_outputs_write (outputs, 0, "1", -1, NULL);
  g_unlink (tool_outputs_temporary (outputs, 0, NULL));
  fail_if (tool_outputs_commit (outputs, &error));
  fail_unless (strstr (error->message, "removed meanwhile") != NULL, "%s",
      error->message);
}
GST_END_TEST;

GST_START_TEST (test_bad_targets)
{
  g_autofree gchar *nowhere = path_of ("none/film.mp4");
  g_autofree gchar *below_file = path_of ("file/film.mp4");
  g_autoptr (ToolOutputs) outputs = tool_outputs_new (TRUE);

  touch ("file", "");
  check_refused (outputs, nowhere, "does not exist");
  check_refused (outputs, below_file, "not a folder");
  check_refused (outputs, folder, "is a folder");
  check_refused (outputs, "/dev/null", "ordinary");
  check_refused (outputs, "/proc/film.mp4", "cannot be written");
}
GST_END_TEST;

static gchar *
find_song (const gchar *first, const gchar *second, GError **error)
{
  const gchar *const paths[] = {first, second, NULL};

  return tool_find_song (paths, error);
}

/* Folders are made for files, and stay where one came into them. */
GST_START_TEST (test_folders)
{
  g_autofree gchar *outer = path_of ("a");
  g_autofree gchar *inner = g_build_filename (outer, "b", NULL);
  g_autofree gchar *file = g_build_filename (inner, "x.json", NULL);
  g_autofree gchar *below_file = g_build_filename (file, "c", NULL);
  g_autoptr (GError) error = NULL;
  ToolOutputs *outputs = tool_outputs_new (FALSE);

  fail_unless (tool_outputs_make_folder (outputs, inner, NULL));
  fail_unless_equals_int (tool_outputs_add (outputs, file, NULL), 0);
  tool_outputs_free (outputs);
  fail_if (g_file_test (outer, G_FILE_TEST_EXISTS));

  outputs = tool_outputs_new (FALSE);
  fail_unless (tool_outputs_make_folder (outputs, inner, NULL));
  tool_outputs_add (outputs, file, NULL);
  fail_unless (tool_outputs_write (outputs, 0, "x", -1, NULL));
  fail_unless (tool_outputs_commit (outputs, NULL));
  fail_if (tool_outputs_make_folder (outputs, below_file, &error));
  fail_unless (strstr (error->message, "cannot be made") != NULL, "%s",
      error->message);
  tool_outputs_free (outputs);
  fail_unless (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  g_remove (file);
  g_rmdir (inner);
}

GST_END_TEST;

#define N_RUNS 4
#define N_ROUNDS 50

typedef struct
{
  gchar *folder;
  gint n_waiting; /* atomic */
} Start;

static gpointer
make_at_once (gpointer data)
{
  Start *start = data;
  ToolOutputs *outputs = tool_outputs_new (FALSE);
  g_autoptr (GError) error = NULL;

  g_atomic_int_add (&start->n_waiting, -1);
  while (g_atomic_int_get (&start->n_waiting) > 0)
    g_thread_yield ();
  tool_outputs_make_folder (outputs, start->folder, &error);
  fail_unless (error == NULL, "%s", error ? error->message : "");
  return outputs;
}

GST_START_TEST (test_folder_of_several_runs)
{
  static const gchar *const made[] = {"a/b/c", "a/b", "a"};

  for (guint i = 0; i < N_ROUNDS; i++) {
    Start start = {path_of (made[0]), N_RUNS};
    GThread *threads[N_RUNS];
    ToolOutputs *outputs[N_RUNS];

    for (guint k = 0; k < N_RUNS; k++)
      threads[k] = g_thread_new (NULL, make_at_once, &start);
    for (guint k = 0; k < N_RUNS; k++)
      outputs[k] = g_thread_join (threads[k]);
    fail_unless (g_file_test (start.folder, G_FILE_TEST_IS_DIR));
    for (guint k = 0; k < N_RUNS; k++)
      tool_outputs_free (outputs[k]);
    g_free (start.folder);
    for (guint k = 0; k < G_N_ELEMENTS (made); k++) {
      g_autofree gchar *path = path_of (made[k]);

      g_rmdir (path);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_song)
{
  g_autofree gchar *song = path_of ("b.OGG");
  g_autofree gchar *found = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) many = NULL;
  const gchar *const mixed[] = {"a.mp4", "b.ogg", NULL};
  const gchar *const songs[] = {"b.ogg", NULL};
  g_auto (GStrv) clips = tool_without_songs (mixed);
  g_auto (GStrv) kept = tool_without_songs (songs);

  touch ("a.mp4", "");
  fail_unless (find_song (folder, NULL, &none) == NULL);
  fail_unless (strstr (none->message, "--music") != NULL);
  touch ("b.OGG", "");
  touch (".hidden.ogg", "");
  found = find_song (folder, NULL, NULL);
  fail_unless_equals_string (found, song);
  touch ("c.flac", "");
  fail_unless (find_song (folder, NULL, &many) == NULL);
  fail_unless (strstr (many->message, "2 songs") != NULL);
  fail_unless_equals_int (g_strv_length (clips), 1);
  fail_unless_equals_string (clips[0], "a.mp4");
  fail_unless_equals_int (g_strv_length (kept), 1);
}
GST_END_TEST;

/* Pushes @n samples (numbered from 1) in buffers of 100 through a trim of 150
 * for a film of 1000 samples, and returns what comes out. */
static GArray *
trim (guint n)
{
  GstHarness *harness = gst_harness_new ("identity");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "src");
  GArray *out = g_array_new (FALSE, FALSE, sizeof (gint16));
  GstBuffer *buffer;
  GstClockTime expected = 0;

  tool_sound_trim_attach (pad, 150, GST_SECOND);
  gst_harness_set_src_caps_str (harness,
      "audio/x-raw,format=S16LE,rate=1000,channels=1,layout=interleaved");
  for (guint first = 0; first < n; first += 100) {
    gint16 samples[100];

    for (guint i = 0; i < 100; i++)
      samples[i] = first + i + 1;
    buffer = gst_buffer_new_memdup (samples, sizeof samples);
    GST_BUFFER_PTS (buffer) = first * GST_MSECOND;
    GST_BUFFER_DURATION (buffer) = 100 * GST_MSECOND;
    gst_harness_push (harness, buffer);
  }
  gst_harness_push_event (harness, gst_event_new_eos ());
  while ((buffer = gst_harness_try_pull (harness)) != NULL) {
    GstMapInfo map;

    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer), expected);
    gst_buffer_map (buffer, &map, GST_MAP_READ);
    g_array_append_vals (out, map.data, map.size / 2);
    expected += map.size / 2 * GST_MSECOND;
    gst_buffer_unmap (buffer, &map);
    gst_buffer_unref (buffer);
  }
  gst_harness_teardown (harness);
  return out;
}

GST_START_TEST (test_sound_is_moved_forward)
{
  g_autoptr (GArray) exact = trim (1000);
  g_autoptr (GArray) longer = trim (2000);
  g_autoptr (GArray) nothing = trim (100);

  fail_unless_equals_int (exact->len, 1000);
  fail_unless_equals_int (g_array_index (exact, gint16, 0), 151);
  fail_unless_equals_int (g_array_index (exact, gint16, 849), 1000);
  fail_unless_equals_int (g_array_index (exact, gint16, 850), 0);
  fail_unless_equals_int (longer->len, 1000);
  fail_unless_equals_int (g_array_index (longer, gint16, 999), 1150);
  /* A song that ends early is followed by silence. */
  fail_unless_equals_int (nothing->len, 1000);
  fail_unless_equals_int (g_array_index (nothing, gint16, 0), 0);
}
GST_END_TEST;

static Suite *
tooloutputs_suite (void)
{
  Suite *suite = suite_create ("tooloutputs");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_add_test (tc, test_written_or_not);
  tcase_add_test (tc, test_force);
  tcase_add_test (tc, test_appeared_meanwhile);
  tcase_add_test (tc, test_removed_meanwhile);
  tcase_add_test (tc, test_bad_targets);
  tcase_add_test (tc, test_folders);
  tcase_add_test (tc, test_folder_of_several_runs);
  tcase_add_test (tc, test_song);
  tcase_add_test (tc, test_sound_is_moved_forward);
  return suite;
}

GST_CHECK_MAIN (tooloutputs);
