/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/pipelines/filmmaker.h>

#include "commands.h"
#include "values.h"

typedef struct
{
  gchar *style;
  gboolean json; /* the answer is JSON in any case */
  gchar **words;
} Direct;

static gboolean
parse (Direct *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"style", 's', 0, G_OPTION_ARG_FILENAME, &self->style,
          "A style by its name; wins over the sentence (CUT_STYLE)", "NAME"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Errors as JSON, too; the instructions are JSON in any case", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words,
          NULL, NULL},
      {NULL},
  };

  return tool_options_parse (arguments, "TEXT",
      "Shows how a sentence is understood: the instructions, with their "
      "origin.",
      entries, error);
}

/* The sentence may come in quotes or as several words. */
static gchar *
sentence_of (const Direct *self)
{
  g_autofree gchar *text = NULL;

  if (self->words != NULL)
    text = g_strjoinv (" ", self->words);
  else
    text = g_strdup (g_getenv ("CREATIVE_PROMPT"));
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  return g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
}

static gboolean
run (const Direct *self, GError **error)
{
  g_autofree gchar *sentence = sentence_of (self);
  const gchar *style = self->style != NULL ? self->style
                                           : g_getenv ("CUT_STYLE");
  MontageFilmRequest request = {.prompt = sentence,
      .style = style != NULL && *style != '\0' ? style : NULL};
  g_autoptr (GstMontageInstructions) instructions = NULL;
  g_autofree gchar *text = NULL;

  if (self->words != NULL && sentence == NULL)
    return tool_usage_error (error, "The text is not UTF-8.");
  if (request.prompt == NULL && request.style == NULL)
    return tool_usage_error (error,
        "No text is given; write a sentence, or --style NAME.");
  instructions = montage_film_instructions (&request, error);
  if (instructions == NULL)
    return FALSE;
  text = gst_montage_instructions_to_json (instructions);
  tool_out (text);
  return TRUE;
}

ToolStatus
tool_cmd_direct (GStrv arguments)
{
  Direct self = {0};
  GError *error = NULL;
  ToolStatus status = TOOL_OK;

  if (!parse (&self, &arguments, &error) || !run (&self, &error))
    status = tool_report (self.json, "direct", error);
  g_free (self.style);
  g_strfreev (self.words);
  return status;
}
