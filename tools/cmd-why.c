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
#include "summary.h"
#include "values.h"

typedef struct
{
  gboolean json;
  gint number; /* of the cut; 0: by time */
  gchar **words;
} Why;

static gboolean
parse (Why *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"cut", 0, 0, G_OPTION_ARG_INT, &self->number,
          "The cut of this number, as cards and pictures have it", "N"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "The decision, or the film's figures, as one JSON object", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->words,
          NULL, NULL},
      {NULL},
  };
  guint n;

  if (!tool_options_parse (arguments, "PLAN [TIMECODE]",
          "Says why this shot is there and what else was considered. The time "
          "is 83.5, 1:23.5 or 00:01:23:12. Without a time: how good the film "
          "is.",
          entries, error))
    return FALSE;
  n = self->words != NULL ? g_strv_length (self->words) : 0;
  if (n == 0)
    return tool_usage_error (error, "Give a plan and a time.");
  if (n > 2 || (n == 2 && self->number != 0))
    return tool_usage_error (error, "Give one plan, and one time or --cut.");
  return TRUE;
}

/* The cut that is asked for. */
static gboolean
find_cut (const Why *self, const GstMontagePlan *plan, guint *index,
    GError **error)
{
  GstClockTime time = 0;

  if (self->number != 0) {
    *index = (guint) self->number - 1;
    if (self->number > 0 && *index < plan->cuts->len)
      return TRUE;
    return tool_usage_error (error,
        "The film has no cut %d; its cuts are 1 to %u.", self->number,
        plan->cuts->len);
  }
  if (!tool_value_time ("The time", self->words[1], plan->output.fps_n,
          plan->output.fps_d, &time, error))
    return FALSE;
  if (gst_montage_plan_cut_at (plan, time, index) == NULL) {
    g_autofree gchar *end = tool_time_text (plan->duration);

    return tool_usage_error (error,
        "The time '%s' is past the end of the film, %s.", self->words[1], end);
  }
  return TRUE;
}

static void
print_film (const Why *self, const GstMontagePlan *plan)
{
  g_autofree gchar *text = self->json
      ? gst_montage_metrics_to_json (&plan->metrics)
      : tool_summary_text (plan);

  tool_out (text);
  if (self->json)
    tool_out ("\n");
}

static void
print_cut (const Why *self, const GstMontagePlan *plan, guint index)
{
  if (self->json) {
    g_autoptr (GString) out = g_string_new (NULL);

    tool_decision_append (out, plan, index);
    tool_json_line (out);
    tool_out (out->str);
  } else {
    g_autofree gchar *card = tool_card_full_text (plan, index);

    tool_out (card);
  }
}

static gboolean
run (const Why *self, GError **error)
{
  g_autoptr (GstMontagePlan) plan = tool_plan_load (self->words[0], error);
  guint index = 0;

  if (plan == NULL)
    return FALSE;
  if (self->words[1] == NULL && self->number == 0) {
    print_film (self, plan);
    return TRUE;
  }
  if (!find_cut (self, plan, &index, error))
    return FALSE;
  print_cut (self, plan, index);
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
