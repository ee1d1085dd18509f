/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "planfilms.h"

ToolStatus
tool_cmd_plan (GStrv arguments)
{
  ToolFilmOptions options = {0};
  ToolFilmJob job = {0};
  GError *error = NULL;
  ToolStatus status;

  if (!tool_film_options_parse (&options, &arguments,
          "Plans a film from clips, a song and a sentence, and renders "
          "nothing.",
          TOOL_FILM_PLAN, &error)) {
    status = tool_report (options.json, "plan", error);
  } else {
    tool_film_job_begin (&job, options.json, options.force);
    tool_film_job_protect (&job, &options);
    tool_plan_films (&job, &options, NULL, 0, &error);
    status = tool_film_job_end (&job, error);
  }
  tool_film_options_clear (&options);
  return status;
}
