/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/director/dialect.h>
#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

/* What is sent to each server, member by member, and which of its models. */

#define SCHEMA "{\"type\":\"object\",\"x\":{\"minimum\":1}}"
#define PLAIN "{\"type\":\"object\",\"x\":{}}"

/* --- questions ---------------------------------------------------------- */

static MontageQuestion *
make_question (void)
{
  MontageQuestion *question = montage_question_new ("be a \"director\"\n",
      "the_answer");

  question->schema[GST_MONTAGE_SCHEMA_FULL] = g_strdup (SCHEMA);
  question->schema[GST_MONTAGE_SCHEMA_PLAIN] = g_strdup (PLAIN);
  return question;
}

/* Two turns and the model's answer between them. */
static MontageQuestion *
make_conversation (void)
{
  MontageQuestion *question = make_question ();

  montage_question_say (question, FALSE, "warm \\ and \"slow\"", NULL);
  montage_question_say (question, TRUE, "{\"a\":1}", NULL);
  montage_question_say (question, FALSE, "mehr Weite \xe2\x80\xa6", NULL);
  return question;
}

static MontageQuestion *
make_pictures (void)
{
  MontageQuestion *question = make_question ();
  GPtrArray *images = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_bytes_unref);
  g_autofree gchar *large = g_strnfill (100000, 'x');

  g_ptr_array_add (images, g_bytes_new ("\xff\xd8\xff", 3));
  g_ptr_array_add (images, g_bytes_new (large, 100000));
  montage_question_say (question, FALSE, "look", images);
  return question;
}

static MontageBackendSettings *
make_backend (MontageBackendKind kind)
{
  MontageBackendSettings *backend = montage_backend_settings_new (kind,
      "http://127.0.0.1:1");

  g_free (backend->model);
  backend->model = g_strdup ("org/model:4b");
  return backend;
}

/* --- bodies ------------------------------------------------------------- */

/* The whole body is compared, so that no member can come in unseen. */
static void
check_body (MontageBackendKind kind, const MontageTone *tone,
    const MontageBackendSettings *backend, const MontageQuestion *question,
    const gchar *expected)
{
  const MontageDialect *dialect = montage_dialect_of (kind);
  g_autoptr (GBytes) body = dialect->body (backend, tone, question);
  gsize size;
  const gchar *data = g_bytes_get_data (body, &size);
  g_autofree gchar *text = g_strndup (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) is = json_from_string (text, &error);
  g_autoptr (JsonNode) right = json_from_string (expected, NULL);

  g_assert_no_error (error);
  g_assert (right != NULL);
  fail_unless (json_node_equal (is, right), "%s\nis not\n%s", text, expected);
}

static void
check_kind (MontageBackendKind kind, MontageTone tone,
    const gchar *thinking_level, MontageQuestion *question, guint seed,
    const gchar *expected)
{
  g_autoptr (MontageBackendSettings) backend = make_backend (kind);
  g_autoptr (MontageQuestion) owned = question;

  backend->thinking_level = g_strdup (thinking_level);
  owned->seed = seed;
  check_body (kind, &tone, backend, owned, expected);
}

#define GOOGLE_SYSTEM                                                          \
  "{\"systemInstruction\":{\"parts\":[{\"text\":\"be a "                       \
  "\\\"director\\\"\\n\"}]},"
#define GOOGLE_TURNS                                                           \
  "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"warm \\\\ and "     \
  "\\\"slow\\\"\"}]},{\"role\":\"model\",\"parts\":[{\"text\":"                \
  "\"{\\\"a\\\":1}\"}]},{\"role\":\"user\",\"parts\":[{\"text\":"              \
  "\"mehr Weite \xe2\x80\xa6\"}]}],"

/* No temperature, no topP, no candidateCount: newer models refuse them. */
GST_START_TEST (test_google_body)
{
  static const MontageTone tone = {.max_tokens = 8192};
  static const MontageTone plain = {.max_tokens = 16384,
      .form = MONTAGE_FORM_PLAIN_SCHEMA,
      .no_thinking_config = TRUE};
  static const MontageTone json = {.max_tokens = 8192,
      .form = MONTAGE_FORM_JSON};
  static const MontageTone text = {.max_tokens = 8192,
      .form = MONTAGE_FORM_TEXT};

  check_kind (MONTAGE_BACKEND_GOOGLE, tone, "LOW", make_conversation (), 7,
      GOOGLE_SYSTEM GOOGLE_TURNS
      "\"generationConfig\":{\"maxOutputTokens\":8192,\"responseMimeType\":"
      "\"application/json\",\"responseJsonSchema\":" SCHEMA
      ",\"seed\":7,\"thinkingConfig\":{\"thinkingLevel\":\"LOW\"}}}");
  check_kind (MONTAGE_BACKEND_GOOGLE, plain, "LOW", make_conversation (), 0,
      GOOGLE_SYSTEM GOOGLE_TURNS
      "\"generationConfig\":{\"maxOutputTokens\":16384,\"responseMimeType\":"
      "\"application/json\",\"responseJsonSchema\":" PLAIN "}}");
  check_kind (MONTAGE_BACKEND_GOOGLE, json, NULL, make_conversation (), 0,
      GOOGLE_SYSTEM GOOGLE_TURNS
      "\"generationConfig\":{\"maxOutputTokens\":8192,\"responseMimeType\":"
      "\"application/json\"}}");
  check_kind (MONTAGE_BACKEND_GOOGLE, text, NULL, make_conversation (), 0,
      GOOGLE_SYSTEM GOOGLE_TURNS
      "\"generationConfig\":{\"maxOutputTokens\":8192}}");
}
GST_END_TEST;

#define OPENAI_SYSTEM                                                          \
  "\"messages\":[{\"role\":\"system\",\"content\":\"be a "                     \
  "\\\"director\\\"\\n\"},"
#define OPENAI_TURNS                                                           \
  OPENAI_SYSTEM                                                                \
  "{\"role\":\"user\",\"content\":\"warm \\\\ and \\\"slow\\\"\"},"            \
  "{\"role\":\"assistant\",\"content\":\"{\\\"a\\\":1}\"},"                    \
  "{\"role\":\"user\",\"content\":\"mehr Weite \xe2\x80\xa6\"}]"
#define OPENAI_FORMAT(schema)                                                  \
  ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{"           \
  "\"name\":\"the_answer\",\"strict\":true,\"schema\":" schema "}}"

GST_START_TEST (test_openai_body)
{
  static const MontageTone tone = {.max_tokens = 2048};
  static const MontageTone reasoning = {.max_tokens = 4096,
      .completion_tokens = TRUE,
      .no_temperature = TRUE,
      .form = MONTAGE_FORM_PLAIN_SCHEMA};
  static const MontageTone json = {.max_tokens = 2048,
      .form = MONTAGE_FORM_JSON};
  static const MontageTone text = {.max_tokens = 2048,
      .form = MONTAGE_FORM_TEXT};

  check_kind (MONTAGE_BACKEND_OPENAI, tone, NULL, make_conversation (), 7,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"max_tokens\":2048,"
      "\"temperature\":0.3,\"seed\":7," OPENAI_TURNS OPENAI_FORMAT (
          SCHEMA) "}");
  check_kind (MONTAGE_BACKEND_OPENAI, reasoning, NULL, make_conversation (), 0,
      "{\"model\":\"org/model:4b\",\"stream\":false,"
      "\"max_completion_tokens\":4096," OPENAI_TURNS OPENAI_FORMAT (PLAIN) "}");
  check_kind (MONTAGE_BACKEND_OPENAI, json, NULL, make_conversation (), 0,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"max_tokens\":2048,"
      "\"temperature\":0.3," OPENAI_TURNS
      ",\"response_format\":{\"type\":\"json_object\"}}");
  check_kind (MONTAGE_BACKEND_OPENAI, text, NULL, make_conversation (), 0,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"max_tokens\":2048,"
      "\"temperature\":0.3," OPENAI_TURNS "}");
}
GST_END_TEST;

/* cgpu refuses stream, include and conversation, and ignores the rest. */
GST_START_TEST (test_responses_body)
{
  static const MontageTone tone = {.max_tokens = 2048, .responses = TRUE};

  check_kind (MONTAGE_BACKEND_OPENAI, tone, NULL, make_conversation (), 7,
      "{\"model\":\"org/model:4b\",\"instructions\":\"be a "
      "\\\"director\\\"\\n\",\"input\":["
      "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":"
      "\"warm \\\\ and \\\"slow\\\"\"}]},"
      "{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
      "\"text\":\"{\\\"a\\\":1}\"}]},"
      "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":"
      "\"mehr Weite \xe2\x80\xa6\"}]}]}");
}
GST_END_TEST;

GST_START_TEST (test_ollama_body)
{
  static const MontageTone tone = {.max_tokens = 2048};
  static const MontageTone json = {.max_tokens = 4096,
      .no_think = TRUE,
      .form = MONTAGE_FORM_JSON};
  static const MontageTone text = {.max_tokens = 2048,
      .form = MONTAGE_FORM_TEXT};

  check_kind (MONTAGE_BACKEND_OLLAMA, tone, NULL, make_conversation (), 7,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"keep_alive\":\"10m\","
      "\"format\":" SCHEMA ",\"options\":{\"temperature\":0.2,"
      "\"num_ctx\":8192,\"num_predict\":2048,\"seed\":7}," OPENAI_TURNS "}");
  check_kind (MONTAGE_BACKEND_OLLAMA, json, NULL, make_conversation (), 0,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"keep_alive\":\"10m\","
      "\"format\":\"json\",\"think\":false,\"options\":{\"temperature\":0.2,"
      "\"num_ctx\":8192,\"num_predict\":4096}," OPENAI_TURNS "}");
  check_kind (MONTAGE_BACKEND_OLLAMA, text, NULL, make_conversation (), 0,
      "{\"model\":\"org/model:4b\",\"stream\":false,\"keep_alive\":\"10m\","
      "\"options\":{\"temperature\":0.2,\"num_ctx\":8192,"
      "\"num_predict\":2048}," OPENAI_TURNS "}");
}
GST_END_TEST;

/* Pictures stand before the text, as JPEG in base64 without line breaks, and
 * never as an address. */
GST_START_TEST (test_pictures)
{
  static const MontageTone tone = {.max_tokens = 9000,
      .form = MONTAGE_FORM_TEXT};
  g_autofree gchar *raw = g_strnfill (100000, 'x');
  g_autofree gchar *large = g_base64_encode ((const guchar *) raw, 100000);
  g_autofree gchar *google = g_strconcat (GOOGLE_SYSTEM
      "\"contents\":[{\"role\":\"user\",\"parts\":["
      "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"/9j/\"}},"
      "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"",
      large,
      "\"}},{\"text\":\"look\"}]}],"
      "\"generationConfig\":{\"maxOutputTokens\":9000}}",
      NULL);
  g_autofree gchar *openai = g_strconcat (
      "{\"model\":\"org/model:4b\",\"stream\":false,\"max_tokens\":9000,"
      "\"temperature\":0.3," OPENAI_SYSTEM "{\"role\":\"user\",\"content\":["
      "{\"type\":\"image_url\",\"image_url\":{\"url\":"
      "\"data:image/jpeg;base64,/9j/\"}},{\"type\":\"image_url\","
      "\"image_url\":{\"url\":\"data:image/jpeg;base64,",
      large, "\"}},{\"type\":\"text\",\"text\":\"look\"}]}]}", NULL);
  g_autofree gchar *ollama = g_strconcat (
      "{\"model\":\"org/model:4b\",\"stream\":false,\"keep_alive\":\"10m\","
      "\"options\":{\"temperature\":0.2,\"num_ctx\":16384,"
      "\"num_predict\":9000}," OPENAI_SYSTEM
      "{\"role\":\"user\",\"content\":\"look\",\"images\":[\"/9j/\",\"",
      large, "\"]}]}", NULL);

  check_kind (MONTAGE_BACKEND_GOOGLE, tone, NULL, make_pictures (), 0, google);
  check_kind (MONTAGE_BACKEND_OPENAI, tone, NULL, make_pictures (), 0, openai);
  check_kind (MONTAGE_BACKEND_OLLAMA, tone, NULL, make_pictures (), 0, ollama);
}
GST_END_TEST;

GST_START_TEST (test_addresses)
{
  static const MontageTone tone = {0};
  static const MontageTone responses = {.responses = TRUE};
  static const struct
  {
    MontageBackendKind kind;
    const MontageTone *tone;
    const gchar *uri;
    const gchar *probe;
  } addresses[] = {
      {MONTAGE_BACKEND_GOOGLE, &tone,
          "http://127.0.0.1:1/v1beta/models/org%2Fmodel%3A4b:generateContent",
          "http://127.0.0.1:1/v1beta/models?pageSize=1000"},
      {MONTAGE_BACKEND_OPENAI, &tone, "http://127.0.0.1:1/v1/chat/completions",
          "http://127.0.0.1:1/v1/models"},
      {MONTAGE_BACKEND_OPENAI, &responses, "http://127.0.0.1:1/v1/responses",
          "http://127.0.0.1:1/v1/models"},
      {MONTAGE_BACKEND_OLLAMA, &tone, "http://127.0.0.1:1/api/chat",
          "http://127.0.0.1:1/api/tags"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    const MontageDialect *dialect = montage_dialect_of (addresses[i].kind);
    g_autoptr (MontageBackendSettings)
        backend = make_backend (addresses[i].kind);
    g_autofree gchar *uri = dialect->uri (backend, addresses[i].tone);
    g_autofree gchar *probe = dialect->probe_uri (backend);

    fail_unless_equals_string (uri, addresses[i].uri);
    fail_unless_equals_string (probe, addresses[i].probe);
  }
}
GST_END_TEST;

#define GOOGLE MONTAGE_BACKEND_GOOGLE
#define OPENAI MONTAGE_BACKEND_OPENAI
#define OLLAMA MONTAGE_BACKEND_OLLAMA

/* --- which model -------------------------------------------------------- */

GST_START_TEST (test_models)
{
  static const struct
  {
    MontageBackendKind kind;
    gboolean sees;
    const gchar *body;
    const gchar *model;
  } lists[] = {
      {GOOGLE, FALSE,
          "{\"models\":[{\"name\":\"models/gemini-9-pro\","
          "\"supportedGenerationMethods\":[\"generateContent\"]},"
          "{\"name\":\"models/gemini-9-flash-tts\","
          "\"supportedGenerationMethods\":[\"generateContent\"]},"
          "{\"name\":\"models/gemini-flash-lite-latest\","
          "\"supportedGenerationMethods\":[\"countTokens\"]},"
          "{\"name\":\"models/gemini-flash-latest\","
          "\"supportedGenerationMethods\":[\"x\",\"generateContent\"]}]}",
          "gemini-flash-latest"},
      {GOOGLE, FALSE, "{\"models\":[{\"name\":7}]}", NULL},
      {OPENAI, FALSE,
          "{\"data\":[{\"id\":\"text-embedding-3\"},{\"id\":\"big\"},"
          "{\"id\":\"big-mini\"}]}",
          "big-mini"},
      {OPENAI, FALSE, "{\"data\":[{\"id\":\"local.gguf\"}]}", "local.gguf"},
      {OPENAI, FALSE, "{\"data\":null}", NULL},
      {OPENAI, FALSE, "<html>", NULL},
      {OLLAMA, FALSE, "{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", "a"},
      {OLLAMA, TRUE, "{\"models\":[{\"name\":\"a\"},{\"name\":\"llava:7b\"}]}",
          "llava:7b"},
      {OLLAMA, TRUE, "{\"models\":[{\"name\":\"a\"}]}", NULL},
      {OLLAMA, FALSE, "{\"models\":[]}", NULL},
      {OLLAMA, FALSE, "", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    const MontageDialect *dialect = montage_dialect_of (lists[i].kind);
    g_autoptr (MontageBackendSettings) backend = make_backend (lists[i].kind);
    g_autoptr (GBytes)
        body = g_bytes_new_static (lists[i].body, strlen (lists[i].body));
    const MontageHttpReply http = {200, -1, NULL, body};
    g_autofree gchar *model = dialect->choose_model (backend, &http,
        lists[i].sees);

    fail_unless (g_strcmp0 (model, lists[i].model) == 0, "%u: %s", i, model);
  }
}
GST_END_TEST;

static Suite *
dialects_suite (void)
{
  Suite *suite = suite_create ("dialects");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_google_body);
  tcase_add_test (tcase, test_openai_body);
  tcase_add_test (tcase, test_responses_body);
  tcase_add_test (tcase, test_ollama_body);
  tcase_add_test (tcase, test_pictures);
  tcase_add_test (tcase, test_addresses);
  tcase_add_test (tcase, test_models);
  return suite;
}

GST_CHECK_MAIN (dialects);
