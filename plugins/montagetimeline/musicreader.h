/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "decodebranch.h"

G_BEGIN_DECLS

/**
 * MusicReader:
 *
 * The samples of a song by their number, 48 kHz stereo. A song is always
 * decoded from its start: seeking in compressed sound is not exact to the
 * sample, and decoding a song costs less than a second. Used by one thread.
 */
typedef struct _MusicReader MusicReader;

MusicReader *music_reader_new (const gchar *uri);
void music_reader_free (MusicReader *self);

/* Copies @n_frames frames from frame @position on; silence where the song has
 * none. Blocks. FALSE: see decode_branch_pull(). */
gboolean music_reader_read (MusicReader *self, guint64 position, gfloat *out,
    guint n_frames, GCancellable *cancellable, GError **error);
/* Whether the song has given any sound so far. */
gboolean music_reader_has_sound (const MusicReader *self);
/* The frame after the song's last, G_MAXUINT64 while that is not known. */
guint64 music_reader_get_end (const MusicReader *self);
gchar *music_reader_dup_error (MusicReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MusicReader, music_reader_free)

G_END_DECLS
