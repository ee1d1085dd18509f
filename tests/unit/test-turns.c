/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/check/gstcheck.h>

#include "prompttable.h"

/* turns.json: conversations. A turn starts from the one before, or, where it
 * names a "style", from that style: all else must be as it was. */

#define LEAST_CONVERSATIONS 60

static const GstMontageInstructions *
start_of (const GstMontageStyles *styles, JsonObject *turn,
    const GstMontageInstructions *before)
{
  const gchar *style = json_object_get_string_member_with_default (turn,
      "style", before ? NULL : "dynamic");

  return style ? gst_montage_styles_lookup (styles, style)->instructions
               : before;
}

static GstMontageInstructions *
say (const GstMontageStyles *styles, const GstMontageInstructions *before,
    const gchar *prompt)
{
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *read = before
      ? gst_montage_prompt_refine (styles, before, prompt, &error)
      : gst_montage_prompt_read (styles, NULL, prompt, &error);

  g_assert_no_error (error);
  fail_unless_equals_int (read->revision, before ? before->revision + 1 : 1);
  fail_unless_equals_int (read->origin.turns->len, read->revision);
  return read;
}

static guint
check_conversation (const GstMontageStyles *styles, JsonArray *turns)
{
  g_autoptr (GstMontageInstructions) before = NULL;
  guint n_wrong = 0;

  for (guint i = 0; i < json_array_get_length (turns); i++) {
    JsonObject *turn = json_array_get_object_element (turns, i);
    const gchar *prompt = json_object_get_string_member (turn, "say");
    GstMontageInstructions *read = say (styles, before, prompt);

    if (!prompt_table_compare (turn, prompt, start_of (styles, turn, before),
            read))
      n_wrong++;
    gst_montage_instructions_free (before);
    before = read;
  }
  return n_wrong;
}

GST_START_TEST (test_conversations)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);
  g_autoptr (JsonParser) parser = prompt_table_load ("turns.json");
  JsonArray *conversations = json_node_get_array (
      json_parser_get_root (parser));
  guint n_wrong = 0;

  g_assert_no_error (error);
  fail_unless (json_array_get_length (conversations) >= LEAST_CONVERSATIONS);
  for (guint i = 0; i < json_array_get_length (conversations); i++)
    n_wrong += check_conversation (styles,
        json_array_get_array_element (conversations, i));
  fail_unless (n_wrong == 0, "%u turns are read wrongly", n_wrong);
}
GST_END_TEST;

/* What settles a contradiction, or is missing, is said with the words. */
GST_START_TEST (test_notes)
{
  static const struct
  {
    const gchar *prompt;
    const gchar *note;
  } rows[] = {
      {"slow and fast", "\"slow\" and \"fast\": the pace follows the music."},
      {"slow, cut on every beat",
          "\"slow\" and \"every beat\": the beats decide."},
      {"harte Schnitte und weiche Blenden",
          "\"harte schnitte\" and \"weiche blenden\": some cuts are "
          "crossfaded."},
      {"warm, later cold tones",
          "\"warm\" and \"cold tones\": a film has one colour grade, the "
          "later one."},
      {"episch und romantisch",
          "\"episch\" and \"romantisch\": a film has one mood, the later "
          "one."},
      {"30 Sekunden, nein, 40 Sekunden",
          "\"30 sekunden\" and \"40 sekunden\": the later length holds."},
      {"länger",
          "\"länger\": the film is as long as the song; say how many "
          "seconds it shall have."},
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstMontageInstructions)
        read = say (styles, NULL, rows[i].prompt);
    g_autoptr (GstMontageInstructions) next = say (styles, read, "warm");

    fail_unless (read->origin.notes != NULL, "\"%s\"", rows[i].prompt);
    fail_unless_equals_string (read->origin.notes[0], rows[i].note);
    fail_unless (read->origin.notes[1] == NULL);
    fail_unless (next->origin.notes == NULL);
  }
}
GST_END_TEST;

static const GstMontageDecision *
find_decision (const GstMontageInstructions *self, const gchar *field)
{
  for (guint i = 0; i < self->origin.decisions->len; i++) {
    const GstMontageDecision *decision = &g_array_index (self->origin.decisions,
        GstMontageDecision, i);

    if (g_str_equal (decision->field, field))
      return decision;
  }
  return NULL;
}

/* Rules are decisions as well, and stay so in further turns and styles. */
GST_START_TEST (test_scene_decisions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);
  g_autoptr (GstMontageInstructions)
      said = say (styles, NULL, "no cars; people arguing: cut faster");
  g_autoptr (GstMontageInstructions) calmer = say (styles, said, "calmer");
  g_autoptr (GstMontageInstructions)
      restyled = say (styles, calmer, "like mtv");
  const GstMontageDecision *decision = find_decision (said, "scenes[0]");

  fail_unless (decision != NULL && decision->sure == 0.9);
  fail_unless_equals_string (decision->value, "cars: speed_step 0, weight -1");
  fail_unless_equals_string (decision->words, "no cars");
  decision = find_decision (restyled, "scenes[1]");
  fail_unless (decision != NULL);
  fail_unless_equals_string (decision->value,
      "people arguing: speed_step 1, weight 0");
  fail_unless_equals_string (restyled->style.name, "mtv");
  fail_unless_equals_int (restyled->scenes->len, 2);
}
GST_END_TEST;

static Suite *
turns_suite (void)
{
  Suite *suite = suite_create ("turns");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_conversations);
  tcase_add_test (tcase, test_notes);
  tcase_add_test (tcase, test_scene_decisions);
  return suite;
}

GST_CHECK_MAIN (turns);
