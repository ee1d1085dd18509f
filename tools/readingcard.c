/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "readingcard.h"

#include <gst/director/director.h>

#include "values.h"

static void
append_label (GString *out, const gchar *label)
{
  g_string_append_printf (out, "  %-12s", label);
}

/* @text on one line, in quotes. */
static void
append_quoted (GString *out, const gchar *text)
{
  g_autofree gchar *printable = tool_printable (text);

  g_string_append_printf (out, "“%s”", printable);
}

/* What has understood. */
static const gchar *
name_of (GstMontageOrigin source)
{
  if (source == GST_MONTAGE_ORIGIN_KEYWORDS)
    return "words";
  if (source == GST_MONTAGE_ORIGIN_DEFAULTS)
    return "nothing understood";
  return gst_montage_enum_nick (GST_TYPE_MONTAGE_ORIGIN, (gint) source);
}

static void
append_turns (GString *out, const GArray *turns)
{
  for (guint i = 0; i < turns->len; i++) {
    const GstMontageTurn *turn = &g_array_index (turns, GstMontageTurn, i);

    append_label (out, i == 0 ? "said" : "");
    append_quoted (out, turn->text);
    g_string_append_printf (out, " (%s%s%s)\n", name_of (turn->source),
        turn->model != NULL ? ", " : "",
        turn->model != NULL ? turn->model : "");
  }
}

static void
append_decisions (GString *out, const GArray *decisions)
{
  for (guint i = 0; i < decisions->len; i++) {
    const GstMontageDecision *decision = &g_array_index (decisions,
        GstMontageDecision, i);

    append_label (out, i == 0 ? "decided" : "");
    g_string_append_printf (out, "%-38s %-14s %3.0f %%  %s", decision->field,
        decision->value, 100 * decision->sure, name_of (decision->source));
    if (decision->words != NULL) {
      g_string_append (out, ": ");
      append_quoted (out, decision->words);
    }
    g_string_append_c (out, '\n');
  }
}

static void
append_left_over (GString *out, const GStrv words)
{
  g_autofree gchar *list = NULL;
  g_autofree gchar *printable = NULL;

  if (words == NULL)
    return;
  list = g_strjoinv (", ", words);
  printable = tool_printable (list);
  append_label (out, "left over");
  g_string_append_printf (out, "%s\n", printable);
}

static void
append_steps (GString *out, const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    const MontageDirectorStep *step = g_ptr_array_index (steps, i);
    g_autofree gchar *text = tool_printable (step->text);

    append_label (out, i == 0 ? "asked" : "");
    g_string_append_printf (out, "%s, %u ms: %s\n", step->backend,
        step->duration, text);
  }
}

static void
append_notes (GString *out, const GStrv notes)
{
  for (guint i = 0; notes != NULL && notes[i] != NULL; i++) {
    g_autofree gchar *text = tool_printable (notes[i]);

    append_label (out, i == 0 ? "notes" : "");
    g_string_append_printf (out, "%s\n", text);
  }
}

gchar *
tool_reading_text (const GstMontageInstructions *instructions,
    const GPtrArray *steps)
{
  GString *out = g_string_new (NULL);

  append_turns (out, instructions->origin.turns);
  append_label (out, "style");
  g_string_append_printf (out, "%s, for all that is not decided below\n",
      instructions->style.name);
  append_decisions (out, instructions->origin.decisions);
  append_left_over (out, instructions->origin.left_over);
  append_steps (out, steps);
  append_notes (out, instructions->origin.notes);
  return g_string_free (out, FALSE);
}
