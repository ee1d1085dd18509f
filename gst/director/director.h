/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

#include "question.h"
#include "settings.h"

/* From a sentence to instructions: the offline reading, then, only where it
 * leaves something open, the language models of the settings in their order,
 * then what the offline reading came to. */

G_BEGIN_DECLS

/**
 * MontageDirectorStep:
 *
 * One thing that was tried, for the user.
 */
typedef struct
{
  gchar *backend; /* "Google AI" */
  gchar *text;    /* a sentence */
  guint duration; /* ms */
  gboolean answered;
} MontageDirectorStep;

typedef struct _MontageDirector MontageDirector;

/* Takes @settings. Thread-safe: circuit breakers and what was found out about
 * the servers are shared by all calls. */
MontageDirector *montage_director_new (MontageDirectorSettings *settings);
void montage_director_free (MontageDirector *self);

/**
 * montage_director_direct:
 * @styles: the styles that can be named
 * @before: (nullable): what the conversation has come to
 * @style: (nullable): a style that was chosen by name; with @before: that it
 *   changes to
 * @prompt: (nullable): what is said
 * @steps: (nullable) (element-type MontageDirectorStep): gets what was tried
 *
 * Blocks, for at most the deadline of the settings; @cancellable ends it at
 * once. A model that does not answer is no error: the offline reading stands,
 * and a note says so.
 *
 * Returns: (transfer full): instructions, or %NULL with the errors of
 *   gst_montage_prompt_read() or G_IO_ERROR_CANCELLED
 */
GstMontageInstructions *montage_director_direct (MontageDirector *self,
    const GstMontageStyles *styles, const GstMontageInstructions *before,
    const gchar *style, const gchar *prompt, GPtrArray *steps,
    GCancellable *cancellable, GError **error);

/* @backend is asked now; called in the thread that asks. */
typedef void (*MontageDirectorWatch) (const gchar *backend, gpointer data);

/* Not while a question is asked. */
void montage_director_set_watch (MontageDirector *self,
    MontageDirectorWatch watch, gpointer data);

MontageDirectorStep *montage_director_step_new (const gchar *backend,
    const gchar *text, guint duration, gboolean answered);
void montage_director_step_free (MontageDirectorStep *self);

/* Judges the text of an answer: TRUE, or FALSE with what the model should mend
 * ("path: reason", one per line) in @faults. */
typedef gboolean (*MontageAnswerCheck) (const gchar *text,
    GstMontageOrigin source, const gchar *model, gchar **faults, gpointer data);

/**
 * montage_director_ask:
 * @question: repaired at most once per backend, by a further turn
 * @sees: only backends that take pictures
 *
 * The chain itself: asks one backend after the other until @check is content.
 *
 * Returns: whether one was
 */
gboolean montage_director_ask (MontageDirector *self,
    const MontageQuestion *question, gboolean sees, MontageAnswerCheck check,
    gpointer data, GPtrArray *steps, GCancellable *cancellable, GError **error);

gboolean montage_director_has_backends (const MontageDirector *self);
const MontageDirectorSettings *
montage_director_get_settings (const MontageDirector *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageDirector, montage_director_free)

G_END_DECLS
