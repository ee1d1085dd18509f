/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "card.h"

#include "styletable.h"
#include "textrow.h"
#include "values.h"

#define RULE_WIDTH 72
/* Terms that add less than this to a score are left out of cards. */
#define TERM_MIN 0.05

static void
append_terms (GString *out, const GstMontageScore *score)
{
  gboolean first = TRUE;

  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++) {
    gdouble value = score->terms[i];

    if (ABS (value) < TERM_MIN)
      continue;
    g_string_append (out,
        first ? (value < 0 ? " = −" : " = ") : (value < 0 ? " − " : " + "));
    tool_row_number (out, "%.1f", ABS (value));
    g_string_append_printf (out, " %s",
        gst_montage_term_info ((GstMontageTerm) i)->name);
    first = FALSE;
  }
}

static void
append_source (GString *out, const GstMontagePlan *plan, guint source,
    guint shot)
{
  g_autofree gchar *name = NULL;

  if (source >= plan->sources->len)
    return;
  name = tool_uri_name (
      g_array_index (plan->sources, GstMontageSource, source).uri);
  g_string_append_printf (out, "%s, shot %u", name, shot + 1);
}

static void
append_heading (GString *out, const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  g_autofree gchar *start = tool_time_text (cut->start);
  guint percent = plan->duration > 0
      ? (guint) gst_util_uint64_scale (cut->start, 100, plan->duration)
      : 0;
  g_autofree gchar *left = g_strdup_printf ("── Cut %u of %u ", index + 1,
      plan->cuts->len);
  g_autofree gchar *right = g_strdup_printf (" at %s, %u %% ──", start,
      percent);
  glong used = g_utf8_strlen (left, -1) + g_utf8_strlen (right, -1);

  g_string_append (out, left);
  for (glong i = used; i < RULE_WIDTH; i++)
    g_string_append (out, "─");
  g_string_append_printf (out, "%s\n", right);
}

/* ---- rows: what of a cut they say; an empty one is left out ---- */

static void
append_file (GString *row, const GstMontagePlan *plan, const GstMontageCut *cut)
{
  append_source (row, plan, cut->source, cut->shot);
}

static void
append_part (GString *row, const GstMontagePlan *plan, const GstMontageCut *cut)
{
  g_autofree gchar *in = tool_time_text (cut->in_point);
  g_autofree gchar *end = tool_time_text (
      cut->in_point + (GstClockTime) (cut->duration * cut->speed));
  gboolean still = cut->source < plan->sources->len
      && g_array_index (plan->sources, GstMontageSource, cut->source).still;

  if (still)
    g_string_append (row, "a still (");
  else
    g_string_append_printf (row, "%s to %s (", in, end);
  tool_row_number (row, "%.3f", (gdouble) cut->duration / GST_SECOND);
  g_string_append (row, " s)");
}

static void
    G_GNUC_PRINTF (2, 3) append_remark (GString *row, const gchar *format, ...)
{
  va_list args;

  if (row->len > 0)
    g_string_append (row, ", ");
  va_start (args, format);
  g_string_append_vprintf (row, format, args);
  va_end (args);
}

/* What is special about it, where anything is. */
static void
append_remarks (GString *row, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  if (cut->pinned)
    append_remark (row, "pinned here");
  if (cut->seen > 0)
    append_remark (row, "again, after %u %s", cut->seen,
        cut->seen == 1 ? "cut" : "cuts");
  if (cut->speed < 1)
    append_remark (row, "slowed to %.0f %%", 100 * cut->speed);
  if (cut->zoom_from != cut->zoom_to)
    append_remark (row, "a zoom from %.0f to %.0f %%", 100 * cut->zoom_from,
        100 * cut->zoom_to);
}

static void
append_beat (GString *row, const GstMontagePlan *plan, const GstMontageCut *cut)
{
  guint position;

  if (cut->beat < 0 || (guint) cut->beat >= plan->music.beats->len) {
    g_string_append (row, "on no beat, ");
    return;
  }
  position =
      g_array_index (plan->music.beats, GstMontageBeat, cut->beat).position;
  g_string_append_printf (row, "beat %d", cut->beat + 1);
  if (position > 0)
    g_string_append_printf (row, " (%u of its bar)", position);
  g_string_append (row, ", ");
}

static void
append_music (GString *row, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  if (plan->music.uri == NULL)
    return;
  append_beat (row, plan, cut);
  g_string_append_printf (row, "lasts %u %s, %s, energy ", cut->n_beats,
      cut->n_beats == 1 ? "beat" : "beats",
      cut->section == GST_MONTAGE_SECTION_UNKNOWN
          ? "section not known"
          : gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
              cut->section));
  tool_row_number (row, "%.2f", cut->energy);
}

static void
append_transition (GString *row, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  g_string_append (row,
      gst_montage_enum_nick (GST_TYPE_MONTAGE_TRANSITION, cut->transition));
  if (cut->transition_duration > 0) {
    g_string_append (row, " of ");
    tool_row_number (row, "%.2f",
        (gdouble) cut->transition_duration / GST_SECOND);
    g_string_append (row, " s");
  }
  if (cut->effects != NULL && cut->effects[0] != NULL) {
    g_autofree gchar *effects = g_strjoinv (", ", cut->effects);

    g_string_append_printf (row, "; effects: %s", effects);
  }
}

static void
append_reason (GString *row, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  g_autofree gchar *reason = cut->reason != NULL ? tool_printable (cut->reason)
                                                 : NULL;

  if (reason != NULL)
    g_string_append (row, reason);
}

static void
append_place (GString *out, const GstMontagePlan *plan, guint index)
{
  static const struct
  {
    const gchar *label;
    void (*append) (GString *row, const GstMontagePlan *plan,
        const GstMontageCut *cut);
  } rows[] = {
      {"file", append_file},
      {"in, out", append_part},
      {"shown", append_remarks},
      {"music", append_music},
      {"transition", append_transition},
      {"reason", append_reason},
  };

  append_heading (out, plan, index);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) row = g_string_new (NULL);

    rows[i].append (row, plan,
        &g_array_index (plan->cuts, GstMontageCut, index));
    if (row->len > 0)
      tool_row_append (out, rows[i].label, row->str);
  }
}

static void
append_runners_up (GString *out, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  for (guint i = 0; cut->runners_up != NULL && i < cut->runners_up->len; i++) {
    const GstMontageRunnerUp *runner = &g_array_index (cut->runners_up,
        GstMontageRunnerUp, i);
    g_autofree gchar *in = tool_time_text (runner->in_point);
    g_autoptr (GString) row = g_string_new (NULL);

    g_string_append_printf (row, "%u. ", i + 1);
    append_source (row, plan, runner->source, runner->shot);
    g_string_append_printf (row, ", from %s, ", in);
    tool_row_number (row, "%.1f", runner->score.total);
    g_string_append (row, " points");
    if (runner->lacked != NULL) {
      g_autofree gchar *lacked = tool_printable (runner->lacked);

      g_string_append_printf (row, ": %s", lacked);
    }
    tool_row_append (out, i == 0 ? "not taken" : "", row->str);
  }
}

gchar *
tool_card_text (const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  g_autoptr (GString) score = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  append_place (out, plan, index);
  tool_row_number (score, "%.1f", cut->score.total);
  append_terms (score, &cut->score);
  tool_row_append (out, "score", score->str);
  append_runners_up (out, plan, cut);
  return g_string_free (out, FALSE);
}

/* ---- all terms, beside those of the runners-up ---- */

#define COLUMNS_MAX 4

typedef struct
{
  const GstMontageScore *scores[COLUMNS_MAX];
  guint n;
} Columns;

static void
columns_init (Columns *self, const GstMontageCut *cut)
{
  self->scores[0] = &cut->score;
  self->n = 1;
  for (guint i = 0; cut->runners_up != NULL && i < cut->runners_up->len
       && self->n < COLUMNS_MAX;
       i++)
    self->scores[self->n++] =
        &g_array_index (cut->runners_up, GstMontageRunnerUp, i).score;
}

static gboolean
columns_have (const Columns *self, guint term)
{
  for (guint i = 0; i < self->n; i++)
    if (ABS (self->scores[i]->terms[term]) >= TERM_MIN)
      return TRUE;
  return FALSE;
}

static void
append_row (GString *out, const gchar *name, const gdouble *points, guint n)
{
  g_string_append_printf (out, "    %-10s", name);
  for (guint i = 0; i < n; i++)
    tool_row_number (out, "%8.1f",
        ABS (points[i]) < TERM_MIN ? 0.0 : points[i]);
}

static void
append_table (GString *out, const GstMontageCut *cut)
{
  gdouble points[COLUMNS_MAX];
  Columns columns;

  columns_init (&columns, cut);
  g_string_append (out, "  score           here");
  for (guint i = 1; i < columns.n; i++)
    g_string_append_printf (out, "%7u.", i);
  g_string_append_c (out, '\n');
  for (guint term = 0; term < GST_MONTAGE_N_TERMS; term++) {
    const GstMontageTermInfo *info = gst_montage_term_info (term);

    if (!columns_have (&columns, term))
      continue;
    for (guint i = 0; i < columns.n; i++)
      points[i] = columns.scores[i]->terms[term];
    append_row (out, info->name, points, columns.n);
    g_string_append_printf (out, "  %s\n", info->sentence);
  }
  for (guint i = 0; i < columns.n; i++)
    points[i] = columns.scores[i]->total;
  append_row (out, "together", points, columns.n);
  g_string_append_c (out, '\n');
}

gchar *
tool_card_full_text (const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  GString *out = g_string_new (NULL);

  append_place (out, plan, index);
  append_runners_up (out, plan, cut);
  append_table (out, cut);
  return g_string_free (out, FALSE);
}

static gboolean
append_field (GQuark field, const GValue *value, gpointer data)
{
  GString *out = data;
  g_autofree gchar *text = tool_field_text (value);

  g_string_append_printf (out, "  %-42s %s\n", g_quark_to_string (field), text);
  return TRUE;
}

gchar *
tool_style_text (const GstMontageInstructions *instructions)
{
  g_autoptr (GstStructure)
      fields = gst_montage_instructions_to_structure (instructions, "style");
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "Style: %s\n", instructions->style.name);
  gst_structure_foreach (fields, append_field, out);
  return g_string_free (out, FALSE);
}
