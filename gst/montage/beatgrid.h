/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/enums.h>

G_BEGIN_DECLS

/**
 * GstMontageBeat:
 * @time: ns from the start of the song
 * @position: position in the bar, 1 is the downbeat, 0 is unknown
 * @energy: 0..1 relative to this song
 * @strength: onset strength at the beat, 0..1 relative to this song
 * @tempo: BPM around the beat, 0 is unknown
 */
typedef struct
{
  GstClockTime time;
  guint position;
  gdouble energy;
  gdouble strength;
  gdouble tempo;
} GstMontageBeat;

/**
 * GstMontageSection:
 *
 * A part of the song, [start, end) in ns; the parts cover the song.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime end;
  GstMontageSectionLabel label;
  gdouble energy; /* 0..1, the mean over its beats */
} GstMontageSection;

/**
 * GstMontageBeatGrid:
 *
 * What beatdetect hears in a song (document "gst-montage/beats").
 */
typedef struct _GstMontageBeatGrid GstMontageBeatGrid;
struct _GstMontageBeatGrid
{
  gchar *uri;                /* nullable; the song */
  GstClockTime duration;     /* ns of decoded sound */
  gdouble tempo;             /* BPM, 0 where there is no beat */
  gdouble alternative_tempo; /* BPM of the second-best reading, 0 if none */
  gdouble confidence;        /* 0..1; 0 where there is no beat */
  guint beats_per_bar;       /* the most frequent, 0 is unknown */
  guint subdivisions; /* equal parts of a beat: 2, 3 (6/8), 0 is unknown */
  gchar *note;        /* nullable; a sentence, such as why there is no beat */
  GArray *beats;      /* of GstMontageBeat, times rising */
  GArray *sections;   /* of GstMontageSection */
  GstClockTime envelope_interval; /* ns between two values of @envelope */
  GArray *envelope; /* of gdouble, RMS loudness 0..1 from time 0 on */
  GstClockTime onset_interval; /* ns between two values of @onsets */
  GArray *onsets; /* of gdouble, onset strength 0..1 from time 0 on */
};

#define GST_TYPE_MONTAGE_BEAT_GRID (gst_montage_beat_grid_get_type ())
GST_MONTAGE_API GType gst_montage_beat_grid_get_type (void);

GST_MONTAGE_API GstMontageBeatGrid *gst_montage_beat_grid_new (void);
GST_MONTAGE_API GstMontageBeatGrid *
gst_montage_beat_grid_copy (const GstMontageBeatGrid *self);
GST_MONTAGE_API void gst_montage_beat_grid_free (GstMontageBeatGrid *self);
GST_MONTAGE_API GstMontageBeatGrid *
gst_montage_beat_grid_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error);
GST_MONTAGE_API gchar *
gst_montage_beat_grid_to_json (const GstMontageBeatGrid *self);

/* "seconds position" lines, for scorers and label editors. */
GST_MONTAGE_API gchar *
gst_montage_beat_grid_to_text (const GstMontageBeatGrid *self);
/* Energy 0..1 at @time: between beats by line, outside them and without beats
 * from the envelope, 0.5 where nothing is known. */
GST_MONTAGE_API gdouble
gst_montage_beat_grid_energy_at (const GstMontageBeatGrid *self,
    GstClockTime time);
/* Index of the section that holds @time, or -1. */
GST_MONTAGE_API gint
gst_montage_beat_grid_section_at (const GstMontageBeatGrid *self,
    GstClockTime time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageBeatGrid, gst_montage_beat_grid_free)

G_END_DECLS
