/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "encoders.h"

#include <gst/montage/error.h>
#include <string.h>

#include "values.h"

#define SOUND_RATE 48000

#define GOOD "gstreamer1.0-plugins-good"
#define BAD "gstreamer1.0-plugins-bad"

/* pass=qual with quantizer is x264's CRF. It stays capped at 2048 kb/s by the
 * VBV unless that is off. */
static const ToolEncoder x264 = {
    .element = "x264enc",
    .options = "speed-preset=veryfast pass=qual quantizer=20 "
               "vbv-buf-capacity=0 key-int-max=250",
    .parser = "h264parse",
    .parser_package = BAD,
    .package = "gstreamer1.0-plugins-ugly",
};
static const ToolEncoder openh264 = {
    .element = "openh264enc",
    .options = "rate-control=quality complexity=medium bitrate=12000000 "
               "max-bitrate=24000000 gop-size=250",
    .parser = "h264parse",
    .parser_package = BAD,
    .package = BAD,
};
/* Without lag-in-frames vp9enc loses some pictures of 25/2 or 24000/1001 frames
 * per second: 6 of 91 measured. */
static const ToolEncoder vp9 = {
    .element = "vp9enc",
    .options =
        "end-usage=cq cq-level=30 target-bitrate=20000000 deadline=1 "
        "cpu-used=5 lag-in-frames=16 row-mt=true threads=8 tile-columns=2 "
        "keyframe-max-dist=250",
    .package = GOOD,
};
static const ToolEncoder vp8 = {
    .element = "vp8enc",
    .options = "end-usage=cq cq-level=16 target-bitrate=12000000 deadline=1 "
               "cpu-used=5 lag-in-frames=16 threads=8 keyframe-max-dist=250",
    .package = GOOD,
};

/* Priming measured with flashes and beeps (docs/command-line.md). */
static const ToolEncoder avenc_aac = {
    .element = "avenc_aac",
    .options = "bitrate=192000",
    .parser = "aacparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .priming = 1024,
    .packet = 1024,
    .package = "gstreamer1.0-libav",
};
static const ToolEncoder voaac = {
    .element = "voaacenc",
    .options = "bitrate=192000",
    .parser = "aacparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .priming = 1600,
    .packet = 1024,
    .tail = 2048,
    .package = BAD,
};
/* Opus carries its priming in its header, and players take it off. */
static const ToolEncoder opus = {
    .element = "opusenc",
    .options = "bitrate=160000",
    .rate = SOUND_RATE,
    .package = "gstreamer1.0-plugins-base",
};

static const ToolContainer mp4 = {
    .extension = "mp4",
    .muxer = "mp4mux",
    .muxer_options = "faststart=true",
    .package = GOOD,
    .scratch = "faststart-file",
    .video = {&x264, &openh264},
    .audio = {&avenc_aac, &voaac},
};
static const ToolContainer mov = {
    .extension = "mov",
    .muxer = "qtmux",
    .muxer_options = "faststart=true",
    .package = GOOD,
    .scratch = "faststart-file",
    .video = {&x264, &openh264},
    .audio = {&avenc_aac, &voaac},
};
static const ToolContainer mkv = {
    .extension = "mkv",
    .muxer = "matroskamux",
    .muxer_options = "",
    .package = GOOD,
    .video = {&x264, &openh264},
    .audio = {&avenc_aac, &voaac},
};
static const ToolContainer webm = {
    .extension = "webm",
    .muxer = "webmmux",
    .muxer_options = "",
    .package = GOOD,
    .video = {&vp9, &vp8},
    .audio = {&opus},
};

static const ToolContainer *const containers[] = {&mp4, &mov, &mkv, &webm,
    NULL};

const ToolContainer *const *
tool_containers (void)
{
  return containers;
}

const ToolContainer *
tool_container_for (const gchar *path, GError **error)
{
  g_autofree gchar *name = g_path_get_basename (path);
  const gchar *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && containers[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot + 1, containers[i]->extension) == 0)
      return containers[i];
  tool_usage_error (error,
      "'%s' does not say what kind of film it is; let the name end in .mp4, "
      ".mov, .mkv or .webm.",
      path);
  return NULL;
}

gboolean
tool_element_check (const gchar *factory, const gchar *package, GError **error)
{
  g_autoptr (GstElementFactory) found = gst_element_factory_find (factory);

  if (found != NULL)
    return TRUE;
  if (package == NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The element '%s' of gst-montage is not found; gst-montage-1.0 doctor "
        "says why.",
        factory);
  else
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The GStreamer element '%s' is missing; install it with: apt install "
        "%s",
        factory, package);
  return FALSE;
}

const ToolEncoder *
tool_encoder_pick (const ToolEncoder *const *encoders, GError **error)
{
  for (guint i = 0; encoders[i] != NULL; i++)
    if (tool_element_check (encoders[i]->element, encoders[i]->package, NULL))
      return encoders[i];
  tool_element_check (encoders[0]->element, encoders[0]->package, error);
  return NULL;
}

GstElement *
tool_element_make (const gchar *factory, const gchar *options,
    const gchar *package, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (options, " ", -1);
  GstElement *element;

  if (!tool_element_check (factory, package, error))
    return NULL;
  element = gst_element_factory_make (factory, NULL);
  if (element == NULL) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The GStreamer element '%s' does not load; gst-montage-1.0 doctor says "
        "why.",
        factory);
    return NULL;
  }
  for (guint i = 0; pairs[i] != NULL; i++) {
    gchar *value = strchr (pairs[i], '=');

    if (value == NULL)
      continue;
    *value++ = '\0';
    gst_util_set_object_arg (G_OBJECT (element), pairs[i], value);
  }
  return element;
}
