/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/**
 * MontageTrack:
 *
 * A span picture by picture, as far as the choice of an in-point needs it.
 * Place i lies i * step after the span's first picture.
 */
struct _MontageTrack
{
  GstClockTime step; /* a frame; more in spans of hours */
  guint n;           /* places */
  gfloat *worth;     /* [n + 1]: sum of how good the places before are, 0..1 */
  guint *bad;        /* [n + 1]: how many before show nothing */
  guint *telling;    /* [n + 1]: how many before are telling */
  guint8 *peak;      /* [n]: how near an action peaks, 255 is there */
  guint8 *key_unit;  /* [n]: how soon after a key unit, 255 is at one;
                        %NULL where that is not known */
  gboolean opens;    /* the camera starts here */
  gboolean ends;     /* the camera stops here */
};

/* @span has its views. */
MontageTrack *
montage_track_new (const MontageMaterial *material, const MontageSpan *span);
void montage_track_free (MontageTrack *self);

/* The place nearest to @offset after the first picture. */
gint montage_track_place (const MontageTrack *self, gint64 offset);

G_END_DECLS
