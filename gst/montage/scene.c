/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/scene-private.h>
#include <gst/montage/words.h>

#define SCENE(member, type, ...)                                               \
  GST_MONTAGE_FIELD (GstMontageScene, member, #member, type,                   \
      .flags = GST_MONTAGE_FIELD_OPTIONAL, __VA_ARGS__)
#define MAYBE(member, type, ...)                                               \
  GST_MONTAGE_FIELD (GstMontageScene, member, #member, type,                   \
      .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,        \
      __VA_ARGS__)

static const GstMontageField scene_fields[] = {
    SCENE (tags, STRINGS,
        .description = "What is seen, in words of a closed vocabulary."),
    SCENE (action, ENUM, .enum_type = gst_montage_action_level_get_type,
        .description = "How much happens."),
    SCENE (shot_size, ENUM, .enum_type = gst_montage_shot_size_get_type,
        .description = "How near the subject is."),
    SCENE (mood, ENUM, .enum_type = gst_montage_mood_get_type,
        .description = "What the picture feels like."),
    MAYBE (focus_x, DOUBLE, .minimum = 0, .maximum = 1,
        .description = "Where the subject is: 0 is left, 1 is right; null: "
                       "not known."),
    MAYBE (focus_y, DOUBLE, .minimum = 0, .maximum = 1,
        .description = "Where the subject is: 0 is the top, 1 is the bottom; "
                       "null: not known."),
    SCENE (rules, STRINGS,
        .description = "Of the wishes that hold for some shots, those that "
                       "hold for this one, in the user's words."),
    MAYBE (model, STRING, .description = "The model that looked."),
};
const GstMontageFieldTable gst_montage_scene_table =
    GST_MONTAGE_FIELD_TABLE ("scene", GstMontageScene, scene_fields);

GstMontageScene *
gst_montage_scene_new (void)
{
  return gst_montage_fields_new (&gst_montage_scene_table);
}

GstMontageScene *
gst_montage_scene_copy (const GstMontageScene *self)
{
  GstMontageScene *copy = g_new0 (GstMontageScene, 1);

  gst_montage_fields_copy (&gst_montage_scene_table, self, copy);
  return copy;
}

void
gst_montage_scene_free (GstMontageScene *self)
{
  if (!self)
    return;
  gst_montage_fields_clear (&gst_montage_scene_table, self);
  g_free (self);
}

/* --- what words say of it ----------------------------------------------- */

static gboolean
is_one_of (const gchar *word, const gchar *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (word, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Words that say nothing of what is seen. */
static gboolean
is_filler (const gchar *word)
{
  static const gchar *const fillers[] = {"a", "an", "at", "by", "clip", "clips",
      "from", "in", "into", "is", "of", "on", "picture", "pictures", "scene",
      "scenes", "shot", "shots", "some", "that", "the", "there", "they", "this",
      "to", "where", "which", "while", "with", "am", "auf", "aufnahme",
      "aufnahmen", "aus", "bei", "bild", "bilder", "bildern", "das", "dem",
      "den", "der", "des", "die", "ein", "eine", "einem", "einen", "einer",
      "es", "im", "ist", "mit", "sieht", "szene", "szenen", "vom", "von", "was",
      "wenn", "wird", "wo", "zu", "zum", "zur"};

  return is_one_of (word, fillers, G_N_ELEMENTS (fillers));
}

static gboolean
is_link (const gchar *word)
{
  static const gchar *const links[] = {"and", "or", "und", "oder", "sowie"};

  return is_one_of (word, links, G_N_ELEMENTS (links));
}

static gboolean
has_tag_for (const GstMontageScene *self, const gchar *word)
{
  for (guint i = 0; self->tags && self->tags[i]; i++)
    if (gst_montage_scene_tag_means (self->tags[i], word))
      return TRUE;
  return FALSE;
}

static gboolean
tags_show (const GstMontageScene *self, const GstMontageWords *words)
{
  guint n_content = 0;
  gboolean all = TRUE;

  for (guint i = 0; i < words->n_words; i++) {
    const gchar *word = words->words[i].fold;

    if (is_link (word)
        || (words->words[i].flags & GST_MONTAGE_WORD_BREAK) != 0) {
      if (all && n_content > 0)
        return TRUE;
      all = TRUE;
      n_content = 0;
    }
    if (is_link (word) || is_filler (word))
      continue;
    n_content++;
    all = all && has_tag_for (self, word);
  }
  return all && n_content > 0;
}

gboolean
gst_montage_scene_shows (const GstMontageScene *self, const gchar *when)
{
  g_auto (GstMontageWords) words = {0};

  if (self->rules && g_strv_contains ((const gchar *const *) self->rules, when))
    return TRUE;
  gst_montage_words_init (&words, when);
  return tags_show (self, &words);
}
