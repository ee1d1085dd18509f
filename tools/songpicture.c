/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "songpicture.h"

#include <math.h>
#include <string.h>

#include "musicrow.h"
#include "pictureink.h"
#include "picturelegend.h"
#include "values.h"

#define MARGIN TOOL_PICTURE_MARGIN
#define HEADER_HEIGHT 72.0
#define LEGEND_HEIGHT 34.0
#define NUMBERS_HEIGHT 14.0
#define WAVE_HEIGHT 66.0
#define BEATS_HEIGHT 16.0
#define ONSETS_HEIGHT 30.0
#define TEMPO_HEIGHT 24.0
#define GAP 3.0
#define ROW_GAP 16.0
/* Numbers of bars and marks of beats need so much room. */
#define NUMBER_PIXELS 26.0
#define BEAT_PIXELS 3.0
#define BAR_PIXELS 4.0
/* The tempo's lane shows at least so much to each side of the tempo, as a share
 * of it: less is the play of one who keeps time. */
#define TEMPO_LEAST 0.06
/* And at most so much: single beats that go astray stay at its rim. */
#define TEMPO_MOST 0.4

typedef struct
{
  const GstMontageBeatGrid *song;
  cairo_t *cr;
  ToolPictureLayout layout;
  gdouble tempo_low; /* of the lane; high 0: there is none */
  gdouble tempo_high;
  guint bar_step;      /* which bars carry a number */
  gdouble bar_pixels;  /* between two bars */
  gdouble beat_pixels; /* between two beats */
  gdouble top;         /* of the row */
  gdouble tempo_top;   /* of its lane */
  const ToolMusicRow *row;
} Drawing;

static const GstMontageBeat *
beat_at (const Drawing *self, guint index)
{
  return &g_array_index (self->song->beats, GstMontageBeat, index);
}

static gboolean
has_onsets (const GstMontageBeatGrid *song)
{
  return song->onsets->len > 0 && song->onset_interval > 0;
}

static gboolean
has_tempi (const GstMontageBeatGrid *song)
{
  for (guint i = 0; i < song->beats->len; i++)
    if (g_array_index (song->beats, GstMontageBeat, i).tempo > 0)
      return song->tempo > 0;
  return FALSE;
}

static gdouble
row_height (const GstMontageBeatGrid *song)
{
  return TOOL_MUSIC_SECTION_HEIGHT + NUMBERS_HEIGHT + WAVE_HEIGHT + BEATS_HEIGHT
      + (has_onsets (song) ? ONSETS_HEIGHT : 0)
      + (has_tempi (song) ? TEMPO_HEIGHT + GAP : 0) + TOOL_MUSIC_AXIS_HEIGHT;
}

void
tool_song_picture_measure (const GstMontageBeatGrid *song, gdouble *width,
    gdouble *height)
{
  ToolPictureLayout layout;

  tool_picture_layout_init_even (&layout, song->duration, MARGIN,
      TOOL_PICTURE_WIDTH - MARGIN);
  *width = TOOL_PICTURE_WIDTH;
  *height = HEADER_HEIGHT + layout.n_rows * (row_height (song) + ROW_GAP)
      + LEGEND_HEIGHT;
}

/* ---- the head ---- */

static void
append_number (GString *out, const gchar *format, gdouble value)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, format, value));
}

static void
append_beats (GString *out, const GstMontageBeatGrid *song)
{
  g_string_append (out, "  ·  ");
  append_number (out, "%.1f", song->tempo);
  g_string_append (out, " beats per minute");
  if (song->alternative_tempo > 0) {
    g_string_append (out, " (or ");
    append_number (out, "%.1f", song->alternative_tempo);
    g_string_append_c (out, ')');
  }
  if (song->beats_per_bar > 0)
    g_string_append_printf (out, "  ·  %u to the bar", song->beats_per_bar);
  g_string_append_printf (out, "  ·  %u beats  ·  confidence ",
      song->beats->len);
  append_number (out, "%.0f", 100 * song->confidence);
  g_string_append (out, " %");
}

static void
draw_header (const Drawing *self)
{
  const GstMontageBeatGrid *song = self->song;
  g_autofree gchar *name = song->uri != NULL ? tool_uri_name (song->uri)
                                             : g_strdup ("song");
  g_autofree gchar *length = tool_time_text (song->duration);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree gchar *title = NULL;
  g_autofree gchar *detail = NULL;
  gdouble room = TOOL_PICTURE_WIDTH - 2 * MARGIN;

  *strrchr (length, '.') = '\0';
  g_string_append (line, length);
  if (song->beats->len > 0)
    append_beats (line, song);
  else if (song->note == NULL)
    g_string_append (line, "  ·  no beat");
  if (song->note != NULL)
    g_string_append_printf (line, "  ·  %s", song->note);
  title = tool_ink_fit_text (self->cr, name, 20, TRUE, room);
  detail = tool_ink_fit_text (self->cr, line->str, 12.5, FALSE, room);
  tool_ink_set (self->cr, tool_ink_text, 1);
  tool_ink_text_at (self->cr, title, MARGIN, 32, 20, TRUE, TOOL_ALIGN_LEFT);
  tool_ink_set (self->cr, tool_ink_faint, 1);
  tool_ink_text_at (self->cr, detail, MARGIN, 52, 12.5, FALSE, TOOL_ALIGN_LEFT);
}

/* ---- a row ---- */

static void
draw_line (const Drawing *self, gdouble x, gdouble top, gdouble bottom,
    gdouble alpha, gdouble width)
{
  tool_ink_set (self->cr, tool_ink_text, alpha);
  cairo_set_line_width (self->cr, width);
  cairo_move_to (self->cr, x, top);
  cairo_line_to (self->cr, x, bottom);
  cairo_stroke (self->cr);
}

static void
draw_bar_number (const Drawing *self, guint bar, gdouble x, gdouble top)
{
  g_autofree gchar *number = g_strdup_printf ("%u", bar);
  gdouble width = tool_ink_text_width (self->cr, number, 9.5, FALSE);

  if (x + width > TOOL_PICTURE_WIDTH - MARGIN)
    return;
  tool_ink_set (self->cr, tool_ink_faint, 0.9);
  tool_ink_text_at (self->cr, number, x + 2, top - 3, 9.5, FALSE,
      TOOL_ALIGN_LEFT);
}

/* Bars through all lanes, softly, each with its number above. */
static void
draw_bars (const Drawing *self, gdouble top, gdouble bottom)
{
  guint bar = 0;

  for (guint i = 0; i < self->song->beats->len; i++) {
    const GstMontageBeat *beat = beat_at (self, i);
    gdouble x;

    if (beat->position != 1)
      continue;
    bar++;
    if (!tool_music_row_x (self->row, beat->time, &x))
      continue;
    if ((bar - 1) % self->bar_step == 0) {
      draw_line (self, x, top - 10, bottom, 0.34, 1.1);
      draw_bar_number (self, bar, x, top);
    } else if (self->bar_pixels >= BAR_PIXELS) {
      draw_line (self, x, top, bottom, 0.22, 0.9);
    }
  }
}

/* Between loudness and onsets: a dot per beat, brighter where it is heard, and
 * a stroke per bar. */
static void
draw_beats (const Drawing *self, gdouble top)
{
  gdouble middle = top + BEATS_HEIGHT / 2;

  for (guint i = 0; i < self->song->beats->len; i++) {
    const GstMontageBeat *beat = beat_at (self, i);
    gboolean strong = beat->position == 1;
    gdouble x;

    if (!tool_music_row_x (self->row, beat->time, &x)
        || (strong ? self->bar_pixels < BAR_PIXELS
                   : self->beat_pixels < BEAT_PIXELS))
      continue;
    if (strong) {
      tool_ink_set (self->cr, tool_ink_cut, 0.95);
      tool_ink_rounded (self->cr, x - 1.6, middle - 6, 3.2, 12, 1.6);
    } else {
      tool_ink_set (self->cr, tool_ink_text, 0.35 + 0.6 * beat->strength);
      cairo_arc (self->cr, x, middle, MIN (2.2, self->beat_pixels / 3), 0,
          2 * G_PI);
    }
    cairo_fill (self->cr);
  }
}

static gdouble
tempo_y (const GstMontageBeat *beat, gconstpointer data)
{
  const Drawing *self = data;
  gdouble tempo = beat->tempo > 0 ? beat->tempo : self->song->tempo;
  gdouble share = (CLAMP (tempo, self->tempo_low, self->tempo_high)
                      - self->tempo_low)
      / (self->tempo_high - self->tempo_low);

  return self->tempo_top + TEMPO_HEIGHT - 4 - share * (TEMPO_HEIGHT - 8);
}

static void
draw_tempo_label (const Drawing *self, gdouble tempo, gdouble y)
{
  g_autofree gchar *text = g_strdup_printf ("%d", (gint) lround (tempo));

  tool_ink_set (self->cr, tool_ink_faint, 0.75);
  tool_ink_text_at (self->cr, text, MARGIN - 4, y, 8.5, FALSE,
      TOOL_ALIGN_RIGHT);
}

static void
draw_tempo (Drawing *self, gdouble top)
{
  tool_music_row_panel (self->row, top, TEMPO_HEIGHT);
  draw_tempo_label (self, self->tempo_high, top + 8);
  draw_tempo_label (self, self->tempo_low, top + TEMPO_HEIGHT - 1);
  self->tempo_top = top;
  if (!tool_music_row_line (self->row, self->song->beats, tempo_y, self))
    return;
  tool_ink_set (self->cr, tool_ink_fade, 0.95);
  cairo_set_line_width (self->cr, 1.6);
  cairo_stroke (self->cr);
}

static void
draw_row (Drawing *self)
{
  const GstMontageBeatGrid *song = self->song;
  gdouble wave = self->top + TOOL_MUSIC_SECTION_HEIGHT + NUMBERS_HEIGHT;
  gdouble beats = wave + WAVE_HEIGHT;
  gdouble y = beats + BEATS_HEIGHT;

  for (guint i = 0; i < song->sections->len; i++)
    tool_music_row_section (self->row,
        &g_array_index (song->sections, GstMontageSection, i), self->top);
  tool_music_row_panel (self->row, wave,
      WAVE_HEIGHT + BEATS_HEIGHT + (has_onsets (song) ? ONSETS_HEIGHT : 0));
  tool_ink_set (self->cr, tool_ink_wave, 0.8);
  tool_music_row_bars (self->row, song->envelope, song->envelope_interval, TRUE,
      wave, WAVE_HEIGHT);
  if (has_onsets (song)) {
    tool_ink_set (self->cr, tool_ink_onset, 0.85);
    tool_music_row_bars (self->row, song->onsets, song->onset_interval, FALSE,
        y, ONSETS_HEIGHT);
    y += ONSETS_HEIGHT;
  }
  draw_bars (self, wave, y);
  draw_beats (self, beats);
  tool_music_row_energy (self->row, song->beats, wave, WAVE_HEIGHT);
  if (self->tempo_high > 0) {
    draw_tempo (self, y + GAP);
    y += TEMPO_HEIGHT + GAP;
  }
  tool_music_row_axis (self->row, y);
}

/* ---- the whole ---- */

static void
init_tempo (Drawing *self)
{
  gdouble tempo = self->song->tempo;
  gdouble low = tempo * (1 - TEMPO_LEAST);
  gdouble high = tempo * (1 + TEMPO_LEAST);

  if (!has_tempi (self->song))
    return;
  for (guint i = 0; i < self->song->beats->len; i++) {
    gdouble here = beat_at (self, i)->tempo;

    if (here > 0)
      low = MIN (low, here);
    high = MAX (high, here);
  }
  self->tempo_low = MAX (low, tempo * (1 - TEMPO_MOST));
  self->tempo_high = MIN (high, tempo * (1 + TEMPO_MOST));
}

/* Every bar carries its number, or every second, fourth, … */
static void
init_scale (Drawing *self)
{
  if (self->song->tempo > 0)
    self->beat_pixels = 60.0 / self->song->tempo * GST_SECOND
        * self->layout.pixels_per_ns;
  self->bar_pixels = self->beat_pixels * MAX (self->song->beats_per_bar, 1);
  self->bar_step = 1;
  while (self->bar_step < 1024
      && self->bar_pixels * self->bar_step < NUMBER_PIXELS)
    self->bar_step *= 2;
}

static void
draw_beat_key (const Drawing *self, gdouble *x, gdouble y)
{
  for (guint i = 0; i < 3; i++) {
    tool_ink_set (self->cr, tool_ink_text, 0.35 + 0.3 * i);
    cairo_arc (self->cr, *x + 7 * i, y - 4, 2.2, 0, 2 * G_PI);
    cairo_fill (self->cr);
  }
  tool_ink_set (self->cr, tool_ink_faint, 1);
  *x += 22
      + tool_ink_text_at (self->cr, "beat, brighter where it is heard", *x + 22,
          y, 11.5, FALSE, TOOL_ALIGN_LEFT)
      + 24;
}

static void
draw_legend (const Drawing *self, gdouble y)
{
  gdouble x = MARGIN;

  tool_picture_legend_key (self->cr, &x, y, tool_ink_wave, 1, FALSE,
      "loudness");
  if (self->song->beats->len > 0) {
    tool_picture_legend_key (self->cr, &x, y, tool_ink_energy, 1, FALSE,
        "energy");
    if (self->song->beats_per_bar > 0)
      tool_picture_legend_key (self->cr, &x, y, tool_ink_cut, 1, TRUE,
          "first beat of a bar");
    draw_beat_key (self, &x, y);
  }
  if (has_onsets (self->song))
    tool_picture_legend_key (self->cr, &x, y, tool_ink_onset, 1, FALSE,
        "onsets");
  if (self->tempo_high > 0)
    tool_picture_legend_key (self->cr, &x, y, tool_ink_fade, 1, FALSE, "tempo");
}

void
tool_song_picture_draw_to (const GstMontageBeatGrid *song, cairo_t *cr,
    gdouble width, gdouble height)
{
  Drawing self = {.song = song, .cr = cr};

  tool_picture_layout_init_even (&self.layout, song->duration, MARGIN,
      width - MARGIN);
  init_tempo (&self);
  init_scale (&self);
  tool_ink_set (cr, tool_ink_paper, 1);
  tool_ink_rounded (cr, 0, 0, width, height, 12);
  cairo_fill (cr);
  draw_header (&self);
  for (guint i = 0; i < self.layout.n_rows; i++) {
    const ToolMusicRow row = {cr, &self.layout, i, 0};

    self.row = &row;
    self.top = HEADER_HEIGHT + i * (row_height (song) + ROW_GAP);
    draw_row (&self);
  }
  draw_legend (&self, height - LEGEND_HEIGHT + 14);
}
