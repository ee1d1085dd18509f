/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "musicrow.h"

#include <math.h>
#include <string.h>

#include "pictureink.h"
#include "values.h"

/* Narrower sections carry no label. */
#define LABEL_WIDTH 30.0
#define BAR_STEP 2.0
#define ROW_SLACK (20 * GST_MSECOND)
/* Quiet parts stay visible, loud ones keep their shape. */
#define BAR_GAMMA 0.8
/* Silence is a line. */
#define BAR_LEAST 0.016

/* When the row begins, or the one after it, in the song: what comes a little
 * earlier belongs to the row that it would stand at the end of. */
static GstClockTime
row_time (const ToolMusicRow *self, guint row)
{
  GstClockTime time = self->offset + self->layout->starts[row];

  return row > 0 && row < self->layout->n_rows ? time - MIN (time, ROW_SLACK)
                                               : time;
}

gboolean
tool_music_row_x (const ToolMusicRow *self, GstClockTime time, gdouble *x)
{
  if (time < row_time (self, self->row)
      || time >= row_time (self, self->row + 1))
    return FALSE;
  *x = tool_picture_layout_x (self->layout, self->row,
      time - MIN (time, self->offset));
  return TRUE;
}

static gdouble
row_end (const ToolMusicRow *self)
{
  return tool_picture_layout_end (self->layout, self->row);
}

void
tool_music_row_panel (const ToolMusicRow *self, gdouble top, gdouble height)
{
  gdouble left = self->layout->left;

  tool_ink_set (self->cr, tool_ink_panel, 1);
  tool_ink_rounded (self->cr, left, top, row_end (self) - left, height, 4);
  cairo_fill (self->cr);
}

static gdouble
highest (const GArray *values, guint64 first, guint64 last)
{
  gdouble peak = 0;

  for (guint64 i = first; i <= last && i < values->len; i++)
    peak = MAX (peak, g_array_index (values, gdouble, i));
  return peak;
}

void
tool_music_row_bars (const ToolMusicRow *self, const GArray *values,
    GstClockTime interval, gboolean mirrored, gdouble top, gdouble height)
{
  gdouble max = values != NULL && interval > 0
      ? highest (values, 0, values->len)
      : 0;
  gdouble step_ns = BAR_STEP / self->layout->pixels_per_ns;
  GstClockTime start = self->offset + self->layout->starts[self->row];
  gdouble end = row_end (self);

  for (guint i = 0; self->layout->left + i * BAR_STEP < end; i++) {
    GstClockTime from = start + (GstClockTime) (i * step_ns);
    GstClockTime to = from + (GstClockTime) step_ns;
    gdouble value = max > 0
        ? highest (values, from / interval, to / interval) / max
        : 0;
    gdouble size = MAX (pow (value, BAR_GAMMA) * 0.94, BAR_LEAST) * height;

    cairo_rectangle (self->cr, self->layout->left + i * BAR_STEP,
        mirrored ? top + (height - size) / 2 : top + height - size,
        BAR_STEP * 0.7, size);
  }
  cairo_fill (self->cr);
}

/* Between two beats, where the row begins or ends. */
static gdouble
border_y (const GstMontageBeat *a, const GstMontageBeat *b, GstClockTime time,
    ToolMusicValue value, gconstpointer data)
{
  gdouble share = (gdouble) GST_CLOCK_DIFF (a->time, time)
      / (gdouble) GST_CLOCK_DIFF (a->time, b->time);

  return value (a, data) + share * (value (b, data) - value (a, data));
}

gboolean
tool_music_row_line (const ToolMusicRow *self, const GArray *beats,
    ToolMusicValue value, gconstpointer data)
{
  gboolean any = FALSE;

  for (guint i = 0; beats != NULL && i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    gdouble y = value (beat, data);
    gdouble x;

    if (!tool_music_row_x (self, beat->time, &x)) {
      if (!any)
        continue;
      cairo_line_to (self->cr, row_end (self),
          border_y (beat - 1, beat, row_time (self, self->row + 1), value,
              data));
      break;
    }
    if (!any && i > 0)
      cairo_move_to (self->cr, self->layout->left,
          border_y (beat - 1, beat, row_time (self, self->row), value, data));
    cairo_line_to (self->cr, x, y);
    any = TRUE;
  }
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  return any;
}

typedef struct
{
  gdouble top;
  gdouble height;
} Lane;

static gdouble
energy_y (const GstMontageBeat *beat, gconstpointer data)
{
  const Lane *lane = data;

  return lane->top + lane->height - 3 - beat->energy * (lane->height - 6);
}

void
tool_music_row_energy (const ToolMusicRow *self, const GArray *beats,
    gdouble top, gdouble height)
{
  const Lane lane = {top, height};

  if (!tool_music_row_line (self, beats, energy_y, &lane))
    return;
  tool_ink_set (self->cr, tool_ink_paper, 0.55);
  cairo_set_line_width (self->cr, 4);
  cairo_stroke_preserve (self->cr);
  tool_ink_set (self->cr, tool_ink_energy, 1);
  cairo_set_line_width (self->cr, 1.8);
  cairo_stroke (self->cr);
}

void
tool_music_row_section (const ToolMusicRow *self,
    const GstMontageSection *section, gdouble top)
{
  GstClockTime start = MAX (section->start, self->offset) - self->offset;
  GstClockTime end = MAX (section->end, self->offset) - self->offset;
  gdouble x0, x1;
  g_autofree gchar *label = NULL;
  const gchar *nick = gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
      section->label);

  if (start >= self->layout->starts[self->row + 1]
      || end <= self->layout->starts[self->row] || start >= end)
    return;
  x0 = tool_picture_layout_x (self->layout, self->row, start);
  x1 = tool_picture_layout_x (self->layout, self->row, end);
  tool_ink_set (self->cr, tool_ink_for_section (section->label), 0.85);
  tool_ink_rounded (self->cr, x0 + 0.75, top, MAX (x1 - x0 - 1.5, 1),
      TOOL_MUSIC_SECTION_HEIGHT, 4);
  cairo_fill (self->cr);
  if (x1 - x0 < LABEL_WIDTH)
    return;
  label = tool_ink_fit_text (self->cr,
      section->label == GST_MONTAGE_SECTION_UNKNOWN ? "section" : nick, 11,
      TRUE, x1 - x0 - 12);
  tool_ink_set (self->cr, tool_ink_paper, 1);
  tool_ink_text_at (self->cr, label, x0 + 7, top + 13, 11, TRUE,
      TOOL_ALIGN_LEFT);
}

void
tool_music_row_axis (const ToolMusicRow *self, gdouble top)
{
  GstClockTime step = tool_picture_layout_step (self->layout, 64);
  GstClockTime start = self->layout->starts[self->row];
  GstClockTime end = self->layout->starts[self->row + 1];
  gdouble limit = row_end (self);

  for (GstClockTime time = (start + step - 1) / step * step; time < end;
       time += step) {
    g_autofree gchar *text = tool_time_text (time);
    gdouble x = tool_picture_layout_x (self->layout, self->row, time);

    *strrchr (text, '.') = '\0';
    tool_ink_set (self->cr, tool_ink_faint, 0.8);
    cairo_set_line_width (self->cr, 1);
    cairo_move_to (self->cr, x, top + 1);
    cairo_line_to (self->cr, x, top + 5);
    cairo_stroke (self->cr);
    if (x > limit - 24)
      continue;
    tool_ink_text_at (self->cr, text, x + 3, top + 13, 10.5, FALSE,
        TOOL_ALIGN_LEFT);
  }
}
