/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whether the footage is enough, is seen by packing the slots into the spans,
 * longest first, each into the span that it fills best (best-fit decreasing,
 * Johnson 1974: at most 11/9 of the bins that are needed). */

#include "plannotes.h"
#include "planscarcity.h"

/* Speeds that a slot is slowed down to, one after the other, as the share that
 * is taken away: .8, .67 and .5 of the usual speed. Below that, movement of 25
 * or 30 frames a second falls into single pictures. */
static const gdouble slower[] = {0.2, 1.0 / 3, 0.5};
#define N_SLOWER G_N_ELEMENTS (slower)
/* A choice by taste does not fill spans to the last frame: a slot counts as
 * longer than it is by this share, and by as much again each time that the
 * choice showed something twice. */
#define SLACK 0.1
#define MAX_ROUNDS 4
/* What two cuts may have in common before it is seen, see planmetrics.c. */
#define COMMON_SHARE 0.2

static MontageSlot *
get_slot (const MontageDraft *self, guint slot)
{
  return &g_array_index (self->slots, MontageSlot, slot);
}

static const MontageSpan *
get_span (const MontageDraft *self, guint span)
{
  return &g_array_index (self->material->spans, MontageSpan, span);
}

/* ---- what there is ---- */

/* Nobody wants to see black pictures rather than others twice. */
static gboolean
is_footage (const MontageSpan *span)
{
  return !span->reserved && span->flaw == MONTAGE_FLAW_NONE;
}

/* Frames of material that a slot takes away, with the room around it. */
static guint64
slot_need (const MontageDraft *self, guint slot)
{
  guint64 frames = montage_slot_material (get_slot (self, slot));

  return frames + 1 + (guint64) (SLACK * (1 + self->round) * (gdouble) frames);
}

/* Frames left per span, without those that settled cuts show. */
static guint64 *
list_rest (const MontageDraft *self)
{
  guint n = self->material->spans->len;
  guint64 *rest = g_new0 (guint64, n + 1);

  for (guint i = 0; i < n; i++) {
    if (is_footage (get_span (self, i)))
      rest[i] = montage_material_span_frames (self->material,
          get_span (self, i));
  }
  for (guint i = 0; i < self->fixed->len; i++) {
    guint span = g_array_index (self->fixed, MontageTake, i).span;
    guint64 need = slot_need (self, i);

    if (span < n)
      rest[span] = get_span (self, span)->still
          ? 0
          : rest[span] - MIN (need, rest[span]);
  }

  return rest;
}

/* Takes @need frames out of the span with the least that is enough: the last
 * cut in a span needs no room around it. */
static gboolean
take_out (const MontageDraft *self, guint64 *rest, guint slot)
{
  guint64 least = montage_slot_material (get_slot (self, slot));
  guint64 need = slot_need (self, slot);
  guint n = self->material->spans->len, best = n;

  for (guint i = 0; i < n; i++) {
    if (rest[i] >= least && (best == n || rest[i] < rest[best]))
      best = i;
  }
  if (best == n)
    return FALSE;
  rest[best] -= MIN (need, rest[best]);
  /* Another cut of a still is the same picture. */
  if (get_span (self, best)->still)
    rest[best] = 0;

  return TRUE;
}

static gint
compare_longest (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageDraft *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  guint64 p = slot_need (self, x), q = slot_need (self, y);

  return p != q ? (p < q) - (p > q) : (x > y) - (x < y);
}

/* Slots up to the first that nothing is left for. */
static guint
fill_in_order (const MontageDraft *self)
{
  g_autofree guint64 *rest = list_rest (self);
  guint n = self->n_frozen;

  while (n < self->slots->len && take_out (self, rest, n))
    n++;

  return n;
}

static gboolean
fill_longest_first (const MontageDraft *self)
{
  g_autofree guint64 *rest = list_rest (self);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = self->n_frozen; i < self->slots->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_longest, (gpointer) self);
  for (guint i = 0; i < order->len; i++) {
    if (!take_out (self, rest, g_array_index (order, guint, i)))
      return FALSE;
  }

  return TRUE;
}

gboolean
montage_scarcity_is_enough (const MontageDraft *self)
{
  return fill_longest_first (self) || fill_in_order (self) == self->slots->len;
}

GstClockTime
montage_scarcity_length (const MontageDraft *self)
{
  guint n = fill_in_order (self);
  guint64 end = n < self->slots->len ? get_slot (self, n)->first_frame
                                     : self->film.n_frames;

  return gst_montage_output_frame_time (&self->film.output, end);
}

/* ---- slow motion ---- */

static gint
compare_energy (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageDraft *self = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = get_slot (self, x)->energy, q = get_slot (self, y)->energy;

  if (p != q)
    return p < q ? -1 : 1;
  return (x > y) - (x < y);
}

/* The slots whose speed is not the user's, calm ones first. */
static GArray *
list_calmest (MontageDraft *self)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = self->n_frozen; i < self->slots->len; i++) {
    if (!get_slot (self, i)->fixed)
      g_array_append_val (order, i);
  }
  g_array_sort_with_data (order, compare_energy, self);

  return order;
}

/* Of all steps that could be taken, each slot one before any takes the next,
 * takes the first @n. */
static void
slow_down (MontageDraft *self, const GArray *order, guint n)
{
  for (guint i = 0; i < order->len; i++) {
    MontageSlot *slot = get_slot (self, g_array_index (order, guint, i));
    guint steps = (n + order->len - 1 - i) / order->len;

    slot->slow = steps > 0 ? slower[MIN (steps, N_SLOWER) - 1] : 0.0;
  }
}

void
montage_scarcity_slow (MontageDraft *self)
{
  g_autoptr (GArray) order = list_calmest (self);
  guint low = 0, high = order->len * N_SLOWER;

  if (montage_scarcity_is_enough (self) || high == 0)
    return;
  while (low < high) {
    guint middle = (low + high) / 2;

    slow_down (self, order, middle);
    if (montage_scarcity_is_enough (self))
      high = middle;
    else
      low = middle + 1;
  }
  slow_down (self, order, low);
}

/* ---- whether it served ---- */

static gboolean
has_common (const GstMontageCut *a, const GstMontageCut *b)
{
  gdouble length_a = a->speed * a->duration, length_b = b->speed * b->duration;
  gdouble from = MAX (a->in_point, b->in_point);
  gdouble to = MIN (a->in_point + length_a, b->in_point + length_b);

  return a->source == b->source
      && to - from > COMMON_SHARE * MIN (length_a, length_b);
}

gboolean
montage_scarcity_try_again (MontageDraft *self, const GstMontagePlan *plan)
{
  const GArray *cuts = plan->cuts;

  if (self->request->scarcity == GST_MONTAGE_SCARCITY_REUSE
      || self->round + 1 >= MAX_ROUNDS)
    return FALSE;
  for (guint i = self->n_frozen; i < cuts->len; i++) {
    for (guint k = 0; k < i; k++) {
      if (has_common (&g_array_index (cuts, GstMontageCut, k),
              &g_array_index (cuts, GstMontageCut, i))) {
        self->round++;
        return TRUE;
      }
    }
  }

  return FALSE;
}

/* ---- what was done ---- */

static guint64
count_footage (const MontageDraft *self)
{
  guint64 frames = 0;

  for (guint i = 0; i < self->material->spans->len; i++) {
    const MontageSpan *span = get_span (self, i);
    if (is_footage (span))
      frames += montage_material_span_footage (self->material, span);
  }

  return frames;
}

static gchar *
frames_text (const MontageDraft *self, guint64 frames)
{
  return montage_notes_time (
      gst_montage_output_frame_time (&self->film.output, frames));
}

static void
note_slow (const MontageDraft *self)
{
  guint64 frames = count_footage (self);
  g_autofree gchar *footage = frames_text (self, frames);
  g_autofree gchar *film = frames_text (self, self->film.n_frames);
  g_autofree gchar *speed = NULL;
  gdouble slowest = 0.0;
  guint n = 0;

  for (guint i = self->n_frozen; i < self->slots->len; i++) {
    n += get_slot (self, i)->slow > 0;
    slowest = MAX (slowest, get_slot (self, i)->slow);
  }
  if (n == 0)
    return;
  speed = montage_notes_seconds (1.0 - slowest);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("The film lasts %s s and the footage %s s%s: %u of %u "
                       "cuts run slower, down to %s of their speed.",
          film, footage,
          frames > self->film.n_frames ? ", in pieces that do not fill it" : "",
          n, self->slots->len, speed));
}

void
montage_scarcity_note (const MontageDraft *self)
{
  g_autofree gchar *full = NULL, *film = NULL, *footage = NULL;

  if (self->request->scarcity == GST_MONTAGE_SCARCITY_SLOW)
    note_slow (self);
  if (self->full_duration == 0)
    return;
  full = montage_notes_time (self->full_duration);
  film = frames_text (self, self->film.n_frames);
  footage = frames_text (self, count_footage (self));
  g_ptr_array_add (self->notes,
      g_strdup_printf (
          "The film lasts %s s, not %s s: the footage, %s s, fills "
          "no more without being shown again.",
          film, full, footage));
}
