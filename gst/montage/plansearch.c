/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A beam search from the first slot to the last, over partial films that know
 * every earlier use of a span; planlocal.c improves its result. First-order
 * methods (Viterbi, min-cost flow) do not serve: how long ago a shot was shown
 * is what viewers notice most. */

#include <math.h>

#include "planlocal.h"
#include "planrandom.h"
#include "plansearch.h"

/* A beam of 64 with local search equals one of 256 within 0.1 %, at a quarter
 * of its time. */
const MontageSearch montage_search_default = {64, 700000};

/* Evaluations after which a beam becomes narrower. */
#define BEAM_EFFORT 20000000u
#define NARROWEST_BEAM 6

#define NONE G_MAXUINT

/* A partial film: its last cut, and the one before it. */
typedef struct
{
  gdouble value;
  guint parent;   /* entry of the slot before */
  guint same_use; /* entry of the use of the same span before, or NONE */
  guint slot;
  MontageTake take;
  guint64 key; /* of the set of spans used */
} Entry;

typedef struct
{
  gdouble value;
  guint parent; /* in the layer before */
  MontageTake take;
  guint64 key;
} Proposal;

typedef struct
{
  const MontageChoices *choices;
  const MontageScorer *scorer;
  guint n_spans;
  guint n_sources;
  guint width;
  GArray *entries; /* of Entry, of all slots */
  /* Per partial film: the last use of each span, the sources seen. */
  guint *uses;
  guint *next_uses;
  guint8 *seen;
  guint8 *next_seen;
  guint layer[2]; /* first entry and number of entries of the layer */
  Proposal *proposals;
  guint n_proposals;
  guint worst;
  MontageUse *scratch;
} Beam;

static Entry *
get_entry (const Beam *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

static guint
get_source (const Beam *self, guint span)
{
  return g_array_index (self->scorer->material->spans, MontageSpan, span)
      .source;
}

static void
beam_init (Beam *self, const MontageChoices *choices, guint width)
{
  guint n_slots = choices->n_slots;
  guint64 n_choices = 1;

  self->choices = choices;
  self->scorer = choices->scorer;
  self->n_spans = self->scorer->material->spans->len;
  self->n_sources = self->scorer->material->n_sources;
  for (guint i = 0; i < n_slots; i++)
    n_choices += choices->slots[i] != NULL ? choices->slots[i]->len : 0;
  self->width = (guint) MIN ((guint64) width,
      MAX (BEAM_EFFORT / n_choices, NARROWEST_BEAM));
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->uses = g_new (guint, (gsize) self->width * self->n_spans + 1);
  self->next_uses = g_new (guint, (gsize) self->width * self->n_spans + 1);
  self->seen = g_new0 (guint8, (gsize) self->width * self->n_sources + 1);
  self->next_seen = g_new0 (guint8, (gsize) self->width * self->n_sources + 1);
  self->proposals = g_new (Proposal, self->width);
  self->scratch = g_new (MontageUse, n_slots + 1);
  for (guint i = 0; i < self->n_spans; i++)
    self->uses[i] = NONE;
}

static void
beam_clear (Beam *self)
{
  g_array_unref (self->entries);
  g_free (self->uses);
  g_free (self->next_uses);
  g_free (self->seen);
  g_free (self->next_seen);
  g_free (self->proposals);
  g_free (self->scratch);
}

/* The settled cuts as the only partial film; without any, an empty one. */
static void
beam_start (Beam *self, const GArray *fixed)
{
  guint n = fixed != NULL ? fixed->len : 0;

  for (guint i = 0; i < n; i++) {
    MontageTake take = g_array_index (fixed, MontageTake, i);
    Entry entry = {.parent = i > 0 ? i - 1 : NONE,
        .same_use = NONE,
        .slot = i,
        .take = take};
    if (take.span != MONTAGE_NO_SPAN) {
      entry.same_use = self->uses[take.span];
      self->uses[take.span] = i;
      self->seen[get_source (self, take.span)] = 1;
    }
    g_array_append_val (self->entries, entry);
  }
  if (n == 0) {
    Entry root = {.parent = NONE, .same_use = NONE, .slot = NONE};
    root.take.span = MONTAGE_NO_SPAN;
    g_array_append_val (self->entries, root);
  }
  self->layer[0] = self->entries->len - 1;
  self->layer[1] = 1;
}

static guint
gather_uses (Beam *self, guint member, guint span, guint slot)
{
  guint at = self->uses[(gsize) member * self->n_spans + span], n = 0;

  while (at != NONE) {
    const Entry *entry = get_entry (self, at);
    if (slot - entry->slot > MONTAGE_REUSE_REACH)
      break;
    self->scratch[n].slot = entry->slot;
    self->scratch[n++].in_point = entry->take.in_point;
    at = entry->same_use;
  }

  return n;
}

static void
find_worst (Beam *self)
{
  self->worst = 0;
  for (guint i = 1; i < self->n_proposals; i++) {
    if (self->proposals[i].value < self->proposals[self->worst].value)
      self->worst = i;
  }
}

/* Keeps the best; of films that used the same shots and end alike, one. */
static void
propose (Beam *self, const Proposal *proposal)
{
  gboolean full = self->n_proposals == self->width;
  guint at = self->n_proposals;

  if (full && proposal->value <= self->proposals[self->worst].value)
    return;
  for (guint i = 0; i < self->n_proposals; i++) {
    if (self->proposals[i].key == proposal->key
        && self->proposals[i].take.span == proposal->take.span) {
      if (self->proposals[i].value >= proposal->value)
        return;
      at = i;
      break;
    }
  }
  if (at == self->n_proposals) {
    if (full)
      at = self->worst;
    else
      self->n_proposals++;
  }
  self->proposals[at] = *proposal;
  find_worst (self);
}

/* The cuts before, up to MONTAGE_SCORE_LAGS. */
static guint
last_takes (const Beam *self, guint entry, MontageTake *takes)
{
  guint n = 0;

  while (entry != NONE && n < MONTAGE_SCORE_LAGS
      && get_entry (self, entry)->slot != NONE) {
    takes[n++] = get_entry (self, entry)->take;
    entry = get_entry (self, entry)->parent;
  }

  return n;
}

static void
extend (Beam *self, guint member, guint slot)
{
  const Entry *parent = get_entry (self, self->layer[0] + member);
  const GArray *choices = self->choices->slots[slot];
  MontageTake before[MONTAGE_SCORE_LAGS];
  guint n_before = last_takes (self, self->layer[0] + member, before);

  for (guint i = 0; i < choices->len; i++) {
    const MontageChoice *choice = &g_array_index (choices, MontageChoice, i);
    guint source = get_source (self, choice->span);
    guint n_uses = gather_uses (self, member, choice->span, slot);
    Proposal proposal = {.parent = member};

    proposal.value = parent->value + choice->alone
        + montage_choices_pick (self->choices, slot, choice, self->scratch,
            n_uses, &proposal.take);
    if (!self->seen[(gsize) member * self->n_sources + source])
      proposal.value += MONTAGE_COVERAGE_POINTS;
    for (guint lag = 1; lag <= n_before; lag++)
      proposal.value += montage_score_pair (self->scorer, slot, lag,
          &before[lag - 1], &proposal.take, NULL);
    proposal.key = parent->key + montage_hash (choice->span);
    propose (self, &proposal);
  }
}

/* The proposals become the next layer. */
static void
advance (Beam *self, guint slot)
{
  guint first = self->entries->len;

  for (guint i = 0; i < self->n_proposals; i++) {
    const Proposal *proposal = &self->proposals[i];
    guint span = proposal->take.span;
    guint *uses = self->next_uses + (gsize) i * self->n_spans;
    guint8 *seen = self->next_seen + (gsize) i * self->n_sources;
    Entry entry = {.value = proposal->value,
        .parent = self->layer[0] + proposal->parent,
        .slot = slot,
        .take = proposal->take,
        .key = proposal->key};

    memcpy (uses, self->uses + (gsize) proposal->parent * self->n_spans,
        self->n_spans * sizeof (guint));
    memcpy (seen, self->seen + (gsize) proposal->parent * self->n_sources,
        self->n_sources);
    entry.same_use = uses[span];
    uses[span] = first + i;
    seen[get_source (self, span)] = 1;
    g_array_append_val (self->entries, entry);
  }
  {
    guint *uses = self->uses;
    guint8 *seen = self->seen;
    self->uses = self->next_uses;
    self->next_uses = uses;
    self->seen = self->next_seen;
    self->next_seen = seen;
  }
  self->layer[0] = first;
  self->layer[1] = self->n_proposals;
  self->n_proposals = 0;
}

static GArray *
best_takes (const Beam *self)
{
  GArray *takes = g_array_new (FALSE, FALSE, sizeof (MontageTake));
  guint at = self->layer[0];

  for (guint i = 1; i < self->layer[1]; i++) {
    if (get_entry (self, self->layer[0] + i)->value
        > get_entry (self, at)->value)
      at = self->layer[0] + i;
  }
  g_array_set_size (takes, self->choices->n_slots);
  while (at != NONE && get_entry (self, at)->slot != NONE) {
    const Entry *entry = get_entry (self, at);
    g_array_index (takes, MontageTake, entry->slot) = entry->take;
    at = entry->parent;
  }

  return takes;
}

GArray *
montage_search_run (const MontageChoices *choices, const GArray *fixed,
    const MontageSearch *search)
{
  guint from = fixed != NULL ? fixed->len : 0;
  Beam beam = {0};
  GArray *takes;

  beam_init (&beam, choices, search->beam_width);
  beam_start (&beam, fixed);
  for (guint slot = from; slot < choices->n_slots; slot++) {
    for (guint member = 0; member < beam.layer[1]; member++)
      extend (&beam, member, slot);
    advance (&beam, slot);
  }
  takes = best_takes (&beam);
  beam_clear (&beam);
  montage_local_improve (choices, takes, from, search->effort);

  return takes;
}
