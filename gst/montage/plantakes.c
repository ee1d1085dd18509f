/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Takes of one film are there to be chosen from, so each shows other shots at
 * a place, and opens with another one; what fits as well elsewhere in the film
 * may be there. */

#include "planlooks.h"
#include "plantakes.h"

/* The same shot at the same time, as the opening of the film, and anywhere. */
#define POINTS_THERE 25.0
#define POINTS_OPENING 50.0
#define POINTS_ANYWHERE 3.0

typedef struct
{
  const MontageMaterial *material;
  const MontageFilmGrid *film;
  const GArray *slots;
  guint n_spans;
  gfloat *points;
} Takes;

/* The source of the request that is source @index of @plan, or -1. */
static gint
find_source (const Takes *self, const GstMontagePlan *plan, guint index)
{
  const gchar *uri = g_array_index (plan->sources, GstMontageSource, index).uri;

  for (guint i = 0; i < self->material->n_sources; i++) {
    /* Mostly the same ones in the same order. */
    guint at = (index + i) % self->material->n_sources;
    if (g_strcmp0 (self->material->sources[at]->uri, uri) == 0)
      return (gint) at;
  }

  return -1;
}

static void
charge (Takes *self, guint slot, guint look, gdouble points)
{
  for (guint i = 0; i < self->n_spans; i++) {
    if (montage_looks_get (self->material, i) == look)
      self->points[(gsize) slot * self->n_spans + i] -= (gfloat) points;
  }
}

/* The share of @slot in which @cut is seen. */
static gdouble
shared (const Takes *self, const MontageSlot *slot, const GstMontageCut *cut)
{
  const GstMontageOutput *output = &self->film->output;
  GstClockTime start = gst_montage_output_frame_time (output,
      slot->first_frame);
  GstClockTime end = gst_montage_output_frame_time (output,
      slot->first_frame + slot->n_frames);
  GstClockTime from = MAX (start, cut->start);
  GstClockTime to = MIN (end, cut->start + cut->duration);

  return to > from ? (gdouble) (to - from) / (gdouble) (end - start) : 0.0;
}

static void
add_cut (Takes *self, guint look, const GstMontageCut *cut, gboolean new_look)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const MontageSlot *slot = &g_array_index (self->slots, MontageSlot, i);
    gdouble points = POINTS_THERE * shared (self, slot, cut)
        + (new_look ? POINTS_ANYWHERE : 0.0)
        + (i == 0 && cut->start == 0 ? POINTS_OPENING : 0.0);
    if (points > 0)
      charge (self, i, look, points);
  }
}

static void
add_plan (Takes *self, const GstMontagePlan *plan)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->n_spans + 1);

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);
    gint source = find_source (self, plan, cut->source);
    gint span = source < 0
        ? -1
        : montage_material_find (self->material, (guint) source, cut->in_point);
    guint look;

    if (span < 0)
      continue;
    look = montage_looks_get (self->material, (guint) span);
    add_cut (self, look, cut, !seen[look]);
    seen[look] = TRUE;
  }
}

gfloat *
montage_takes_new (const GstMontageRequest *request,
    const MontageMaterial *material, const MontageFilmGrid *film,
    const GArray *slots)
{
  Takes self = {material, film, slots, material->spans->len, NULL};

  if (request->n_other_takes == 0)
    return NULL;
  self.points = g_new0 (gfloat, (gsize) slots->len * self.n_spans + 1);
  for (guint i = 0; i < request->n_other_takes; i++)
    add_plan (&self, request->other_takes[i]);

  return self.points;
}
