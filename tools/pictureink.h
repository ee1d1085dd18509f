/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Colours, type and small shapes of pictures. */

typedef struct
{
  gdouble red;
  gdouble green;
  gdouble blue;
} ToolInk;

extern const ToolInk tool_ink_paper;
extern const ToolInk tool_ink_panel;
extern const ToolInk tool_ink_text;
extern const ToolInk tool_ink_faint;
extern const ToolInk tool_ink_wave;
extern const ToolInk tool_ink_energy;
extern const ToolInk tool_ink_cut;
extern const ToolInk tool_ink_onset;
extern const ToolInk tool_ink_fade;
extern const ToolInk tool_ink_motion;
extern const ToolInk tool_ink_mark;

typedef enum
{
  TOOL_ALIGN_LEFT,
  TOOL_ALIGN_CENTER,
  TOOL_ALIGN_RIGHT
} ToolAlign;

void tool_ink_set (cairo_t *cr, ToolInk ink, gdouble alpha);
/* The colour of source @index: neighbours far apart on the wheel. */
ToolInk tool_ink_for_source (guint index);
ToolInk tool_ink_for_section (GstMontageSectionLabel label);
void tool_ink_rounded (cairo_t *cr, gdouble x, gdouble y, gdouble width,
    gdouble height, gdouble radius);
/* Two triangles that meet at (@x, @y), @width and @height to each side: one
 * picture goes as the other comes. */
void tool_ink_bow_tie (cairo_t *cr, gdouble x, gdouble y, gdouble width,
    gdouble height);
/* @y is the base line. Returns the width. */
gdouble tool_ink_text_at (cairo_t *cr, const gchar *text, gdouble x, gdouble y,
    gdouble size, gboolean bold, ToolAlign align);
gdouble tool_ink_text_width (cairo_t *cr, const gchar *text, gdouble size,
    gboolean bold);
/* @text, cut with … to at most @width. */
gchar *tool_ink_fit_text (cairo_t *cr, const gchar *text, gdouble size,
    gboolean bold, gdouble width);

G_END_DECLS
