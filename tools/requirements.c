/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "requirements.h"

#define BASE "gstreamer1.0-plugins-base"
#define GOOD "gstreamer1.0-plugins-good"
#define BAD "gstreamer1.0-plugins-bad"
#define UGLY "gstreamer1.0-plugins-ugly"
#define LIBAV "gstreamer1.0-libav"

static const ToolRequirement requirements[] = {
    {"beatdetect", NULL, TRUE, "finds the beats"},
    {"sceneselect", NULL, TRUE, "finds the shots"},
    {"montagedirector", NULL, TRUE, "reads the sentence"},
    {"cutplanner", NULL, TRUE, "plans in pipelines"},
    {"montagetimeline", NULL, TRUE, "plays plans"},
    {"montagesrc", NULL, TRUE, "the whole way as one element"},
    {"uridecodebin", BASE, TRUE, "opens files"},
    {"videoconvert", BASE, TRUE, "converts pictures"},
    {"videoscale", BASE, TRUE, "scales pictures"},
    {"videorate", BASE, TRUE, "frame rates"},
    {"compositor", BASE, TRUE, "crossfades"},
    {"audioconvert", BASE, TRUE, "converts sound"},
    {"audioresample", BASE, TRUE, "sample rates"},
    {"audiomixer", BASE, TRUE, "mixes sound"},
    {"vorbisdec", BASE, TRUE, "songs in .ogg"},
    {"opusdec", BASE, TRUE, "sound in .webm, .opus"},
    {"opusenc", BASE, FALSE, "sound of .webm films"},
    {"videoflip", GOOD, TRUE, "turns phone clips"},
    {"qtdemux", GOOD, TRUE, "clips in .mp4, .mov, .m4a"},
    {"matroskademux", GOOD, TRUE, "clips in .mkv, .webm"},
    {"mpegaudioparse", GOOD, TRUE, "songs in .mp3"},
    {"flacdec", GOOD, TRUE, "songs in .flac"},
    {"wavparse", GOOD, TRUE, "songs in .wav"},
    {"vp8dec", GOOD, TRUE, "VP8 clips"},
    {"vp9dec", GOOD, TRUE, "VP9 clips"},
    {"mp4mux", GOOD, TRUE, "writes .mp4"},
    {"qtmux", GOOD, FALSE, "writes .mov"},
    {"matroskamux", GOOD, FALSE, "writes .mkv"},
    {"webmmux", GOOD, FALSE, "writes .webm"},
    {"vp9enc", GOOD, FALSE, "pictures of .webm films"},
    {"vp8enc", GOOD, FALSE, "--profile vp8"},
    {"x265enc", BAD, FALSE, "--profile h265"},
    {"av1enc", BAD, FALSE, "--profile av1"},
    {"avenc_prores_ks", LIBAV, FALSE, "--profile prores"},
    {"avenc_dnxhd", LIBAV, FALSE, "--profile dnxhr"},
    {"mxfmux", BAD, FALSE, "writes .mxf"},
    {"jpegdec", GOOD, TRUE, "photos in .jpg"},
    {"pngdec", GOOD, TRUE, "photos in .png"},
    {"gdkpixbufdec", GOOD, FALSE, "photos in .tif, .bmp"},
    {"jpegparse", BAD, FALSE, "turns photos as they were taken"},
    {"webpdec", BAD, FALSE, "photos in .webp"},
    {"jpegenc", GOOD, FALSE, "smaller pictures with --picture"},
    {"h264parse", BAD, TRUE, "H.264 clips and films"},
    {"h265parse", BAD, TRUE, "H.265 clips"},
    {"aacparse", GOOD, TRUE, "AAC sound"},
    {"x264enc", UGLY, TRUE, "pictures of .mp4 films"},
    {"avdec_h264", LIBAV, TRUE, "H.264 clips"},
    {"avdec_h265", LIBAV, TRUE, "H.265 clips"},
    {"avdec_aac", LIBAV, TRUE, "AAC sound, songs in .m4a"},
    {"avenc_aac", LIBAV, TRUE, "sound of .mp4 films"},
    {"mpg123audiodec", GOOD, TRUE, "songs in .mp3"},
    {"nlecomposition", "libges-1.0-0", FALSE, "GES timelines"},
    {NULL},
};

static const gchar *const own_plugins[] = {"libgstbeatdetect.so",
    "libgstsceneselect.so", "libgstmontagedirector.so", "libgstcutplanner.so",
    "libgstmontagetimeline.so", "libgstmontagesrc.so", NULL};

const ToolRequirement *
tool_requirements (void)
{
  return requirements;
}

gboolean
tool_is_own_plugin (const gchar *file)
{
  return g_strv_contains (own_plugins, file);
}
