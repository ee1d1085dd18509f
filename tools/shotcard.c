/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "shotcard.h"

#include <math.h>

#include "pictureframe.h"
#include "pictureink.h"
#include "values.h"

#define TITLE_HEIGHT 18.0
#define TITLE_SIZE 11.5
#define FRAME_GAP 4.0
#define METER_HEIGHT 11.0
#define METER_SIZE 8.5
#define METER_LABEL_WIDTH 46.0
#define PALETTE_HEIGHT 8.0
#define BEST_HEIGHT 3.0
#define FOCUS_RADIUS 4.0
#define THOUSAND 1000.0

typedef struct
{
  const gchar *name;
  gsize offset;
  ToolInk ink;
} Meter;

#define METER(name, member, red, green, blue)                                  \
  {                                                                            \
    name, G_STRUCT_OFFSET (GstMontageShot, member),                            \
    {                                                                          \
      red, green, blue                                                         \
    }                                                                          \
  }

static const Meter meters[] = {
    METER ("motion", motion, 0.306, 0.647, 0.749),
    METER ("action", action, 0.984, 0.749, 0.345),
    METER ("shake", shake, 1.0, 0.435, 0.412),
    METER ("sharpness", sharpness, 0.612, 0.808, 0.478),
    METER ("exposure", exposure, 0.847, 0.706, 0.996),
};

#define LOWER_HEIGHT (G_N_ELEMENTS (meters) * METER_HEIGHT)

gdouble
tool_shot_card_width (gdouble frame_width)
{
  return TOOL_SHOT_FRAMES * (frame_width + FRAME_GAP) - FRAME_GAP;
}

gdouble
tool_shot_card_height (gdouble frame_height)
{
  return TITLE_HEIGHT + frame_height + FRAME_GAP + LOWER_HEIGHT;
}

/* ---- the title ---- */

static const gchar *
camera_text (const GstMontageShot *shot)
{
  switch (shot->camera) {
    case GST_MONTAGE_CAMERA_PAN:
      return shot->pan_x < 0 ? "pan left" : "pan right";
    case GST_MONTAGE_CAMERA_TILT:
      return shot->pan_y < 0 ? "tilt up" : "tilt down";
    case GST_MONTAGE_CAMERA_ZOOM:
      return shot->zoom < 0 ? "zoom out" : "zoom in";
    case GST_MONTAGE_CAMERA_STATIC:
      return "static";
    case GST_MONTAGE_CAMERA_HANDHELD:
      return "handheld";
    default:
      return NULL;
  }
}

static void
append_part (GString *out, const gchar *text)
{
  if (out->len > 0)
    g_string_append (out, "  ·  ");
  g_string_append (out, text);
}

/* "0:12.40  ·  3.2 s  ·  dissolve, 12 frames" */
static gchar *
time_text (const GstMontageShot *shot)
{
  GString *out = g_string_new (NULL);
  g_autofree gchar *start = tool_time_text (shot->start);
  gchar length[G_ASCII_DTOSTR_BUF_SIZE];

  start[strlen (start) - 1] = '\0';
  append_part (out, start);
  g_ascii_formatd (length, sizeof length, "%.1f s",
      (gdouble) (shot->end - shot->start) / GST_SECOND);
  append_part (out, length);
  if (shot->transition_in != GST_MONTAGE_BOUNDARY_START)
    append_part (out,
        gst_montage_enum_nick (GST_TYPE_MONTAGE_BOUNDARY, shot->transition_in));
  if (shot->transition_frames > 1)
    g_string_append_printf (out, ", %" G_GUINT64_FORMAT " frames",
        shot->transition_frames);
  return g_string_free (out, FALSE);
}

static gchar *
look_text (const GstMontageShot *shot)
{
  GString *out = g_string_new (NULL);
  const gchar *camera = camera_text (shot);

  if (shot->shot_size != GST_MONTAGE_SHOT_SIZE_UNKNOWN)
    append_part (out,
        gst_montage_enum_nick (GST_TYPE_MONTAGE_SHOT_SIZE, shot->shot_size));
  if (camera != NULL)
    append_part (out, camera);
  return g_string_free (out, FALSE);
}

static void
draw_title (const ToolShotCard *self, cairo_t *cr, gdouble x, gdouble y)
{
  g_autofree gchar *number = g_strdup_printf ("%u", self->number);
  g_autofree gchar *times = time_text (self->shot);
  g_autofree gchar *look = look_text (self->shot);
  g_autofree gchar *fitted = NULL;
  gdouble width = tool_shot_card_width (self->frame_width);
  gdouble base = y + TITLE_HEIGHT - 6;
  gdouble look_width = tool_ink_text_width (cr, look, TITLE_SIZE, FALSE);
  gdouble used;

  tool_ink_set (cr, tool_ink_text, 1);
  used = 8
      + tool_ink_text_at (cr, number, x, base, TITLE_SIZE, TRUE,
          TOOL_ALIGN_LEFT);
  tool_ink_set (cr, tool_ink_faint, 1);
  fitted = tool_ink_fit_text (cr, times, TITLE_SIZE, FALSE,
      width - used - look_width - 12);
  tool_ink_text_at (cr, fitted, x + used, base, TITLE_SIZE, FALSE,
      TOOL_ALIGN_LEFT);
  tool_ink_text_at (cr, look, x + width, base, TITLE_SIZE, FALSE,
      TOOL_ALIGN_RIGHT);
}

/* ---- the frames ---- */

/* A value of curve @values where frame @index is; the shot's own where there is
 * no curve. */
static gdouble
curve_at (const GArray *values, guint index, gdouble otherwise)
{
  if (values->len == 0)
    return otherwise;
  return g_array_index (values, gint,
             index * (values->len - 1) / (TOOL_SHOT_FRAMES - 1))
      / THOUSAND;
}

static void
draw_focus (const ToolShotCard *self, cairo_t *cr, guint index, gdouble x,
    gdouble y)
{
  const GstMontageShot *shot = self->shot;
  const ToolThumbnail *frame = self->frames[index];
  gdouble scale = MIN (self->frame_width / frame->width,
      self->frame_height / frame->height);
  gdouble fx = curve_at (shot->curves.focus_x, index, shot->focus_x);
  gdouble fy = curve_at (shot->curves.focus_y, index, shot->focus_y);

  /* A document that does not say it. */
  if (fx <= 0 && fy <= 0)
    return;
  cairo_arc (cr, x + self->frame_width / 2 + (fx - 0.5) * frame->width * scale,
      y + self->frame_height / 2 + (fy - 0.5) * frame->height * scale,
      FOCUS_RADIUS, 0, 2 * G_PI);
  tool_ink_set (cr, tool_ink_paper, 0.7);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  tool_ink_set (cr, tool_ink_text, 1);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
}

static void
draw_frames (const ToolShotCard *self, cairo_t *cr, gdouble x, gdouble y)
{
  for (guint i = 0; i < TOOL_SHOT_FRAMES; i++) {
    gdouble left = x + i * (self->frame_width + FRAME_GAP);

    tool_ink_rounded (cr, left, y, self->frame_width, self->frame_height, 3);
    tool_ink_set (cr, tool_ink_panel, 1);
    if (self->frames[i] == NULL) {
      cairo_fill (cr);
      continue;
    }
    cairo_fill_preserve (cr);
    cairo_save (cr);
    cairo_clip (cr);
    tool_picture_frame (cr, self->frames[i], left, y, self->frame_width,
        self->frame_height, FALSE);
    draw_focus (self, cr, i, left, y);
    cairo_restore (cr);
  }
}

/* ---- how it goes on ---- */

typedef struct
{
  const ToolShotCard *card;
  cairo_t *cr;
  gdouble x;
  gdouble y;
  gdouble width;
  gdouble height;
} Panel;

static gdouble
panel_x (const Panel *self, GstClockTime time)
{
  const GstMontageShot *shot = self->card->shot;
  GstClockTime held = CLAMP (time, shot->start, shot->end);

  return self->x
      + self->width * (gdouble) (held - shot->start)
      / (gdouble) (shot->end - shot->start);
}

static gdouble
panel_y (const Panel *self, gint value)
{
  gdouble share = CLAMP (value / self->card->curve_top, 0, 1);

  return self->y + self->height - BEST_HEIGHT - 2
      - share * (self->height - BEST_HEIGHT - 5);
}

/* A path from value to value, each in the middle of its step. */
static gboolean
trace (const Panel *self, const GArray *values)
{
  const GstMontageShot *shot = self->card->shot;
  GstClockTime step = self->card->curve_step;
  gdouble last;

  if (values->len == 0 || step == 0)
    return FALSE;
  cairo_move_to (self->cr, self->x,
      panel_y (self, g_array_index (values, gint, 0)));
  for (guint i = 0; i < values->len; i++)
    cairo_line_to (self->cr, panel_x (self, shot->start + i * step + step / 2),
        panel_y (self, g_array_index (values, gint, i)));
  last = panel_y (self, g_array_index (values, gint, values->len - 1));
  cairo_line_to (self->cr, self->x + self->width, last);
  return TRUE;
}

static void
draw_best (const Panel *self)
{
  const GArray *best = self->card->shot->best;

  for (guint i = 0; i < best->len; i++) {
    const GstMontageStretch *stretch = &g_array_index (best, GstMontageStretch,
        i);
    gdouble left = panel_x (self, stretch->start);
    gdouble width = MAX (panel_x (self, stretch->end) - left, 1);

    tool_ink_set (self->cr, tool_ink_onset, i == 0 ? 0.14 : 0.07);
    cairo_rectangle (self->cr, left, self->y, width, self->height);
    cairo_fill (self->cr);
    tool_ink_set (self->cr, tool_ink_onset, i == 0 ? 1 : 0.5);
    cairo_rectangle (self->cr, left, self->y + self->height - BEST_HEIGHT,
        width, BEST_HEIGHT);
    cairo_fill (self->cr);
  }
}

static void
draw_peaks (const Panel *self)
{
  const GArray *peaks = self->card->shot->action_peaks;

  tool_ink_set (self->cr, tool_ink_cut, 0.95);
  for (guint i = 0; i < peaks->len; i++) {
    gdouble x = panel_x (self, g_array_index (peaks, GstClockTime, i));

    cairo_move_to (self->cr, x - 3, self->y);
    cairo_line_to (self->cr, x + 3, self->y);
    cairo_line_to (self->cr, x, self->y + 5);
    cairo_close_path (self->cr);
  }
  cairo_fill (self->cr);
}

static void
draw_panel (const Panel *self)
{
  const GstMontageShotCurves *curves = &self->card->shot->curves;
  gdouble bottom = self->y + self->height - BEST_HEIGHT - 2;

  cairo_save (self->cr);
  tool_ink_set (self->cr, tool_ink_panel, 1);
  tool_ink_rounded (self->cr, self->x, self->y, self->width, self->height, 3);
  cairo_fill_preserve (self->cr);
  cairo_clip (self->cr);
  draw_best (self);
  if (trace (self, curves->action)) {
    cairo_line_to (self->cr, self->x + self->width, bottom);
    cairo_line_to (self->cr, self->x, bottom);
    cairo_close_path (self->cr);
    tool_ink_set (self->cr, tool_ink_energy, 0.55);
    cairo_fill (self->cr);
  }
  if (trace (self, curves->motion)) {
    tool_ink_set (self->cr, tool_ink_wave, 1);
    cairo_set_line_width (self->cr, 1.4);
    cairo_stroke (self->cr);
  }
  draw_peaks (self);
  cairo_restore (self->cr);
}

static void
draw_palette (const ToolShotCard *self, cairo_t *cr, gdouble x, gdouble y,
    gdouble width)
{
  const GArray *palette = self->shot->palette;

  cairo_save (cr);
  tool_ink_rounded (cr, x, y, width, PALETTE_HEIGHT, 2);
  cairo_clip (cr);
  for (guint i = 0; i < palette->len; i++) {
    guint color = g_array_index (palette, guint, i);

    cairo_set_source_rgb (cr, (color >> 16 & 255) / 255.0,
        (color >> 8 & 255) / 255.0, (color & 255) / 255.0);
    cairo_rectangle (cr, x + i * width / palette->len, y,
        width / palette->len + 0.5, PALETTE_HEIGHT);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}

static void
draw_meters (const ToolShotCard *self, cairo_t *cr, gdouble x, gdouble y)
{
  gdouble width = self->frame_width - METER_LABEL_WIDTH;

  for (guint i = 0; i < G_N_ELEMENTS (meters); i++) {
    gdouble value = G_STRUCT_MEMBER (gdouble, self->shot, meters[i].offset);
    gdouble top = y + i * METER_HEIGHT;

    tool_ink_set (cr, tool_ink_faint, 1);
    tool_ink_text_at (cr, meters[i].name, x, top + METER_HEIGHT - 2.5,
        METER_SIZE, FALSE, TOOL_ALIGN_LEFT);
    tool_ink_set (cr, tool_ink_panel, 1);
    tool_ink_rounded (cr, x + METER_LABEL_WIDTH, top + 3, width, 5, 2.5);
    cairo_fill (cr);
    tool_ink_set (cr, meters[i].ink, 1);
    tool_ink_rounded (cr, x + METER_LABEL_WIDTH, top + 3,
        width * CLAMP (value, 0.01, 1), 5, 2.5);
    cairo_fill (cr);
  }
}

void
tool_shot_card_draw (const ToolShotCard *self, cairo_t *cr, gdouble x,
    gdouble y)
{
  gdouble frames = y + TITLE_HEIGHT;
  gdouble lower = frames + self->frame_height + FRAME_GAP;
  gdouble width = 2 * self->frame_width + FRAME_GAP;
  const Panel panel = {self, cr, x, lower, width,
      LOWER_HEIGHT - PALETTE_HEIGHT - 3};

  draw_title (self, cr, x, y);
  draw_frames (self, cr, x, frames);
  draw_panel (&panel);
  draw_palette (self, cr, x, lower + LOWER_HEIGHT - PALETTE_HEIGHT, width);
  draw_meters (self, cr, x + width + FRAME_GAP, lower);
}
