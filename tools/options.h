/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipoptions.h"
#include "directing.h"
#include "filmformat.h"
#include "renderoptions.h"
#include "project.h"

G_BEGIN_DECLS

/* Parses @arguments (its own name first) in place. Names in @entries are kept
 * as bytes (G_OPTION_ARG_FILENAME), whatever the locale. --help prints and
 * exits. Errors are of G_OPTION_ERROR or TOOL_USAGE_ERROR. */
gboolean tool_options_parse (GStrv *arguments, const gchar *parameters,
    const gchar *summary, const GOptionEntry *entries, GError **error);

typedef enum
{
  TOOL_FILM_MAKE,
  TOOL_FILM_PLAN,
  TOOL_FILM_REPLAN
} ToolFilmKind;

/**
 * ToolFilmOptions:
 *
 * The options of make, plan and replan: what the film is made of.
 */
typedef struct
{
  /* as given */
  gchar *music;
  gboolean no_music;
  gchar *beats;
  gchar *tempo_text;
  gchar *prompt;
  gchar *style;
  ToolDirecting directing;
  gboolean look;
  ToolClipOptions clip;
  gchar *takes_text;
  gchar *seed_text;
  gchar *duration_text;
  gchar *music_start_text;
  gchar *size_text;
  gchar *fps_text;
  gchar *fit_text;
  gchar *workers_text;
  gboolean no_cache;
  ToolRenderOptions render;
  gchar *output;
  gchar *decisions;
  gchar *picture;
  ToolFormatOptions encoding;
  gchar *projects_text;
  gchar *paths_text;
  gboolean force;
  gboolean no_render;
  gboolean json;
  gboolean verbose;
  gchar *from_cut; /* of replan */
  gchar **clips;   /* of replan: the plan */
  /* what they mean */
  gdouble tempo; /* 0: not given */
  guint n_takes; /* 1 where not given */
  guint64 seed;
  GstClockTime duration;    /* 0: not given */
  GstClockTime music_start; /* NONE: not given */
  guint n_workers;
  ToolProjectFormats projects;
  gint paths;              /* of GstMontagePaths */
  GstMontageOutput format; /* 0 where not given */
} ToolFilmOptions;

gboolean tool_film_options_parse (ToolFilmOptions *self, GStrv *arguments,
    const gchar *summary, ToolFilmKind kind, GError **error);
void tool_film_options_clear (ToolFilmOptions *self);

G_END_DECLS
