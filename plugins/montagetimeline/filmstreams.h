/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "film.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * FilmStreams:
 *
 * The pictures and the sound of a film as pads of a bin. A seek that comes by
 * one of the pads moves both, as it does with the streams of a file: players
 * send it to one of their sinks only.
 */
typedef struct _FilmStreams FilmStreams;

FilmStreams *film_streams_new (GstBin *bin);
void film_streams_free (FilmStreams *self);
/* Adds the pads, named after the templates, to the bin, signals no-more-pads
 * and starts those that are linked, the others once they are. @seek: (nullable)
 * where they start. */
void film_streams_open (FilmStreams *self, Film *film, GstEvent *seek,
    GstStaticPadTemplate *video, GstStaticPadTemplate *audio);
/* Stops and takes the pads away, where they are open. */
void film_streams_close (FilmStreams *self);
G_END_DECLS
