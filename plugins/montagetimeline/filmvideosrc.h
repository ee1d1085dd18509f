/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmsrc.h"

G_BEGIN_DECLS

/* The pictures of a film; internal to montagetimeline. */
#define MONTAGE_TYPE_FILM_VIDEO_SRC (montage_film_video_src_get_type ())
G_DECLARE_FINAL_TYPE (MontageFilmVideoSrc, montage_film_video_src, MONTAGE,
    FILM_VIDEO_SRC, MontageFilmSrc)

/* Returns: (transfer floating) */
GstElement *montage_film_video_src_new (Film *film);

G_END_DECLS
