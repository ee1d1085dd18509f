/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "directorsettings.h"

#include <gst/gst.h>

enum
{
  PROP_0,
  PROP_PROMPT,
  PROP_STYLE,
  PROP_STYLES_FOLDER,
  PROP_INSTRUCTIONS,
  PROP_CONVERSATION,
  PROP_OFFLINE,
  PROP_MODELS_FILE,
  PROP_ALLOW_STABILIZATION,
  PROP_ALLOW_UPSCALE,
  PROP_SEED,
  PROP_UPDATES
};

#define DEFAULT_PROMPT NULL
#define DEFAULT_STYLE NULL
#define DEFAULT_STYLES_FOLDER NULL
#define DEFAULT_INSTRUCTIONS NULL
#define DEFAULT_CONVERSATION FALSE
#define DEFAULT_OFFLINE FALSE
#define DEFAULT_MODELS_FILE NULL
#define DEFAULT_ALLOW_STABILIZATION FALSE
#define DEFAULT_ALLOW_UPSCALE FALSE
#define DEFAULT_SEED 0
#define DEFAULT_UPDATES FALSE

void
director_settings_clear (DirectorSettings *self)
{
  director_request_clear (&self->request);
  g_clear_pointer (&self->styles_folder, g_free);
  g_clear_pointer (&self->models_file, g_free);
}

/* Whether @value is new. */
static gboolean
take_string (gchar **member, const GValue *value)
{
  if (g_strcmp0 (*member, g_value_get_string (value)) == 0)
    return FALSE;
  g_free (*member);
  *member = g_value_dup_string (value);
  return TRUE;
}

gboolean
director_settings_set (DirectorSettings *self, guint id, const GValue *value)
{
  switch (id) {
    case PROP_PROMPT:
      return take_string (&self->request.prompt, value);
    case PROP_STYLE:
      return take_string (&self->request.style, value);
    case PROP_INSTRUCTIONS:
      return take_string (&self->request.document, value);
    case PROP_CONVERSATION:
      self->request.conversation = g_value_get_boolean (value);
      break;
    case PROP_STYLES_FOLDER:
      take_string (&self->styles_folder, value);
      break;
    case PROP_OFFLINE:
      self->offline = g_value_get_boolean (value);
      break;
    case PROP_MODELS_FILE:
      take_string (&self->models_file, value);
      break;
    case PROP_ALLOW_STABILIZATION:
      self->allow_stabilization = g_value_get_boolean (value);
      break;
    case PROP_ALLOW_UPSCALE:
      self->allow_upscale = g_value_get_boolean (value);
      break;
    case PROP_SEED:
      self->seed = g_value_get_uint (value);
      break;
    case PROP_UPDATES:
      self->updates = g_value_get_boolean (value);
      break;
    default:
      g_assert_not_reached ();
  }
  return FALSE;
}

void
director_settings_get (const DirectorSettings *self, guint id, GValue *value)
{
  switch (id) {
    case PROP_PROMPT:
      g_value_set_string (value, self->request.prompt);
      break;
    case PROP_STYLE:
      g_value_set_string (value, self->request.style);
      break;
    case PROP_INSTRUCTIONS:
      g_value_set_string (value, self->request.document);
      break;
    case PROP_CONVERSATION:
      g_value_set_boolean (value, self->request.conversation);
      break;
    case PROP_STYLES_FOLDER:
      g_value_set_string (value, self->styles_folder);
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    case PROP_MODELS_FILE:
      g_value_set_string (value, self->models_file);
      break;
    case PROP_ALLOW_STABILIZATION:
      g_value_set_boolean (value, self->allow_stabilization);
      break;
    case PROP_ALLOW_UPSCALE:
      g_value_set_boolean (value, self->allow_upscale);
      break;
    case PROP_SEED:
      g_value_set_uint (value, self->seed);
      break;
    case PROP_UPDATES:
      g_value_set_boolean (value, self->updates);
      break;
    default:
      g_assert_not_reached ();
  }
}

static void
install_request (GObjectClass *klass)
{
  const GParamFlags playing = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_PLAYING;
  const GParamFlags ready = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PROP_PROMPT,
      g_param_spec_string ("prompt", "Prompt",
          "What the film should be like, in a sentence, English or German; "
          "NULL asks for nothing beyond the style.",
          DEFAULT_PROMPT, playing));
  g_object_class_install_property (klass, PROP_STYLE,
      g_param_spec_string ("style", "Style",
          "Name of a style, which wins over one that the prompt names; NULL "
          "takes that of the prompt, else dynamic.",
          DEFAULT_STYLE, playing));
  g_object_class_install_property (klass, PROP_STYLES_FOLDER,
      g_param_spec_string ("styles-folder", "Styles folder",
          "Folder with style files of one's own, which win over those of the "
          "user and the installed ones; NULL for none.",
          DEFAULT_STYLES_FOLDER, ready));
  g_object_class_install_property (klass, PROP_INSTRUCTIONS,
      g_param_spec_string ("instructions", "Instructions",
          "A ready JSON document of instructions that is checked and sent in "
          "place of what prompt and style ask for; NULL for none.",
          DEFAULT_INSTRUCTIONS, playing));
}

static void
install_rest (GObjectClass *klass)
{
  const GParamFlags playing = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_PLAYING;
  const GParamFlags ready = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PROP_CONVERSATION,
      g_param_spec_boolean ("conversation", "Conversation",
          "Take a prompt as the next turn of a conversation: it changes what it "
          "names and keeps the rest of the last revision, or of the document in "
          "instructions.",
          DEFAULT_CONVERSATION, playing));
  g_object_class_install_property (klass, PROP_OFFLINE,
      g_param_spec_boolean ("offline", "Offline",
          "Ask no language model, whatever is set up.", DEFAULT_OFFLINE,
          ready));
  g_object_class_install_property (klass, PROP_MODELS_FILE,
      g_param_spec_string ("models-file", "Models file",
          "File that says which language models may be asked; NULL for "
          "gst-montage/director.conf in the user's configuration folder.",
          DEFAULT_MODELS_FILE, ready));
  g_object_class_install_property (klass, PROP_ALLOW_STABILIZATION,
      g_param_spec_boolean ("allow-stabilization", "Allow stabilization",
          "Let a language model turn stabilization on, which is slow; FALSE "
          "leaves that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_STABILIZATION, ready));
  g_object_class_install_property (klass, PROP_ALLOW_UPSCALE,
      g_param_spec_boolean ("allow-upscale", "Allow upscale",
          "Let a language model turn upscaling on, which is slow; FALSE leaves "
          "that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_UPSCALE, ready));
  g_object_class_install_property (klass, PROP_SEED,
      g_param_spec_uint ("seed", "Seed",
          "Passed to language models that take one; 0 for none.", 0, G_MAXINT,
          DEFAULT_SEED, ready));
  g_object_class_install_property (klass, PROP_UPDATES,
      g_param_spec_boolean ("updates", "Updates",
          "Stay alive after the first revision and send a new one after each "
          "change of prompt, style or instructions.",
          DEFAULT_UPDATES, playing));
}

void
director_settings_install (GObjectClass *klass)
{
  install_request (klass);
  install_rest (klass);
}
