/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/beatgrid-private.h>
#include <gst/montage/error.h>

static const GstMontageField beat_fields[] = {
    GST_MONTAGE_FIELD (GstMontageBeat, time, "time", UINT64,
        .description = "ns from the start of the song."),
    GST_MONTAGE_FIELD (GstMontageBeat, position, "position", UINT, .minimum = 0,
        .maximum = 64,
        .description = "Position in the bar, 1 is the downbeat, 0 is unknown."),
    GST_MONTAGE_FIELD (GstMontageBeat, energy, "energy", DOUBLE, .minimum = 0,
        .maximum = 1, .description = "Energy relative to this song."),
    GST_MONTAGE_FIELD (GstMontageBeat, strength, "strength", DOUBLE,
        .minimum = 0, .maximum = 1,
        .description = "Onset strength relative to this song."),
    GST_MONTAGE_FIELD (GstMontageBeat, tempo, "tempo", DOUBLE,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0, .maximum = 1000,
        .description = "BPM around the beat; 0 is unknown."),
};
const GstMontageFieldTable gst_montage_beat_table =
    GST_MONTAGE_FIELD_TABLE ("beat", GstMontageBeat, beat_fields);

static const GstMontageField section_fields[] = {
    GST_MONTAGE_FIELD (GstMontageSection, start, "start", UINT64,
        .description = "ns from the start of the song."),
    GST_MONTAGE_FIELD (GstMontageSection, end, "end", UINT64,
        .description = "ns from the start of the song; not part of it."),
    GST_MONTAGE_FIELD (GstMontageSection, label, "label", ENUM,
        .enum_type = gst_montage_section_label_get_type,
        .description = "What it is."),
    GST_MONTAGE_FIELD (GstMontageSection, energy, "energy", DOUBLE,
        .minimum = 0, .maximum = 1, .description = "Mean energy of its beats."),
};
const GstMontageFieldTable gst_montage_section_table =
    GST_MONTAGE_FIELD_TABLE ("section", GstMontageSection, section_fields);

static const GstMontageField grid_fields[] = {
    GST_MONTAGE_FIELD (GstMontageBeatGrid, uri, "uri", STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE | GST_MONTAGE_FIELD_OPTIONAL,
        .description = "The song."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, duration, "duration", UINT64,
        .description = "ns of decoded sound."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, tempo, "tempo", DOUBLE, .minimum = 0,
        .maximum = 1000, .description = "BPM; 0 where there is no beat."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, alternative_tempo,
        "alternative_tempo", DOUBLE, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .minimum = 0, .maximum = 1000,
        .description = "BPM of the second-best reading; 0 if there is none."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, confidence, "confidence", DOUBLE,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0, .maximum = 1,
        .fallback = 1,
        .description = "How sure the beats are; 0 where there is no beat."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, beats_per_bar, "beats_per_bar", UINT,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0, .maximum = 64,
        .description = "The most frequent; 0 is unknown."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, subdivisions, "subdivisions", UINT,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .minimum = 0, .maximum = 3,
        .description = "Equal parts that a beat falls into: 2, 3 (as in 6/8); "
                       "0 is unknown."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, note, "note", STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE | GST_MONTAGE_FIELD_OPTIONAL,
        .description = "A sentence for people, such as why there is no beat."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, beats, "beats", ARRAY,
        .table = &gst_montage_beat_table, .description = "In order of time."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, sections, "sections", ARRAY,
        .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .table = &gst_montage_section_table,
        .description = "In order of time."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, envelope_interval,
        "envelope_interval", UINT64, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "ns from one value of the envelope to the next."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, envelope, "envelope", ARRAY,
        .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_DOUBLE, .minimum = 0, .maximum = 1,
        .description = "RMS loudness from the start of the song on, linear."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, onset_interval, "onset_interval",
        UINT64, .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "ns from one value of the onset curve to the next."),
    GST_MONTAGE_FIELD (GstMontageBeatGrid, onsets, "onsets", ARRAY,
        .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .element = GST_MONTAGE_FIELD_DOUBLE, .minimum = 0, .maximum = 1,
        .description = "Strongest onset of each interval, relative to this "
                       "song."),
};
static const GstMontageFieldTable grid_table =
    GST_MONTAGE_FIELD_TABLE ("beats document", GstMontageBeatGrid, grid_fields);
const GstMontageDocument gst_montage_beats_document = {"gst-montage/beats", 1,
    &grid_table};

G_DEFINE_BOXED_TYPE (GstMontageBeatGrid, gst_montage_beat_grid,
    gst_montage_beat_grid_copy, gst_montage_beat_grid_free)

GstMontageBeatGrid *
gst_montage_beat_grid_new (void)
{
  GstMontageBeatGrid *self = gst_montage_document_new (
      &gst_montage_beats_document);

  self->confidence = 0; /* a document that is silent is trusted, a new grid
                         * knows nothing yet */
  return self;
}

GstMontageBeatGrid *
gst_montage_beat_grid_copy (const GstMontageBeatGrid *self)
{
  return gst_montage_document_copy (&gst_montage_beats_document, self);
}

void
gst_montage_beat_grid_free (GstMontageBeatGrid *self)
{
  gst_montage_document_free (&gst_montage_beats_document, self);
}

gboolean
gst_montage_beats_check (const GArray *beats, const gchar *path, GError **error)
{
  for (guint i = 1; i < beats->len; i++) {
    if (g_array_index (beats, GstMontageBeat, i).time
        > g_array_index (beats, GstMontageBeat, i - 1).time)
      continue;
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s[%u].time is not after the beat before it.", path, i);
    return FALSE;
  }
  return TRUE;
}

gboolean
gst_montage_sections_check (const GArray *sections, const gchar *path,
    GError **error)
{
  GstClockTime end = 0;

  for (guint i = 0; i < sections->len; i++) {
    const GstMontageSection *s = &g_array_index (sections, GstMontageSection,
        i);

    if (s->start < end || s->end <= s->start) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s[%u] ends before it starts or overlaps the one before it.", path,
          i);
      return FALSE;
    }
    end = s->end;
  }
  return TRUE;
}

GstMontageBeatGrid *
gst_montage_beat_grid_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  g_autoptr (GstMontageBeatGrid)
      self = gst_montage_document_read (&gst_montage_beats_document, text,
          length, origin, error);

  if (!self)
    return NULL;
  if (!gst_montage_beats_check (self->beats, "beats", error)
      || !gst_montage_sections_check (self->sections, "sections", error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The document");
    return NULL;
  }
  return g_steal_pointer (&self);
}

gchar *
gst_montage_beat_grid_to_json (const GstMontageBeatGrid *self)
{
  return gst_montage_document_write (&gst_montage_beats_document, self);
}

gchar *
gst_montage_beat_grid_to_text (const GstMontageBeatGrid *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (self->beats, GstMontageBeat,
        i);

    g_string_append_printf (out,
        "%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT " %u\n",
        beat->time / GST_SECOND, beat->time % GST_SECOND / GST_USECOND,
        beat->position);
  }
  return g_string_free (out, FALSE);
}

/* Number of beats at or before @time. */
static guint
beats_until (const GArray *beats, GstClockTime time)
{
  guint low = 0;
  guint high = beats->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (g_array_index (beats, GstMontageBeat, middle).time <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gdouble
envelope_energy (const GstMontageBeatGrid *self, GstClockTime time)
{
  gdouble peak = 0;
  guint64 index;

  if (self->envelope->len == 0 || self->envelope_interval == 0)
    return 0.5;
  for (guint i = 0; i < self->envelope->len; i++)
    peak = MAX (peak, g_array_index (self->envelope, gdouble, i));
  if (peak <= 0)
    return 0;
  index = MIN (time / self->envelope_interval, self->envelope->len - 1);
  return g_array_index (self->envelope, gdouble, index) / peak;
}

gdouble
gst_montage_beat_grid_energy_at (const GstMontageBeatGrid *self,
    GstClockTime time)
{
  guint next = beats_until (self->beats, time);
  const GstMontageBeat *a;
  const GstMontageBeat *b;
  gdouble share;

  if (next == 0 || next == self->beats->len)
    return envelope_energy (self, time);
  a = &g_array_index (self->beats, GstMontageBeat, next - 1);
  b = a + 1;
  share = (gdouble) (time - a->time) / (gdouble) (b->time - a->time);
  return a->energy + share * (b->energy - a->energy);
}

gint
gst_montage_beat_grid_section_at (const GstMontageBeatGrid *self,
    GstClockTime time)
{
  for (guint i = 0; i < self->sections->len; i++) {
    const GstMontageSection *s = &g_array_index (self->sections,
        GstMontageSection, i);

    if (time >= s->start && time < s->end)
      return (gint) i;
  }
  return -1;
}
