/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Where the camera has gone, as far as telling shake from intent takes. */
typedef struct _CameraPath CameraPath;

CameraPath *camera_path_new (void);
/* The picture moved by @dx, @dy widths. @broken: nothing is known of how it
 * moved since the one before. */
void camera_path_push (CameraPath *self, GstClockTime time, gdouble dx,
    gdouble dy, gboolean broken);
/* The next picture whose surroundings are known by now: its time, and the
 * square of how far it is from where a steady camera had it, in widths. FALSE
 * where more pictures are needed. */
gboolean
camera_path_pop (CameraPath *self, GstClockTime *time, gdouble *deviation);
void camera_path_free (CameraPath *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraPath, camera_path_free)

G_END_DECLS
