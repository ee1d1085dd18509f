/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>
#include <gst/montage/scene.h>

G_BEGIN_DECLS

extern const GstMontageFieldTable gst_montage_scene_table;

/* Whether @word, folded, means @tag. */
gboolean gst_montage_scene_tag_means (const gchar *tag, const gchar *word);

G_END_DECLS
