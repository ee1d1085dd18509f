/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The tempo of a song whose beats are at @times (s, of gdouble): the median over
 * its beats, BPM. */
gdouble beat_tempo_median (const GArray *times);
/* BPM around each beat, of gdouble, newly allocated. */
gdouble *beat_tempo_curve (const GArray *times);
