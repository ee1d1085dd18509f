/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planfilm.h"

G_BEGIN_DECLS

/**
 * MontageCutPoint:
 * @time: of the song
 * @frame: of the film
 * @unit: what begins here: a phrase, a bar, a beat, in counted beats; see
 *     montage_phrases_unit()
 * @strength: 0..1, how strongly it is heard
 * @n_sections: sections that start in the film up to here
 * @section_start: one of them starts here
 * @forced: a limit of slots starts or ends here
 *
 * Where a cut could be.
 */
typedef struct
{
  GstClockTime time;
  guint64 frame;
  gdouble unit;
  gdouble strength;
  guint n_sections;
  gboolean section_start;
  gboolean forced;
} MontageCutPoint;

/* All points from @first_frame to the end of the film, both included, with
 * @parts of them per counted beat. Returns: (transfer full): of MontageCutPoint */
GArray *montage_cut_points_new (const MontageFilmGrid *film,
    const MontagePace *pace, guint64 first_frame, guint parts);

/* Frames after @first_frame where slots have to start, rising. Returns:
 * (transfer full): of guint64 */
GArray *
montage_cut_points_forced (const MontageFilmGrid *film, guint64 first_frame);

G_END_DECLS
