/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "onsetfront.h"

/* RMS of each 100 ms, scaled so that a full-scale sine is 1, at most 1 (of
 * gdouble), appended to @envelope until @seconds. */
void envelope_append (const OnsetFrame *frames, guint n, gdouble seconds,
    GArray *envelope);
/* Frames at which something is heard again after a silence of @least (of guint). */
GArray *envelope_resumptions (const OnsetFrame *frames, guint n, guint least);
/* First and last second in which something is heard; FALSE if nothing is. */
gboolean envelope_extent (const OnsetFrame *frames, guint n, gdouble seconds,
    gdouble *first, gdouble *last);
