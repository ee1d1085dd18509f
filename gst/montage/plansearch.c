/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A beam search from the first slot to the last (planbeam.c), then a local
 * search (planlocal.c). First-order methods (Viterbi, min-cost flow) do not
 * serve: how long ago a shot was shown is what viewers notice most. */

#include <math.h>

#include "planbeam.h"
#include "planlocal.h"
#include "plansearch.h"

const MontageSearch montage_search_default = {48, 700000};

/* Choices of all slots after which the beam becomes narrower. */
#define BEAM_EFFORT 20000000u
#define NARROWEST_BEAM 6

static guint
affordable_width (const MontageChoices *choices, guint width)
{
  guint64 n = 1;

  for (guint i = 0; i < choices->n_slots; i++)
    n += choices->slots[i] != NULL ? choices->slots[i]->len : 0;

  return (guint) MIN ((guint64) width, MAX (BEAM_EFFORT / n, NARROWEST_BEAM));
}

static GArray *
start_takes (const MontageChoices *choices, const GArray *fixed, guint width)
{
  guint from = fixed != NULL ? fixed->len : 0;
  GArray *takes = g_array_new (FALSE, TRUE, sizeof (MontageTake));
  g_autoptr (MontageBeam) beam = montage_beam_new (choices, width);

  if (from > 0)
    g_array_append_vals (takes, fixed->data, from);
  g_array_set_size (takes, choices->n_slots);
  montage_beam_fill (beam, takes, from, choices->n_slots);

  return takes;
}

/* A wider beam mostly finds a better film, but not always; narrow ones cost
 * little, so the film is never worse than theirs. */
GArray *
montage_search_run (const MontageChoices *choices, const GArray *fixed,
    const MontageSearch *search)
{
  guint from = fixed != NULL ? fixed->len : 0;
  guint widest = affordable_width (choices, search->beam_width);
  gdouble best = -INFINITY;
  GArray *takes = NULL;

  for (guint width = 1; width <= widest;
       width = width == 1 ? MIN (3, widest) : widest) {
    g_autoptr (GArray) other = start_takes (choices, fixed, width);
    gdouble total = montage_local_total (choices, other, from);
    if (total > best) {
      best = total;
      g_clear_pointer (&takes, g_array_unref);
      takes = g_steal_pointer (&other);
    }
    if (width == widest)
      break;
  }
  montage_local_improve (choices, takes, from, search->effort);

  return takes;
}
