/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the user wants of the clips, where in the film it holds, and whether it
 * was kept. planplaces.c finds the places of pins, planparts.c the parts of
 * numbered clips. */

#include "plannotes.h"
#include "planrules.h"

static const MontageSpan *
get_span (const MontageRules *self, guint span)
{
  return &g_array_index (self->material->spans, MontageSpan, span);
}

static const MontagePlace *
get_place (const MontageRules *self, guint place)
{
  return &g_array_index (self->places, MontagePlace, place);
}

static gchar *
source_name (const MontageRules *self, guint source)
{
  return montage_material_source_name (self->material->sources[source], source);
}

/* ---- what is wanted ---- */

static gboolean
holds_for_any (const GstMontageClipRule *rule, const GstMontageRequest *request)
{
  for (guint i = 0; i < request->n_sources; i++) {
    const gchar *uri = request->sources[i]->uri;
    if (uri != NULL && gst_montage_clip_rule_holds (rule, uri))
      return TRUE;
  }

  return FALSE;
}

static void
note_strangers (const GstMontageRequest *request, GPtrArray *notes)
{
  if (request->rules == NULL)
    return;
  for (guint i = 0; i < request->rules->rules->len; i++) {
    const GstMontageClipRule *rule = &g_array_index (request->rules->rules,
        GstMontageClipRule, i);
    if (!holds_for_any (rule, request))
      g_ptr_array_add (notes,
          g_strdup_printf ("No clip is called \"%s\": what is wanted of it has "
                           "no effect.",
              rule->clip));
  }
}

static void
note_skipped (const GstMontageRequest *request, guint source,
    const GstMontageClipRule *rule, GPtrArray *notes)
{
  g_autofree gchar *name = NULL;

  if (!rule->skip || (!rule->first && !rule->last && rule->pins->len == 0))
    return;
  name = montage_material_source_name (request->sources[source], source);
  g_ptr_array_add (notes,
      g_strdup_printf ("%s is skipped: the places that are kept for it have no "
                       "effect.",
          name));
}

MontageRules *
montage_rules_new (const GstMontageRequest *request, GPtrArray *notes)
{
  MontageRules *self = g_new0 (MontageRules, 1);

  self->n_sources = request->n_sources;
  self->clips = g_new (GstMontageClipRule, request->n_sources);
  self->places = g_array_new (FALSE, FALSE, sizeof (MontagePlace));
  self->limits = g_array_new (FALSE, FALSE, sizeof (MontageSlotLimit));
  self->slots = g_array_new (FALSE, FALSE, sizeof (MontageSlotRule));
  for (guint i = 0; i < request->n_sources; i++) {
    const gchar *uri = request->sources[i]->uri;

    gst_montage_clip_rules_find (request->rules, uri != NULL ? uri : "",
        &self->clips[i]);
    if (request->source_rules != NULL)
      gst_montage_clip_rule_apply (request->source_rules[i], &self->clips[i]);
    note_skipped (request, i, &self->clips[i], notes);
  }
  note_strangers (request, notes);

  return self;
}

void
montage_rules_free (MontageRules *self)
{
  for (guint i = 0; i < self->n_sources; i++)
    gst_montage_clip_rule_clear (&self->clips[i]);
  g_free (self->clips);
  g_array_unref (self->places);
  g_array_unref (self->limits);
  g_array_unref (self->slots);
  g_free (self);
}

/* ---- what holds in a slot ---- */

static void
assign_places (MontageRules *self, GArray *slots, guint from)
{
  guint at = from;

  for (guint i = 0; i < self->places->len; i++) {
    const MontagePlace *place = get_place (self, i);
    MontageSlotRule *rule;
    MontageSlot *slot;

    while (at < slots->len
        && g_array_index (slots, MontageSlot, at).first_frame
                + g_array_index (slots, MontageSlot, at).n_frames
            <= place->frame)
      at++;
    if (at == slots->len)
      break;
    slot = &g_array_index (slots, MontageSlot, at);
    rule = &g_array_index (self->slots, MontageSlotRule, at);
    if (rule->place >= 0 || slot->n_frames > place->longest)
      continue;
    rule->place = (gint) i;
    slot->fixed = place->n_frames > 0
        || GST_CLOCK_TIME_IS_VALID (place->in_point);
  }
}

void
montage_rules_assign (MontageRules *self, GArray *slots, guint from)
{
  MontageSlotRule none = {.place = -1};

  g_array_set_size (self->slots, 0);
  if (slots->len == 0)
    return;
  for (guint i = 0; i < slots->len; i++)
    g_array_append_val (self->slots, none);
  montage_rules_assign_parts (self, slots);
  assign_places (self, slots, from);
}

static const MontageSlotRule *
get_slot_rule (const MontageRules *self, guint slot)
{
  return &g_array_index (self->slots, MontageSlotRule, slot);
}

static gboolean
is_for (const MontageRules *self, const MontagePlace *place, guint source)
{
  if (place->source != MONTAGE_ANY_SOURCE)
    return place->source == source;
  return place->last ? self->clips[source].last : self->clips[source].first;
}

gboolean
montage_rules_is_pinned (const MontageRules *self, guint slot, guint source)
{
  gint place;

  if (self == NULL)
    return FALSE;
  place = get_slot_rule (self, slot)->place;
  return place >= 0 && is_for (self, get_place (self, place), source);
}

gboolean
montage_rules_in_point (const MontageRules *self, guint slot,
    GstClockTime *in_point)
{
  gint place;

  if (self == NULL)
    return FALSE;
  place = get_slot_rule (self, slot)->place;
  if (place < 0 || !GST_CLOCK_TIME_IS_VALID (get_place (self, place)->in_point))
    return FALSE;
  *in_point = get_place (self, place)->in_point;

  return TRUE;
}

gboolean
montage_rules_allow (const MontageRules *self, guint slot, guint index)
{
  const MontageSlotRule *rule;
  const MontageSpan *span;
  guint order;

  if (self == NULL)
    return TRUE;
  rule = get_slot_rule (self, slot);
  span = get_span (self, index);
  if (rule->place >= 0) {
    const MontagePlace *place = get_place (self, rule->place);
    return is_for (self, place, span->source)
        && (place->span == G_MAXUINT ? !span->reserved : place->span == index);
  }
  order = self->clips[span->source].order;

  return !span->reserved
      && (order == 0 || rule->first_order == 0
          || (rule->first_order <= order && order <= rule->last_order));
}

/* ---- what was not kept ---- */

static gchar *
list_sources (const MontageRules *self, const MontagePlace *place)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->n_sources; i++) {
    g_autofree gchar *name = NULL;
    if (!is_for (self, place, i) || self->clips[i].skip)
      continue;
    name = source_name (self, i);
    g_string_append_printf (names, "%s%s", names->len > 0 ? " or " : "", name);
  }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
check_place (const MontageRules *self, const MontagePlace *place,
    const GstMontagePlan *plan, GPtrArray *notes)
{
  GstClockTime time = gst_montage_output_frame_time (&plan->output,
      place->frame);
  const GstMontageCut *cut = gst_montage_plan_cut_at (plan, time, NULL);
  g_autofree gchar *names = NULL, *at = NULL;

  if (cut == NULL || is_for (self, place, cut->source))
    return;
  names = list_sources (self, place);
  at = montage_notes_seconds ((gdouble) time / GST_SECOND);
  if (place->source != MONTAGE_ANY_SOURCE)
    g_ptr_array_add (notes,
        g_strdup_printf ("%s is not shown at %s s: it has no shot that is long "
                         "enough there.",
            names, at));
  else
    g_ptr_array_add (notes,
        g_strdup_printf ("The film does not %s with %s: no shot of it is long "
                         "enough there.",
            place->last ? "end" : "begin", names));
}

static void
check_order (const MontageRules *self, const GstMontagePlan *plan,
    GPtrArray *notes)
{
  guint highest = 0;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    guint order = self->clips[cut->source].order;
    g_autofree gchar *name = NULL, *at = NULL;

    if (order >= highest || order == 0 || cut->pinned) {
      highest = cut->pinned ? highest : MAX (highest, order);
      continue;
    }
    name = source_name (self, cut->source);
    at = montage_notes_seconds ((gdouble) cut->start / GST_SECOND);
    g_ptr_array_add (notes,
        g_strdup_printf (
            "The order is not kept at %s s, where %s is shown: no "
            "clip whose turn it is has a shot that is long enough.",
            at, name));
    return;
  }
}

static gboolean
holds_any (const MontageRules *self)
{
  for (guint i = 0; i < self->n_sources; i++) {
    const GstMontageClipRule *rule = &self->clips[i];

    if (rule->skip || rule->first || rule->last || rule->order > 0
        || rule->from_sec > 0 || rule->to_sec > 0 || rule->pins->len > 0)
      return TRUE;
  }
  return FALSE;
}

/* What is pinned lies where it lies, and what may be shown may be short: what
 * is left between can be less than a cut lasts. */
static void
check_lengths (const MontageRules *self, const GstMontagePlan *plan, guint from,
    gdouble min_sec, GPtrArray *notes)
{
  gdouble frame = (gdouble) plan->output.fps_d / plan->output.fps_n;
  gdouble shortest = G_MAXDOUBLE;
  guint n = 0;

  for (guint i = from; i < plan->cuts->len; i++) {
    gdouble sec =
        (gdouble) g_array_index (plan->cuts, GstMontageCut, i).duration
        / GST_SECOND;

    /* Both ends are rounded to frames. */
    n += sec < min_sec - frame;
    shortest = MIN (shortest, sec);
  }
  if (n > 0 && plan->cuts->len - from > 1 && holds_any (self)) {
    g_autofree gchar *least = montage_notes_seconds (shortest);
    g_autofree gchar *asked = montage_notes_seconds (min_sec);

    g_ptr_array_add (notes,
        g_strdup_printf ("%u of %u cuts are shorter than %s s, down to %s s: "
                         "what is wanted of the clips leaves no longer ones.",
            n, plan->cuts->len, asked, least));
  }
}

void
montage_rules_check (const MontageRules *self, const GstMontagePlan *plan,
    guint from, gdouble min_sec, GPtrArray *notes)
{
  check_lengths (self, plan, from, min_sec, notes);
  for (guint i = 0; i < self->places->len; i++)
    check_place (self, get_place (self, i), plan, notes);
  check_order (self, plan, notes);
}
