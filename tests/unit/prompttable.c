/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompttable.h"

/* The value of a field as text; numbers in their shortest form. */
static gchar *
value_text (const GValue *value)
{
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!value)
    return g_strdup ("(absent)");
  if (G_VALUE_HOLDS_DOUBLE (value))
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.6g",
        g_value_get_double (value)));
  if (G_VALUE_HOLDS_STRING (value))
    return g_value_dup_string (value);
  return gst_value_serialize (value);
}

static gchar *
expected_text (JsonObject *entry, const gchar *name, const GValue *of_base)
{
  JsonObject *fields = json_object_has_member (entry, "fields")
      ? json_object_get_object_member (entry, "fields")
      : NULL;

  if (fields && json_object_has_member (fields, name))
    return g_strdup (json_object_get_string_member (fields, name));
  return value_text (of_base);
}

static guint
compare_fields (JsonObject *entry, const gchar *title,
    const GstMontageInstructions *base, const GstMontageInstructions *read)
{
  g_autoptr (GstStructure)
      got = gst_montage_instructions_to_structure (read, "x");
  g_autoptr (GstStructure)
      plain = gst_montage_instructions_to_structure (base, "x");
  guint wrong = 0;

  for (gint i = 0; i < gst_structure_n_fields (got); i++) {
    const gchar *name = gst_structure_nth_field_name (got, (guint) i);
    g_autofree gchar *is = NULL;
    g_autofree gchar *right = NULL;

    if (g_str_has_prefix (name, "origin") || g_str_equal (name, "revision")
        || g_str_equal (name, "scenes"))
      continue;
    is = value_text (gst_structure_get_value (got, name));
    right = expected_text (entry, name, gst_structure_get_value (plain, name));
    if (g_str_equal (is, right))
      continue;
    g_printerr ("\"%s\": %s is %s, not %s\n", title, name, is, right);
    wrong++;
  }
  /* a length that is unset is not in the structure */
  if (gst_structure_n_fields (got) < gst_structure_n_fields (plain)) {
    g_printerr ("\"%s\": a field of its start is unset\n", title);
    wrong++;
  }
  return wrong;
}

/* The strings of a member, with commas. */
static gchar *
join_member (JsonObject *entry, const gchar *name)
{
  GString *out = g_string_new (NULL);
  JsonArray *array = json_object_get_array_member (entry, name);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "",
        json_array_get_string_element (array, i));
  return g_string_free (out, FALSE);
}

static gchar *
join_scenes (const GArray *scenes)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < scenes->len; i++) {
    const GstMontageSceneRule *rule = &g_array_index (scenes,
        GstMontageSceneRule, i);

    g_string_append_printf (out, "%s%s %d %g", i > 0 ? "," : "", rule->when,
        rule->speed_step, rule->weight);
  }
  return g_string_free (out, FALSE);
}

/* @otherwise: what is right where the entry has no such member. */
static guint
compare_member (JsonObject *entry, const gchar *title, const gchar *name,
    const gchar *otherwise, const gchar *is)
{
  g_autofree gchar *right = json_object_has_member (entry, name)
      ? join_member (entry, name)
      : g_strdup (otherwise);

  if (g_str_equal (is, right))
    return 0;
  g_printerr ("\"%s\": %s is %s, not %s\n", title, name, is, right);
  return 1;
}

gboolean
prompt_table_compare (JsonObject *entry, const gchar *title,
    const GstMontageInstructions *base, const GstMontageInstructions *read)
{
  g_autofree gchar *scenes_before = join_scenes (base->scenes);
  g_autofree gchar *scenes = join_scenes (read->scenes);
  g_autofree gchar *left_over = read->origin.left_over
      ? g_strjoinv (",", read->origin.left_over)
      : g_strdup ("");
  guint n_wrong = compare_fields (entry, title, base, read)
      + compare_member (entry, title, "scenes", scenes_before, scenes)
      + compare_member (entry, title, "left_over", "", left_over);

  return n_wrong == 0;
}

JsonParser *
prompt_table_load (const gchar *name)
{
  g_autofree gchar *path = g_build_filename (g_getenv ("MONTAGE_SOURCE"),
      "tests", "unit", name, NULL);
  JsonParser *parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return parser;
}
