/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "pictureink.h"

#include <math.h>

#define FONT "sans-serif"
/* Successive multiples of this, modulo 1, stay far apart. */
#define GOLDEN_RATIO 0.6180339887498949

/* Dark, so that the pictures of the film are what shines, on light and on dark
 * pages. */
const ToolInk tool_ink_paper = {0.071, 0.082, 0.102};
const ToolInk tool_ink_panel = {0.106, 0.122, 0.149};
const ToolInk tool_ink_text = {0.914, 0.929, 0.949};
const ToolInk tool_ink_faint = {0.545, 0.588, 0.651};
const ToolInk tool_ink_wave = {0.306, 0.647, 0.749};
const ToolInk tool_ink_energy = {0.984, 0.749, 0.345};
const ToolInk tool_ink_cut = {1.0, 0.435, 0.412};
const ToolInk tool_ink_onset = {0.612, 0.808, 0.478};
const ToolInk tool_ink_fade = {0.847, 0.706, 0.996};
const ToolInk tool_ink_motion = {0.682, 0.914, 0.506};
const ToolInk tool_ink_mark = {1.0, 0.878, 0.580};

void
tool_ink_set (cairo_t *cr, ToolInk ink, gdouble alpha)
{
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, alpha);
}

/* One channel of HSL with fixed saturation and lightness. */
static gdouble
channel (gdouble hue, gdouble offset, gdouble saturation, gdouble lightness)
{
  gdouble k = fmod (offset + hue * 12.0, 12.0);
  gdouble a = saturation * MIN (lightness, 1.0 - lightness);

  return lightness - a * CLAMP (MIN (k - 3.0, 9.0 - k), -1.0, 1.0);
}

ToolInk
tool_ink_for_source (guint index)
{
  gdouble hue = fmod (0.08 + index * GOLDEN_RATIO, 1.0);
  gdouble lightness = index % 2 == 0 ? 0.62 : 0.70;
  ToolInk ink = {channel (hue, 0, 0.62, lightness),
      channel (hue, 8, 0.62, lightness), channel (hue, 4, 0.62, lightness)};

  return ink;
}

ToolInk
tool_ink_for_section (GstMontageSectionLabel label)
{
  static const ToolInk inks[] = {
      [GST_MONTAGE_SECTION_UNKNOWN] = {0.40, 0.44, 0.50},
      [GST_MONTAGE_SECTION_INTRO] = {0.36, 0.55, 0.78},
      [GST_MONTAGE_SECTION_VERSE] = {0.33, 0.64, 0.60},
      [GST_MONTAGE_SECTION_BUILD] = {0.85, 0.62, 0.28},
      [GST_MONTAGE_SECTION_DROP] = {0.88, 0.36, 0.36},
      [GST_MONTAGE_SECTION_CHORUS] = {0.82, 0.42, 0.66},
      [GST_MONTAGE_SECTION_BREAK] = {0.50, 0.46, 0.80},
      [GST_MONTAGE_SECTION_OUTRO] = {0.42, 0.52, 0.62},
  };

  return (guint) label < G_N_ELEMENTS (inks) ? inks[label] : inks[0];
}

void
tool_ink_rounded (cairo_t *cr, gdouble x, gdouble y, gdouble width,
    gdouble height, gdouble radius)
{
  gdouble r = MIN (radius, MIN (width, height) / 2.0);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

void
tool_ink_bow_tie (cairo_t *cr, gdouble x, gdouble y, gdouble width,
    gdouble height)
{
  cairo_move_to (cr, x - width, y - height);
  cairo_line_to (cr, x + width, y + height);
  cairo_line_to (cr, x + width, y - height);
  cairo_line_to (cr, x - width, y + height);
  cairo_close_path (cr);
  tool_ink_set (cr, tool_ink_paper, 0.75);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke_preserve (cr);
  tool_ink_set (cr, tool_ink_fade, 1);
  cairo_fill (cr);
}

static void
select_font (cairo_t *cr, gdouble size, gboolean bold)
{
  cairo_select_font_face (cr, FONT, CAIRO_FONT_SLANT_NORMAL,
      bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, size);
}

gdouble
tool_ink_text_width (cairo_t *cr, const gchar *text, gdouble size,
    gboolean bold)
{
  cairo_text_extents_t extents;

  select_font (cr, size, bold);
  cairo_text_extents (cr, text, &extents);
  return extents.x_advance;
}

gdouble
tool_ink_text_at (cairo_t *cr, const gchar *text, gdouble x, gdouble y,
    gdouble size, gboolean bold, ToolAlign align)
{
  gdouble width = tool_ink_text_width (cr, text, size, bold);

  if (align == TOOL_ALIGN_CENTER)
    x -= width / 2;
  else if (align == TOOL_ALIGN_RIGHT)
    x -= width;
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
  cairo_new_path (cr);
  return width;
}

gchar *
tool_ink_fit_text (cairo_t *cr, const gchar *text, gdouble size, gboolean bold,
    gdouble width)
{
  if (tool_ink_text_width (cr, text, size, bold) <= width)
    return g_strdup (text);
  for (glong n = g_utf8_strlen (text, -1) - 1; n > 0; n--) {
    g_autofree gchar *head = g_utf8_substring (text, 0, n);
    g_autofree gchar *cut = g_strconcat (head, "…", NULL);

    if (tool_ink_text_width (cr, cut, size, bold) <= width)
      return g_steal_pointer (&cut);
  }
  return g_strdup ("");
}
