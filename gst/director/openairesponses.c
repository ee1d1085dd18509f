/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The Responses API of cgpu serve, which runs a command for each question: it
 * takes no schema and no pictures, and refuses to stream. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "dialect-private.h"

/* cgpu's own default is no more. */
#define DEFAULT_MODEL "gemini-3.5-flash-lite"

GBytes *
montage_responses_body (const MontageBackendSettings *backend,
    const MontageQuestion *question)
{
  GString *out = g_string_new ("{");

  montage_body_string (out, "model",
      backend->model ? backend->model : DEFAULT_MODEL);
  montage_body_string (out, "instructions", question->system);
  g_string_append (out, ",\"input\":[");
  for (guint i = 0; i < question->utterances->len; i++) {
    const MontageUtterance *utterance = g_ptr_array_index (question->utterances,
        i);
    const gchar *role = utterance->from_model ? "assistant" : "user";
    const gchar *type = utterance->from_model ? "output_text" : "input_text";

    g_string_append_printf (out,
        "%s{\"role\":\"%s\",\"content\":[{\"type\":\"%s\"", i > 0 ? "," : "",
        role, type);
    montage_body_string (out, "text", utterance->text);
    g_string_append (out, "}]}");
  }
  g_string_append (out, "]}");
  return g_string_free_to_bytes (out);
}

static gchar *
join_output (JsonNode *root)
{
  GString *text = g_string_new (NULL);
  guint n = montage_reply_length (root, "output");

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *content = g_strdup_printf ("output/%u/content", i);
    guint n_parts = montage_reply_length (root, content);

    for (guint k = 0; k < n_parts; k++) {
      g_autofree gchar *type = g_strdup_printf ("%s/%u/type", content, k);
      g_autofree gchar *path = g_strdup_printf ("%s/%u/text", content, k);
      const gchar *part = montage_reply_string (root, path);

      if (part
          && g_strcmp0 (montage_reply_string (root, type), "output_text") == 0)
        g_string_append (text, part);
    }
  }
  if (text->len == 0 && montage_reply_string (root, "output_text"))
    g_string_append (text, montage_reply_string (root, "output_text"));
  return g_string_free (text, FALSE);
}

static void
read_output (JsonNode *root, MontageReplyReading *reading)
{
  const gchar *status = montage_reply_string (root, "status");
  const gchar *failed = montage_reply_string (root, "error/message");
  g_autofree gchar *text = join_output (root);

  if (g_strcmp0 (status, "incomplete") == 0)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its answer is not complete");
  else if (failed || g_strcmp0 (status, "failed") == 0)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "it tells an error: %.200s", failed ? failed : "it failed");
  else if (!*text)
    montage_reading_fail (reading, MONTAGE_OUTCOME_RETRY,
        "its answer is empty");
  else
    montage_reading_answer (reading, text,
        montage_reply_string (root, "model"));
}

void
montage_responses_read (MontageReplyReading *reading,
    const MontageHttpReply *reply, JsonNode *root)
{
  if (reply->status == 200) {
    read_output (root, reading);
    return;
  }
  montage_reading_fail_by_status (reading, reply, root);
  /* waiting does not install it */
  if (montage_reply_mentions (reply, "gemini_cli_missing", NULL))
    reading->outcome = MONTAGE_OUTCOME_NEXT;
}
