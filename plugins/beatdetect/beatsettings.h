/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * BeatSettings:
 * @tempo_min: lowest tempo that is searched for, BPM
 * @tempo_max: highest, BPM
 * @tempo: what the user says it is, BPM; 0 to find out
 * @beats_per_bar: what the user says; 0 to find out
 * @first_downbeat: time of any downbeat that the user knows, s; negative to
 *     find out
 * @offset: s that all beats are moved by
 * @lookahead: s that a live beat may be told later for the sake of accuracy
 * @live_only: keep nothing for a grid of the whole
 */
typedef struct
{
  gdouble tempo_min;
  gdouble tempo_max;
  gdouble tempo;
  guint beats_per_bar;
  gdouble first_downbeat;
  gdouble offset;
  gdouble lookahead;
  gboolean live_only;
} BeatSettings;

#define BEAT_SETTINGS_INIT                                                     \
  {                                                                            \
    .tempo_min = 40.0, .tempo_max = 215.0, .first_downbeat = -1.0              \
  }
