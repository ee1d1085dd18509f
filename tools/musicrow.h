/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "picturelayout.h"

G_BEGIN_DECLS

#define TOOL_MUSIC_SECTION_HEIGHT 18.0
#define TOOL_MUSIC_AXIS_HEIGHT 20.0

/**
 * ToolMusicRow:
 *
 * One row of a picture over whose length music plays: what films and songs have
 * in common. Times are those of the song.
 */
typedef struct
{
  cairo_t *cr;
  const ToolPictureLayout *layout;
  guint row;
  GstClockTime offset; /* of the song, where the layout begins */
} ToolMusicRow;

/* FALSE where @time is not in the row. */
gboolean
tool_music_row_x (const ToolMusicRow *self, GstClockTime time, gdouble *x);
/* The dark ground of a lane. */
void
tool_music_row_panel (const ToolMusicRow *self, gdouble top, gdouble height);
/* @values (of gdouble, 0 or more, one each @interval) as bars, up and down from
 * the middle of the lane or, where not @mirrored, up from its bottom; the
 * highest of the song fills it. */
void tool_music_row_bars (const ToolMusicRow *self, const GArray *values,
    GstClockTime interval, gboolean mirrored, gdouble top, gdouble height);
/* The y of @beat in a lane. */
typedef gdouble (
    *ToolMusicValue) (const GstMontageBeat *beat, gconstpointer data);
/* A path from beat to beat, to be stroked; FALSE where none is in the row. */
gboolean tool_music_row_line (const ToolMusicRow *self, const GArray *beats,
    ToolMusicValue value, gconstpointer data);
/* Energy of @beats as a line. */
void tool_music_row_energy (const ToolMusicRow *self, const GArray *beats,
    gdouble top, gdouble height);
/* A band with the name of @section. */
void tool_music_row_section (const ToolMusicRow *self,
    const GstMontageSection *section, gdouble top);
/* Times of the layout below @top. */
void tool_music_row_axis (const ToolMusicRow *self, gdouble top);

G_END_DECLS
