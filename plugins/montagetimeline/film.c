/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "film.h"

struct _Film
{
  FilmCommittedFunc committed;
  gpointer data;
  guint group_id;

  GMutex lock; /* protects what follows */
  FilmPlan *plan;
  guint n_committed;
  GstClockTime sound_position;
};

static void
film_plan_clear (gpointer data)
{
  FilmPlan *self = data;

  gst_montage_plan_free (self->plan);
}

FilmPlan *
film_plan_new (GstMontagePlan *plan)
{
  FilmPlan *self = g_atomic_rc_box_new0 (FilmPlan);

  self->plan = plan;
  return self;
}

FilmPlan *
film_plan_ref (FilmPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
film_plan_unref (FilmPlan *self)
{
  g_atomic_rc_box_release_full (self, film_plan_clear);
}

Film *
film_new (FilmPlan *plan, FilmCommittedFunc committed, gpointer data)
{
  Film *self = g_atomic_rc_box_new0 (Film);

  g_mutex_init (&self->lock);
  self->plan = film_plan_ref (plan);
  self->committed = committed;
  self->data = data;
  self->group_id = gst_util_group_id_next ();
  return self;
}

Film *
film_ref (Film *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
film_clear (gpointer data)
{
  Film *self = data;

  film_plan_unref (self->plan);
  g_mutex_clear (&self->lock);
}

void
film_unref (Film *self)
{
  g_atomic_rc_box_release_full (self, film_clear);
}

FilmPlan *
film_get_plan (Film *self)
{
  FilmPlan *plan;

  g_mutex_lock (&self->lock);
  plan = film_plan_ref (self->plan);
  g_mutex_unlock (&self->lock);
  return plan;
}

guint
film_get_group_id (const Film *self)
{
  return self->group_id;
}

static const gchar *
cut_uri (const GstMontagePlan *plan, const GstMontageCut *cut)
{
  return g_array_index (plan->sources, GstMontageSource, cut->source).uri;
}

static gboolean
same_cut (const GstMontagePlan *a, const GstMontagePlan *b, guint index)
{
  const GstMontageCut *one = &g_array_index (a->cuts, GstMontageCut, index);
  const GstMontageCut *two = &g_array_index (b->cuts, GstMontageCut, index);

  return one->start == two->start && one->duration == two->duration
      && one->in_point == two->in_point && one->transition == two->transition
      && one->transition_duration == two->transition_duration
      && one->speed == two->speed && one->zoom_from == two->zoom_from
      && one->zoom_to == two->zoom_to && one->focus_x == two->focus_x
      && one->focus_y == two->focus_y
      && g_str_equal (cut_uri (a, one), cut_uri (b, two));
}

/* From here on the sound depends on where the film ends. */
static GstClockTime
fade_begin (const GstMontagePlan *plan)
{
  return plan->duration - MIN (plan->music.fade_out, plan->duration);
}

static gboolean
same_output (const GstMontageOutput *a, const GstMontageOutput *b)
{
  return a->width == b->width && a->height == b->height && a->fps_n == b->fps_n
      && a->fps_d == b->fps_d && a->fit == b->fit;
}

/* With the lock: why @plan cannot take over, NULL where it can. */
static gchar *
find_obstacle (const Film *self, const GstMontagePlan *plan)
{
  const GstMontagePlan *now = self->plan->plan;
  guint i;

  if (!same_output (&now->output, &plan->output))
    return g_strdup ("it has another output format");
  if (g_strcmp0 (now->music.uri, plan->music.uri) != 0
      || now->music.start != plan->music.start)
    return g_strdup ("it has other music");
  if ((now->duration != plan->duration
          || now->music.fade_out != plan->music.fade_out)
      && self->sound_position > MIN (fade_begin (now), fade_begin (plan)))
    return g_strdup ("it ends elsewhere, but the end has been handed out");
  for (i = 0; i < self->n_committed; i++) {
    if (i >= plan->cuts->len || !same_cut (now, plan, i))
      return g_strdup_printf (
          "its cut %u is another one, but that has been handed out", i);
  }
  return NULL;
}

gboolean
film_offer (Film *self, FilmPlan *plan, GError **error)
{
  g_autofree gchar *obstacle = NULL;
  FilmPlan *old = NULL;

  g_mutex_lock (&self->lock);
  obstacle = find_obstacle (self, plan->plan);
  if (obstacle == NULL) {
    old = self->plan;
    self->plan = film_plan_ref (plan);
  }
  g_mutex_unlock (&self->lock);
  if (obstacle != NULL) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "Revision %u of the plan comes too late: %s; the film goes on as it "
        "was",
        plan->plan->revision, obstacle);
    return FALSE;
  }
  film_plan_unref (old);
  return TRUE;
}

gboolean
film_commit (Film *self, FilmPlan *plan, guint n_cuts)
{
  gboolean holds;

  g_mutex_lock (&self->lock);
  holds = self->plan == plan;
  if (holds)
    n_cuts = self->n_committed = MAX (self->n_committed, n_cuts);
  g_mutex_unlock (&self->lock);
  if (holds && self->committed != NULL)
    self->committed (plan->plan->revision, n_cuts, self->data);
  return holds;
}

void
film_commit_sound (Film *self, GstClockTime position)
{
  g_mutex_lock (&self->lock);
  self->sound_position = MAX (self->sound_position, position);
  g_mutex_unlock (&self->lock);
}
