/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "dialect-private.h"

#include <string.h>

#include <gst/montage/json.h>

/* How much of a server's message is shown, and of all that is told, in
 * bytes. */
#define QUOTE_BYTES 200
#define MAX_REASON_BYTES 400
#define MAX_MODEL_BYTES 128

const MontageDialect *
montage_dialect_of (MontageBackendKind kind)
{
  static const MontageDialect *const dialects[] = {
      [MONTAGE_BACKEND_GOOGLE] = &montage_dialect_google,
      [MONTAGE_BACKEND_OPENAI] = &montage_dialect_openai,
      [MONTAGE_BACKEND_OLLAMA] = &montage_dialect_ollama,
  };

  return dialects[kind];
}

void
montage_reply_reading_clear (MontageReplyReading *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->reason, g_free);
}

/* --- replies ------------------------------------------------------------ */

JsonNode *
montage_reply_parse (const MontageHttpReply *reply)
{
  gsize size;
  const gchar *text = g_bytes_get_data (reply->body, &size);
  JsonNode *root;

  if (size == 0)
    return NULL;
  root = gst_montage_json_parse (text, (gssize) size, NULL, NULL);
  if (root && JSON_NODE_HOLDS_ARRAY (root)) {
    JsonNode *first = montage_reply_node (root, "0");

    if (first)
      first = json_node_copy (first);
    json_node_unref (root);
    return first;
  }
  return root;
}

static JsonNode *
step (JsonNode *node, const gchar *name)
{
  guint64 index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (!JSON_NODE_HOLDS_ARRAY (node)
      || !g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT, &index, NULL)
      || index >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  return json_array_get_element (json_node_get_array (node), (guint) index);
}

JsonNode *
montage_reply_node (JsonNode *root, const gchar *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  JsonNode *node = root;

  for (guint i = 0; node && names[i]; i++)
    node = step (node, names[i]);
  return node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

const gchar *
montage_reply_string (JsonNode *root, const gchar *path)
{
  JsonNode *node = montage_reply_node (root, path);

  return node && json_node_get_value_type (node) == G_TYPE_STRING
      ? json_node_get_string (node)
      : NULL;
}

guint
montage_reply_length (JsonNode *root, const gchar *path)
{
  JsonNode *node = montage_reply_node (root, path);

  return node && JSON_NODE_HOLDS_ARRAY (node)
      ? json_array_get_length (json_node_get_array (node))
      : 0;
}

const gchar *
montage_reply_message (JsonNode *root)
{
  static const gchar *const paths[] = {"error/message", "error", "message",
      "detail", "detail/0/msg"};

  for (gsize i = 0; root && i < G_N_ELEMENTS (paths); i++) {
    const gchar *message = montage_reply_string (root, paths[i]);

    if (message)
      return message;
  }
  return NULL;
}

gboolean
montage_reply_mentions (const MontageHttpReply *reply, ...)
{
  gsize size;
  const gchar *data = g_bytes_get_data (reply->body, &size);
  g_autofree gchar *raw = g_strndup (data ? data : "", size);
  g_autofree gchar *text = g_ascii_strdown (raw, -1);
  const gchar *word;
  gboolean found = FALSE;
  va_list words;

  va_start (words, reply);
  while (!found && (word = va_arg (words, const gchar *)))
    found = strstr (text, word) != NULL;
  va_end (words);
  return found;
}

/* --- readings ----------------------------------------------------------- */

gboolean
montage_is_model_name (const gchar *text)
{
  if (!*text || strlen (text) > MAX_MODEL_BYTES)
    return FALSE;
  for (; *text; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

void
montage_reading_answer (MontageReplyReading *reading, const gchar *text,
    const gchar *model)
{
  reading->outcome = MONTAGE_OUTCOME_ANSWER;
  reading->text = g_strdup (text);
  /* it goes into documents: a name, or nothing */
  reading->model = model && montage_is_model_name (model) ? g_strdup (model)
                                                          : NULL;
}

void
montage_reading_fail (MontageReplyReading *reading, MontageOutcome outcome,
    const gchar *format, ...)
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *redacted = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  redacted = montage_key_redact (text);
  reading->outcome = outcome;
  g_free (reading->reason);
  reading->reason = gst_montage_quote_line (redacted, MAX_REASON_BYTES);
}

/* What the server says, as the end of a sentence: ": text". */
static gchar *
quote (const MontageHttpReply *reply, JsonNode *root)
{
  const gchar *message = montage_reply_message (root);
  g_autofree gchar *redacted = NULL;
  g_autofree gchar *line = NULL;

  if (!message && root)
    return g_strdup ("");
  if (!message)
    return g_strdup_printf (", with %s where JSON is expected",
        reply->content_type ? reply->content_type : "something else");
  /* before it is cut: half a key does not look like one */
  redacted = montage_key_redact (message);
  line = g_strstrip (gst_montage_quote_line (redacted, QUOTE_BYTES));
  if (g_str_has_suffix (line, "."))
    line[strlen (line) - 1] = '\0';
  return g_strconcat (": ", line, NULL);
}

void
montage_reading_fail_by_status (MontageReplyReading *reading,
    const MontageHttpReply *reply, JsonNode *root)
{
  g_autofree gchar *said = quote (reply, root);
  guint status = reply->status;

  reading->wait = reply->retry_after;
  if (status >= 300 && status < 400)
    montage_reading_fail (reading, MONTAGE_OUTCOME_NEXT,
        "it redirects to another address, which is not followed");
  else if (status == 401 || status == 403)
    montage_reading_fail (reading, MONTAGE_OUTCOME_NEXT,
        "it refuses the question or its key (%u)%s", status, said);
  else if (status == 404)
    montage_reading_fail (reading,
        montage_reply_mentions (reply, "model", NULL) ? MONTAGE_OUTCOME_MODEL
                                                      : MONTAGE_OUTCOME_NEXT,
        "it does not have this model or address (404)%s", said);
  else if (status == 408 || status == 429 || status >= 500)
    montage_reading_fail (reading,
        status == 501 ? MONTAGE_OUTCOME_NEXT : MONTAGE_OUTCOME_RETRY,
        "it is overloaded or out of order (%u)%s", status, said);
  else
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "it does not take the question (%u)%s", status, said);
}

void
montage_reading_cut_off (MontageReplyReading *reading, MontageTone *tone)
{
  if (tone->max_tokens >= MONTAGE_MAX_TOKENS) {
    montage_reading_fail (reading, MONTAGE_OUTCOME_PASS,
        "its answer does not end within %u tokens", tone->max_tokens);
    return;
  }
  montage_reading_fail (reading, MONTAGE_OUTCOME_LONGER,
      "its answer was cut off after %u tokens", tone->max_tokens);
  tone->max_tokens = MIN (2 * tone->max_tokens, MONTAGE_MAX_TOKENS);
}

void
montage_reading_weaken (MontageReplyReading *reading, MontageTone *tone,
    const MontageHttpReply *reply, JsonNode *root)
{
  if (tone->form + 1 >= MONTAGE_N_FORMS) {
    montage_reading_fail_by_status (reading, reply, root);
    return;
  }
  tone->form++;
  montage_reading_fail (reading, MONTAGE_OUTCOME_WEAKER,
      "it does not take the schema in this form");
}

/* --- bodies ------------------------------------------------------------- */

void
montage_body_json (GString *out, const gchar *name, const gchar *json)
{
  gchar last = out->len > 0 ? out->str[out->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "\"%s\":", name);
  g_string_append (out, json);
}

void
montage_body_string (GString *out, const gchar *name, const gchar *text)
{
  g_autoptr (GString) json = g_string_new (NULL);

  gst_montage_json_append_string (json, text);
  montage_body_json (out, name, json->str);
}

gchar *
montage_base64 (GBytes *image)
{
  gsize size;
  const guchar *data = g_bytes_get_data (image, &size);

  return g_base64_encode (data, size);
}

void
montage_body_messages (GString *out, const MontageQuestion *question,
    void (*append) (GString *out, const MontageUtterance *utterance))
{
  g_string_append (out, ",\"messages\":[{\"role\":\"system\"");
  montage_body_string (out, "content", question->system);
  g_string_append_c (out, '}');
  for (guint i = 0; i < question->utterances->len; i++) {
    const MontageUtterance *utterance = g_ptr_array_index (question->utterances,
        i);

    g_string_append_printf (out, ",{\"role\":\"%s\"",
        utterance->from_model ? "assistant" : "user");
    append (out, utterance);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

const gchar *
montage_question_schema (const MontageQuestion *question, MontageForm form)
{
  switch (form) {
    case MONTAGE_FORM_SCHEMA:
      return question->schema[GST_MONTAGE_SCHEMA_FULL];
    case MONTAGE_FORM_PLAIN_SCHEMA:
      return question->schema[GST_MONTAGE_SCHEMA_PLAIN];
    default:
      return NULL;
  }
}
