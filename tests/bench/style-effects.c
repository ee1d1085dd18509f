/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: style-effects [FIELD [STYLE]]
 * What each field of the instructions does to a film of each style: the measure
 * that it is meant to move, before and after. FIELD may be a part of a name. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gst/montage/montage.h>

#include "styleeffects.h"

#define N_SEEDS 2

static void
print_effect (const StyleEffect *effect, const StyleFilm *film,
    const GstMontageStyle *style)
{
  gdouble values[STYLE_N_MEASURES];

  style_measure_mean (film, style->instructions, N_SEEDS, values);
  for (gint high = 0; high <= 1; high++) {
    StyleChange change = style_effect_try (effect, film, style->instructions,
        high, N_SEEDS, values);

    gdouble strength = style_effect_strength (effect, high, &change);

    if (change.tried)
      printf ("  %-15s %-4s %7.3f %7.3f%s\n", style->name,
          high ? "high" : "low", change.before, change.after,
          strength >= 1       ? ""
              : strength > -1 ? "  no effect"
                              : "  contrary");
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = NULL;
  StyleFilm film;
  guint n;
  const StyleEffect *effects = style_effects (&n);

  gst_init (&argc, &argv);
  styles = gst_montage_styles_load (NULL, &error);
  if (styles == NULL) {
    fprintf (stderr, "%s\n", error->message);
    return EXIT_FAILURE;
  }
  style_film_init (&film);
  for (guint i = 0; i < n; i++) {
    if (argc > 1 && strstr (effects[i].field, argv[1]) == NULL)
      continue;
    printf ("%s: %s\n", effects[i].field,
        style_measure_info (effects[i].measure)->name);
    for (guint s = 0; s < gst_montage_styles_size (styles); s++) {
      const GstMontageStyle *style = gst_montage_styles_get (styles, s);
      if (argc <= 2 || strcmp (style->name, argv[2]) == 0)
        print_effect (&effects[i], &film, style);
    }
  }
  style_film_clear (&film);
  return EXIT_SUCCESS;
}
