/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planfilm.h"

G_BEGIN_DECLS

/**
 * MontageSlot:
 *
 * A place in the film for one shot: [first_frame, first_frame + n_frames).
 */
typedef struct
{
  guint64 first_frame;
  guint64 n_frames;
  gint beat;     /* of the grid, at the first frame; -1 where there is none */
  guint n_beats; /* of the grid, in the slot */
  gboolean downbeat;
  gboolean section_start;
  GstMontageSectionLabel label;
  gdouble energy;  /* of the music, mean over the slot, 0..1 */
  gint speed_step; /* of the change of pace that it lies in */
  gdouble slow;    /* slow motion: the share of the speed that is taken away */
  gboolean fixed;  /* pinned: its ends and its in-point stay where they are */
} MontageSlot;

/**
 * montage_slots_new:
 * @film: the film
 * @pace: its pace
 * @first_frame: where to begin, earlier frames are settled
 *
 * Cuts [first_frame, film->n_frames) at beats, as a whole: the cheapest way
 * through all places where a cut could be. Limits that contradict each other or
 * the film are kept as far as they go: the starts always, lengths where there
 * are enough frames.
 *
 * Returns: (transfer full): array of MontageSlot without gaps
 */
GArray *montage_slots_new (const MontageFilmGrid *film, const MontagePace *pace,
    guint64 first_frame);

/* Fills what follows from the frames of @slot. */
void montage_slot_describe (const MontageFilmGrid *film, MontageSlot *slot);

/* Frames of material that it shows, as if at the usual speed. */
guint64 montage_slot_material (const MontageSlot *slot);

G_END_DECLS
