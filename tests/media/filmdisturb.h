/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happens inside of a shot and is no cut. */
typedef enum
{
  MONTAGE_DISTURB_NONE,
  MONTAGE_DISTURB_FLASH,     /* white or over-exposed, 1-5 frames, repeated */
  MONTAGE_DISTURB_EXPLOSION, /* sudden orange that fades slowly */
  MONTAGE_DISTURB_FLICKER,
  MONTAGE_DISTURB_EXPOSURE, /* brighter or darker, and stays so */
  MONTAGE_DISTURB_WHIP,     /* a fast pan by 1 to 2.5 widths, blurred */
  MONTAGE_DISTURB_ZOOM,     /* twice as close within a quarter of a second */
  MONTAGE_DISTURB_SHAKE,
  MONTAGE_DISTURB_OCCLUDER, /* something passes close before the lens */
  MONTAGE_DISTURB_TITLE,    /* comes, stays, goes */
  MONTAGE_DISTURB_STUTTER,  /* stands still, then skips what was missed */
  MONTAGE_DISTURB_POPUP,    /* a window with text that is there at once */
  MONTAGE_N_DISTURBS
} MontageDisturbKind;

typedef struct
{
  MontageDisturbKind kind;
  guint start; /* frame of the shot */
  guint length;
  guint seed;
} MontageDisturb;

/* How much larger than the film the source has to be, in halves. */
#define MONTAGE_DISTURB_WIDE 3

/* TRUE where a camera is moved over a larger source. */
gboolean montage_disturb_is_camera (const MontageDisturb *self);

/* A length in frames that is typical of the kind. */
guint montage_disturb_choose_length (MontageDisturbKind kind, GRand *rand);

/* Which frame of the source frame @number shows. */
guint montage_disturb_source_frame (const MontageDisturb *self, guint number);

/* What the moved camera sees at frame @number of @wide, which is half as large
 * again as the film's @width times @height. */
void montage_disturb_film (const MontageDisturb *self, guint number,
    const guint32 *wide, guint32 *out, guint width, guint height);

/* Changes the picture of frame @number. */
void montage_disturb_apply (const MontageDisturb *self, guint number,
    guint32 *pixels, guint width, guint height);

G_END_DECLS
