/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "stylemeasures.h"

G_BEGIN_DECLS

/**
 * StyleEffect:
 * @field: of the instructions, as in their structure: "pacing-speed"
 * @low: value with which the measure falls, from any other
 * @high: value with which it rises
 * @measure: what the field is meant to move
 * @margin: by which it has to, at least
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
} StyleEffect;

const StyleEffect *style_effects (guint *n);

/* What @effect does to a film of @style when the field goes to @low or @high
 * from what it is. */
typedef struct
{
  gboolean tried; /* FALSE: the field is there, or nearly */
  gdouble before;
  gdouble after;
} StyleChange;

StyleChange style_effect_try (const StyleEffect *effect, const StyleFilm *film,
    const GstMontageInstructions *style, gboolean high, guint n_seeds,
    const gdouble *values);
/* Whether it moves as it is meant to. */
gboolean style_effect_holds (const StyleEffect *effect, gboolean high,
    const StyleChange *change);

G_END_DECLS
