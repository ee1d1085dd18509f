/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>

#include <gst/check/gstcheck.h>
#include <gst/director/http.h>
#include <gst/director/settings.h>
#include <gst/montage/montage.h>

#include "testfolder.h"

/* Which models may be asked, and with which keys: what the user has written in
 * a file or in the environment, right and wrong. */

#define SECRET "sk-0123456789abcdef"

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
  g_autofree gchar *path = test_folder_write ("director.conf", text, -1, 0644);
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

    for (guint k = 0; k < 6 && cases[i].set[k]; k += 2)
      g_setenv (cases[i].set[k], cases[i].set[k + 1], TRUE);
    settings = load ("");
    for (guint k = 0; k < 6 && cases[i].set[k]; k += 2)
      g_unsetenv (cases[i].set[k]);
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
  G_GNUC_UNUSED g_autofree gchar *key = test_folder_write ("a.key", SECRET "\n",
      -1, 0600);
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
    g_autofree gchar *path = test_folder_write ("director.conf", files[i].text,
        -1, 0644);
    g_autoptr (GError) error = NULL;
    g_autoptr (MontageDirectorSettings)
        settings = montage_director_settings_load (path, &error);

    fail_unless (settings == NULL, "%s was taken", files[i].text);
    fail_unless (error->domain == GST_MONTAGE_ERROR);
    fail_unless (strstr (error->message, files[i].why) != NULL, "%s",
        error->message);
    fail_unless (strstr (error->message, test_folder) != NULL, "%s",
        error->message);
  }
}
GST_END_TEST;

GST_START_TEST (test_no_file)
{
  g_autofree gchar *missing = g_build_filename (test_folder, "missing", NULL);
  g_autofree gchar *pipe = g_build_filename (test_folder, "pipe", NULL);
  const gchar *const paths[] = {missing, pipe, test_folder, "/dev/zero"};

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
  tcase_add_checked_fixture (tcase, test_folder_make, test_folder_remove);
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
