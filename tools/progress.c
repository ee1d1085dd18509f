/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "progress.h"

/* Before this much of a stage its speed says little. */
#define FRACTION_MIN 0.01
#define SECONDS_MIN 1.0

void
tool_progress_init (ToolProgress *self, const gdouble *weights, guint n_stages,
    gint64 now)
{
  g_return_if_fail (n_stages <= TOOL_PROGRESS_STAGES_MAX);

  *self = (ToolProgress){.n_stages = n_stages, .began = now};
  for (guint i = 0; i < n_stages; i++)
    self->weights[i] = weights[i];
}

/* The seconds from the beginning of @stage on. */
static gdouble
weight_from (const ToolProgress *self, guint stage)
{
  gdouble sum = 0;

  for (guint i = stage; i < self->n_stages; i++)
    sum += self->weights[i];
  return sum;
}

/* Of the work from the running stage on. */
static gdouble
share_done (const ToolProgress *self)
{
  gdouble left = weight_from (self, self->stage);

  return left > 0 ? self->weights[self->stage] * self->fraction / left : 0;
}

gdouble
tool_progress_percent (const ToolProgress *self)
{
  return CLAMP (self->base + (100.0 - self->base) * share_done (self), 0.0,
      100.0);
}

void
tool_progress_weigh (ToolProgress *self, guint stage, gdouble weight)
{
  gdouble percent = tool_progress_percent (self);
  gdouble share;

  self->weights[stage] = weight;
  share = share_done (self);
  /* What has been shown stays shown: the stage begins so much later. */
  if (percent > tool_progress_percent (self) && share < 1)
    self->base = MAX (self->base, (percent - 100.0 * share) / (1.0 - share));
}

void
tool_progress_set (ToolProgress *self, guint stage, gdouble fraction,
    gint64 now)
{
  while (self->stage < stage && self->stage + 1 < self->n_stages) {
    self->fraction = 1.0;
    self->base = tool_progress_percent (self);
    self->stage++;
    self->fraction = 0;
    self->began = now;
  }
  if (stage == self->stage && fraction > self->fraction)
    self->fraction = MIN (fraction, 1.0);
}

gdouble
tool_progress_seconds_left (const ToolProgress *self, gint64 now)
{
  gdouble spent = (now - self->began) / 1e6;
  gdouble later = weight_from (self, self->stage + 1);

  if (self->fraction < FRACTION_MIN || spent < SECONDS_MIN)
    return -1;
  return spent * (1.0 - self->fraction) / self->fraction + later;
}
