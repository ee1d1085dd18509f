/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * MontageBeatSettings:
 *
 * What the user says about a song: the properties of beatdetect of the same
 * names; but for the last one 0 where nothing is said.
 */
typedef struct
{
  gdouble tempo;     /* BPM */
  gdouble tempo_min; /* BPM */
  gdouble tempo_max; /* BPM */
  guint beats_per_bar;
  GstClockTime first_downbeat; /* NONE where nothing is said */
} MontageBeatSettings;

#define MONTAGE_BEAT_SETTINGS_INIT                                             \
  {                                                                            \
    .first_downbeat = GST_CLOCK_TIME_NONE                                      \
  }

/* The same text for the same settings only; NULL where nothing is said. */
gchar *montage_beat_settings_text (const MontageBeatSettings *self);
/* To the properties of @element, a beatdetect. */
void montage_beat_settings_apply (const MontageBeatSettings *self,
    GstElement *element);

G_END_DECLS
