/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stylefilm.h"

#include <gst/montage/planner.h>

#include "styleclips.h"
#include "stylesong.h"

void
style_film_init (StyleFilm *self)
{
  self->song = style_song_new ();
  self->clips = style_clips_new ();
}

void
style_film_shorten (StyleFilm *self, guint n_clips)
{
  g_ptr_array_set_size (self->clips, (gint) n_clips);
}

void
style_film_clear (StyleFilm *self)
{
  gst_montage_beat_grid_free (self->song);
  g_ptr_array_unref (self->clips);
}

GstMontagePlan *
style_film_plan (const StyleFilm *self,
    const GstMontageInstructions *instructions, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  GstMontageRequest request = {.instructions = instructions,
      .music = self->song,
      .sources = (const GstMontageShotList *const *) self->clips->pdata,
      .n_sources = self->clips->len,
      .seed = seed,
      .music_start = GST_CLOCK_TIME_NONE};
  GstMontagePlan *plan = gst_montage_planner_plan (&request, &error);

  if (plan == NULL)
    g_error ("%s: %s", instructions->style.name, error->message);

  return plan;
}
