/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/error.h>
#include <gst/pbutils/pbutils.h>

#include "mediaerror.h"
#include "mediafiles.h"

#define BASE "gstreamer1.0-plugins-base"
#define GOOD "gstreamer1.0-plugins-good"
#define BAD "gstreamer1.0-plugins-bad"
#define UGLY "gstreamer1.0-plugins-ugly"
#define LIBAV "gstreamer1.0-libav"

/* Where Debian 12 has the demuxer or decoder of a format; what is not in here
 * is decoded by libav, if at all. */
static const struct
{
  const gchar *media_type;
  const gchar *package;
} packages[] = {
    {"application/ogg", BASE},
    {"audio/x-vorbis", BASE},
    {"audio/x-opus", BASE},
    {"video/x-theora", BASE},
    {"video/quicktime", GOOD},
    {"audio/x-m4a", GOOD},
    {"application/x-3gp", GOOD},
    {"video/x-matroska", GOOD},
    {"audio/x-matroska", GOOD},
    {"video/webm", GOOD},
    {"audio/webm", GOOD},
    {"video/x-msvideo", GOOD},
    {"video/x-flv", GOOD},
    {"video/x-dv", GOOD},
    {"video/x-vp8", GOOD},
    {"video/x-vp9", GOOD},
    {"audio/x-wav", GOOD},
    {"audio/x-flac", GOOD},
    {"audio/x-speex", GOOD},
    {"application/x-id3", GOOD},
    {"image/jpeg", GOOD},
    {"image/png", GOOD},
    {"video/mpegts", BAD},
    {"video/mpeg-sys", BAD},
    {"application/mxf", BAD},
    {"video/x-av1", BAD},
    {"image/webp", BAD},
    {"video/x-ms-asf", UGLY},
    {"application/vnd.rn-realmedia", UGLY},
};

const gchar *
montage_media_package (const GstCaps *caps)
{
  const GstStructure *structure;

  if (!caps || gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return LIBAV;
  structure = gst_caps_get_structure (caps, 0);
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (gst_structure_has_name (structure, packages[i].media_type))
      return packages[i].package;
  /* MP3 is decoded by mpg123, AAC (version 2 and 4) by libav. */
  if (gst_structure_has_name (structure, "audio/mpeg")) {
    gint version = 1;

    gst_structure_get_int (structure, "mpegversion", &version);
    return version == 1 ? GOOD : LIBAV;
  }
  return LIBAV;
}

/* A parser takes the caps of a decoder as well; vp8alphadecodebin and the like
 * need the decoder that is looked for. */
static gboolean
decodes_alone (GstElementFactory *factory)
{
  return !gst_element_factory_list_is_type (factory,
             GST_ELEMENT_FACTORY_TYPE_PARSER)
      && !g_str_has_suffix (GST_OBJECT_NAME (factory), "alphadecodebin");
}

/* decodebin also calls a decoder missing that is there but could not be fed,
 * as with a file that ends early. */
static gboolean
has_decoder (const GstCaps *caps)
{
  GList *all =
      gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODABLE,
          GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK,
      FALSE);
  gboolean has = FALSE;

  for (GList *item = fitting; item && !has; item = item->next)
    has = decodes_alone (item->data);
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (all);
  return has;
}

GError *
montage_media_error_new_missing (const gchar *uri, GstMessage *message)
{
  g_autofree gchar *name = montage_media_name (uri);
  g_autofree gchar *what = gst_missing_plugin_message_get_description (message);
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *detail = gst_structure_get_value (structure, "detail");
  const GstCaps *caps = detail && GST_VALUE_HOLDS_CAPS (detail)
      ? gst_value_get_caps (detail)
      : NULL;

  if (caps && has_decoder (caps))
    return NULL;
  return g_error_new (GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "'%s' needs the plugin \"%s\", which is missing: install the package %s.",
      name, what ? what : "unknown", montage_media_package (caps));
}

/* GStreamer's sentences end with a full stop or not. */
static gchar *
without_stop (const gchar *sentence)
{
  gchar *text = g_strstrip (g_strdup (sentence));
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '.')
    text[length - 1] = '\0';
  return text;
}

static gboolean
is_unknown_media (const GError *reason)
{
  return g_error_matches (reason, GST_STREAM_ERROR,
             GST_STREAM_ERROR_TYPE_NOT_FOUND)
      || g_error_matches (reason, GST_STREAM_ERROR,
          GST_STREAM_ERROR_WRONG_TYPE);
}

static gboolean
is_unreadable (const GError *reason)
{
  return g_error_matches (reason, GST_RESOURCE_ERROR,
             GST_RESOURCE_ERROR_OPEN_READ)
      || g_error_matches (reason, GST_RESOURCE_ERROR,
          GST_RESOURCE_ERROR_NOT_AUTHORIZED)
      || g_error_matches (reason, GST_RESOURCE_ERROR,
          GST_RESOURCE_ERROR_NOT_FOUND);
}

GError *
montage_media_error_new_damaged (const gchar *uri)
{
  g_autofree gchar *name = montage_media_name (uri);

  return g_error_new (GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' is damaged, incomplete or of an unknown form: copy it again, convert "
      "it or leave it out.",
      name);
}

GError *
montage_media_error_new (const gchar *uri, GstMessage *message)
{
  g_autofree gchar *name = montage_media_name (uri);
  g_autofree gchar *text = NULL;
  g_autoptr (GError) reason = NULL;

  gst_message_parse_error (message, &reason, NULL);
  text = without_stop (reason->message);
  if (is_unknown_media (reason))
    return g_error_new (GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' is not a media file: leave it out or name another file.", name);
  if (is_unreadable (reason))
    return g_error_new (GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "'%s' cannot be read (%s): check the file and its permissions.", name,
        text);
  /* Without the demuxer's reason: which of several is told first, or lost, is
   * a matter of timing, and this sentence comes into plans. */
  GST_INFO ("%s: %s", uri, text);
  return montage_media_error_new_damaged (uri);
}
