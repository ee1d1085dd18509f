/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/director/director.h>

#include "studio.h"

/* Sentences that words alone do not settle, and servers that answer them in
 * every way that has been seen. */

/* --- the ways in -------------------------------------------------------- */

static void
check_answered (const ModelReply *replies, guint n, MontageBackendKind kind,
    GstMontageOrigin source, const gchar *model)
{
  g_auto (Studio) studio = studio_make (1, kind);
  g_autoptr (GstMontageInstructions) out = NULL;

  model_server_reply (studio.servers[0], "", replies, n);
  out = studio_direct (&studio, SENTENCE ", 40 seconds");
  fail_unless_equals_int (out->origin.source, source);
  fail_unless_equals_string (out->origin.model, model);
  fail_unless_equals_string (out->style.name, "travel");
  fail_unless_equals_int (out->style.mood, GST_MONTAGE_MOOD_MELANCHOLIC);
  fail_unless_equals_int (out->pacing.speed, GST_MONTAGE_SPEED_SLOW);
  fail_unless_equals_float (out->constraints.target_duration_sec, 40);
  fail_unless_equals_int (model_server_count (studio.servers[0]), n);
  fail_unless (studio_step (&studio, 0)->answered);
  studio_check_secret (&studio, out);
}

#define CHECK_ANSWERED(replies, kind, source, model)                           \
  check_answered (replies, G_N_ELEMENTS (replies), MONTAGE_BACKEND_##kind,     \
      GST_MONTAGE_ORIGIN_##source, model)

GST_START_TEST (test_google)
{
  static const ModelReply replies[] = {{200, GOOGLE_ANSWER (QUOTED)}};

  CHECK_ANSWERED (replies, GOOGLE, GOOGLE, "gemini-9-nano");
}
GST_END_TEST;

GST_START_TEST (test_openai)
{
  static const ModelReply replies[] = {{200, OPENAI_ANSWER (QUOTED)}};

  CHECK_ANSWERED (replies, OPENAI, OPENAI, "tiny");
}
GST_END_TEST;

/* A server without chat completions is asked for responses. */
GST_START_TEST (test_responses)
{
  static const ModelReply replies[] =
      {{404, "{\"error\":{\"code\":\"not_found\",\"message\":\"Not found\"}}"},
          {200, RESPONSES_ANSWER (QUOTED)}};

  CHECK_ANSWERED (replies, OPENAI, OPENAI, "via-cgpu");
}
GST_END_TEST;

GST_START_TEST (test_ollama)
{
  static const ModelReply replies[] = {{200, OLLAMA_ANSWER (QUOTED)}};

  CHECK_ANSWERED (replies, OLLAMA, OLLAMA, "llama9");
}
GST_END_TEST;

/* --- what is sent ------------------------------------------------------- */

static JsonObject *
body_of (ModelServer *server, guint index, JsonNode **root)
{
  const ModelRequest *request = model_server_get (server, index);

  fail_unless (request != NULL);
  fail_unless_equals_string (request->content_type, "application/json");
  *root = json_from_string (request->body, NULL);
  fail_unless (*root != NULL, "%s", request->body);
  return json_node_get_object (*root);
}

static JsonObject *
member (JsonObject *object, const gchar *name)
{
  fail_unless (json_object_has_member (object, name), "%s is missing", name);
  return json_object_get_object_member (object, name);
}

GST_START_TEST (test_google_request)
{
  static const ModelReply replies[] = {{200, GOOGLE_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_GOOGLE);
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autoptr (JsonNode) root = NULL;
  const ModelRequest *request;
  JsonObject *body, *config;

  model_server_reply (studio.servers[0], "", replies, 1);
  out = studio_direct (&studio, SENTENCE);
  request = model_server_get (studio.servers[0], 0);
  fail_unless_equals_string (request->method, "POST");
  fail_unless_equals_string (request->path,
      "/v1beta/models/the-model:generateContent");
  fail_unless_equals_string (request->goog_key, "sk-very-secret-key");
  fail_unless (request->authorization == NULL);
  body = body_of (studio.servers[0], 0, &root);
  member (body, "systemInstruction");
  config = member (body, "generationConfig");
  fail_unless_equals_string (json_object_get_string_member (config,
                                 "responseMimeType"),
      "application/json");
  fail_unless (json_object_get_int_member (config, "maxOutputTokens") >= 8192);
  fail_if (json_object_has_member (config, "temperature"));
  fail_if (json_object_has_member (config, "thinkingConfig"));
  fail_unless_equals_int ((gint) json_object_get_size (
                              member (member (config, "responseJsonSchema"),
                                  "properties")),
      7);
  fail_unless (strstr (request->body, "sailors") != NULL);
}
GST_END_TEST;

GST_START_TEST (test_openai_request)
{
  static const ModelReply replies[] = {{200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autoptr (JsonNode) root = NULL;
  const ModelRequest *request;
  JsonObject *body, *format;

  model_server_reply (studio.servers[0], "", replies, 1);
  out = studio_direct (&studio, SENTENCE);
  request = model_server_get (studio.servers[0], 0);
  fail_unless_equals_string (request->path, "/v1/chat/completions");
  fail_unless_equals_string (request->authorization,
      "Bearer sk-very-secret-key");
  fail_unless (request->goog_key == NULL);
  body = body_of (studio.servers[0], 0, &root);
  fail_unless_equals_string (json_object_get_string_member (body, "model"),
      "the-model");
  fail_if (json_object_get_boolean_member (body, "stream"));
  format = member (body, "response_format");
  fail_unless_equals_string (json_object_get_string_member (format, "type"),
      "json_schema");
  format = member (format, "json_schema");
  fail_unless (json_object_get_boolean_member (format, "strict"));
  member (format, "schema");
}
GST_END_TEST;

GST_START_TEST (test_ollama_request)
{
  static const ModelReply replies[] = {{200, OLLAMA_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OLLAMA);
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *body;

  model_server_reply (studio.servers[0], "", replies, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless_equals_string (model_server_get (studio.servers[0], 0)->path,
      "/api/chat");
  body = body_of (studio.servers[0], 0, &root);
  fail_if (json_object_get_boolean_member (body, "stream"));
  fail_if (json_object_has_member (body, "think"));
  fail_unless (member (body, "format") != NULL);
  fail_unless (
      json_object_get_int_member (member (body, "options"), "num_predict")
      >= 2048);
}
GST_END_TEST;

/* What is settled is not asked, and offline nothing is. */
GST_START_TEST (test_nothing_is_asked)
{
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OLLAMA);
  g_auto (Studio) offline = studio_make (0);
  g_autoptr (GstMontageInstructions)
      out = studio_direct (&studio, "Edit like a thriller with slow builds");
  g_autoptr (GstMontageInstructions) left = studio_direct (&offline, SENTENCE);

  fail_unless_equals_string (out->style.name, "hitchcock");
  fail_unless_equals_int (model_server_count (studio.servers[0]), 0);
  fail_unless_equals_int (offline.steps->len, 0);
  fail_unless (left->origin.left_over != NULL);
  fail_unless (left->origin.notes == NULL);
}
GST_END_TEST;

/* --- what goes wrong ---------------------------------------------------- */

typedef struct
{
  const gchar *name;
  MontageBackendKind kind;
  ModelReply reply;
  const gchar *told; /* part of what the user sees */
  guint n_requests;  /* to this backend */
} Failure;

/* Each failure is told, takes no longer than the deadline, and the next backend
 * answers. */
static const Failure failures[] = {
    {"bad request", MONTAGE_BACKEND_GOOGLE,
        {400,
            "{\"error\":{\"code\":400,\"message\":\"Request contains an "
            "invalid argument.\",\"status\":\"INVALID_ARGUMENT\"}}"},
        "invalid argument", 1},
    {"bad key", MONTAGE_BACKEND_GOOGLE,
        {400,
            "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please "
            "pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\","
            "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"},
        "key", 1},
    {"region", MONTAGE_BACKEND_GOOGLE,
        {400,
            "{\"error\":{\"code\":400,\"message\":\"User location is not "
            "supported\",\"status\":\"FAILED_PRECONDITION\"}}"},
        "location", 1},
    {"no key", MONTAGE_BACKEND_GOOGLE,
        {401,
            "{\"error\":{\"code\":401,\"message\":\"no sk-very-secret-key\","
            "\"status\":\"UNAUTHENTICATED\"}}"},
        "key (401)", 1},
    {"leaked key", MONTAGE_BACKEND_GOOGLE,
        {403,
            "{\"error\":{\"code\":403,\"message\":\"Your API key was "
            "reported as leaked.\",\"status\":\"PERMISSION_DENIED\"}}"},
        "leaked", 1},
    {"model gone", MONTAGE_BACKEND_GOOGLE,
        {404,
            "{\"error\":{\"code\":404,\"message\":\"This model is no longer "
            "available.\",\"status\":\"NOT_FOUND\"}}"},
        "no longer available", 1},
    {"daily quota", MONTAGE_BACKEND_GOOGLE,
        {429,
            "{\"error\":{\"code\":429,\"message\":\"You exceeded your current "
            "quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
            "{\"violations\":[{\"quotaId\":\"GenerateRequestsPerDayPerProject"
            "PerModel-FreeTier\"}]},{\"retryDelay\":\"1s\"}]}}"},
        "quota of this day", 1},
    {"long pause", MONTAGE_BACKEND_GOOGLE,
        {429,
            "{\"error\":{\"code\":429,\"message\":\"slow down\",\"details\":["
            "{\"retryDelay\":\"3600.5s\"}]}}"},
        "slow down", 1},
    {"minute limit", MONTAGE_BACKEND_GOOGLE,
        {429,
            "{\"error\":{\"code\":429,\"message\":\"slow down\",\"details\":["
            "{\"retryDelay\":\"0.2s\"}]}}"},
        "slow down", 2},
    {"internal", MONTAGE_BACKEND_GOOGLE,
        {500, "{\"error\":{\"code\":500,\"message\":\"An internal error\"}}"},
        "internal error", 2},
    {"overload", MONTAGE_BACKEND_GOOGLE,
        {503,
            "[{\"error\":{\"code\":503,\"message\":\"The model is "
            "overloaded.\"}}]"},
        "overloaded", 2},
    {"blocked", MONTAGE_BACKEND_GOOGLE,
        {200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"}, "SAFETY",
        1},
    {"no candidates", MONTAGE_BACKEND_GOOGLE, {200, "{\"candidates\":[]}"},
        "no answer", 2},
    {"no parts", MONTAGE_BACKEND_GOOGLE,
        {200, "{\"candidates\":[{\"content\":{},\"finishReason\":\"STOP\"}]}"},
        "empty", 2},
    {"recitation", MONTAGE_BACKEND_GOOGLE,
        {200, "{\"candidates\":[{\"finishReason\":\"RECITATION\"}]}"},
        "RECITATION", 1},
    {"cut off", MONTAGE_BACKEND_GOOGLE,
        {200,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"{\"}]},"
            "\"finishReason\":\"MAX_TOKENS\"}]}"},
        "32768 tokens", 3},
    {"web page", MONTAGE_BACKEND_OPENAI,
        {200, "<html><body>Log in</body></html>", "text/html"}, "no JSON", 2},
    {"web page of an error", MONTAGE_BACKEND_OPENAI,
        {502, "<html>Bad gateway</html>", "text/html"}, "text/html", 2},
    {"redirect", MONTAGE_BACKEND_GOOGLE,
        {302, "", NULL, "Location: http://127.0.0.1:9/"}, "redirects", 1},
    {"moved", MONTAGE_BACKEND_OPENAI,
        {308, "", NULL, "Location: http://127.0.0.1:9/"}, "redirects", 1},
    {"refusal", MONTAGE_BACKEND_OPENAI,
        {200,
            "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I "
            "cannot\"},\"finish_reason\":\"stop\"}]}"},
        "declines", 1},
    {"filter", MONTAGE_BACKEND_OPENAI,
        {200,
            "{\"choices\":[{\"message\":{\"content\":\"\"},"
            "\"finish_reason\":\"content_filter\"}]}"},
        "content_filter", 1},
    {"error within", MONTAGE_BACKEND_OPENAI,
        {200, "{\"error\":{\"code\":502,\"message\":\"upstream is down\"}}"},
        "upstream is down", 2},
    {"error as text", MONTAGE_BACKEND_OPENAI,
        {400, "{\"error\":\"no model is loaded\"}"}, "no model is loaded", 1},
    {"detail", MONTAGE_BACKEND_OPENAI, {403, "{\"detail\":\"not yours\"}"},
        "not yours", 1},
    {"quota", MONTAGE_BACKEND_OPENAI,
        {429,
            "{\"error\":{\"code\":\"insufficient_quota\","
            "\"message\":\"pay\"}}"},
        "quota", 1},
    {"retry later", MONTAGE_BACKEND_OPENAI,
        {429, "{\"error\":{\"message\":\"rate limit\"}}", NULL,
            "Retry-After: 600"},
        "rate limit", 1},
    {"loading", MONTAGE_BACKEND_OPENAI,
        {503, "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}", NULL,
            "Retry-After: 0"},
        "Loading model", 2},
    {"unknown model", MONTAGE_BACKEND_OPENAI,
        {404,
            "{\"error\":{\"code\":\"model_not_found\",\"message\":\"The "
            "model x does not exist\"}}"},
        "does not exist", 1},
    {"prose", MONTAGE_BACKEND_OPENAI,
        {200, OPENAI_ANSWER ("\"I would cut it slowly.\"")}, "cannot be used",
        2},
    {"two objects", MONTAGE_BACKEND_OPENAI,
        {200, OPENAI_ANSWER ("\"{\\\"style\\\":1}{\\\"style\\\":2}\"")},
        "cannot be used", 2},
    {"wrong types", MONTAGE_BACKEND_OPENAI,
        {200, OPENAI_ANSWER ("\"{\\\"style\\\":[],\\\"pacing\\\":7}\"")},
        "cannot be used", 2},
    {"model not pulled", MONTAGE_BACKEND_OLLAMA,
        {404, "{\"error\":\"model 'x' not found, try pulling it first\"}"},
        "pulling", 1},
    {"queue", MONTAGE_BACKEND_OLLAMA,
        {503, "{\"error\":\"server busy\"}", NULL, "Retry-After: 0"},
        "server busy", 2},
    {"only thoughts", MONTAGE_BACKEND_OLLAMA,
        {200,
            "{\"model\":\"x\",\"message\":{\"content\":\"\",\"thinking\":"
            "\"hm\"},\"done\":true}"},
        "empty", 3},
    {"dropped", MONTAGE_BACKEND_OLLAMA,
        {200, OLLAMA_ANSWER (QUOTED), NULL, NULL, MODEL_DROPS}, "cannot be", 2},
    {"one byte at a time", MONTAGE_BACKEND_GOOGLE,
        {200, "", NULL, NULL, MODEL_TRICKLES}, "within 0.3 s", 1},
    {"silence", MONTAGE_BACKEND_GOOGLE, {200, "", NULL, NULL, MODEL_SLEEPS},
        "within 0.3 s", 1},
    {"60 MB", MONTAGE_BACKEND_GOOGLE, {200, "", NULL, NULL, MODEL_FLOODS},
        "longer than", 1},
};

GST_START_TEST (test_failure)
{
  static const ModelReply good = {200, OLLAMA_ANSWER (QUOTED)};
  const Failure *failure = &failures[__i__];
  g_auto (Studio)
      studio = studio_make (2, failure->kind, MONTAGE_BACKEND_OLLAMA);
  g_autoptr (GstMontageInstructions) out = NULL;
  guint n;

  if (failure->reply.manner == MODEL_TRICKLES
      || failure->reply.manner == MODEL_SLEEPS)
    studio_backend (&studio, 0)->deadline = 300;
  model_server_reply (studio.servers[0], "", &failure->reply, 1);
  model_server_reply (studio.servers[1], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  n = model_server_count (studio.servers[0]);
  fail_unless (n == failure->n_requests, "%s: %u requests", failure->name, n);
  fail_unless_equals_int (studio.steps->len, 2);
  fail_if (studio_step (&studio, 0)->answered);
  fail_unless (strstr (studio_step (&studio, 0)->text, failure->told) != NULL,
      "%s: %s", failure->name, studio_step (&studio, 0)->text);
  fail_unless (studio_step (&studio, 1)->answered);
  fail_unless_equals_int (out->origin.source, GST_MONTAGE_ORIGIN_OLLAMA);
  fail_unless_equals_string (out->origin.model, "llama9");
  studio_check_secret (&studio, out);
}
GST_END_TEST;

/* What the words said stands, and a note says why it is no more. */
GST_START_TEST (test_nobody_answers)
{
  static const ModelReply broken = {500, "{}"};
  g_auto (Studio)
      studio = studio_make (2, MONTAGE_BACKEND_GOOGLE, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;

  model_server_reply (studio.servers[0], "", &broken, 1);
  model_server_reply (studio.servers[1], "", &broken, 1);
  out = studio_direct (&studio, SENTENCE ", very slow");
  fail_unless_equals_int (out->origin.source, GST_MONTAGE_ORIGIN_KEYWORDS);
  fail_unless_equals_int (out->pacing.speed, GST_MONTAGE_SPEED_VERY_SLOW);
  fail_unless (out->origin.left_over != NULL);
  fail_unless_equals_int (g_strv_length (out->origin.notes), 2);
  fail_unless (
      g_str_has_prefix (out->origin.notes[0], "Google AI did not help: "));
}
GST_END_TEST;

/* A backend that failed is left alone for a while. */
GST_START_TEST (test_circuit_breaker)
{
  static const ModelReply broken = {403, "{}"};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_GOOGLE);
  g_autoptr (GstMontageInstructions) before = NULL;
  g_autoptr (GstMontageInstructions) again = NULL;

  model_server_reply (studio.servers[0], "", &broken, 1);
  before = studio_direct (&studio, SENTENCE);
  again = studio_direct (&studio, SENTENCE);
  fail_unless_equals_int (model_server_count (studio.servers[0]), 1);
  fail_unless (strstr (studio_step (&studio, 1)->text, "left alone"));
}
GST_END_TEST;

/* A wrong answer is mended in one further turn that names the fault. */
GST_START_TEST (test_mended)
{
  static const ModelReply replies[] =
      {{200,
           OPENAI_ANSWER ("\"{\\\"style\\\":{\\\"name\\\":\\\"opera\\\"},"
                          "\\\"pacing\\\":{}}\"")},
          {200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) out = NULL;
  const ModelRequest *request;

  model_server_reply (studio.servers[0], "", replies, 2);
  out = studio_direct (&studio, SENTENCE);
  fail_unless_equals_string (out->style.name, "travel");
  request = model_server_get (studio.servers[0], 1);
  fail_unless (strstr (request->body, "style.name: ") != NULL, "%s",
      request->body);
  fail_unless (strstr (request->body, "\"assistant\"") != NULL);
}
GST_END_TEST;

/* A server that refuses the schema is asked in weaker forms, and this is
 * remembered. */
GST_START_TEST (test_weaker_forms)
{
  static const ModelReply replies[] =
      {{400,
           "{\"error\":{\"message\":\"response_format: maximum is not "
           "permitted\"}}"},
          {400, "{\"error\":\"'response_format.type' must be 'text'\"}"},
          {400,
              "{\"error\":{\"message\":\"response_format is not "
              "supported\"}}"},
          {200, OPENAI_ANSWER (QUOTED)}};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  g_autoptr (GstMontageInstructions) before = NULL;
  g_autoptr (GstMontageInstructions) again = NULL;

  model_server_reply (studio.servers[0], "", replies, 4);
  before = studio_direct (&studio, SENTENCE);
  fail_unless_equals_int (model_server_count (studio.servers[0]), 4);
  fail_unless (
      strstr (model_server_get (studio.servers[0], 0)->body, "\"maximum\"")
      != NULL);
  fail_if (
      strstr (model_server_get (studio.servers[0], 1)->body, "\"maximum\""));
  fail_unless (
      strstr (model_server_get (studio.servers[0], 2)->body, "json_object")
      != NULL);
  fail_if (strstr (model_server_get (studio.servers[0], 3)->body,
      "response_format"));
  again = studio_direct (&studio, SENTENCE);
  fail_unless_equals_int (model_server_count (studio.servers[0]), 5);
  fail_unless_equals_int (again->origin.source, GST_MONTAGE_ORIGIN_OPENAI);
}
GST_END_TEST;

/* Where no model is set, the server's own is taken. */
GST_START_TEST (test_model_is_found)
{
  static const ModelReply tags = {200,
      "{\"models\":[{\"name\":\"nomic-embed-text:latest\"},"
      "{\"name\":\"qwen9:4b\"}]}"};
  static const ModelReply good = {200, OLLAMA_ANSWER (QUOTED)};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OLLAMA);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (GstMontageInstructions) out = NULL;

  g_clear_pointer (&backend->model, g_free);
  backend->model_is_set = FALSE;
  model_server_reply (studio.servers[0], "/api/chat", &good, 1);
  model_server_reply (studio.servers[0], "/api/tags", &tags, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless (
      strstr (model_server_get (studio.servers[0], 1)->body, "\"qwen9:4b\"")
      != NULL);
}
GST_END_TEST;

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Whoever waits can be called off, long before the deadline. */
GST_START_TEST (test_called_off)
{
  static const ModelReply silence = {200, "", NULL, NULL, MODEL_SLEEPS};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OLLAMA);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  backend->deadline = 3600000;
  studio.settings->deadline = 3600000;
  model_server_reply (studio.servers[0], "", &silence, 1);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  out = montage_director_direct (studio.director, studio.styles, NULL, NULL,
      SENTENCE, studio.steps, cancellable, &error);
  g_thread_join (thread);
  fail_unless (out == NULL);
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}
GST_END_TEST;

/* A key goes to its own origin and nowhere else. */
GST_START_TEST (test_key_stays_at_home)
{
  static const ModelReply good = {200, OPENAI_ANSWER (QUOTED)};
  g_auto (Studio) studio = studio_make (1, MONTAGE_BACKEND_OPENAI);
  MontageBackendSettings *backend = studio_backend (&studio, 0);
  g_autoptr (GstMontageInstructions) out = NULL;

  montage_key_free (backend->key);
  backend->key = studio_make_key (STUDIO_KEY, "https://api.example.org");
  model_server_reply (studio.servers[0], "", &good, 1);
  out = studio_direct (&studio, SENTENCE);
  fail_unless (model_server_get (studio.servers[0], 0)->authorization == NULL);
}
GST_END_TEST;

static Suite *
director_suite (void)
{
  Suite *suite = suite_create ("director");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_test (tcase, test_google);
  tcase_add_test (tcase, test_openai);
  tcase_add_test (tcase, test_responses);
  tcase_add_test (tcase, test_ollama);
  tcase_add_test (tcase, test_google_request);
  tcase_add_test (tcase, test_openai_request);
  tcase_add_test (tcase, test_ollama_request);
  tcase_add_test (tcase, test_nothing_is_asked);
  tcase_add_test (tcase, test_nobody_answers);
  tcase_add_test (tcase, test_circuit_breaker);
  tcase_add_test (tcase, test_mended);
  tcase_add_test (tcase, test_weaker_forms);
  tcase_add_test (tcase, test_model_is_found);
  tcase_add_test (tcase, test_called_off);
  tcase_add_test (tcase, test_key_stays_at_home);
  tcase_add_loop_test (tcase, test_failure, 0, G_N_ELEMENTS (failures));
  return suite;
}

GST_CHECK_MAIN (director);
