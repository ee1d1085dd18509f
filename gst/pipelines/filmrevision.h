/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "analyzer.h"
#include "filmmaker.h"

G_BEGIN_DECLS

/* What has become of the files of a plan that is planned anew from a cut on:
 * those of kept cuts have to be as they were. */

/* The clips of request->previous, in its order; an error where a file of a kept
 * cut is gone. */
GPtrArray *
montage_revision_clips (const MontageFilmRequest *request, GError **error);
/* The beats of @song are where the kept cuts have them. @song: nullable. */
gboolean montage_revision_check_song (const MontageFilmRequest *request,
    const MontageAnalysis *song, GError **error);
/* Whether clip @index, as it is found now, can stand for that of the plan.
 * @notes: (of gchar *) gets what has changed without doing harm. */
gboolean montage_revision_check_clip (const MontageFilmRequest *request,
    guint index, const MontageAnalysis *clip, GPtrArray *notes, GError **error);
/* In place of clip @index where it cannot be used any more: no shots. */
GstMontageShotList *
montage_revision_lost_clip (const MontageFilmRequest *request, guint index);
/* How long the new film is to be; 0: as @instructions or the song have it. */
GstClockTime montage_revision_duration (const MontageFilmRequest *request,
    const GstMontageInstructions *instructions);

G_END_DECLS
