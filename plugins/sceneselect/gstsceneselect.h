/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/gstvideofilter.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#define GST_TYPE_SCENE_SELECT (gst_scene_select_get_type ())
G_DECLARE_FINAL_TYPE (GstSceneSelect, gst_scene_select, GST, SCENE_SELECT,
    GstVideoFilter)

GST_ELEMENT_REGISTER_DECLARE (sceneselect);

G_END_DECLS
