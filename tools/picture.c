/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "picture.h"

#include <math.h>

#include "picturelayout.h"
#include "values.h"
#ifdef HAVE_CAIRO
#include <cairo-svg.h>

#include "picturedraw.h"
#include "shotpicture.h"
#include "songpicture.h"
#include "thumbnails.h"
#endif

/* A PNG is drawn twice as large, so that it is sharp on dense screens. */
#define PNG_SCALE 2.0
/* No picture of cairo is longer. */
#define PNG_PIXELS_MAX 32000.0
#define THUMBNAIL_HEIGHT_PNG 176
#define THUMBNAIL_HEIGHT_SVG 124
/* Those of shots, against what they take of the sheet. */
#define SVG_FRAME_SCALE 1.4
/* A box gets as many thumbnails as fit at 16:9. */
#define THUMBNAIL_PIXELS (TOOL_PICTURE_STRIP_HEIGHT * 16 / 9)
#define N_THUMBNAILS_MAX 8

static gboolean
has_extension (const gchar *path, const gchar *extension)
{
  g_autofree gchar *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, extension);
}

guint
tool_picture_thumbnail_height (const gchar *name, gboolean *with_jpeg)
{
  *with_jpeg = has_extension (name, ".svg");
  return *with_jpeg ? THUMBNAIL_HEIGHT_SVG : THUMBNAIL_HEIGHT_PNG;
}

GArray *
tool_picture_n_thumbnails (const GstMontagePlan *plan)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (guint));
  ToolPictureLayout layout;

  tool_picture_layout_init (&layout, plan, TOOL_PICTURE_MARGIN,
      TOOL_PICTURE_WIDTH - TOOL_PICTURE_MARGIN);
  for (guint i = 0; i < plan->cuts->len; i++) {
    GstClockTime duration =
        g_array_index (plan->cuts, GstMontageCut, i).duration;
    guint n = (guint) lround (
        duration * layout.pixels_per_ns / THUMBNAIL_PIXELS);

    n = CLAMP (n, 1, N_THUMBNAILS_MAX);
    g_array_append_val (counts, n);
  }
  return counts;
}

gboolean
tool_picture_check (const gchar *path, GError **error)
{
  if (!has_extension (path, ".svg") && !has_extension (path, ".png"))
    return tool_usage_error (error,
        "'%s' does not say what kind of picture it is; let the name end in "
        ".svg or .png.",
        path);
#ifdef HAVE_CAIRO
  return TRUE;
#else
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "This build cannot draw pictures; install libcairo2-dev and build it "
      "again.");
  return FALSE;
#endif
}

#ifdef HAVE_CAIRO
typedef struct
{
  gdouble width; /* user units of about a pixel */
  gdouble height;
  void (*draw) (cairo_t *cr, gdouble width, gdouble height, gconstpointer data);
  gconstpointer data;
} Sheet;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
draw_svg (const Sheet *sheet, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes,
      bytes, sheet->width, sheet->height);
  cairo_t *cr;
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  sheet->draw (cr, sheet->width, sheet->height, sheet->data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static gdouble
png_scale (gdouble height)
{
  return MIN (PNG_SCALE, PNG_PIXELS_MAX / height);
}

static cairo_status_t
draw_png (const Sheet *sheet, GByteArray *bytes)
{
  gdouble scale = png_scale (sheet->height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
      (gint) (sheet->width * scale), (gint) (sheet->height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  sheet->draw (cr, sheet->width, sheet->height, sheet->data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

static GBytes *
write_sheet (const Sheet *sheet, const gchar *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = has_extension (name, ".svg")
      ? draw_svg (sheet, bytes)
      : draw_png (sheet, bytes);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "'%s' cannot be drawn: %s.", name, cairo_status_to_string (status));
  return NULL;
}

static void
draw_film (cairo_t *cr, gdouble width, gdouble height, gconstpointer data)
{
  tool_picture_draw_to (data, cr, width, height);
}

GBytes *
tool_picture_draw (const ToolPicture *picture, const gchar *name,
    GError **error)
{
  Sheet sheet = {.draw = draw_film, .data = picture};

  tool_picture_measure (picture, &sheet.width, &sheet.height);
  return write_sheet (&sheet, name, error);
}

static void
draw_song (cairo_t *cr, gdouble width, gdouble height, gconstpointer data)
{
  tool_song_picture_draw_to (data, cr, width, height);
}

GBytes *
tool_song_picture_draw (const GstMontageBeatGrid *song, const gchar *name,
    GError **error)
{
  Sheet sheet = {.draw = draw_song, .data = song};

  tool_song_picture_measure (song, &sheet.width, &sheet.height);
  return write_sheet (&sheet, name, error);
}

static void
draw_shots (cairo_t *cr, gdouble width, gdouble height, gconstpointer data)
{
  tool_shot_picture_draw_to (data, cr, width, height);
}

GBytes *
tool_shot_picture_draw (const GstMontageShotList *clip, const gchar *name,
    GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) times = tool_shot_picture_times (clip);
  g_autoptr (GPtrArray) frames = NULL;
  ToolShotPicture picture = {.clip = clip};
  Sheet sheet = {.draw = draw_shots, .data = &picture};
  gboolean with_jpeg = has_extension (name, ".svg");
  gdouble height;

  tool_shot_picture_measure (clip, &sheet.width, &sheet.height, &height);
  height *= with_jpeg ? SVG_FRAME_SCALE : png_scale (sheet.height);
  frames = tool_frames_new (clip->uri, times, (guint) ceil (height), with_jpeg,
      cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  picture.frames = frames;
  return write_sheet (&sheet, name, error);
}
#else
GBytes *
tool_shot_picture_draw (const GstMontageShotList *clip, const gchar *name,
    GCancellable *cancellable, GError **error)
{
  tool_picture_check (name, error);
  return NULL;
}

GBytes *
tool_picture_draw (const ToolPicture *picture, const gchar *name,
    GError **error)
{
  tool_picture_check (name, error);
  return NULL;
}

GBytes *
tool_song_picture_draw (const GstMontageBeatGrid *song, const gchar *name,
    GError **error)
{
  tool_picture_check (name, error);
  return NULL;
}
#endif
