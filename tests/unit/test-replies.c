/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/director/dialect.h>
#include <gst/montage/montage.h>

/* What each reply of a server is taken for: replies as they have been recorded,
 * and as nobody should send them. */

static MontageBackendSettings *
make_backend (MontageBackendKind kind)
{
  MontageBackendSettings *backend = montage_backend_settings_new (kind,
      "http://127.0.0.1:1");

  g_free (backend->model);
  backend->model = g_strdup ("org/model:4b");
  return backend;
}

#define GOOGLE_CANDIDATE(parts, reason)                                        \
  "{\"candidates\":[{\"content\":{\"parts\":[" parts                           \
  "]},\"finishReason\":\"" reason "\"}],\"modelVersion\":\"m-1\"}"
#define CHOICE(message, reason)                                                \
  "{\"model\":\"m-1\",\"choices\":[{\"message\":" message                      \
  ",\"finish_reason\":" reason "}]}"
#define OUTPUT(text, more)                                                     \
  "{\"model\":\"m-1\",\"output\":[{\"type\":\"reasoning\"},{\"content\":["     \
  "{\"type\":\"output_text\",\"text\":\"" text "\"}]}]" more "}"

typedef struct
{
  const gchar *name;
  MontageBackendKind kind;
  guint status;
  const gchar *body;
  MontageOutcome outcome;
  const gchar *said; /* the text of an answer, else a part of the reason */
  gdouble wait;      /* of a RETRY; 0: -1 */
  MontageTone before;
} Reply;

#define GOOGLE MONTAGE_BACKEND_GOOGLE
#define OPENAI MONTAGE_BACKEND_OPENAI
#define OLLAMA MONTAGE_BACKEND_OLLAMA
#define OUT(name) MONTAGE_OUTCOME_##name

static const Reply replies[] = {
    /* Google */
    {"one part", GOOGLE, 200, GOOGLE_CANDIDATE ("{\"text\":\"{}\"}", "STOP"),
        OUT (ANSWER), "{}"},
    {"several parts", GOOGLE, 200,
        GOOGLE_CANDIDATE ("{\"text\":\"no\",\"thought\":true},{\"text\":\"{\"},"
                          "{\"thoughtSignature\":\"x\"},{\"text\":\"}\","
                          "\"thought\":false}",
            "STOP"),
        OUT (ANSWER), "{}"},
    {"only thoughts", GOOGLE, 200,
        GOOGLE_CANDIDATE ("{\"text\":\"hm\",\"thought\":true}", "STOP"),
        OUT (RETRY), "empty"},
    {"in a list", GOOGLE, 200,
        "[" GOOGLE_CANDIDATE ("{\"text\":\"{}\"}", "STOP") "]", OUT (ANSWER),
        "{}"},
    {"numbers as strings", GOOGLE, 200,
        "{\"candidates\":[{\"index\":\"0\",\"content\":{\"parts\":[{\"text\":"
        "\"{}\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{"
        "\"promptTokenCount\":\"12\"}}",
        OUT (ANSWER), "{}"},
    {"no content", GOOGLE, 200,
        "{\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}]}", OUT (LONGER),
        "cut off"},
    {"candidates null", GOOGLE, 200, "{\"candidates\":null}", OUT (RETRY),
        "no answer"},
    {"unknown reason", GOOGLE, 200,
        GOOGLE_CANDIDATE ("{\"text\":\"{}\"}", "SOMETHING_NEW"), OUT (PASS),
        "SOMETHING_NEW"},
    {"no reason", GOOGLE, 200,
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"{}\"}]}}]}",
        OUT (PASS), "without a reason"},
    {"nothing", GOOGLE, 200, "", OUT (RETRY), "no JSON"},
    {"empty list", GOOGLE, 200, "[]", OUT (RETRY), "no JSON"},
    {"a string", GOOGLE, 200, "\"hi\"", OUT (RETRY), "no answer"},
    {"parts of another kind", GOOGLE, 200,
        "{\"candidates\":[{\"content\":{\"parts\":{\"text\":1}},"
        "\"finishReason\":\"STOP\"}]}",
        OUT (RETRY), "empty"},
    {"blocked for other reasons", GOOGLE, 200,
        "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}",
        OUT (PASS), "PROHIBITED_CONTENT"},
    {"schema", GOOGLE, 400,
        "{\"error\":{\"message\":\"The specified schema produces a constraint "
        "that has too many states for serving.\"}}",
        OUT (WEAKER), "schema"},
    {"unknown member", GOOGLE, 400,
        "{\"error\":{\"message\":\"Unknown name \\\"responseJsonSchema\\\" at "
        "'generation_config': Cannot find field.\"}}",
        OUT (WEAKER), "schema"},
    {"schema, when none was sent", GOOGLE, 400,
        "{\"error\":{\"message\":\"schema\"}}", OUT (PASS), "400", 0,
        {.form = MONTAGE_FORM_TEXT}},
    {"minute limit", GOOGLE, 429,
        "{\"error\":{\"message\":\"x\",\"details\":[{\"@type\":\"a\"},"
        "{\"retryDelay\":\"45.837906927s\"}]}}",
        OUT (RETRY), "429", 45.837906927},
    {"limit without details", GOOGLE, 429, "{\"error\":{\"message\":\"x\"}}",
        OUT (RETRY), "429"},
    {"odd delays", GOOGLE, 429,
        "{\"error\":{\"details\":[{\"retryDelay\":\"s\"},{\"retryDelay\":7},"
        "{\"retryDelay\":\"-1s\"},{\"retryDelay\":\"nans\"},"
        "{\"retryDelay\":\"2s\"}]}}",
        OUT (RETRY), "429", 2},
    {"error in a list", GOOGLE, 503,
        "[{\"error\":{\"code\":503,\"message\":\"overload\"}}]", OUT (RETRY),
        "overload"},
    {"deadline", GOOGLE, 504, "", OUT (RETRY), "504"},
    {"too large", GOOGLE, 413, "<html>", OUT (PASS), "413"},
    {"permission", GOOGLE, 403, "{\"error\":{\"message\":\"no\"}}", OUT (NEXT),
        "403"},
    {"model", GOOGLE, 404,
        "{\"error\":{\"message\":\"models/x is not found\"}}", OUT (MODEL),
        "404"},
    /* chat completions */
    {"chat", OPENAI, 200, CHOICE ("{\"content\":\"{}\"}", "\"stop\""),
        OUT (ANSWER), "{}"},
    {"no reason", OPENAI, 200, CHOICE ("{\"content\":\"{}\"}", "null"),
        OUT (ANSWER), "{}"},
    {"content in parts", OPENAI, 200,
        CHOICE ("{\"content\":[{\"type\":\"text\",\"text\":\"{\"},{\"type\":"
                "\"text\",\"text\":\"}\"}]}",
            "\"stop\""),
        OUT (ANSWER), "{}"},
    {"reasoning beside", OPENAI, 200,
        CHOICE ("{\"reasoning_content\":\"hm\",\"content\":\"{}\","
                "\"refusal\":null}",
            "\"stop\""),
        OUT (ANSWER), "{}"},
    {"null content", OPENAI, 200, CHOICE ("{\"content\":null}", "\"stop\""),
        OUT (RETRY), "empty"},
    {"choices null", OPENAI, 200, "{\"choices\":null}", OUT (RETRY),
        "no answer"},
    {"error null", OPENAI, 200,
        "{\"error\":null,\"choices\":[{\"message\":{\"content\":\"{}\"}}]}",
        OUT (ANSWER), "{}"},
    {"cut off", OPENAI, 200, CHOICE ("{\"content\":\"{\"}", "\"length\""),
        OUT (LONGER), "cut off"},
    {"cut off for good", OPENAI, 200,
        CHOICE ("{\"content\":\"{\"}", "\"length\""), OUT (PASS),
        "32768 tokens", 0, {.max_tokens = 32768}},
    {"error in a choice", OPENAI, 200,
        "{\"choices\":[{\"error\":{\"code\":502,\"message\":\"gone\"}}]}",
        OUT (RETRY), "gone"},
    {"calls a tool", OPENAI, 200,
        CHOICE ("{\"content\":null}", "\"tool_calls\""), OUT (PASS),
        "tool_calls"},
    {"keep-alive before it", OPENAI, 200,
        "\n\n  \n" CHOICE ("{\"content\":\"{}\"}", "\"stop\""), OUT (ANSWER),
        "{}"},
    {"a stream", OPENAI, 200, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
        OUT (RETRY), "no JSON"},
    {"LM Studio", OPENAI, 400,
        "{\"error\":\"'response_format.type' must be 'json_schema' or "
        "'text'\"}",
        OUT (WEAKER), "schema", 0, {.form = MONTAGE_FORM_JSON}},
    {"grammar", OPENAI, 400,
        "{\"error\":{\"code\":400,\"message\":\"Failed to parse grammar\","
        "\"type\":\"invalid_request_error\"}}",
        OUT (WEAKER), "schema"},
    {"reasoning model", OPENAI, 400,
        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use "
        "'max_completion_tokens' instead.\"}}",
        OUT (WEAKER), "max_tokens"},
    {"its temperature", OPENAI, 400,
        "{\"error\":{\"message\":\"Unsupported value: 'temperature'\"}}",
        OUT (WEAKER), "temperature"},
    {"temperature, when none was sent", OPENAI, 400,
        "{\"error\":{\"message\":\"temperature\"}}", OUT (PASS), "temperature",
        0, {.no_temperature = TRUE}},
    {"FastAPI", OPENAI, 422,
        "{\"detail\":[{\"loc\":[\"body\",\"response_format\"],\"msg\":\"field "
        "required\"}]}",
        OUT (WEAKER), "schema"},
    {"older vLLM", OPENAI, 400,
        "{\"object\":\"error\",\"message\":\"too long\",\"code\":400}",
        OUT (PASS), "too long"},
    {"no error", OPENAI, 400, "{}", OUT (PASS), "400"},
    {"proxy", OPENAI, 407, "<html>", OUT (PASS), "407"},
    {"not implemented", OPENAI, 501,
        "{\"error\":{\"type\":\"not_supported_error\",\"message\":\"no\"}}",
        OUT (NEXT), "501"},
    {"no route", OPENAI, 404, "{\"detail\":\"Not Found\"}", OUT (WEAKER),
        "chat completions"},
    {"a page", OPENAI, 404, "<html>Not found</html>", OUT (WEAKER),
        "chat completions"},
    {"no route at all", OPENAI, 404, "<html>Not found</html>", OUT (NEXT),
        "404", 0, {.responses = TRUE}},
    /* responses */
    {"responses", OPENAI, 200, OUTPUT ("{}", ""), OUT (ANSWER), "{}", 0,
        {.responses = TRUE}},
    {"output_text", OPENAI, 200, "{\"output\":[],\"output_text\":\"{}\"}",
        OUT (ANSWER), "{}", 0, {.responses = TRUE}},
    {"both", OPENAI, 200, OUTPUT ("{}", ",\"output_text\":\"{}\""),
        OUT (ANSWER), "{}", 0, {.responses = TRUE}},
    {"empty", OPENAI, 200, OUTPUT ("", ",\"output_text\":\"\""), OUT (RETRY),
        "empty", 0, {.responses = TRUE}},
    {"failed", OPENAI, 200,
        "{\"status\":\"failed\",\"error\":{\"code\":\"x\",\"message\":"
        "\"broken\"},\"output\":[]}",
        OUT (RETRY), "broken", 0, {.responses = TRUE}},
    {"incomplete", OPENAI, 200, OUTPUT ("{", ",\"status\":\"incomplete\""),
        OUT (RETRY), "not complete", 0, {.responses = TRUE}},
    {"no command", OPENAI, 500,
        "{\"error\":{\"code\":\"gemini_cli_missing\",\"message\":\"no "
        "gemini\"}}",
        OUT (NEXT), "no gemini", 0, {.responses = TRUE}},
    {"killed command", OPENAI, 502,
        "{\"error\":{\"code\":\"empty_response\",\"message\":\"none\"}}",
        OUT (RETRY), "none", 0, {.responses = TRUE}},
    {"media type", OPENAI, 415,
        "{\"error\":{\"code\":\"unsupported_media_type\",\"message\":\"x\"}}",
        OUT (PASS), "415", 0, {.responses = TRUE}},
    {"body too large", OPENAI, 413, "", OUT (PASS), "413", 0,
        {.responses = TRUE}},
    /* Ollama */
    {"chat", OLLAMA, 200,
        "{\"model\":\"m-1\",\"message\":{\"content\":\"{}\",\"thinking\":"
        "\"hm\"},\"done\":true,\"done_reason\":\"stop\"}",
        OUT (ANSWER), "{}"},
    {"cut off", OLLAMA, 200,
        "{\"message\":{\"content\":\"{\"},\"done_reason\":\"length\"}",
        OUT (LONGER), "cut off"},
    {"only loaded", OLLAMA, 200,
        "{\"message\":{\"content\":\"\"},\"done_reason\":\"load\"}",
        OUT (WEAKER), "empty"},
    {"empty without thinking", OLLAMA, 200, "{\"message\":{\"content\":\"\"}}",
        OUT (WEAKER), "any JSON", 0, {.no_think = TRUE}},
    {"always empty", OLLAMA, 200, "{\"message\":{\"content\":\"\"}}",
        OUT (PASS), "empty", 0, {.no_think = TRUE, .form = MONTAGE_FORM_JSON}},
    {"many lines", OLLAMA, 200, "{\"done\":false}\n{\"done\":true}\n",
        OUT (RETRY), "no JSON"},
    {"error in 200", OLLAMA, 200, "{\"error\":\"runner died\"}", OUT (RETRY),
        "runner died"},
    {"no thinking", OLLAMA, 400,
        "{\"error\":\"\\\"x\\\" does not support thinking\"}", OUT (WEAKER),
        "schema", 0, {.no_think = TRUE}},
    {"format", OLLAMA, 400, "{\"error\":\"invalid JSON schema in format\"}",
        OUT (WEAKER), "schema"},
    {"cannot see", OLLAMA, 400,
        "{\"error\":\"this model is missing data required for image input\"}",
        OUT (PASS), "image input"},
    {"out of memory", OLLAMA, 500,
        "{\"error\":\"model requires more system memory\"}", OUT (RETRY),
        "memory"},
    {"origin", OLLAMA, 403, "", OUT (NEXT), "403"},
    {"not pulled", OLLAMA, 404, "{\"error\":\"model 'x' not found\"}",
        OUT (MODEL), "not found"},
    {"cancelled", OLLAMA, 499, "{\"error\":\"cancelled\"}", OUT (PASS), "499"},
    {"redirected", OLLAMA, 301, "", OUT (NEXT), "redirects"},
    {"no content", OLLAMA, 204, "", OUT (PASS), "204"},
};

static void
check_reading (const Reply *reply, const MontageReplyReading *reading)
{
  const gchar *said = reading->text ? reading->text : reading->reason;

  fail_unless (reading->outcome == reply->outcome, "%s: outcome %d (%s)",
      reply->name, reading->outcome, said);
  if (reply->outcome == MONTAGE_OUTCOME_ANSWER)
    fail_unless (strcmp (reading->text, reply->said) == 0, "%s: %s",
        reply->name, said);
  else
    fail_unless (strstr (reading->reason, reply->said) != NULL, "%s: %s",
        reply->name, said);
  if (reply->outcome == MONTAGE_OUTCOME_RETRY)
    fail_unless (reading->wait == (reply->wait > 0 ? reply->wait : -1),
        "%s: waits %g", reply->name, reading->wait);
}

GST_START_TEST (test_reply)
{
  const Reply *reply = &replies[__i__];
  const MontageDialect *dialect = montage_dialect_of (reply->kind);
  g_autoptr (MontageBackendSettings) backend = make_backend (reply->kind);
  g_autoptr (GBytes)
      body = g_bytes_new_static (reply->body, strlen (reply->body));
  const MontageHttpReply http = {reply->status, -1, NULL, body};
  g_auto (MontageReplyReading) reading = {0};
  MontageTone tone = reply->before;

  if (tone.max_tokens == 0)
    tone.max_tokens = dialect->tone.max_tokens;
  dialect->read (backend, &tone, &http, &reading);
  check_reading (reply, &reading);
}
GST_END_TEST;

/* A refusal of thinking is about the level where one is set. */
GST_START_TEST (test_thinking_level)
{
  static const gchar text[] =
      "{\"error\":{\"code\":400,\"message\":\"Thinking level MINIMAL is not "
      "supported for this model.\",\"status\":\"INVALID_ARGUMENT\"}}";
  g_autoptr (MontageBackendSettings) backend = make_backend (GOOGLE);
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  const MontageHttpReply http = {400, -1, NULL, body};
  MontageTone tone = montage_dialect_google.tone;

  for (guint i = 0; i < 3; i++) {
    g_auto (MontageReplyReading) reading = {0};

    g_free (backend->thinking_level);
    backend->thinking_level = i == 0 ? NULL : g_strdup ("MINIMAL");
    montage_dialect_google.read (backend, &tone, &http, &reading);
    fail_unless_equals_int (reading.outcome,
        i == 1 ? MONTAGE_OUTCOME_WEAKER : MONTAGE_OUTCOME_PASS);
    fail_unless_equals_int (tone.no_thinking_config, i > 0);
  }
  fail_unless_equals_int (tone.form, MONTAGE_FORM_SCHEMA);
}
GST_END_TEST;

/* Whatever a server says: one line, not long, no key, no direction marks; and a
 * model has a name or none. */
GST_START_TEST (test_hostile_words)
{
  g_autofree gchar *filler = g_strnfill (190, 'x');
  gchar *texts[] = {
      g_strconcat ("{\"error\":{\"message\":\"", filler,
          " AIzaSySecretSecret012\"}}", NULL),
      g_strdup ("{\"error\":\"a\\nb\\u001b[31m\\u009b1m\\u202eevil\"}"),
      g_strdup_printf ("{\"error\":\"%0*d\"}", 100000, 7),
  };
  g_autoptr (MontageBackendSettings) backend = make_backend (OPENAI);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) body = g_bytes_new_take (texts[i], strlen (texts[i]));
    const MontageHttpReply http = {400, -1, NULL, body};
    g_auto (MontageReplyReading) reading = {0};
    MontageTone tone = montage_dialect_openai.tone;

    montage_dialect_openai.read (backend, &tone, &http, &reading);
    fail_unless (strlen (reading.reason) <= 420);
    fail_unless (strstr (reading.reason, "AIza") == NULL, "%s", reading.reason);
    for (const gchar *p = reading.reason; *p; p = g_utf8_next_char (p))
      fail_unless (g_unichar_isprint (g_utf8_get_char (p)), "%s",
          reading.reason);
  }
}
GST_END_TEST;

GST_START_TEST (test_model_names)
{
  static const gchar *const names[] = {"gemini-9", "org/model:4b@q4", "", "a b",
      "a\\nb", "\\u202ex", "m\\u00fc"};
  g_autoptr (MontageBackendSettings) backend = make_backend (OPENAI);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree gchar *text = g_strdup_printf (
        "{\"model\":\"%s\",\"choices\":[{\"message\":{\"content\":\"{}\"}}]}",
        names[i]);
    g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
    const MontageHttpReply http = {200, -1, NULL, body};
    g_auto (MontageReplyReading) reading = {0};
    MontageTone tone = montage_dialect_openai.tone;

    montage_dialect_openai.read (backend, &tone, &http, &reading);
    fail_unless_equals_int (reading.outcome, MONTAGE_OUTCOME_ANSWER);
    fail_unless (g_strcmp0 (reading.model, i < 2 ? names[i] : NULL) == 0);
  }
}
GST_END_TEST;

static Suite *
replies_suite (void)
{
  Suite *suite = suite_create ("replies");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_reply, 0, G_N_ELEMENTS (replies));
  tcase_add_test (tcase, test_thinking_level);
  tcase_add_test (tcase, test_hostile_words);
  tcase_add_test (tcase, test_model_names);
  return suite;
}

GST_CHECK_MAIN (replies);
