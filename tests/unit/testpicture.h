/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* A picture of three full planes of floats: a world that views are made of. */
typedef struct
{
  gint width;
  gint height;
  gfloat *planes[3]; /* Y, Cb, Cr, video range */
} World;

/* Where and how a camera looks at it. */
typedef struct
{
  gdouble x; /* of the middle, in widths of the view */
  gdouble y; /* in heights of the view */
  gdouble zoom;
  gdouble smear_x; /* the same units, while the shutter is open */
  gint blur;       /* radius of a box, three times */
  gdouble light;   /* times luma */
  gdouble contrast;
  gdouble color; /* times chroma */
} View;

#define VIEW_WIDTH 480
#define VIEW_HEIGHT 270
#define VIEW_PLAIN ((View){.zoom = 1, .light = 1, .contrast = 1, .color = 1})

World *world_new (gint width, gint height);
World *world_copy (const World *self);
/* Disks, bars and a fine texture; the same each time. */
World *world_draw (void);
/* A disk of another colour, its middle in widths and heights. */
void world_add_disk (World *self, gdouble x, gdouble y, gdouble radius,
    gdouble luma, gdouble cb, gdouble cr);
void world_blur (World *self, gint radius);
/* (nullable): the first @n pictures of a clip of $MONTAGE_SHARED, brought to
 * @width and 16:9; NULL, said on
 * stdout, where it is not there. */
GPtrArray *world_load (const gchar *name, gint width, guint n);
void world_free (World *self);

/* I420, VIEW_WIDTH x VIEW_HEIGHT */
GstBuffer *world_look (const World *self, const View *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

G_END_DECLS
