/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/answer.h>
#include <gst/montage/documents.h>
#include <gst/montage/error.h>
#include <gst/montage/json.h>
#include <gst/montage/sceneanswer.h>

/* --- what is asked for -------------------------------------------------- */

typedef struct
{
  guint shot;
  GstMontageScene scene;
} SeenShot;

typedef struct
{
  GArray *shots; /* of SeenShot */
} Answer;

#define SEEN(member, name, type, ...)                                          \
  GST_MONTAGE_FIELD (SeenShot, member, name, type, __VA_ARGS__)

/* No bounds for the shot: a number that is too large belongs to none, not to
 * the last one. */
static const GstMontageField seen_fields[] = {
    SEEN (shot, "shot", UINT,
        .description = "Number of the picture, from 1 on."),
    SEEN (scene.tags, "tags", STRINGS,
        .description = "All that are plainly to be seen, what matters most "
                       "first, at most eight."),
    SEEN (scene.action, "action", ENUM,
        .enum_type = gst_montage_action_level_get_type,
        .description = "How much happens."),
    SEEN (scene.shot_size, "shot_size", ENUM,
        .enum_type = gst_montage_shot_size_get_type,
        .description = "How near the subject is."),
    SEEN (scene.mood, "mood", ENUM, .enum_type = gst_montage_mood_get_type,
        .description = "What the picture feels like."),
    SEEN (scene.focus_x, "focus_x", DOUBLE, .flags = GST_MONTAGE_FIELD_NULLABLE,
        .minimum = 0, .maximum = 1,
        .description = "Centre of the subject: 0 is left, 1 is right."),
    SEEN (scene.focus_y, "focus_y", DOUBLE, .flags = GST_MONTAGE_FIELD_NULLABLE,
        .minimum = 0, .maximum = 1,
        .description = "Centre of the subject: 0 is the top, 1 the bottom."),
    SEEN (scene.rules, "rules", STRINGS,
        .description = "The wishes whose description fits the picture."),
};

/* Where there are no rules, their field, the last one, is not asked for: a
 * list of choices must not be empty. */
static const GstMontageFieldTable seen_tables[] = {
    {"shot", sizeof (SeenShot), seen_fields, G_N_ELEMENTS (seen_fields) - 1},
    {"shot", sizeof (SeenShot), seen_fields, G_N_ELEMENTS (seen_fields)},
};

static const GstMontageField answer_fields[][1] = {
    {GST_MONTAGE_FIELD (Answer, shots, "shots", ARRAY, .table = &seen_tables[0],
        .description = "One object per picture, in their order.")},
    {GST_MONTAGE_FIELD (Answer, shots, "shots", ARRAY, .table = &seen_tables[1],
        .description = "One object per picture, in their order.")},
};
static const GstMontageFieldTable answer_tables[] = {
    {"answer", sizeof (Answer), answer_fields[0], 1},
    {"answer", sizeof (Answer), answer_fields[1], 1},
};

static gboolean
has_rules (const gchar *const *rules)
{
  return rules && rules[0];
}

/* "rule_1", …: what the model calls the rules. */
static GStrv
name_rules (const gchar *const *rules)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; rules && rules[i]; i++) {
    g_autofree gchar *name = g_strdup_printf ("rule_%u", i + 1);

    g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}

static const gchar *const *
choices_of (const gchar *path, gpointer data)
{
  if (strcmp (path, "shots.tags") == 0)
    return gst_montage_scene_tags ();
  return strcmp (path, "shots.rules") == 0 ? data : NULL;
}

gchar *
gst_montage_scene_answer_schema (const gchar *const *rules,
    GstMontageSchemaLevel level)
{
  g_auto (GStrv) names = name_rules (rules);

  return gst_montage_fields_to_schema (&answer_tables[has_rules (rules)], level,
      choices_of, names);
}

gchar *
gst_montage_scene_answer_describe (const gchar *const *rules)
{
  const GstMontageFieldTable *table = &seen_tables[has_rules (rules)];
  g_auto (GStrv) names = name_rules (rules);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    g_autofree gchar *path = g_strconcat ("shots.", field->name, NULL);
    g_autofree gchar *right = gst_montage_field_describe (field);
    const gchar *const *choices = choices_of (path, names);
    g_autofree gchar *words = choices ? g_strjoinv (", ", (GStrv) choices)
                                      : NULL;

    g_string_append_printf (out, "%s: %s%s%s%s. %s\n", field->name, right,
        words ? " of these: " : "", words ? words : "",
        field->flags & GST_MONTAGE_FIELD_NULLABLE ? ", or null" : "",
        field->description);
  }
  return g_string_free (out, FALSE);
}

/* --- what is taken ------------------------------------------------------ */

typedef struct
{
  const gchar *const *rules;
  GStrv names;
  const gchar *model;
  GstMontageScene **scenes;
  guint n;
  GPtrArray *faults;
} Taking;

/* Names of rules become the rules themselves. */
static GStrv
resolve_rules (const Taking *self, const GStrv names)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();

  if (!names)
    return NULL;
  for (guint i = 0; self->names[i]; i++)
    if (g_strv_contains ((const gchar *const *) names, self->names[i]))
      g_strv_builder_add (rules, self->rules[i]);
  return g_strv_builder_end (rules);
}

static void
keep (Taking *self, const SeenShot *seen)
{
  GstMontageScene *scene;

  if (seen->shot < 1 || seen->shot > self->n) {
    g_ptr_array_add (self->faults,
        g_strdup_printf ("shots.shot: %u is not a number from 1 to %u",
            seen->shot, self->n));
    return;
  }
  /* what was said first holds */
  if (self->scenes[seen->shot - 1])
    return;
  scene = gst_montage_scene_copy (&seen->scene);
  g_strfreev (scene->rules);
  scene->rules = resolve_rules (self, seen->scene.rules);
  scene->model = g_strdup (self->model);
  self->scenes[seen->shot - 1] = scene;
}

/* One wrong value costs its shot, not those beside it. */
static void
take_shot (Taking *self, JsonNode *node)
{
  const GstMontageFieldTable *table = &seen_tables[has_rules (self->rules)];
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  guint n_faults = self->faults->len;
  SeenShot seen = {0};

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_ptr_array_add (self->faults, g_strdup ("shots: an object is expected"));
    return;
  }
  gst_montage_fields_init (table, &seen);
  gst_montage_fields_coerce (table, &seen, json_node_get_object (node), "shots",
      choices_of, self->names, notes, self->faults);
  if (self->faults->len == n_faults)
    keep (self, &seen);
  gst_montage_fields_clear (table, &seen);
}

static JsonArray *
find_shots (JsonNode *root, GPtrArray *faults)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root),
      "shots");

  if (node && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  g_ptr_array_add (faults, g_strdup ("shots: a list is expected"));
  return NULL;
}

static guint
count_scenes (GstMontageScene *const *scenes, guint n)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += scenes[i] != NULL;
  return count;
}

gboolean
gst_montage_scene_answer_read (const gchar *text, gssize length,
    const gchar *const *rules, const gchar *model, GstMontageScene **scenes,
    guint n, GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) names = name_rules (rules);
  Taking taking = {rules, names, model, scenes, n, faults};
  g_autoptr (JsonNode) root = NULL;
  JsonArray *shots;
  gsize start, size;

  if (!gst_montage_answer_find (text, length, &start, &size, notes, error))
    return FALSE;
  root = gst_montage_json_parse (text + start, (gssize) size, "The answer",
      error);
  if (!root)
    return FALSE;
  shots = find_shots (root, faults);
  for (guint i = 0; shots && i < json_array_get_length (shots); i++)
    take_shot (&taking, json_array_get_element (shots, i));
  if (count_scenes (scenes, n) > 0)
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "The answer says nothing of any picture: %s.",
      faults->len > 0 ? (const gchar *) g_ptr_array_index (faults, 0)
                      : "its list is empty");
  return FALSE;
}
