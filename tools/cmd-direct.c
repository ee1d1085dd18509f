/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdio.h>

#include <gst/pipelines/filmmaker.h>

#include "commands.h"
#include "readingcard.h"
#include "values.h"

typedef struct
{
  gchar *style;
  ToolDirecting directing;
  gboolean explain;
  gboolean json; /* the answer is JSON in any case */
  gchar **words;
} Direct;

static gboolean
parse (Direct *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"style", 's', 0, G_OPTION_ARG_FILENAME, &self->style,
          "A style by its name; wins over the sentence (CUT_STYLE)", "NAME"},
      TOOL_DIRECTING_ENTRIES (&self->directing),
      {"explain", 'v', 0, G_OPTION_ARG_NONE, &self->explain,
          "Also show which words decided what, on standard error (VERBOSE)",
          NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Errors as JSON, too; the instructions are JSON in any case", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words,
          NULL, NULL},
      {NULL},
  };

  if (!tool_options_parse (arguments, "TEXT",
          "Shows how a sentence is understood: the instructions, with their "
          "origin.",
          entries, error))
    return FALSE;
  self->explain |= tool_value_switch (g_getenv ("VERBOSE"));
  return TRUE;
}

/* An environment variable is the default of the first turn only. */
static const gchar *
default_of (const Direct *self, const gchar *variable)
{
  const gchar *value = self->directing.from == NULL ? g_getenv (variable)
                                                    : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* The sentence may come in quotes or as several words. */
static gchar *
sentence_of (const Direct *self)
{
  g_autofree gchar *text = NULL;

  if (self->words != NULL)
    text = g_strjoinv (" ", self->words);
  else
    text = g_strdup (default_of (self, "CREATIVE_PROMPT"));
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  return g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
}

static void
on_progress (MontageFilmStage stage, gdouble fraction, const gchar *what,
    gpointer data)
{
  tool_asking (data, what);
}

static void
print (const Direct *self, const GstMontageInstructions *instructions,
    const GPtrArray *steps, ToolTerminal *terminal)
{
  g_autofree gchar *text = gst_montage_instructions_to_json (instructions);
  const GStrv notes = instructions->origin.notes;

  if (self->explain) {
    g_autofree gchar *card = tool_reading_text (instructions, steps);

    fprintf (stderr, "%s\n", card);
  } else {
    for (guint i = 0; notes != NULL && notes[i] != NULL; i++)
      tool_terminal_note (terminal, notes[i]);
  }
  tool_out (text);
}

static gboolean
run (const Direct *self, const MontageFilmRequest *request,
    ToolSession *session, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_director_step_free);
  g_autoptr (MontageDirector) director = NULL;
  g_autoptr (GstMontageInstructions) instructions = NULL;

  director = montage_film_director (request, error);
  if (director == NULL)
    return FALSE;
  instructions = montage_film_instructions (request, director, steps,
      session->cancellable, error);
  if (instructions == NULL)
    return FALSE;
  print (self, instructions, steps, session->terminal);
  return TRUE;
}

static gboolean
direct (const Direct *self, GError **error)
{
  g_autofree gchar *sentence = sentence_of (self);
  g_autoptr (GstMontageInstructions) before = NULL;
  ToolSession session;
  MontageFilmRequest request = {.prompt = sentence,
      .style = self->style != NULL ? self->style
                                   : default_of (self, "CUT_STYLE"),
      .offline = self->directing.offline,
      .models_file = self->directing.models,
      .allow_stabilization = self->directing.allow_slow,
      .allow_upscale = self->directing.allow_slow,
      .progress = on_progress};
  gboolean done;

  if (self->words != NULL && sentence == NULL)
    return tool_usage_error (error, "The text is not UTF-8.");
  if (request.prompt == NULL && request.style == NULL)
    return tool_usage_error (error,
        "No text is given; write a sentence, or --style NAME.");
  if (!tool_directing_load (&self->directing, &before, error))
    return FALSE;
  /* Notes go to standard error: the instructions have the other one. */
  tool_session_begin (&session, FALSE);
  request.before = before;
  request.progress_data = session.terminal;
  done = run (self, &request, &session, error);
  tool_session_end (&session);
  return done;
}

ToolStatus
tool_cmd_direct (GStrv arguments)
{
  Direct self = {0};
  GError *error = NULL;
  ToolStatus status = TOOL_OK;

  if (!parse (&self, &arguments, &error) || !direct (&self, &error))
    status = tool_report (self.json, "direct", error);
  g_free (self.style);
  tool_directing_clear (&self.directing);
  g_strfreev (self.words);
  return status;
}
