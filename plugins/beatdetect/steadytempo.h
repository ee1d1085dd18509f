/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Is there one tempo all along, as machines play it? Looks near @period
 * (frames) for the period that keeps its phase from the first to the last
 * window, and stores it. Any multiple or whole part of the beat will do. */
gboolean steady_tempo_find (const gfloat *activation, guint n, gdouble *period);
/* FALSE where the music goes on at another phase of @period, as after a pause that
 * is no whole number of beats: at some time what comes is much more like what was
 * if it is moved. Accents that go from the beats to between them do not count, the
 * onsets between them being there before and after. */
gboolean
steady_tempo_keeps_phase (const gfloat *activation, guint n, gdouble period);
/* Frame of the strongest phase of @period, 0 <= it < @period. */
gdouble steady_tempo_phase (const gfloat *activation, guint n, gdouble period);
