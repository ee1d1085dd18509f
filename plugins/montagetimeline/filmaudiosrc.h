/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmsrc.h"

G_BEGIN_DECLS

/* The sound of a film; internal to montagetimeline. */
#define MONTAGE_TYPE_FILM_AUDIO_SRC (montage_film_audio_src_get_type ())
G_DECLARE_FINAL_TYPE (MontageFilmAudioSrc, montage_film_audio_src, MONTAGE,
    FILM_AUDIO_SRC, MontageFilmSrc)

/* Returns: (transfer floating) */
GstElement *montage_film_audio_src_new (Film *film);

G_END_DECLS
