/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "analyzer.h"

G_BEGIN_DECLS

/* The documents of files that have been analysed before. An entry is found by
 * what the file holds, not by its name, together with the kind and version of
 * the analysis: a copy or a renamed file costs no decoding, a changed file or
 * a newer analysis makes a new entry. What cannot be read, is damaged or
 * belongs elsewhere counts as absent; what cannot be written is left. All
 * functions can be used from several threads and processes at once. */

/* What identifies the analysis of @kind: the metadata "montage-analysis-version"
 * of the element that does it (raised by whoever changes what it finds) and
 * the build of its plugin. */
gchar *montage_analysis_cache_version (MontageAnalysisKind kind);

/* The key of a file's content, from its size and either all of it or 18 blocks
 * spread over it. NULL where it cannot be read. */
gchar *montage_analysis_cache_key (const gchar *path, MontageAnalysisKind kind,
    const gchar *version);

/* @folder: nullable, XDG_CACHE_HOME/gst-montage. */
gchar *montage_analysis_cache_path (const gchar *folder,
    MontageAnalysisKind kind, const gchar *key);

/* The stored document, NULL where there is none that is sound. */
gchar *montage_analysis_cache_load (const gchar *path, const gchar *key);
void montage_analysis_cache_store (const gchar *path, const gchar *key,
    const gchar *document);

G_END_DECLS
