/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints docs/styles.md: the styles, and what they make of the same song and
 * the same clips (tests/styles), by seconds and shares rather than by words. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

#include "styleeffects.h"

#define N_SEEDS 3

static const gchar *introduction =
    "# The styles\n"
    "\n"
    "A style is a file of `presets/styles/`: values for all fields of the "
    "instructions\n"
    "([documents.md](documents.md#gst-montageinstructions)). Your own go to "
    "`~/.local/share/gst-montage/styles`.\n"
    "This page is made from these files by `docs/make-styles.c`, which plans "
    "one film\n"
    "in each style; a test compares the two.\n";

static const gchar *about_films =
    "\n## The same film in every style\n"
    "\n"
    "A song of 2:35 at 118 BPM (intro, verse, build, drop, verse, break, "
    "chorus, outro) and 24 clips\n"
    "with 96 shots, whose motion, shot sizes, camera, light, forms and moods "
    "are spread evenly, made by\n"
    "`tests/styles`; each figure is the mean of three takes (seeds 1 to 3).\n";

static const gchar *about_fields =
    "\n## What each field does\n"
    "\n"
    "In the film above each field is moved from what the style has to a value "
    "below, and the measure has\n"
    "to follow, in each style: `tests/unit/test-styleeffects.c`. The limits of "
    "the lengths are moved to so\n"
    "many times what the film has. A length of crossfades is looked at with "
    "crossfades, a strength of the\n"
    "grade with a grade. `tests/bench/style-effects` prints how far each "
    "goes. Weights are compared with\n"
    "ones at the other end of their range, in films where something has to be "
    "given up.\n"
    "\n"
    "| field | less with | more with | of what |\n"
    "|---|---|---|---|\n";

typedef struct
{
  const gchar *title;
  StyleMeasure first;
  StyleMeasure last;
} Group;

static const Group groups[] = {
    {"Pace", STYLE_CUTS_PER_MINUTE, STYLE_ON_DOWNBEAT},
    {"Pictures", STYLE_MOTION, STYLE_LIVELY_MOOD},
    {"Transitions and effects", STYLE_CROSSFADES, STYLE_UPSCALED},
};

/* ---- the styles ---- */

static void
print_member (JsonObject *object, const gchar *name, JsonNode *node,
    gpointer data)
{
  gboolean *any = data;
  g_autofree gchar *value = json_to_string (node, FALSE);
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  (void) object;
  if (JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    g_free (value);
    value = g_strdup (g_ascii_formatd (number, sizeof (number), "%g",
        json_node_get_double (node)));
  }
  if (strcmp (value, "null") == 0 || strcmp (value, "false") == 0)
    return;
  g_strdelimit (value, "\"", ' ');
  printf ("%s%s", *any ? ", " : "", name);
  if (strcmp (value, "true") != 0)
    printf (" %s", g_strstrip (value));
  *any = TRUE;
}

/* Each group of fields; of a style's JSON only what says something. */
static void
print_fields (const GstMontageInstructions *instructions)
{
  static const gchar *names[] = {"pacing", "cinematography", "transitions",
      "energy_mapping", "effects", "constraints", "weights"};
  g_autofree gchar *text = gst_montage_instructions_to_json (instructions);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonObject *object = json_node_get_object (root);
    gboolean any = FALSE;

    if (!json_object_has_member (object, names[i]))
      continue;
    printf ("- %s: ", names[i]);
    json_object_foreach_member (json_object_get_object_member (object,
                                    names[i]),
        print_member, &any);
    printf ("%s\n", any ? "" : "nothing");
  }
}

static void
print_styles (const GstMontageStyles *styles)
{
  for (guint i = 0; i < gst_montage_styles_size (styles); i++) {
    const GstMontageStyle *style = gst_montage_styles_get (styles, i);

    printf ("\n## %s\n\n`%s`, %s: %s\n\n", style->title, style->name,
        gst_montage_enum_nick (GST_TYPE_MONTAGE_MOOD,
            (gint) style->instructions->style.mood),
        style->description);
    print_fields (style->instructions);
  }
}

/* ---- what they make ---- */

static gdouble *
measure_styles (const GstMontageStyles *styles)
{
  guint n = gst_montage_styles_size (styles);
  gdouble *values = g_new (gdouble, (gsize) n * STYLE_N_MEASURES);
  StyleFilm film;

  style_film_init (&film);
  for (guint i = 0; i < n; i++)
    style_measure_mean (&film, gst_montage_styles_get (styles, i)->instructions,
        N_SEEDS, values + (gsize) i * STYLE_N_MEASURES);
  style_film_clear (&film);

  return values;
}

static void
print_group (const Group *group, const GstMontageStyles *styles,
    const gdouble *values)
{
  printf ("\n### %s\n\n| style |", group->title);
  for (guint m = group->first; m <= group->last; m++)
    printf (" %s |", style_measure_info (m)->name);
  printf ("\n|---|");
  for (guint m = group->first; m <= group->last; m++)
    printf ("---|");
  for (guint i = 0; i < gst_montage_styles_size (styles); i++) {
    printf ("\n| %s |", gst_montage_styles_get (styles, i)->name);
    for (guint m = group->first; m <= group->last; m++)
      printf (" %.*f |", (gint) style_measure_info (m)->digits,
          values[i * STYLE_N_MEASURES + m]);
  }
  printf ("\n\n");
  for (guint m = group->first; m <= group->last; m++)
    printf ("- %s: %s\n", style_measure_info (m)->name,
        style_measure_info (m)->sentence);
}

/* ---- what the fields do ---- */

static void
print_effects (void)
{
  guint n;
  const StyleEffect *effects = style_effects (&n);

  printf ("%s", about_fields);
  for (guint i = 0; i < n; i++)
    printf ("| %s | %s | %s | %s |\n", effects[i].field,
        effects[i].low != NULL ? effects[i].low : "",
        effects[i].high != NULL ? effects[i].high : "",
        style_measure_info (effects[i].measure)->name);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = NULL;
  g_autofree gdouble *values = NULL;

  gst_init (&argc, &argv);
  styles = gst_montage_styles_load (NULL, &error);
  if (styles == NULL) {
    fprintf (stderr, "%s\n", error->message);
    return EXIT_FAILURE;
  }
  values = measure_styles (styles);
  printf ("%s", introduction);
  print_styles (styles);
  printf ("%s", about_films);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    print_group (&groups[i], styles, values);
  print_effects ();
  return EXIT_SUCCESS;
}
