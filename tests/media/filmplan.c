/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmplan.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* Frames of a shot without any transition: 1 to 3.5 s at 25 per second. */
#define ALONE_FROM 25
#define ALONE_TO 88
/* Frames around a disturbance, so that it is not part of a transition. */
#define DISTURB_SPACE 10
/* What a jump leaves out at least, in frames of the take. */
#define JUMP_FRAMES 50
#define N_TRIES 200

const gchar *const montage_join_names[] = {"cut", "dissolve", "fade",
    "white-fade", "dip", "white-dip", "wipe", "push", "aba", "short", "jump",
    NULL};
const gchar *const montage_disturb_names[] = {"none", "flash", "explosion",
    "flicker", "exposure", "whip", "zoom", "shake", "occluder", "title",
    "stutter", "popup", NULL};

G_STATIC_ASSERT (G_N_ELEMENTS (montage_join_names) == MONTAGE_N_JOINS + 1);
G_STATIC_ASSERT (
    G_N_ELEMENTS (montage_disturb_names) == MONTAGE_N_DISTURBS + 1);

typedef struct
{
  const MontagePlanOptions *options;
  GRand *rand;
  GArray *shots;
  guint frame; /* where the next way in starts */
} Planner;

static guint
pick (Planner *self, guint from, guint to)
{
  return (guint) g_rand_int_range (self->rand, (gint) from, (gint) to + 1);
}

static gint
pick_of (Planner *self, GArray *list)
{
  return g_array_index (list, gint, pick (self, 0, list->len - 1));
}

static const MontageTake *
get_take (Planner *self, guint index)
{
  return &g_array_index (self->options->takes, MontageTake, index);
}

static MontageShot *
last_shot (Planner *self)
{
  return self->shots->len > 0
      ? &g_array_index (self->shots, MontageShot, self->shots->len - 1)
      : NULL;
}

static MontageTransition
choose_transition (Planner *self, guint join)
{
  static const struct
  {
    guint from, to;
  } lengths[MONTAGE_N_TRANSITIONS] = {
      [MONTAGE_TRANSITION_DISSOLVE] = {8, 48},
      [MONTAGE_TRANSITION_FADE] = {16, 48},
      [MONTAGE_TRANSITION_WHITE_FADE] = {16, 48},
      [MONTAGE_TRANSITION_DIP] = {4, 14},
      [MONTAGE_TRANSITION_WHITE_DIP] = {4, 14},
      [MONTAGE_TRANSITION_WIPE] = {8, 36},
      [MONTAGE_TRANSITION_PUSH] = {6, 24},
  };
  MontageTransition transition = {0};

  if (join > MONTAGE_TRANSITION_CUT && join < MONTAGE_N_TRANSITIONS) {
    transition.kind = (MontageTransitionKind) join;
    transition.length = pick (self, lengths[join].from, lengths[join].to);
  }
  if (transition.kind == MONTAGE_TRANSITION_FADE
      || transition.kind == MONTAGE_TRANSITION_WHITE_FADE) {
    transition.hold = pick (self, 2, 20);
    transition.length += transition.hold;
  }
  transition.eased = g_rand_boolean (self->rand);
  transition.direction = pick (self, 0,
      transition.kind == MONTAGE_TRANSITION_PUSH ? MONTAGE_N_PUSHES - 1
                                                 : MONTAGE_N_WIPES - 1);
  transition.soft_edge = g_rand_boolean (self->rand)
      ? 0
      : g_rand_double_range (self->rand, 0.02, 0.2);
  return transition;
}

/* Frames of the take that @length frames of the film need. */
static guint
source_length (Planner *self, guint length)
{
  return (guint) ceil (length * self->options->speed) + 1;
}

/* A number that no other shot of the film has. */
static guint
new_figure (Planner *self)
{
  return self->options->seed * 1000 + self->shots->len;
}

/* Another take than the last, with room for @length frames. */
static gboolean
choose_take (Planner *self, guint length, MontageShot *shot)
{
  const MontageShot *last = last_shot (self);
  guint needed = source_length (self, length);

  for (guint k = 0; k < N_TRIES; k++) {
    const MontageTake *take;

    shot->take = pick (self, 0, self->options->takes->len - 1);
    take = get_take (self, shot->take);
    if ((last && last->take == shot->take)
        || take->last - take->first + 1 < needed)
      continue;
    shot->from = pick (self, take->first, take->last + 1 - needed);
    shot->figure = new_figure (self);
    return TRUE;
  }
  return FALSE;
}

static void
add (Planner *self, MontageShot *shot, guint length)
{
  shot->start = self->frame;
  shot->end = self->frame + length;
  g_array_append_val (self->shots, *shot);
}

/* The frame of its take at which @shot ends. */
static guint
take_end (Planner *self, const MontageShot *shot)
{
  return shot->from + source_length (self, shot->end - shot->start);
}

/* Another shot for some frames, and the last one goes on. */
static void
add_aba (Planner *self)
{
  MontageShot a = *last_shot (self), b = {.join = MONTAGE_JOIN_ABA};
  guint length = pick (self, 6, 9), rest = pick (self, 20, 60);

  a.from = take_end (self, &a);
  a.join = MONTAGE_JOIN_ABA;
  a.in = (MontageTransition){0};
  a.disturb = (MontageDisturb){0};
  if (a.from + source_length (self, rest) > get_take (self, a.take)->last
      || !choose_take (self, length, &b))
    return;
  add (self, &b, length);
  self->frame += length;
  add (self, &a, rest);
  self->frame += rest;
}

static void
add_short (Planner *self)
{
  for (guint k = pick (self, 3, 6); k > 0; k--) {
    MontageShot shot = {.join = MONTAGE_JOIN_SHORT};
    guint length = pick (self, 6, 14);

    if (!choose_take (self, length, &shot))
      return;
    add (self, &shot, length);
    self->frame += length;
  }
}

/* The same take later on. */
static void
add_jump (Planner *self)
{
  MontageShot shot = *last_shot (self);
  guint length = pick (self, 20, 60);

  shot.from = take_end (self, &shot) + JUMP_FRAMES;
  shot.join = MONTAGE_JOIN_JUMP;
  shot.figure = new_figure (self);
  shot.in = (MontageTransition){0};
  shot.disturb = (MontageDisturb){0};
  if (shot.from + source_length (self, length)
      > get_take (self, shot.take)->last)
    return;
  add (self, &shot, length);
  self->frame += length;
}

static MontageDisturb
choose_disturb (Planner *self, guint way_in, guint *alone)
{
  MontageDisturb disturb = {0};
  guint space;

  if (self->options->disturbs->len == 0)
    return disturb;
  disturb.kind = (MontageDisturbKind) pick_of (self, self->options->disturbs);
  disturb.length = montage_disturb_choose_length (disturb.kind, self->rand);
  disturb.seed = g_rand_int (self->rand);
  space = disturb.length + 2 * DISTURB_SPACE;
  *alone = MAX (*alone, space);
  disturb.start = way_in + DISTURB_SPACE + pick (self, 0, *alone - space);
  return disturb;
}

/* A shot whose way in is @in, and the way out to the next, which is told. */
static gboolean
add_shot (Planner *self, guint *join, MontageTransition *in)
{
  guint next = (guint) pick_of (self, self->options->joins);
  MontageTransition out = choose_transition (self, next);
  guint alone = pick (self, ALONE_FROM, ALONE_TO);
  MontageShot shot = {.in = *in, .join = *join};

  shot.disturb = choose_disturb (self, in->length, &alone);
  while (!choose_take (self, in->length + alone + out.length, &shot)) {
    if (alone <= ALONE_FROM)
      return FALSE;
    alone = ALONE_FROM;
    shot.disturb = (MontageDisturb){0};
  }
  add (self, &shot, in->length + alone + out.length);
  self->frame = last_shot (self)->end - out.length;
  if (next == MONTAGE_JOIN_ABA)
    add_aba (self);
  else if (next == MONTAGE_JOIN_SHORT)
    add_short (self);
  else if (next == MONTAGE_JOIN_JUMP)
    add_jump (self);
  *join = next < MONTAGE_N_TRANSITIONS ? next : MONTAGE_TRANSITION_CUT;
  *in = out;
  return TRUE;
}

GArray *
montage_plan_new (const MontagePlanOptions *options, GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (options->seed);
  Planner planner = {options, rand,
      g_array_new (FALSE, FALSE, sizeof (MontageShot)), 0};
  guint join = MONTAGE_TRANSITION_CUT;
  MontageTransition in = {0};

  for (guint misses = 0; planner.frame < options->n_frames;) {
    if (!add_shot (&planner, &join, &in) && ++misses > N_TRIES) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "The takes are too few or too short");
      g_array_unref (planner.shots);
      return NULL;
    }
  }
  /* Nothing follows on the last shot's way out. */
  last_shot (&planner)->end = planner.frame;
  return planner.shots;
}

static void
add_line (GString *text, const MontageShot *shot, guint first, guint last,
    gdouble factor)
{
  guint from = (guint) ceil (first * factor - 1e-9);
  guint to = (guint) ceil ((last + 1) * factor - 1e-9) - 1;

  if (shot->unsure)
    g_string_append (text, "? ");
  g_string_append_printf (text, "%u", from);
  if (last > first)
    g_string_append_printf (text, "-%u", to);
  g_string_append_printf (text, "  # %s\n", montage_join_names[shot->join]);
}

gchar *
montage_plan_to_truth (GArray *shots, gdouble fps, gdouble film_fps)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 1; k < shots->len; k++) {
    const MontageShot *shot = &g_array_index (shots, MontageShot, k);
    guint first = shot->start, last = first + MAX (shot->in.length, 1) - 1;

    if (shot->in.hold > 0) {
      guint way = (shot->in.length - shot->in.hold + 1) / 2;

      add_line (text, shot, first, first + way - 1, fps / film_fps);
      first += way + shot->in.hold;
    }
    add_line (text, shot, first, last, fps / film_fps);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
