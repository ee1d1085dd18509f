/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Numbered clips: each number has its own part of the film. */

#include "planrules.h"

/* One endless take does not fill the film, see planmaterial.c. */
#define LONGEST_SPAN_SEC 20

static const MontageSpan *
get_span (const MontageRules *self, guint span)
{
  return &g_array_index (self->material->spans, MontageSpan, span);
}

typedef struct
{
  guint order;
  gdouble footage; /* seconds, weighted */
} Part;

static gint
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *x = a, *y = b;

  return (x->order > y->order) - (x->order < y->order);
}

static Part *
find_part (GArray *parts, guint order)
{
  Part part = {.order = order};

  for (guint i = 0; i < parts->len; i++) {
    Part *known = &g_array_index (parts, Part, i);
    if (known->order == order)
      return known;
  }
  g_array_append_val (parts, part);

  return &g_array_index (parts, Part, parts->len - 1);
}

/* The numbers of clips that can be used, rising. */
static GArray *
list_parts (const MontageRules *self)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  for (guint i = 0; i < self->material->spans->len; i++) {
    const MontageSpan *span = get_span (self, i);
    const GstMontageClipRule *rule = &self->clips[span->source];
    gdouble sec = (gdouble) (span->last - span->first) / GST_SECOND;

    if (rule->order == 0 || span->reserved)
      continue;
    if (span->still)
      sec = MONTAGE_STILL_SEC;
    find_part (parts, rule->order)->footage += rule->weight
        * CLAMP (sec, 0.1, LONGEST_SPAN_SEC);
  }
  g_array_sort (parts, compare_parts);

  return parts;
}

static const Part *
get_part (const GArray *parts, guint index)
{
  return &g_array_index (parts, Part, index);
}

/* The share of all footage up to the end of a part. */
static gdouble
share_until (const GArray *parts, guint index)
{
  gdouble sum = 0.0, total = 0.0;

  for (guint i = 0; i < parts->len; i++) {
    total += get_part (parts, i)->footage;
    if (i <= index)
      sum += get_part (parts, i)->footage;
  }

  return total > 0 ? sum / total : (index + 1.0) / parts->len;
}

/* More clips than slots: each slot is for one of some. */
static void
crowd_parts (MontageRules *self, const GArray *parts)
{
  guint n = self->slots->len;

  for (guint i = 0; i < n; i++) {
    MontageSlotRule *rule = &g_array_index (self->slots, MontageSlotRule, i);
    rule->first_order = get_part (parts, i * parts->len / n)->order;
    rule->last_order = get_part (parts, (i + 1) * parts->len / n - 1)->order;
  }
}

/* Each number its own part of the film, as long as its share of the footage,
 * but one slot at least. */
void
montage_rules_assign_parts (MontageRules *self, const GArray *slots)
{
  g_autoptr (GArray) parts = list_parts (self);
  const MontageSlot *end = &g_array_index (slots, MontageSlot, slots->len - 1);
  gdouble film = (gdouble) (end->first_frame + end->n_frames);
  guint part = 0, began = 0;

  if (parts->len == 0)
    return;
  if (parts->len > slots->len) {
    crowd_parts (self, parts);
    return;
  }

  for (guint i = 0; i < slots->len; i++) {
    const MontageSlot *slot = &g_array_index (slots, MontageSlot, i);
    MontageSlotRule *rule = &g_array_index (self->slots, MontageSlotRule, i);
    gdouble middle = ((gdouble) slot->first_frame + slot->n_frames / 2.0)
        / film;

    if (part + 1 < parts->len && i > began
        && (middle >= share_until (parts, part)
            || slots->len - i == parts->len - 1 - part)) {
      part++;
      began = i;
    }
    rule->first_order = rule->last_order = get_part (parts, part)->order;
  }
}

/* ---- parts whose clips are too short for the slots ---- */

static const MontageSlotRule *
get_slot_rule (const MontageRules *self, guint slot)
{
  return &g_array_index (self->slots, MontageSlotRule, slot);
}

/* The longest span of the numbered clips of a slot. */
static guint64
longest_in_part (const MontageRules *self, guint slot)
{
  const MontageSlotRule *rule = get_slot_rule (self, slot);
  guint64 longest = 0;

  for (guint i = 0; i < self->n_sources; i++) {
    guint order = self->clips[i].order;
    if (order > 0 && rule->first_order <= order && order <= rule->last_order)
      longest = MAX (longest,
          g_array_index (self->material->source_frames, guint64, i));
  }

  return longest;
}

/* The longest of all that may be in a slot. */
static guint64
longest_allowed (const MontageRules *self, guint slot)
{
  guint64 longest = longest_in_part (self, slot);

  for (guint i = 0; i < self->n_sources; i++) {
    if (self->clips[i].order == 0)
      longest = MAX (longest,
          g_array_index (self->material->source_frames, guint64, i));
  }

  return longest;
}

static void
add_limit (MontageRules *self, const MontageSlot *slot, guint64 longest)
{
  MontageSlotLimit limit = {.frame = slot->first_frame + slot->n_frames / 2,
      .longest = longest};
  guint at = self->limits->len;

  while (at > 0
      && g_array_index (self->limits, MontageSlotLimit, at - 1).frame
          > limit.frame)
    at--;
  g_array_insert_val (self->limits, at, limit);
}

gboolean
montage_rules_fit_parts (MontageRules *self, const GArray *slots, guint from)
{
  gboolean any = FALSE;

  for (guint first = from, end; first < self->slots->len; first = end) {
    const MontageSlotRule *rule = get_slot_rule (self, first);
    guint64 longest = longest_in_part (self, first);
    guint shortest = first;

    for (end = first; end < self->slots->len
         && get_slot_rule (self, end)->first_order == rule->first_order;
         end++) {
      const MontageSlot *slot = &g_array_index (slots, MontageSlot, end);
      guint64 most = longest_allowed (self, end);

      if (slot->n_frames
          < g_array_index (slots, MontageSlot, shortest).n_frames)
        shortest = end;
      if (rule->first_order > 0 && get_slot_rule (self, end)->place < 0
          && slot->n_frames > most) {
        add_limit (self, slot, most);
        any = TRUE;
      }
    }
    /* It has to be seen once at least. */
    if (rule->first_order > 0 && !any
        && g_array_index (slots, MontageSlot, shortest).n_frames > longest) {
      add_limit (self, &g_array_index (slots, MontageSlot, shortest), longest);
      any = TRUE;
    }
  }

  return any;
}
