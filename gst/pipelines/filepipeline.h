/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "analyzer.h"

G_BEGIN_DECLS

/* How far the decoding of a file has come, in ns of media. */
typedef void (*MontageFilePosition) (GstClockTime position, gpointer data);

typedef struct
{
  const MontageBeatSettings *settings; /* for beats */
  gboolean fast;                       /* for shots */
  gboolean alone; /* no other file is analysed at the same time */
} MontageFileOptions;

/* Analyses one file in a pipeline of its own, which only this thread attends
 * to: fills beats or shots of @analysis. Blocks;
 * @position is called about ten times a second. */
gboolean montage_file_pipeline_run (MontageAnalysis *analysis,
    const MontageFileOptions *options, MontageFilePosition position,
    gpointer data, GCancellable *cancellable, GError **error);

/* Whether the elements are there; the error names what to install. */
gboolean montage_file_pipeline_check (MontageAnalysisKind kind, GError **error);

G_END_DECLS
