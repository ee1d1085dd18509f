/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

#include "beatsettings.h"

G_BEGIN_DECLS

/**
 * MontageAnalyzer:
 *
 * Analyses media files into beats and shots documents: in parallel, each file
 * in a pipeline of its own (uridecodebin ! … ! beatdetect / sceneselect !
 * fakesink), through the cache where it has the file. No main loop is needed.
 */
typedef enum
{
  MONTAGE_ANALYSIS_BEATS,
  MONTAGE_ANALYSIS_SHOTS
} MontageAnalysisKind;

typedef struct
{
  gchar *uri;
  MontageAnalysisKind kind;
  MontageBeatSettings settings; /* for the detection of beats */
  gchar *beats_file; /* nullable: beats document or label file to take */
  gboolean detect;   /* also where beats lie beside the song */
  gchar *beats_from; /* set where the beats are those of a file: its path */
  GstMontageBeatGrid *beats;   /* set where it succeeded and kind is BEATS */
  GstMontageShotList *shots;   /* set where it succeeded and kind is SHOTS */
  GError *error;               /* set where it failed: one sentence */
  GstClockTime media_duration; /* ns that the file says it lasts; 0 unknown */
  gchar *warning; /* set where it succeeded only in part: one sentence */
  gboolean from_cache;
} MontageAnalysis;

/* @done of @total ns of media; called from worker threads, one at a time. */
typedef void (*MontageAnalyzerProgress) (GstClockTime done, GstClockTime total,
    const gchar *uri, gpointer data);

typedef struct
{
  guint n_workers; /* 0: one per core */
  gboolean fast;   /* shots: only what is needed to find them is decoded */
  gboolean use_cache;
  const gchar *cache_folder; /* nullable: XDG_CACHE_HOME/gst-montage */
  MontageAnalyzerProgress progress;
  gpointer progress_data;
} MontageAnalyzerOptions;

MontageAnalysis *
montage_analysis_new (const gchar *uri, MontageAnalysisKind kind);
void montage_analysis_free (MontageAnalysis *self);

/* Blocks. Fills every element of @analyses (of MontageAnalysis *); the order
 * of the array, never that of completion, is the order of the results. Returns
 * FALSE only where it was cancelled (G_IO_ERROR_CANCELLED) or nothing can be
 * analysed at all (a missing element). */
gboolean montage_analyzer_run (GPtrArray *analyses,
    const MontageAnalyzerOptions *options, GCancellable *cancellable,
    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageAnalysis, montage_analysis_free)

G_END_DECLS
