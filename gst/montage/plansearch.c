/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A beam search from the first slot to the last (planbeam.c), then a local
 * search (planlocal.c). First-order methods (Viterbi, min-cost flow) do not
 * serve: how long ago a shot was shown is what viewers notice most. */

#include "planbeam.h"
#include "planlocal.h"
#include "plansearch.h"

const MontageSearch montage_search_default = {24, 250000};

/* Extensions after which a beam becomes narrower. */
#define MOST_EXTENSIONS 20000000u
#define NARROWEST_BEAM 6
/* A film of so few cuts and choices is searched from each of these beams. */
#define FEW_CUTS 12
#define FEW_CHOICES 400
static const guint few_widths[] = {2, 6, 12, 128, 512};

static guint64
count_choices (const MontageChoices *choices)
{
  guint64 n = 1;

  for (guint i = 0; i < choices->n_slots; i++)
    n += choices->slots[i] != NULL ? choices->slots[i]->len : 0;

  return n;
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

typedef struct
{
  const MontageChoices *choices;
  const GArray *fixed;
  guint effort; /* for each start */
  GArray *best;
  gdouble total;
} Starts;

static void
start (Starts *self, guint width)
{
  guint from = self->fixed != NULL ? self->fixed->len : 0;
  GArray *takes = start_takes (self->choices, self->fixed, width);
  gdouble total;

  montage_local_improve (self->choices, takes, from, self->effort);
  total = montage_local_total (self->choices, takes, from);
  if (self->best == NULL || total > self->total) {
    g_clear_pointer (&self->best, g_array_unref);
    self->best = takes;
    self->total = total;
  } else {
    g_array_unref (takes);
  }
}

/* A wider beam mostly finds a better film, but not always; narrow ones cost
 * little, so the film is never worse than theirs. */
GArray *
montage_search_run (const MontageChoices *choices, const GArray *fixed,
    const MontageSearch *search)
{
  guint from = fixed != NULL ? fixed->len : 0;
  guint64 n_choices = count_choices (choices);
  guint most = (guint) MAX (MOST_EXTENSIONS / n_choices, NARROWEST_BEAM);
  gboolean few = search->effort > 0 && choices->n_slots - from <= FEW_CUTS
      && n_choices <= FEW_CHOICES;
  Starts starts = {choices, fixed, few ? search->effort : 0};

  start (&starts, 1);
  if (search->beam_width > 3)
    start (&starts, 3);
  if (search->beam_width > 1)
    start (&starts, MIN (search->beam_width, most));
  for (guint i = 0; few && i < G_N_ELEMENTS (few_widths); i++)
    start (&starts, few_widths[i]);
  if (!few)
    montage_local_improve (choices, starts.best, from, search->effort);

  return starts.best;
}
