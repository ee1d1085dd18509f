/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmformat.h"

#include <string.h>

#include "filmprofile.h"
#include "values.h"

/* The longer side of a preview, pixels: large enough to see a cut, and a tenth
 * of the work of 1920x1080. */
#define PREVIEW_SIDE 640

static const gchar *const qualities[] = {"preview", "standard", "high",
    "master"};

void
tool_format_options_clear (ToolFormatOptions *self)
{
  g_free (self->profile);
  g_free (self->quality);
  g_free (self->encoder);
}

static gboolean
read_quality (const gchar *text, ToolQuality *quality, GError **error)
{
  *quality = TOOL_QUALITY_STANDARD;
  for (guint i = 0; text != NULL && i < TOOL_N_QUALITIES; i++)
    if (g_ascii_strcasecmp (text, qualities[i]) == 0) {
      *quality = i;
      return TRUE;
    }
  return text == NULL
      || tool_usage_error (error,
          "--quality '%s' is not preview, standard, high or master.", text);
}

/* ---- our own profiles ---- */

/* The codecs of pictures that @container takes, "h264, h265 or av1". */
static gchar *
codec_names (const ToolContainer *container)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; container->video[i] != NULL; i++)
    g_string_append_printf (out, "%s%s",
        i == 0                                ? ""
            : container->video[i + 1] == NULL ? " or "
                                              : ", ",
        container->video[i]->name);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ".mov, .mkv": the films that can hold @name, or NULL. */
static gchar *
container_names (const gchar *name)
{
  const ToolContainer *const *all = tool_containers ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; all[i] != NULL; i++)
    for (guint k = 0; all[i]->video[k] != NULL; k++)
      if (g_ascii_strcasecmp (all[i]->video[k]->name, name) == 0)
        g_string_append_printf (out, "%s.%s", out->len > 0 ? ", " : "",
            all[i]->extension);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* Sets @codec to the container's own where @profile is NULL, and to NULL where
 * @profile is none of ours. */
static gboolean
find_codec (const ToolContainer *container, const gchar *profile,
    const ToolCodec **codec, GError **error)
{
  g_autofree gchar *elsewhere = NULL;
  g_autofree gchar *here = NULL;

  for (guint i = 0; container->video[i] != NULL; i++)
    if (profile == NULL
        || g_ascii_strcasecmp (profile, container->video[i]->name) == 0) {
      *codec = container->video[i];
      return TRUE;
    }
  *codec = NULL;
  elsewhere = container_names (profile);
  if (elsewhere == NULL)
    return TRUE;
  here = codec_names (container);
  return tool_usage_error (error,
      "A .%s film holds %s, not %s; choose one of them with --profile, or a "
      "name that ends in %s.",
      container->extension, here, profile, elsewhere);
}

static void
take_video (ToolFilmFormat *self, ToolEncoderChoice *choice)
{
  self->video = g_steal_pointer (&choice->encoder);
  self->video_options = g_steal_pointer (&choice->options);
}

static void
take_audio (ToolFilmFormat *self, ToolEncoderChoice *choice)
{
  self->audio = g_steal_pointer (&choice->encoder);
  self->audio_options = g_steal_pointer (&choice->options);
}

static gboolean
choose_audio (ToolFilmFormat *self, const ToolCodec *codec, GError **error)
{
  const ToolEncoderWish wish = {.codec = codec, .quality = self->quality};
  ToolEncoderChoice choice;

  if (!tool_encoder_choose (&choice, &wish, self->notes, error))
    return FALSE;
  take_audio (self, &choice);
  return TRUE;
}

static gboolean
choose_codec (ToolFilmFormat *self, const ToolCodec *codec,
    const gchar *element, GError **error)
{
  const ToolEncoderWish wish = {.codec = codec,
      .element = element,
      .quality = self->quality};
  ToolEncoderChoice choice;

  if (!tool_encoder_choose (&choice, &wish, self->notes, error))
    return FALSE;
  take_video (self, &choice);
  return choose_audio (self,
      codec->sound != NULL ? codec->sound : self->container->audio[0], error);
}

/* ---- profiles of GStreamer ---- */

/* Appends what @stream sets of the encoder. */
static void
add_properties (GstEncodingProfile *stream, const gchar *element,
    gchar **options)
{
  g_autofree gchar *own = tool_film_profile_options (stream, element);
  g_autofree gchar *base = *options;

  *options = g_strconcat (base, own, NULL);
}

static gchar *
coded_caps (GstEncodingProfile *stream)
{
  g_autoptr (GstCaps) format = gst_encoding_profile_get_format (stream);

  return gst_caps_to_string (format);
}

static void
take_size (ToolFilmFormat *self, GstEncodingProfile *stream)
{
  g_autoptr (GstCaps) caps = gst_encoding_profile_get_restriction (stream);
  const GstStructure *structure;
  gint width = 0, height = 0;

  if (caps == NULL || gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return;
  structure = gst_caps_get_structure (caps, 0);
  if (gst_structure_get_int (structure, "width", &width)
      && gst_structure_get_int (structure, "height", &height) && width >= 16
      && height >= 16) {
    self->output.width = width & ~1;
    self->output.height = height & ~1;
  }
  gst_structure_get_fraction (structure, "framerate", &self->output.fps_n,
      &self->output.fps_d);
}

static gboolean
choose_profile (ToolFilmFormat *self, const gchar *path,
    const ToolFormatOptions *options, GError **error)
{
  g_auto (ToolFilmProfile) profile = {0};
  ToolEncoderChoice choice;
  GstEncodingProfile *stream = NULL;

  if (!tool_film_profile_init (&profile, options->profile, self->container,
          path, error)
      || !tool_film_profile_choose (&profile, profile.video,
          self->container->video, options->encoder, self->quality, &choice,
          &stream, self->notes, error))
    return FALSE;
  take_video (self, &choice);
  add_properties (stream, self->video->element, &self->video_options);
  self->video_coded = coded_caps (stream);
  take_size (self, stream);
  if (profile.audio->len == 0)
    return choose_audio (self, self->container->audio[0], error);
  if (!tool_film_profile_choose (&profile, profile.audio,
          self->container->audio, NULL, self->quality, &choice, &stream,
          self->notes, error))
    return FALSE;
  take_audio (self, &choice);
  add_properties (stream, self->audio->element, &self->audio_options);
  self->audio_coded = coded_caps (stream);
  return TRUE;
}

gboolean
tool_film_format_init (ToolFilmFormat *self, const gchar *path,
    const ToolFormatOptions *options, GError **error)
{
  const ToolContainer *container = tool_container_for (path, error);
  const ToolCodec *codec;

  *self = (ToolFilmFormat){.container = container};
  if (container == NULL
      || !read_quality (options->quality, &self->quality, error)
      || !tool_element_check ("montagetimeline", NULL, error)
      || !tool_element_check (container->muxer, container->package, error)
      || !find_codec (container, options->profile, &codec, error))
    return FALSE;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return codec != NULL ? choose_codec (self, codec, options->encoder, error)
                       : choose_profile (self, path, options, error);
}

void
tool_film_format_clear (ToolFilmFormat *self)
{
  g_free (self->video);
  g_free (self->audio);
  g_free (self->video_options);
  g_free (self->audio_options);
  g_free (self->video_coded);
  g_free (self->audio_coded);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  *self = (ToolFilmFormat){0};
}

/* ---- what is rendered ---- */

/* Whether the encoder takes pictures of this size and rate. */
static gboolean
takes (const ToolFilmFormat *self, const GstMontageOutput *output)
{
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (self->video->element);
  g_autoptr (GstCaps) caps = gst_caps_from_string (self->video->raw);

  gst_caps_set_simple (caps, "width", G_TYPE_INT, (gint) output->width,
      "height", G_TYPE_INT, (gint) output->height, "framerate",
      GST_TYPE_FRACTION, output->fps_n, output->fps_d, NULL);
  return factory != NULL
      && gst_element_factory_can_sink_any_caps (factory, caps);
}

static guint
scaled (guint side, guint longer)
{
  return MAX (16, (side * PREVIEW_SIDE / longer + 1) & ~1u);
}

/* Encoders of few sizes (DNxHR) show a preview in the film's own. */
static void
shrink (const ToolFilmFormat *self, GstMontageOutput *output)
{
  guint longer = MAX (output->width, output->height);
  GstMontageOutput small = *output;

  if (longer <= PREVIEW_SIDE)
    return;
  small.width = scaled (output->width, longer);
  small.height = scaled (output->height, longer);
  if (takes (self, &small))
    *output = small;
}

void
tool_film_format_prefer (const ToolFilmFormat *self, GstMontageOutput *output)
{
  if (output->width == 0) {
    output->width = self->output.width;
    output->height = self->output.height;
  }
  if (output->fps_n == 0) {
    output->fps_n = self->output.fps_n;
    output->fps_d = self->output.fps_d;
  }
}

GstMontagePlan *
tool_film_format_plan (const ToolFilmFormat *self, const GstMontagePlan *plan,
    GError **error)
{
  g_autoptr (GstMontagePlan) own = gst_montage_plan_copy (plan);
  GstMontageOutput *output = &own->output;

  if (self->output.fps_n > 0
      && gst_util_fraction_compare (self->output.fps_n, self->output.fps_d,
             output->fps_n, output->fps_d)
          != 0) {
    tool_usage_error (error,
        "The profile asks for %d/%d frames per second, the plan has %d/%d; "
        "plan the film with --fps %d/%d.",
        self->output.fps_n, self->output.fps_d, output->fps_n, output->fps_d,
        self->output.fps_n, self->output.fps_d);
    return NULL;
  }
  if (self->output.width > 0) {
    output->width = self->output.width;
    output->height = self->output.height;
  }
  if (self->quality == TOOL_QUALITY_PREVIEW)
    shrink (self, output);
  if (takes (self, output))
    return g_steal_pointer (&own);
  tool_usage_error (error,
      "The encoder '%s' takes no pictures of %ux%u; choose another size, such "
      "as --size 1920x1080, or another --profile.",
      self->video->element, output->width, output->height);
  return NULL;
}

static gboolean
link_ghost (GstBin *bin, GstElement *element, const gchar *name)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  return gst_element_add_pad (GST_ELEMENT (bin), gst_ghost_pad_new (name, pad));
}

/* @encoder and behind it a filter of @coded, in one. */
static GstElement *
filtered (GstElement *encoder, const gchar *coded)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (coded);
  GstElement *bin = gst_bin_new (NULL);
  GstElement *filter = gst_element_factory_make ("capsfilter", NULL);

  g_object_set (filter, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (bin), encoder, filter, NULL);
  gst_element_link (encoder, filter);
  link_ghost (GST_BIN (bin), encoder, "sink");
  link_ghost (GST_BIN (bin), filter, "src");
  return bin;
}

static GstElement *
make_encoder (const ToolEncoder *encoder, const gchar *options,
    const gchar *coded, GError **error)
{
  GstElement *element = tool_element_make (encoder->element, options,
      encoder->package, error);

  return element == NULL || coded == NULL ? element : filtered (element, coded);
}

GstElement *
tool_film_format_video_encoder (const ToolFilmFormat *self, GError **error)
{
  return make_encoder (self->video, self->video_options, self->video_coded,
      error);
}

GstElement *
tool_film_format_audio_encoder (const ToolFilmFormat *self, GError **error)
{
  return make_encoder (self->audio, self->audio_options, self->audio_coded,
      error);
}
