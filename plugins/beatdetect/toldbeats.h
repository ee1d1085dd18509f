/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "beatlive.h"

/**
 * ToldBeats:
 *
 * The live beats of a song in order, so that what is played again after a seek
 * has its beats again, though it is analysed once.
 */
typedef struct _ToldBeats ToldBeats;

ToldBeats *told_beats_new (void);
void told_beats_free (ToldBeats *self);
void told_beats_clear (ToldBeats *self);
void told_beats_add (ToldBeats *self, const LiveBeat *beat);
/* What is played goes on at @time, in s. */
void told_beats_seek (ToldBeats *self, gdouble time);
/* The next one before @until, in s; each once until the next seek. Those that
 * have been added since the last one was told come at once. */
gboolean told_beats_next (ToldBeats *self, gdouble until, LiveBeat *beat);
