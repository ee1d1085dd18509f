/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

#include <string.h>

#include <gst/director/dialect.h>

/* Before the reply: a byte each for its status, the server and the tone. */
#define PREAMBLE 3

static const guint statuses[] = {200, 200, 200, 400, 401, 404, 422, 429, 500,
    503};

/* So that the corpus can be read. */
static guint
digit_of (guint8 c)
{
  return (guint8) (c - '0');
}

static void
check_reading (const MontageReplyReading *reading, const MontageTone *before,
    const MontageTone *after)
{
  gboolean same = before->form == after->form
      && before->no_thinking_config == after->no_thinking_config
      && before->no_temperature == after->no_temperature
      && before->completion_tokens == after->completion_tokens
      && before->no_think == after->no_think
      && before->responses == after->responses
      && before->max_tokens == after->max_tokens;

  if (reading->outcome == MONTAGE_OUTCOME_ANSWER) {
    g_assert_nonnull (reading->text);
    g_assert_true (*reading->text != '\0');
  } else {
    g_assert_nonnull (reading->reason);
    g_assert_true (g_utf8_validate (reading->reason, -1, NULL));
    g_assert_cmpuint (strlen (reading->reason), <=, 420);
  }
  g_assert_true (!reading->model || montage_is_model_name (reading->model));
  /* asking once more in the same way would go on for ever */
  if (reading->outcome == MONTAGE_OUTCOME_WEAKER
      || reading->outcome == MONTAGE_OUTCOME_LONGER)
    g_assert_false (same);
}

static void
read_reply (const MontageDialect *dialect, MontageBackendSettings *backend,
    const guint8 *preamble, GBytes *body)
{
  const MontageHttpReply reply =
      {.status = statuses[digit_of (preamble[0]) % G_N_ELEMENTS (statuses)],
          .retry_after = -1,
          .content_type = NULL,
          .body = body};
  const MontageTone before = {.form = (MontageForm) (preamble[2]
                                  % MONTAGE_N_FORMS),
      .no_think = (preamble[2] & 8) != 0,
      .responses = (preamble[2] & 16) != 0,
      .max_tokens = dialect->tone.max_tokens};
  MontageTone tone = before;
  g_auto (MontageReplyReading) reading = {0};
  g_autofree gchar *model = NULL;

  g_free (backend->thinking_level);
  backend->thinking_level = preamble[2] & 32 ? g_strdup ("LOW") : NULL;
  dialect->read (backend, &tone, &reply, &reading);
  check_reading (&reading, &before, &tone);
  model = dialect->choose_model (backend, &reply, preamble[2] & 1);
}

/* Whatever a server replies, the reading of it is whole. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static MontageBackendSettings *backends[MONTAGE_BACKEND_OLLAMA + 1];
  g_autoptr (GBytes) body = NULL;
  guint kind;

  if (size < PREAMBLE)
    return 0;
  kind = digit_of (data[1]) % G_N_ELEMENTS (backends);
  if (!backends[kind])
    backends[kind] = montage_backend_settings_new ((MontageBackendKind) kind,
        "http://127.0.0.1:1");
  body = g_bytes_new (data + PREAMBLE, size - PREAMBLE);
  read_reply (montage_dialect_of ((MontageBackendKind) kind), backends[kind],
      data, body);
  return 0;
}
