/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * FilmPlan:
 *
 * A plan that several threads read; reference counted, never changed.
 */
typedef struct
{
  GstMontagePlan *plan;
} FilmPlan;

FilmPlan *film_plan_new (GstMontagePlan *plan); /* takes @plan */
FilmPlan *film_plan_ref (FilmPlan *self);
void film_plan_unref (FilmPlan *self);

/**
 * Film:
 *
 * What both sources of a timeline play: the plan that holds now, how much of it
 * has been handed out, and who wants to know. Safe for threads.
 */
typedef struct _Film Film;

/* Called by the streaming thread, without locks. */
typedef void (*FilmCommittedFunc) (guint revision, guint n_cuts, gpointer data);

Film *film_new (FilmPlan *plan, FilmCommittedFunc committed, gpointer data);
Film *film_ref (Film *self);
void film_unref (Film *self);

FilmPlan *film_get_plan (Film *self);
/* Of its streams. */
guint film_get_group_id (const Film *self);
/* Takes over a later revision where it repeats what has been handed out. */
gboolean film_offer (Film *self, FilmPlan *plan, GError **error);
/* The first @n_cuts cuts of @plan have been handed out; FALSE where another
 * plan holds by now. */
gboolean film_commit (Film *self, FilmPlan *plan, guint n_cuts);
/* The sound has been handed out up to @position. */
void film_commit_sound (Film *self, GstClockTime position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilmPlan, film_plan_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Film, film_unref)

G_END_DECLS
