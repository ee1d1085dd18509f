/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "filmmaker.h"

G_BEGIN_DECLS

/* A file of this name in a folder of clips says what is wanted of them. */
#define MONTAGE_FILM_RULES_FILE "clips.json"

/* The path of the file in the folder @path; NULL where there is none. */
gchar *montage_film_rules_file (const gchar *path);

/* What is wanted of the clips @uris (of gchar *): by the files in the folders
 * among the clips of @request, by its order, by its own rules, of which the
 * later ones win. @notes: (of gchar *) gets what was read. */
GstMontageClipRules *montage_film_rules (const MontageFilmRequest *request,
    const GPtrArray *uris, GPtrArray *notes, GError **error);

G_END_DECLS
