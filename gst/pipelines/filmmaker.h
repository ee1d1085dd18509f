/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* From files and a sentence to the plan of a film: what the tool and
 * montagesrc share. */

typedef enum
{
  MONTAGE_FILM_ANALYSE,
  MONTAGE_FILM_PLAN
} MontageFilmStage;

/* @fraction 0..1 of @stage, never falling; @uri is the file at hand, nullable.
 * Called from worker threads, one at a time. */
typedef void (*MontageFilmProgress) (MontageFilmStage stage, gdouble fraction,
    const gchar *uri, gpointer data);

/**
 * MontageFilmRequest:
 *
 * What the film is made of; zeroed is a good start, but for @music and @clips.
 * All pointers are borrowed.
 */
typedef struct
{
  const gchar *music;         /* a path or file:// URI */
  const gchar *beats;         /* nullable; a file with its beats */
  gdouble tempo;              /* of the music, BPM; 0: found out */
  const gchar *const *clips;  /* files, folders and file:// URIs */
  const gchar *prompt;        /* nullable */
  const gchar *style;         /* nullable; wins over the prompt's */
  const gchar *styles_folder; /* nullable; further styles */
  const GstMontageInstructions *instructions; /* nullable; instead of both */
  guint64 seed;
  GstMontageOutput output;  /* width, height or fps 0: from the sources */
  GstClockTime music_start; /* NONE: chosen */
  GstClockTime duration;    /* 0: the instructions', else the song's */
  guint n_workers;          /* 0: one per core */
  gboolean use_cache;
  const gchar *cache_folder;    /* nullable: the user's */
  MontageFilmProgress progress; /* nullable */
  gpointer progress_data;
} MontageFilmRequest;

/* Blocks. A clip that cannot be used is left out as long as another can: then
 * the first notes of the plan say which and why. Nothing but the request and
 * what the files hold has an influence on the plan. */
GstMontagePlan *montage_film_plan (const MontageFilmRequest *request,
    GCancellable *cancellable, GError **error);

/* The instructions of the request: its own, or those that its style and prompt
 * come to. */
GstMontageInstructions *
montage_film_instructions (const MontageFilmRequest *request, GError **error);

G_END_DECLS
