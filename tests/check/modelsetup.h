/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "modelserver.h"

G_BEGIN_DECLS

/* Nothing of it is in the lexicon. */
#define SETUP_PUZZLE "lullabies for tired sailors"
#define SETUP_KEY "sk-this-key-is-a-secret-0123456789"
/* Of an Ollama. */
#define SETUP_ANSWER                                                           \
  "{\"model\":\"tiny\",\"done\":true,\"done_reason\":\"stop\",\"message\":"    \
  "{\"role\":\"assistant\",\"content\":\"{\\\"style\\\":{\\\"name\\\":"        \
  "\\\"travel\\\",\\\"mood\\\":\\\"melancholic\\\"},\\\"pacing\\\":{"          \
  "\\\"speed\\\":\\\"slow\\\",\\\"variation\\\":\\\"minimal\\\","              \
  "\\\"intro_duration_beats\\\":16,\\\"climax_intensity\\\":0.2}}\"}}"

/**
 * ModelSetup:
 *
 * A server, and a file of settings that names it.
 */
typedef struct
{
  ModelServer *server;
  gchar *folder;
  gchar *file; /* of the settings */
  gchar *key;  /* its file */
} ModelSetup;

/* @group: of the settings, "ollama". A server that never ends its answer has an
 * hour for it: a state change that waits for the answer is the end of the
 * test. */
ModelSetup *model_setup_new (const gchar *group);
void model_setup_free (ModelSetup *self);
/* Until the server has been asked @n times. */
void model_setup_wait_for_question (ModelSetup *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelSetup, model_setup_free)

G_END_DECLS
