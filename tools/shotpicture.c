/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "shotpicture.h"

#include <math.h>

#include "pictureink.h"
#include "picturelayout.h"
#include "picturelegend.h"
#include "shotcard.h"
#include "values.h"

#define MARGIN TOOL_PICTURE_MARGIN
#define HEADER_HEIGHT 72.0
#define LEGEND_HEIGHT 34.0
#define COLUMN_GAP 20.0
#define ROW_GAP 16.0
/* Up to so many shots in one column, where the picture is not upright, and in
 * two; more in three. */
#define ONE_COLUMN_MAX 1
#define TWO_COLUMNS_MAX 12
/* A sheet with more is neither looked through nor opened. */
#define SHOTS_MAX 240
/* Height of a frame against its width: portrait clips get narrower pictures
 * rather than endless ones. */
#define FRAME_RATIO_MIN 0.4
#define FRAME_RATIO_MAX 1.0
/* Curves of a clip in which hardly anything moves stay low: thousandths. */
#define CURVE_TOP_MIN 150

typedef struct
{
  guint n_shots;
  guint n_columns;
  gdouble frame_width;
  gdouble frame_height;
} Layout;

static void
layout_init (Layout *self, const GstMontageShotList *clip)
{
  gdouble ratio = (gdouble) clip->height / clip->width;
  gdouble card;

  self->n_shots = MIN (clip->shots->len, SHOTS_MAX);
  if (self->n_shots <= ONE_COLUMN_MAX && ratio < 1)
    self->n_columns = 1;
  else
    self->n_columns = self->n_shots <= TWO_COLUMNS_MAX ? 2 : 3;
  card = (TOOL_PICTURE_WIDTH - 2 * MARGIN - (self->n_columns - 1) * COLUMN_GAP)
      / self->n_columns;
  self->frame_width = (card - tool_shot_card_width (0)) / TOOL_SHOT_FRAMES;
  self->frame_height = self->frame_width
      * CLAMP (ratio, FRAME_RATIO_MIN, FRAME_RATIO_MAX);
}

static gdouble
row_height (const Layout *self)
{
  return tool_shot_card_height (self->frame_height) + ROW_GAP;
}

void
tool_shot_picture_measure (const GstMontageShotList *clip, gdouble *width,
    gdouble *height, gdouble *frame_height)
{
  Layout layout;

  layout_init (&layout, clip);
  *width = TOOL_PICTURE_WIDTH;
  *height = HEADER_HEIGHT + LEGEND_HEIGHT
      + (layout.n_shots + layout.n_columns - 1) / layout.n_columns
          * row_height (&layout);
  *frame_height = layout.frame_height;
}

/* Inside the first, the middle and the last frame, off their borders, which
 * containers round. */
GArray *
tool_shot_picture_times (const GstMontageShotList *clip)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (GstClockTime));

  for (guint i = 0; i < MIN (clip->shots->len, SHOTS_MAX); i++) {
    const GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot,
        i);
    GstClockTime frame = (shot->end - shot->start) / MAX (shot->n_frames, 1);
    GstClockTime inside[] = {shot->start + frame / 4,
        shot->start + (shot->end - shot->start) / 2, shot->end - frame / 4 - 1};

    inside[1] = CLAMP (inside[1], inside[0], MAX (inside[0], inside[2]));
    inside[2] = MAX (inside[1], inside[2]);
    g_array_append_vals (times, inside, G_N_ELEMENTS (inside));
  }
  return times;
}

/* ---- head and legend ---- */

static void
append_source (GString *out, const GstMontageShotList *clip)
{
  gchar rate[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, "  ·  %ux%u", clip->width, clip->height);
  if (clip->fps_n > 0 && clip->fps_d > 0)
    g_string_append_printf (out, "  ·  %s%s frames per second",
        clip->variable_rate ? "about " : "",
        g_ascii_formatd (rate, sizeof rate, "%.5g",
            (gdouble) clip->fps_n / clip->fps_d));
  if (clip->codec != NULL)
    g_string_append_printf (out, "  ·  %s", clip->codec);
  if (g_strcmp0 (clip->transfer, "pq") == 0
      || g_strcmp0 (clip->transfer, "hlg") == 0)
    g_string_append (out, "  ·  high dynamic range");
  if (clip->analysis == GST_MONTAGE_ANALYSIS_FAST)
    g_string_append (out, "  ·  fast analysis");
}

static void
draw_header (const GstMontageShotList *clip, const Layout *layout, cairo_t *cr)
{
  g_autofree gchar *name = clip->uri != NULL ? tool_uri_name (clip->uri)
                                             : g_strdup ("clip");
  g_autofree gchar *length = tool_time_text (clip->duration);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree gchar *title = NULL;
  g_autofree gchar *detail = NULL;
  gdouble room = TOOL_PICTURE_WIDTH - 2 * MARGIN;

  length[strlen (length) - 1] = '\0';
  g_string_append_printf (line, "%s  ·  %u shot%s", length, clip->shots->len,
      clip->shots->len == 1 ? "" : "s");
  if (layout->n_shots < clip->shots->len)
    g_string_append_printf (line, ", the first %u here", layout->n_shots);
  append_source (line, clip);
  title = tool_ink_fit_text (cr, name, 20, TRUE, room);
  detail = tool_ink_fit_text (cr, line->str, 12.5, FALSE, room);
  tool_ink_set (cr, tool_ink_text, 1);
  tool_ink_text_at (cr, title, MARGIN, 32, 20, TRUE, TOOL_ALIGN_LEFT);
  tool_ink_set (cr, tool_ink_faint, 1);
  tool_ink_text_at (cr, detail, MARGIN, 52, 12.5, FALSE, TOOL_ALIGN_LEFT);
}

static void
draw_legend (cairo_t *cr, gdouble y)
{
  gdouble x = MARGIN;

  tool_picture_legend_key (cr, &x, y, tool_ink_wave, 1, FALSE, "motion");
  tool_picture_legend_key (cr, &x, y, tool_ink_energy, 0.6, FALSE,
      "action: motion without the camera's");
  tool_picture_legend_key (cr, &x, y, tool_ink_cut, 1, TRUE, "action peak");
  tool_picture_legend_key (cr, &x, y, tool_ink_onset, 1, FALSE,
      "best stretches");
  tool_ink_set (cr, tool_ink_text, 1);
  cairo_set_line_width (cr, 1.3);
  cairo_arc (cr, x + 8, y - 4, 4, 0, 2 * G_PI);
  cairo_stroke (cr);
  tool_ink_set (cr, tool_ink_faint, 1);
  tool_ink_text_at (cr, "where people look", x + 22, y, 11.5, FALSE,
      TOOL_ALIGN_LEFT);
}

/* ---- the shots ---- */

static gint
highest (const GArray *values, gint top)
{
  for (guint i = 0; i < values->len; i++)
    top = MAX (top, g_array_index (values, gint, i));
  return top;
}

/* One scale for all shots, so that they can be compared. */
static gint
curve_top (const GstMontageShotList *clip)
{
  gint top = CURVE_TOP_MIN;

  for (guint i = 0; i < clip->shots->len; i++) {
    const GstMontageShotCurves *curves =
        &g_array_index (clip->shots, GstMontageShot, i).curves;

    top = highest (curves->motion, highest (curves->action, top));
  }
  return top;
}

static void
draw_card (const ToolShotPicture *self, const Layout *layout, guint index,
    gint top, cairo_t *cr)
{
  ToolShotCard card = {.shot = &g_array_index (self->clip->shots,
                           GstMontageShot, index),
      .number = index + 1,
      .curve_step = self->clip->curve_step,
      .curve_top = top,
      .frame_width = layout->frame_width,
      .frame_height = layout->frame_height};
  gdouble step = tool_shot_card_width (layout->frame_width) + COLUMN_GAP;

  for (guint i = 0; i < TOOL_SHOT_FRAMES; i++)
    card.frames[i] = g_ptr_array_index (self->frames,
        index * TOOL_SHOT_FRAMES + i);
  tool_shot_card_draw (&card, cr, MARGIN + index % layout->n_columns * step,
      HEADER_HEIGHT + index / layout->n_columns * row_height (layout));
}

void
tool_shot_picture_draw_to (const ToolShotPicture *self, cairo_t *cr,
    gdouble width, gdouble height)
{
  gint top = curve_top (self->clip);
  Layout layout;

  layout_init (&layout, self->clip);
  tool_ink_set (cr, tool_ink_paper, 1);
  tool_ink_rounded (cr, 0, 0, width, height, 12);
  cairo_fill (cr);
  draw_header (self->clip, &layout, cr);
  for (guint i = 0; i < layout.n_shots; i++)
    draw_card (self, &layout, i, top, cr);
  draw_legend (cr, height - LEGEND_HEIGHT + 14);
}
