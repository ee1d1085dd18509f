/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>
#include <gst/director/http.h>
#include <gst/director/settings.h>
#include <gst/montage/montage.h>

/* Which models may be asked, and with which keys: what the user has written in
 * a file or in the environment, right and wrong. */

#define SECRET "sk-0123456789abcdef"
#define ORIGIN "https://api.example.org"

static const gchar *const variables[] = {"GEMINI_API_KEY", "GOOGLE_API_KEY",
    "GEMINI_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL",
    "CGPU_HOST", "CGPU_PORT", "OLLAMA_HOST", "OLLAMA_MODEL"};

static gchar *folder;

static void
setup (void)
{
  folder = g_dir_make_tmp ("montage-settings-XXXXXX", NULL);
  g_assert (folder != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

static void
teardown (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static gchar *
write_file (const gchar *name, const gchar *text, gssize length, gint mode)
{
  gchar *path = g_build_filename (folder, name, NULL);

  g_assert (g_file_set_contents (path, text, length, NULL));
  g_assert (g_chmod (path, mode) == 0);
  return path;
}

/* --- keys --------------------------------------------------------------- */

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
    g_autofree gchar *path = write_file ("key", texts[i], -1, 0600);
    g_autofree gchar *link = g_build_filename (folder, "link", NULL);
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
    g_autofree gchar *path = write_file ("key", SECRET, -1, modes[i]);
    g_autofree gchar *link = g_build_filename (folder, "link", NULL);

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
    g_autofree gchar *path = write_file ("key", contents[i].text,
        contents[i].length, 0600);

    check_refused (path, "one key on one line");
  }
  {
    g_autofree gchar *path = write_file ("key", huge, -1, 0600);

    check_refused (path, "one key on one line");
  }
}
GST_END_TEST;

/* None of these may block or be read. */
GST_START_TEST (test_key_is_no_file)
{
  g_autofree gchar *missing = g_build_filename (folder, "missing", NULL);
  g_autofree gchar *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree gchar *loop = g_build_filename (folder, "loop", NULL);
  g_autofree gchar *inner = g_build_filename (folder, "inner", NULL);

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
  g_autofree gchar *path = write_file ("key", SECRET, -1, 0600);

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

/* --- addresses ---------------------------------------------------------- */

GST_START_TEST (test_addresses)
{
  static const struct
  {
    const gchar *uri;
    gboolean plain_allowed;
    const gchar *why; /* NULL: taken */
  } addresses[] = {
      {"https://api.example.org/v1", FALSE, NULL},
      {"http://127.0.0.1:8080", FALSE, NULL},
      {"http://127.8.9.1", FALSE, NULL},
      {"http://[::1]:11434/api/chat", FALSE, NULL},
      {"http://LOCALHOST:11434", FALSE, NULL},
      {"http://192.168.1.5:11434", TRUE, NULL},
      {"http://192.168.1.5:11434", FALSE, "not encrypted"},
      {"http://localhost.example.org", FALSE, "not encrypted"},
      {"http://127.0.0.1.example.org", FALSE, "not encrypted"},
      {"http://[::ffff:192.168.1.5]", FALSE, "not encrypted"},
      {"http://0.0.0.0:1", FALSE, "not encrypted"},
      {"https://me:pass@api.example.org", FALSE, "holds a user"},
      {"http://127.0.0.1@example.org/", TRUE, "holds a user"},
      {"https://api.example.org/#x", FALSE, "fragment"},
      {"ftp://api.example.org", FALSE, "no http"},
      {"file:///etc/passwd", FALSE, "no http"},
      {"localhost:11434", FALSE, "no http"},
      {"//api.example.org", FALSE, "no http"},
      {"https://", FALSE, "no http"},
      {"http://127.0.0.1:99999", FALSE, "no http"},
      {"", FALSE, "no http"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GError) error = NULL;
    gboolean taken = montage_http_check_uri (addresses[i].uri,
        addresses[i].plain_allowed, &error);

    fail_unless (taken == (addresses[i].why == NULL), "%s: %s",
        addresses[i].uri, error ? error->message : "taken");
    if (!taken)
      fail_unless (strstr (error->message, addresses[i].why) != NULL, "%s",
          error->message);
  }
}
GST_END_TEST;

/* --- the environment ---------------------------------------------------- */

static MontageDirectorSettings *
load (const gchar *text)
{
  g_autofree gchar *path = write_file ("director.conf", text, -1, 0644);
  g_autoptr (GError) error = NULL;
  MontageDirectorSettings *settings = montage_director_settings_load (path,
      &error);

  g_assert_no_error (error);
  return settings;
}

static const MontageBackendSettings *
backend (const MontageDirectorSettings *settings, guint index)
{
  fail_unless (index < settings->backends->len, "%u backends",
      settings->backends->len);
  return g_ptr_array_index (settings->backends, index);
}

/* Nothing is set: nothing is asked. */
GST_START_TEST (test_offline)
{
  g_autoptr (MontageDirectorSettings) empty = load ("");
  g_autoptr (MontageDirectorSettings)
      ordered = load ("[director]\norder=google;openai;ollama\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (MontageDirectorSettings)
      usual = montage_director_settings_load (NULL, &error);

  fail_unless_equals_int (empty->backends->len, 0);
  fail_unless_equals_int (ordered->backends->len, 0);
  g_assert_no_error (error);
  fail_unless_equals_int (usual->backends->len, 0);
  fail_if (usual->look_at_scenes);
  fail_if (usual->allow_stabilization || usual->allow_upscale);
}
GST_END_TEST;

GST_START_TEST (test_ollama_host)
{
  static const struct
  {
    const gchar *host;
    const gchar *base;
  } hosts[] = {
      {"box", "http://box:11434"}, {"box:9", "http://box:9"},
      {"127.0.0.1", "http://127.0.0.1:11434"},
      {"0.0.0.0", "http://127.0.0.1:11434"},
      {"0.0.0.0:9", "http://127.0.0.1:9"}, {":9", "http://127.0.0.1:9"},
      {"::1", "http://[::1]:11434"}, {"[::1]", "http://[::1]:11434"},
      {"[::1]:9", "http://[::1]:9"}, {"[::]:9", "http://127.0.0.1:9"},
      {"http://box", "http://box"}, {"https://box", "https://box"},
      {"https://box:9/", "https://box:9"},
      {"https://box/ollama/", "https://box/ollama"},
      {"box:99999", "http://box:99999"}, /* whoever asks it is told */
  };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    g_autoptr (MontageDirectorSettings) settings = NULL;

    g_setenv ("OLLAMA_HOST", hosts[i].host, TRUE);
    settings = load ("");
    fail_unless_equals_int (settings->backends->len, 1);
    fail_unless_equals_int (backend (settings, 0)->kind,
        MONTAGE_BACKEND_OLLAMA);
    fail_unless_equals_string (backend (settings, 0)->base, hosts[i].base);
    fail_unless (backend (settings, 0)->key == NULL);
  }
}
GST_END_TEST;

/* The environment: who is asked where, and who gets which key. */
GST_START_TEST (test_environment)
{
  static const struct
  {
    const gchar *set[6];
    MontageBackendKind kind;
    const gchar *base;
    const gchar *key;
  } cases[] = {
      {{"GEMINI_API_KEY", SECRET}, MONTAGE_BACKEND_GOOGLE,
          "https://generativelanguage.googleapis.com", SECRET},
      {{"GOOGLE_API_KEY", SECRET}, MONTAGE_BACKEND_GOOGLE,
          "https://generativelanguage.googleapis.com", SECRET},
      {{"GEMINI_API_KEY", "first", "GOOGLE_API_KEY", "second"},
          MONTAGE_BACKEND_GOOGLE, "https://generativelanguage.googleapis.com",
          "first"},
      {{"OPENAI_API_KEY", SECRET}, MONTAGE_BACKEND_OPENAI,
          "https://api.openai.com", SECRET},
      {{"OPENAI_BASE_URL", "http://127.0.0.1:1234/v1/"}, MONTAGE_BACKEND_OPENAI,
          "http://127.0.0.1:1234", NULL},
      {{"OPENAI_BASE_URL", "https://openrouter.ai/api/v1", "OPENAI_API_KEY",
           SECRET},
          MONTAGE_BACKEND_OPENAI, "https://openrouter.ai/api", SECRET},
      /* the key of another service is not for cgpu */
      {{"CGPU_HOST", "127.0.0.1", "OPENAI_API_KEY", SECRET},
          MONTAGE_BACKEND_OPENAI, "http://127.0.0.1:8080", NULL},
      {{"CGPU_PORT", "8090", "OPENAI_API_KEY", SECRET}, MONTAGE_BACKEND_OPENAI,
          "http://127.0.0.1:8090", NULL},
      {{"CGPU_PORT", "8090", "OPENAI_API_KEY", SECRET, "OPENAI_BASE_URL",
           "https://api.example.org"},
          MONTAGE_BACKEND_OPENAI, "https://api.example.org", SECRET},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MontageDirectorSettings) settings = NULL;
    const MontageBackendSettings *only;

    for (guint k = 0; k < G_N_ELEMENTS (variables); k++)
      g_unsetenv (variables[k]);
    for (guint k = 0; k < 6 && cases[i].set[k]; k += 2)
      g_setenv (cases[i].set[k], cases[i].set[k + 1], TRUE);
    settings = load ("");
    fail_unless_equals_int (settings->backends->len, 1);
    only = backend (settings, 0);
    fail_unless_equals_int (only->kind, cases[i].kind);
    fail_unless_equals_string (only->base, cases[i].base);
    fail_unless (g_strcmp0 (only->key ? montage_key_peek (only->key) : NULL,
                     cases[i].key)
            == 0,
        "case %u", i);
    if (only->key)
      fail_unless (montage_key_fits (only->key, only->base));
  }
}
GST_END_TEST;

GST_START_TEST (test_models_of_the_environment)
{
  g_autoptr (MontageDirectorSettings) settings = NULL;

  g_setenv ("OLLAMA_HOST", "box", TRUE);
  g_setenv ("OLLAMA_MODEL", "qwen9:4b", TRUE);
  g_setenv ("GEMINI_API_KEY", SECRET, TRUE);
  settings = load ("");
  fail_unless_equals_int (settings->backends->len, 2);
  fail_if (backend (settings, 0)->model_is_set);
  fail_unless (backend (settings, 0)->model != NULL);
  fail_unless (backend (settings, 1)->model_is_set);
  fail_unless_equals_string (backend (settings, 1)->model, "qwen9:4b");
}
GST_END_TEST;

/* --- the file ----------------------------------------------------------- */

GST_START_TEST (test_file)
{
  G_GNUC_UNUSED g_autofree gchar *key = write_file ("a.key", SECRET "\n", -1,
      0600);
  g_autoptr (MontageDirectorSettings) settings = NULL;
  const MontageBackendSettings *ollama, *openai;

  g_setenv ("OPENAI_API_KEY", "not-this-one", TRUE);
  g_setenv ("OPENAI_MODEL", "not-this-one", TRUE);
  g_setenv ("GEMINI_API_KEY", "not-in-the-order", TRUE);
  settings = load ("[director]\norder=ollama; openai\ndeadline-seconds=30\n"
                   "scenes=true\nallow-upscale=true\n"
                   "[openai]\naddress=https://api.example.org/v1/\n"
                   "key-file=a.key\ndeadline-seconds=7\nretries=0\n"
                   "[ollama]\naddress=http://box:11434\nplain-http=true\n"
                   "model=tiny\n");
  fail_unless_equals_int (settings->backends->len, 2);
  fail_unless_equals_int (settings->deadline, 30000);
  fail_unless (settings->look_at_scenes && settings->allow_upscale);
  fail_if (settings->allow_stabilization);
  ollama = backend (settings, 0);
  openai = backend (settings, 1);
  fail_unless_equals_int (ollama->kind, MONTAGE_BACKEND_OLLAMA);
  fail_unless_equals_string (ollama->model, "tiny");
  fail_unless (ollama->plain_allowed && ollama->key == NULL);
  fail_unless_equals_string (openai->base, "https://api.example.org");
  fail_unless_equals_string (montage_key_peek (openai->key), SECRET);
  fail_unless (montage_key_fits (openai->key, "https://api.example.org/v1"));
  fail_if (montage_key_fits (openai->key, "http://box:11434"));
  fail_unless (openai->model == NULL && !openai->model_is_set);
  fail_unless_equals_int (openai->deadline, 7000);
  fail_unless_equals_int (openai->max_retries, 0);
}
GST_END_TEST;

/* A group without a key does not take one from the environment: it is for
 * another address. */
GST_START_TEST (test_file_without_key)
{
  g_autoptr (MontageDirectorSettings) settings = NULL;

  g_setenv ("OPENAI_API_KEY", SECRET, TRUE);
  settings = load ("[openai]\naddress=https://other.example.org\n");
  fail_unless (backend (settings, 0)->key == NULL);
}
GST_END_TEST;

GST_START_TEST (test_wrong_file)
{
  static const struct
  {
    const gchar *text;
    const gchar *why;
  } files[] = {
      {"[openia]\naddress=x\n", "no group [openia]"},
      {"[openai]\nadress=https://x.org\n", "\"adress\""},
      {"[director]\ndeadline=5\n", "\"deadline\""},
      {"[director]\norder=google;gemini\n", "a list of google"},
      {"[director]\ndeadline-seconds=0\n", "a whole number"},
      {"[director]\ndeadline-seconds=1e9\n", "a whole number"},
      {"[director]\ndeadline-seconds=99999999999999999999\n", "whole number"},
      {"[director]\nscenes=perhaps\n", "true or false"},
      {"[openai]\nretries=many\n", "a whole number"},
      {"[openai]\nretries=-1\n", "a whole number"},
      {"[openai]\nretries=6\n", "up to 5"},
      {"[openai]\nplain-http=\n", "true or false"},
      {"[openai]\naddress=http://192.168.1.5\n", "not encrypted"},
      {"[openai]\naddress=localhost:8080\n", "no http"},
      {"[openai]\naddress=https://a:b@x.org\n", "holds a user"},
      {"[openai]\nkey-file=missing.key\n", "missing.key"},
      {"[openai]\nkey-file=director.conf\n", "chmod 600"},
      {"address=https://x.org\n", "cannot be read"},
      {"[openai]\naddress\n", "cannot be read"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *path = write_file ("director.conf", files[i].text, -1,
        0644);
    g_autoptr (GError) error = NULL;
    g_autoptr (MontageDirectorSettings)
        settings = montage_director_settings_load (path, &error);

    fail_unless (settings == NULL, "%s was taken", files[i].text);
    fail_unless (error->domain == GST_MONTAGE_ERROR);
    fail_unless (strstr (error->message, files[i].why) != NULL, "%s",
        error->message);
    fail_unless (strstr (error->message, folder) != NULL, "%s", error->message);
  }
}
GST_END_TEST;

GST_START_TEST (test_no_file)
{
  g_autofree gchar *missing = g_build_filename (folder, "missing", NULL);
  g_autofree gchar *pipe = g_build_filename (folder, "pipe", NULL);
  const gchar *const paths[] = {missing, pipe, folder, "/dev/zero"};

  fail_unless (mkfifo (pipe, 0600) == 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MontageDirectorSettings)
        settings = montage_director_settings_load (paths[i], &error);

    fail_unless (settings == NULL);
    fail_unless (
        g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO));
    fail_unless (strstr (error->message, paths[i]) != NULL);
  }
}
GST_END_TEST;

static Suite *
settings_suite (void)
{
  Suite *suite = suite_create ("settings");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, setup, teardown);
  tcase_add_test (tcase, test_key_file);
  tcase_add_test (tcase, test_key_file_mode);
  tcase_add_test (tcase, test_key_file_content);
  tcase_add_test (tcase, test_key_is_no_file);
  tcase_add_test (tcase, test_key_of_another);
  tcase_add_test (tcase, test_key_fits);
  tcase_add_test (tcase, test_key_of_the_environment);
  tcase_add_test (tcase, test_key_is_hidden);
  tcase_add_test (tcase, test_redacted);
  tcase_add_test (tcase, test_addresses);
  tcase_add_test (tcase, test_offline);
  tcase_add_test (tcase, test_ollama_host);
  tcase_add_test (tcase, test_environment);
  tcase_add_test (tcase, test_models_of_the_environment);
  tcase_add_test (tcase, test_file);
  tcase_add_test (tcase, test_file_without_key);
  tcase_add_test (tcase, test_wrong_file);
  tcase_add_test (tcase, test_no_file);
  return suite;
}

GST_CHECK_MAIN (settings);
