/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planmaterial.h"

G_BEGIN_DECLS

/**
 * MontageView:
 *
 * What a cut into or out of a span meets at a moment of it.
 */
typedef struct
{
  gfloat brightness; /* 0..1; -1 where it is not known */
  gfloat motion;     /* 0..1 */
  gfloat way_x;      /* where the camera goes: of length 1 where it clearly */
  gfloat way_y;      /* does, 0 where it stands */
  gfloat whip;       /* 0..1: 1 is a camera too fast to see anything */
  gfloat focus_x;    /* where people look, in frame widths */
  gfloat focus_y;
  gboolean has_focus;
} MontageView;

/* Appends the views of @span, which is complete otherwise. */
void montage_views_add (MontageMaterial *self, MontageSpan *span);

/* Index of what is seen at @time of @span. */
guint montage_views_at (const MontageMaterial *self, const MontageSpan *span,
    GstClockTime time);

static inline const MontageView *
montage_views_get (const MontageMaterial *self, guint index)
{
  return &g_array_index (self->views, MontageView, index);
}

G_END_DECLS
