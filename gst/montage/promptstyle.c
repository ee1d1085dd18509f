/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt-private.h"

/* How surely words call a style. A name beats a keyword, a keyword a hint. What
 * the lexicon can read as well ("calm", "action", "fast cuts") counts half, so
 * that "a thriller with action" is a thriller. In "wedding trailer" the last
 * word is the noun; "like X", "im Stil von X" says it outright. */
#define SCORE_NAME 100
#define SCORE_KEYWORD 60
#define SCORE_HINT 20
#define SCORE_PER_MORE_WORD 5
#define SCORE_LIKE 50
#define SCORE_LIKE_REACH 4
#define SCORE_STYLE_WORD 10
#define SCORE_NOUN 45

typedef struct
{
  guint style;
  guint first;
  guint n_words;
  gboolean is_name;
  gboolean weak;
  gboolean negated;
  gint score;
} Hit;

static gboolean
spans_equal (const GstMontageFinding *finding, const Hit *hit)
{
  return finding->first == hit->first && finding->n_words == hit->n_words;
}

static gboolean
span_contains (guint first, guint n, guint other_first, guint other_n)
{
  return first <= other_first && first + n >= other_first + other_n;
}

/* Whether a longer phrase of the lexicon swallows the hit, "action camera", or
 * it is a comparative: "calmer" asks for less, not for a style. */
static gboolean
is_swallowed (const GstMontageReading *self, const Hit *hit)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);

    if ((finding->n_words > hit->n_words
            || finding->topic == GST_MONTAGE_TOPIC_SPEED_STEP)
        && span_contains (finding->first, finding->n_words, hit->first,
            hit->n_words))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_weak (const GstMontageReading *self, const Hit *hit)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);

    if (spans_equal (finding, hit)
        && finding->topic != GST_MONTAGE_TOPIC_NOTHING
        && finding->topic != GST_MONTAGE_TOPIC_STYLE)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_cue (const GstMontageReading *self, guint first)
{
  for (guint i = first; i > 0 && i + SCORE_LIKE_REACH > first; i--) {
    if (gst_montage_prompt_breaks (self, i))
      return FALSE;
    if (gst_montage_prompt_word_in (self, i - 1, GST_MONTAGE_WORDS_LIKE))
      return TRUE;
    if (!gst_montage_prompt_is_stop_word (self->words[i - 1].fold))
      return FALSE;
  }
  return FALSE;
}

/* "a thriller", not "a bit of suspense" */
static gboolean
has_article (const GstMontageReading *self, guint first)
{
  return first > 0 && !gst_montage_prompt_breaks (self, first)
      && gst_montage_prompt_word_in (self, first - 1,
          GST_MONTAGE_WORDS_ARTICLE);
}

/* "more documentary", "weniger Sport", "too elegant" */
static gboolean
has_degree (const GstMontageReading *self, guint first)
{
  static const GstMontageWordList lists[] = {GST_MONTAGE_WORDS_LONGER,
      GST_MONTAGE_WORDS_SHORTER, GST_MONTAGE_WORDS_FEWER, GST_MONTAGE_WORDS_TOO,
      GST_MONTAGE_WORDS_MUCH, GST_MONTAGE_WORDS_LESS};

  for (gsize i = 0; first > 0 && i < G_N_ELEMENTS (lists); i++)
    if (gst_montage_prompt_word_in (self, first - 1, lists[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_suffix (const GstMontageReading *self, const Hit *hit)
{
  guint end = hit->first + hit->n_words;

  return gst_montage_prompt_word_in (self, end, GST_MONTAGE_WORDS_STYLE)
      && !gst_montage_prompt_breaks (self, end);
}

/* Whether another style is asked for in a further turn: "more suspense" is a
 * mood there, "now like Wes Anderson" a style. */
static gboolean
is_asked_for (const GstMontageReading *self, const Hit *hit)
{
  if (hit->negated)
    return TRUE;
  if (has_degree (self, hit->first))
    return FALSE;
  if (has_cue (self, hit->first) || has_suffix (self, hit))
    return TRUE;
  return !hit->weak && (hit->is_name || has_article (self, hit->first));
}

static void
score_hit (const GstMontageReading *self, Hit *hit)
{
  hit->score = hit->is_name ? SCORE_NAME : SCORE_KEYWORD;
  hit->weak = is_weak (self, hit);
  if (hit->weak)
    hit->score /= 2;
  hit->score += SCORE_PER_MORE_WORD * ((gint) hit->n_words - 1);
  if (has_cue (self, hit->first))
    hit->score += SCORE_LIKE;
  if (has_suffix (self, hit))
    hit->score += SCORE_STYLE_WORD;
}

/* The longest call of each style at @first; a name before a keyword. */
static void
add_hits_at (const GstMontageReading *self, const GArray *calls, guint first,
    GArray *hits)
{
  guint n_before = hits->len;

  for (guint i = 0; i < calls->len; i++) {
    const GstMontageStyleCall *call = &g_array_index (calls,
        GstMontageStyleCall, i);
    Hit hit = {call->style, first, 0, call->is_name};
    Hit *last = NULL;
    guint endings;

    if (call->phrase[0] != self->words[first].fold[0])
      continue;
    hit.n_words = gst_montage_prompt_match (self, first, call->phrase,
        &endings);
    if (hit.n_words == 0 || is_swallowed (self, &hit))
      continue;
    if (hits->len > n_before)
      last = &g_array_index (hits, Hit, hits->len - 1);
    if (!last || last->style != hit.style)
      g_array_append_val (hits, hit);
    else if (hit.n_words > last->n_words)
      *last = hit;
  }
}

/* "More documentary" names a style and no thing that a picture shows: it is for
 * a model to say what that is. */
static void
leave_name (GstMontageReading *self, const Hit *hit)
{
  GstMontageFinding finding = {hit->first, hit->n_words,
      GST_MONTAGE_TOPIC_UNSUPPORTED};

  if (!hit->is_name || hit->weak)
    return;
  g_array_append_val (self->findings, finding);
  gst_montage_prompt_mark (self, hit->first, hit->n_words,
      GST_MONTAGE_USED_PHRASE);
}

/* Hits in order of the sentence. */
static GArray *
find_hits (GstMontageReading *self, const GstMontageStyles *styles)
{
  const GArray *calls = gst_montage_styles_get_calls (styles);
  GArray *hits = g_array_new (FALSE, TRUE, sizeof (Hit));

  for (guint i = 0; i < self->n_words; i++)
    add_hits_at (self, calls, i, hits);
  for (guint i = hits->len; i > 0; i--) {
    Hit *hit = &g_array_index (hits, Hit, i - 1);

    score_hit (self, hit);
    hit->negated = gst_montage_prompt_is_negated (self, hit->first,
        hit->n_words);
    if (self->further && !is_asked_for (self, hit)) {
      leave_name (self, hit);
      g_array_remove_index (hits, i - 1);
    }
  }
  return hits;
}

/* Of two that follow each other, the second is the noun. */
static void
prefer_nouns (const GstMontageReading *self, GArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    for (guint k = i + 1; k < hits->len; k++) {
      const Hit *left = &g_array_index (hits, Hit, i);
      Hit *right = &g_array_index (hits, Hit, k);

      if (left->style != right->style && !right->weak
          && right->first == left->first + left->n_words
          && !gst_montage_prompt_breaks (self, right->first)) {
        right->score += SCORE_NOUN;
        break;
      }
    }
}

/* The best hit in full, the others of the same style by half. */
static gint
total_of (const GArray *hits, guint style)
{
  gint best = 0;
  gint sum = 0;

  for (guint i = 0; i < hits->len; i++) {
    const Hit *hit = &g_array_index (hits, Hit, i);

    if (hit->style != style || hit->negated)
      continue;
    best = MAX (best, hit->score);
    sum += hit->score;
  }
  return best + (sum - best) / 2;
}

/* The first of the styles with the highest total. */
static const GstMontageStyle *
best_of (const GArray *hits, const GstMontageStyles *styles)
{
  const GstMontageStyle *best = NULL;
  gint highest = 0;

  for (guint i = 0; i < hits->len; i++) {
    guint style = g_array_index (hits, Hit, i).style;
    gint total = total_of (hits, style);

    if (total > highest) {
      highest = total;
      best = gst_montage_styles_get (styles, style);
    }
  }
  return best;
}

/* A mood that calls for a style, the last resort. */
static const GstMontageStyle *
hinted_style (const GstMontageReading *self, const GstMontageStyles *styles)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);

    if (finding->topic == GST_MONTAGE_TOPIC_STYLE && !finding->negated) {
      const GstMontageStyle *style = gst_montage_styles_lookup (styles,
          finding->style);

      if (style)
        return style;
    }
  }
  return NULL;
}

/* What the style's own words say about mood, speed and energy, the style says
 * more exactly; but "super fast cuts" are more than "fast cuts". */
static gboolean
is_repetition (const GstMontageFinding *finding)
{
  if (finding->degree > 0 && finding->topic == GST_MONTAGE_TOPIC_SPEED
      && !(finding->flags & GST_MONTAGE_LEXICON_IMPLIED))
    return FALSE;
  return (finding->flags & GST_MONTAGE_LEXICON_IMPLIED)
      || finding->topic == GST_MONTAGE_TOPIC_MOOD
      || finding->topic == GST_MONTAGE_TOPIC_SPEED
      || finding->topic == GST_MONTAGE_TOPIC_AMPLIFY
      || finding->topic == GST_MONTAGE_TOPIC_ACTION
      || finding->topic == GST_MONTAGE_TOPIC_SYNC;
}

/* Words inside a longer call of the style mean nothing by themselves. */
static void
mark_repetitions (GstMontageReading *self, const Hit *hit)
{
  for (guint i = self->findings->len; i > 0; i--) {
    GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i - 1);

    if (!span_contains (hit->first, hit->n_words, finding->first,
            finding->n_words))
      continue;
    if (finding->n_words < hit->n_words)
      g_array_remove_index (self->findings, i - 1);
    else
      finding->repeats = is_repetition (finding);
  }
}

static void
use_hit (GstMontageReading *self, const Hit *hit, gboolean calls_style)
{
  GstMontageFinding finding = {hit->first, hit->n_words,
      GST_MONTAGE_TOPIC_NOTHING};

  finding.negated = hit->negated;
  finding.calls_style = calls_style;
  g_array_append_val (self->findings, finding);
  gst_montage_prompt_mark (self, hit->first, hit->n_words,
      GST_MONTAGE_USED_STYLE);
}

/* The hint that chose the style says no more than that. */
static void
drop_hint (GstMontageReading *self, const GstMontageStyle *style)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);

    if (finding->topic == GST_MONTAGE_TOPIC_STYLE && !finding->negated
        && g_str_equal (finding->style, style->name)) {
      Hit hit = {0, finding->first, finding->n_words};

      mark_repetitions (self, &hit);
      use_hit (self, &hit, TRUE);
      return;
    }
  }
}

/* A mood calls for no style in a further turn, and says nothing else. */
static void
drop_hints (GstMontageReading *self)
{
  for (guint i = self->findings->len; i > 0; i--) {
    const GstMontageFinding *hint = &g_array_index (self->findings,
        GstMontageFinding, i - 1);
    Hit hit = {0, hint->first, hint->n_words};

    if (hint->topic != GST_MONTAGE_TOPIC_STYLE)
      continue;
    if (!is_weak (self, &hit))
      for (guint k = 0; k < hit.n_words; k++)
        self->used[hit.first + k] = GST_MONTAGE_USED_NOT;
    g_array_remove_index (self->findings, i - 1);
  }
}

const GstMontageStyle *
gst_montage_prompt_find_style (GstMontageReading *self,
    const GstMontageStyles *styles, const GstMontageStyle *chosen,
    GstMontageStyleSource *source)
{
  g_autoptr (GArray) hits = find_hits (self, styles);
  const GstMontageStyle *style = chosen;
  gboolean by_name = FALSE;

  prefer_nouns (self, hits);
  if (!style)
    style = best_of (hits, styles);
  if (self->further)
    drop_hints (self);
  else if (!style) {
    style = hinted_style (self, styles);
    if (style)
      drop_hint (self, style);
  }
  for (guint i = 0; i < hits->len; i++) {
    const Hit *hit = &g_array_index (hits, Hit, i);
    gboolean wins = !hit->negated
        && gst_montage_styles_get (styles, hit->style) == style;

    if (wins && !chosen)
      mark_repetitions (self, hit);
    by_name |= wins && hit->is_name;
    /* a style chosen by name settles what the sentence says about styles */
    if (wins || hit->negated || chosen)
      use_hit (self, hit, wins);
  }
  if (!style)
    *source = GST_MONTAGE_STYLE_DEFAULT;
  else if (chosen)
    *source = GST_MONTAGE_STYLE_CHOSEN;
  else
    *source = by_name ? GST_MONTAGE_STYLE_BY_NAME
                      : GST_MONTAGE_STYLE_BY_KEYWORD;
  return style;
}
