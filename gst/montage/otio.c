/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* OpenTimelineIO (opentimelineio.readthedocs.io, "File Format Specification").
 * The schemas are those that readers from version 0.15 on know. Nothing that
 * the film needs is in metadata alone, since tools drop them, except what the
 * format cannot say: the size of the pictures, zooms, grades. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "otiowriter.h"
#include "projectmedia.h"

typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageProjectOptions *options;
  MontageOtio otio;
} Writer;

/* ---- markers ---- */

static const gchar *
section_color (GstMontageSectionLabel label)
{
  switch (label) {
    case GST_MONTAGE_SECTION_DROP:
    case GST_MONTAGE_SECTION_CHORUS:
      return "RED";
    case GST_MONTAGE_SECTION_BUILD:
      return "ORANGE";
    case GST_MONTAGE_SECTION_BREAK:
      return "BLUE";
    default:
      return "GREEN";
  }
}

/* The parts of the song that the film has, in the film's time. */
static void
add_section_markers (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  GstClockTime film_end = music->start + self->plan->duration;

  montage_otio_begin_list (&self->otio, "markers");
  for (guint i = 0; i < music->sections->len; i++) {
    const GstMontageSection *section = &g_array_index (music->sections,
        GstMontageSection, i);
    GstClockTime from = MAX (section->start, music->start);
    GstClockTime to = MIN (section->end, film_end);

    if (from < to)
      montage_otio_marker (&self->otio,
          gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
              (gint) section->label),
          section_color (section->label),
          (gint64) gst_montage_output_frame_at (&self->plan->output,
              from - music->start),
          (gint64) gst_montage_output_frame_at (&self->plan->output,
              to - from));
  }
  montage_otio_end_list (&self->otio);
}

/* The frame of the song that the film begins with. Songs do not begin on frames;
 * tools count in them, and cut the rest off where it is not rounded here. */
static gint64
first_song_frame (const Writer *self)
{
  return (gint64) gst_montage_output_frame_at (&self->plan->output,
      self->plan->music.start);
}

/* The beats that the film has, in the song's time: on the frames that the cuts
 * to them are on. */
static void
add_beat_markers (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  const GArray *beats = music->beats;

  montage_otio_begin_list (&self->otio, "markers");
  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    g_autofree gchar *name = beat->position > 0
        ? g_strdup_printf ("beat %u", beat->position)
        : g_strdup ("beat");

    if (beat->time < music->start
        || beat->time >= music->start + self->plan->duration)
      continue;
    montage_otio_marker (&self->otio, name,
        beat->position == 1 ? "RED" : "CYAN",
        first_song_frame (self)
            + (gint64) gst_montage_output_frame_at (&self->plan->output,
                beat->time - music->start),
        0);
  }
  montage_otio_end_list (&self->otio);
}

/* ---- clips ---- */

static void
add_media (Writer *self, const gchar *uri, gint64 n_frames, gdouble rate)
{
  g_autofree gchar *path = montage_project_media (uri, self->options);
  g_autofree gchar *name = montage_project_name (uri);

  montage_otio_media (&self->otio, name, path, n_frames, rate);
}

static void
add_cut_metadata (Writer *self, guint index)
{
  const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
      index);
  MontageOtio *otio = &self->otio;

  montage_otio_begin_metadata (otio);
  montage_otio_int (otio, "cut", index + 1);
  montage_otio_string (otio, "reason", cut->reason);
  montage_otio_string (otio, "section",
      gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
          (gint) cut->section));
  montage_otio_double (otio, "energy", cut->energy);
  montage_otio_double (otio, "score", cut->score.total);
  if (cut->zoom_from != 1.0 || cut->zoom_to != 1.0) {
    montage_otio_double (otio, "zoom_from", cut->zoom_from);
    montage_otio_double (otio, "zoom_to", cut->zoom_to);
    montage_otio_double (otio, "focus_x", cut->focus_x);
    montage_otio_double (otio, "focus_y", cut->focus_y);
  }
  montage_otio_begin_list (otio, "effects");
  for (guint i = 0; cut->effects != NULL && cut->effects[i] != NULL; i++)
    montage_otio_string (otio, NULL, cut->effects[i]);
  montage_otio_end_list (otio);
  montage_otio_end_metadata (otio);
}

static void
add_cut (Writer *self, guint index)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);
  g_autofree gchar *name = montage_project_name (source->uri);
  MontageOtio *otio = &self->otio;
  gdouble rate = otio->rate;
  guint64 n_frames = 0;

  if (!source->still && source->fps_n > 0) {
    rate = (gdouble) source->fps_n / source->fps_d;
    n_frames = gst_util_uint64_scale_round (source->duration, source->fps_n,
        (guint64) source->fps_d * GST_SECOND);
  }
  montage_otio_begin (otio, NULL, "Clip.2");
  add_cut_metadata (self, index);
  montage_otio_string (otio, "name", name);
  montage_otio_range (otio, "source_range",
      (gint64) montage_project_in_frame (plan, index),
      (gint64) montage_project_n_frames (plan, index), otio->rate);
  montage_otio_begin_effects (otio, cut->speed);
  montage_otio_end_list (otio);
  montage_otio_empty_list (otio, "markers");
  montage_otio_boolean (otio, "enabled", TRUE);
  add_media (self, source->uri, (gint64) n_frames, rate);
  montage_otio_end (otio);
}

static void
add_song (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  g_autofree gchar *name = montage_project_name (music->uri);
  MontageOtio *otio = &self->otio;

  montage_otio_begin (otio, NULL, "Clip.2");
  montage_otio_begin_metadata (otio);
  montage_otio_double (otio, "tempo", music->tempo);
  montage_otio_double (otio, "start_sec", (gdouble) music->start / GST_SECOND);
  montage_otio_double (otio, "fade_out_sec",
      (gdouble) music->fade_out / GST_SECOND);
  montage_otio_end_metadata (otio);
  montage_otio_string (otio, "name", name);
  montage_otio_range (otio, "source_range", first_song_frame (self),
      (gint64) gst_montage_plan_n_frames (self->plan), otio->rate);
  montage_otio_empty_list (otio, "effects");
  add_beat_markers (self);
  montage_otio_boolean (otio, "enabled", TRUE);
  add_media (self, music->uri, 0, 0);
  montage_otio_end (otio);
}

/* ---- tracks ---- */

/* A dip shows one shot at a time, but tools know it by its name. */
static void
add_transition (Writer *self, guint index)
{
  const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
      index);
  gint64 half = (gint64) gst_montage_output_frame_at (&self->plan->output,
      cut->transition_duration / 2);

  if (half == 0)
    return;
  montage_otio_transition (&self->otio,
      gst_montage_enum_nick (GST_TYPE_MONTAGE_TRANSITION,
          (gint) cut->transition),
      cut->transition == GST_MONTAGE_TRANSITION_CROSSFADE ? "SMPTE_Dissolve"
                                                          : "Custom_Transition",
      half, half);
}

static void
add_tracks (Writer *self)
{
  MontageOtio *otio = &self->otio;

  montage_otio_begin_track (otio, "Video");
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    add_transition (self, i);
    add_cut (self, i);
  }
  montage_otio_end_track (otio);
  if (self->plan->music.uri == NULL)
    return;
  montage_otio_begin_track (otio, "Audio");
  add_song (self);
  montage_otio_end_track (otio);
}

/* The size of the pictures has no field of its own. */
static void
add_film_metadata (Writer *self)
{
  const GstMontagePlan *plan = self->plan;
  MontageOtio *otio = &self->otio;

  montage_otio_begin_metadata (otio);
  montage_otio_int (otio, "width", plan->output.width);
  montage_otio_int (otio, "height", plan->output.height);
  montage_otio_double (otio, "rate", otio->rate);
  montage_otio_string (otio, "style", plan->instructions->style.name);
  montage_otio_string (otio, "prompt", plan->instructions->origin.prompt);
  montage_otio_end_metadata (otio);
}

/**
 * gst_montage_plan_to_otio:
 * @plan: a plan
 * @options: how it names things
 *
 * Returns: (transfer full): the text of an .otio file: a video track with a clip
 *   per cut and its crossfades, the music with its beats as markers, the
 *   sections as markers of the whole
 */
gchar *
gst_montage_plan_to_otio (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options)
{
  Writer self = {.plan = plan,
      .options = options,
      .otio = montage_otio_new (plan->output.fps_n, plan->output.fps_d)};
  MontageOtio *otio = &self.otio;

  montage_otio_string (otio, "name", montage_project_title (options));
  add_film_metadata (&self);
  montage_otio_begin (otio, "tracks", "Stack.1");
  montage_otio_empty_object (otio, "metadata");
  montage_otio_string (otio, "name", "tracks");
  montage_otio_string (otio, "source_range", NULL);
  montage_otio_empty_list (otio, "effects");
  add_section_markers (&self);
  montage_otio_boolean (otio, "enabled", TRUE);
  montage_otio_begin_list (otio, "children");
  add_tracks (&self);
  montage_otio_end_list (otio);
  montage_otio_end (otio);
  return montage_otio_finish (otio);
}
