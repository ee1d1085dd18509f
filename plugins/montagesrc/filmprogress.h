/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "../../gst/pipelines/filmmaker.h"

G_BEGIN_DECLS

/**
 * FilmProgress:
 *
 * The messages GST_MESSAGE_PROGRESS of one piece of work, one stage after the
 * other.
 */
typedef struct
{
  GstElement *element;
  const gchar *stage; /* code of the progress that has begun */
  gint percent;       /* last told */
} FilmProgress;

void film_progress_post (GstElement *element, GstProgressType type,
    const gchar *code, const gchar *text);
void
film_progress_begin (FilmProgress *self, const gchar *code, const gchar *text);
/* @type: how the stage has ended. */
void
film_progress_end (FilmProgress *self, GstProgressType type, const gchar *text);
/* A #MontageFilmProgress; @data is a #FilmProgress at the stage "direct". */
void film_progress_take (MontageFilmStage stage, gdouble fraction,
    const gchar *what, gpointer data);

G_END_DECLS
