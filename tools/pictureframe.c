/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "pictureframe.h"

void
tool_picture_frame (cairo_t *cr, const ToolThumbnail *frame, gdouble x,
    gdouble y, gdouble width, gdouble height, gboolean fills)
{
  cairo_surface_t *image = cairo_image_surface_create_for_data (frame->pixels,
      CAIRO_FORMAT_RGB24, frame->width, frame->height, frame->width * 4);
  gdouble wide = width / frame->width;
  gdouble high = height / frame->height;
  gdouble scale = fills ? MAX (wide, high) : MIN (wide, high);

  /* An SVG takes the JPEG as it is, a fifth of a PNG. */
  if (frame->jpeg != NULL)
    cairo_surface_set_mime_data (image, CAIRO_MIME_TYPE_JPEG,
        g_bytes_get_data (frame->jpeg, NULL), g_bytes_get_size (frame->jpeg),
        (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (frame->jpeg));
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_translate (cr, x + (width - frame->width * scale) / 2,
      y + (height - frame->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}
