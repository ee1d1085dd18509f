/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "plancutpoints.h"

/* A pause in speech; onsets that are heard at all. */
#define PAUSE (300 * GST_MSECOND)
#define LEAST_STRENGTH 0.1

static void
add_point (GArray *points, const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame, GstClockTime time, gdouble strength)
{
  gint64 frame = montage_film_frame_at (film, time);
  MontageCutPoint point = {.time = time, .strength = strength};

  if (frame <= (gint64) first_frame || frame >= (gint64) film->n_frames)
    return;
  if (points->len > 0
      && g_array_index (points, MontageCutPoint, points->len - 1).frame
          >= (guint64) frame)
    return;

  point.frame = frame;
  point.unit = montage_phrases_unit (&pace->phrases,
      montage_phrases_count (&pace->phrases, time));
  g_array_append_val (points, point);
}

/* Fills (from, to) with points about @sec apart. */
static void
add_fillers (GArray *points, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, GstClockTime from,
    GstClockTime to, gdouble sec)
{
  guint64 n;

  if (to <= from)
    return;
  n = (guint64) floor ((to - from) / (sec * GST_SECOND) + 0.5);
  for (guint64 i = 1; i < n; i++)
    add_point (points, film, pace, first_frame,
        from + gst_util_uint64_scale (to - from, i, n), 0);
}

/* Counted beats, and @parts per counted beat where the grid is too slow, has a
 * hole or the shots must be shorter than beats. */
static void
add_beats (GArray *points, const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame, guint parts)
{
  const GArray *beats = film->music->beats;
  const MontagePhrases *phrases = &pace->phrases;
  GstClockTime last = montage_film_song_time (film, first_frame);
  GstClockTime end = montage_film_song_time (film, film->n_frames);
  gdouble sec = phrases->beat_sec / parts;
  /* The beats of a fast waltz do not come in pairs. */
  gboolean all = parts > 1 || phrases->bar == 1.5;

  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    if (beat->time <= last
        || (!all && !montage_phrases_is_counted (phrases, i)))
      continue;
    if (beat->time >= end)
      break;
    add_fillers (points, film, pace, first_frame, last, beat->time, sec);
    add_point (points, film, pace, first_frame, beat->time, beat->strength);
    last = beat->time;
  }
  add_fillers (points, film, pace, first_frame, last, end, sec);
}

/* The mean of the loudness over [from, to). */
static gdouble
loudness (const GstMontageBeatGrid *music, GstClockTime from, GstClockTime to)
{
  guint64 first = from / music->envelope_interval;
  guint64 end = MIN (to / music->envelope_interval + 1, music->envelope->len);
  gdouble sum = 0;

  for (guint64 i = first; i < end; i++)
    sum += g_array_index (music->envelope, gdouble, i);
  return end > first ? sum / (end - first) : 0;
}

/* How much an onset is a start: a sentence after a pause, a chord after silence
 * more than one sound among others. */
static gdouble
start_strength (const GstMontageBeatGrid *music, guint64 onset)
{
  gdouble strength = g_array_index (music->onsets, gdouble, onset);
  GstClockTime time = onset * music->onset_interval;
  gdouble before, after;

  if (music->envelope_interval == 0)
    return CLAMP (strength, 0, 1);
  before = loudness (music, time - MIN (time, PAUSE), time);
  after = loudness (music, time, time + PAUSE);
  return CLAMP (strength, 0, 1)
      * (0.4 + 0.6 * CLAMP (1 - before / MAX (after, 0.01), 0.0, 1.0));
}

/* The strongest start of a sound around @time; @time where there is none. */
static GstClockTime
find_sound (const GstMontageBeatGrid *music, GstClockTime time,
    GstClockTime reach, gdouble *strength)
{
  GstClockTime step = music->onset_interval, best = time;
  guint64 last;

  *strength = 0;
  if (step == 0 || music->onsets->len == 0)
    return time;
  last = MIN ((time + reach) / step, music->onsets->len - 1);
  for (guint64 i = (time - MIN (time, reach)) / step + 1; i <= last; i++) {
    gdouble value = start_strength (music, i);
    if (value < LEAST_STRENGTH || value <= *strength)
      continue;
    *strength = value;
    best = i * step;
  }

  return best;
}

/* Without beats the points are regular, so that the cuts are, but where a sound
 * starts nearby. */
static void
add_sounds (GArray *points, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, guint parts)
{
  GstClockTime step = (GstClockTime) (pace->phrases.beat_sec / parts
      * GST_SECOND);
  GstClockTime start = montage_film_song_time (film, first_frame);
  GstClockTime end = montage_film_song_time (film, film->n_frames);

  for (GstClockTime time = start + step; time < end; time += step) {
    gdouble strength;
    GstClockTime sound = find_sound (film->music, time, step * 2 / 5,
        &strength);
    add_point (points, film, pace, first_frame, sound, strength);
  }
}

/* Marks the place nearest to each start of a section. */
static void
mark_sections (GArray *points, const MontageFilmGrid *film,
    const MontagePace *pace)
{
  const GArray *sections = film->music->sections;
  guint at = 0, passed = 0;

  for (guint s = 0; s < sections->len; s++) {
    GstClockTime start = g_array_index (sections, GstMontageSection, s).start;
    MontageCutPoint *point;

    while (at + 1 < points->len
        && ABS (GST_CLOCK_DIFF (g_array_index (points, MontageCutPoint, at + 1)
                                    .time,
               start))
            < ABS (GST_CLOCK_DIFF (g_array_index (points, MontageCutPoint, at)
                                       .time,
                start)))
      at++;
    point = &g_array_index (points, MontageCutPoint, at);
    if (at > 0 && at + 1 < points->len
        && ABS (GST_CLOCK_DIFF (point->time, start))
            < 0.75 * pace->phrases.beat_sec * GST_SECOND)
      point->section_start = TRUE;
  }
  for (guint i = 0; i < points->len; i++) {
    MontageCutPoint *point = &g_array_index (points, MontageCutPoint, i);
    passed += point->section_start;
    point->n_sections = passed;
  }
}

static gint
compare_frames (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

GArray *
montage_cut_points_forced (const MontageFilmGrid *film, guint64 first_frame)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; film->limits != NULL && i < film->limits->len; i++) {
    const MontageSlotLimit *limit = &g_array_index (film->limits,
        MontageSlotLimit, i);
    guint64 end = limit->frame + limit->longest;

    if (!limit->starts || limit->frame < first_frame)
      continue;
    if (limit->frame > first_frame && limit->frame < film->n_frames)
      g_array_append_val (frames, limit->frame);
    if (limit->longest > 0 && limit->longest == limit->shortest
        && end < film->n_frames)
      g_array_append_val (frames, end);
  }
  g_array_sort (frames, compare_frames);

  return frames;
}

static void
insert_forced (GArray *points, const MontageFilmGrid *film, guint64 first_frame)
{
  g_autoptr (GArray) frames = montage_cut_points_forced (film, first_frame);
  guint at = 0;

  for (guint i = 0; i < frames->len; i++) {
    MontageCutPoint point = {.frame = g_array_index (frames, guint64, i)};

    while (g_array_index (points, MontageCutPoint, at).frame < point.frame)
      at++;
    point.time = montage_film_song_time (film, point.frame);
    if (g_array_index (points, MontageCutPoint, at).frame > point.frame)
      g_array_insert_val (points, at, point);
    g_array_index (points, MontageCutPoint, at).forced = TRUE;
  }
}

static void
add_points (GArray *points, const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, guint parts)
{
  if (pace->phrases.has_beats)
    add_beats (points, film, pace, first_frame, parts);
  else
    add_sounds (points, film, pace, first_frame, parts);
}

/* Of a settled cut the frame is known, not the beat that it is on: half a frame
 * decides which part of a pattern begins there. */
static GstClockTime
first_time (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame, guint parts)
{
  g_autoptr (GArray)
      points = g_array_new (FALSE, TRUE, sizeof (MontageCutPoint));

  if (first_frame > 0)
    add_points (points, film, pace, first_frame - 1, parts);
  if (points->len > 0
      && g_array_index (points, MontageCutPoint, 0).frame == first_frame)
    return g_array_index (points, MontageCutPoint, 0).time;
  return montage_film_song_time (film, first_frame);
}

GArray *
montage_cut_points_new (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame, guint parts)
{
  GArray *points = g_array_new (FALSE, TRUE, sizeof (MontageCutPoint));
  MontageCutPoint first = {.time = first_time (film, pace, first_frame, parts),
      .frame = first_frame,
      .unit = montage_phrases_length (&pace->phrases)};
  MontageCutPoint last = {.time = montage_film_song_time (film, film->n_frames),
      .frame = film->n_frames};

  g_array_append_val (points, first);
  add_points (points, film, pace, first_frame, parts);
  g_array_append_val (points, last);
  insert_forced (points, film, first_frame);
  mark_sections (points, film, pace);

  return points;
}
