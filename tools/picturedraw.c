/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "picturedraw.h"

#include <math.h>

#include "musicrow.h"
#include "pictureframe.h"
#include "pictureink.h"
#include "picturelayout.h"
#include "picturelegend.h"
#include "summary.h"
#include "values.h"

#define PICTURE_WIDTH TOOL_PICTURE_WIDTH
#define MARGIN TOOL_PICTURE_MARGIN
#define HEADER_HEIGHT 66.0
#define SECTION_HEIGHT TOOL_MUSIC_SECTION_HEIGHT
#define STRIP_HEIGHT TOOL_PICTURE_STRIP_HEIGHT
#define SOURCE_BAR 5.0
#define WAVE_HEIGHT 62.0
#define AXIS_HEIGHT TOOL_MUSIC_AXIS_HEIGHT
#define GAP 5.0
#define ROW_GAP 18.0
#define ROW_HEIGHT                                                             \
  (SECTION_HEIGHT + GAP + STRIP_HEIGHT + GAP + WAVE_HEIGHT + AXIS_HEIGHT)
/* Narrower cuts carry no number. */
#define NUMBER_WIDTH 24.0
/* Beats closer than this are left out, bars stay. */
#define BEAT_MIN_PIXELS 4.0
/* Of the beats' ticks, at the bottom of the lane. */
#define BEAT_HEIGHT 12.0
#define MARK_SIZE 8.0

typedef struct
{
  const ToolPicture *picture;
  const GstMontagePlan *plan;
  cairo_t *cr;
  ToolPictureLayout layout;
  guint row;
  gdouble top; /* of the row */
} Drawing;

void
tool_picture_measure (const ToolPicture *picture, gdouble *width,
    gdouble *height)
{
  ToolPictureLayout layout;

  tool_picture_layout_init (&layout, picture->plan, MARGIN,
      PICTURE_WIDTH - MARGIN);
  *width = PICTURE_WIDTH;
  *height = HEADER_HEIGHT + layout.n_rows * ROW_HEIGHT
      + (layout.n_rows - 1) * ROW_GAP + ROW_GAP
      + tool_picture_legend_height (picture->plan) + MARGIN / 2;
}

static gboolean
in_row (const Drawing *self, GstClockTime film)
{
  return film >= self->layout.starts[self->row]
      && film < self->layout.starts[self->row + 1];
}

static gdouble
x_of (const Drawing *self, GstClockTime film)
{
  return tool_picture_layout_x (&self->layout, self->row, film);
}

static gdouble
strip_top (const Drawing *self)
{
  return self->top + SECTION_HEIGHT + GAP;
}

static gdouble
wave_top (const Drawing *self)
{
  return strip_top (self) + STRIP_HEIGHT + GAP;
}

static void
draw_header (Drawing *self)
{
  const GstMontagePlan *plan = self->plan;
  g_autofree gchar *length = tool_time_text (plan->duration);
  g_autofree gchar *song = plan->music.uri != NULL
      ? tool_uri_name (plan->music.uri)
      : NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree gchar *title = NULL;
  g_autofree gchar *detail = NULL;
  gdouble room = PICTURE_WIDTH - 2 * MARGIN;

  *strrchr (length, '.') = '\0';
  g_string_append_printf (line, "%s  ·  %u cuts from %u clips  ·  style %s",
      length, plan->cuts->len, tool_n_clips_used (plan),
      plan->instructions->style.name);
  if (plan->music.tempo > 0)
    g_string_append_printf (line, "  ·  %d beats per minute",
        (gint) lround (plan->music.tempo));
  if (song != NULL)
    g_string_append_printf (line, "  ·  %s", song);
  title = tool_ink_fit_text (self->cr, self->picture->title, 20, TRUE, room);
  detail = tool_ink_fit_text (self->cr, line->str, 12.5, FALSE, room);
  tool_ink_set (self->cr, tool_ink_text, 1);
  tool_ink_text_at (self->cr, title, MARGIN, 32, 20, TRUE, TOOL_ALIGN_LEFT);
  tool_ink_set (self->cr, tool_ink_faint, 1);
  tool_ink_text_at (self->cr, detail, MARGIN, 52, 12.5, FALSE, TOOL_ALIGN_LEFT);
}

/* Side by side in the path that stands. */
static void
paint_thumbnails (Drawing *self, const GPtrArray *thumbnails, gdouble x,
    gdouble y, gdouble width, gdouble height)
{
  gdouble each = width / thumbnails->len;

  cairo_save (self->cr);
  cairo_clip (self->cr);
  for (guint i = 0; i < thumbnails->len; i++)
    tool_picture_frame (self->cr, g_ptr_array_index (thumbnails, i),
        x + i * each, y, each, height, TRUE);
  cairo_restore (self->cr);
}

static void
draw_number (Drawing *self, guint index, gdouble x, gdouble y, gdouble width)
{
  g_autofree gchar *number = g_strdup_printf ("%u", index + 1);
  gdouble text = tool_ink_text_width (self->cr, number, 9.5, TRUE);

  if (width < NUMBER_WIDTH || text + 8 > width)
    return;
  tool_ink_set (self->cr, tool_ink_paper, 0.72);
  tool_ink_rounded (self->cr, x + 3, y + 3, text + 8, 13, 3);
  cairo_fill (self->cr);
  tool_ink_set (self->cr, tool_ink_text, 0.95);
  tool_ink_text_at (self->cr, number, x + 7, y + 13, 9.5, TRUE,
      TOOL_ALIGN_LEFT);
}

/* What is special about a cut, in a word or two. */
static gchar *
marks_of (const GstMontageCut *cut)
{
  const gchar *marks[] = {
      cut->pinned ? "pinned" : NULL,
      cut->seen > 0 ? "again" : NULL,
      cut->speed < 1 ? "slow" : NULL,
      cut->zoom_from != cut->zoom_to ? "zoom" : NULL,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (marks[i] == NULL)
      continue;
    if (text->len > 0)
      g_string_append (text, ", ");
    g_string_append (text, marks[i]);
  }
  return g_string_free (text, FALSE);
}

/* At the lower end of the pictures, where there is room. */
static void
draw_marks (Drawing *self, const GstMontageCut *cut, gdouble x, gdouble bottom,
    gdouble width)
{
  g_autofree gchar *marks = marks_of (cut);
  gdouble length = tool_ink_text_width (self->cr, marks, MARK_SIZE, TRUE);

  if (*marks == '\0' || length + 8 > width)
    return;
  tool_ink_set (self->cr, tool_ink_paper, 0.72);
  tool_ink_rounded (self->cr, x + 1, bottom - 13, length + 6, 11, 3);
  cairo_fill (self->cr);
  tool_ink_set (self->cr, tool_ink_mark, 1);
  tool_ink_text_at (self->cr, marks, x + 4, bottom - 5, MARK_SIZE, TRUE,
      TOOL_ALIGN_LEFT);
}

static void
draw_cut (Drawing *self, guint index)
{
  const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
      index);
  const GPtrArray *thumbnails = self->picture->thumbnails != NULL
      ? g_ptr_array_index (self->picture->thumbnails, index)
      : NULL;
  ToolInk ink = tool_ink_for_source (cut->source);
  gdouble inset = 0.75;
  gdouble x = x_of (self, cut->start) + inset;
  gdouble width = MAX (x_of (self, cut->start + cut->duration) - x - inset,
      0.5);
  gdouble y = strip_top (self);
  gdouble height = STRIP_HEIGHT - SOURCE_BAR - 2;

  tool_ink_rounded (self->cr, x, y, width, height, 3);
  if (thumbnails != NULL && thumbnails->len > 0) {
    paint_thumbnails (self, thumbnails, x, y, width, height);
  } else {
    tool_ink_set (self->cr, ink, 0.30);
    cairo_fill (self->cr);
  }
  tool_ink_set (self->cr, ink, 1);
  tool_ink_rounded (self->cr, x, y + STRIP_HEIGHT - SOURCE_BAR, width,
      SOURCE_BAR, 2);
  cairo_fill (self->cr);
  draw_number (self, index, x, y, width);
  draw_marks (self, cut, x, y + height, width);
}

static void
draw_transition (Drawing *self, const GstMontageCut *cut)
{
  gdouble half = cut->transition_duration / 2 * self->layout.pixels_per_ns;
  gdouble height = STRIP_HEIGHT - SOURCE_BAR - 2;

  if (cut->transition == GST_MONTAGE_TRANSITION_CUT)
    return;
  tool_ink_bow_tie (self->cr, x_of (self, cut->start),
      strip_top (self) + height / 2, CLAMP (half, 4.0, 14.0), 8);
}

static void
draw_wave (const Drawing *self, const ToolMusicRow *row)
{
  const GstMontageBeatGrid *music = self->picture->music;

  tool_music_row_panel (row, wave_top (self), WAVE_HEIGHT);
  if (self->plan->music.uri == NULL)
    return;
  tool_ink_set (self->cr, tool_ink_wave, 0.8);
  tool_music_row_bars (row, music != NULL ? music->envelope : NULL,
      music != NULL ? music->envelope_interval : 0, TRUE, wave_top (self),
      WAVE_HEIGHT);
}

/* Pixels between two beats, by the tempo. */
static gboolean
beats_are_legible (const Drawing *self)
{
  gdouble tempo = self->plan->music.tempo;

  return tempo > 0
      && 60.0 / tempo * GST_SECOND * self->layout.pixels_per_ns
      >= BEAT_MIN_PIXELS;
}

static void
draw_beats (const Drawing *self, const ToolMusicRow *row)
{
  const GArray *beats = self->plan->music.beats;
  gboolean all = beats_are_legible (self);
  gdouble bottom = wave_top (self) + WAVE_HEIGHT;

  for (guint i = 0; beats != NULL && i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    gboolean strong = beat->position == 1;
    gdouble x;

    if (!tool_music_row_x (row, beat->time, &x) || (!strong && !all))
      continue;
    tool_ink_set (self->cr, tool_ink_text, strong ? 0.9 : 0.45);
    cairo_set_line_width (self->cr, strong ? 1.6 : 0.9);
    cairo_move_to (self->cr, x, bottom);
    cairo_line_to (self->cr, x, bottom - (strong ? 1.5 : 1) * BEAT_HEIGHT);
    cairo_stroke (self->cr);
  }
}

/* How much the pictures move, a step for each cut, in the lane and on the scale
 * of the energy: the two should rise and fall together. */
static void
draw_motion (Drawing *self)
{
  gdouble bottom = wave_top (self) + WAVE_HEIGHT - 3;

  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
        i);
    gdouble y = bottom - cut->motion * (WAVE_HEIGHT - 6);

    if (!in_row (self, cut->start))
      continue;
    cairo_move_to (self->cr, x_of (self, cut->start) + 2.5, y);
    cairo_line_to (self->cr, x_of (self, cut->start + cut->duration) - 2.5, y);
  }
  tool_ink_set (self->cr, tool_ink_paper, 0.55);
  cairo_set_line_width (self->cr, 4.5);
  cairo_stroke_preserve (self->cr);
  tool_ink_set (self->cr, tool_ink_motion, 1);
  cairo_set_line_width (self->cr, 2.2);
  cairo_stroke (self->cr);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
}

/* From the film strip down to the beats: what the film is about. */
static void
draw_cut_lines (Drawing *self)
{
  gdouble top = strip_top (self) + STRIP_HEIGHT + 1;
  gdouble bottom = wave_top (self) + WAVE_HEIGHT - BEAT_HEIGHT - 2;

  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
        i);
    gdouble x;

    if (!in_row (self, cut->start))
      continue;
    x = x_of (self, cut->start);
    tool_ink_set (self->cr, tool_ink_cut, 0.9);
    cairo_set_line_width (self->cr, 1.2);
    cairo_move_to (self->cr, x, top);
    cairo_line_to (self->cr, x, bottom);
    cairo_stroke (self->cr);
    cairo_move_to (self->cr, x - 3.5, top);
    cairo_line_to (self->cr, x + 3.5, top);
    cairo_line_to (self->cr, x, top + 6);
    cairo_close_path (self->cr);
    cairo_fill (self->cr);
  }
}

static void
draw_row (Drawing *self)
{
  const GArray *sections = self->plan->music.sections;
  const ToolMusicRow row = {self->cr, &self->layout, self->row,
      self->plan->music.start};

  for (guint i = 0; sections != NULL && i < sections->len; i++)
    tool_music_row_section (&row,
        &g_array_index (sections, GstMontageSection, i), self->top);
  draw_wave (self, &row);
  draw_beats (self, &row);
  draw_cut_lines (self);
  tool_music_row_energy (&row, self->plan->music.beats, wave_top (self),
      WAVE_HEIGHT);
  if (self->plan->metrics.mean_motion > 0)
    draw_motion (self);
  for (guint i = 0; i < self->plan->cuts->len; i++)
    if (in_row (self, g_array_index (self->plan->cuts, GstMontageCut, i).start))
      draw_cut (self, i);
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
        i);

    if (in_row (self, cut->start))
      draw_transition (self, cut);
  }
  tool_music_row_axis (&row, wave_top (self) + WAVE_HEIGHT);
}

void
tool_picture_draw_to (const ToolPicture *picture, cairo_t *cr, gdouble width,
    gdouble height)
{
  Drawing self = {.picture = picture, .plan = picture->plan, .cr = cr};

  tool_picture_layout_init (&self.layout, picture->plan, MARGIN,
      width - MARGIN);
  tool_ink_set (cr, tool_ink_paper, 1);
  tool_ink_rounded (cr, 0, 0, width, height, 12);
  cairo_fill (cr);
  draw_header (&self);
  for (self.row = 0; self.row < self.layout.n_rows; self.row++) {
    self.top = HEADER_HEIGHT + self.row * (ROW_HEIGHT + ROW_GAP);
    draw_row (&self);
  }
  tool_picture_legend_draw (cr, picture->plan,
      HEADER_HEIGHT + self.layout.n_rows * (ROW_HEIGHT + ROW_GAP) + 12);
}
