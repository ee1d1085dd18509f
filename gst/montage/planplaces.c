/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Pins, first and last as frames of the film: which clip, from where in it and
 * for how long, and what that asks of the slots. Of two that do not go
 * together the earlier in the film is kept, pins before first and last. */

#include "plannotes.h"
#include "planrules.h"

typedef struct
{
  MontageRules *rules;
  MontageMaterial *material;
  const MontageFilmGrid *film;
  guint64 settled;
  guint64 shortest; /* of a cut */
  guint64 longest;
  GPtrArray *notes;
} Places;

static gchar *
source_name (const Places *self, guint source)
{
  return montage_material_source_name (self->material->sources[source], source);
}

static gchar *
frame_text (const Places *self, guint64 frame)
{
  return montage_notes_time (
      gst_montage_output_frame_time (&self->film->output, frame));
}

static guint64
frame_at_sec (const Places *self, gdouble sec)
{
  return gst_montage_output_frame_at (&self->film->output,
      (GstClockTime) (sec * GST_SECOND));
}

/* ---- which pictures ---- */

/* Frames that @span has from @in_point on. */
static guint64
frames_from (const Places *self, const MontageSpan *span, GstClockTime in_point)
{
  MontageSpan rest = *span;

  rest.first = MIN (in_point, span->last);
  return montage_material_span_frames (self->material, &rest);
}

/* The span that shows @n_frames from @in_point on, or -1. */
static gint
span_from (const Places *self, guint source, GstClockTime in_point,
    guint64 n_frames)
{
  for (guint i = 0; i < self->material->spans->len; i++) {
    const MontageSpan *span = &g_array_index (self->material->spans,
        MontageSpan, i);
    if (span->source == source && !span->reserved && span->first <= in_point
        && in_point <= span->last
        && frames_from (self, span, in_point) >= n_frames)
      return (gint) i;
  }

  return -1;
}

static void
note_moved_in (const Places *self, const MontagePlace *place, gdouble wanted)
{
  g_autofree gchar *name = source_name (self, place->source);
  g_autofree gchar *at = frame_text (self, place->frame);
  g_autofree gchar *from = montage_notes_seconds (wanted);
  g_autofree gchar *to = montage_notes_seconds (
      (gdouble) place->in_point / GST_SECOND);

  g_ptr_array_add (self->notes,
      g_strdup_printf ("At %s s %s begins at its second %s, not at %s: it has "
                       "no more to show.",
          at, name, to, from));
}

/* Takes the in-point that was asked for. Where that is too near the end of a
 * shot, the cut goes on into the next one: the user wants it so. */
static void
settle_in_point (const Places *self, const MontageSpan *whole, gdouble wanted,
    MontagePlace *place)
{
  guint64 n = place->n_frames > 0 ? place->n_frames : self->shortest;
  GstClockTime in_point = (GstClockTime) (wanted * GST_SECOND);
  GstClockTime reach;
  gint span;

  n = MIN (n, montage_material_span_frames (self->material, whole));
  place->in_point = montage_material_snap (self->material, whole, in_point, n);
  if (!whole->still
      && ABS (GST_CLOCK_DIFF (place->in_point, in_point))
          > 100 * (gint64) GST_MSECOND)
    note_moved_in (self, place, wanted);

  span = span_from (self, place->source, place->in_point, n);
  if (span < 0) {
    MontageSpan own = *whole;
    reach = montage_material_reach (self->material, n);
    own.first = place->in_point;
    own.last = MIN (place->in_point + reach, whole->last);
    span = montage_material_reserve (self->material, &own);
  }
  place->span = (guint) span;
  place->longest = frames_from (self,
      &g_array_index (self->material->spans, MontageSpan, span),
      place->in_point);
}

/* Any shot, the longest of which has to be long enough; else the clip as a
 * whole. */
static void
settle_any (const Places *self, const MontageSpan *whole, MontagePlace *place)
{
  place->longest = g_array_index (self->material->source_frames, guint64,
      place->source);
  if (place->longest >= MAX (place->n_frames, 1))
    return;
  place->span = montage_material_reserve (self->material, whole);
  place->longest = montage_material_span_frames (self->material, whole);
}

static void
note_shortened (const Places *self, const MontagePlace *place)
{
  g_autofree gchar *name = source_name (self, place->source);
  g_autofree gchar *at = frame_text (self, place->frame);
  g_autofree gchar *asked = frame_text (self, place->n_frames);
  g_autofree gchar *got = frame_text (self, place->longest);

  g_ptr_array_add (self->notes,
      g_strdup_printf ("At %s s %s lasts %s s, not %s s: it has no more to "
                       "show.",
          at, name, got, asked));
}

static gboolean
settle_pictures (const Places *self, const GstMontagePin *pin,
    MontagePlace *place)
{
  MontageSpan whole;

  if (!montage_material_whole (self->material, place->source, &whole)) {
    g_autofree gchar *name = source_name (self, place->source);
    g_ptr_array_add (self->notes,
        g_strdup_printf ("%s cannot be pinned: it has nothing to show.", name));
    return FALSE;
  }
  if (pin->in_sec >= 0)
    settle_in_point (self, &whole, pin->in_sec, place);
  else
    settle_any (self, &whole, place);
  if (place->n_frames > place->longest) {
    note_shortened (self, place);
    place->n_frames = place->longest;
  }

  return TRUE;
}

/* ---- when ---- */

static void
note_outside (const Places *self, guint source, gdouble sec)
{
  g_autofree gchar *name = source_name (self, source);
  g_autofree gchar *at = montage_notes_seconds (sec);
  g_autofree gchar *film = frame_text (self, self->film->n_frames);
  g_autofree gchar *settled = frame_text (self, self->settled);

  if (frame_at_sec (self, sec) < self->settled)
    g_ptr_array_add (self->notes,
        g_strdup_printf ("%s is not pinned at %s s: the film is settled up to "
                         "%s s.",
            name, at, settled));
  else
    g_ptr_array_add (self->notes,
        g_strdup_printf ("%s is not pinned at %s s: the film lasts %s s.", name,
            at, film));
}

static void
add_pin (const Places *self, guint source, const GstMontagePin *pin)
{
  MontagePlace place = {.frame = frame_at_sec (self, pin->at_sec),
      .source = source,
      .span = G_MAXUINT,
      .in_point = GST_CLOCK_TIME_NONE};
  guint at = self->rules->places->len;

  if (place.frame < self->settled || place.frame >= self->film->n_frames) {
    note_outside (self, source, pin->at_sec);
    return;
  }
  if (pin->duration_sec > 0) {
    guint64 end = frame_at_sec (self, pin->at_sec + pin->duration_sec);
    end = CLAMP (end, place.frame + 1, self->film->n_frames);
    place.n_frames = end - place.frame;
    /* What is left has to be a cut. */
    if (self->film->n_frames - end < self->shortest)
      place.n_frames = self->film->n_frames - place.frame;
  }
  if (!settle_pictures (self, pin, &place))
    return;
  while (at > 0
      && g_array_index (self->rules->places, MontagePlace, at - 1).frame
          > place.frame)
    at--;
  g_array_insert_val (self->rules->places, at, place);
}

static void
add_pins (const Places *self)
{
  for (guint i = 0; i < self->rules->n_sources; i++) {
    const GstMontageClipRule *rule = &self->rules->clips[i];

    for (guint k = 0; !rule->skip && k < rule->pins->len; k++)
      add_pin (self, i, &g_array_index (rule->pins, GstMontagePin, k));
  }
}

static guint64
longest_of (const Places *self, gboolean last)
{
  guint64 longest = 0;

  for (guint i = 0; i < self->rules->n_sources; i++) {
    const GstMontageClipRule *rule = &self->rules->clips[i];
    if (last ? rule->last : rule->first)
      longest = MAX (longest,
          g_array_index (self->material->source_frames, guint64, i));
  }

  return longest;
}

static void
add_end (const Places *self, gboolean last)
{
  MontagePlace place = {.frame = last ? self->film->n_frames - 1 : 0,
      .source = MONTAGE_ANY_SOURCE,
      .last = last,
      .span = G_MAXUINT,
      .in_point = GST_CLOCK_TIME_NONE,
      .longest = longest_of (self, last)};

  if (place.longest == 0 || self->film->n_frames <= self->settled
      || (!last && self->settled > 0))
    return;
  if (last)
    g_array_append_val (self->rules->places, place);
  else
    g_array_prepend_val (self->rules->places, place);
}

/* ---- what does not go together ---- */

static gboolean
may_share (const Places *self, const MontagePlace *a, const MontagePlace *b)
{
  if (b->last && a->source != MONTAGE_ANY_SOURCE
      && a->frame + a->n_frames == self->film->n_frames)
    return self->rules->clips[a->source].last;
  if (a->n_frames > 0 || b->n_frames > 0
      || GST_CLOCK_TIME_IS_VALID (b->in_point))
    return FALSE;
  if (a->source == MONTAGE_ANY_SOURCE && b->source != MONTAGE_ANY_SOURCE)
    return self->rules->clips[b->source].first;
  if (b->source == MONTAGE_ANY_SOURCE && a->source != MONTAGE_ANY_SOURCE)
    return self->rules->clips[a->source].last;
  return a->source == b->source && a->source != MONTAGE_ANY_SOURCE;
}

/* The last beat in [low, high], else @high. */
static guint64
cut_frame (const Places *self, guint64 low, guint64 high)
{
  const GstMontageBeatGrid *music = self->film->music;
  gint64 best = -1;

  for (guint i = 0; music != NULL && i < music->beats->len; i++) {
    gint64 frame = montage_film_frame_at (self->film,
        g_array_index (music->beats, GstMontageBeat, i).time);
    if (frame >= (gint64) low && frame <= (gint64) high)
      best = frame;
  }

  return best >= 0 ? (guint64) best : high;
}

static void
add_limit (const Places *self, guint64 frame, gboolean starts, guint64 shortest,
    guint64 longest)
{
  MontageSlotLimit limit = {frame, starts, shortest, longest};
  GArray *limits = self->rules->limits;
  guint at = limits->len;

  while (
      at > 0 && g_array_index (limits, MontageSlotLimit, at - 1).frame > frame)
    at--;
  g_array_insert_val (limits, at, limit);
}

/* The film is cut at @cut at the latest before @place. */
typedef struct
{
  const MontagePlace *before; /* nullable */
  guint64 cut;
} Bound;

/* Whether there is room for @place after what is before it; moves the bound
 * on. */
static gboolean
fit (const Places *self, MontagePlace *place, Bound *bound)
{
  guint64 after = bound->before != NULL && bound->cut <= bound->before->frame
      ? bound->before->frame + 1
      : bound->cut;
  guint64 low = MAX (after, bound->cut + self->shortest);
  guint64 high = place->last ? self->film->n_frames - self->shortest
                             : place->frame;

  if (place->n_frames > 0) {
    /* A first cut that is too short becomes part of the pinned one. */
    if (place->frame < low && place->frame > bound->cut
        && bound->before == NULL) {
      place->n_frames = MIN (place->n_frames + place->frame - bound->cut,
          place->longest);
      place->frame = bound->cut;
    }
    if (place->frame != bound->cut && place->frame < low)
      return FALSE;
    bound->cut = place->frame + place->n_frames;
  } else if (bound->before != NULL && bound->cut <= bound->before->frame
      && place->frame - bound->before->frame < self->longest) {
    if (self->film->n_frames < self->shortest || low > high)
      return FALSE;
    bound->cut = cut_frame (self, low, high);
    add_limit (self, bound->cut, TRUE, 0, 0);
  } else if (place->frame < bound->cut
      || (place->last && bound->cut > 0
          && self->film->n_frames - bound->cut < self->shortest)) {
    return FALSE;
  }
  bound->before = place;

  return TRUE;
}

static void
note_clash (const Places *self, const MontagePlace *place,
    const MontagePlace *other)
{
  g_autofree gchar *at = frame_text (self, place->frame);
  g_autofree gchar *there = frame_text (self, other->frame);
  g_autofree gchar *name = NULL;

  if (place->source == MONTAGE_ANY_SOURCE) {
    g_ptr_array_add (self->notes,
        g_strdup_printf ("What is wanted as the film's %s has no effect: "
                         "something else is to be shown at %s s.",
            place->last ? "end" : "beginning", there));
    return;
  }
  name = source_name (self, place->source);
  g_ptr_array_add (self->notes,
      g_strdup_printf ("%s is not pinned at %s s: that is too near to what is "
                       "to be shown at %s s.",
          name, at, there));
}

/* Pins come before the film's beginning. */
static void
drop_beginning (const Places *self)
{
  GArray *places = self->rules->places;
  const MontagePlace *first, *second;

  if (places->len < 2)
    return;
  first = &g_array_index (places, MontagePlace, 0);
  second = &g_array_index (places, MontagePlace, 1);
  if (first->source != MONTAGE_ANY_SOURCE || first->last || second->last
      || second->frame >= self->shortest)
    return;
  if (!self->rules->clips[second->source].first)
    note_clash (self, first, second);
  g_array_remove_index (places, 0);
}

static void
settle_clashes (const Places *self)
{
  GArray *places = self->rules->places;
  Bound bound = {NULL, self->settled};
  guint kept = 0;

  drop_beginning (self);
  for (guint i = 0; i < places->len; i++) {
    MontagePlace *place = &g_array_index (places, MontagePlace, i);

    if (kept > 0
        && may_share (self, &g_array_index (places, MontagePlace, kept - 1),
            place)
        && place->frame - g_array_index (places, MontagePlace, kept - 1).frame
            < self->longest)
      continue;
    if (!fit (self, place, &bound)) {
      note_clash (self, place, bound.before != NULL ? bound.before : place);
      continue;
    }
    g_array_index (places, MontagePlace, kept) = *place;
    bound.before = &g_array_index (places, MontagePlace, kept++);
  }
  g_array_set_size (places, kept);
}

static void
add_limits (const Places *self)
{
  for (guint i = 0; i < self->rules->places->len; i++) {
    const MontagePlace *place = &g_array_index (self->rules->places,
        MontagePlace, i);

    if (place->n_frames > 0)
      add_limit (self, place->frame, TRUE, place->n_frames, place->n_frames);
    else
      add_limit (self, place->frame, FALSE, 0, place->longest);
  }
}

void
montage_rules_place (MontageRules *self, MontageMaterial *material,
    const MontageFilmGrid *film, const MontagePace *pace, guint64 settled,
    GPtrArray *notes)
{
  Places places = {.rules = self,
      .material = material,
      .film = film,
      .settled = settled,
      .notes = notes};

  montage_film_limits (film, pace, &places.shortest, &places.longest);
  self->material = material;
  g_array_set_size (self->places, 0);
  g_array_set_size (self->limits, 0);
  add_pins (&places);
  add_end (&places, FALSE);
  add_end (&places, TRUE);
  settle_clashes (&places);
  add_limits (&places);
}
