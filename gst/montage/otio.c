/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* OpenTimelineIO (opentimelineio.readthedocs.io, "File Format Specification").
 * The schemas are those that readers from version 0.15 on know. Nothing that
 * the film needs is in metadata alone, since tools drop them, except what the
 * format cannot say: the size of the pictures, zooms, grades. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <json-glib/json-glib.h>

#include "projectmedia.h"

#define METADATA "gst-montage"

typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageProjectOptions *options;
  JsonBuilder *json;
  gdouble rate; /* of the timeline, frames per second */
} Writer;

static void
add_string (Writer *self, const gchar *key, const gchar *value)
{
  json_builder_set_member_name (self->json, key);
  if (value != NULL)
    json_builder_add_string_value (self->json, value);
  else
    json_builder_add_null_value (self->json);
}

static void
add_double (Writer *self, const gchar *key, gdouble value)
{
  json_builder_set_member_name (self->json, key);
  json_builder_add_double_value (self->json, value);
}

static void
add_empty (Writer *self, const gchar *key, gboolean is_array)
{
  json_builder_set_member_name (self->json, key);
  if (is_array)
    json_builder_end_array (json_builder_begin_array (self->json));
  else
    json_builder_end_object (json_builder_begin_object (self->json));
}

static void
begin (Writer *self, const gchar *key, const gchar *schema)
{
  if (key != NULL)
    json_builder_set_member_name (self->json, key);
  json_builder_begin_object (self->json);
  if (schema != NULL)
    add_string (self, "OTIO_SCHEMA", schema);
}

static void
end (Writer *self)
{
  json_builder_end_object (self->json);
}

static void
add_time (Writer *self, const gchar *key, gdouble value, gdouble rate)
{
  begin (self, key, "RationalTime.1");
  add_double (self, "rate", rate);
  add_double (self, "value", value);
  end (self);
}

static void
add_range (Writer *self, const gchar *key, gdouble start, gdouble duration,
    gdouble rate)
{
  begin (self, key, "TimeRange.1");
  add_time (self, "duration", duration, rate);
  add_time (self, "start_time", start, rate);
  end (self);
}

/* ---- markers ---- */

static void
add_marker (Writer *self, const gchar *name, const gchar *color, gdouble start,
    gdouble duration)
{
  begin (self, NULL, "Marker.2");
  add_empty (self, "metadata", FALSE);
  add_string (self, "name", name);
  add_string (self, "color", color);
  add_range (self, "marked_range", start, duration, self->rate);
  end (self);
}

/* Frames, not whole, of @time. */
static gdouble
to_frames (const Writer *self, GstClockTime time)
{
  return (gdouble) time / GST_SECOND * self->rate;
}

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

  json_builder_set_member_name (self->json, "markers");
  json_builder_begin_array (self->json);
  for (guint i = 0; i < music->sections->len; i++) {
    const GstMontageSection *section = &g_array_index (music->sections,
        GstMontageSection, i);
    GstClockTime from = MAX (section->start, music->start);
    GstClockTime to = MIN (section->end, film_end);

    if (from < to)
      add_marker (self,
          gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
              (gint) section->label),
          section_color (section->label),
          gst_montage_output_frame_at (&self->plan->output,
              from - music->start),
          gst_montage_output_frame_at (&self->plan->output, to - from));
  }
  json_builder_end_array (self->json);
}

/* The beats that the film has, in the song's time. */
static void
add_beat_markers (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  const GArray *beats = music->beats;

  json_builder_set_member_name (self->json, "markers");
  json_builder_begin_array (self->json);
  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);
    g_autofree gchar *name = beat->position > 0
        ? g_strdup_printf ("beat %u", beat->position)
        : g_strdup ("beat");

    if (beat->time < music->start
        || beat->time >= music->start + self->plan->duration)
      continue;
    add_marker (self, name, beat->position == 1 ? "RED" : "CYAN",
        to_frames (self, beat->time), 0);
  }
  json_builder_end_array (self->json);
}

/* ---- clips ---- */

static void
add_media (Writer *self, const gchar *uri, gdouble n_frames, gdouble rate)
{
  g_autofree gchar *path = montage_project_media (uri, self->options);
  g_autofree gchar *name = montage_project_name (uri);

  begin (self, "media_references", NULL);
  begin (self, "DEFAULT_MEDIA", "ExternalReference.1");
  add_empty (self, "metadata", FALSE);
  add_string (self, "name", name);
  if (n_frames > 0)
    add_range (self, "available_range", 0, n_frames, rate);
  else
    add_string (self, "available_range", NULL);
  add_string (self, "available_image_bounds", NULL);
  add_string (self, "target_url", path);
  end (self);
  end (self);
  add_string (self, "active_media_reference_key", "DEFAULT_MEDIA");
}

static void
add_cut_metadata (Writer *self, guint index)
{
  const GstMontageCut *cut = &g_array_index (self->plan->cuts, GstMontageCut,
      index);

  begin (self, "metadata", NULL);
  begin (self, METADATA, NULL);
  add_double (self, "cut", index + 1);
  add_string (self, "reason", cut->reason);
  add_string (self, "section",
      gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
          (gint) cut->section));
  add_double (self, "energy", cut->energy);
  add_double (self, "score", cut->score.total);
  if (cut->zoom_from != 1.0 || cut->zoom_to != 1.0) {
    add_double (self, "zoom_from", cut->zoom_from);
    add_double (self, "zoom_to", cut->zoom_to);
    add_double (self, "focus_x", cut->focus_x);
    add_double (self, "focus_y", cut->focus_y);
  }
  json_builder_set_member_name (self->json, "effects");
  json_builder_begin_array (self->json);
  for (guint i = 0; cut->effects != NULL && cut->effects[i] != NULL; i++)
    json_builder_add_string_value (self->json, cut->effects[i]);
  json_builder_end_array (self->json);
  end (self);
  end (self);
}

static void
add_time_effect (Writer *self, gdouble speed)
{
  json_builder_set_member_name (self->json, "effects");
  json_builder_begin_array (self->json);
  if (speed != 1.0) {
    begin (self, NULL, "LinearTimeWarp.1");
    add_empty (self, "metadata", FALSE);
    add_string (self, "name", "");
    add_string (self, "effect_name", "LinearTimeWarp");
    add_double (self, "time_scalar", speed);
    end (self);
  }
  json_builder_end_array (self->json);
}

static void
add_enabled (Writer *self)
{
  json_builder_set_member_name (self->json, "enabled");
  json_builder_add_boolean_value (self->json, TRUE);
}

static void
add_cut (Writer *self, guint index)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);
  g_autofree gchar *name = montage_project_name (source->uri);
  gdouble rate = self->rate, n_frames = 0;

  if (!source->still && source->fps_n > 0) {
    rate = (gdouble) source->fps_n / source->fps_d;
    n_frames = gst_util_uint64_scale_round (source->duration, source->fps_n,
        (guint64) source->fps_d * GST_SECOND);
  }
  begin (self, NULL, "Clip.2");
  add_cut_metadata (self, index);
  add_string (self, "name", name);
  add_range (self, "source_range", montage_project_in_frame (plan, index),
      montage_project_n_frames (plan, index), self->rate);
  add_time_effect (self, cut->speed);
  add_empty (self, "markers", TRUE);
  add_enabled (self);
  add_media (self, source->uri, n_frames, rate);
  end (self);
}

static void
add_crossfade (Writer *self, guint64 half)
{
  begin (self, NULL, "Transition.1");
  add_empty (self, "metadata", FALSE);
  add_string (self, "name", "crossfade");
  add_time (self, "in_offset", half, self->rate);
  add_time (self, "out_offset", half, self->rate);
  add_string (self, "transition_type", "SMPTE_Dissolve");
  end (self);
}

static void
add_song (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  g_autofree gchar *name = montage_project_name (music->uri);

  begin (self, NULL, "Clip.2");
  begin (self, "metadata", NULL);
  begin (self, METADATA, NULL);
  add_double (self, "tempo", music->tempo);
  add_double (self, "fade_out_sec", (gdouble) music->fade_out / GST_SECOND);
  end (self);
  end (self);
  add_string (self, "name", name);
  /* A song does not begin on a frame: its beats stay where they are. */
  add_range (self, "source_range", to_frames (self, music->start),
      gst_montage_plan_n_frames (self->plan), self->rate);
  add_empty (self, "effects", TRUE);
  add_beat_markers (self);
  add_enabled (self);
  add_media (self, music->uri, 0, 0);
  end (self);
}

/* ---- tracks ---- */

static void
begin_track (Writer *self, const gchar *kind)
{
  begin (self, NULL, "Track.1");
  add_empty (self, "metadata", FALSE);
  add_string (self, "name", kind);
  add_string (self, "source_range", NULL);
  add_empty (self, "effects", TRUE);
  add_empty (self, "markers", TRUE);
  add_enabled (self);
  add_string (self, "kind", kind);
  json_builder_set_member_name (self->json, "children");
  json_builder_begin_array (self->json);
}

static void
end_track (Writer *self)
{
  json_builder_end_array (self->json);
  end (self);
}

static void
add_tracks (Writer *self)
{
  begin_track (self, "Video");
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    guint64 half = montage_project_fade (self->plan, i);

    if (half > 0)
      add_crossfade (self, half);
    add_cut (self, i);
  }
  end_track (self);
  if (self->plan->music.uri == NULL)
    return;
  begin_track (self, "Audio");
  add_song (self);
  end_track (self);
}

static void
add_film_metadata (Writer *self)
{
  const GstMontagePlan *plan = self->plan;

  begin (self, "metadata", NULL);
  begin (self, METADATA, NULL);
  add_double (self, "width", plan->output.width);
  add_double (self, "height", plan->output.height);
  add_double (self, "rate", self->rate);
  add_string (self, "style", plan->instructions->style.name);
  add_string (self, "prompt", plan->instructions->origin.prompt);
  end (self);
  end (self);
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
  Writer self = {plan, options, json_builder_new (),
      (gdouble) plan->output.fps_n / plan->output.fps_d};
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gchar *text;

  begin (&self, NULL, "Timeline.1");
  add_film_metadata (&self);
  add_string (&self, "name", montage_project_title (options));
  add_time (&self, "global_start_time", 0, self.rate);
  begin (&self, "tracks", "Stack.1");
  add_empty (&self, "metadata", FALSE);
  add_string (&self, "name", "tracks");
  add_string (&self, "source_range", NULL);
  add_empty (&self, "effects", TRUE);
  add_section_markers (&self);
  add_enabled (&self);
  json_builder_set_member_name (self.json, "children");
  json_builder_begin_array (self.json);
  add_tracks (&self);
  json_builder_end_array (self.json);
  end (&self);
  end (&self);

  root = json_builder_get_root (self.json);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_object_unref (self.json);
  return text;
}
