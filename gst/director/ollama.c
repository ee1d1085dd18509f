/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Ollama: /api/chat with a schema as its format. A model that thinks may ignore
 * the format; then it is asked not to think. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "dialect-private.h"

#include <string.h>

/* Changing it makes the server load the model anew, and what does not fit is
 * left out in silence, the oldest first. A picture takes 256 to 729 tokens with
 * gemma3, llava and moondream: eight of them need the larger one. */
#define CONTEXT_TOKENS 8192
#define CONTEXT_TOKENS_OF_PICTURES 16384

static gchar *
uri (const MontageBackendSettings *backend, const MontageTone *tone)
{
  return g_strconcat (backend->base, "/api/chat", NULL);
}

static void
append_images (GString *out, const GPtrArray *images)
{
  g_string_append (out, ",\"images\":[");
  for (guint i = 0; i < images->len; i++) {
    g_autofree gchar *data = montage_base64 (g_ptr_array_index (images, i));

    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", data);
  }
  g_string_append_c (out, ']');
}

static void
append_content (GString *out, const MontageUtterance *utterance)
{
  montage_body_string (out, "content", utterance->text);
  if (utterance->images && utterance->images->len > 0)
    append_images (out, utterance->images);
}

static gboolean
has_pictures (const MontageQuestion *question)
{
  for (guint i = 0; i < question->utterances->len; i++) {
    const MontageUtterance *utterance = g_ptr_array_index (question->utterances,
        i);

    if (utterance->images && utterance->images->len > 0)
      return TRUE;
  }
  return FALSE;
}

static GBytes *
body (const MontageBackendSettings *backend, const MontageTone *tone,
    const MontageQuestion *question)
{
  const gchar *schema = montage_question_schema (question, tone->form);
  GString *out = g_string_new ("{");

  montage_body_string (out, "model", backend->model ? backend->model : "");
  g_string_append (out, ",\"stream\":false,\"keep_alive\":\"10m\"");
  if (schema)
    montage_body_json (out, "format", schema);
  else if (tone->form == MONTAGE_FORM_JSON)
    montage_body_string (out, "format", "json");
  if (tone->no_think)
    g_string_append (out, ",\"think\":false");
  g_string_append_printf (out,
      ",\"options\":{\"temperature\":0.2,\"num_ctx\":%u,\"num_predict\":%u",
      has_pictures (question) ? CONTEXT_TOKENS_OF_PICTURES : CONTEXT_TOKENS,
      tone->max_tokens);
  if (question->seed > 0)
    g_string_append_printf (out, ",\"seed\":%u", question->seed);
  g_string_append_c (out, '}');
  montage_body_messages (out, question, append_content);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/* --- replies ------------------------------------------------------------ */

/* Nothing but thoughts: first without thinking, then in a weaker form. */
static void
read_empty (MontageTone *tone, const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  if (!tone->no_think) {
    tone->no_think = TRUE;
    montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
        "its answer is empty, so it is asked not to think");
  } else if (tone->form < MONTAGE_FORM_JSON) {
    tone->form = MONTAGE_FORM_JSON;
    montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
        "its answer is empty, so it is asked for any JSON");
  } else {
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS, "its answer is empty");
  }
}

static void
read_answer (MontageTone *tone, const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  const gchar *reason = montage_reply_string (root, "done_reason");
  const gchar *text = montage_reply_string (root, "message/content");
  const gchar *failed = montage_reply_message (JSON_NODE_HOLDS_OBJECT (root)
              && json_object_has_member (json_node_get_object (root), "error")
          ? root
          : NULL);

  if (failed)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "it tells an error: %.200s", failed);
  else if (g_strcmp0 (reason, "length") == 0)
    montage_reading_cut_off (reading, tone);
  else if (!text || !*text)
    read_empty (tone, reply, root, reading);
  else
    montage_reading_answer (reading, text,
        montage_reply_string (root, "model"));
}

static void
read_refusal (MontageTone *tone, const MontageHttpReply *reply, JsonNode *root,
    MontageReplyReading *reading)
{
  if (tone->no_think
      && montage_reply_mentions (reply, "thinking", "think", NULL)) {
    tone->no_think = FALSE;
    montage_reading_weaken (reading, tone, reply, root);
  } else if (montage_reply_mentions (reply, "format", "schema", "grammar",
                 NULL)) {
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
  if (reply->status == 200 && !root)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its reply is no JSON");
  else if (reply->status == 200)
    read_answer (tone, reply, root, reading);
  else if (reply->status == 400)
    read_refusal (tone, reply, root, reading);
  else
    montage_reading_fail_by_status (reading, reply, root);
}

/* --- what is there ------------------------------------------------------ */

static gchar *
probe_uri (const MontageBackendSettings *backend)
{
  return g_strconcat (backend->base, "/api/tags", NULL);
}

static gboolean
can_see (const gchar *name)
{
  static const gchar *const seeing[] = {"vision", "llava", "-vl",
      "vl:", "gemma3", "gemma4", "minicpm-v", "moondream", "pixtral"};

  for (gsize i = 0; i < G_N_ELEMENTS (seeing); i++)
    if (strstr (name, seeing[i]))
      return TRUE;
  return FALSE;
}

static gchar *
choose_model (const MontageBackendSettings *backend,
    const MontageHttpReply *reply, gboolean sees)
{
  g_autoptr (JsonNode) root = montage_reply_parse (reply);
  guint n = root ? montage_reply_length (root, "models") : 0;

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("models/%u/name", i);
    const gchar *name = montage_reply_string (root, path);

    if (name && !strstr (name, "embed") && (!sees || can_see (name)))
      return g_strdup (name);
  }
  return NULL;
}

const MontageDialect montage_dialect_ollama = {
    .name = "Ollama",
    .origin = GST_MONTAGE_ORIGIN_OLLAMA,
    .key_header = "Authorization",
    .sees = TRUE,
    .tone = {.max_tokens = 2048},
    .uri = uri,
    .body = body,
    .read = read_reply,
    .probe_uri = probe_uri,
    .choose_model = choose_model,
};
