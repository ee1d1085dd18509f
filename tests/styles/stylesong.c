/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stylesong.h"

#define BPM 118
#define BEATS_PER_BAR 4
#define LEAD_IN (120 * GST_MSECOND)
#define STEP (50 * GST_MSECOND)

typedef struct
{
  GstMontageSectionLabel label;
  guint n_bars;
  gdouble from; /* energy of its first and of its last bar */
  gdouble to;
} Part;

static const Part parts[] = {
    {GST_MONTAGE_SECTION_INTRO, 8, 0.42, 0.46},
    {GST_MONTAGE_SECTION_VERSE, 12, 0.46, 0.52},
    {GST_MONTAGE_SECTION_BUILD, 8, 0.45, 0.80},
    {GST_MONTAGE_SECTION_DROP, 12, 0.95, 0.90},
    {GST_MONTAGE_SECTION_VERSE, 8, 0.50, 0.45},
    {GST_MONTAGE_SECTION_BREAK, 8, 0.28, 0.20},
    {GST_MONTAGE_SECTION_CHORUS, 12, 0.80, 0.88},
    {GST_MONTAGE_SECTION_OUTRO, 8, 0.30, 0.10},
};

/* What a bar of a phrase of four adds; the last of eight is a fill. */
static const gdouble bars[] = {0.0, -0.04, 0.03, -0.06};
#define FILL (-0.12)
static const gdouble accents[BEATS_PER_BAR] = {0.02, -0.02, 0.01, -0.01};
static const gdouble strengths[BEATS_PER_BAR] = {0.95, 0.45, 0.75, 0.5};

static GstClockTime
beat_time (guint beat)
{
  return LEAD_IN + gst_util_uint64_scale (beat, 60 * GST_SECOND, BPM);
}

static gdouble
bar_energy (const Part *part, guint bar)
{
  gdouble energy = part->from
      + (part->to - part->from) * bar / (part->n_bars - 1);

  return energy + (bar % 8 == 7 ? FILL : bars[bar % G_N_ELEMENTS (bars)]);
}

static void
add_bar (GstMontageBeatGrid *song, gdouble energy)
{
  for (guint i = 0; i < BEATS_PER_BAR; i++) {
    GstMontageBeat beat = {.time = beat_time (song->beats->len),
        .position = i + 1,
        .energy = CLAMP (energy + accents[i], 0.0, 1.0),
        .strength = strengths[i],
        .tempo = BPM};
    g_array_append_val (song->beats, beat);
  }
}

static void
add_part (GstMontageBeatGrid *song, const Part *part)
{
  GstMontageSection section = {.start = song->duration, .label = part->label};

  for (guint i = 0; i < part->n_bars; i++) {
    gdouble energy = bar_energy (part, i);
    add_bar (song, energy);
    section.energy += energy / part->n_bars;
  }
  song->duration = section.end = beat_time (song->beats->len);
  g_array_append_val (song->sections, section);
}

static void
add_envelope (GstMontageBeatGrid *song)
{
  song->envelope_interval = STEP;
  for (GstClockTime time = 0; time < song->duration; time += STEP) {
    gdouble value = gst_montage_beat_grid_energy_at (song, time);
    g_array_append_val (song->envelope, value);
  }
}

GstMontageBeatGrid *
style_song_new (void)
{
  GstMontageBeatGrid *song = gst_montage_beat_grid_new ();

  song->uri = g_strdup ("file:///song.ogg");
  song->tempo = BPM;
  song->confidence = 1.0;
  song->beats_per_bar = BEATS_PER_BAR;
  song->subdivisions = 2;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (song, &parts[i]);
  add_envelope (song);

  return song;
}
