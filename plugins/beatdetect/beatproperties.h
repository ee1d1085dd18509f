/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "beatsettings.h"

/**
 * BeatProperties:
 *
 * The properties of the element, as the user sees them.
 */
typedef struct
{
  gdouble tempo;
  gdouble tempo_min;
  gdouble tempo_max;
  guint beats_per_bar;
  gint64 first_downbeat; /* ns of stream time, -1 is unknown */
  gint64 offset;         /* ns */
  guint64 lookahead;     /* ns */
  gboolean message;
  gboolean whole_song;
} BeatProperties;

void beat_properties_init (BeatProperties *self);
void beat_properties_install (GObjectClass *klass);
/* FALSE where there is no property @id. */
gboolean
beat_properties_set (BeatProperties *self, guint id, const GValue *value);
gboolean
beat_properties_get (const BeatProperties *self, guint id, GValue *value);
/* What the analyzer is told, whose time 0 is the stream time @origin. */
BeatSettings
beat_properties_settings (const BeatProperties *self, GstClockTime origin);
