/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "renderoptions.h"

#include "values.h"

#define JOBS_MAX 256

gboolean
tool_render_options_read (ToolRenderOptions *self, GError **error)
{
  guint64 n_jobs = 0;

  if (self->jobs_text != NULL
      && (!tool_value_unsigned ("--jobs", self->jobs_text, JOBS_MAX, &n_jobs,
              NULL)
          || n_jobs == 0))
    return tool_usage_error (error,
        "--jobs '%s' is not a number of parts from 1 to %d.", self->jobs_text,
        JOBS_MAX);
  self->n_jobs = n_jobs;
  return TRUE;
}

void
tool_render_options_clear (ToolRenderOptions *self)
{
  g_free (self->parts);
  g_free (self->jobs_text);
}
