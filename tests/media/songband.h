/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "song.h"

/* Writes and plays a song of many parts: beats, sections, samples and, where
 * the options do not say it, the length. */
void montage_song_band (MontageSong *song, const MontageSongOptions *options);
