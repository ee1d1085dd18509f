/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

#include "http.h"
#include "question.h"
#include "settings.h"

/* What the servers of language models speak: pure functions from a question to
 * the body of a request and from a reply to an answer. */

G_BEGIN_DECLS

/* How much a server is asked to enforce, from most to least. A server that
 * refuses one form is asked in the next one. */
typedef enum
{
  MONTAGE_FORM_SCHEMA,
  MONTAGE_FORM_PLAIN_SCHEMA, /* without bounds */
  MONTAGE_FORM_JSON,         /* any JSON object */
  MONTAGE_FORM_TEXT,         /* only the prompt asks for JSON */
  MONTAGE_N_FORMS
} MontageForm;

/* What becomes of a request. */
typedef enum
{
  MONTAGE_OUTCOME_ANSWER,
  MONTAGE_OUTCOME_WEAKER, /* refuses this form or parameter: change it */
  MONTAGE_OUTCOME_LONGER, /* cut off: once more with more tokens */
  MONTAGE_OUTCOME_RETRY,  /* overloaded, rate limit: wait, then once more */
  MONTAGE_OUTCOME_MODEL,  /* does not have the model: ask which it has */
  MONTAGE_OUTCOME_PASS,   /* this question: the next backend */
  MONTAGE_OUTCOME_NEXT    /* key, quota: the next backend, for a while */
} MontageOutcome;

/**
 * MontageTone:
 *
 * How a backend has to be spoken to, as far as has been found out. What led to
 * an answer is kept as long as the process lives, apart for questions with and
 * without pictures: they have other schemas and other models.
 */
typedef struct
{
  MontageForm form;
  gboolean no_thinking_config; /* refuses the setting for thinking */
  gboolean no_temperature;
  gboolean completion_tokens; /* wants max_completion_tokens */
  gboolean no_think;          /* ollama: answer without thinking */
  gboolean responses;         /* has no chat completions: /v1/responses */
  guint max_tokens;
} MontageTone;

/**
 * MontageReplyReading:
 * @text: (nullable): of MONTAGE_OUTCOME_ANSWER
 * @model: (nullable): what answered, by its own name
 * @reason: a sentence without a key: what went wrong
 * @wait: seconds to wait before a RETRY, -1: not said
 */
typedef struct
{
  MontageOutcome outcome;
  gchar *text;
  gchar *model;
  gchar *reason;
  gdouble wait;
} MontageReplyReading;

void montage_reply_reading_clear (MontageReplyReading *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MontageReplyReading,
    montage_reply_reading_clear)

typedef struct
{
  const gchar *name; /* "Google AI", for users */
  GstMontageOrigin origin;
  const gchar *key_header;
  gboolean sees; /* takes pictures */
  MontageTone tone;

  /* (transfer full): where the question goes */
  gchar *(
      *uri) (const MontageBackendSettings *backend, const MontageTone *tone);
  /* (transfer full): the JSON body of the request */
  GBytes *(*body) (const MontageBackendSettings *backend,
      const MontageTone *tone, const MontageQuestion *question);
  /* Reads any reply, whatever it holds; changes @tone for WEAKER, LONGER. */
  void (*read) (const MontageBackendSettings *backend, MontageTone *tone,
      const MontageHttpReply *reply, MontageReplyReading *reading);
  /* (transfer full): what tells cheaply whether the server is there, or NULL */
  gchar *(*probe_uri) (const MontageBackendSettings *backend);
  /* Picks a model from the reply to the probe where none is set: (transfer
   * full) (nullable) */
  gchar *(*choose_model) (const MontageBackendSettings *backend,
      const MontageHttpReply *reply, gboolean sees);
} MontageDialect;

extern const MontageDialect montage_dialect_google;
extern const MontageDialect montage_dialect_openai; /* chat and responses */
extern const MontageDialect montage_dialect_ollama;

/* Whether @text, which a server calls a model, may go into requests and
 * documents. */
gboolean montage_is_model_name (const gchar *text);

const MontageDialect *montage_dialect_of (MontageBackendKind kind);

G_END_DECLS
