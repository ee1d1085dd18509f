/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "film.h"

#include <gio/gio.h>
#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

/* What the sources of a film's pictures and of its sound have in common: its
 * length, seeks forwards, and waits that end at once. Internal to
 * montagetimeline. */
#define MONTAGE_TYPE_FILM_SRC (montage_film_src_get_type ())
G_DECLARE_DERIVABLE_TYPE (MontageFilmSrc, montage_film_src, MONTAGE, FILM_SRC,
    GstPushSrc)

struct _MontageFilmSrcClass
{
  GstPushSrcClass parent_class;

  /* What is played next stands at film time @time. */
  void (*set_position) (MontageFilmSrc *self, GstClockTime time);
};

/* Returns: (transfer floating): of the derived @type */
GstElement *montage_film_src_new (GType type, Film *film);
Film *montage_film_src_get_film (MontageFilmSrc *self);
/* Cancelled while the element must not wait. */
GCancellable *montage_film_src_get_flushing (MontageFilmSrc *self);
/* Where it is to end, NONE: where the film does. */
GstClockTime montage_film_src_get_stop (MontageFilmSrc *self);
/* Sets DISCONT on the first buffer after a start or a seek only. */
void montage_film_src_mark (MontageFilmSrc *self, GstBuffer *buffer);

G_END_DECLS
