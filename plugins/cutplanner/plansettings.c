/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "plansettings.h"

#define DEFAULT_SEED 0
#define DEFAULT_WIDTH 0
#define DEFAULT_HEIGHT 0
#define DEFAULT_FIT GST_MONTAGE_FIT_CROP
#define DEFAULT_DURATION 0
#define DEFAULT_MUSIC_START (-1)
#define DEFAULT_SCARCITY GST_MONTAGE_SCARCITY_REUSE
#define MAX_SIZE 16384
#define MAX_RATE 240

void
plan_settings_init (PlanSettings *self)
{
  *self = (PlanSettings){.seed = DEFAULT_SEED,
      .output = {.width = DEFAULT_WIDTH,
          .height = DEFAULT_HEIGHT,
          .fps_n = 0,
          .fps_d = 1,
          .fit = DEFAULT_FIT},
      .duration = DEFAULT_DURATION,
      .music_start = DEFAULT_MUSIC_START,
      .scarcity = DEFAULT_SCARCITY};
}

PlanSettings
plan_settings_copy (const PlanSettings *self)
{
  PlanSettings copy = *self;

  copy.clip_rules = g_strdup (self->clip_rules);
  return copy;
}

void
plan_settings_clear (PlanSettings *self)
{
  g_clear_pointer (&self->clip_rules, g_free);
}

gboolean
plan_settings_set (PlanSettings *self, guint id, const GValue *value)
{
  switch (id) {
    case PLAN_SETTING_SEED:
      self->seed = g_value_get_uint64 (value);
      return TRUE;
    case PLAN_SETTING_WIDTH:
      self->output.width = g_value_get_uint (value);
      return TRUE;
    case PLAN_SETTING_HEIGHT:
      self->output.height = g_value_get_uint (value);
      return TRUE;
    case PLAN_SETTING_FRAMERATE:
      self->output.fps_n = gst_value_get_fraction_numerator (value);
      self->output.fps_d = gst_value_get_fraction_denominator (value);
      return TRUE;
    case PLAN_SETTING_FIT:
      self->output.fit = g_value_get_enum (value);
      return TRUE;
    case PLAN_SETTING_DURATION:
      self->duration = g_value_get_uint64 (value);
      return TRUE;
    case PLAN_SETTING_MUSIC_START:
      self->music_start = g_value_get_int64 (value);
      return TRUE;
    case PLAN_SETTING_CLIP_RULES:
      g_free (self->clip_rules);
      self->clip_rules = g_value_dup_string (value);
      return TRUE;
    case PLAN_SETTING_SCARCITY:
      self->scarcity = g_value_get_enum (value);
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
plan_settings_get (const PlanSettings *self, guint id, GValue *value)
{
  switch (id) {
    case PLAN_SETTING_SEED:
      g_value_set_uint64 (value, self->seed);
      return TRUE;
    case PLAN_SETTING_WIDTH:
      g_value_set_uint (value, self->output.width);
      return TRUE;
    case PLAN_SETTING_HEIGHT:
      g_value_set_uint (value, self->output.height);
      return TRUE;
    case PLAN_SETTING_FRAMERATE:
      gst_value_set_fraction (value, self->output.fps_n, self->output.fps_d);
      return TRUE;
    case PLAN_SETTING_FIT:
      g_value_set_enum (value, (gint) self->output.fit);
      return TRUE;
    case PLAN_SETTING_DURATION:
      g_value_set_uint64 (value, self->duration);
      return TRUE;
    case PLAN_SETTING_MUSIC_START:
      g_value_set_int64 (value, self->music_start);
      return TRUE;
    case PLAN_SETTING_CLIP_RULES:
      g_value_set_string (value, self->clip_rules);
      return TRUE;
    case PLAN_SETTING_SCARCITY:
      g_value_set_enum (value, self->scarcity);
      return TRUE;
    default:
      return FALSE;
  }
}

static void
install_format (GObjectClass *klass, GParamFlags flags)
{
  g_object_class_install_property (klass, PLAN_SETTING_WIDTH,
      g_param_spec_uint ("width", "Width",
          "Width of the film in pixels, 0 is chosen from the clips.", 0,
          MAX_SIZE, DEFAULT_WIDTH, flags));
  g_object_class_install_property (klass, PLAN_SETTING_HEIGHT,
      g_param_spec_uint ("height", "Height",
          "Height of the film in pixels, 0 is chosen from the clips.", 0,
          MAX_SIZE, DEFAULT_HEIGHT, flags));
  g_object_class_install_property (klass, PLAN_SETTING_FRAMERATE,
      gst_param_spec_fraction ("framerate", "Frame rate",
          "Frames per second of the film, 0/1 is chosen from the clips.", 0, 1,
          MAX_RATE, 1, 0, 1, flags));
  g_object_class_install_property (klass, PLAN_SETTING_FIT,
      g_param_spec_enum ("fit", "Fit",
          "How clips of another aspect ratio meet the film's.",
          GST_TYPE_MONTAGE_FIT, DEFAULT_FIT, flags));
}

void
plan_settings_install (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PLAN_SETTING_SEED,
      g_param_spec_uint64 ("seed", "Seed",
          "Another seed is another take of the same film.", 0, G_MAXUINT64,
          DEFAULT_SEED, flags));
  install_format (klass, flags);
  g_object_class_install_property (klass, PLAN_SETTING_DURATION,
      g_param_spec_uint64 ("duration", "Duration",
          "Length of the film in ns, 0 is what the instructions say.", 0,
          G_MAXUINT64 - 1, DEFAULT_DURATION, flags));
  g_object_class_install_property (klass, PLAN_SETTING_MUSIC_START,
      g_param_spec_int64 ("music-start", "Music start",
          "Where in the music the film starts in ns, -1 is chosen.", -1,
          G_MAXINT64, DEFAULT_MUSIC_START, flags));
  g_object_class_install_property (klass, PLAN_SETTING_CLIP_RULES,
      g_param_spec_string ("clip-rules", "Clip rules",
          "What is wanted of single clips: the file of a document "
          "gst-montage/clips, or the document itself. What the pads say wins.",
          NULL, flags));
  g_object_class_install_property (klass, PLAN_SETTING_SCARCITY,
      g_param_spec_enum ("scarcity", "Scarcity",
          "What is done where the footage does not last for the film.",
          GST_TYPE_MONTAGE_SCARCITY, DEFAULT_SCARCITY, flags));
}
