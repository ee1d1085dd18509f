/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What of the clips can be shown. A frame of a neighbouring shot flashes even
 * if it is only one, and a detector may be off by a frame, so a span keeps one
 * frame away from cuts, and out of gradual transitions. */

#include <math.h>

#include "planlooks.h"
#include "planmaterial.h"
#include "planquality.h"
#include "plantrack.h"
#include "planview.h"

/* Where the rate is not known. */
#define DEFAULT_FRAME (GST_SECOND / 30)
/* A share of the footage that cuts of a comfortable length have to reach. */
#define FOOTAGE_SHARE 0.6

static GstClockTime
frame_duration (const GstMontageShotList *source)
{
  if (source->fps_n <= 0 || source->fps_d <= 0)
    return DEFAULT_FRAME;
  return MAX (gst_util_uint64_scale (GST_SECOND, source->fps_d, source->fps_n),
      1);
}

/* Start of frame @n, not summed. */
static GstClockTime
frame_start (const GstMontageShotList *source, guint64 n)
{
  if (source->fps_n <= 0 || source->fps_d <= 0)
    return n * DEFAULT_FRAME;
  return gst_util_uint64_scale (n, source->fps_d * GST_SECOND, source->fps_n);
}

static const GstMontageShot *
get_shot (const GstMontageShotList *source, guint index)
{
  return &g_array_index (source->shots, GstMontageShot, index);
}

GstClockTime
montage_material_reach (const MontageMaterial *self, guint64 n_frames)
{
  return n_frames <= 1
      ? 0
      : gst_montage_output_frame_time (&self->output, n_frames - 1);
}

guint64
montage_material_span_frames (const MontageMaterial *self,
    const MontageSpan *span)
{
  if (span->still)
    return G_MAXUINT32;
  return gst_util_uint64_scale (span->last - span->first, self->output.fps_n,
             (guint64) self->output.fps_d * GST_SECOND)
      + 1;
}

guint64
montage_material_span_footage (const MontageMaterial *self,
    const MontageSpan *span)
{
  if (span->still)
    return gst_montage_output_frame_at (&self->output,
        MONTAGE_STILL_SEC * GST_SECOND);
  return montage_material_span_frames (self, span);
}

/* Bounds of the pictures of shots @from to @to of @source; FALSE if nothing is
 * left inside. */
static gboolean
span_bounds (const GstMontageShotList *source, guint from, guint to,
    gboolean strict, MontageSpan *span)
{
  const GstMontageShot *a = get_shot (source, from);
  const GstMontageShot *b = get_shot (source, to);
  GstClockTime frame = frame_duration (source);
  GstClockTime head = 0, tail = frame / 2;

  if (strict) {
    if (a->transition_in != GST_MONTAGE_BOUNDARY_START)
      head = frame * (source->variable_rate ? 2 : 1)
          + (GST_CLOCK_TIME_IS_VALID (a->transition_duration)
                  ? a->transition_duration
                  : 0);
    tail = source->variable_rate ? frame * 5 / 2 : frame;
    if (to + 1 < source->shots->len)
      tail += get_shot (source, to + 1)->transition_duration;
  }
  /* Whole frames, so that the in-point stays a quarter inside one. */
  head = (head + frame - 1) / frame * frame;
  span->first = a->start + head + frame / 4;
  if (b->end < tail || b->end - tail < span->first)
    return FALSE;
  span->last = b->end - tail;

  return TRUE;
}

/* What of the span lies in the part of the clip that is to be shown; FALSE if
 * nothing does. */
static gboolean
apply_window (const GstMontageShotList *source, const GstMontageClipRule *rule,
    MontageSpan *span)
{
  GstClockTime frame = frame_duration (source), first = span->first;
  GstClockTime from = (GstClockTime) (rule->from_sec * GST_SECOND);
  GstClockTime to = (GstClockTime) (rule->to_sec * GST_SECOND);

  if (from > first)
    span->first += frame_start (source, (from - first + frame - 1) / frame);
  if (to > 0)
    span->last = MIN (span->last, to > frame / 4 ? to - frame / 4 : 0);

  return span->first <= span->last;
}

static gint
hex_byte (const gchar *text)
{
  gint high = g_ascii_xdigit_value (text[0]);
  gint low = high < 0 ? -1 : g_ascii_xdigit_value (text[1]);

  return low < 0 ? -1 : high * 16 + low;
}

/* One picture of a signature as a vector of zero mean and unit length, so that
 * a product of two is their correlation. */
static gboolean
read_picture (const gchar *text, gfloat *picture)
{
  gdouble mean = 0, power = 0;

  for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i++) {
    gint value = hex_byte (text + 2 * i);
    if (value < 0)
      return FALSE;
    picture[i] = (gfloat) value;
    mean += value / (gdouble) MONTAGE_SIGNATURE_SIZE;
  }
  for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i++) {
    picture[i] -= (gfloat) mean;
    power += picture[i] * picture[i];
  }
  /* An even picture (black, a wall) is like nothing in particular. */
  if (power < MONTAGE_SIGNATURE_SIZE)
    return FALSE;
  for (guint i = 0; i < MONTAGE_SIGNATURE_SIZE; i++)
    picture[i] = (gfloat) (picture[i] / sqrt (power));

  return TRUE;
}

static void
read_signature (MontageSpan *span)
{
  const gchar *text = span->info->signature;

  if (text == NULL || strlen (text) != 4 * MONTAGE_SIGNATURE_SIZE)
    return;
  span->signature = g_new (gfloat, 2 * MONTAGE_SIGNATURE_SIZE);
  span->has_signature = read_picture (text, span->signature)
      && read_picture (text + 2 * MONTAGE_SIGNATURE_SIZE,
          span->signature + MONTAGE_SIGNATURE_SIZE);
}

static GstMontageShotSize
shot_size (const GstMontageShot *shot)
{
  if (shot->shot_size == GST_MONTAGE_SHOT_SIZE_UNKNOWN && shot->scene != NULL)
    return shot->scene->shot_size;
  return shot->shot_size;
}

/* What is known of @span as that of shot @info. */
static void
describe (const MontageMaterial *self, MontageSpan *span,
    const GstMontageShot *info)
{
  span->info = info;
  span->quality = montage_quality_of (info);
  span->flaw = montage_quality_flaw (self->sources[span->source], info);
  span->shot_size = shot_size (info);
}

/* The pictures of shots @from to @to; FALSE if there are none. */
static gboolean
make_span (const MontageMaterial *self, guint source, guint from, guint to,
    gboolean strict, MontageSpan *span)
{
  const GstMontageShotList *list = self->sources[source];
  const GstMontageClipRule *rule = self->rules != NULL ? &self->rules[source]
                                                       : NULL;
  const GstMontageShot *info = get_shot (list, from);

  *span = (MontageSpan){.source = source,
      .shot = from,
      .across = from != to,
      .still = list->still,
      .weight = rule != NULL ? rule->weight : 1.0};
  if (list->still)
    span->first = span->last = info->start;
  else if (!span_bounds (list, from, to, strict, span)
      || (rule != NULL && !apply_window (list, rule, span)))
    return FALSE;
  for (guint i = from + 1; i <= to; i++) {
    const GstMontageShot *shot = get_shot (list, i);
    if (shot->end - shot->start > info->end - info->start)
      info = shot;
  }
  describe (self, span, info);

  return TRUE;
}

static void
append_span (MontageMaterial *self, MontageSpan *span)
{
  if (!span->across)
    read_signature (span);
  montage_views_add (self, span);
  span->track = montage_track_new (self, span);
  g_array_append_val (self->spans, *span);
}

static gboolean
add_span (MontageMaterial *self, guint source, guint from, guint to,
    gboolean strict, guint64 shortest)
{
  MontageSpan span;

  if (!make_span (self, source, from, to, strict, &span)
      || montage_material_span_frames (self, &span) < shortest)
    return FALSE;
  append_span (self, &span);

  return TRUE;
}

gboolean
montage_material_whole (const MontageMaterial *self, guint source,
    MontageSpan *span)
{
  guint n_shots = self->sources[source]->shots->len;

  return n_shots > 0 && make_span (self, source, 0, n_shots - 1, FALSE, span);
}

guint
montage_material_reserve (MontageMaterial *self, const MontageSpan *span)
{
  MontageSpan own = *span;

  own.shot = montage_material_shot_at (self, span, span->first);
  own.across = own.reserved = TRUE;
  describe (self, &own, get_shot (self->sources[span->source], own.shot));
  own.motion = CLAMP (own.info->motion, 0.0, 1.0);
  own.look = self->spans->len;
  own.fading = 1.0;
  append_span (self, &own);

  return self->spans->len - 1;
}

/* The shots of a source; if all are too short, the source as a whole; if that
 * is just long enough, without a margin. */
static void
add_source (MontageMaterial *self, guint source, guint64 shortest)
{
  guint n_shots = self->sources[source]->shots->len, before = self->spans->len;
  guint64 longest = 0;

  if (self->rules != NULL && self->rules[source].skip)
    n_shots = 0;

  for (guint i = 0; i < n_shots; i++)
    add_span (self, source, i, i, TRUE, shortest);
  for (gint strict = 1; strict >= 0; strict--) {
    if (n_shots > 0 && self->spans->len == before)
      add_span (self, source, 0, n_shots - 1, strict != 0, shortest);
  }

  for (guint i = before; i < self->spans->len; i++) {
    guint64 frames = montage_material_span_frames (self,
        &g_array_index (self->spans, MontageSpan, i));
    longest = MAX (longest, frames);
  }
  g_array_append_val (self->source_frames, longest);
}

static void
clear_span (gpointer data)
{
  MontageSpan *span = data;

  g_clear_pointer (&span->signature, g_free);
  g_clear_pointer (&span->track, montage_track_free);
}

MontageMaterial *
montage_material_new (const GstMontageShotList *const *sources, guint n_sources,
    const GstMontageClipRule *rules, const GstMontageOutput *output,
    guint64 shortest)
{
  MontageMaterial *self = g_new0 (MontageMaterial, 1);

  self->sources = sources;
  self->n_sources = n_sources;
  self->rules = rules;
  self->output = *output;
  self->spans = g_array_new (FALSE, TRUE, sizeof (MontageSpan));
  g_array_set_clear_func (self->spans, clear_span);
  self->views = g_array_new (FALSE, FALSE, sizeof (MontageView));
  self->source_frames = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < n_sources; i++)
    add_source (self, i, shortest);
  montage_quality_rank_motion (self);
  montage_quality_mark_best (self);
  montage_looks_find (self);

  return self;
}

void
montage_material_free (MontageMaterial *self)
{
  g_array_unref (self->spans);
  g_array_unref (self->views);
  g_array_unref (self->source_frames);
  g_free (self);
}

guint64
montage_material_longest (const MontageMaterial *self)
{
  guint64 longest = 0;

  for (guint i = 0; i < self->source_frames->len; i++)
    longest = MAX (longest, g_array_index (self->source_frames, guint64, i));

  return longest;
}

static gint
compare_frames (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* The longest span of the median source among those that can be used. */
static guint64
median_source (const MontageMaterial *self)
{
  g_autoptr (GArray) longest = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < self->source_frames->len; i++) {
    guint64 frames = g_array_index (self->source_frames, guint64, i);
    if (frames > 0)
      g_array_append_val (longest, frames);
  }
  g_array_sort (longest, compare_frames);

  return longest->len > 0
      ? g_array_index (longest, guint64, (longest->len - 1) / 2)
      : 0;
}

guint64
montage_material_comfortable (const MontageMaterial *self, guint64 n_frames)
{
  guint n = self->spans->len;
  g_autofree guint64 *frames = g_new (guint64, MAX (n, 1));
  guint64 total = 0, need, length = median_source (self);

  for (guint i = 0; i < n; i++) {
    frames[i] = montage_material_span_footage (self,
        &g_array_index (self->spans, MontageSpan, i));
    total += frames[i];
  }
  need = MIN (n_frames, (guint64) (FOOTAGE_SHARE * total));
  while (length > 1) {
    guint64 sum = 0;
    for (guint i = 0; i < n; i++)
      sum += g_array_index (self->spans, MontageSpan, i).still
          ? frames[i]
          : frames[i] / length * length;
    if (sum >= need)
      break;
    length = length * 9 / 10;
  }

  return length;
}

gint
montage_material_find (const MontageMaterial *self, guint source,
    GstClockTime in_point)
{
  gint found = -1;

  for (guint i = 0; i < self->spans->len; i++) {
    const MontageSpan *span = &g_array_index (self->spans, MontageSpan, i);
    if (span->source == source && span->first <= in_point
        && in_point <= span->last)
      found = (gint) i;
  }

  return found;
}

guint
montage_material_shot_at (const MontageMaterial *self, const MontageSpan *span,
    GstClockTime in_point)
{
  const GArray *shots = self->sources[span->source]->shots;
  guint at = span->shot;

  while (at + 1 < shots->len
      && g_array_index (shots, GstMontageShot, at + 1).start <= in_point)
    at++;

  return at;
}

GstClockTime
montage_material_snap (const MontageMaterial *self, const MontageSpan *span,
    GstClockTime in_point, guint64 n_frames)
{
  const GstMontageShotList *source = self->sources[span->source];
  GstClockTime frame = frame_duration (source);
  GstClockTime reach = montage_material_reach (self, n_frames);
  GstClockTime latest = span->last > span->first + reach ? span->last - reach
                                                         : span->first;
  guint64 n;

  in_point = CLAMP (in_point, span->first, latest);
  n = (in_point - span->first + frame / 2) / frame;
  while (n > 0 && span->first + frame_start (source, n) > latest)
    n--;

  return span->first + frame_start (source, n);
}

gchar *
montage_material_source_name (const GstMontageShotList *source, guint index)
{
  g_autofree gchar *path = NULL;

  if (source->uri == NULL)
    return g_strdup_printf ("clip %u", index);
  path = g_filename_from_uri (source->uri, NULL, NULL);
  if (path == NULL)
    return g_strdup (source->uri);

  return g_filename_display_basename (path);
}
