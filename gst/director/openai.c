/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Chat completions as OpenAI, llama-server, vLLM, LM Studio, LiteLLM and
 * OpenRouter speak them; a server that has none is asked for responses. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "dialect-private.h"

#include <string.h>

static gchar *
uri (const MontageBackendSettings *backend, const MontageTone *tone)
{
  return g_strconcat (backend->base,
      tone->responses ? "/v1/responses" : "/v1/chat/completions", NULL);
}

static void
append_images (GString *out, const MontageUtterance *utterance)
{
  g_string_append (out, ",\"content\":[");
  for (guint i = 0; i < utterance->images->len; i++) {
    g_autofree gchar *data = montage_base64 (
        g_ptr_array_index (utterance->images, i));

    g_string_append_printf (out,
        "{\"type\":\"image_url\",\"image_url\":"
        "{\"url\":\"data:image/jpeg;base64,%s\"}},",
        data);
  }
  g_string_append (out, "{\"type\":\"text\"");
  montage_body_string (out, "text", utterance->text);
  g_string_append (out, "}]");
}

static void
append_content (GString *out, const MontageUtterance *utterance)
{
  if (utterance->images && utterance->images->len > 0)
    append_images (out, utterance);
  else
    montage_body_string (out, "content", utterance->text);
}

static void
append_format (GString *out, MontageForm form, const MontageQuestion *question)
{
  const gchar *schema = montage_question_schema (question, form);

  if (schema) {
    g_string_append (out,
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{");
    montage_body_string (out, "name", question->schema_name);
    g_string_append (out, ",\"strict\":true");
    montage_body_json (out, "schema", schema);
    g_string_append (out, "}}");
  } else if (form == MONTAGE_FORM_JSON) {
    g_string_append (out, ",\"response_format\":{\"type\":\"json_object\"}");
  }
}

static GBytes *
body (const MontageBackendSettings *backend, const MontageTone *tone,
    const MontageQuestion *question)
{
  GString *out;

  if (tone->responses)
    return montage_responses_body (backend, question);
  out = g_string_new ("{");
  montage_body_string (out, "model",
      backend->model ? backend->model : "default");
  g_string_append_printf (out, ",\"stream\":false,\"%s\":%u",
      tone->completion_tokens ? "max_completion_tokens" : "max_tokens",
      tone->max_tokens);
  if (!tone->no_temperature)
    g_string_append (out, ",\"temperature\":0.3");
  if (question->seed > 0)
    g_string_append_printf (out, ",\"seed\":%u", question->seed);
  montage_body_messages (out, question, append_content);
  append_format (out, tone->form, question);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/* --- replies ------------------------------------------------------------ */

/* A text, or a list of parts with texts. */
static gchar *
join_content (JsonNode *root)
{
  const gchar *text = montage_reply_string (root, "choices/0/message/content");
  guint n = montage_reply_length (root, "choices/0/message/content");
  GString *joined = g_string_new (text);

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path =
        g_strdup_printf ("choices/0/message/content/%u/text", i);
    const gchar *part = montage_reply_string (root, path);

    g_string_append (joined, part ? part : "");
  }
  return g_string_free (joined, FALSE);
}

static void
read_answer (MontageTone *tone, JsonNode *root, MontageReplyReading *reading)
{
  const gchar *reason = montage_reply_string (root, "choices/0/finish_reason");
  const gchar *refusal = montage_reply_string (root,
      "choices/0/message/refusal");
  const gchar *failed = montage_reply_string (root, "choices/0/error/message");
  g_autofree gchar *text = join_content (root);

  if (!failed)
    failed = montage_reply_message (root);
  if (failed)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "it tells an error: %.200s", failed);
  else if (montage_reply_length (root, "choices") == 0)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its reply holds no answer");
  else if (refusal && *refusal)
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "it declines to answer");
  else if (g_strcmp0 (reason, "length") == 0)
    montage_reading_cut_off (reading, tone);
  else if (reason && !g_str_equal (reason, "stop"))
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "it stopped answering (%.40s)", reason);
  else if (!*text)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its answer is empty");
  else
    montage_reading_answer (reading, text,
        montage_reply_string (root, "model"));
}

/* Each 400 names the one thing that this server does not know. */
static void
read_refusal (MontageTone *tone, const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  if (!tone->completion_tokens
      && montage_reply_mentions (reply, "max_completion_tokens", NULL)) {
    tone->completion_tokens = TRUE;
    montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
        "it does not take max_tokens");
  } else if (!tone->no_temperature
      && montage_reply_mentions (reply, "temperature", NULL)) {
    tone->no_temperature = TRUE;
    montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
        "it does not take a temperature");
  } else if (montage_reply_mentions (reply, "response_format", "schema",
                 "grammar", "json_object", NULL)) {
    montage_reading_weaken (reading, tone, reply, root);
  } else {
    montage_reading_fail_by_status (reading, reply, root);
  }
}

/* No such address, but not for want of a model: perhaps one that only has
 * responses. */
static void
read_missing (MontageTone *tone, const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  if (tone->responses || montage_reply_mentions (reply, "model", NULL)) {
    montage_reading_fail_by_status (reading, reply, root);
    return;
  }
  tone->responses = TRUE;
  montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
      "it has no chat completions");
}

static void
read_reply (const MontageBackendSettings *backend, MontageTone *tone,
    const MontageHttpReply *reply, MontageReplyReading *reading)
{
  g_autoptr (JsonNode) root = montage_reply_parse (reply);

  reading->wait = -1;
  if (reply->status == 200 && !root)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its reply is no JSON");
  else if (reply->status == 404)
    read_missing (tone, reply, root, reading);
  else if (tone->responses)
    montage_responses_read (reading, reply, root);
  else if (reply->status == 200)
    read_answer (tone, root, reading);
  else if (reply->status == 400 || reply->status == 422)
    read_refusal (tone, reply, root, reading);
  else if (reply->status == 429
      && montage_reply_mentions (reply, "insufficient_quota", NULL))
    montage_reading_fail (reading, MONTAGE_OUTCOME_NEXT,
        "the quota is used up (429)");
  else
    montage_reading_fail_by_status (reading, reply, root);
}

/* --- what is there ------------------------------------------------------ */

static gchar *
probe_uri (const MontageBackendSettings *backend)
{
  return g_strconcat (backend->base, "/v1/models", NULL);
}

static gboolean
is_for_text (const gchar *name)
{
  static const gchar *const others[] = {"embed", "whisper", "tts", "audio",
      "realtime", "transcribe", "image", "moderation", "rerank", "search"};

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (name, others[i]))
      return FALSE;
  return TRUE;
}

/* A server of one's own mostly has one model; of a large one's many a small one
 * is enough. */
static gchar *
choose_model (const MontageBackendSettings *backend,
    const MontageHttpReply *reply, gboolean sees)
{
  g_autoptr (JsonNode) root = montage_reply_parse (reply);
  guint n = root ? montage_reply_length (root, "data") : 0;
  const gchar *first = NULL;

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("data/%u/id", i);
    const gchar *name = montage_reply_string (root, path);

    if (!name || !is_for_text (name))
      continue;
    if (strstr (name, "mini"))
      return g_strdup (name);
    if (!first)
      first = name;
  }
  return g_strdup (first);
}

const MontageDialect montage_dialect_openai = {
    .name = "OpenAI-compatible server",
    .origin = GST_MONTAGE_ORIGIN_OPENAI,
    .key_header = "Authorization",
    .sees = TRUE,
    .tone = {.max_tokens = 2048},
    .uri = uri,
    .body = body,
    .read = read_reply,
    .probe_uri = probe_uri,
    .choose_model = choose_model,
};
