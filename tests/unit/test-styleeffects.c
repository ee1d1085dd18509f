/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each field of each style acts: moved to another value it moves the measure
 * that it is meant to move, on one film (tests/styles), in the right direction.
 */

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

#include "styleeffects.h"

#define N_STYLES 14
/* What differs between takes is not what a style does. */
#define N_SEEDS 2
/* Points per cut. */
#define WEIGHT_MARGIN 0.02

static StyleFilm film;
static GstMontageStyles *styles;

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  style_film_init (&film);
  styles = gst_montage_styles_load (NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (void)
{
  style_film_clear (&film);
  gst_montage_styles_free (styles);
}

/* A limit of the style may leave no room at one end; then the other has to do.
 * FALSE: this is for other styles. */
static gboolean
try_effect (const StyleEffect *effect, const GstMontageStyle *style,
    const gdouble *values, GString *failures)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gdouble strongest = 0.0, weakest = 0.0;

  for (gint high = 0; high <= 1; high++) {
    StyleChange change = style_effect_try (effect, &film, style->instructions,
        high, N_SEEDS, values);
    gdouble strength = style_effect_strength (effect, high, &change);

    if (!change.tried)
      continue;
    strongest = MAX (strongest, strength);
    weakest = MIN (weakest, strength);
    g_string_append_printf (found, " %.3f, at its %s end %.3f;", change.before,
        high ? "high" : "low", change.after);
  }
  if (found->len > 0 && (strongest < 1 || weakest <= -1))
    g_string_append_printf (failures, "\n%s: %s: %s%s", style->name,
        effect->field, style_measure_info (effect->measure)->name, found->str);

  return found->len > 0;
}

/* Effects of one field follow each other; one at least is for this style. */
static void
check_tried (const StyleEffect *effect, const StyleEffect *next,
    const gchar *style, gboolean *tried)
{
  if (next != NULL && strcmp (effect->field, next->field) == 0)
    return;
  fail_unless (*tried, "%s: %s was not moved", style, effect->field);
  *tried = FALSE;
}

GST_START_TEST (test_fields)
{
  const GstMontageStyle *style = gst_montage_styles_get (styles, (guint) __i__);
  g_autoptr (GString) failures = g_string_new (NULL);
  gdouble values[STYLE_N_MEASURES];
  gboolean tried = FALSE;
  guint n;
  const StyleEffect *effects = style_effects (&n);

  style_measure_mean (&film, style->instructions, N_SEEDS, values);
  for (guint i = 0; i < n; i++) {
    tried |= try_effect (&effects[i], style, values, failures);
    check_tried (&effects[i], i + 1 < n ? &effects[i + 1] : NULL, style->name,
        &tried);
  }
  fail_unless (failures->len == 0, "%s", failures->str);
}
GST_END_TEST;

/* A weight acts where something has to be given up for it: in short films of
 * many clips, in long ones of few. One of these has to show it. */
static const struct
{
  guint n_clips;
  gdouble sec;
} footages[] = {{24, 60}, {24, 120}, {8, 60}, {1, 40}};

/* @moved: the most that each weight has moved in other footages. */
static void
try_weights (const GstMontageStyle *style, guint footage, gdouble *moved)
{
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_instructions_copy (style->instructions);
  gdouble points[GST_MONTAGE_N_TERMS];
  StyleFilm some;

  instructions->constraints.target_duration_sec = footages[footage].sec;
  style_film_init (&some);
  style_film_shorten (&some, footages[footage].n_clips);
  style_points_mean (&some, instructions, N_SEEDS, points);
  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
    if (moved[term] < WEIGHT_MARGIN)
      moved[term] = MAX (moved[term],
          style_weight_try (term, &some, instructions, N_SEEDS, points));
  style_film_clear (&some);
}

GST_START_TEST (test_weights)
{
  const GstMontageStyle *style = gst_montage_styles_get (styles, (guint) __i__);
  g_autoptr (GString) failures = g_string_new (NULL);
  gdouble moved[GST_MONTAGE_N_TERMS];
  guint n_left = 1;

  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
    moved[term] = style->instructions->weights.terms[term] != 1.0
        ? 0.0
        : WEIGHT_MARGIN; /* nothing to show */
  for (guint i = 0; n_left > 0 && i < G_N_ELEMENTS (footages); i++) {
    try_weights (style, i, moved);
    n_left = 0;
    for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
      n_left += moved[term] < WEIGHT_MARGIN;
  }
  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++)
    if (moved[term] < WEIGHT_MARGIN)
      g_string_append_printf (failures, "\n%s: weight of %s: %.3f", style->name,
          gst_montage_term_info (term)->name, moved[term]);
  fail_unless (failures->len == 0, "%s", failures->str);
}
GST_END_TEST;

GST_START_TEST (test_all_styles)
{
  fail_unless_equals_int (gst_montage_styles_size (styles), N_STYLES);
}
GST_END_TEST;

static Suite *
styleeffects_suite (void)
{
  Suite *suite = suite_create ("styleeffects");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 0);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, test_all_styles);
  tcase_add_loop_test (tcase, test_fields, 0, N_STYLES);
  tcase_add_loop_test (tcase, test_weights, 0, N_STYLES);

  return suite;
}

GST_CHECK_MAIN (styleeffects);
