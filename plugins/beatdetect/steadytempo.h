/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Is there one tempo all along, as machines play it? Looks near @period
 * (frames) for the period that keeps its phase from the first to the last
 * window, and stores it. Any multiple or whole part of the beat will do. */
gboolean steady_tempo_find (const gfloat *activation, guint n, gdouble *period);
/* Frame of the strongest phase of @period, 0 <= it < @period. */
gdouble steady_tempo_phase (const gfloat *activation, guint n, gdouble period);
