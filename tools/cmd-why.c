/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "card.h"
#include "commands.h"
#include "decisions.h"
#include "documents.h"
#include "filmjob.h"
#include "jsontext.h"
#include "values.h"

typedef struct
{
  gboolean json;
  gchar **words;
} Why;

static gboolean
parse (Why *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "The decision as one JSON object", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words,
          NULL, NULL},
      {NULL},
  };

  if (!tool_options_parse (arguments, "PLAN TIMECODE",
          "Says why this shot is there and what else was considered. The time "
          "is 83.5, 1:23.5 or 00:01:23:12.",
          entries, error))
    return FALSE;
  if (self->words == NULL || g_strv_length (self->words) != 2)
    return tool_usage_error (error, "Give a plan and a time.");
  return TRUE;
}

static gboolean
run (const Why *self, GError **error)
{
  g_autoptr (GstMontagePlan) plan = tool_plan_load (self->words[0], error);
  GstClockTime time = 0;
  guint index = 0;

  if (plan == NULL
      || !tool_value_time ("The time", self->words[1], plan->output.fps_n,
          plan->output.fps_d, &time, error))
    return FALSE;
  if (gst_montage_plan_cut_at (plan, time, &index) == NULL) {
    g_autofree gchar *end = tool_time_text (plan->duration);

    return tool_usage_error (error,
        "The time '%s' is past the end of the film, %s.", self->words[1], end);
  }
  if (self->json) {
    g_autoptr (GString) out = g_string_new (NULL);

    tool_decision_append (out, plan, index);
    tool_json_line (out);
    tool_out (out->str);
  } else {
    g_autofree gchar *card = tool_card_text (plan, index);

    tool_out (card);
  }
  return TRUE;
}

ToolStatus
tool_cmd_why (GStrv arguments)
{
  Why self = {0};
  GError *error = NULL;
  ToolStatus status = TOOL_OK;

  if (!parse (&self, &arguments, &error) || !run (&self, &error))
    status = tool_report (self.json, "why", error);
  g_strfreev (self.words);
  return status;
}
