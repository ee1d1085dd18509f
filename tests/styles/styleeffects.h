/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "stylemeasures.h"

G_BEGIN_DECLS

/**
 * StyleEffect:
 * @field: of the instructions: "pacing.speed"
 * @low: (nullable): value with which the measure falls, from any other
 * @high: (nullable): value with which it rises
 * @measure: what the field is meant to move
 * @margin: by which it has to, at least
 * @room: least share of a number's range from what it is to @low or @high;
 *     0: 0.4
 * @only: (nullable): for styles whose field has this value
 * @not: (nullable): for styles whose field has another value
 *
 * What a field of the instructions does to a film.
 */
typedef struct
{
  const gchar *field;
  const gchar *low;
  const gchar *high;
  StyleMeasure measure;
  gdouble margin;
  gdouble room;
  const gchar *only;
  const gchar * not ;
} StyleEffect;

const StyleEffect *style_effects (guint *n);

/* What happens when a field goes to @low or @high from what it is. */
typedef struct
{
  gboolean tried; /* FALSE: the field is there, or nearly */
  gdouble before;
  gdouble after;
} StyleChange;

/* @values: of the films of @style as it is, with as many seeds. */
StyleChange style_effect_try (const StyleEffect *effect, const StyleFilm *film,
    const GstMontageInstructions *style, gboolean high, guint n_seeds,
    const gdouble *values);
/* By how much it moves as it is meant to, in margins of @effect: 1 and more is
 * an effect, -1 and less the contrary one. */
gdouble style_effect_strength (const StyleEffect *effect, gboolean high,
    const StyleChange *change);
/* How many points each term gives a cut in the mean, before they are weighed. */
void
style_points_mean (const StyleFilm *film, const GstMontageInstructions *style,
    guint n_seeds, gdouble points[GST_MONTAGE_N_TERMS]);
/* How many points more @term gives with the weight that @style has than with
 * one at the other end, or with that than with the style's where the style's is
 * less than 1. @points: of the films of @style as it is, with as many seeds. */
gdouble style_weight_try (GstMontageTerm term, const StyleFilm *film,
    const GstMontageInstructions *style, guint n_seeds, const gdouble *points);

G_END_DECLS
