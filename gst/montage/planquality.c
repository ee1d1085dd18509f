/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How good shots are: by themselves, and among all that there are. */

#include <math.h>

#include "planquality.h"

/* Of the final motion value, how much is rank and how much is measured. */
#define RANK_SHARE 0.75
#define LONGEST_WEIGHT_SEC 20.0
/* The share of the footage that is kept for the climax, if there are at least
 * so many shots. */
#define BEST_SHARE 0.15
#define FEWEST_SHOTS 7

/* What nobody wants to see. Fitted on trailers, night shots, clips of phones and
 * action cameras: a night sky with a few stars is not black, a dark room is not,
 * text on black is. */
#define BLACK_SHARE 0.95
#define BLACK_MEAN 0.04
#define WHITE_SHARE 0.9
#define EVEN_CONTRAST 0.04
#define BLURRED 0.06
#define TITLE_BLACK 0.6
#define TITLE_SHARPNESS 0.75
#define TITLE_ACTION 0.01

/* Sharp, well exposed, of contrast, steady. */
gdouble
montage_quality_of (const GstMontageShot *shot)
{
  if (shot->sharpness <= 0 && shot->exposure <= 0 && shot->contrast <= 0)
    return -1.0;
  return 0.35 * shot->sharpness + 0.3 * shot->exposure
      + 0.2 * MIN (shot->contrast * 1.5, 1.0) + 0.15 * (1.0 - shot->shake);
}

static gboolean
was_measured (const GstMontageShot *shot)
{
  return shot->exposure > 0 || shot->underexposed > 0 || shot->overexposed > 0;
}

/* No camera holds still to the last bit. */
static gboolean
is_frozen (const GstMontageShotList *source, const GstMontageShot *shot)
{
  const GArray *motion = shot->curves.motion;

  if (source->still || motion == NULL || motion->len < 2)
    return FALSE;
  for (guint i = 0; i < motion->len; i++) {
    if (g_array_index (motion, gint, i) != 0)
      return FALSE;
  }

  return TRUE;
}

MontageFlaw
montage_quality_flaw (const GstMontageShotList *source,
    const GstMontageShot *shot)
{
  if (!was_measured (shot))
    return MONTAGE_FLAW_NONE;
  if (shot->underexposed >= BLACK_SHARE && shot->brightness < BLACK_MEAN)
    return MONTAGE_FLAW_BLACK;
  if (shot->overexposed >= WHITE_SHARE)
    return MONTAGE_FLAW_WHITE;
  if (shot->contrast < EVEN_CONTRAST)
    return MONTAGE_FLAW_EMPTY;
  if (shot->sharpness > 0 && shot->sharpness < BLURRED)
    return MONTAGE_FLAW_BLURRED;
  if (shot->underexposed > TITLE_BLACK && shot->sharpness > TITLE_SHARPNESS
      && shot->action < TITLE_ACTION)
    return MONTAGE_FLAW_TITLE;

  return is_frozen (source, shot) ? MONTAGE_FLAW_FROZEN : MONTAGE_FLAW_NONE;
}

MontageFlaw
montage_quality_source_flaw (const MontageMaterial *self, guint source)
{
  MontageFlaw flaw = MONTAGE_FLAW_NONE;

  for (guint i = 0; i < self->spans->len; i++) {
    const MontageSpan *span = &g_array_index (self->spans, MontageSpan, i);
    if (span->source != source || span->reserved)
      continue;
    if (span->flaw == MONTAGE_FLAW_NONE)
      return MONTAGE_FLAW_NONE;
    flaw = span->flaw;
  }

  return flaw;
}

const gchar *
montage_quality_flaw_text (MontageFlaw flaw, gboolean many)
{
  static const gchar *const texts[MONTAGE_N_FLAWS][2] = {{"", ""},
      {"it is black", "they are black"},
      {"it is overexposed", "they are overexposed"},
      {"nothing can be seen in it", "nothing can be seen in them"},
      {"it is blurred", "they are blurred"},
      {"it shows a title", "they show titles"},
      {"nothing moves in it", "nothing moves in them"}};

  return texts[flaw][many];
}

static gint
compare_motion (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageSpan *spans = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = spans[x].info->motion, q = spans[y].info->motion;

  if (p != q)
    return p < q ? -1 : 1;
  return (x > y) - (x < y);
}

/* Seconds of a span that count: one endless take is not all of the footage. */
static gdouble
span_weight (const MontageSpan *span)
{
  gdouble sec = (gdouble) (span->last - span->first) / GST_SECOND;

  return CLAMP (sec, 0.1, LONGEST_WEIGHT_SEC);
}

/* Footage of one camera uses a small part of the scale of motion. Its calmest
 * shots belong to the calmest music all the same, so ranks count: the share of
 * the footage that moves less. Equal motion has equal rank. */
void
montage_quality_rank_motion (MontageMaterial *self)
{
  guint n = self->spans->len;
  MontageSpan *spans = (MontageSpan *) self->spans->data;
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  gdouble total = 0.0, below = 0.0;

  for (guint i = 0; i < n; i++) {
    order[i] = i;
    total += span_weight (&spans[i]);
  }
  g_qsort_with_data (order, n, sizeof (guint), compare_motion, spans);

  for (guint i = 0; i < n;) {
    gdouble motion = spans[order[i]].info->motion, equal = 0.0, rank;
    guint end = i;

    for (; end < n && spans[order[end]].info->motion == motion; end++)
      equal += span_weight (&spans[order[end]]);
    rank = (below + equal / 2) / total;
    below += equal;
    for (; i < end; i++)
      spans[order[i]].motion = RANK_SHARE * rank
          + (1.0 - RANK_SHARE) * CLAMP (motion, 0.0, 1.0);
  }
}

static gdouble
worth (const MontageSpan *span)
{
  return span->flaw != MONTAGE_FLAW_NONE || span->across
      ? 0.0
      : span->quality * span->motion;
}

static gint
compare_worth (gconstpointer a, gconstpointer b, gpointer data)
{
  const MontageSpan *spans = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gdouble p = worth (&spans[x]), q = worth (&spans[y]);

  if (p != q)
    return p > q ? -1 : 1;
  return (x > y) - (x < y);
}

void
montage_quality_mark_best (MontageMaterial *self)
{
  guint n = self->spans->len;
  MontageSpan *spans = (MontageSpan *) self->spans->data;
  g_autofree guint *order = g_new (guint, MAX (n, 1));

  if (n < FEWEST_SHOTS)
    return;
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof (guint), compare_worth, spans);
  for (guint i = 0; i < (guint) ceil (BEST_SHARE * n); i++)
    spans[order[i]].best = worth (&spans[order[i]]) > 0;
}
