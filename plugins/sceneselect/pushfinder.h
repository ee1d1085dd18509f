/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mixring.h"

G_BEGIN_DECLS

/* Finds pushes: the new picture moves the old one out. */
typedef struct
{
  guint64 first;
  guint64 last;
  gdouble error; /* 0..1, what is unexplained; 1: none */
} Push;

typedef struct
{
  Push best;
  guint64 barred;
} PushFinder;

/* To be called when @ring has got a picture. TRUE: @push is over and will not
 * change any more. */
gboolean push_finder_look (PushFinder *self, const MixRing *ring, Push *push);
gboolean push_finder_finish (PushFinder *self, const MixRing *ring, Push *push);

G_END_DECLS
