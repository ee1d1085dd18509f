/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints where the cuts of each style are in songs, a section per line: the
 * lengths of its shots in beats of the song, "|" before a shot that starts on a
 * downbeat. Usage: pace-rows [-s STYLE] [-d SECONDS] [-q] SONG.beats.json… */

#include <gst/montage/montage.h>
#include <math.h>

#include <gst/montage/planslots.h>
#include <gst/montage/planwindow.h>

typedef struct
{
  GstMontageBeatGrid *song;
  MontageEnergy *energy;
  MontageFilmGrid film;
  GArray *slots;
  gdouble cpu_ms;
} Cutting;

static void
cutting_init (Cutting *self, GstMontageBeatGrid *song,
    const GstMontageInstructions *instructions, gdouble seconds)
{
  GstMontageOutput output = {1280, 720, 25, 1, GST_MONTAGE_FIT_CROP};
  GstClockTime length = seconds > 0 ? (GstClockTime) (seconds * GST_SECOND)
                                    : song->duration;
  MontagePace pace;
  gint64 before;

  self->song = song;
  self->energy = montage_energy_new (song);
  self->film = (MontageFilmGrid){.music = song,
      .energy = self->energy,
      .output = output};
  length = MIN (length, song->duration);
  self->film.music_start = montage_window_choose (song, self->energy, length);
  self->film.n_frames = gst_montage_output_frame_at (&output, length);
  before = g_get_monotonic_time ();
  montage_pace_init (&pace, instructions, song, self->energy,
      self->film.music_start, self->film.music_start + length);
  self->slots = montage_slots_new (&self->film, &pace, 0);
  self->cpu_ms = (g_get_monotonic_time () - before) / 1000.0;
  montage_pace_clear (&pace);
}

static void
cutting_clear (Cutting *self)
{
  montage_energy_free (self->energy);
  g_array_unref (self->slots);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

static void
print_summary (const Cutting *self, const gchar *name, const gchar *style)
{
  guint n = self->slots->len, on_beat = 0, downbeats = 0;
  g_autofree gdouble *lengths = g_new0 (gdouble, n);
  gdouble mean = 0, square = 0;

  for (guint i = 0; i < n; i++) {
    const MontageSlot *slot = &g_array_index (self->slots, MontageSlot, i);
    lengths[i] = (gdouble) slot->n_frames * self->film.output.fps_d
        / self->film.output.fps_n;
    mean += lengths[i] / n;
    square += lengths[i] * lengths[i] / n;
    on_beat += slot->beat >= 0;
    downbeats += slot->downbeat;
  }
  qsort (lengths, n, sizeof (gdouble), compare_doubles);
  g_print ("%-24.24s %-14s %4u cuts, %.2f to %.2f s, median %.2f, variation "
           "%.2f, on beats %.0f %%, on downbeats %.0f %%, %.1f ms\n",
      name, style, n, lengths[0], lengths[n - 1], lengths[n / 2],
      sqrt (MAX (square - mean * mean, 0)) / mean, 100.0 * on_beat / n,
      100.0 * downbeats / n, self->cpu_ms);
}

/* The length of @slot in beats of the song around it. */
static gdouble
slot_beats (const Cutting *self, const MontageSlot *slot)
{
  gdouble sec = (gdouble) slot->n_frames * self->film.output.fps_d
      / self->film.output.fps_n;

  return self->song->tempo > 0 ? sec * self->song->tempo / 60 : sec;
}

static void
print_sections (const Cutting *self)
{
  gint before = -2;

  for (guint i = 0; i < self->slots->len; i++) {
    const MontageSlot *slot = &g_array_index (self->slots, MontageSlot, i);
    GstClockTime time = montage_film_song_time (&self->film, slot->first_frame);
    gint at = gst_montage_beat_grid_section_at (self->song,
        time + 60 * GST_MSECOND);

    if (at != before) {
      const GstMontageSection *section = at >= 0
          ? &g_array_index (self->song->sections, GstMontageSection, at)
          : NULL;
      g_print ("\n  %6.1f %-6s %.2f:", time / 1e9,
          gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL, slot->label),
          section != NULL ? section->energy : 0.0);
      before = at;
    }
    g_print (" %s%.3g",
        slot->downbeat       ? "|"
            : slot->beat < 0 ? "~"
                             : "",
        round (slot_beats (self, slot) * 10) / 10);
  }
  g_print ("\n");
}

static GstMontageBeatGrid *
read_song (const gchar *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *text = NULL;
  GstMontageBeatGrid *song = NULL;
  gsize length;

  if (g_file_get_contents (file, &text, &length, &error))
    song = gst_montage_beat_grid_from_json (text, (gssize) length, file,
        &error);
  if (song == NULL)
    g_printerr ("%s\n", error->message);
  return song;
}

int
main (int argc, char **argv)
{
  g_autofree gchar *wanted = NULL;
  gdouble seconds = 0;
  gboolean quiet = FALSE;
  GOptionEntry entries[] = {{"style", 's', 0, G_OPTION_ARG_STRING, &wanted,
                                "Only this style", "NAME"},
      {"duration", 'd', 0, G_OPTION_ARG_DOUBLE, &seconds, "Of the film", "S"},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Summaries only", NULL},
      {NULL, 0, 0, 0, NULL, NULL, NULL}};
  g_autoptr (GOptionContext) context = g_option_context_new ("SONG…");
  g_autoptr (GstMontageStyles) styles = NULL;
  g_autoptr (GError) error = NULL;

  gst_init (NULL, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  styles = gst_montage_styles_load (NULL, NULL);
  for (gint i = 1; i < argc; i++) {
    g_autoptr (GstMontageBeatGrid) song = read_song (argv[i]);
    g_autofree gchar *name = g_path_get_basename (argv[i]);

    for (guint s = 0; song != NULL && s < gst_montage_styles_size (styles);
         s++) {
      const GstMontageStyle *style = gst_montage_styles_get (styles, s);
      Cutting cutting;

      if (wanted != NULL && strcmp (wanted, style->name) != 0)
        continue;
      cutting_init (&cutting, song, style->instructions, seconds);
      print_summary (&cutting, name, style->name);
      if (!quiet)
        print_sections (&cutting);
      cutting_clear (&cutting);
    }
  }

  return 0;
}
