/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/director/director.h>

G_BEGIN_DECLS

/* From files and a sentence to the plan of a film: what the tool and
 * montagesrc share. */

typedef enum
{
  MONTAGE_FILM_DIRECT, /* only where a model is asked */
  MONTAGE_FILM_ANALYSE,
  MONTAGE_FILM_LOOK, /* only where models look at the shots */
  MONTAGE_FILM_PLAN
} MontageFilmStage;

/* @fraction 0..1 of @stage, never falling; @what is at hand, nullable: the URI
 * of a file, or the name of the backend that is asked or gets pictures. Called
 * from worker threads, one at a time. */
typedef void (*MontageFilmProgress) (MontageFilmStage stage, gdouble fraction,
    const gchar *what, gpointer data);

/**
 * MontageFilmRequest:
 *
 * What the film is made of; zeroed is a good start, but for @music, @clips and
 * @music_start. All pointers are borrowed.
 */
typedef struct
{
  const gchar *music;                   /* a path or file:// URI */
  gboolean no_music;                    /* a silent film, whatever @music is */
  const gchar *beats;                   /* nullable; a file with its beats */
  gdouble tempo;                        /* of the music, BPM; 0: found out */
  const gchar *const *clips;            /* files, folders and file:// URIs */
  const gchar *prompt;                  /* nullable */
  const gchar *style;                   /* nullable; wins over the prompt's */
  const gchar *styles_folder;           /* nullable; further styles */
  const GstMontageInstructions *before; /* nullable; what the prompt refines */
  gboolean offline;                     /* no model is asked */
  const gchar *models_file; /* nullable: the user's; which models may be */
  /* A model may turn these on, also where its settings do not say so. */
  gboolean allow_stabilization;
  gboolean allow_upscale;
  gboolean look; /* models see a small picture of each shot, as where the
                    settings say so */
  const GstMontageClipRules *rules; /* nullable; win over those in folders */
  gboolean given_order;             /* clips are shown in the order of @clips */
  GstMontageScarcity scarcity;
  /* The film is planned anew from cut @n_kept on: music and clips are those of
   * this plan, and what is not said here is as it was. Nullable. */
  const GstMontagePlan *previous;
  guint n_kept;
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

/* @n_takes films of the same material, each as different from those before as
 * is good: the first with the seed of @request, the others with the seeds after
 * it. Returns: (element-type GstMontagePlan) or %NULL. */
GPtrArray *montage_film_takes (const MontageFilmRequest *request, guint n_takes,
    GCancellable *cancellable, GError **error);

/* The models that may be asked, none where the request is offline; @request has
 * to stay as long as it is. %NULL where the settings are wrong. */
MontageDirector *
montage_film_director (const MontageFilmRequest *request, GError **error);

/* What style, prompt and the conversation before them come to. Blocks where a
 * model is asked; @steps: (nullable) (element-type MontageDirectorStep): gets
 * what was tried. */
GstMontageInstructions *
montage_film_instructions (const MontageFilmRequest *request,
    MontageDirector *director, GPtrArray *steps, GCancellable *cancellable,
    GError **error);

G_END_DECLS
