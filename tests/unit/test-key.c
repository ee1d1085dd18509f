/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <gst/director/key.h>
#include <gst/montage/montage.h>

#include "testfolder.h"

/* Where keys come from, where they may go, and what is never shown. */

#define SECRET "sk-0123456789abcdef"
#define ORIGIN "https://api.example.org"

static void
check_refused (const gchar *path, const gchar *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MontageKey) key = montage_key_new_from_file (path, ORIGIN, &error);

  fail_unless (key == NULL, "%s was taken", path);
  fail_unless (
      g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO));
  fail_unless (strstr (error->message, why) != NULL, "%s", error->message);
  fail_unless (strstr (error->message, path) != NULL);
  fail_unless (strstr (error->message, "0123") == NULL, "%s", error->message);
}

GST_START_TEST (test_key_file)
{
  static const gchar *const texts[] = {SECRET, SECRET "\n", " " SECRET "\r\n"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree gchar *path = test_folder_write ("key", texts[i], -1, 0600);
    g_autofree gchar *link = g_build_filename (test_folder, "link", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (MontageKey)
        key = montage_key_new_from_file (path, ORIGIN, &error);
    g_autoptr (MontageKey) linked = NULL;

    g_assert_no_error (error);
    fail_unless_equals_string (montage_key_peek (key), SECRET);
    /* what counts is the file at its end */
    fail_unless (symlink (path, link) == 0);
    linked = montage_key_new_from_file (link, ORIGIN, &error);
    g_assert_no_error (error);
    fail_unless_equals_string (montage_key_peek (linked), SECRET);
    g_remove (link);
  }
}
GST_END_TEST;

GST_START_TEST (test_key_file_mode)
{
  static const gint modes[] = {0640, 0604, 0660, 0601, 0644, 0777};

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree gchar *path = test_folder_write ("key", SECRET, -1, modes[i]);
    g_autofree gchar *link = g_build_filename (test_folder, "link", NULL);

    check_refused (path, "chmod 600");
    fail_unless (symlink (path, link) == 0);
    check_refused (link, "chmod 600");
    g_remove (link);
  }
}
GST_END_TEST;

GST_START_TEST (test_key_file_content)
{
  static const struct
  {
    const gchar *text;
    gssize length;
  } contents[] = {
      {"", 0},
      {"\n \n", 3},
      {SECRET "\n" SECRET "\n", 40},
      {"two words", 9},
      {"k\xc3\xb6y", 4},
      {"abc\0def", 7},
      {"\0", 1},
      {"sk\x1b[31m", 7},
  };
  g_autofree gchar *huge = g_strnfill (1 << 20, 'k');

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree gchar *path = test_folder_write ("key", contents[i].text,
        contents[i].length, 0600);

    check_refused (path, "one key on one line");
  }
  {
    g_autofree gchar *path = test_folder_write ("key", huge, -1, 0600);

    check_refused (path, "one key on one line");
  }
}
GST_END_TEST;

/* None of these may block or be read. */
GST_START_TEST (test_key_is_no_file)
{
  g_autofree gchar *missing = g_build_filename (test_folder, "missing", NULL);
  g_autofree gchar *pipe = g_build_filename (test_folder, "pipe", NULL);
  g_autofree gchar *loop = g_build_filename (test_folder, "loop", NULL);
  g_autofree gchar *inner = g_build_filename (test_folder, "inner", NULL);

  check_refused (missing, "No such file");
  fail_unless (mkfifo (pipe, 0600) == 0);
  check_refused (pipe, "no regular file");
  fail_unless (g_mkdir (inner, 0700) == 0);
  check_refused (inner, "no regular file");
  check_refused ("/dev/zero", "no regular file");
  fail_unless (symlink (loop, loop) == 0);
  check_refused (loop, "'");
}
GST_END_TEST;

GST_START_TEST (test_key_of_another)
{
  g_autofree gchar *path = test_folder_write ("key", SECRET, -1, 0600);

  /* only root can give a file away */
  if (geteuid () == 0) {
    fail_unless (chown (path, 65534, 65534) == 0);
    check_refused (path, "another user");
  }
}
GST_END_TEST;

GST_START_TEST (test_key_fits)
{
  static const struct
  {
    const gchar *origin;
    const gchar *uri;
    gboolean fits;
  } pairs[] = {
      {"https://api.example.org", "https://api.example.org/v1/x", TRUE},
      {"https://api.example.org", "https://API.Example.org:443/", TRUE},
      {"https://api.example.org/some/path", "https://api.example.org/", TRUE},
      {"http://[::1]:8080", "http://[::1]:8080/v1", TRUE},
      {"https://api.example.org", "http://api.example.org/", FALSE},
      {"https://api.example.org", "https://api.example.org:8443/", FALSE},
      {"https://api.example.org", "https://api.example.org.evil.org/", FALSE},
      {"https://api.example.org", "https://evil.org/api.example.org", FALSE},
      {"https://api.example.org", "https://api.example.org@evil.org/", FALSE},
      {"https://api.example.org", "https://evil.org#@api.example.org/", FALSE},
      {"https://api.example.org", "https:///v1", FALSE},
      {"https://api.example.org", "nonsense", FALSE},
      {"nonsense", "nonsense", FALSE},
      {"", "", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (MontageKey) key = NULL;

    g_setenv ("GEMINI_API_KEY", SECRET, TRUE);
    key = montage_key_new_from_environment ("GEMINI_API_KEY", pairs[i].origin);
    fail_unless_equals_int (montage_key_fits (key, pairs[i].uri),
        pairs[i].fits);
  }
}
GST_END_TEST;

GST_START_TEST (test_key_of_the_environment)
{
  static const gchar *const none[] = {"", "  ", "two words", "a\nb"};
  g_autofree gchar *huge = g_strnfill (5000, 'k');
  g_autoptr (MontageKey) key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    g_setenv ("OPENAI_API_KEY", none[i], TRUE);
    fail_unless (
        montage_key_new_from_environment ("OPENAI_API_KEY", ORIGIN) == NULL);
  }
  g_setenv ("OPENAI_API_KEY", huge, TRUE);
  fail_unless (
      montage_key_new_from_environment ("OPENAI_API_KEY", ORIGIN) == NULL);
  g_setenv ("OPENAI_API_KEY", SECRET "\n", TRUE);
  key = montage_key_new_from_environment ("OPENAI_API_KEY", ORIGIN);
  fail_unless_equals_string (montage_key_peek (key), SECRET);
}
GST_END_TEST;

GST_START_TEST (test_key_is_hidden)
{
  static const struct
  {
    const gchar *key;
    const gchar *text;
    const gchar *hidden;
  } texts[] = {
      {"hunter2hunter2", "no hunter2hunter2hunter2hunter2!",
          "no ****************************!"},
      {"hunter2hunter2", "hunter2hunter", "hunter2hunter"},
      {"hunter2hunter2", "", ""},
      {"ollama", "ollama", "ollama"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (MontageKey) key = NULL;

    g_setenv ("OPENAI_API_KEY", texts[i].key, TRUE);
    key = montage_key_new_from_environment ("OPENAI_API_KEY", ORIGIN);
    g_byte_array_append (bytes, (const guint8 *) texts[i].text,
        (guint) strlen (texts[i].text));
    montage_key_hide (key, bytes);
    fail_unless (bytes->len == strlen (texts[i].hidden));
    fail_unless (bytes->len == 0
        || memcmp (bytes->data, texts[i].hidden, bytes->len) == 0);
  }
}
GST_END_TEST;

GST_START_TEST (test_redacted)
{
  static const gchar *const texts[] =
      {"API key AIzaSy0123456789-secret_x is wrong", "AQ.Ab8RN6secretx-0",
          "sk-proj-secret012345 of you", "Authorization: Bearer secret.x/y",
          "x-goog-api-key: secret", "https://h/x?key=secret&alt=sse"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree gchar *text = montage_key_redact (texts[i]);

    fail_unless (strstr (text, "secret") == NULL, "%s", text);
    fail_unless (strstr (text, "[key]") != NULL);
  }
  {
    g_autofree gchar *text = montage_key_redact ("the keyboard asks \xff");

    fail_unless_equals_string (text, "the keyboard asks \xef\xbf\xbd");
  }
}
GST_END_TEST;

static Suite *
key_suite (void)
{
  Suite *suite = suite_create ("key");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, test_folder_make, test_folder_remove);
  tcase_add_test (tcase, test_key_file);
  tcase_add_test (tcase, test_key_file_mode);
  tcase_add_test (tcase, test_key_file_content);
  tcase_add_test (tcase, test_key_is_no_file);
  tcase_add_test (tcase, test_key_of_another);
  tcase_add_test (tcase, test_key_fits);
  tcase_add_test (tcase, test_key_of_the_environment);
  tcase_add_test (tcase, test_key_is_hidden);
  tcase_add_test (tcase, test_redacted);
  return suite;
}

GST_CHECK_MAIN (key);
