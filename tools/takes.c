/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "takes.h"

#include <string.h>

#define PLAN_EXTENSION ".plan.json"

gchar *
tool_take_path (const gchar *path, guint take, guint n_takes)
{
  const gchar *name = strrchr (path, G_DIR_SEPARATOR);
  const gchar *dot = strrchr (name != NULL ? name : path, '.');

  if (n_takes <= 1)
    return g_strdup (path);
  if (g_str_has_suffix (path, PLAN_EXTENSION))
    dot = path + strlen (path) - strlen (PLAN_EXTENSION);
  if (dot == NULL)
    dot = path + strlen (path);
  return g_strdup_printf ("%.*s-%u%s", (gint) (dot - path), path, take + 1,
      dot);
}

guint
tool_take_differences (const GstMontagePlan *plan, const GstMontagePlan *first)
{
  guint n = 0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    const GstMontageCut *other = gst_montage_plan_cut_at (first,
        cut->start + cut->duration / 2, NULL);

    n += other == NULL || other->source != cut->source
        || other->shot != cut->shot;
  }
  return n;
}

gchar *
tool_take_text (const GPtrArray *plans, guint take)
{
  const GstMontagePlan *first = g_ptr_array_index (plans, 0);
  const GstMontagePlan *plan = g_ptr_array_index (plans, take);
  gchar score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (score, sizeof score, "%.1f", plan->metrics.total_score);
  if (take == 0)
    return g_strdup_printf ("Take 1: %u cuts, score %s.\n", plan->cuts->len,
        score);
  return g_strdup_printf ("Take %u: %u cuts, score %s; %u of them show other "
                          "shots than take 1.\n",
      take + 1, plan->cuts->len, score, tool_take_differences (plan, first));
}
