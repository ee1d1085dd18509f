/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "picturelegend.h"

#include "pictureink.h"
#include "picturelayout.h"
#include "values.h"

#define LEGEND_LINE 20.0
#define LEGEND_COLUMNS 4
#define LEGEND_COLUMN_WIDTH                                                    \
  ((TOOL_PICTURE_WIDTH - 2 * TOOL_PICTURE_MARGIN) / LEGEND_COLUMNS)
#define LEGEND_SOURCES_MAX 12

gdouble
tool_picture_legend_height (const GstMontagePlan *plan)
{
  guint n = MIN (plan->sources->len, LEGEND_SOURCES_MAX);

  return (1 + (n + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS) * LEGEND_LINE;
}

void
tool_picture_legend_key (cairo_t *cr, gdouble *x, gdouble y, ToolInk ink,
    gdouble alpha, gboolean upright, const gchar *text)
{
  tool_ink_set (cr, ink, alpha);
  cairo_set_line_width (cr, upright ? 1.6 : 2.4);
  cairo_move_to (cr, upright ? *x + 8 : *x, upright ? y - 10 : y - 4);
  cairo_line_to (cr, upright ? *x + 8 : *x + 16, upright ? y + 2 : y - 4);
  cairo_stroke (cr);
  tool_ink_set (cr, tool_ink_faint, 1);
  *x += 22
      + tool_ink_text_at (cr, text, *x + 22, y, 11.5, FALSE, TOOL_ALIGN_LEFT)
      + 24;
}

static gboolean
has_transitions (const GstMontagePlan *plan)
{
  for (guint i = 0; i < plan->cuts->len; i++)
    if (g_array_index (plan->cuts, GstMontageCut, i).transition
        != GST_MONTAGE_TRANSITION_CUT)
      return TRUE;
  return FALSE;
}

static void
draw_transition_key (cairo_t *cr, gdouble x, gdouble y)
{
  tool_ink_bow_tie (cr, x + 8, y - 4, 7, 5);
  tool_ink_set (cr, tool_ink_faint, 1);
  tool_ink_text_at (cr, "transition", x + 22, y, 11.5, FALSE, TOOL_ALIGN_LEFT);
}

/* Indices of the sources, the most shown first. */
static GArray *
legend_order (const GstMontagePlan *plan)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < plan->sources->len; i++) {
    guint n = g_array_index (plan->sources, GstMontageSource, i).n_cuts;
    guint at = order->len;

    while (at > 0
        && g_array_index (plan->sources, GstMontageSource,
               g_array_index (order, guint, at - 1))
                .n_cuts
            < n)
      at--;
    g_array_insert_val (order, at, i);
  }
  return order;
}

static void
draw_legend_source (cairo_t *cr, const GstMontagePlan *plan, guint index,
    gdouble x, gdouble y)
{
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, index);
  g_autofree gchar *name = tool_uri_name (source->uri);
  g_autofree gchar *label = g_strdup_printf ("%s ×%u", name, source->n_cuts);
  g_autofree gchar *text = tool_ink_fit_text (cr, label, 11.5, FALSE,
      LEGEND_COLUMN_WIDTH - 34);
  gboolean used = source->n_cuts > 0;

  tool_ink_set (cr, tool_ink_for_source (index), used ? 1 : 0.35);
  tool_ink_rounded (cr, x, y - 9, 16, 9, 2.5);
  cairo_fill (cr);
  tool_ink_set (cr, tool_ink_text, used ? 0.9 : 0.4);
  tool_ink_text_at (cr, text, x + 22, y, 11.5, FALSE, TOOL_ALIGN_LEFT);
}

static void
draw_legend_sources (cairo_t *cr, const GstMontagePlan *plan, gdouble top)
{
  g_autoptr (GArray) order = legend_order (plan);
  guint n = MIN (order->len, LEGEND_SOURCES_MAX);
  guint n_more = order->len > n ? order->len - n + 1 : 0;

  for (guint i = 0; i < n; i++) {
    gdouble x = TOOL_PICTURE_MARGIN
        + (i % LEGEND_COLUMNS) * LEGEND_COLUMN_WIDTH;
    gdouble y = top + (1 + i / LEGEND_COLUMNS) * LEGEND_LINE;

    if (n_more > 0 && i + 1 == n) {
      g_autofree gchar *label = g_strdup_printf ("and %u more clips", n_more);

      tool_ink_set (cr, tool_ink_faint, 1);
      tool_ink_text_at (cr, label, x + 22, y, 11.5, FALSE, TOOL_ALIGN_LEFT);
    } else {
      draw_legend_source (cr, plan, g_array_index (order, guint, i), x, y);
    }
  }
}

/* What of the music there is. */
static void
draw_music_keys (cairo_t *cr, const GstMontagePlan *plan, gdouble *x, gdouble y)
{
  if (plan->music.beats->len > 0) {
    tool_picture_legend_key (cr, x, y, tool_ink_text, 0.9, TRUE, "downbeat");
    tool_picture_legend_key (cr, x, y, tool_ink_text, 0.45, TRUE, "beat");
    tool_picture_legend_key (cr, x, y, tool_ink_energy, 1, FALSE,
        "energy of the music");
  }
  if (plan->music.uri != NULL)
    tool_picture_legend_key (cr, x, y, tool_ink_wave, 1, FALSE, "loudness");
}

void
tool_picture_legend_draw (cairo_t *cr, const GstMontagePlan *plan, gdouble top)
{
  gdouble x = TOOL_PICTURE_MARGIN;

  tool_picture_legend_key (cr, &x, top, tool_ink_cut, 1, TRUE, "cut");
  draw_music_keys (cr, plan, &x, top);
  if (plan->metrics.mean_motion > 0)
    tool_picture_legend_key (cr, &x, top, tool_ink_motion, 1, FALSE,
        "movement of the pictures");
  if (has_transitions (plan))
    draw_transition_key (cr, x, top);
  draw_legend_sources (cr, plan, top);
}
