/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planfilm.h"

gint64
montage_film_frame_at (const MontageFilmGrid *film, GstClockTime time)
{
  if (time >= film->music_start)
    return (gint64) gst_montage_output_frame_at (&film->output,
        time - film->music_start);
  return -(gint64) gst_montage_output_frame_at (&film->output,
      film->music_start - time);
}

GstClockTime
montage_film_song_time (const MontageFilmGrid *film, guint64 frame)
{
  return film->music_start
      + gst_montage_output_frame_time (&film->output, frame);
}

void
montage_film_limits (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 *shortest, guint64 *longest)
{
  gdouble fps = (gdouble) film->output.fps_n / film->output.fps_d;

  *shortest = (guint64) MAX (floor (pace->min_sec * fps + 1e-6), 1.0);
  *longest = (guint64) MAX (ceil (pace->max_sec * fps - 1e-6), *shortest);
}
