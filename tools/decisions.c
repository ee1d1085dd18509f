/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "decisions.h"

#include "jsontext.h"

static void
append_score (GString *out, const GstMontageScore *score)
{
  tool_json_begin (out, "score", '{');
  tool_json_double (out, "total", score->total);
  for (guint i = 0; i < GST_MONTAGE_N_TERMS; i++)
    tool_json_double (out, gst_montage_term_info ((GstMontageTerm) i)->name,
        score->terms[i]);
  tool_json_end (out, '}');
}

static void
append_file (GString *out, const GstMontagePlan *plan, guint source)
{
  const gchar *uri = source < plan->sources->len
      ? g_array_index (plan->sources, GstMontageSource, source).uri
      : NULL;
  g_autofree gchar *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL)
                                       : NULL;

  tool_json_string (out, "file", path != NULL ? path : uri);
}

static void
append_runners_up (GString *out, const GstMontagePlan *plan,
    const GstMontageCut *cut)
{
  tool_json_begin (out, "runners_up", '[');
  for (guint i = 0; cut->runners_up != NULL && i < cut->runners_up->len; i++) {
    const GstMontageRunnerUp *runner = &g_array_index (cut->runners_up,
        GstMontageRunnerUp, i);

    tool_json_begin (out, NULL, '{');
    append_file (out, plan, runner->source);
    tool_json_uint (out, "shot", runner->shot);
    tool_json_uint (out, "in", runner->in_point);
    append_score (out, &runner->score);
    tool_json_string (out, "lacked", runner->lacked);
    tool_json_end (out, '}');
  }
  tool_json_end (out, ']');
}

void
tool_decision_append (GString *out, const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);

  tool_json_begin (out, NULL, '{');
  tool_json_uint (out, "number", index + 1);
  tool_json_uint (out, "of", plan->cuts->len);
  tool_json_double (out, "progress",
      plan->duration > 0 ? (gdouble) cut->start / plan->duration : 0);
  tool_json_uint (out, "start", cut->start);
  tool_json_uint (out, "duration", cut->duration);
  append_file (out, plan, cut->source);
  tool_json_uint (out, "shot", cut->shot);
  tool_json_uint (out, "in", cut->in_point);
  tool_json_uint (out, "out",
      cut->in_point + (GstClockTime) (cut->duration * cut->speed));
  tool_json_double (out, "speed", cut->speed);
  tool_json_double (out, "zoom_from", cut->zoom_from);
  tool_json_double (out, "zoom_to", cut->zoom_to);
  tool_json_boolean (out, "pinned", cut->pinned);
  tool_json_int (out, "beat", cut->beat);
  tool_json_uint (out, "n_beats", cut->n_beats);
  tool_json_string (out, "section",
      gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL, cut->section));
  tool_json_double (out, "energy", cut->energy);
  tool_json_double (out, "motion", cut->motion);
  append_score (out, &cut->score);
  tool_json_string (out, "reason", cut->reason);
  tool_json_string (out, "transition",
      gst_montage_enum_nick (GST_TYPE_MONTAGE_TRANSITION, cut->transition));
  tool_json_uint (out, "transition_duration", cut->transition_duration);
  tool_json_strings (out, "effects", (const gchar *const *) cut->effects);
  append_runners_up (out, plan, cut);
  tool_json_end (out, '}');
}

gchar *
tool_decisions_json (const GstMontagePlan *plan)
{
  g_autofree gchar *metrics = gst_montage_metrics_to_json (&plan->metrics);
  GString *out = g_string_new (NULL);

  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "schema", "gst-montage/decisions");
  tool_json_uint (out, "version", 1);
  tool_json_uint (out, "seed", plan->seed);
  tool_json_uint (out, "revision", plan->revision);
  tool_json_string (out, "style", plan->instructions->style.name);
  tool_json_string (out, "prompt", plan->instructions->origin.prompt);
  tool_json_begin (out, "cuts", '[');
  for (guint i = 0; i < plan->cuts->len; i++) {
    tool_json_line (out);
    tool_decision_append (out, plan, i);
  }
  tool_json_end (out, ']');
  tool_json_raw (out, "metrics", metrics);
  tool_json_strings (out, "notes", (const gchar *const *) plan->notes);
  tool_json_end (out, '}');
  tool_json_line (out);
  return g_string_free (out, FALSE);
}
