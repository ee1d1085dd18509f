/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One backend after the other until an answer holds: each within its deadline,
 * with retries where waiting may help, in weaker forms where the server refuses
 * the stronger ones, and with one turn to mend a wrong answer. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "director-private.h"

#include <string.h>

/* Of a decoded reply; an answer has some 640 characters. */
#define MAX_REPLY_BYTES (4u << 20)
#define PROBE_DEADLINE 5000
/* A server that wants a longer pause is left to the next call. */
#define MAX_WAIT 45.0
#define MAX_CHANGES_OF_TONE 10
/* Of a wrong answer that the model is shown again, in bytes: one that is longer
 * is mostly not an answer. */
#define MAX_ECHO_BYTES 8192

#define GST_CAT_DEFAULT montage_director_debug

typedef struct
{
  MontageDirector *director;
  const MontageBackendSettings *backend;
  MontageBackendState *state;
  const MontageDialect *dialect;
  MontageQuestion *question; /* with the turn for mending */
  MontageAnswerCheck check;
  gpointer data;
  gboolean sees;
  GCancellable *cancellable;
  gint64 deadline; /* of the whole chain */

  MontageTone tone;
  gchar *model;
  guint n_retries;
  guint n_changes;
  gboolean mended;
  gboolean chosen;    /* the model, in this call */
  gchar *reason;      /* of the failure, a part of a sentence */
  gboolean unhealthy; /* not to be asked for a while */
} Asking;

typedef enum
{
  NEXT_ATTEMPT,
  NEXT_BACKEND,
  ANSWERED,
  CALLED_OFF
} Verdict;

/* ms that are left of the whole chain. */
static gint64
time_left (const Asking *self)
{
  return (self->deadline - g_get_monotonic_time ()) / 1000;
}

static Verdict
give_up (Asking *self, const gchar *reason, gboolean unhealthy)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->unhealthy = unhealthy;
  return NEXT_BACKEND;
}

/* FALSE where it was called off meanwhile. */
static gboolean
wait_for (const Asking *self, gdouble seconds)
{
  GPollFD fd = {0};
  gboolean has_fd = self->cancellable
      && g_cancellable_make_pollfd (self->cancellable, &fd);

  g_poll (&fd, has_fd ? 1 : 0, (gint) (seconds * 1000));
  if (has_fd)
    g_cancellable_release_fd (self->cancellable);
  return !g_cancellable_is_cancelled (self->cancellable);
}

/* --- the model ---------------------------------------------------------- */

static void
choose_model (Asking *self)
{
  g_autofree gchar *uri = self->dialect->probe_uri (self->backend);
  g_auto (MontageHttpReply) reply = {0};
  const MontageHttpRequest request = {
      .method = "GET",
      .uri = uri,
      .key = self->backend->key,
      .key_header = self->dialect->key_header,
      .deadline = (guint) CLAMP (time_left (self), 1, PROBE_DEADLINE),
      .max_bytes = MAX_REPLY_BYTES,
      .plain_allowed = self->backend->plain_allowed,
  };

  self->chosen = TRUE;
  if (!montage_http_send (&request, &reply, self->cancellable, NULL)
      || reply.status != 200)
    return;
  g_free (self->model);
  self->model = self->dialect->choose_model (self->backend, &reply, self->sees);
  if (self->model && !montage_is_model_name (self->model))
    g_clear_pointer (&self->model, g_free);
}

/* --- one attempt -------------------------------------------------------- */

static Verdict
judge_answer (Asking *self, const MontageReplyReading *reading)
{
  g_autofree gchar *faults = NULL;
  g_autofree gchar *turn = NULL;
  g_autofree gchar *echo = NULL;
  const gchar *model = reading->model ? reading->model : self->model;

  if (self->check (reading->text, self->dialect->origin, model, &faults,
          self->data))
    return ANSWERED;
  if (self->mended)
    return give_up (self, "its answer cannot be used, mended neither", FALSE);
  self->mended = TRUE;
  turn = g_strdup_printf ("This answer cannot be used:\n%s\nAnswer once more "
                          "with the whole JSON object and nothing else.",
      faults ? faults : "it is not what was asked for");
  echo = g_utf8_make_valid (reading->text,
      (gssize) MIN (strlen (reading->text), MAX_ECHO_BYTES));
  montage_question_say (self->question, TRUE, echo, NULL);
  montage_question_say (self->question, FALSE, turn, NULL);
  return NEXT_ATTEMPT;
}

/* Waits as long as the server says, else twice as long each time, give or take
 * a fifth, so that not all clients come back at once. */
static Verdict
retry (Asking *self, const MontageReplyReading *reading)
{
  gdouble pause = self->director->settings->first_pause / 1000.0
      * (1 << self->n_retries) * g_random_double_range (0.8, 1.2);
  gdouble seconds = reading->wait >= 0 ? reading->wait : pause;

  if (self->n_retries++ >= self->backend->max_retries || seconds > MAX_WAIT
      || seconds * 1000 > time_left (self))
    return give_up (self, reading->reason, TRUE);
  return wait_for (self, seconds) ? NEXT_ATTEMPT : CALLED_OFF;
}

static Verdict
judge_reading (Asking *self, const MontageReplyReading *reading)
{
  switch (reading->outcome) {
    case MONTAGE_OUTCOME_ANSWER:
      return judge_answer (self, reading);
    case MONTAGE_OUTCOME_WEAKER:
    case MONTAGE_OUTCOME_LONGER:
      if (self->n_changes++ < MAX_CHANGES_OF_TONE)
        return NEXT_ATTEMPT;
      break;
    case MONTAGE_OUTCOME_RETRY:
      return retry (self, reading);
    case MONTAGE_OUTCOME_PASS:
      return give_up (self, reading->reason, FALSE);
    case MONTAGE_OUTCOME_MODEL:
      if (self->backend->model_is_set || self->chosen)
        break;
      g_clear_pointer (&self->model, g_free);
      choose_model (self);
      if (self->model)
        return NEXT_ATTEMPT;
      break;
    default:
      break;
  }
  return give_up (self, reading->reason, TRUE);
}

/* A server that is not there will not be there in a second, but a connection
 * that breaks may hold the next time. */
static Verdict
judge_error (Asking *self, const GError *error)
{
  const MontageReplyReading reading = {.reason = error->message, .wait = -1};

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CALLED_OFF;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return retry (self, &reading);
  return give_up (self, error->message, TRUE);
}

static Verdict
attempt (Asking *self)
{
  MontageBackendSettings backend = *self->backend;
  g_auto (MontageHttpReply) reply = {0};
  g_auto (MontageReplyReading) reading = {0};
  g_autofree gchar *uri = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  MontageHttpRequest request;

  /* pictures are left out there in silence */
  if (self->sees && self->tone.responses)
    return give_up (self, "it takes no pictures", FALSE);
  if (time_left (self) <= 0)
    return give_up (self, "the time for all backends is over", FALSE);
  backend.model = self->model;
  uri = self->dialect->uri (&backend, &self->tone);
  body = self->dialect->body (&backend, &self->tone, self->question);
  request = (MontageHttpRequest){
      .method = "POST",
      .uri = uri,
      .body = body,
      .key = backend.key,
      .key_header = self->dialect->key_header,
      .deadline = (guint) MIN (time_left (self), (gint64) backend.deadline),
      .max_bytes = MAX_REPLY_BYTES,
      .plain_allowed = backend.plain_allowed,
  };
  if (!montage_http_send (&request, &reply, self->cancellable, &error))
    return judge_error (self, error);
  self->dialect->read (&backend, &self->tone, &reply, &reading);
  GST_DEBUG ("%s: status %u, outcome %d, form %d: %s", self->dialect->name,
      reply.status, reading.outcome, self->tone.form,
      reading.reason ? reading.reason : "an answer");
  return judge_reading (self, &reading);
}

/* --- one backend -------------------------------------------------------- */

/* What was found out before. FALSE where it is not asked for the moment. */
static gboolean
recall (Asking *self)
{
  gboolean open;

  g_mutex_lock (&self->director->lock);
  open = self->state->closed_till <= g_get_monotonic_time ();
  self->tone = self->state->tone[self->sees];
  self->model = g_strdup (self->state->model[self->sees]);
  g_mutex_unlock (&self->director->lock);
  if (!open)
    give_up (self, "it failed a moment ago and is left alone for a while",
        FALSE);
  return open;
}

/* Only what led to an answer: what a server that is out of order says about
 * itself may be wrong. */
static void
remember (Asking *self, gboolean answered)
{
  g_mutex_lock (&self->director->lock);
  if (answered) {
    self->state->tone[self->sees] = self->tone;
    g_free (self->state->model[self->sees]);
    self->state->model[self->sees] = g_strdup (self->model);
  } else if (self->unhealthy) {
    self->state->closed_till = g_get_monotonic_time ()
        + (gint64) self->director->settings->rest * 1000;
  }
  g_mutex_unlock (&self->director->lock);
}

static Verdict
ask_backend (Asking *self)
{
  Verdict verdict = NEXT_ATTEMPT;

  if (!recall (self))
    return NEXT_BACKEND;
  if (self->director->watch)
    self->director->watch (self->dialect->name, self->director->watch_data);
  if (!self->model)
    self->model = g_strdup (self->backend->model);
  if (!self->model)
    choose_model (self);
  while (verdict == NEXT_ATTEMPT)
    verdict = attempt (self);
  if (verdict != CALLED_OFF)
    remember (self, verdict == ANSWERED);
  return verdict;
}

static void
add_step (const Asking *self, Verdict verdict, gint64 start, GPtrArray *steps)
{
  guint duration = (guint) ((g_get_monotonic_time () - start) / 1000);
  g_autofree gchar *text = verdict == ANSWERED
      ? g_strdup_printf ("%s answered.",
          self->model ? self->model : self->dialect->name)
      : g_strdup (self->reason ? self->reason : "it was called off");

  GST_INFO ("%s, %u ms: %s", self->dialect->name, duration, text);
  if (steps)
    g_ptr_array_add (steps,
        montage_director_step_new (self->dialect->name, text, duration,
            verdict == ANSWERED));
}

/* --- the chain ---------------------------------------------------------- */

static MontageQuestion *
copy_question (const MontageQuestion *question)
{
  MontageQuestion *copy = montage_question_new (question->system,
      question->schema_name);

  for (guint i = 0; i < G_N_ELEMENTS (copy->schema); i++)
    copy->schema[i] = g_strdup (question->schema[i]);
  copy->seed = question->seed;
  for (guint i = 0; i < question->utterances->len; i++) {
    const MontageUtterance *utterance = g_ptr_array_index (question->utterances,
        i);

    montage_question_say (copy, utterance->from_model, utterance->text,
        utterance->images ? g_ptr_array_ref (utterance->images) : NULL);
  }
  return copy;
}

static void
asking_clear (Asking *self)
{
  g_clear_pointer (&self->question, montage_question_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->reason, g_free);
}

gboolean
montage_director_ask (MontageDirector *self, const MontageQuestion *question,
    gboolean sees, MontageAnswerCheck check, gpointer data, GPtrArray *steps,
    GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time ()
      + (gint64) self->settings->deadline * 1000;
  Verdict verdict = NEXT_BACKEND;

  for (guint i = 0;
       verdict == NEXT_BACKEND && i < self->settings->backends->len; i++) {
    Asking asking = {.director = self,
        .backend = g_ptr_array_index (self->settings->backends, i),
        .state = &self->states[i],
        .check = check,
        .data = data,
        .sees = sees,
        .cancellable = cancellable,
        .deadline = deadline};
    gint64 start = g_get_monotonic_time ();

    asking.dialect = montage_dialect_of (asking.backend->kind);
    if (sees && !asking.dialect->sees)
      continue;
    asking.question = copy_question (question);
    verdict = ask_backend (&asking);
    add_step (&asking, verdict, start, steps);
    asking_clear (&asking);
  }
  if (verdict == CALLED_OFF)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return verdict == ANSWERED;
}
