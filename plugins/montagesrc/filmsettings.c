/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmsettings.h"

#include "montageuri.h"

#define DEFAULT_SEED 0
#define DEFAULT_DURATION 0
#define DEFAULT_SIZE 0
#define MAX_SIZE 8192
#define DEFAULT_FPS_N 0
#define DEFAULT_FPS_D 1
#define DEFAULT_FIT GST_MONTAGE_FIT_CROP
#define DEFAULT_WORKERS 0
#define DEFAULT_CACHE TRUE
#define DEFAULT_OFFLINE FALSE
#define DEFAULT_MODELS_FILE NULL
#define DEFAULT_ALLOW_STABILIZATION FALSE
#define DEFAULT_ALLOW_UPSCALE FALSE
#define DEFAULT_LOOK FALSE
#define DEFAULT_NO_MUSIC FALSE
#define DEFAULT_MUSIC_START (-1)
#define DEFAULT_SCARCITY GST_MONTAGE_SCARCITY_REUSE

void
film_settings_init (FilmSettings *self)
{
  self->seed = DEFAULT_SEED;
  self->duration = DEFAULT_DURATION;
  self->output.fps_n = DEFAULT_FPS_N;
  self->output.fps_d = DEFAULT_FPS_D;
  self->output.fit = DEFAULT_FIT;
  self->n_workers = DEFAULT_WORKERS;
  self->cache = DEFAULT_CACHE;
  self->music_start = DEFAULT_MUSIC_START;
  self->scarcity = DEFAULT_SCARCITY;
}

void
film_settings_clear (FilmSettings *self)
{
  g_free (self->music);
  g_strfreev (self->clips);
  g_free (self->prompt);
  g_free (self->style);
  g_free (self->models_file);
  g_free (self->clip_rules);
}

FilmSettings
film_settings_copy (const FilmSettings *self)
{
  FilmSettings copy = *self;

  copy.music = g_strdup (self->music);
  copy.clips = g_strdupv (self->clips);
  copy.prompt = g_strdup (self->prompt);
  copy.style = g_strdup (self->style);
  copy.models_file = g_strdup (self->models_file);
  copy.clip_rules = g_strdup (self->clip_rules);
  /* What is encoded later needs even sizes. */
  copy.output.width &= ~1u;
  copy.output.height &= ~1u;
  return copy;
}

MontageFilmRequest
film_settings_request (const FilmSettings *self)
{
  return (MontageFilmRequest){
      .music = self->music,
      .no_music = self->no_music,
      .clips = (const gchar *const *) self->clips,
      .prompt = self->prompt,
      .style = self->style,
      .scarcity = self->scarcity,
      .seed = self->seed,
      .duration = self->duration,
      .music_start = self->music_start < 0 ? GST_CLOCK_TIME_NONE
                                           : (GstClockTime) self->music_start,
      .output = self->output,
      .n_workers = self->n_workers,
      .use_cache = self->cache,
      .offline = self->offline,
      .models_file = self->models_file,
      .allow_stabilization = self->allow_stabilization,
      .allow_upscale = self->allow_upscale,
      .look = self->look,
  };
}

static void
replace_string (gchar **member, const GValue *value)
{
  g_free (*member);
  *member = g_value_dup_string (value);
}

gboolean
film_settings_set (FilmSettings *self, guint id, const GValue *value)
{
  switch (id) {
    case FILM_SETTING_MUSIC:
      replace_string (&self->music, value);
      return TRUE;
    case FILM_SETTING_CLIPS:
      g_strfreev (self->clips);
      self->clips = montage_clips_split (g_value_get_string (value));
      return TRUE;
    case FILM_SETTING_CLIP_LIST:
      g_strfreev (self->clips);
      self->clips = g_value_dup_boxed (value);
      return TRUE;
    case FILM_SETTING_PROMPT:
      replace_string (&self->prompt, value);
      return TRUE;
    case FILM_SETTING_STYLE:
      replace_string (&self->style, value);
      return TRUE;
    case FILM_SETTING_SEED:
      self->seed = g_value_get_uint64 (value);
      return TRUE;
    case FILM_SETTING_DURATION:
      self->duration = g_value_get_uint64 (value);
      return TRUE;
    case FILM_SETTING_WIDTH:
      self->output.width = g_value_get_uint (value);
      return TRUE;
    case FILM_SETTING_HEIGHT:
      self->output.height = g_value_get_uint (value);
      return TRUE;
    case FILM_SETTING_FRAMERATE:
      self->output.fps_n = gst_value_get_fraction_numerator (value);
      self->output.fps_d = gst_value_get_fraction_denominator (value);
      return TRUE;
    case FILM_SETTING_FIT:
      self->output.fit = g_value_get_enum (value);
      return TRUE;
    case FILM_SETTING_WORKERS:
      self->n_workers = g_value_get_uint (value);
      return TRUE;
    case FILM_SETTING_CACHE:
      self->cache = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_OFFLINE:
      self->offline = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_MODELS_FILE:
      replace_string (&self->models_file, value);
      return TRUE;
    case FILM_SETTING_ALLOW_STABILIZATION:
      self->allow_stabilization = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_ALLOW_UPSCALE:
      self->allow_upscale = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_LOOK:
      self->look = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_NO_MUSIC:
      self->no_music = g_value_get_boolean (value);
      return TRUE;
    case FILM_SETTING_MUSIC_START:
      self->music_start = g_value_get_int64 (value);
      return TRUE;
    case FILM_SETTING_CLIP_RULES:
      replace_string (&self->clip_rules, value);
      return TRUE;
    case FILM_SETTING_SCARCITY:
      self->scarcity = g_value_get_enum (value);
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
film_settings_get (const FilmSettings *self, guint id, GValue *value)
{
  switch (id) {
    case FILM_SETTING_MUSIC:
      g_value_set_string (value, self->music);
      return TRUE;
    case FILM_SETTING_CLIPS:
      g_value_take_string (value,
          montage_clips_join ((const gchar *const *) self->clips));
      return TRUE;
    case FILM_SETTING_CLIP_LIST:
      g_value_set_boxed (value, self->clips);
      return TRUE;
    case FILM_SETTING_PROMPT:
      g_value_set_string (value, self->prompt);
      return TRUE;
    case FILM_SETTING_STYLE:
      g_value_set_string (value, self->style);
      return TRUE;
    case FILM_SETTING_SEED:
      g_value_set_uint64 (value, self->seed);
      return TRUE;
    case FILM_SETTING_DURATION:
      g_value_set_uint64 (value, self->duration);
      return TRUE;
    case FILM_SETTING_WIDTH:
      g_value_set_uint (value, self->output.width);
      return TRUE;
    case FILM_SETTING_HEIGHT:
      g_value_set_uint (value, self->output.height);
      return TRUE;
    case FILM_SETTING_FRAMERATE:
      gst_value_set_fraction (value, self->output.fps_n, self->output.fps_d);
      return TRUE;
    case FILM_SETTING_FIT:
      g_value_set_enum (value, self->output.fit);
      return TRUE;
    case FILM_SETTING_WORKERS:
      g_value_set_uint (value, self->n_workers);
      return TRUE;
    case FILM_SETTING_CACHE:
      g_value_set_boolean (value, self->cache);
      return TRUE;
    case FILM_SETTING_OFFLINE:
      g_value_set_boolean (value, self->offline);
      return TRUE;
    case FILM_SETTING_MODELS_FILE:
      g_value_set_string (value, self->models_file);
      return TRUE;
    case FILM_SETTING_ALLOW_STABILIZATION:
      g_value_set_boolean (value, self->allow_stabilization);
      return TRUE;
    case FILM_SETTING_ALLOW_UPSCALE:
      g_value_set_boolean (value, self->allow_upscale);
      return TRUE;
    case FILM_SETTING_LOOK:
      g_value_set_boolean (value, self->look);
      return TRUE;
    case FILM_SETTING_NO_MUSIC:
      g_value_set_boolean (value, self->no_music);
      return TRUE;
    case FILM_SETTING_MUSIC_START:
      g_value_set_int64 (value, self->music_start);
      return TRUE;
    case FILM_SETTING_CLIP_RULES:
      g_value_set_string (value, self->clip_rules);
      return TRUE;
    case FILM_SETTING_SCARCITY:
      g_value_set_enum (value, self->scarcity);
      return TRUE;
    default:
      return FALSE;
  }
}

static void
install_material_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, FILM_SETTING_MUSIC,
      g_param_spec_string ("music", "Music",
          "The song, as a path or file:// URI; a video gives its sound.", NULL,
          flags));
  g_object_class_install_property (klass, FILM_SETTING_NO_MUSIC,
      g_param_spec_boolean ("no-music", "No music",
          "Make a silent film, whatever the music is.", DEFAULT_NO_MUSIC,
          flags));
  g_object_class_install_property (klass, FILM_SETTING_MUSIC_START,
      g_param_spec_int64 ("music-start", "Music start",
          "Where in the music the film starts in ns, -1 is chosen.", -1,
          G_MAXINT64, DEFAULT_MUSIC_START, flags));
  g_object_class_install_property (klass, FILM_SETTING_CLIPS,
      g_param_spec_string ("clips", "Clips",
          "Files, folders and file:// URIs of the clips, separated by \";\" "
          "(a \";\" in a name is written \"\\;\").",
          NULL, flags));
  g_object_class_install_property (klass, FILM_SETTING_CLIP_LIST,
      g_param_spec_boxed ("clip-list", "Clip list",
          "The same clips as a list of strings, for programs.", G_TYPE_STRV,
          flags));
  g_object_class_install_property (klass, FILM_SETTING_CLIP_RULES,
      g_param_spec_string ("clip-rules", "Clip rules",
          "What is wanted of single clips: the file of a document "
          "gst-montage/clips, or the document itself.",
          NULL, flags));
  g_object_class_install_property (klass, FILM_SETTING_SCARCITY,
      g_param_spec_enum ("scarcity", "Scarcity",
          "What is done where the footage does not last for the film.",
          GST_TYPE_MONTAGE_SCARCITY, DEFAULT_SCARCITY, flags));
}

static void
install_prompt_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, FILM_SETTING_PROMPT,
      g_param_spec_string ("prompt", "Prompt",
          "What the film shall be like, in a sentence, English or German.",
          NULL, flags));
  g_object_class_install_property (klass, FILM_SETTING_STYLE,
      g_param_spec_string ("style", "Style",
          "Name of a style; it wins over one that the prompt names.", NULL,
          flags));
  g_object_class_install_property (klass, FILM_SETTING_OFFLINE,
      g_param_spec_boolean ("offline", "Offline",
          "Ask no language model, whatever is set up.", DEFAULT_OFFLINE,
          flags));
  g_object_class_install_property (klass, FILM_SETTING_MODELS_FILE,
      g_param_spec_string ("models-file", "Models file",
          "File that says which language models may be asked; NULL for "
          "gst-montage/director.conf in the user's configuration folder.",
          DEFAULT_MODELS_FILE, flags));
  g_object_class_install_property (klass, FILM_SETTING_LOOK,
      g_param_spec_boolean ("look", "Look",
          "Send a small picture of each shot to these models, which say what "
          "it shows, as where their settings say so.",
          DEFAULT_LOOK, flags));
  g_object_class_install_property (klass, FILM_SETTING_ALLOW_STABILIZATION,
      g_param_spec_boolean ("allow-stabilization", "Allow stabilization",
          "Let a language model turn stabilization on, which is slow; FALSE "
          "leaves that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_STABILIZATION, flags));
  g_object_class_install_property (klass, FILM_SETTING_ALLOW_UPSCALE,
      g_param_spec_boolean ("allow-upscale", "Allow upscale",
          "Let a language model turn upscaling on, which is slow; FALSE leaves "
          "that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_UPSCALE, flags));
  g_object_class_install_property (klass, FILM_SETTING_SEED,
      g_param_spec_uint64 ("seed", "Seed",
          "Another seed makes another film of the same material; the same "
          "seed the same film.",
          0, G_MAXUINT64, DEFAULT_SEED, flags));
  g_object_class_install_property (klass, FILM_SETTING_DURATION,
      g_param_spec_uint64 ("duration", "Duration",
          "Length of the film in ns; 0 is what the prompt says, or the whole "
          "song.",
          0, G_MAXINT64, DEFAULT_DURATION, flags));
}

static void
install_output_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, FILM_SETTING_WIDTH,
      g_param_spec_uint ("width", "Width",
          "Width of the film in pixels, made even; 0 is chosen from the clips.",
          0, MAX_SIZE, DEFAULT_SIZE, flags));
  g_object_class_install_property (klass, FILM_SETTING_HEIGHT,
      g_param_spec_uint ("height", "Height",
          "Height of the film in pixels, made even; 0 is chosen from the "
          "clips.",
          0, MAX_SIZE, DEFAULT_SIZE, flags));
  g_object_class_install_property (klass, FILM_SETTING_FRAMERATE,
      gst_param_spec_fraction ("framerate", "Frame rate",
          "Frames per second of the film; 0/1 is chosen from the clips.", 0, 1,
          240, 1, DEFAULT_FPS_N, DEFAULT_FPS_D, flags));
  g_object_class_install_property (klass, FILM_SETTING_FIT,
      g_param_spec_enum ("fit", "Fit",
          "How a clip of another shape meets the film's.", GST_TYPE_MONTAGE_FIT,
          DEFAULT_FIT, flags));
  g_object_class_install_property (klass, FILM_SETTING_WORKERS,
      g_param_spec_uint ("workers", "Workers",
          "How many files are analysed at once; 0 is one per processor.", 0,
          256, DEFAULT_WORKERS, flags));
  g_object_class_install_property (klass, FILM_SETTING_CACHE,
      g_param_spec_boolean ("cache", "Cache",
          "Keep what an analysis finds for the next time, and use it.",
          DEFAULT_CACHE, flags));
}

void
film_settings_install (GObjectClass *klass)
{
  install_material_properties (klass);
  install_prompt_properties (klass);
  install_output_properties (klass);
}
