/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmdisturb.h"
#include "filmtransition.h"
#include "takereader.h"

G_BEGIN_DECLS

/* How shots may follow each other: a MontageTransitionKind, or a pattern of
 * cuts. */
enum
{
  MONTAGE_JOIN_ABA = MONTAGE_N_TRANSITIONS, /* 6-9 frames of another shot */
  MONTAGE_JOIN_SHORT,                       /* shots of 6-14 frames in a row */
  MONTAGE_JOIN_JUMP,                        /* a part of the take is left out */
  MONTAGE_N_JOINS
};

/* Names of the joins and of the disturbances, NULL at the end. */
extern const gchar *const montage_join_names[];
extern const gchar *const montage_disturb_names[];

typedef struct
{
  guint take;  /* index */
  guint from;  /* frame of the file that its first frame shows */
  guint start; /* first frame of the film in which it is seen */
  guint end;   /* the frame after the last */
  MontageTransition in;
  guint join; /* what the way in is a part of */
  MontageDisturb disturb;
  guint figure;    /* the same where a shot goes on */
  gboolean unsure; /* the pictures differ too little to call it a change */
} MontageShot;

typedef struct
{
  GArray *takes;    /* MontageTake */
  GArray *joins;    /* gint, each as likely as often as it is there */
  GArray *disturbs; /* gint; empty: none */
  guint n_frames;   /* the film is this long or little longer */
  gdouble speed;    /* frames of a take per frame of the film */
  guint seed;
} MontagePlanOptions;

/* The shots of a film: a GArray of MontageShot, the same for the same options.
 * NULL where no take is long enough. */
GArray *montage_plan_new (const MontagePlanOptions *options, GError **error);

/* One line per transition, frames multiplied by @fps / @film_fps. A fade is
 * two, out and in. */
gchar *montage_plan_to_truth (GArray *shots, gdouble fps, gdouble film_fps);

G_END_DECLS
