/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gst/montage/beatcount.h>
#include <gst/montage/beatlabels.h>
#include <gst/montage/error.h>

#define SECONDS_MAX (100.0 * 3600.0)
/* Hands that drag labels leave gaps and overlaps of this size between parts. */
#define JOIN_TOLERANCE (50 * GST_MSECOND)
/* Rounded lengths, and beats in the silence that a player adds at the end. */
#define END_TOLERANCE GST_SECOND

/* What is nearer to a beat than hits of two hands is that beat. */
#define SAME_BEAT (70 * GST_MSECOND)

typedef struct
{
  GstClockTime start;
  GstClockTime end; /* start: a beat */
  guint position;
  GstMontageSectionLabel section;
  guint line; /* from 1 */
} Label;

typedef struct
{
  const gchar *origin;
  guint line;
  GArray *labels;
} Reader;

/* ---- writing ---- */

static void
append_time (GString *out, GstClockTime time)
{
  guint64 us = (time + GST_USECOND / 2) / GST_USECOND;

  g_string_append_printf (out,
      "%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT "\t", us / 1000000,
      us % 1000000);
}

static void
append_section (GString *out, const GstMontageSection *section)
{
  append_time (out, section->start);
  append_time (out, section->end);
  g_string_append_printf (out, "%s\n",
      gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL, section->label));
}

static void
append_beat (GString *out, const GstMontageBeat *beat)
{
  append_time (out, beat->time);
  append_time (out, beat->time);
  if (beat->position > 0)
    g_string_append_printf (out, "%u", beat->position);
  g_string_append_c (out, '\n');
}

gchar *
gst_montage_beat_grid_to_labels (const GstMontageBeatGrid *self)
{
  GString *out = g_string_new (NULL);
  guint next = 0;

  for (guint i = 0; i < self->beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (self->beats, GstMontageBeat,
        i);

    while (next < self->sections->len
        && g_array_index (self->sections, GstMontageSection, next).start
            <= beat->time)
      append_section (out,
          &g_array_index (self->sections, GstMontageSection, next++));
    append_beat (out, beat);
  }
  while (next < self->sections->len)
    append_section (out,
        &g_array_index (self->sections, GstMontageSection, next++));
  return g_string_free (out, FALSE);
}

/* ---- reading ---- */

static gboolean refuse (const Reader *self, guint line, GError **error,
    const gchar *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
refuse (const Reader *self, guint line, GError **error, const gchar *format,
    ...)
{
  g_autofree gchar *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
      "%s, line %u: %s", self->origin, line, what);
  return FALSE;
}

/* What a sentence can show of a field: its beginning, without control
 * characters. */
static gchar *
shown (const gchar *text)
{
  g_autofree gchar *head = g_utf8_substring (text, 0,
      MIN (g_utf8_strlen (text, -1), 40));

  for (gchar *p = head; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_steal_pointer (&head);
}

/* Digits and one point; not the "1e3", "0x1" and "inf" of strtod(). */
static gboolean
parse_number (const gchar *text, gdouble *value)
{
  gchar *end = NULL;

  if (*text == '\0' || strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

static gboolean
read_time (const Reader *self, const gchar *text, GstClockTime *time,
    GError **error)
{
  g_autofree gchar *what = shown (text);
  gdouble seconds = 0;

  if (parse_number (text, &seconds) && seconds <= SECONDS_MAX) {
    *time = (GstClockTime) llround (seconds * GST_SECOND);
    return TRUE;
  }
  if (strchr (text, ',') != NULL)
    return refuse (self, self->line, error,
        "'%s' has a decimal comma; write a point.", what);
  return refuse (self, self->line, error,
      "'%s' is not a time; write seconds from 0 to %d, such as 12.345678.",
      what, (gint) SECONDS_MAX);
}

/* "3", or "12.3" for the third beat of bar 12. */
static gboolean
read_position (const Reader *self, const gchar *text, guint *position,
    GError **error)
{
  const gchar *point = strrchr (text, '.');
  const gchar *digits = point != NULL ? point + 1 : text;
  g_autofree gchar *what = shown (text);
  guint64 value = 0;
  gdouble number;

  if (*text == '\0')
    return TRUE;
  if ((point == NULL || parse_number (text, &number))
      && g_ascii_string_to_unsigned (digits, 10, 0, GST_MONTAGE_BAR_MAX, &value,
          NULL)) {
    *position = (guint) value;
    return TRUE;
  }
  return refuse (self, self->line, error,
      "the beat '%s' has no position in the bar; write 1 for the first of a "
      "bar, 2, 3 and so on for the others, or nothing.",
      what);
}

/* "verse", "Verse 2"; whatever else people call it is a part of its own. */
static GstMontageSectionLabel
read_section (const gchar *text)
{
  g_autoptr (GTypeClass) class = g_type_class_ref (
      GST_TYPE_MONTAGE_SECTION_LABEL);
  g_autofree gchar *name = g_ascii_strdown (text, -1);
  const GEnumValue *found;

  name[strcspn (name, " 0123456789")] = '\0';
  found = g_enum_get_value_by_nick ((GEnumClass *) class, name);
  return found != NULL ? (GstMontageSectionLabel) found->value
                       : GST_MONTAGE_SECTION_UNKNOWN;
}

/* The fields of a line: between tabs, or where it has none, between blanks. A
 * second field is the end of the label, or alone and whole a position. */
static gboolean
read_line (Reader *self, gchar *line, GError **error)
{
  gboolean has_tabs = strchr (g_strchomp (line), '\t') != NULL;
  g_auto (GStrv)
      fields = g_strsplit_set (g_strchug (line), has_tabs ? "\t" : " ", 3);
  guint n = g_strv_length (fields);
  Label label = {.line = self->line};
  const gchar *text = "";

  if (n == 0 || line[0] == '\\')
    return TRUE;
  for (guint i = 0; i < n; i++)
    g_strstrip (fields[i]);
  if (!read_time (self, fields[0], &label.start, error))
    return FALSE;
  label.end = label.start;
  if (n == 3 || (n == 2 && strchr (fields[1], '.') != NULL)) {
    if (!read_time (self, fields[1], &label.end, error))
      return FALSE;
    text = n == 3 ? fields[2] : "";
  } else if (n == 2) {
    text = fields[1];
  }
  if (label.end < label.start)
    return refuse (self, self->line, error,
        "the label ends before it starts; put the smaller time first.");
  if (label.end > label.start)
    label.section = read_section (text);
  else if (!read_position (self, text, &label.position, error))
    return FALSE;
  g_array_append_val (self->labels, label);
  return TRUE;
}

static gboolean
read_lines (Reader *self, const gchar *text, gsize length, GError **error)
{
  const gchar *end = text + length;
  const gchar *next;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  for (; text < end; text = next) {
    const gchar *stop = memchr (text, '\n', (gsize) (end - text));
    g_autofree gchar *line = NULL;

    stop = stop != NULL ? stop : end;
    next = stop < end ? stop + 1 : end;
    self->line++;
    if (!g_utf8_validate_len (text, (gsize) (stop - text), NULL))
      return refuse (self, self->line, error,
          "this is not text in UTF-8; save it as such.");
    line = g_strndup (text, (gsize) (stop - text));
    if (!read_line (self, line, error))
      return FALSE;
  }
  return TRUE;
}

static gint
compare_labels (gconstpointer a, gconstpointer b)
{
  const Label *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return (x->line > y->line) - (x->line < y->line);
}

static gboolean
take_beat (const Reader *self, const Label *label, const Label *before,
    GstMontageBeatGrid *grid, GError **error)
{
  GstMontageBeat beat = {.time = label->start, .position = label->position};

  if (before != NULL && before->start == label->start)
    return refuse (self, MAX (label->line, before->line), error,
        "this beat is also on line %u; delete one of them.",
        MIN (label->line, before->line));
  g_array_append_val (grid->beats, beat);
  return TRUE;
}

static gboolean
take_section (const Reader *self, const Label *label, const Label *before,
    GstMontageBeatGrid *grid, GError **error)
{
  GstMontageSection section = {.start = label->start,
      .end = label->end,
      .label = label->section};

  if (before != NULL) {
    GstMontageSection *last = &g_array_index (grid->sections, GstMontageSection,
        grid->sections->len - 1);

    if (label->start + JOIN_TOLERANCE < last->end
        || label->start <= last->start)
      return refuse (self, MAX (label->line, before->line), error,
          "this part overlaps the one on line %u; move its start to the end "
          "of that.",
          MIN (label->line, before->line));
    if (label->start <= last->end + JOIN_TOLERANCE)
      last->end = label->start;
  }
  g_array_append_val (grid->sections, section);
  return TRUE;
}

static GstMontageBeatGrid *
to_grid (Reader *self, GError **error)
{
  g_autoptr (GstMontageBeatGrid) grid = gst_montage_beat_grid_new ();
  const Label *beat = NULL;
  const Label *section = NULL;
  guint highest = 0;

  g_array_sort (self->labels, compare_labels);
  for (guint i = 0; i < self->labels->len; i++) {
    const Label *label = &g_array_index (self->labels, Label, i);

    highest = MAX (highest, label->position);
    if (label->end == label->start) {
      if (!take_beat (self, label, beat, grid, error))
        return NULL;
      beat = label;
    } else {
      if (!take_section (self, label, section, grid, error))
        return NULL;
      section = label;
    }
  }
  /* A single bar is as long as its highest position; a "1" alone says not. */
  grid->beats_per_bar = gst_montage_beats_count (grid->beats,
      highest > 1 ? highest : 0);
  gst_montage_beat_grid_measure_tempo (grid);
  return g_steal_pointer (&grid);
}

GstMontageBeatGrid *
gst_montage_beat_grid_from_labels (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  Reader self = {.origin = origin != NULL ? origin : "The label file"};
  GstMontageBeatGrid *grid = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self.labels = g_array_new (FALSE, FALSE, sizeof (Label));
  if (read_lines (&self, text, length < 0 ? strlen (text) : (gsize) length,
          error)) {
    if (self.labels->len > 0)
      grid = to_grid (&self, error);
    else
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
          "%s holds no labels; export them once more.", self.origin);
  }
  g_array_unref (self.labels);
  return grid;
}

/* ---- over the sound ---- */

static gdouble
strength_at (const GstMontageBeatGrid *self, GstClockTime time)
{
  gdouble strength = gst_montage_beat_grid_onset_at (self, time);

  if (strength >= 0)
    return strength;
  return self->beats->len > 0 ? g_array_index (self->beats, GstMontageBeat,
             gst_montage_beats_nearest (self->beats, time))
                                    .strength
                              : 0.5;
}

/* A label beside the first or the last beat that was heard is that one: only
 * farther out the envelope has to do. */
static gdouble
energy_at (const GstMontageBeatGrid *self, GstClockTime time)
{
  const GstMontageBeat *nearest;

  if (self->beats->len == 0)
    return gst_montage_beat_grid_energy_at (self, time);
  nearest = &g_array_index (self->beats, GstMontageBeat,
      gst_montage_beats_nearest (self->beats, time));
  return ABS (GST_CLOCK_DIFF (nearest->time, time)) < SAME_BEAT
      ? nearest->energy
      : gst_montage_beat_grid_energy_at (self, time);
}

static void
append_part (GArray *sections, GstClockTime start, GstClockTime end,
    GstMontageSectionLabel label)
{
  GstMontageSection section = {.start = start, .end = end, .label = label};

  if (end > start)
    g_array_append_val (sections, section);
}

/* Parts cover the song: what lies between those of @labels has no name. */
static void
take_sections (GstMontageBeatGrid *self, const GstMontageBeatGrid *labels)
{
  GstClockTime end = 0;

  g_array_set_size (self->sections, 0);
  for (guint i = 0; i < labels->sections->len; i++) {
    GstMontageSection section = g_array_index (labels->sections,
        GstMontageSection, i);

    section.start = MIN (section.start, self->duration);
    if (section.start <= end + JOIN_TOLERANCE)
      section.start = end;
    else
      append_part (self->sections, end, section.start,
          GST_MONTAGE_SECTION_UNKNOWN);
    if (section.end + JOIN_TOLERANCE >= self->duration)
      section.end = self->duration;
    append_part (self->sections, section.start, section.end, section.label);
    end = MAX (end, section.end);
  }
  append_part (self->sections, end, self->duration,
      GST_MONTAGE_SECTION_UNKNOWN);
}

static void
take_beats (GstMontageBeatGrid *self, const GstMontageBeatGrid *labels)
{
  g_autoptr (GstMontageBeatGrid) sound = gst_montage_beat_grid_copy (self);

  g_array_set_size (self->beats, 0);
  for (guint i = 0; i < labels->beats->len; i++) {
    GstMontageBeat beat = g_array_index (labels->beats, GstMontageBeat, i);

    if (beat.time >= self->duration)
      break;
    beat.energy = energy_at (sound, beat.time);
    beat.strength = strength_at (sound, beat.time);
    g_array_append_val (self->beats, beat);
  }
  if (ABS (sound->tempo - labels->tempo) > 0.05 * labels->tempo)
    self->alternative_tempo = sound->tempo;
  self->tempo = labels->tempo;
  self->beats_per_bar = labels->beats_per_bar;
  self->subdivisions = 0;
  self->confidence = 1; /* somebody has listened */
  g_clear_pointer (&self->note, g_free);
}

/* The end of the last label. */
static GstClockTime
labels_end (const GstMontageBeatGrid *labels)
{
  GstClockTime end = 0;

  if (labels->beats->len > 0)
    end = g_array_index (labels->beats, GstMontageBeat, labels->beats->len - 1)
              .time;
  if (labels->sections->len > 0)
    end = MAX (end,
        g_array_index (labels->sections, GstMontageSection,
            labels->sections->len - 1)
            .end);
  return end;
}

gboolean
gst_montage_beat_grid_take_labels (GstMontageBeatGrid *self,
    const GstMontageBeatGrid *labels, const gchar *origin, GError **error)
{
  GstClockTime end = labels_end (labels);

  if (end > self->duration + END_TOLERANCE) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "%s goes on to %u s, and the song lasts only %u s: take the labels of "
        "this song.",
        origin, (guint) (end / GST_SECOND),
        (guint) (self->duration / GST_SECOND));
    return FALSE;
  }
  if (labels->beats->len > 0)
    take_beats (self, labels);
  if (labels->sections->len > 0)
    take_sections (self, labels);
  gst_montage_beat_grid_measure_sections (self);
  return TRUE;
}
