/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "studio.h"

/* Networks, servers and clocks that are against the director. */

#define FOREVER 3600000 /* ms */

static const ModelReply good = {200, OPENAI_ANSWER (QUOTED)};

/* Has a server of its own in the place of the first. */
static void
replace_server (Studio *studio, ModelServer *server)
{
  MontageBackendSettings *backend = studio_backend (studio, 0);

  model_server_free (studio->servers[0]);
  studio->servers[0] = server;
  g_free (backend->base);
  backend->base = g_strdup (model_server_get_base (server));
  montage_key_free (backend->key);
  backend->key = studio_make_key (STUDIO_KEY, backend->base);
}

static void
check_told (const Studio *studio, guint index, const gchar *part)
{
  const gchar *text = studio_step (studio, index)->text;

  fail_if (studio_step (studio, index)->answered);
  fail_unless (strstr (text, part) != NULL, "%s", text);
  fail_unless (strstr (text, "..") == NULL, "%s", text);
}

/* --- ways in ------------------------------------------------------------ */

GST_START_TEST (test_chunked)
{
  static const ModelReply chunks = {200, OPENAI_ANSWER (QUOTED), NULL, NULL,
      MODEL_CHUNKS};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  model_server_reply (studio.servers[0], "", &chunks, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless_equals_string (out->style.name, "travel");
}
GST_END_TEST;

GST_START_TEST (test_ipv6)
{
  ModelServer *server = model_server_new_of_kind (MODEL_SERVER_IPV6);
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;
  const ModelRequest *request;

  if (!server) {
    g_print ("SKIP: this machine has no IPv6\n");
    return;
  }
  replace_server (&studio, server);
  model_server_reply (server, "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless_equals_string (out->style.name, "travel");
  request = model_server_get (server, 0);
  fail_unless_equals_string (request->authorization, "Bearer " STUDIO_KEY);
}
GST_END_TEST;

/* A proxy would be told what is said to this machine, and the key. */
GST_START_TEST (test_no_proxy_for_this_machine)
{
  g_autoptr (ModelServer) proxy = model_server_new ();
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  g_setenv ("http_proxy", model_server_get_base (proxy), TRUE);
  g_setenv ("all_proxy", model_server_get_base (proxy), TRUE);
  model_server_reply (studio.servers[0], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  g_unsetenv ("http_proxy");
  g_unsetenv ("all_proxy");
  fail_unless_equals_int (model_server_count (proxy), 0);
  fail_unless_equals_string (out->style.name, "travel");
}
GST_END_TEST;

/* --- no way in ---------------------------------------------------------- */

GST_START_TEST (test_untrusted_certificate)
{
  ModelServer *server = model_server_new_of_kind (MODEL_SERVER_TLS);
  g_auto (Studio)
      studio = studio_make (2, MONTAGE_BACKEND_OPENAI, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  fail_unless (server != NULL, "glib-networking is missing");
  replace_server (&studio, server);
  model_server_reply (server, "", &good, 1);
  model_server_reply (studio.servers[1], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "127.0.0.1 cannot prove who it is");
  fail_unless_equals_int (model_server_count (server), 0);
  fail_unless (studio_step (&studio, 1)->answered);
  studio_check_secret (&studio, out);
}
GST_END_TEST;

/* A label of a name has at most 63 characters: no name server is asked. */
GST_START_TEST (test_unknown_name)
{
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autofree gchar *label = g_strnfill (70, 'x');
  g_autoptr (GstMontageInstructions) out = NULL;

  g_free (backend->base);
  backend->base = g_strdup_printf ("https://%s.invalid", label);
  backend->deadline = FOREVER;
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, ".invalid is not known here");
}
GST_END_TEST;

GST_START_TEST (test_nobody_listens)
{
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (ModelServer) gone = model_server_new ();
  g_autoptr (GstMontageInstructions) out = NULL;

  g_free (backend->base);
  backend->base = g_strdup (model_server_get_base (gone));
  g_clear_pointer (&gone, model_server_free);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "127.0.0.1 cannot be asked");
}
GST_END_TEST;

/* Nothing leaves this machine unencrypted. */
GST_START_TEST (test_plain_address)
{
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (GstMontageInstructions) out = NULL;

  g_free (backend->base);
  backend->base = g_strdup ("http://192.0.2.1");
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "not encrypted");
}
GST_END_TEST;

/* --- too much ----------------------------------------------------------- */

GST_START_TEST (test_swelling_answer)
{
  static const ModelReply bomb = {200, "", NULL, NULL, MODEL_SWELLS};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  model_server_reply (studio.servers[0], "", &bomb, 1);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "longer than 4096 KiB");
}
GST_END_TEST;

/* What is wrong is not sent back whole. */
GST_START_TEST (test_long_answer)
{
  g_autofree gchar *words = g_strnfill (200000, 'w');
  g_autofree gchar *quoted = g_strconcat ("\"", words, "\"", NULL);
  g_autofree gchar *body = g_strdup_printf (OPENAI_ANSWER ("%s"), quoted);
  const ModelReply prose = {200, body};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;
  gsize asked, mended;

  model_server_reply (studio.servers[0], "", &prose, 1);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "mended neither");
  fail_unless_equals_int (model_server_count (studio.servers[0]), 2);
  asked = strlen (model_server_get (studio.servers[0], 0)->body);
  mended = strlen (model_server_get (studio.servers[0], 1)->body);
  fail_unless (mended > asked && mended < asked + 10000);
}
GST_END_TEST;

/* --- secrets ------------------------------------------------------------ */

/* A key of a server of one's own looks like no key. */
GST_START_TEST (test_repeated_key)
{
  static const ModelReply replies[] = {{401,
      "{\"error\":{\"message\":\"invalid key horse battery-staple-9, "
      "expected another\"}}"}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autofree gchar *json = NULL;

  montage_key_free (backend->key);
  backend->key = studio_make_key ("battery-staple-9", backend->base);
  model_server_reply (studio.servers[0], "", replies, 1);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "horse ****************, expected");
  json = gst_montage_instructions_to_json (out);
  fail_unless (strstr (json, "staple") == NULL);
}
GST_END_TEST;

/* --- time --------------------------------------------------------------- */

/* However long each backend may take, together they have what is set; the ones
 * after that are not asked. */
GST_START_TEST (test_total_deadline)
{
  static const ModelReply silence = {200, "", NULL, NULL, MODEL_SLEEPS};
  g_auto (Studio)
      studio = studio_make (2, MONTAGE_BACKEND_GOOGLE, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  studio.settings->deadline = 300;
  studio_backend (&studio, 0)->deadline = FOREVER;
  studio_backend (&studio, 0)->max_retries = 5;
  model_server_reply (studio.servers[0], "", &silence, 1);
  model_server_reply (studio.servers[1], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "did not answer within");
  check_told (&studio, 1, "time for all backends is over");
  fail_unless_equals_int (model_server_count (studio.servers[0]), 1);
  fail_unless_equals_int (model_server_count (studio.servers[1]), 0);
}
GST_END_TEST;

/* No pause is begun that would end after the deadline. */
GST_START_TEST (test_deadline_over_pauses)
{
  static const ModelReply busy = {503, "{}", NULL, "Retry-After: 40"};
  g_auto (Studio)
      studio = studio_make (2, MONTAGE_BACKEND_OPENAI, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  studio.settings->deadline = 30000;
  model_server_reply (studio.servers[0], "", &busy, 1);
  model_server_reply (studio.servers[1], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless_equals_int (model_server_count (studio.servers[0]), 1);
  fail_unless (studio_step (&studio, 1)->answered);
  fail_unless (studio_step (&studio, 0)->duration < 30000);
}
GST_END_TEST;

/* Retry-After may be a date: one that is over, one that is far. */
GST_START_TEST (test_retry_after_a_date)
{
  static const struct
  {
    ModelReply reply;
    guint n_requests;
  } pauses[] = {
      {{429, "{}", NULL, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"}, 2},
      {{429, "{}", NULL, "Retry-After: Wed, 31 Dec 2198 23:59:59 GMT"}, 1},
      {{429, "{}", NULL, "Retry-After: in a while"}, 2},
      {{429, "{}", NULL, "Retry-After: -5"}, 2},
      {{429, "{}", NULL, "Retry-After: 1e300"}, 1},
      {{429, "{}", NULL, "Retry-After: nan"}, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++) {
    g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
    g_autoptr (GstMontageInstructions) out = NULL;
    guint n;

    model_server_reply (studio.servers[0], "", &pauses[i].reply, 1);
    out = studio_direct (&studio, SENTENCE);
    n = model_server_count (studio.servers[0]);
    fail_unless (n == pauses[i].n_requests, "%s: %u requests",
        pauses[i].reply.header, n);
  }
}
GST_END_TEST;

/* --- what is remembered ------------------------------------------------- */

/* When the rest is over, it is asked again. */
GST_START_TEST (test_circuit_breaker_closes)
{
  static const ModelReply replies[] = {{401, "{}"},
      {200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) failed = NULL;
  g_autoptr (GstMontageInstructions) answered = NULL;

  studio.settings->rest = 50;
  model_server_reply (studio.servers[0], "", replies, 2);
  failed = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "401");
  g_usleep (100 * 1000);
  answered = studio_direct (&studio, SENTENCE);
  fail_unless (studio_step (&studio, 1)->answered);
}
GST_END_TEST;

/* One sentence that a server does not like says nothing about the next. */
GST_START_TEST (test_next_sentence)
{
  static const ModelReply replies[] =
      {{200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"},
          {200, GOOGLE_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_GOOGLE);
  g_autoptr (GstMontageInstructions) blocked = NULL;
  g_autoptr (GstMontageInstructions) answered = NULL;

  model_server_reply (studio.servers[0], "", replies, 2);
  blocked = studio_direct (&studio, SENTENCE);
  answered = studio_direct (&studio, SENTENCE);
  check_told (&studio, 0, "SAFETY");
  fail_unless (studio_step (&studio, 1)->answered);
}
GST_END_TEST;

/* A server that is out of order does not tell what it can do when it is not. */
GST_START_TEST (test_outage_teaches_nothing)
{
  static const ModelReply replies[] = {{404, "<html>"}, {404, "<html>"},
      {200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) failed = NULL;
  g_autoptr (GstMontageInstructions) answered = NULL;

  studio.settings->rest = 0;
  model_server_reply (studio.servers[0], "", replies, 3);
  failed = studio_direct (&studio, SENTENCE);
  answered = studio_direct (&studio, SENTENCE);
  fail_unless_equals_string (model_server_get (studio.servers[0], 1)->path,
      "/v1/responses");
  fail_unless_equals_string (model_server_get (studio.servers[0], 2)->path,
      "/v1/chat/completions");
  fail_unless (studio_step (&studio, 1)->answered);
}
GST_END_TEST;

/* --- threads ------------------------------------------------------------ */

static gpointer
ask_often (gpointer data)
{
  Studio *studio = data;

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GstMontageInstructions)
        out = montage_director_direct (studio->director, studio->styles, NULL,
            NULL, SENTENCE, NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpint (out->origin.source, ==, GST_MONTAGE_ORIGIN_OPENAI);
  }
  return NULL;
}

/* Some find out the form that the server takes while others use it. */
GST_START_TEST (test_threads)
{
  static const ModelReply replies[] =
      {{400, "{\"error\":\"response_format: no bounds\"}"},
          {400, "{\"error\":\"response_format: no schema\"}"},
          {503, "{}", NULL, "Retry-After: 0"}, {200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  GThread *threads[4];

  model_server_reply (studio.servers[0], "", replies, G_N_ELEMENTS (replies));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", ask_often, &studio);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  fail_unless_equals_int (model_server_count (studio.servers[0]), 16 + 3);
}
GST_END_TEST;

/* --- pictures ----------------------------------------------------------- */

static gboolean
take_all (const gchar *text, GstMontageOrigin source, const gchar *model,
    gchar **faults, gpointer data)
{
  return TRUE;
}

/* The only server that has nothing but responses drops pictures in silence. */
GST_START_TEST (test_no_blind_answer)
{
  static const ModelReply responses = {200, RESPONSES_ANSWER (QUOTED)};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (MontageQuestion) question = montage_question_new ("s", "n");
  GPtrArray *images = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (images, g_bytes_new ("\xff\xd8", 2));
  montage_question_say (question, FALSE, "look", images);
  model_server_reply (studio.servers[0], "/v1/responses", &responses, 1);
  fail_if (montage_director_ask (studio.director, question, TRUE, take_all,
      NULL, studio.steps, NULL, NULL));
  check_told (&studio, 0, "takes no pictures");
  fail_unless_equals_int (model_server_count (studio.servers[0]), 1);
  fail_unless (montage_director_ask (studio.director, question, FALSE, take_all,
      NULL, studio.steps, NULL, NULL));
}
GST_END_TEST;

static Suite *
directorfaults_suite (void)
{
  Suite *suite = suite_create ("directorfaults");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_test (tcase, test_no_proxy_for_this_machine);
  tcase_add_test (tcase, test_chunked);
  tcase_add_test (tcase, test_ipv6);
  tcase_add_test (tcase, test_untrusted_certificate);
  tcase_add_test (tcase, test_unknown_name);
  tcase_add_test (tcase, test_nobody_listens);
  tcase_add_test (tcase, test_plain_address);
  tcase_add_test (tcase, test_swelling_answer);
  tcase_add_test (tcase, test_long_answer);
  tcase_add_test (tcase, test_repeated_key);
  tcase_add_test (tcase, test_total_deadline);
  tcase_add_test (tcase, test_deadline_over_pauses);
  tcase_add_test (tcase, test_retry_after_a_date);
  tcase_add_test (tcase, test_circuit_breaker_closes);
  tcase_add_test (tcase, test_next_sentence);
  tcase_add_test (tcase, test_outage_teaches_nothing);
  tcase_add_test (tcase, test_threads);
  tcase_add_test (tcase, test_no_blind_answer);
  return suite;
}

GST_CHECK_MAIN (directorfaults);
