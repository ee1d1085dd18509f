/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: prompt-cost PROMPTS.json
 * What the offline reading of a sentence costs: the CPU time of each "prompt" of
 * the table, the least of several rounds. Loading the styles is not counted. */

#include <stdlib.h>
#include <time.h>

#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

#define ROUNDS 20

static gdouble
cpu_microseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gdouble) now.tv_sec * 1e6 + (gdouble) now.tv_nsec / 1e3;
}

static gdouble
cost_of (const GstMontageStyles *styles, const gchar *prompt)
{
  gdouble least = G_MAXDOUBLE;

  for (guint round = 0; round < ROUNDS; round++) {
    gdouble start = cpu_microseconds ();
    g_autoptr (GstMontageInstructions)
        read = gst_montage_prompt_read (styles, NULL, prompt, NULL);

    g_assert_nonnull (read);
    least = MIN (least, cpu_microseconds () - start);
  }
  return least;
}

static gint
compare_costs (gconstpointer a, gconstpointer b)
{
  gdouble left = *(const gdouble *) a;
  gdouble right = *(const gdouble *) b;

  return (left > right) - (left < right);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (gdouble));
  g_autoptr (GstMontageStyles) styles = NULL;
  JsonArray *entries;

  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: prompt-cost PROMPTS.json\n");
    return 2;
  }
  styles = gst_montage_styles_load (NULL, &error);
  if (!styles || !json_parser_load_from_file (parser, argv[1], &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  entries = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (entries); i++) {
    gdouble cost = cost_of (styles,
        json_object_get_string_member (json_array_get_object_element (entries,
                                           i),
            "prompt"));

    g_array_append_val (costs, cost);
  }
  if (costs->len == 0)
    return 1;
  g_array_sort (costs, compare_costs);
  g_print ("%u sentences: min %.0f, median %.0f, max %.0f us\n", costs->len,
      g_array_index (costs, gdouble, 0),
      g_array_index (costs, gdouble, costs->len / 2),
      g_array_index (costs, gdouble, costs->len - 1));
  return 0;
}
