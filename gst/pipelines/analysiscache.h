/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "analyzer.h"

G_BEGIN_DECLS

/**
 * MontageAnalysisCache:
 *
 * The documents of files that have been analysed before. All functions can be
 * used from several threads and processes at once: what is written appears
 * whole or not at all. What cannot be read, is damaged or belongs elsewhere
 * counts as absent; what cannot be written is left.
 *
 * A document is found in two ways. Where path, size, inode and the times of the
 * last modification and of the last change (which no program can set) are those
 * of the last time, the file is not even opened. Otherwise it is found by what
 * the file holds: 18 blocks of it say which document may be its own, and a sum
 * of all bytes says whether it is. So a copy or a renamed file costs no
 * decoding, and a changed file is noticed also where its size and date are as
 * they were.
 */
typedef struct _MontageAnalysisCache MontageAnalysisCache;

/**
 * MontageCachedFile:
 *
 * One media file as the cache sees it, from the time on when it is made; for
 * one thread at a time. The cache has to outlive it.
 */
typedef struct _MontageCachedFile MontageCachedFile;

/* What identifies the analysis of @kind: the metadata "montage-analysis-version"
 * of the element that does it (raised by whoever changes what it finds) and
 * the build of its plugin. */
gchar *montage_analysis_cache_version (MontageAnalysisKind kind);

/* @folder: nullable, the user's: XDG_CACHE_HOME/gst-montage. */
MontageAnalysisCache *montage_analysis_cache_new (const gchar *folder);
/* Keeps the cache within its bound, see cachespace.h, where something has been
 * stored. */
void montage_analysis_cache_free (MontageAnalysisCache *self);

/* NULL where @path is no file that can be looked at. */
MontageCachedFile *
montage_cached_file_new (MontageAnalysisCache *cache, const gchar *path);
void montage_cached_file_free (MontageCachedFile *self);

/* What was said of the unchanged file by montage_cached_file_set_kind(): what
 * it holds; FALSE where nothing was. */
gboolean montage_cached_file_get_kind (const MontageCachedFile *self,
    MontageAnalysisKind *kind);
void montage_cached_file_set_kind (MontageCachedFile *self,
    MontageAnalysisKind kind);

/* The stored document, NULL where there is none that is sound. */
gchar *montage_cached_file_load (MontageCachedFile *self,
    MontageAnalysisKind kind, const gchar *version);
/* Keeps @document, but where the file has changed since @self was made: then
 * nobody knows what the document is of. */
void montage_cached_file_store (MontageCachedFile *self,
    MontageAnalysisKind kind, const gchar *version, const gchar *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageAnalysisCache,
    montage_analysis_cache_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageCachedFile, montage_cached_file_free)

G_END_DECLS
