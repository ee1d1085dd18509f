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
#define BASE "gstreamer1.0-plugins-base"
#define LIBAV "gstreamer1.0-libav"

#define I420 "video/x-raw,format=I420"
/* Encoders of sound are fed interleaved: what is trimmed is counted so. */
#define SOUND(format)                                                          \
  "audio/x-raw," format "rate=48000,channels=2,layout=interleaved"

/* pass=qual with quantizer is x264's CRF. It stays capped at 2048 kb/s by the
 * VBV unless that is off. The number of threads, of all encoders, is part of
 * what comes out, and parts of the film are encoded at the same time. With
 * mb-tree and B-frames x264 reads memory that it has not set: the same pictures
 * came out otherwise in each of five processes with MALLOC_PERTURB_. */
static const ToolEncoder x264 = {
    .element = "x264enc",
    .options = "pass=qual vbv-buf-capacity=0 key-int-max=250 threads=2 "
               "mb-tree=false",
    .quality = {"speed-preset=ultrafast quantizer=26",
        "speed-preset=veryfast quantizer=20",
        "speed-preset=medium quantizer=17", "speed-preset=medium quantizer=10"},
    .raw = I420,
    .parser = "h264parse",
    .parser_package = BAD,
    .package = "gstreamer1.0-plugins-ugly",
};
static const ToolEncoder openh264 = {
    .element = "openh264enc",
    .options = "rate-control=quality gop-size=250 multi-thread=1",
    .quality = {"complexity=low bitrate=2000000 max-bitrate=4000000",
        "complexity=medium bitrate=12000000 max-bitrate=24000000",
        "complexity=high bitrate=24000000 max-bitrate=48000000",
        "complexity=high bitrate=60000000 max-bitrate=120000000"},
    .raw = I420,
    .parser = "h264parse",
    .parser_package = BAD,
    .package = BAD,
};
/* Its bit rate gives way to the CRF. The number of threads is fixed, as it is
 * part of what comes out. */
#define X265_OPTIONS "frame-threads=2:log-level=none"
static const ToolEncoder x265 = {
    .element = "x265enc",
    .options = "key-int-max=250",
    .quality = {"speed-preset=ultrafast option-string=crf=28:" X265_OPTIONS,
        "speed-preset=superfast option-string=crf=22:" X265_OPTIONS,
        "speed-preset=medium option-string=crf=18:" X265_OPTIONS,
        "speed-preset=medium option-string=crf=11:" X265_OPTIONS},
    .raw = I420,
    .parser = "h265parse",
    .parser_package = BAD,
    .package = BAD,
};
/* Without lag-in-frames vp9enc loses some pictures of 25/2 or 24000/1001 frames
 * per second: 6 of 91 measured. */
static const ToolEncoder vp9 = {
    .element = "vp9enc",
    .options = "end-usage=cq deadline=1 lag-in-frames=16 row-mt=true threads=2 "
               "tile-columns=2 keyframe-max-dist=250",
    .quality = {"cpu-used=8 cq-level=40 target-bitrate=2000000",
        "cpu-used=5 cq-level=30 target-bitrate=20000000",
        "cpu-used=4 cq-level=20 target-bitrate=40000000",
        "cpu-used=4 cq-level=8 target-bitrate=120000000"},
    .raw = I420,
    .package = GOOD,
};
static const ToolEncoder vp8 = {
    .element = "vp8enc",
    .options = "end-usage=cq deadline=1 lag-in-frames=16 threads=2 "
               "keyframe-max-dist=250",
    .quality = {"cpu-used=8 cq-level=30 target-bitrate=2000000",
        "cpu-used=5 cq-level=16 target-bitrate=12000000",
        "cpu-used=4 cq-level=8 target-bitrate=40000000",
        "cpu-used=4 cq-level=4 min-quantizer=0 target-bitrate=120000000"},
    .raw = I420,
    .package = GOOD,
};
/* av1enc of GStreamer 1.22 has no CQ level; equal quantizers are the same. */
static const ToolEncoder av1 = {
    .element = "av1enc",
    .options = "usage-profile=realtime threads=2 row-mt=true target-bitrate="
               "100000 keyframe-max-dist=250",
    .quality = {"cpu-used=10 min-quantizer=46 max-quantizer=46",
        "cpu-used=8 min-quantizer=32 max-quantizer=32",
        "cpu-used=7 min-quantizer=22 max-quantizer=22",
        "cpu-used=7 min-quantizer=8 max-quantizer=8"},
    .raw = I420,
    .parser = "av1parse",
    .parser_package = BAD,
    .package = BAD,
};
/* Intermediates: each picture stands alone, 4:2:2. */
static const ToolEncoder prores = {
    .element = "avenc_prores_ks",
    .options = "",
    .quality = {"profile=proxy", "profile=standard", "profile=hq",
        "profile=hq bits-per-mb=8000"},
    .raw = "video/x-raw,format=I422_10LE",
    .package = LIBAV,
};
static const ToolEncoder dnxhr = {
    .element = "avenc_dnxhd",
    .options = "",
    .quality = {"profile=dnxhr_lb", "profile=dnxhr_sq", "profile=dnxhr_hq",
        "profile=dnxhr_hq"},
    .raw = "video/x-raw,format=Y42B",
    .package = LIBAV,
};

/* Priming measured with flashes and beeps (docs/command-line.md). */
static const ToolEncoder avenc_aac = {
    .element = "avenc_aac",
    .options = "",
    .quality = {"bitrate=96000", "bitrate=192000", "bitrate=256000",
        "bitrate=320000"},
    .raw = SOUND (""),
    .parser = "aacparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .priming = 1024,
    .packet = 1024,
    .package = LIBAV,
};
static const ToolEncoder voaac = {
    .element = "voaacenc",
    .options = "",
    .quality = {"bitrate=96000", "bitrate=192000", "bitrate=256000",
        "bitrate=320000"},
    .raw = SOUND (""),
    .parser = "aacparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .priming = 1600,
    .packet = 1024,
    .tail = 2048,
    .package = BAD,
};
/* Opus carries its priming in its header, and players take it off; not in .mp4,
 * where GStreamer's muxer does not write what they need for it. */
static const ToolEncoder opus = {
    .element = "opusenc",
    .options = "",
    .quality = {"bitrate=96000", "bitrate=160000", "bitrate=224000",
        "bitrate=320000"},
    .raw = SOUND (""),
    .rate = SOUND_RATE,
    .package = BASE,
};
static const ToolEncoder vorbis = {
    .element = "vorbisenc",
    .options = "",
    .quality = {"quality=0.2", "quality=0.5", "quality=0.7", "quality=0.9"},
    .raw = SOUND (""),
    .rate = SOUND_RATE,
    .package = BASE,
};
static const ToolEncoder flac = {
    .element = "flacenc",
    .options = "",
    .raw = SOUND (""),
    .parser = "flacparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .package = GOOD,
};
/* 1105 samples are less than a packet, so all are taken off the sound. */
static const ToolEncoder mp3 = {
    .element = "lamemp3enc",
    .options = "target=bitrate cbr=true",
    .quality = {"bitrate=96", "bitrate=192", "bitrate=256", "bitrate=320"},
    .raw = SOUND (""),
    .parser = "mpegaudioparse",
    .parser_package = GOOD,
    .rate = SOUND_RATE,
    .priming = 1105,
    .packet = 1152,
    .package = GOOD,
};
/* Muxers take it as it is. */
static const ToolEncoder pcm = {
    .element = "identity",
    .options = "",
    .raw = SOUND ("format=S24LE,"),
    .rate = SOUND_RATE,
    .package = "libgstreamer1.0-0",
};

static const ToolCodec codec_aac = {"aac", "audio/mpeg,mpegversion=4",
    {&avenc_aac, &voaac}};
static const ToolCodec codec_opus = {"opus", "audio/x-opus", {&opus}};
static const ToolCodec codec_vorbis = {"vorbis", "audio/x-vorbis", {&vorbis}};
static const ToolCodec codec_flac = {"flac", "audio/x-flac", {&flac}};
static const ToolCodec codec_mp3 = {"mp3", "audio/mpeg,mpegversion=1,layer=3",
    {&mp3}};
static const ToolCodec codec_pcm = {"pcm", "audio/x-raw", {&pcm}};

static const ToolCodec codec_h264 = {"h264", "video/x-h264",
    {&x264, &openh264}};
static const ToolCodec codec_h265 = {"h265", "video/x-h265", {&x265}};
static const ToolCodec codec_vp9 = {"vp9", "video/x-vp9", {&vp9}};
static const ToolCodec codec_vp8 = {"vp8", "video/x-vp8", {&vp8}};
static const ToolCodec codec_av1 = {"av1", "video/x-av1", {&av1}};
static const ToolCodec codec_prores = {"prores", "video/x-prores", {&prores},
    &codec_pcm};
static const ToolCodec codec_dnxhr = {"dnxhr", "video/x-dnxhd", {&dnxhr},
    &codec_pcm};

static const ToolContainer mp4 = {
    .extension = "mp4",
    .caps = "video/quicktime",
    .muxer = "mp4mux",
    .muxer_options = "faststart=true",
    .package = GOOD,
    .scratch = "faststart-file",
    .video = {&codec_h264, &codec_h265, &codec_av1},
    .audio = {&codec_aac, &codec_mp3},
};
static const ToolContainer mov = {
    .extension = "mov",
    .caps = "video/quicktime",
    .muxer = "qtmux",
    .muxer_options = "faststart=true",
    .package = GOOD,
    .scratch = "faststart-file",
    .video = {&codec_h264, &codec_h265, &codec_prores},
    .audio = {&codec_aac, &codec_pcm, &codec_mp3},
};
static const ToolContainer mkv = {
    .extension = "mkv",
    .caps = "video/x-matroska",
    .muxer = "matroskamux",
    .muxer_options = "",
    .package = GOOD,
    .video = {&codec_h264, &codec_h265, &codec_vp9, &codec_vp8, &codec_av1},
    .audio = {&codec_aac, &codec_opus, &codec_vorbis, &codec_flac, &codec_mp3,
        &codec_pcm},
};
static const ToolContainer webm = {
    .extension = "webm",
    .caps = "video/webm",
    .muxer = "webmmux",
    .muxer_options = "",
    .package = GOOD,
    .video = {&codec_vp9, &codec_vp8, &codec_av1},
    .audio = {&codec_opus, &codec_vorbis},
};
static const ToolContainer mxf = {
    .extension = "mxf",
    .caps = "application/mxf",
    .muxer = "mxfmux",
    .muxer_options = "",
    .package = BAD,
    .video = {&codec_dnxhr},
    .audio = {&codec_pcm},
};

static const ToolContainer *const containers[] = {&mp4, &mov, &mkv, &webm, &mxf,
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
      ".mov, .mkv, .webm or .mxf.",
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
