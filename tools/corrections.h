/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/pipelines/analyzer.h>

G_BEGIN_DECLS

/**
 * ToolCorrections:
 *
 * The options by which a user who hears what is wrong puts beats right: what is
 * said before they are looked for, and what is done to them afterwards.
 */
typedef struct
{
  /* as given */
  gchar *beats;
  gboolean detect;
  gchar *tempo_text;
  gchar *tempo_min_text;
  gchar *tempo_max_text;
  gchar *beats_per_bar_text;
  gchar *first_downbeat_text;
  gboolean halve;
  gboolean doubles;
  gchar *shift_text;
  gchar *shift_bar_text;
  /* what they mean */
  MontageBeatSettings settings;
  GstClockTimeDiff shift;
  gint64 shift_bar;
} ToolCorrections;

gboolean tool_corrections_read (ToolCorrections *self, GError **error);
/* Whether any is asked for. */
gboolean tool_corrections_given (const ToolCorrections *self);
/* Before @analysis, which is of beats, is run. */
void tool_corrections_prepare (const ToolCorrections *self,
    MontageAnalysis *analysis);
/* And afterwards, to its beats. */
gboolean tool_corrections_apply (const ToolCorrections *self,
    MontageAnalysis *analysis, GError **error);
void tool_corrections_clear (ToolCorrections *self);

G_END_DECLS
