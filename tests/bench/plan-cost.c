/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: plan-cost [--style NAME] [--duration S] [--seed N] [--energy-only]
 *     SONG.beats.json CLIP.shots.json…
 * Plans a film from analyses alone. Prints the CPU seconds of planning and the
 * peak of the program's memory in MiB on a line, then the plan. */

#include <sys/resource.h>
#include <time.h>

#include <gst/montage/montage.h>

static gchar *style = NULL;
static gdouble duration = 0;
static gint64 seed = 1;
static gboolean energy_only = FALSE;
static gchar **files = NULL;

static const GOptionEntry entries[] = {
    {"style", 0, 0, G_OPTION_ARG_STRING, &style, "Name of a style", "NAME"},
    {"duration", 0, 0, G_OPTION_ARG_DOUBLE, &duration, "Seconds", "S"},
    {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Another take", "N"},
    {"energy-only", 0, 0, G_OPTION_ARG_NONE, &energy_only,
        "Weigh nothing but the match of energy, and repeats", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL},
    {NULL},
};

static gdouble
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gdouble) now.tv_sec + (gdouble) now.tv_nsec / 1e9;
}

static GPtrArray *
load_clips (gchar *const *paths, GError **error)
{
  g_autoptr (GPtrArray) clips = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_shot_list_free);

  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree gchar *text = NULL;
    GstMontageShotList *clip = NULL;

    if (g_file_get_contents (paths[i], &text, NULL, error))
      clip = gst_montage_shot_list_from_json (text, -1, paths[i], error);
    if (clip == NULL)
      return NULL;
    g_ptr_array_add (clips, clip);
  }

  return g_steal_pointer (&clips);
}

static GstMontageInstructions *
load_style (GError **error)
{
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, error);
  const GstMontageStyle *found;

  if (styles == NULL)
    return NULL;
  if (style == NULL)
    return gst_montage_instructions_new ();
  found = gst_montage_styles_lookup (styles, style);
  if (found != NULL)
    return gst_montage_instructions_copy (found->instructions);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "There is no style '%s'.", style);
  return NULL;
}

static GstMontagePlan *
plan (const GstMontageBeatGrid *song, GPtrArray *clips,
    GstMontageInstructions *instructions, gdouble *cpu, GError **error)
{
  GstMontageRequest request = {
      .instructions = instructions,
      .music = song,
      .sources = (const GstMontageShotList *const *) clips->pdata,
      .n_sources = clips->len,
      .seed = (guint64) seed,
      .music_start = GST_CLOCK_TIME_NONE,
      .duration = (GstClockTime) (duration * GST_SECOND),
  };
  GstMontagePlan *planned;

  for (guint i = 0; energy_only && i < GST_MONTAGE_N_TERMS; i++) {
    if (i != GST_MONTAGE_TERM_ENERGY && i != GST_MONTAGE_TERM_REPEAT)
      instructions->weights.terms[i] = 0.0;
  }
  *cpu = cpu_seconds ();
  planned = gst_montage_planner_plan (&request, error);
  *cpu = cpu_seconds () - *cpu;

  return planned;
}

static gboolean
run (GError **error)
{
  g_autofree gchar *text = NULL, *written = NULL;
  g_autoptr (GstMontageBeatGrid) song = NULL;
  g_autoptr (GPtrArray) clips = NULL;
  g_autoptr (GstMontageInstructions) instructions = NULL;
  g_autoptr (GstMontagePlan) planned = NULL;
  struct rusage usage;
  gdouble cpu;

  if (!g_file_get_contents (files[0], &text, NULL, error))
    return FALSE;
  song = gst_montage_beat_grid_from_json (text, -1, files[0], error);
  if (song == NULL)
    return FALSE;
  clips = load_clips (files + 1, error);
  instructions = clips != NULL ? load_style (error) : NULL;
  if (instructions == NULL)
    return FALSE;
  planned = plan (song, clips, instructions, &cpu, error);
  if (planned == NULL)
    return FALSE;
  getrusage (RUSAGE_SELF, &usage);
  written = gst_montage_plan_to_json (planned);
  g_print ("%.3f %.1f\n%s", cpu, (gdouble) usage.ru_maxrss / 1024, written);

  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext)
      context = g_option_context_new ("SONG.beats.json CLIP.shots.json…");

  gst_init (NULL, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (files == NULL || files[1] == NULL) {
    g_printerr ("Give the beats of a song and the shots of clips.\n");
    return 2;
  }
  if (!run (&error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  return 0;
}
