/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "session.h"
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
  if (self->tempo_text != NULL
      && !tool_value_tempo ("--tempo", self->tempo_text, &self->tempo, error))
    return FALSE;
  return read_times (self, error) && read_format (self, error)
      && to_utf8 ("--prompt", &self->prompt, error)
      && to_utf8 ("--style", &self->style, error);
}

gboolean
tool_film_options_parse (ToolFilmOptions *self, GStrv *arguments,
    const gchar *summary, gboolean is_make, GError **error)
{
  gint hidden = is_make ? 0 : G_OPTION_FLAG_HIDDEN;
  const GOptionEntry entries[] = {
      {"music", 'm', 0, G_OPTION_ARG_FILENAME, &self->music,
          "The song; without it, the only song among the files given", "FILE"},
      {"beats", 0, 0, G_OPTION_ARG_FILENAME, &self->beats,
          "The song's beats: a document or a label file; default: detected",
          "FILE"},
      {"tempo", 0, 0, G_OPTION_ARG_FILENAME, &self->tempo_text,
          "The song's tempo, where it is detected wrong", "BPM"},
      {"prompt", 'p', 0, G_OPTION_ARG_FILENAME, &self->prompt,
          "What the film shall be like, in a sentence (CREATIVE_PROMPT)",
          "TEXT"},
      {"style", 's', 0, G_OPTION_ARG_FILENAME, &self->style,
          "A style by its name, see 'styles' (CUT_STYLE)", "NAME"},
      TOOL_DIRECTING_ENTRIES (&self->directing),
      {"look", 0, 0, G_OPTION_ARG_NONE, &self->look,
          "Send a small picture of each shot to these models", NULL},
      {"seed", 0, 0, G_OPTION_ARG_FILENAME, &self->seed_text,
          "Another number, another film (default: 0)", "N"},
      {"duration", 'd', 0, G_OPTION_ARG_FILENAME, &self->duration_text,
          "Length of the film; default: the whole song", "TIME"},
      {"music-start", 0, 0, G_OPTION_ARG_FILENAME, &self->music_start_text,
          "Where in the song the film begins; default: chosen", "TIME"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
          is_make ? "The film (default: montage.mp4)"
                  : "The plan (default: standard output)",
          is_make ? "FILM" : "PLAN"},
      {"size", 0, 0, G_OPTION_ARG_FILENAME, &self->size_text,
          "Picture size; default: from the clips", "WxH"},
      {"fps", 0, 0, G_OPTION_ARG_FILENAME, &self->fps_text,
          "Frames per second; default: from the clips", "N"},
      {"fit", 0, 0, G_OPTION_ARG_FILENAME, &self->fit_text,
          "Clips of another shape: crop, pad or blur (default: crop)", "HOW"},
      {"workers", 0, 0, G_OPTION_ARG_FILENAME, &self->workers_text,
          "Files analysed at the same time; default: one per core", "N"},
      {"no-cache", 0, 0, G_OPTION_ARG_NONE, &self->no_cache,
          "Analyse anew, keep nothing", NULL},
      {"no-render", 0, hidden, G_OPTION_ARG_NONE, &self->no_render,
          "Write the plan and the projects, but no film", NULL},
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
      {NULL},
  };

  if (!tool_options_parse (arguments, "CLIP|FOLDER...", summary, entries,
          error))
    return FALSE;
  /* The first turn of a conversation only. */
  if (self->directing.from == NULL) {
    take_default (&self->prompt, "CREATIVE_PROMPT");
    take_default (&self->style, "CUT_STYLE");
  }
  self->verbose |= tool_value_switch (g_getenv ("VERBOSE"));
  if (self->clips == NULL)
    return tool_usage_error (error,
        "No clips are given; name video files or a folder of them.");
  return read_values (self, error);
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
  g_strfreev (self->clips);
}
