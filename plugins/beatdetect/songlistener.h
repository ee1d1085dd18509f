/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>
#include <gst/montage/beatgrid.h>

#include "beatlive.h"
#include "beatproperties.h"

/**
 * SongListener:
 *
 * Hears a song piece by piece: where each piece lies in stream time, what is new
 * in it, and which beats are told of it.
 */
typedef struct _SongListener SongListener;

/* @time is the stream time of @beat. */
typedef void (
    *SongListenerTell) (const LiveBeat *beat, GstClockTime time, gpointer data);

SongListener *song_listener_new (SongListenerTell tell, gpointer data);
void song_listener_free (SongListener *self);
/* The song goes on in this format. FALSE where it cannot be converted. */
gboolean
song_listener_set_format (SongListener *self, const GstAudioInfo *info);
gboolean song_listener_has_format (const SongListener *self);
/* What comes next is another song, in the same format. FALSE as above. */
gboolean song_listener_restart (SongListener *self);
/* What comes next has another format, too. */
void song_listener_clear (SongListener *self);

/* Has what comes with @buffer nothing to do with what was heard? */
gboolean song_listener_jumps (const SongListener *self,
    const GstSegment *segment, GstBuffer *buffer);
/* Hears what is new in @buffer, mapped as @audio; FALSE where nothing is. Of the
 * @properties those of the song count when it begins. */
gboolean
song_listener_hear (SongListener *self, const BeatProperties *properties,
    const GstSegment *segment, GstBuffer *buffer, const GstAudioBuffer *audio);
void
song_listener_hear_gap (SongListener *self, const BeatProperties *properties,
    const GstSegment *segment, GstClockTime start, GstClockTime duration);
/* Stream time behind what was heard. */
GstClockTime song_listener_heard (const SongListener *self);
/* No more sound comes soon: tells the beats that the lookahead holds back. */
void song_listener_catch_up (SongListener *self);
/* Hears what the converter still holds, catches up: there is no more. */
void song_listener_end (SongListener *self, const BeatProperties *properties);
/* (nullable): then, what was found, unless only live beats are wanted. */
GstMontageBeatGrid *song_listener_finish (SongListener *self);
