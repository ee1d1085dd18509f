/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/pipelines/analyzer.h>

#include "filmjob.h"

G_BEGIN_DECLS

typedef enum
{
  TOOL_FORMAT_JSON,
  TOOL_FORMAT_BEATS_TXT,
  TOOL_FORMAT_LABELS,
  TOOL_FORMAT_CUTS_TXT
} ToolAnalysisFormat;

/**
 * ToolAnalysisWriter:
 *
 * Where the documents and pictures of analyses go.
 */
typedef struct
{
  const gchar *output;  /* nullable; a folder, or the file of one document */
  const gchar *picture; /* nullable; a file, or "png" or "svg": one per song */
  ToolAnalysisFormat format;
  const GPtrArray *analyses; /* of MontageAnalysis */
  /*< private >*/
  gint *documents; /* output per analysis, -1: standard output */
  gint *pictures;  /* output per analysis, -1: none */
} ToolAnalysisWriter;

/* Before any work: all outputs are named and can be written. */
gboolean tool_analysis_writer_open (ToolAnalysisWriter *self, ToolFilmJob *job,
    GError **error);
/* What came of analysis @index. */
gboolean tool_analysis_writer_write (ToolAnalysisWriter *self, ToolFilmJob *job,
    guint index, GError **error);
/* All to its place; for programs it is said. */
gboolean tool_analysis_writer_close (ToolAnalysisWriter *self, ToolFilmJob *job,
    GError **error);
void tool_analysis_writer_clear (ToolAnalysisWriter *self);

G_END_DECLS
