/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "stylefilm.h"

G_BEGIN_DECLS

/* What can be seen of a film's style. */
typedef enum
{
  STYLE_FILM_SEC,
  STYLE_CUTS_PER_MINUTE,
  STYLE_INTRO_CUTS_PER_MINUTE,
  STYLE_CLIMAX_CUTS_PER_MINUTE,
  STYLE_MEDIAN_SEC,
  STYLE_SHORTEST_SEC,
  STYLE_LONGEST_SEC,
  STYLE_VARIATION,
  STYLE_RHYTHM,
  STYLE_ACCELERATION,
  STYLE_PACE_RANGE,
  STYLE_ON_BEAT,
  STYLE_ON_DOWNBEAT,
  STYLE_MOTION,
  STYLE_MOTION_RANGE,
  STYLE_ENERGY_CORRELATION,
  STYLE_WIDE,
  STYLE_ACTION,
  STYLE_MATCHES,
  STYLE_HIDDEN,
  STYLE_SIZE_CHANGES,
  STYLE_COVERAGE,
  STYLE_LIVELY_MOOD,
  STYLE_SEA,
  STYLE_SEA_SEC,
  STYLE_CROSSFADES,
  STYLE_CROSSFADE_SEC,
  STYLE_GRADED,
  STYLE_COLORLESS,
  STYLE_SHARPENED,
  STYLE_STABILIZED,
  STYLE_UPSCALED,
} StyleMeasure;

#define STYLE_N_MEASURES (STYLE_UPSCALED + 1)

typedef struct
{
  const gchar *name;
  guint digits; /* behind the point */
  const gchar *sentence;
} StyleMeasureInfo;

const StyleMeasureInfo *style_measure_info (StyleMeasure measure);
/* Fills all @values of one film. */
void style_measure (const StyleFilm *film, const GstMontagePlan *plan,
    gdouble values[STYLE_N_MEASURES]);
/* The means over the films with the seeds 1 to @n_seeds. */
void style_measure_mean (const StyleFilm *film,
    const GstMontageInstructions *instructions, guint n_seeds,
    gdouble values[STYLE_N_MEASURES]);

G_END_DECLS
