/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planwindow.h"

/* Against a mean energy of 0..1. */
#define WEIGHT_RISE 0.6
#define BONUS_SECTION 0.10
#define BONUS_DOWNBEAT 0.08
#define BONUS_BEAT 0.03
#define BONUS_CLOSE 0.08
#define BONUS_DROP 0.15

#define FADE (2 * GST_SECOND)
#define FADE_AT_SONG_END (500 * GST_MSECOND)

/* How far @time is from the nearest downbeat; NONE where none is near. */
static GstClockTime
downbeat_distance (const GstMontageBeatGrid *music, GstClockTime time)
{
  GstClockTime nearest = GST_CLOCK_TIME_NONE;
  guint low = 0, high = music->beats->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (music->beats, GstMontageBeat, middle).time < time)
      low = middle + 1;
    else
      high = middle;
  }
  for (guint i = low > 0 ? low - 1 : 0; i <= low && i < music->beats->len;
       i++) {
    const GstMontageBeat *beat = &g_array_index (music->beats, GstMontageBeat,
        i);
    if (beat->position == 1)
      nearest = MIN (nearest,
          (GstClockTime) ABS (GST_CLOCK_DIFF (beat->time, time)));
  }

  return nearest;
}

static gdouble
sections_value (const GstMontageBeatGrid *music, GstClockTime start,
    GstClockTime duration)
{
  gdouble value = 0.0;

  for (guint i = 0; i < music->sections->len; i++) {
    const GstMontageSection *section = &g_array_index (music->sections,
        GstMontageSection, i);
    GstClockTime distance = ABS (GST_CLOCK_DIFF (section->start, start));
    if (distance < 100 * GST_MSECOND)
      value += BONUS_SECTION;
    if (section->label == GST_MONTAGE_SECTION_DROP
        && section->start > start + duration / 5
        && section->start < start + duration * 4 / 5)
      value = MAX (value, BONUS_DROP);
  }

  return value;
}

static gdouble
window_value (const GstMontageBeatGrid *music, const MontageEnergy *energy,
    GstClockTime start, GstClockTime duration)
{
  GstClockTime end = start + duration;
  gdouble mean = montage_energy_mean (energy, start, end);
  gdouble opening = montage_energy_mean (energy, start, start + duration / 4);
  gdouble height = montage_energy_mean (energy, start + duration / 2,
      start + duration * 9 / 10);

  return mean + WEIGHT_RISE * MAX (height - opening, 0.0)
      + sections_value (music, start, duration)
      + (downbeat_distance (music, end) < 50 * GST_MSECOND ? BONUS_CLOSE : 0.0);
}

typedef struct
{
  GstClockTime start;
  gdouble value;
} Window;

static void
offer (Window *best, GstClockTime start, gdouble value)
{
  if (value <= best->value + 1e-9)
    return;
  best->start = start;
  best->value = value;
}

GstClockTime
montage_window_choose (const GstMontageBeatGrid *music,
    const MontageEnergy *energy, GstClockTime duration)
{
  Window best = {0, 0.0};

  if (duration >= music->duration)
    return 0;

  best.value = window_value (music, energy, 0, duration);
  for (guint i = 0; i < music->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (music->beats, GstMontageBeat,
        i);

    if (beat->time + duration > music->duration)
      break;
    /* One that starts on another beat may end on a downbeat. */
    offer (&best, beat->time,
        window_value (music, energy, beat->time, duration)
            + (beat->position == 1 ? BONUS_DOWNBEAT : BONUS_BEAT));
  }
  if (music->beats->len > 0)
    return best.start;
  for (GstClockTime start = GST_SECOND; start + duration <= music->duration;
       start += GST_SECOND)
    offer (&best, start, window_value (music, energy, start, duration));

  return best.start;
}

GstClockTime
montage_window_fade (const MontageFilmGrid *film, const MontagePace *pace)
{
  GstClockTime duration = gst_montage_output_frame_time (&film->output,
      film->n_frames);
  GstClockTime end = film->music_start + duration;
  gdouble bar = pace->phrases.beat_sec * pace->phrases.bar;
  GstClockTime fade = FADE;

  if (end + film->output.fps_d * GST_SECOND / film->output.fps_n
      >= film->music->duration)
    fade = FADE_AT_SONG_END;
  else if (pace->phrases.has_beats && bar >= 1.0 && bar <= 3.0)
    fade = (GstClockTime) (bar * GST_SECOND);

  return MIN (fade, duration / 4);
}
