/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planreason.h"

/* A term below this many points is not worth a word. */
#define WORTH_A_WORD 3.0
#define MAX_PHRASES 3
#define ALWAYS_TOLD 100.0

typedef struct
{
  gdouble points;
  const gchar *text;
} Phrase;

gchar *
montage_reason_number (gdouble value, guint digits)
{
  gchar format[8], text[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf (format, sizeof (format), "%%.%uf", MIN (digits, 9));
  return g_strdup (g_ascii_formatd (text, sizeof (text), format,
      fabs (value) < 5e-10 ? 0.0 : value));
}

static const gchar *
section_name (GstMontageSectionLabel label)
{
  if (label == GST_MONTAGE_SECTION_UNKNOWN)
    return NULL;
  return gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL, (gint) label);
}

static void
append_place (GString *text, const MontageScorer *scorer,
    const MontageSlot *slot)
{
  const gchar *section = section_name (slot->label);
  const gchar *in = section != NULL ? " in the " : "";

  if (section == NULL)
    section = "";
  if (slot->section_start && *section != '\0')
    g_string_append_printf (text, "At the start of the %s", section);
  else if (slot->first_frame == 0)
    g_string_append (text, "At the start of the film");
  else if (slot->beat < 0 && scorer->film->music->beats->len >= 2)
    g_string_append_printf (text, "Between two beats%s%s", in, section);
  else if (slot->beat < 0)
    g_string_append (text, "In music without a beat");
  else if (slot->downbeat)
    g_string_append_printf (text, "On the first beat of a bar%s%s", in,
        section);
  else
    g_string_append_printf (text, "On a beat%s%s", in, section);
}

static void
append_shot (GString *text, const MontageScorer *scorer, guint slot,
    const MontageSpan *span)
{
  gdouble energy = montage_score_energy (scorer, slot);
  const gchar *noun = "a shot of medium pace", *music = "";

  if (span->motion >= 0.85)
    noun = "one of the fastest shots";
  else if (span->motion >= 0.65)
    noun = "a fast shot";
  else if (span->motion <= 0.15)
    noun = "one of the calmest shots";
  else if (span->motion <= 0.35)
    noun = "a calm shot";
  if (energy >= 0.65)
    music = " for loud music";
  else if (energy <= 0.35)
    music = " for calm music";
  g_string_append_printf (text, ": %s%s", noun, music);
}

/* That it shows what is asked for; where no wish holds, that it is of the
 * mood. */
static gchar *
scene_phrase (const MontageSlot *slot, const MontageSpan *span)
{
  const gchar *pace = "";

  if (span->rule == NULL)
    return g_strdup ("a picture of the mood that was asked for");
  if (span->wish < 0)
    return g_strdup_printf ("it shows \"%s\", which was to be avoided",
        span->rule->when);
  if (slot->speed_step != 0 && slot->speed_step == span->speed_step)
    pace = slot->speed_step > 0 ? ", cut faster" : ", cut more slowly";
  return g_strdup_printf ("it shows \"%s\"%s as asked", span->rule->when, pace);
}

/* How much of a reason that is. That it is cut at the pace that was asked for
 * brings no points, but it is always told; that it is not is no reason. */
static gdouble
scene_weight (const MontageSlot *slot, const MontageSpan *span,
    const GstMontageScore *score)
{
  if (span->speed_step != 0 && slot->speed_step == span->speed_step)
    return ALWAYS_TOLD;
  if (span->rule == NULL)
    return MAX (score->terms[GST_MONTAGE_TERM_SCENE], 0.0);
  return span->wish != 0 ? score->terms[GST_MONTAGE_TERM_SCENE] : 0.0;
}

static gint
compare_phrases (gconstpointer a, gconstpointer b, gpointer data)
{
  gdouble x = fabs (((const Phrase *) a)->points);
  gdouble y = fabs (((const Phrase *) b)->points);

  return (x < y) - (x > y);
}

/* Most shots are good enough and have some good moment: only more than that is
 * a reason. */
static gdouble
usual_points (GstMontageTerm term)
{
  switch (term) {
    case GST_MONTAGE_TERM_QUALITY:
      return 8.0;
    case GST_MONTAGE_TERM_MOMENT:
      return 4.0;
    case GST_MONTAGE_TERM_PEAK:
      return 3.0;
    case GST_MONTAGE_TERM_COVERAGE:
      return 44.0;
    default:
      return 0.0;
  }
}

/* What a term says for this shot: its points beyond the usual, and beyond those
 * of what else could have been here. */
static gdouble
notable_points (const GstMontageCut *cut, GstMontageTerm term)
{
  const GArray *others = cut->runners_up;
  gdouble points = cut->score.terms[term] - usual_points (term);
  gdouble mean = 0.0;

  if (points < WORTH_A_WORD)
    return 0.0;
  for (guint i = 0; i < others->len; i++)
    mean += g_array_index (others, GstMontageRunnerUp, i).score.terms[term]
        / others->len;

  return points + MAX (cut->score.terms[term] - mean, 0.0);
}

static void
append_phrases (GString *text, const MontageSlot *slot, const MontageSpan *span,
    const GstMontageCut *cut)
{
  g_autofree gchar *scene = scene_phrase (slot, span);
  Phrase phrases[GST_MONTAGE_N_TERMS] = {0};

  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++) {
    phrases[i].text = gst_montage_term_info (i)->praise;
    phrases[i].points = notable_points (cut, i);
  }
  phrases[GST_MONTAGE_TERM_SCENE] = (Phrase){scene_weight (slot, span,
                                                 &cut->score),
      scene};
  /* That is told of every cut. */
  phrases[GST_MONTAGE_TERM_ENERGY].text = NULL;

  g_qsort_with_data (phrases, G_N_ELEMENTS (phrases), sizeof (Phrase),
      compare_phrases, NULL);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (phrases) && n < MAX_PHRASES; i++) {
    if (fabs (phrases[i].points) < WORTH_A_WORD)
      break;
    if (phrases[i].text == NULL)
      continue;
    g_string_append_printf (text, ", %s", phrases[i].text);
    n++;
  }
}

/* "a dip to black of 0.5 s" */
static void
append_transition (GString *text, const GstMontageCut *cut)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (GST_TYPE_MONTAGE_TRANSITION);
  g_autofree gchar *sec = NULL;
  g_autofree gchar *kind = NULL;

  if (cut->transition == GST_MONTAGE_TRANSITION_CUT)
    return;
  kind = g_ascii_strdown (g_enum_get_value (kinds, (gint) cut->transition)
                              ->value_name,
      -1);
  sec = montage_reason_number ((gdouble) cut->transition_duration / GST_SECOND,
      2);
  g_string_append_printf (text, " It comes in with a %s of %s s.", kind, sec);
}

gchar *
montage_reason_new (const MontageScorer *scorer, guint slot,
    const MontageTake *take, const GstMontageCut *cut, guint repeat)
{
  const MontageSpan *span = &g_array_index (scorer->material->spans,
      MontageSpan, take->span);
  const MontageSlot *at = &g_array_index (scorer->slots, MontageSlot, slot);
  GString *text = g_string_new (NULL);

  append_place (text, scorer, at);
  append_shot (text, scorer, slot, span);
  append_phrases (text, at, span, cut);
  g_string_append_c (text, '.');
  if (cut->pinned)
    g_string_append (text, " You put it there.");
  if (repeat > 0)
    g_string_append_printf (text,
        " It was seen %u cut%s before: there is no other footage that fits as "
        "well.",
        repeat, repeat == 1 ? "" : "s");
  append_transition (text, cut);

  return g_string_free (text, FALSE);
}
