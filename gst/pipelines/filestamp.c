/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filestamp.h"

#include <string.h>

/* 18 blocks of 64 KiB, the first and the last of the file among them, tell
 * recordings apart without reading gigabytes. Smaller files are read whole. */
#define BLOCK_BYTES ((gsize) 64 << 10)
#define N_BLOCKS 18
#define READ_BYTES ((gsize) 256 << 10)

/* The coarsest clock of a file system in use, that of FAT. */
#define SETTLED_USEC (2 * G_USEC_PER_SEC)

/* Independent ones, so that the processor works on all at once. */
#define N_LANES 4
/* 2^64 / golden ratio: odd, and its bits are as if thrown (Knuth, The Art of
 * Computer Programming 3, 6.4). */
#define SUM_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

#define STAMP_ATTRIBUTES                                                       \
  G_FILE_ATTRIBUTE_STANDARD_SIZE                                               \
  "," G_FILE_ATTRIBUTE_UNIX_INODE "," G_FILE_ATTRIBUTE_TIME_MODIFIED           \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC "," G_FILE_ATTRIBUTE_TIME_CHANGED    \
  "," G_FILE_ATTRIBUTE_TIME_CHANGED_NSEC

static guint64
time_of (GFileInfo *info, const gchar *seconds, const gchar *nanoseconds)
{
  return g_file_info_get_attribute_uint64 (info, seconds) * 1000000000
      + g_file_info_get_attribute_uint32 (info, nanoseconds);
}

/* Whether a change now may give the same time again. A time to come, as of a
 * camera whose clock is wrong, is as good as one that is over. */
static gboolean
is_now (guint64 time)
{
  gint64 age = g_get_real_time () - (gint64) (time / 1000);

  return ABS (age) <= SETTLED_USEC;
}

gchar *
montage_file_stamp (const gchar *path, gboolean *is_settled)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, STAMP_ATTRIBUTES,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  guint64 modified, changed;

  if (!info)
    return NULL;
  modified = time_of (info, G_FILE_ATTRIBUTE_TIME_MODIFIED,
      G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC);
  changed = time_of (info, G_FILE_ATTRIBUTE_TIME_CHANGED,
      G_FILE_ATTRIBUTE_TIME_CHANGED_NSEC);
  *is_settled = !is_now (modified) && !is_now (changed);
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                          " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
      (guint64) g_file_info_get_size (info), modified, changed,
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE));
}

static gboolean
hash_block (GChecksum *sum, GInputStream *stream, goffset offset, gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  gsize n_read = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, NULL)
      || !g_input_stream_read_all (stream, bytes, n_bytes, &n_read, NULL, NULL))
    return FALSE;
  g_checksum_update (sum, bytes, (gssize) n_read);
  return TRUE;
}

static gboolean
hash_blocks (GChecksum *sum, GInputStream *stream, guint64 size)
{
  if (size <= N_BLOCKS * BLOCK_BYTES)
    return hash_block (sum, stream, 0, (gsize) size);
  for (guint64 i = 0; i < N_BLOCKS; i++)
    if (!hash_block (sum, stream,
            (goffset) ((size - BLOCK_BYTES) / (N_BLOCKS - 1) * i
                + (size - BLOCK_BYTES) % (N_BLOCKS - 1) * i / (N_BLOCKS - 1)),
            BLOCK_BYTES))
      return FALSE;
  return TRUE;
}

gchar *
montage_file_sample (const gchar *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree gchar *head = NULL;
  guint64 size;

  if (!stream)
    return NULL;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
      NULL, NULL);
  if (!info)
    return NULL;
  size = (guint64) g_file_info_get_size (info);
  head = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", size);
  g_checksum_update (sum, (const guchar *) head, -1);
  if (!hash_blocks (sum, G_INPUT_STREAM (stream), size))
    return NULL;
  return g_strdup (g_checksum_get_string (sum));
}

/* One to one for each word, so that no single change is lost; what two changes
 * do meets by chance only. */
static guint64
mix (guint64 lane, guint64 word)
{
  lane ^= word;
  return (lane << 29 | lane >> 35) * SUM_FACTOR;
}

static void
sum_words (guint64 *lanes, const guint8 *bytes, gsize n_bytes)
{
  const gsize step = N_LANES * sizeof (guint64);

  for (gsize at = 0; at + step <= n_bytes; at += step) {
    guint64 words[N_LANES];

    memcpy (words, bytes + at, step);
    for (guint i = 0; i < N_LANES; i++)
      lanes[i] = mix (lanes[i], words[i]);
  }
}

gboolean
montage_file_sum (const gchar *path, guint64 *sum)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree guint8 *bytes = g_malloc (READ_BYTES);
  guint64 lanes[N_LANES] = {1, 2, 3, 4};
  guint64 total = 0;
  gsize n_read = READ_BYTES;

  if (!stream)
    return FALSE;
  while (n_read == READ_BYTES) {
    if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, READ_BYTES,
            &n_read, NULL, NULL))
      return FALSE;
    /* The last words are filled up with zeros; the size tells how many. */
    memset (bytes + n_read, 0, READ_BYTES - n_read);
    sum_words (lanes, bytes, (n_read + 31) & ~(gsize) 31);
    total += n_read;
  }
  *sum = total;
  for (guint i = 0; i < N_LANES; i++)
    *sum = mix (*sum, lanes[i]);
  return TRUE;
}
