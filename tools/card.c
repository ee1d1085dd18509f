/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "card.h"

#include "styletable.h"
#include "values.h"

#define RULE_WIDTH 72
/* Terms that add less than this to a score are left out of cards. */
#define TERM_MIN 0.05

/* Numbers of people's cards, too, are not the locale's. */
static void
append_number (GString *out, const gchar *format, gdouble value)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, format, value));
}

static void
append_label (GString *out, const gchar *label)
{
  g_string_append_printf (out, "  %-12s", label);
}

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
    append_number (out, "%.1f", ABS (value));
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

static void
append_material (GString *out, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  g_autofree gchar *in = tool_time_text (cut->in_point);
  g_autofree gchar *end = tool_time_text (cut->in_point + cut->duration);

  append_label (out, "file");
  append_source (out, plan, cut->source, cut->shot);
  g_string_append_c (out, '\n');
  append_label (out, "in, out");
  g_string_append_printf (out, "%s to %s (", in, end);
  append_number (out, "%.3f", (gdouble) cut->duration / GST_SECOND);
  g_string_append (out, " s)\n");
}

static void
append_music (GString *out, const GstMontageCut *cut)
{
  append_label (out, "music");
  if (cut->beat >= 0)
    g_string_append_printf (out, "beat %d, ", cut->beat + 1);
  else
    g_string_append (out, "on no beat, ");
  g_string_append_printf (out, "lasts %u %s, %s, energy ", cut->n_beats,
      cut->n_beats == 1 ? "beat" : "beats",
      cut->section == GST_MONTAGE_SECTION_UNKNOWN
          ? "section not known"
          : gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
              cut->section));
  append_number (out, "%.2f", cut->energy);
  g_string_append_c (out, '\n');
}

static void
append_transition (GString *out, const GstMontageCut *cut)
{
  append_label (out, "transition");
  g_string_append (out,
      gst_montage_enum_nick (GST_TYPE_MONTAGE_TRANSITION, cut->transition));
  if (cut->transition_duration > 0) {
    g_string_append (out, " of ");
    append_number (out, "%.2f",
        (gdouble) cut->transition_duration / GST_SECOND);
    g_string_append (out, " s");
  }
  if (cut->effects != NULL && cut->effects[0] != NULL) {
    g_autofree gchar *effects = g_strjoinv (", ", cut->effects);

    g_string_append_printf (out, "; effects: %s", effects);
  }
  g_string_append_c (out, '\n');
}

static void
append_runners_up (GString *out, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  for (guint i = 0; cut->runners_up != NULL && i < cut->runners_up->len; i++) {
    const GstMontageRunnerUp *runner = &g_array_index (cut->runners_up,
        GstMontageRunnerUp, i);
    g_autofree gchar *in = tool_time_text (runner->in_point);

    append_label (out, i == 0 ? "runners-up" : "");
    g_string_append_printf (out, "%u. ", i + 1);
    append_source (out, plan, runner->source, runner->shot);
    g_string_append_printf (out, ", from %s: ", in);
    append_number (out, "%.1f", runner->score.total);
    append_terms (out, &runner->score);
    g_string_append_c (out, '\n');
  }
}

gchar *
tool_card_text (const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  g_autofree gchar *reason = tool_printable (
      cut->reason != NULL ? cut->reason : "");
  GString *out = g_string_new (NULL);

  append_heading (out, plan, index);
  append_material (out, plan, cut);
  append_music (out, cut);
  append_label (out, "score");
  append_number (out, "%.1f", cut->score.total);
  append_terms (out, &cut->score);
  g_string_append_c (out, '\n');
  append_label (out, "reason");
  g_string_append_printf (out, "%s\n", reason);
  append_transition (out, cut);
  append_runners_up (out, plan, cut);
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

guint
tool_n_clips_used (const GstMontagePlan *plan)
{
  guint n_used = 0;

  for (guint i = 0; i < plan->sources->len; i++)
    n_used += g_array_index (plan->sources, GstMontageSource, i).n_cuts > 0;
  return n_used;
}

gchar *
tool_summary_text (const GstMontagePlan *plan)
{
  const GstMontageMetrics *metrics = &plan->metrics;
  g_autofree gchar *duration = tool_time_text (plan->duration);
  g_autofree gchar *song = plan->music.uri != NULL
      ? tool_uri_name (plan->music.uri)
      : g_strdup ("no music");
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s, %u cuts from %u of %u clips, %ux%u at %d",
      duration, plan->cuts->len, tool_n_clips_used (plan), plan->sources->len,
      plan->output.width, plan->output.height, plan->output.fps_n);
  if (plan->output.fps_d != 1)
    g_string_append_printf (out, "/%d", plan->output.fps_d);
  g_string_append_printf (out, " frames per second\n%s, ", song);
  if (plan->music.tempo > 0) {
    append_number (out, "%.1f", plan->music.tempo);
    g_string_append (out, " beats per minute, ");
    append_number (out, "%.0f", 100 * metrics->cuts_on_beat);
    g_string_append (out, " % of the cuts on a beat, mean clip ");
  } else {
    g_string_append (out, "no beat, mean clip ");
  }
  append_number (out, "%.2f", metrics->mean_clip_sec);
  g_string_append_printf (out, " s, style %s\n",
      plan->instructions->style.name);
  return g_string_free (out, FALSE);
}
