/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>
#include <gst/montage/field.h>

G_BEGIN_DECLS

/* Of GstMontageBeat and GstMontageSection; a plan holds them, too. */
extern const GstMontageFieldTable gst_montage_beat_table;
extern const GstMontageFieldTable gst_montage_section_table;
extern const GstMontageDocument gst_montage_beats_document;

/* Times rise, parts do not overlap. @path names the list in messages. */
gboolean gst_montage_beats_check (const GArray *beats, const gchar *path,
    GError **error);
gboolean gst_montage_sections_check (const GArray *sections, const gchar *path,
    GError **error);

G_END_DECLS
