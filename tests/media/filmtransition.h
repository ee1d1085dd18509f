/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ways from one shot to the next. */
typedef enum
{
  MONTAGE_TRANSITION_CUT,
  MONTAGE_TRANSITION_DISSOLVE,
  MONTAGE_TRANSITION_FADE,       /* to black, black for a while, from black */
  MONTAGE_TRANSITION_WHITE_FADE, /* the same with white */
  MONTAGE_TRANSITION_DIP,        /* to black and back at once */
  MONTAGE_TRANSITION_WHITE_DIP,
  MONTAGE_TRANSITION_WIPE,
  MONTAGE_TRANSITION_PUSH,
  MONTAGE_N_TRANSITIONS
} MontageTransitionKind;

typedef struct
{
  MontageTransitionKind kind;
  guint length;      /* frames; 0 for a cut */
  guint hold;        /* of them, in the middle of a fade: one colour only */
  gboolean eased;    /* slow at both ends, else linear */
  guint direction;   /* wipe: 4 sides, diagonal, iris; push: 4 sides */
  gdouble soft_edge; /* of a wipe, as a share of its way */
} MontageTransition;

#define MONTAGE_N_WIPES 6
#define MONTAGE_N_PUSHES 4

/* Frame @number (from 0) of the transition from @from to @to. @out may be
 * neither of them. */
void montage_transition_draw (const MontageTransition *self, guint number,
    const guint32 *from, const guint32 *to, guint32 *out, guint width,
    guint height);

G_END_DECLS
