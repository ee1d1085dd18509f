/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Media files in and out, through GStreamer's own elements. */

typedef struct
{
  const gchar *codec; /* h264, h265, vp8, vp9, mjpeg, mpeg4; NULL: by name */
  guint width;        /* as shown, i.e. after rotation */
  guint height;
  gint fps_n;
  gint fps_d;
  guint n_frames;
  guint gop; /* frames between key frames at most */
  guint bframes;
  guint bits;           /* 8, or 10 with h264 and h265 */
  guint rotation;       /* degrees clockwise that a player has to turn it */
  guint kbps;           /* h264: mean rate; 0: a good quality at any rate */
  gboolean no_scenecut; /* h264: key frames by distance alone */
  gboolean sound;       /* a quiet tone, for clips with sound of their own */
} MontageVideoOptions;

/* Draws frame @number; FALSE leaves it out. */
typedef gboolean (
    *MontageDrawFunc) (guint32 *pixels, guint number, gpointer data);

gboolean
montage_write_video (const gchar *path, const MontageVideoOptions *options,
    MontageDrawFunc draw, gpointer data, GError **error);

/* @samples: interleaved float. The name's ending chooses the format: wav,
 * flac, ogg, opus, mp3, m4a. */
gboolean montage_write_audio (const gchar *path, const gfloat *samples,
    gsize n_frames, guint rate, guint channels, GError **error);

typedef struct
{
  GstClockTime time; /* stream time */
  const guint8 *luma;
  gsize stride;
  guint width;
  guint height;
} MontagePicture;

typedef void (
    *MontagePictureFunc) (const MontagePicture *picture, gpointer data);

/* Every picture of a file, turned upright. */
gboolean montage_read_video (const gchar *path, MontagePictureFunc func,
    gpointer data, GError **error);

/* All sound of a file as one channel of @rate: an array of gfloat. @start is
 * the stream time of the first. */
GArray *montage_read_audio (const gchar *path, guint rate, gdouble *start,
    GError **error);

G_END_DECLS
