/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dialect.h"

/* What the dialects share: reading replies whose shape nobody guarantees, and
 * the errors that all servers tell by their status. */

G_BEGIN_DECLS

/* More than this for 30 scalars is a model that repeats itself. */
#define MONTAGE_MAX_TOKENS 32768

/* The root of a reply; the first element where it is a list; NULL where it is
 * no JSON. */
JsonNode *montage_reply_parse (const MontageHttpReply *reply);
/* @path: "choices/0/message/content". NULL where there is nothing or null. */
JsonNode *montage_reply_node (JsonNode *root, const gchar *path);
const gchar *montage_reply_string (JsonNode *root, const gchar *path);
/* 0 where it is no list. */
guint montage_reply_length (JsonNode *root, const gchar *path);

/* What went wrong, as the server says it: error.message, error or detail;
 * static or of @root. */
const gchar *montage_reply_message (JsonNode *root);
/* Whether the message or its details have one of @words, NULL at the end;
 * without case. */
gboolean montage_reply_mentions (const MontageHttpReply *reply,
    ...) G_GNUC_NULL_TERMINATED;

void montage_reading_answer (MontageReplyReading *reading, const gchar *text,
    const gchar *model);
/* @format: a sentence without its full stop; what looks like a key is taken
 * out. */
void montage_reading_fail (MontageReplyReading *reading, MontageOutcome outcome,
    const gchar *format, ...) G_GNUC_PRINTF (3, 4);
/* The meaning of a status that all servers share. */
void montage_reading_fail_by_status (MontageReplyReading *reading,
    const MontageHttpReply *reply, JsonNode *root);
/* The same form once more with more tokens, while there are more. */
void montage_reading_cut_off (MontageReplyReading *reading, MontageTone *tone);
/* The next weaker form, while there is one. */
void montage_reading_weaken (MontageReplyReading *reading, MontageTone *tone,
    const MontageHttpReply *reply, JsonNode *root);

/* "name": "text" with a comma before it where @out does not begin an object. */
void montage_body_string (GString *out, const gchar *name, const gchar *text);
/* The same with JSON as it is. */
void montage_body_json (GString *out, const gchar *name, const gchar *json);
gchar *montage_base64 (GBytes *image);
/* "messages", as chat completions and Ollama take them: the system's, then the
 * utterances; @append adds the content of one. */
void montage_body_messages (GString *out, const MontageQuestion *question,
    void (*append) (GString *out, const MontageUtterance *utterance));
/* The schema for @form, or NULL where it has none. */
const gchar *
montage_question_schema (const MontageQuestion *question, MontageForm form);

/* openairesponses.c: cgpu serve */
GBytes *montage_responses_body (const MontageBackendSettings *backend,
    const MontageQuestion *question);
void montage_responses_read (MontageReplyReading *reading,
    const MontageHttpReply *reply, JsonNode *root);

G_END_DECLS
