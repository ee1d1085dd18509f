/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "otiowriter.h"

#define NAMESPACE "gst-montage"

/* ---- JSON ---- */

static void
begin_member (MontageOtio *self, const gchar *key)
{
  if (key != NULL)
    json_builder_set_member_name (self->json, key);
}

void
montage_otio_begin (MontageOtio *self, const gchar *key, const gchar *schema)
{
  begin_member (self, key);
  json_builder_begin_object (self->json);
  if (schema != NULL)
    montage_otio_string (self, "OTIO_SCHEMA", schema);
}

void
montage_otio_end (MontageOtio *self)
{
  json_builder_end_object (self->json);
}

void
montage_otio_begin_list (MontageOtio *self, const gchar *key)
{
  begin_member (self, key);
  json_builder_begin_array (self->json);
}

void
montage_otio_end_list (MontageOtio *self)
{
  json_builder_end_array (self->json);
}

void
montage_otio_begin_metadata (MontageOtio *self)
{
  montage_otio_begin (self, "metadata", NULL);
  montage_otio_begin (self, NAMESPACE, NULL);
}

void
montage_otio_end_metadata (MontageOtio *self)
{
  montage_otio_end (self);
  montage_otio_end (self);
}

void
montage_otio_string (MontageOtio *self, const gchar *key, const gchar *value)
{
  begin_member (self, key);
  if (value != NULL)
    json_builder_add_string_value (self->json, value);
  else
    json_builder_add_null_value (self->json);
}

void
montage_otio_double (MontageOtio *self, const gchar *key, gdouble value)
{
  begin_member (self, key);
  json_builder_add_double_value (self->json, value);
}

void
montage_otio_int (MontageOtio *self, const gchar *key, gint64 value)
{
  begin_member (self, key);
  json_builder_add_int_value (self->json, value);
}

void
montage_otio_boolean (MontageOtio *self, const gchar *key, gboolean value)
{
  begin_member (self, key);
  json_builder_add_boolean_value (self->json, value);
}

void
montage_otio_empty_list (MontageOtio *self, const gchar *key)
{
  montage_otio_begin_list (self, key);
  montage_otio_end_list (self);
}

void
montage_otio_empty_object (MontageOtio *self, const gchar *key)
{
  montage_otio_begin (self, key, NULL);
  montage_otio_end (self);
}

/* ---- times ---- */

void
montage_otio_time (MontageOtio *self, const gchar *key, gint64 value,
    gdouble rate)
{
  montage_otio_begin (self, key, "RationalTime.1");
  montage_otio_double (self, "rate", rate);
  montage_otio_double (self, "value", value);
  montage_otio_end (self);
}

void
montage_otio_range (MontageOtio *self, const gchar *key, gint64 start,
    gint64 duration, gdouble rate)
{
  montage_otio_begin (self, key, "TimeRange.1");
  montage_otio_time (self, "duration", duration, rate);
  montage_otio_time (self, "start_time", start, rate);
  montage_otio_end (self);
}

/* ---- objects ---- */

void
montage_otio_marker (MontageOtio *self, const gchar *name, const gchar *color,
    gint64 start, gint64 duration)
{
  montage_otio_begin (self, NULL, "Marker.2");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", name);
  montage_otio_string (self, "color", color);
  montage_otio_range (self, "marked_range", start, duration, self->rate);
  montage_otio_end (self);
}

void
montage_otio_begin_track (MontageOtio *self, const gchar *kind)
{
  montage_otio_begin (self, NULL, "Track.1");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", kind);
  montage_otio_string (self, "source_range", NULL);
  montage_otio_empty_list (self, "effects");
  montage_otio_empty_list (self, "markers");
  montage_otio_boolean (self, "enabled", TRUE);
  montage_otio_string (self, "kind", kind);
  montage_otio_begin_list (self, "children");
}

void
montage_otio_end_track (MontageOtio *self)
{
  montage_otio_end_list (self);
  montage_otio_end (self);
}

void
montage_otio_gap (MontageOtio *self, gint64 duration)
{
  montage_otio_begin (self, NULL, "Gap.1");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", "");
  montage_otio_range (self, "source_range", 0, duration, self->rate);
  montage_otio_empty_list (self, "effects");
  montage_otio_empty_list (self, "markers");
  montage_otio_boolean (self, "enabled", TRUE);
  montage_otio_end (self);
}

void
montage_otio_transition (MontageOtio *self, const gchar *name,
    const gchar *type, gint64 before, gint64 behind)
{
  montage_otio_begin (self, NULL, "Transition.1");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", name);
  montage_otio_time (self, "in_offset", before, self->rate);
  montage_otio_time (self, "out_offset", behind, self->rate);
  montage_otio_string (self, "transition_type", type);
  montage_otio_end (self);
}

void
montage_otio_begin_effects (MontageOtio *self, gdouble speed)
{
  montage_otio_begin_list (self, "effects");
  if (speed == 1.0)
    return;
  montage_otio_begin (self, NULL, "LinearTimeWarp.1");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", "");
  montage_otio_string (self, "effect_name", "LinearTimeWarp");
  montage_otio_double (self, "time_scalar", speed);
  montage_otio_end (self);
}

void
montage_otio_media (MontageOtio *self, const gchar *name, const gchar *location,
    gint64 n_frames, gdouble rate)
{
  montage_otio_begin (self, "media_references", NULL);
  montage_otio_begin (self, "DEFAULT_MEDIA", "ExternalReference.1");
  montage_otio_empty_object (self, "metadata");
  montage_otio_string (self, "name", name);
  if (n_frames > 0)
    montage_otio_range (self, "available_range", 0, n_frames, rate);
  else
    montage_otio_string (self, "available_range", NULL);
  montage_otio_string (self, "available_image_bounds", NULL);
  montage_otio_string (self, "target_url", location);
  montage_otio_end (self);
  montage_otio_end (self);
  montage_otio_string (self, "active_media_reference_key", "DEFAULT_MEDIA");
}

/* ---- the whole ---- */

MontageOtio
montage_otio_new (gint fps_n, gint fps_d)
{
  MontageOtio self = {json_builder_new (), (gdouble) fps_n / fps_d};

  montage_otio_begin (&self, NULL, "Timeline.1");
  montage_otio_time (&self, "global_start_time", 0, self.rate);
  return self;
}

gchar *
montage_otio_finish (MontageOtio *self)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  montage_otio_end (self);
  root = json_builder_get_root (self->json);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  g_clear_object (&self->json);
  return json_generator_to_data (generator, NULL);
}
