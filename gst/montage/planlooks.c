/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What looks the same to a viewer, whatever file it is in: a clip that is there
 * twice, the same view again. */

#include "planlooks.h"
#include "planscore.h"

/* First and last pictures are as alike as this: of 30 clips of all kinds only
 * twins are; black bars alone make .9. */
#define SAME_LOOK 0.94f
/* More spans are not compared with each other. */
#define MOST_SPANS 1024

static gfloat
correlate (const gfloat *x, const gfloat *y)
{
  gfloat sum[4] = {0};

  for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i += 4) {
    for (guint k = 0; k < 4; k++)
      sum[k] += x[i + k] * y[i + k];
  }

  return sum[0] + sum[1] + sum[2] + sum[3];
}

static gboolean
look_same (const MontageSpan *a, const MontageSpan *b)
{
  if (!a->has_signature || !b->has_signature)
    return FALSE;
  return correlate (a->signature, b->signature) > SAME_LOOK
      && correlate (a->signature + MONTAGE_SIGNATURE_SIZE,
             b->signature + MONTAGE_SIGNATURE_SIZE)
      > SAME_LOOK;
}

/* How fast the view changes: what is lost of the likeness per nanosecond. */
static gdouble
fading (const MontageSpan *span)
{
  gfloat likeness = montage_span_likeness (span, span);

  if (span->still)
    return 0.0;
  if (likeness == MONTAGE_UNKNOWN_LIKENESS)
    return 1.0;
  return (1.0 - MAX (likeness, 0.0f))
      / (gdouble) MAX (span->last - span->first, 1);
}

void
montage_looks_find (MontageMaterial *self)
{
  MontageSpan *spans = (MontageSpan *) self->spans->data;
  guint n = self->spans->len;
  g_autofree guint *leaders = g_new (guint, n + 1);
  guint n_leaders = 0;

  for (guint i = 0; i < n; i++) {
    spans[i].look = i;
    spans[i].fading = fading (&spans[i]);
    for (guint k = 0; k < n_leaders && spans[i].look == i; k++) {
      const MontageSpan *leader = &spans[leaders[k]];
      if (!look_same (leader, &spans[i]))
        continue;
      spans[i].look = leaders[k];
      spans[i].fading = leader->fading;
    }
    if (spans[i].look == i && n <= MOST_SPANS)
      leaders[n_leaders++] = i;
  }
}

GstClockTime
montage_looks_time (const MontageMaterial *self, guint from,
    GstClockTime in_point, guint to)
{
  if (from == to)
    return in_point;
  return in_point - g_array_index (self->spans, MontageSpan, from).first
      + g_array_index (self->spans, MontageSpan, to).first;
}
