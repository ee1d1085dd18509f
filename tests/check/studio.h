/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstcheck.h>
#include <gst/director/director.h>

#include "modelserver.h"

G_BEGIN_DECLS

/* A director whose backends stand on this machine, and what they answer. */

/* The text of an answer as a JSON string, as servers wrap it. */
#define QUOTED                                                                 \
  "\"{\\\"style\\\":{\\\"name\\\":\\\"travel\\\",\\\"mood\\\":"                \
  "\\\"melancholic\\\"},\\\"pacing\\\":{\\\"speed\\\":\\\"slow\\\","           \
  "\\\"variation\\\":\\\"minimal\\\",\\\"intro_duration_beats\\\":16,"         \
  "\\\"climax_intensity\\\":0.2}}\""
#define GOOGLE_ANSWER(text)                                                    \
  "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":"    \
  "\"thoughts {\", \"thought\":true},{\"text\":" text                          \
  "}]},\"finishReason\":\"STOP\",\"index\":0}],"                               \
  "\"modelVersion\":\"gemini-9-nano\"}"
#define OPENAI_ANSWER(text)                                                    \
  "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"tiny\","           \
  "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","             \
  "\"content\":" text "},\"finish_reason\":\"stop\"}]}"
#define RESPONSES_ANSWER(text)                                                   \
  "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\","         \
  "\"error\":null,\"model\":\"via-cgpu\",\"output\":[{\"type\":\"message\","     \
  "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":" text \
  "}]}],\"output_text\":\"\"}"
#define OLLAMA_ANSWER(text)                                                     \
  "{\"model\":\"llama9\",\"message\":{\"role\":\"assistant\",\"content\":" text \
  "},\"done\":true,\"done_reason\":\"stop\"}"
#define SENTENCE "lullabies for tired sailors"

#define STUDIO_KEY "sk-very-secret-key"

typedef struct
{
  GstMontageStyles *styles;
  ModelServer *servers[2];
  MontageDirectorSettings *settings; /* of @director */
  MontageDirector *director;
  GPtrArray *steps;
} Studio;

/* At most two backends, each on a server of its own. */
Studio studio_make (guint n, ...);
void studio_clear (Studio *self);
MontageBackendSettings *studio_backend (const Studio *self, guint index);
MontageKey *studio_make_key (const gchar *secret, const gchar *base);
/* Valid instructions; adds to the steps. */
GstMontageInstructions *studio_direct (Studio *self, const gchar *prompt);
const MontageDirectorStep *studio_step (const Studio *self, guint index);
/* Nothing that was told or kept holds the key. */
void
studio_check_secret (const Studio *self, const GstMontageInstructions *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Studio, studio_clear)

G_END_DECLS
