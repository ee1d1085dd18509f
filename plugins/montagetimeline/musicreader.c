/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "musicreader.h"

#include <string.h>

#define BYTES_PER_FRAME (DECODE_SOUND_CHANNELS * sizeof (gfloat))
/* Time stamps of encoded sound are rounded: what is nearer than this to the
 * end of the buffer before follows it without a gap. */
#define CONTIGUOUS (DECODE_SOUND_RATE / 25)

struct _MusicReader
{
  gchar *uri;
  DecodeBranch *branch;
  GstSample *chunk;
  guint64 begin; /* frames, of @chunk */
  guint64 end;   /* frames, of the latest chunk */
  gboolean has_sound;
  gboolean ended;
};

MusicReader *
music_reader_new (const gchar *uri)
{
  MusicReader *self = g_new0 (MusicReader, 1);

  self->uri = g_strdup (uri);
  return self;
}

static void
close_song (MusicReader *self)
{
  g_clear_pointer (&self->chunk, gst_sample_unref);
  g_clear_pointer (&self->branch, decode_branch_free);
  self->begin = self->end = 0;
  self->has_sound = self->ended = FALSE;
}

void
music_reader_free (MusicReader *self)
{
  if (self == NULL)
    return;
  close_song (self);
  g_free (self->uri);
  g_free (self);
}

gboolean
music_reader_has_sound (const MusicReader *self)
{
  return self->has_sound;
}

guint64
music_reader_get_end (const MusicReader *self)
{
  return self->ended ? self->end : G_MAXUINT64;
}

gchar *
music_reader_dup_error (MusicReader *self)
{
  return self->branch != NULL ? decode_branch_dup_error (self->branch) : NULL;
}

static void
place_chunk (MusicReader *self)
{
  GstClockTime time = decode_branch_sample_time (self->chunk);
  guint64 expected = self->end;
  guint64 stamped = expected;

  if (GST_CLOCK_TIME_IS_VALID (time))
    stamped = gst_util_uint64_scale_round (time, DECODE_SOUND_RATE, GST_SECOND);
  self->begin = expected;
  if (!self->has_sound
      || MAX (stamped, expected) - MIN (stamped, expected) > CONTIGUOUS)
    self->begin = stamped;
  self->end = self->begin
      + gst_buffer_get_size (gst_sample_get_buffer (self->chunk))
          / BYTES_PER_FRAME;
  self->has_sound = TRUE;
}

/* Brings the chunk that holds @position or lies after it. */
static gboolean
reach (MusicReader *self, guint64 position, GCancellable *cancellable,
    GError **error)
{
  while (!self->ended && (self->chunk == NULL || self->end <= position)) {
    g_clear_pointer (&self->chunk, gst_sample_unref);
    if (!decode_branch_pull (self->branch, &self->chunk, cancellable, error))
      return FALSE;
    if (self->chunk == NULL)
      self->ended = TRUE;
    else
      place_chunk (self);
  }
  return TRUE;
}

gboolean
music_reader_read (MusicReader *self, guint64 position, gfloat *out,
    guint n_frames, GCancellable *cancellable, GError **error)
{
  guint64 last = position + n_frames;
  guint64 count;

  memset (out, 0, n_frames * BYTES_PER_FRAME);
  if (self->branch != NULL && position < self->begin)
    close_song (self);
  if (self->branch == NULL)
    self->branch = decode_branch_new (self->uri, DECODE_SOUND);
  while (position < last) {
    if (!reach (self, position, cancellable, error))
      return FALSE;
    if (self->chunk == NULL || self->begin >= last)
      break;
    if (self->begin > position) {
      out += (self->begin - position) * DECODE_SOUND_CHANNELS;
      position = self->begin;
    }
    count = MIN (last, self->end) - position;
    gst_buffer_extract (gst_sample_get_buffer (self->chunk),
        (position - self->begin) * BYTES_PER_FRAME, out,
        count * BYTES_PER_FRAME);
    out += count * DECODE_SOUND_CHANNELS;
    position += count;
  }
  return TRUE;
}
