/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The objects of OpenTimelineIO that all our writers need, in the schemas that
 * its readers know from version 0.15 on
 * (opentimelineio.readthedocs.io, "File Format Specification"). */

/**
 * MontageOtio:
 * @rate: of the timeline, frames per second
 */
typedef struct
{
  JsonBuilder *json;
  gdouble rate;
} MontageOtio;

/* A timeline, begun; @fps_d is not 0. */
MontageOtio montage_otio_new (gint fps_n, gint fps_d);
/* Ends it and frees all; returns the text. */
gchar *montage_otio_finish (MontageOtio *self);

/* An object; @key is NULL in lists, @schema in metadata. */
void
montage_otio_begin (MontageOtio *self, const gchar *key, const gchar *schema);
void montage_otio_end (MontageOtio *self);
void montage_otio_begin_list (MontageOtio *self, const gchar *key);
void montage_otio_end_list (MontageOtio *self);

/* Metadata are in a namespace of our own. */
void montage_otio_begin_metadata (MontageOtio *self);
void montage_otio_end_metadata (MontageOtio *self);

/* @value: (nullable) */
void
montage_otio_string (MontageOtio *self, const gchar *key, const gchar *value);
void montage_otio_double (MontageOtio *self, const gchar *key, gdouble value);
void montage_otio_int (MontageOtio *self, const gchar *key, gint64 value);
void montage_otio_boolean (MontageOtio *self, const gchar *key, gboolean value);
void montage_otio_empty_list (MontageOtio *self, const gchar *key);
void montage_otio_empty_object (MontageOtio *self, const gchar *key);

/* Times are whole numbers of frames of @rate. */
void montage_otio_time (MontageOtio *self, const gchar *key, gint64 value,
    gdouble rate);
void montage_otio_range (MontageOtio *self, const gchar *key, gint64 start,
    gint64 duration, gdouble rate);
/* At the rate of the timeline; @color: "RED", … */
void montage_otio_marker (MontageOtio *self, const gchar *name,
    const gchar *color, gint64 start, gint64 duration);
/* A track, up to its children. @kind: "Video", "Audio" */
void montage_otio_begin_track (MontageOtio *self, const gchar *kind);
void montage_otio_end_track (MontageOtio *self);
void montage_otio_gap (MontageOtio *self, gint64 duration);
/* Between two clips, over so many frames before and behind the cut.
 * @type: "SMPTE_Dissolve", "Custom_Transition" */
void montage_otio_transition (MontageOtio *self, const gchar *name,
    const gchar *type, gint64 before, gint64 behind);
/* The list of effects of a clip that is played at @speed, begun. */
void montage_otio_begin_effects (MontageOtio *self, gdouble speed);
/* The file of a clip; @n_frames: 0: unknown. */
void montage_otio_media (MontageOtio *self, const gchar *name,
    const gchar *location, gint64 n_frames, gdouble rate);

G_END_DECLS
