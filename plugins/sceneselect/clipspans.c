/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Between two pictures that decode alone, every other is coded as the change
 * of those around it. So a cut costs bytes: it is either coded as such a
 * picture itself, earlier than the next one is due, or as one that is far
 * larger than its neighbours. A gradual transition makes many of them larger,
 * or, to and from black, smaller. */

#include "clipspans.h"

#include <stdlib.h>

/* The neighbours that a packet's size is compared with, to each side. */
#define NEIGHBOURS 12
/* Pictures whose sizes are taken together. */
#define LEVEL_FRAMES 8
/* Packets; no encoder waits longer for a key frame but where it is told to. */
#define MAX_LENGTH 4096

typedef struct
{
  guint packet;
  guint64 frame;
  gboolean is_key;
  StillChange change;
} Still;

/* --- packet sizes ------------------------------------------------------- */

static int
compare_sizes (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static gdouble
median (const guint32 *sizes, guint n)
{
  g_autofree guint32 *sorted = g_memdup2 (sizes, n * sizeof (guint32));

  qsort (sorted, n, sizeof (guint32), compare_sizes);
  return sorted[n / 2];
}

/* The second largest of the neighbours of @i of @n: of large packets that come
 * again and again none stands out. */
static gdouble
neighbours (const guint32 *sizes, guint n, guint i)
{
  guint32 largest[2] = {0};
  guint begin = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
  guint end = MIN (begin + 2 * NEIGHBOURS + 1, n);

  begin = end > 2 * NEIGHBOURS ? end - 2 * NEIGHBOURS - 1 : 0;
  for (guint k = begin; k < end; k++) {
    if (k == i)
      continue;
    if (sizes[k] > largest[0]) {
      largest[1] = largest[0];
      largest[0] = sizes[k];
    } else if (sizes[k] > largest[1]) {
      largest[1] = sizes[k];
    }
  }
  return largest[1];
}

/* Of the pictures before which no later one is decoded: the others are small
 * whatever happens. */
static void
measure_spikes (const PacketOrder *order, const Still *from, const Still *to,
    ClipSpan *span)
{
  guint n = to->packet - from->packet - 1, n_anchors = 0;
  g_autofree guint32 *sizes = g_new (guint32, n + 1);
  g_autofree guint64 *frames = g_new (guint64, n + 1);
  guint64 latest = from->frame;
  gdouble least = packet_order_get_packet (order, from->packet)->size;

  if (to->packet < order->packets->len)
    least = MIN (least, packet_order_get_packet (order, to->packet)->size);
  for (guint i = from->packet + 1; i < to->packet; i++) {
    guint64 frame = order->frames[i];

    if (frame == G_MAXUINT64 || frame < latest)
      continue;
    latest = frames[n_anchors] = frame;
    sizes[n_anchors++] = packet_order_get_packet (order, i)->size;
  }
  for (guint i = 0; i < n_anchors; i++) {
    gdouble ratio = sizes[i] / MAX (neighbours (sizes, n_anchors, i), 1);

    if (ratio > span->spike) {
      span->spike = ratio;
      span->spike_share = sizes[i] / MAX (least, 1);
      span->spike_frame = frames[i];
    }
  }
}

static void
measure_level (const PacketOrder *order, const Still *from, const Still *to,
    ClipSpan *span)
{
  guint n = (guint) (to->frame - from->frame - 1);
  guint window = MIN (LEVEL_FRAMES, n), largest = 0, least = 0;
  g_autofree guint32 *sums = g_new (guint32, n + 1);
  guint64 total = 0;
  gdouble middle;

  span->hump = span->dip = 1;
  span->hump_frame = (from->frame + to->frame) / 2;
  if (n < 3)
    return;
  for (guint i = 0; i < n; i++) {
    guint64 frame = from->frame + 1 + i;

    total += packet_order_get_packet (order,
        packet_order_get_index (order, frame))
                 ->size;
    if (i >= window)
      total -= packet_order_get_packet (order,
          packet_order_get_index (order, frame - window))
                   ->size;
    if (i + 1 >= window)
      sums[i + 1 - window] = (guint32) MIN (total, G_MAXUINT32);
  }
  n -= window - 1;
  for (guint i = 1; i < n; i++) {
    if (sums[i] > sums[largest])
      largest = i;
    if (sums[i] < sums[least])
      least = i;
  }
  middle = MAX (median (sums, n), 1);
  span->hump = sums[largest] / middle;
  span->hump_frame = from->frame + 1 + largest + window / 2;
  span->dip = sums[least] / middle;
}

/* --- pictures of the survey --------------------------------------------- */

/* The pictures of the survey and the end of the clip. FALSE where one of them
 * is unknown. */
static gboolean
find_stills (const PacketOrder *order, const GArray *changes, GArray *stills)
{
  const Still end = {order->packets->len, order->shown->len, FALSE,
      {.distance = SPAN_UNKNOWN_DISTANCE, .flattest = 255}};

  for (guint i = 0; i < changes->len; i++) {
    const StillChange *change = &g_array_index (changes, StillChange, i);
    guint64 frame = packet_order_find (order, change->time);
    Still still = {.frame = frame, .change = *change};

    if (frame == G_MAXUINT64)
      return FALSE;
    still.packet = packet_order_get_index (order, frame);
    still.is_key = (packet_order_get_packet (order, still.packet)->flags
                       & CLIP_PACKET_KEY)
        != 0;
    if (i > 0 && still.packet <= g_array_index (stills, Still, i - 1).packet)
      return FALSE;
    g_array_append_val (stills, still);
  }
  if (stills->len == 0 || !g_array_index (stills, Still, 0).is_key)
    return FALSE;
  g_array_append_val (stills, end);
  return TRUE;
}

/* Packets since decoding could begin. */
static guint
span_length (const Still *key, const Still *to)
{
  return to->packet - key->packet;
}

/* How often each length comes, those from MAX_LENGTH on taken together. */
static void
count_lengths (const GArray *stills, guint *counts)
{
  const Still *key = &g_array_index (stills, Still, 0);

  for (guint i = 0; i + 2 < stills->len; i++) {
    const Still *from = &g_array_index (stills, Still, i);

    if (from->is_key)
      key = from;
    counts[MIN (span_length (key, from + 1), MAX_LENGTH)]++;
  }
}

/* Encoders that look for cuts set a key frame there, and else whenever the
 * longest time has passed; the others set them at all times alike. */
static gboolean
is_early (const GArray *stills, const guint *counts, guint length)
{
  guint longest = MAX_LENGTH, alike = 0;

  while (longest > 0 && counts[longest] == 0)
    longest--;
  length = MIN (length, MAX_LENGTH);
  for (guint i = MAX (length, 1) - 1; i <= MIN (length + 1, MAX_LENGTH); i++)
    alike += counts[i];
  return length < longest && alike <= 1 + stills->len / 4;
}

GArray *
clip_spans_new (const PacketOrder *order, const GArray *changes)
{
  g_autoptr (GArray) stills = g_array_new (FALSE, FALSE, sizeof (Still));
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (ClipSpan));
  g_autofree guint *counts = g_new0 (guint, MAX_LENGTH + 1);
  const Still *key;

  if (!find_stills (order, changes, stills))
    return NULL;
  count_lengths (stills, counts);
  key = &g_array_index (stills, Still, 0);
  for (guint i = 0; i + 1 < stills->len; i++) {
    const Still *from = &g_array_index (stills, Still, i);
    ClipSpan span = {.first = from->frame,
        .end = from[1].frame,
        .n_frames = (guint) (from[1].frame - from->frame),
        .change = from[1].change,
        .is_last = i + 2 == stills->len,
        .spike_frame = from[1].frame};

    if (from->is_key)
      key = from;
    span.is_early = !span.is_last
        && is_early (stills, counts, span_length (key, from + 1));
    measure_spikes (order, from, from + 1, &span);
    measure_level (order, from, from + 1, &span);
    g_array_append_val (spans, span);
  }
  return g_steal_pointer (&spans);
}
