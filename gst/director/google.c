/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Google Gemini: generateContent. No temperature and no topP, which newer
 * models refuse; room for the thoughts that count as tokens. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "dialect-private.h"

#include <string.h>

static gchar *
uri (const MontageBackendSettings *backend, const MontageTone *tone)
{
  g_autofree gchar *model = g_uri_escape_string (backend->model, NULL, FALSE);

  return g_strdup_printf ("%s/v1beta/models/%s:generateContent", backend->base,
      model);
}

static void
append_parts (GString *out, const MontageUtterance *utterance)
{
  g_string_append (out, "\"parts\":[");
  for (guint i = 0; utterance->images && i < utterance->images->len; i++) {
    g_autofree gchar *data = montage_base64 (
        g_ptr_array_index (utterance->images, i));

    g_string_append_printf (out,
        "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"%s\"}},",
        data);
  }
  g_string_append_c (out, '{');
  montage_body_string (out, "text", utterance->text);
  g_string_append (out, "}]");
}

static void
append_contents (GString *out, const MontageQuestion *question)
{
  g_string_append (out, ",\"contents\":[");
  for (guint i = 0; i < question->utterances->len; i++) {
    const MontageUtterance *utterance = g_ptr_array_index (question->utterances,
        i);

    g_string_append_printf (out, "%s{\"role\":\"%s\",", i > 0 ? "," : "",
        utterance->from_model ? "model" : "user");
    append_parts (out, utterance);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

static void
append_config (GString *out, const MontageBackendSettings *backend,
    const MontageTone *tone, const MontageQuestion *question)
{
  const gchar *schema = montage_question_schema (question, tone->form);

  g_string_append_printf (out, ",\"generationConfig\":{\"maxOutputTokens\":%u",
      tone->max_tokens);
  if (tone->form < MONTAGE_FORM_TEXT)
    montage_body_string (out, "responseMimeType", "application/json");
  if (schema)
    montage_body_json (out, "responseJsonSchema", schema);
  if (question->seed > 0)
    g_string_append_printf (out, ",\"seed\":%u", question->seed);
  if (backend->thinking_level && !tone->no_thinking_config) {
    g_string_append (out, ",\"thinkingConfig\":{");
    montage_body_string (out, "thinkingLevel", backend->thinking_level);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, '}');
}

static GBytes *
body (const MontageBackendSettings *backend, const MontageTone *tone,
    const MontageQuestion *question)
{
  GString *out = g_string_new ("{\"systemInstruction\":{\"parts\":[{");

  montage_body_string (out, "text", question->system);
  g_string_append (out, "}]}");
  append_contents (out, question);
  append_config (out, backend, tone, question);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/* --- replies ------------------------------------------------------------ */

/* The parts of the answer without those of the thoughts. */
static gchar *
join_parts (JsonNode *root)
{
  GString *text = g_string_new (NULL);
  guint n = montage_reply_length (root, "candidates/0/content/parts");

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *part = g_strdup_printf ("candidates/0/content/parts/%u",
        i);
    JsonNode *node = montage_reply_node (root, part);
    JsonNode *thought = node ? montage_reply_node (node, "thought") : NULL;
    const gchar *said = node ? montage_reply_string (node, "text") : NULL;

    if (thought && json_node_get_value_type (thought) == G_TYPE_BOOLEAN
        && json_node_get_boolean (thought))
      continue;
    if (said)
      g_string_append (text, said);
  }
  return g_string_free (text, FALSE);
}

static void
read_answer (MontageTone *tone, JsonNode *root, MontageReplyReading *reading)
{
  const gchar *reason = montage_reply_string (root,
      "candidates/0/finishReason");
  const gchar *blocked = montage_reply_string (root,
      "promptFeedback/blockReason");
  g_autofree gchar *text = join_parts (root);

  if (blocked)
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "it has blocked the sentence (%s)", blocked);
  else if (montage_reply_length (root, "candidates") == 0)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its reply holds no answer");
  else if (g_strcmp0 (reason, "MAX_TOKENS") == 0)
    montage_reading_cut_off (reading, tone);
  else if (g_strcmp0 (reason, "STOP") != 0)
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "it stopped answering (%s)", reason ? reason : "without a reason");
  else if (!*text)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its answer is empty");
  else
    montage_reading_answer (reading, text,
        montage_reply_string (root, "modelVersion"));
}

/* "45.837906927s" of RetryInfo. */
static gdouble
find_delay (JsonNode *root)
{
  guint n = montage_reply_length (root, "error/details");

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("error/details/%u/retryDelay", i);
    const gchar *delay = montage_reply_string (root, path);
    gchar *end;
    gdouble seconds;

    if (!delay)
      continue;
    seconds = g_ascii_strtod (delay, &end);
    if (end != delay && g_str_equal (end, "s") && seconds >= 0)
      return seconds;
  }
  return -1;
}

/* The text of a per-minute limit speaks of billing, too: only the quota's name
 * tells. */
static void
read_limit (const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  if (montage_reply_mentions (reply, "perday", NULL)) {
    montage_reading_fail (reading, MONTAGE_OUTCOME_NEXT,
        "the quota of this day is used up (429)");
    return;
  }
  montage_reading_fail_by_status (reading, reply, root);
  if (root)
    reading->wait = MAX (reading->wait, find_delay (root));
}

static void
read_refusal (const MontageBackendSettings *backend, MontageTone *tone,
    const MontageHttpReply *reply, JsonNode *root, MontageReplyReading *reading)
{
  if (montage_reply_mentions (reply, "api_key_invalid", "api key not valid",
          NULL)) {
    montage_reading_fail (reading, MONTAGE_OUTCOME_NEXT,
        "it does not know this key (400)");
  } else if (montage_reply_mentions (reply, "thinking", NULL)
      && backend->thinking_level && !tone->no_thinking_config) {
    tone->no_thinking_config = TRUE;
    montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
        "it does not take a thinking level");
  } else if (montage_reply_mentions (reply, "schema", "too many states",
                 "response_mime", "responsemime", "json mode", NULL)) {
    montage_reading_weaken (reading, tone, reply, root);
  } else {
    montage_reading_fail_by_status (reading, reply, root);
  }
}

static void
read_reply (const MontageBackendSettings *backend, MontageTone *tone,
    const MontageHttpReply *reply, MontageReplyReading *reading)
{
  g_autoptr (JsonNode) root = montage_reply_parse (reply);

  reading->wait = -1;
  if (reply->status == 200 && root)
    read_answer (tone, root, reading);
  else if (reply->status == 200)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its reply is no JSON");
  else if (reply->status == 429)
    read_limit (reply, root, reading);
  else if (reply->status == 400)
    read_refusal (backend, tone, reply, root, reading);
  else
    montage_reading_fail_by_status (reading, reply, root);
}

/* --- what is there ------------------------------------------------------ */

static gchar *
probe_uri (const MontageBackendSettings *backend)
{
  return g_strconcat (backend->base, "/v1beta/models?pageSize=1000", NULL);
}

static gboolean
generates (JsonNode *model)
{
  guint n = montage_reply_length (model, "supportedGenerationMethods");

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("supportedGenerationMethods/%u",
        i);

    if (g_strcmp0 (montage_reply_string (model, path), "generateContent") == 0)
      return TRUE;
  }
  return FALSE;
}

/* Small, quick and not for something else. */
static guint
rank (const gchar *name)
{
  if (strstr (name, "preview") || strstr (name, "tts") || strstr (name, "image")
      || strstr (name, "live") || !strstr (name, "gemini"))
    return 0;
  if (g_str_has_suffix (name, "flash-lite-latest"))
    return 4;
  if (g_str_has_suffix (name, "flash-latest"))
    return 3;
  return strstr (name, "flash") ? 2 : 1;
}

static gchar *
choose_model (const MontageBackendSettings *backend,
    const MontageHttpReply *reply, gboolean sees)
{
  g_autoptr (JsonNode) root = montage_reply_parse (reply);
  guint n = root ? montage_reply_length (root, "models") : 0;
  guint best = 0;
  const gchar *chosen = NULL;

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("models/%u", i);
    JsonNode *model = montage_reply_node (root, path);
    const gchar *name = montage_reply_string (model, "name");

    if (name && generates (model) && rank (name) > best) {
      best = rank (name);
      chosen = name;
    }
  }
  if (!chosen)
    return NULL;
  return g_strdup (g_str_has_prefix (chosen, "models/") ? chosen + 7 : chosen);
}

const MontageDialect montage_dialect_google = {
    .name = "Google AI",
    .origin = GST_MONTAGE_ORIGIN_GOOGLE,
    .key_header = "x-goog-api-key",
    .sees = TRUE,
    .tone = {.max_tokens = 8192},
    .uri = uri,
    .body = body,
    .read = read_reply,
    .probe_uri = probe_uri,
    .choose_model = choose_model,
};
