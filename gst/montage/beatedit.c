/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/beatcount.h>
#include <gst/montage/beatedit.h>
#include <gst/montage/error.h>

/* A longer interval than its neighbours by this factor is a pause. */
#define PAUSE_FACTOR 1.5

static GstMontageBeat *
beat_at (const GstMontageBeatGrid *self, guint index)
{
  return &g_array_index (self->beats, GstMontageBeat, index);
}

/* The reading that was and the one that is now, the other way round. */
static void
scale_tempo (GstMontageBeatGrid *self, gdouble factor)
{
  self->alternative_tempo = self->tempo;
  self->tempo = MIN (self->tempo * factor, 1000.0);
  for (guint i = 0; i < self->beats->len; i++)
    beat_at (self, i)->tempo = MIN (beat_at (self, i)->tempo * factor, 1000.0);
  self->confidence = self->beats->len > 0 ? 1 : 0; /* somebody has listened */
}

static gint
first_downbeat (const GstMontageBeatGrid *self)
{
  for (guint i = 0; i < self->beats->len; i++)
    if (beat_at (self, i)->position == 1)
      return (gint) i;
  return -1;
}

/* Which beats stay: every second one, and with bars of even length all
 * downbeats, also where an irregular bar comes between. */
static void
choose_every_second (const GstMontageBeatGrid *self, gboolean *stays)
{
  gboolean even = self->beats_per_bar > 0 && self->beats_per_bar % 2 == 0;
  guint origin = (guint) MAX (first_downbeat (self), 0) % 2;

  for (guint i = 0; i < self->beats->len; i++) {
    if (even && beat_at (self, i)->position == 1) {
      origin = i;
      if (i > 0)
        stays[i - 1] = FALSE;
    }
    stays[i] = i % 2 == origin % 2;
  }
}

void
gst_montage_beat_grid_halve (GstMontageBeatGrid *self)
{
  g_autofree gboolean *stays = g_new (gboolean, self->beats->len + 1);
  guint n = 0;

  choose_every_second (self, stays);
  for (guint i = 0; i < self->beats->len; i++) {
    if (!stays[i])
      continue;
    *beat_at (self, n) = *beat_at (self, i);
    if (beat_at (self, n)->position != 1)
      beat_at (self, n)->position = 0;
    n++;
  }
  g_array_set_size (self->beats, n);
  if (self->beats_per_bar % 2 == 0)
    self->beats_per_bar /= 2;
  self->beats_per_bar = gst_montage_beats_count (self->beats,
      self->beats_per_bar);
  self->subdivisions = 2;
  scale_tempo (self, 0.5);
}

static gboolean
is_pause (const GstMontageBeatGrid *self, guint index)
{
  GstClockTime here = beat_at (self, index + 1)->time
      - beat_at (self, index)->time;
  GstClockTime usual = GST_CLOCK_TIME_NONE;

  if (index > 0)
    usual = beat_at (self, index)->time - beat_at (self, index - 1)->time;
  if (index + 2 < self->beats->len)
    usual = MIN (usual,
        beat_at (self, index + 2)->time - beat_at (self, index + 1)->time);
  return GST_CLOCK_TIME_IS_VALID (usual)
      && here > (GstClockTime) (PAUSE_FACTOR * usual);
}

static GstMontageBeat
middle_beat (const GstMontageBeatGrid *self, guint index)
{
  const GstMontageBeat *a = beat_at (self, index);
  const GstMontageBeat *b = a + 1;
  GstMontageBeat beat = {.time = a->time + (b->time - a->time) / 2,
      .position = a->position > 0 ? a->position + 1 : 0,
      .energy = (a->energy + b->energy) / 2,
      .tempo = (a->tempo + b->tempo) / 2};

  beat.strength = gst_montage_beat_grid_onset_at (self, beat.time);
  if (beat.strength < 0)
    beat.strength = (a->strength + b->strength) / 2;
  return beat;
}

void
gst_montage_beat_grid_double (GstMontageBeatGrid *self)
{
  g_autoptr (GArray)
      doubled = g_array_new (FALSE, FALSE, sizeof (GstMontageBeat));

  for (guint i = 0; i < self->beats->len; i++) {
    GstMontageBeat *beat = beat_at (self, i);

    /* 1 2 3 4 become 1 3 5 7. */
    beat->position = beat->position <= GST_MONTAGE_BAR_MAX / 2
            && beat->position > 0
        ? 2 * beat->position - 1
        : 0;
    g_array_append_val (doubled, *beat);
    if (i + 1 < self->beats->len && !is_pause (self, i)
        && beat_at (self, i + 1)->time > beat->time + 1) {
      GstMontageBeat middle = middle_beat (self, i);

      g_array_append_val (doubled, middle);
    }
  }
  g_array_set_size (self->beats, 0);
  g_array_append_vals (self->beats, doubled->data, doubled->len);
  self->beats_per_bar = self->beats_per_bar <= GST_MONTAGE_BAR_MAX / 2
      ? 2 * self->beats_per_bar
      : 0;
  self->subdivisions = 0;
  scale_tempo (self, 2.0);
}

/* @time later by @by, within the song. */
static GstClockTime
moved (GstClockTime time, GstClockTimeDiff by, GstClockTime duration)
{
  if (by < 0)
    return time > (GstClockTime) -by ? time + by : 0;
  return MIN (time + by, duration);
}

/* The first part goes on to begin with the song, the last to end with it. */
static void
shift_sections (GstMontageBeatGrid *self, GstClockTimeDiff by)
{
  GstClockTime before = 0;
  guint n = 0;

  for (guint i = 0; i < self->sections->len; i++) {
    GstMontageSection section = g_array_index (self->sections,
        GstMontageSection, i);

    if (section.start > 0)
      section.start = moved (section.start, by, self->duration);
    if (section.end < self->duration)
      section.end = moved (section.end, by, self->duration);
    section.start = MAX (section.start, before);
    if (section.end <= section.start)
      continue;
    before = section.end;
    g_array_index (self->sections, GstMontageSection, n++) = section;
  }
  g_array_set_size (self->sections, n);
}

void
gst_montage_beat_grid_shift (GstMontageBeatGrid *self, GstClockTimeDiff by)
{
  guint n = 0;

  for (guint i = 0; i < self->beats->len; i++) {
    GstMontageBeat beat = *beat_at (self, i);

    if (by < 0 ? beat.time < (GstClockTime) -by
               : beat.time + by >= self->duration)
      continue;
    beat.time += by;
    *beat_at (self, n++) = beat;
  }
  g_array_set_size (self->beats, n);
  shift_sections (self, by);
}

static gboolean
check_bars (const GstMontageBeatGrid *self, GError **error)
{
  if (self->beats_per_bar > 0 && first_downbeat (self) >= 0)
    return TRUE;
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      self->beats->len == 0
          ? "There are no beats, and so no bars that could be moved."
          : "Where the bars are is not known; say first how many beats a bar "
            "has.");
  return FALSE;
}

/* @time as many beats later as the bars are. */
static GstClockTime
later_beat (const GstMontageBeatGrid *self, GstClockTime time, gint n_beats)
{
  gint index = (gint) gst_montage_beats_nearest (self->beats, time) + n_beats;

  return beat_at (self, (guint) CLAMP (index, 0, (gint) self->beats->len - 1))
      ->time;
}

/* Parts begin with bars. */
static void
move_sections_by_beats (GstMontageBeatGrid *self, gint n_beats)
{
  for (guint i = 1; i < self->sections->len; i++) {
    GstMontageSection *before = &g_array_index (self->sections,
        GstMontageSection, i - 1);
    GstMontageSection *section = before + 1;
    GstClockTime border = later_beat (self, section->start, n_beats);

    if (before->end != section->start || border <= before->start
        || border >= section->end)
      continue;
    before->end = section->start = border;
  }
  gst_montage_beat_grid_measure_sections (self);
}

gboolean
gst_montage_beat_grid_shift_bars (GstMontageBeatGrid *self, gint n_beats,
    GError **error)
{
  gint n = (gint) self->beats->len;
  gint bar = (gint) self->beats_per_bar;
  g_autofree guint *old = g_new (guint, n + 1);

  if (!check_bars (self, error))
    return FALSE;
  /* The shorter way round the bar: three later in four is one earlier. */
  n_beats %= bar;
  if (n_beats > bar / 2)
    n_beats -= bar;
  else if (n_beats < -(bar / 2))
    n_beats += bar;
  for (gint i = 0; i < n; i++)
    old[i] = beat_at (self, i)->position;
  for (gint i = 0; i < n; i++) {
    gint from = i - n_beats;

    beat_at (self, i)->position = from >= 0 && from < n ? old[from] : 0;
  }
  gst_montage_beats_count (self->beats, self->beats_per_bar);
  move_sections_by_beats (self, n_beats);
  return TRUE;
}

void
gst_montage_beat_grid_set_bars (GstMontageBeatGrid *self, guint beats_per_bar)
{
  guint first = (guint) MAX (first_downbeat (self), 0);

  g_return_if_fail (beats_per_bar > 0 && beats_per_bar <= GST_MONTAGE_BAR_MAX);

  self->beats_per_bar = self->beats->len > 0 ? beats_per_bar : 0;
  for (guint i = 0; i < self->beats->len; i++)
    beat_at (self, i)->position = (i + beats_per_bar - first % beats_per_bar)
            % beats_per_bar
        + 1;
}

gboolean
gst_montage_beat_grid_set_downbeat (GstMontageBeatGrid *self, GstClockTime time,
    GError **error)
{
  guint position;

  if (!check_bars (self, error))
    return FALSE;
  position =
      beat_at (self, gst_montage_beats_nearest (self->beats, time))->position;
  return gst_montage_beat_grid_shift_bars (self, (gint) MAX (position, 1) - 1,
      error);
}
