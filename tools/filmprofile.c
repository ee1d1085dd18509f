/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmprofile.h"

#include <gst/montage/error.h>
#include <string.h>

#include "values.h"

/* ---- what the text means ---- */

/* The profile of @target with pictures, "default" where there are several. */
static GstEncodingProfile *
profile_of (GstEncodingTarget *target, const gchar *name)
{
  const GList *all = gst_encoding_target_get_profiles (target);

  for (const GList *item = all; item != NULL; item = item->next)
    if (g_strcmp0 (gst_encoding_profile_get_name (item->data), name) == 0)
      return gst_object_ref (item->data);
  return all != NULL && g_str_equal (name, "default")
      ? gst_object_ref (all->data)
      : NULL;
}

static GstEncodingProfile *
load_target (const gchar *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  g_autoptr (GstEncodingTarget) target = NULL;

  if (g_str_has_suffix (text, ".gep")) {
    target = gst_encoding_target_load_from_file (text, error);
    return target != NULL ? profile_of (target, "default") : NULL;
  }
  target = gst_encoding_target_load (parts[0], NULL, NULL);
  if (target == NULL)
    return NULL;
  return profile_of (target, parts[1] != NULL ? parts[1] : "default");
}

static GstEncodingProfile *
load_profile (const gchar *text, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (strchr (text, ':') == NULL || g_str_has_suffix (text, ".gep"))
    return load_target (text, error);
  g_value_init (&value, GST_TYPE_ENCODING_PROFILE);
  return gst_value_deserialize (&value, text) ? g_value_dup_object (&value)
                                              : NULL;
}

static void
refuse (const gchar *text, const GError *cause, GError **error)
{
  if (cause != NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The profile '%s' cannot be read: %s", text, cause->message);
  else
    tool_usage_error (error,
        "--profile '%s' is no profile; it is h264, h265, vp9, vp8, av1, prores "
        "or dnxhr, the name of an encoding target such as youtube, a .gep file "
        "or a description such as 'video/webm:video/x-vp8:audio/x-vorbis'.",
        text);
}

/* ---- the container ---- */

static gboolean
is_container (const ToolContainer *container, const GstCaps *format)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (container->caps);

  return gst_caps_can_intersect (caps, format);
}

static gboolean
check_container (const ToolContainer *container, GstEncodingProfile *profile,
    const gchar *text, const gchar *path, GError **error)
{
  g_autoptr (GstCaps) format = gst_encoding_profile_get_format (profile);
  const ToolContainer *const *all = tool_containers ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree gchar *wanted = gst_caps_to_string (format);

  if (is_container (container, format))
    return TRUE;
  for (guint i = 0; all[i] != NULL; i++)
    if (is_container (all[i], format))
      g_string_append_printf (names, "%s.%s", names->len > 0 ? " or " : "",
          all[i]->extension);
  if (names->len > 0)
    return tool_usage_error (error,
        "The profile '%s' is for %s; let the name '%s' end so.", text,
        names->str, path);
  return tool_usage_error (error,
      "The profile '%s' is for %s; films are .mp4, .mov, .mkv, .webm or .mxf.",
      text, wanted);
}

gboolean
tool_film_profile_init (ToolFilmProfile *self, const gchar *text,
    const ToolContainer *container, const gchar *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const GList *streams;

  *self = (ToolFilmProfile){.container = container};
  self->profile = load_profile (text, &cause);
  if (self->profile == NULL) {
    refuse (text, cause, error);
    return FALSE;
  }
  self->video = g_ptr_array_new ();
  self->audio = g_ptr_array_new ();
  if (!GST_IS_ENCODING_CONTAINER_PROFILE (self->profile))
    return tool_usage_error (error, "The profile '%s' names no container.",
        text);
  if (!check_container (container, self->profile, text, path, error))
    return FALSE;
  streams = gst_encoding_container_profile_get_profiles (
      GST_ENCODING_CONTAINER_PROFILE (self->profile));
  for (; streams != NULL; streams = streams->next)
    if (GST_IS_ENCODING_VIDEO_PROFILE (streams->data))
      g_ptr_array_add (self->video, streams->data);
    else if (GST_IS_ENCODING_AUDIO_PROFILE (streams->data))
      g_ptr_array_add (self->audio, streams->data);
  return self->video->len > 0
      || tool_usage_error (error, "The profile '%s' has no pictures.", text);
}

void
tool_film_profile_clear (ToolFilmProfile *self)
{
  g_clear_object (&self->profile);
  g_clear_pointer (&self->video, g_ptr_array_unref);
  g_clear_pointer (&self->audio, g_ptr_array_unref);
}

/* ---- the encoders ---- */

static const ToolCodec *
codec_of (const ToolCodec *const *codecs, const GstCaps *format)
{
  for (guint i = 0; codecs[i] != NULL; i++) {
    g_autoptr (GstCaps) caps = gst_caps_from_string (codecs[i]->caps);

    if (gst_caps_can_intersect (caps, format))
      return codecs[i];
  }
  return NULL;
}

/* A format may list several codecs, of which the first is preferred. */
static gboolean
choose_format (GstEncodingProfile *stream, const ToolCodec *const *codecs,
    const GstCaps *format, ToolEncoderWish *wish, ToolEncoderChoice *choice,
    GPtrArray *notes, GError **error)
{
  g_autofree gchar *text = gst_caps_to_string (format);
  g_autoptr (GstCaps)
      restriction = gst_encoding_profile_get_restriction (stream);

  wish->codec = codec_of (codecs, format);
  if (wish->codec == NULL) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The profile asks for %s, which these films cannot hold.", text);
    return FALSE;
  }
  wish->coded = (GstCaps *) format;
  wish->restriction = restriction;
  wish->preset = (gchar *) gst_encoding_profile_get_preset (stream);
  return tool_encoder_choose (choice, wish, notes, error);
}

gboolean
tool_film_profile_choose (const ToolFilmProfile *self, const GPtrArray *streams,
    const ToolCodec *const *codecs, const gchar *element, ToolQuality quality,
    ToolEncoderChoice *choice, GstEncodingProfile **chosen, GPtrArray *notes,
    GError **error)
{
  for (guint i = 0; i < streams->len; i++) {
    GstEncodingProfile *stream = g_ptr_array_index (streams, i);
    g_autoptr (GstCaps) formats = gst_encoding_profile_get_format (stream);

    for (guint k = 0; k < gst_caps_get_size (formats); k++) {
      g_autoptr (GstCaps) format = gst_caps_copy_nth (formats, k);
      ToolEncoderWish wish = {.element = element, .quality = quality};

      *chosen = stream;
      /* The error is that of the first. */
      if (choose_format (stream, codecs, format, &wish, choice, notes,
              error != NULL && *error == NULL ? error : NULL)) {
        g_clear_error (error);
        return TRUE;
      }
    }
  }
  return FALSE;
}

/* ---- properties ---- */

static gboolean
append_option (GQuark field, const GValue *value, gpointer out)
{
  g_autofree gchar *text = G_VALUE_HOLDS_STRING (value)
      ? g_value_dup_string (value)
      : gst_value_serialize (value);

  /* A value with a space is of no property that encoders have. */
  if (text != NULL && strchr (text, ' ') == NULL)
    g_string_append_printf (out, " %s=%s", g_quark_to_string (field), text);
  return TRUE;
}

/* Properties for one element, or a map of element names and properties. */
gchar *
tool_film_profile_options (GstEncodingProfile *stream, const gchar *element)
{
  g_autoptr (GstStructure)
      properties = gst_encoding_profile_get_element_properties (stream);
  g_autoptr (GString) out = g_string_new (NULL);
  const GValue *map;

  if (properties == NULL)
    return g_strdup ("");
  if (!gst_structure_has_name (properties, "element-properties-map")) {
    gst_structure_foreach (properties, append_option, out);
    return g_string_free (g_steal_pointer (&out), FALSE);
  }
  map = gst_structure_get_value (properties, "map");
  for (guint i = 0; map != NULL && GST_VALUE_HOLDS_LIST (map)
       && i < gst_value_list_get_size (map);
       i++) {
    const GstStructure *one = gst_value_get_structure (
        gst_value_list_get_value (map, i));

    if (gst_structure_has_name (one, element))
      gst_structure_foreach (one, append_option, out);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
