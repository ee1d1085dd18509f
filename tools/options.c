/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "session.h"
#include "takes.h"
#include "values.h"

#define WORKERS_MAX 256

gboolean
tool_options_parse (GStrv *arguments, const gchar *parameters,
    const gchar *summary, const GOptionEntry *entries, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autofree gchar *program = g_strdup_printf (TOOL_NAME " %s",
      (*arguments)[0]);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  /* The name that --help shows. */
  g_set_prgname (program);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;
  g_set_prgname (TOOL_NAME);
  return TRUE;
}

/* An argument as UTF-8: it is UTF-8 or in the locale's own encoding. */
static gboolean
to_utf8 (const gchar *option, gchar **text, GError **error)
{
  gchar *converted;

  if (*text == NULL || g_utf8_validate (*text, -1, NULL))
    return TRUE;
  converted = g_locale_to_utf8 (*text, -1, NULL, NULL, NULL);
  if (converted == NULL || !g_utf8_validate (converted, -1, NULL)) {
    g_free (converted);
    return tool_usage_error (error, "%s is not text in UTF-8.", option);
  }
  g_free (*text);
  *text = converted;
  return TRUE;
}

/* Environment variables are defaults; an empty one is none. */
static void
take_default (gchar **option, const gchar *variable)
{
  const gchar *value = g_getenv (variable);

  if (*option == NULL && value != NULL && *value != '\0')
    *option = g_strdup (value);
}

static gboolean
read_format (ToolFilmOptions *self, GError **error)
{
  gint fit = GST_MONTAGE_FIT_CROP;

  if (self->size_text != NULL
      && !tool_value_size ("--size", self->size_text, &self->format.width,
          &self->format.height, error))
    return FALSE;
  if (self->fps_text != NULL
      && !tool_value_rate ("--fps", self->fps_text, &self->format.fps_n,
          &self->format.fps_d, error))
    return FALSE;
  if (self->fit_text != NULL
      && !tool_value_enum ("--fit", self->fit_text, GST_TYPE_MONTAGE_FIT, &fit,
          error))
    return FALSE;
  self->format.fit = fit;
  return TRUE;
}

static gboolean
read_times (ToolFilmOptions *self, GError **error)
{
  self->music_start = GST_CLOCK_TIME_NONE;
  if (self->music_start_text != NULL
      && g_strcmp0 (self->music_start_text, "auto") != 0
      && !tool_value_time ("--music-start", self->music_start_text, 0, 0,
          &self->music_start, error))
    return FALSE;
  if (self->duration_text == NULL)
    return TRUE;
  if (!tool_value_time ("--duration", self->duration_text, 0, 0,
          &self->duration, error))
    return FALSE;
  if (self->duration < GST_SECOND)
    return tool_usage_error (error,
        "--duration “%s” is too short; a film lasts at least 1 second.",
        self->duration_text);
  return TRUE;
}

static gboolean
read_takes (ToolFilmOptions *self, GError **error)
{
  guint64 n_takes = 1;

  if (self->takes_text != NULL
      && (!tool_value_unsigned ("--takes", self->takes_text, TOOL_TAKES_MAX,
              &n_takes, NULL)
          || n_takes == 0))
    return tool_usage_error (error,
        "--takes '%s' is not a number of films from 1 to %d.", self->takes_text,
        TOOL_TAKES_MAX);
  self->n_takes = n_takes;
  return TRUE;
}

static gboolean
read_values (ToolFilmOptions *self, GError **error)
{
  guint64 workers = 0;

  if (self->seed_text != NULL
      && !tool_value_unsigned ("--seed", self->seed_text, G_MAXUINT64,
          &self->seed, error))
    return FALSE;
  if (self->workers_text != NULL
      && !tool_value_unsigned ("--workers", self->workers_text, WORKERS_MAX,
          &workers, error))
    return FALSE;
  self->n_workers = workers;
  if (!tool_project_formats ("--projects", self->projects_text, &self->projects,
          error))
    return FALSE;
  if (self->paths_text != NULL
      && !tool_value_enum ("--paths", self->paths_text, GST_TYPE_MONTAGE_PATHS,
          &self->paths, error))
    return FALSE;
  if (self->tempo_text != NULL
      && !tool_value_tempo ("--tempo", self->tempo_text, &self->tempo, error))
    return FALSE;
  return read_takes (self, error) && read_times (self, error)
      && read_format (self, error)
      && tool_clip_options_read (&self->clip, error)
      && tool_render_options_read (&self->render, error)
      && to_utf8 ("--prompt", &self->prompt, error)
      && to_utf8 ("--style", &self->style, error);
}

/* ---- the entries, by what they are about ---- */

static void
add_entries (GArray *all, const GOptionEntry *entries, guint n)
{
  g_array_append_vals (all, entries, n);
}

static void
add_material_entries (ToolFilmOptions *self, ToolFilmKind kind, GArray *all)
{
  const GOptionEntry music[] = {
      {"music", 'm', 0, G_OPTION_ARG_FILENAME, &self->music,
          "The song; without it, the only song among the files given", "FILE"},
      {"no-music", 0, 0, G_OPTION_ARG_NONE, &self->no_music,
          "Make a silent film", NULL},
  };
  const GOptionEntry beats[] = {
      {"beats", 0, 0, G_OPTION_ARG_FILENAME, &self->beats,
          "The song's beats: a document or a label file; default: detected",
          "FILE"},
      {"tempo", 0, 0, G_OPTION_ARG_FILENAME, &self->tempo_text,
          "The song's tempo, where it is detected wrong", "BPM"},
  };
  const GOptionEntry clips[] = {TOOL_CLIP_ENTRIES (&self->clip)};

  if (kind != TOOL_FILM_REPLAN)
    add_entries (all, music, G_N_ELEMENTS (music));
  add_entries (all, beats, G_N_ELEMENTS (beats));
  add_entries (all, clips, G_N_ELEMENTS (clips));
}

static void
add_wish_entries (ToolFilmOptions *self, ToolFilmKind kind, GArray *all)
{
  const GOptionEntry wish[] = {
      {"prompt", 'p', 0, G_OPTION_ARG_FILENAME, &self->prompt,
          "What the film shall be like, in a sentence (CREATIVE_PROMPT)",
          "TEXT"},
      {"style", 's', 0, G_OPTION_ARG_FILENAME, &self->style,
          "A style by its name, see 'styles' (CUT_STYLE)", "NAME"},
      {"look", 0, 0, G_OPTION_ARG_NONE, &self->look,
          "Send a small picture of each shot to these models", NULL},
      {"seed", 0, 0, G_OPTION_ARG_FILENAME, &self->seed_text,
          "Another number, another film (default: 0)", "N"},
      {"duration", 'd', 0, G_OPTION_ARG_FILENAME, &self->duration_text,
          "Length of the film; default: the whole song", "TIME"},
  };
  const GOptionEntry again[] = {
      {"from", 0, 0, G_OPTION_ARG_FILENAME, &self->from_cut,
          "The first cut that changes, by its number or a time in it",
          "N|TIME"},
      {"prompt", 'p', 0, G_OPTION_ARG_FILENAME, &self->prompt,
          "What is to be different, in a sentence", "TEXT"},
      {"style", 's', 0, G_OPTION_ARG_FILENAME, &self->style,
          "Another style by its name, see 'styles'", "NAME"},
      {"look", 0, 0, G_OPTION_ARG_NONE, &self->look,
          "Send a small picture of each shot to the models", NULL},
      {"seed", 0, 0, G_OPTION_ARG_FILENAME, &self->seed_text,
          "Another number, another film; default: the plan's", "N"},
      {"duration", 'd', 0, G_OPTION_ARG_FILENAME, &self->duration_text,
          "Length of the whole film; default: the plan's", "TIME"},
      TOOL_MODEL_ENTRIES (&self->directing),
  };
  const GOptionEntry more[] = {
      TOOL_DIRECTING_ENTRIES (&self->directing),
      {"music-start", 0, 0, G_OPTION_ARG_FILENAME, &self->music_start_text,
          "Where in the song the film begins; default: chosen", "TIME"},
      {"takes", 0, 0, G_OPTION_ARG_FILENAME, &self->takes_text,
          "Several different films, numbered", "N"},
      {"size", 0, 0, G_OPTION_ARG_FILENAME, &self->size_text,
          "Picture size; default: from the clips", "WxH"},
      {"fps", 0, 0, G_OPTION_ARG_FILENAME, &self->fps_text,
          "Frames per second; default: from the clips", "N"},
      {"fit", 0, 0, G_OPTION_ARG_FILENAME, &self->fit_text,
          "Clips of another shape: crop, pad or blur (default: crop)", "HOW"},
  };

  if (kind == TOOL_FILM_REPLAN) {
    add_entries (all, again, G_N_ELEMENTS (again));
    return;
  }
  add_entries (all, wish, G_N_ELEMENTS (wish));
  add_entries (all, more, G_N_ELEMENTS (more));
}

static void
add_run_entries (ToolFilmOptions *self, ToolFilmKind kind, GArray *all)
{
  gint hidden = kind == TOOL_FILM_MAKE ? 0 : G_OPTION_FLAG_HIDDEN;
  const GOptionEntry run[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          kind == TOOL_FILM_MAKE ? "The film (default: montage.mp4)"
                                 : "The plan (default: standard output)",
          kind == TOOL_FILM_MAKE ? "FILM" : "PLAN"},
      {"workers", 0, 0, G_OPTION_ARG_FILENAME, &self->workers_text,
          "Files analysed at the same time; default: one per core", "N"},
      {"no-cache", 0, 0, G_OPTION_ARG_NONE, &self->no_cache,
          "Analyse anew, keep nothing", NULL},
      {"no-render", 0, hidden, G_OPTION_ARG_NONE, &self->no_render,
          "Write the plan and the projects, but no film", NULL},
      TOOL_FORMAT_ENTRIES (&self->encoding, hidden),
      {"projects", 0, hidden, G_OPTION_ARG_FILENAME, &self->projects_text,
          "Which projects: xges, otio, edl, markers, fcpxml, mlt, or none "
          "(default: xges,otio,edl)",
          "LIST"},
      {"paths", 0, hidden, G_OPTION_ARG_FILENAME, &self->paths_text,
          "How projects name media: absolute, relative or file-uri (default: "
          "absolute)",
          "HOW"},
      {"decisions", 0, 0, G_OPTION_ARG_FILENAME, &self->decisions,
          "Also write every decision as JSON", "FILE"},
      {"picture", 0, 0, G_OPTION_ARG_FILENAME, &self->picture,
          "Also draw the film strip over the music (.svg or .png)", "FILE"},
      {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
          "Replace files that are there", NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "Progress and result as one JSON object per line", NULL},
      {"verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
          "Show the style and a card per cut (VERBOSE)", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->clips,
          NULL, NULL},
  };

  const GOptionEntry render[] = {TOOL_RENDER_ENTRIES (&self->render)};

  add_entries (all, run, G_N_ELEMENTS (run));
  if (kind == TOOL_FILM_MAKE)
    add_entries (all, render, G_N_ELEMENTS (render));
}

static gboolean
check_arguments (const ToolFilmOptions *self, ToolFilmKind kind, GError **error)
{
  if (kind == TOOL_FILM_REPLAN) {
    if (self->clips == NULL || self->clips[1] != NULL)
      return tool_usage_error (error,
          "Give one plan, or - for standard input.");
    return self->from_cut != NULL
        || tool_usage_error (error,
            "No cut is named; add --from with the number of the first cut that "
            "changes.");
  }
  if (self->clips == NULL)
    return tool_usage_error (error,
        "No clips are given; name video files or a folder of them.");
  if (self->no_music && self->music != NULL)
    return tool_usage_error (error,
        "--music and --no-music exclude each other; drop one of the two.");
  return TRUE;
}

gboolean
tool_film_options_parse (ToolFilmOptions *self, GStrv *arguments,
    const gchar *summary, ToolFilmKind kind, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  add_material_entries (self, kind, entries);
  add_wish_entries (self, kind, entries);
  add_run_entries (self, kind, entries);
  if (!tool_options_parse (arguments,
          kind == TOOL_FILM_REPLAN ? "PLAN" : "CLIP|FOLDER...", summary,
          (const GOptionEntry *) entries->data, error))
    return FALSE;
  /* The first turn of a conversation only. */
  if (self->directing.from == NULL && kind != TOOL_FILM_REPLAN) {
    take_default (&self->prompt, "CREATIVE_PROMPT");
    take_default (&self->style, "CUT_STYLE");
  }
  self->verbose |= tool_value_switch (g_getenv ("VERBOSE"));
  return check_arguments (self, kind, error) && read_values (self, error);
}

void
tool_film_options_clear (ToolFilmOptions *self)
{
  g_free (self->music);
  g_free (self->beats);
  g_free (self->tempo_text);
  g_free (self->prompt);
  g_free (self->style);
  tool_directing_clear (&self->directing);
  tool_clip_options_clear (&self->clip);
  tool_format_options_clear (&self->encoding);
  tool_render_options_clear (&self->render);
  g_free (self->takes_text);
  g_free (self->seed_text);
  g_free (self->duration_text);
  g_free (self->music_start_text);
  g_free (self->size_text);
  g_free (self->fps_text);
  g_free (self->fit_text);
  g_free (self->workers_text);
  g_free (self->output);
  g_free (self->decisions);
  g_free (self->picture);
  g_free (self->projects_text);
  g_free (self->paths_text);
  g_free (self->from_cut);
  g_strfreev (self->clips);
}
