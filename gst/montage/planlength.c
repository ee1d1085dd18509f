/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which part of the song is heard, and how long the film is. */

#include "planlength.h"
#include "plannotes.h"
#include "planwindow.h"

GstClockTime
montage_length_asked (const GstMontageRequest *request)
{
  if (request->duration > 0)
    return request->duration;
  return (GstClockTime) (request->instructions->constraints.target_duration_sec
      * GST_SECOND);
}

/* The song from @start to its end in whole frames: all of it is heard. */
static guint64
frames_to_end (const MontageFilmGrid *film, GstClockTime start)
{
  GstClockTime rest = film->music->duration - start;
  guint64 frames = gst_montage_output_frame_at (&film->output, rest);

  if (gst_montage_output_frame_time (&film->output, frames) < rest)
    frames++;
  return MAX (frames, 1);
}

/* The last downbeat up to frame @end, else @end. */
static guint64
last_downbeat (const MontageFilmGrid *film, guint64 end)
{
  const GArray *beats = film->music->beats;

  for (guint i = beats->len; i-- > 0;) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    gint64 frame = montage_film_frame_at (film, beat->time);

    if (frame <= 0)
      break;
    if (beat->position == 1 && frame <= (gint64) end)
      return (guint64) frame;
  }

  return end;
}

static void
note_shorter (MontageDraft *self, GstClockTime asked, guint64 frames)
{
  g_autofree gchar *wanted = montage_notes_time (asked);
  g_autofree gchar *got = montage_notes_time (
      gst_montage_output_frame_time (&self->film.output, frames));

  g_ptr_array_add (self->notes,
      g_strdup_printf ("The film lasts %s s, not the %s s that were asked for: "
                       "the song ends there.",
          got, wanted));
}

/* What has been shown is not taken back. */
static void
settle (MontageDraft *self)
{
  guint64 settled = montage_draft_settled (self);
  g_autofree gchar *got = NULL;

  if (self->film.n_frames >= settled)
    return;
  self->film.n_frames = settled;
  got = montage_notes_time (
      gst_montage_output_frame_time (&self->film.output, settled));
  g_ptr_array_add (self->notes,
      g_strdup_printf ("The film lasts %s s, more than was asked for: the cuts "
                       "that stay are that long.",
          got));
}

gboolean
montage_length_choose (MontageDraft *self, GError **error)
{
  const GstMontageRequest *request = self->request;
  MontageFilmGrid *film = &self->film;
  GstClockTime asked = self->shortened > 0 ? self->shortened
                                           : montage_length_asked (request);
  guint64 frames, most;

  if (self->silence != NULL)
    film->music_start = 0;
  else if (self->n_frozen > 0)
    film->music_start = request->previous->music.start;
  else if (GST_CLOCK_TIME_IS_VALID (request->music_start))
    film->music_start = request->music_start;
  else if (asked > 0)
    film->music_start = montage_window_choose (film->music, self->energy,
        asked);
  else
    film->music_start = 0;
  if (film->music_start >= film->music->duration)
    return montage_draft_fail (error,
        "The film cannot start there: the song is shorter.");

  most = frames_to_end (film, film->music_start);
  frames = asked > 0 ? gst_montage_output_frame_at (&film->output, asked)
                     : most;
  film->n_frames = CLAMP (frames, 1, most);
  if (self->shortened > 0)
    film->n_frames = last_downbeat (film, film->n_frames);
  else if (frames > most)
    note_shorter (self, asked, most);
  settle (self);

  return TRUE;
}
