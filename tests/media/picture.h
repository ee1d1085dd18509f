/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Drawn landscapes that differ from shot to shot in colour, brightness, shape
 * and motion, so that an analysis has something to tell apart. */

typedef enum
{
  MONTAGE_LOOK_AUTO,   /* one of the next four, by clip and shot */
  MONTAGE_LOOK_PAN,    /* the camera moves sideways */
  MONTAGE_LOOK_ZOOM,   /* the camera moves forwards */
  MONTAGE_LOOK_STATIC, /* a tripod */
  MONTAGE_LOOK_BUSY,   /* much moves in the picture */
  MONTAGE_LOOK_FLASH   /* black; white where a flash is asked for */
} MontageLook;

/* Shot @shot of clip @id, @seconds after the shot's start, into 0xffRRGGBB. */
void montage_picture_draw (guint32 *pixels, guint width, guint height, guint id,
    guint shot, gdouble seconds, MontageLook look);

/* @to over @from, with the share @amount (0..1) of @to. */
void montage_picture_blend (guint32 *from, const guint32 *to, gsize n_pixels,
    gdouble amount);

/* A share of 1 that depends on its arguments only. */
gdouble montage_picture_chance (guint seed, guint number);

G_END_DECLS
