/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* MLT XML (mltframework.org, "MLT XML"), which melt plays, and Kdenlive and
 * Shotcut open. Everything is counted in frames of the film, in sources too;
 * "in" and "out" are the first and the last frame. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "projectmedia.h"

/* Pictures have no length of their own: a day of frames at most. */
#define STILL_SECONDS 86400

typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageProjectOptions *options;
  GString *out;
} Writer;

static void
append_property (Writer *self, const gchar *name, const gchar *value)
{
  g_autofree gchar *line =
      g_markup_printf_escaped ("    <property name=\"%s\">%s</property>\n",
          name, value);

  g_string_append (self->out, line);
}

static void
append_number (Writer *self, const gchar *name, gdouble value)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  append_property (self, name,
      g_ascii_formatd (text, sizeof text, "%.10g", value));
}

/* ---- what is played ---- */

static const GstMontageCut *
get_cut (const Writer *self, guint index)
{
  return &g_array_index (self->plan->cuts, GstMontageCut, index);
}

static const GstMontageSource *
get_source (const Writer *self, guint index)
{
  return &g_array_index (self->plan->sources, GstMontageSource, index);
}

static guint64
source_frames (const Writer *self, guint index)
{
  const GstMontageSource *source = get_source (self, index);
  const GstMontageOutput *output = &self->plan->output;

  if (source->still)
    return gst_montage_output_frame_at (output, STILL_SECONDS * GST_SECOND);
  return MAX (gst_montage_output_frame_at (output, source->duration), 1);
}

/* Sound of clips is not in the film. */
static void
append_source (Writer *self, guint index)
{
  const GstMontageSource *source = get_source (self, index);
  g_autofree gchar *media = montage_project_media (source->uri, self->options);

  g_string_append_printf (self->out,
      "  <producer id=\"clip%u\" in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n",
      index, source_frames (self, index) - 1);
  append_property (self, "resource", media);
  append_property (self, "mlt_service",
      source->still ? "qimage" : "avformat-novalidate");
  append_number (self, "length", (gdouble) source_frames (self, index));
  if (!source->still)
    append_property (self, "audio_index", "-1");
  g_string_append (self->out, "  </producer>\n");
}

/* Slow motion is a producer of its own, which counts slowed frames. */
static void
append_slow_source (Writer *self, guint index)
{
  const GstMontageCut *cut = get_cut (self, index);
  const GstMontageSource *source = get_source (self, cut->source);
  g_autofree gchar *media = montage_project_media (source->uri, self->options);
  guint64 frames = (guint64) (source_frames (self, cut->source) / cut->speed);
  gchar speed[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree gchar *resource =
      g_strconcat (g_ascii_formatd (speed, sizeof speed, "%.10g", cut->speed),
          ":", media, NULL);

  g_string_append_printf (self->out,
      "  <producer id=\"slow%u\" in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n",
      index, frames - 1);
  append_property (self, "resource", resource);
  append_property (self, "mlt_service", "timewarp");
  append_property (self, "audio_index", "-1");
  g_string_append (self->out, "  </producer>\n");
}

static gboolean
is_slow (const Writer *self, guint index)
{
  const GstMontageCut *cut = get_cut (self, index);

  return cut->speed != 1.0 && !get_source (self, cut->source)->still;
}

/* Frames [first, first + n) of the cut, counted from its start. */
static void
append_use (Writer *self, const gchar *element, guint index, gint64 first,
    guint64 n)
{
  const GstMontageCut *cut = get_cut (self, index);
  gint64 in = (gint64) montage_project_in_frame (self->plan, index);

  if (get_source (self, cut->source)->still)
    in = 0;
  if (is_slow (self, index))
    in = (gint64) ((gdouble) in / cut->speed + 0.5);
  in = MAX (in + first, 0);
  g_string_append_printf (self->out,
      "    <%s producer=\"%s%u\" in=\"%" G_GINT64_FORMAT
      "\" out=\"%" G_GINT64_FORMAT "\"/>\n",
      element, is_slow (self, index) ? "slow" : "clip",
      is_slow (self, index) ? index : cut->source, in, in + (gint64) n - 1);
}

/* The crossfade into a cut, as an entry of its own. */
static void
append_crossfade (Writer *self, guint index, guint64 half)
{
  gint64 before = (gint64) montage_project_n_frames (self->plan, index - 1);
  guint64 n = 2 * half;

  g_string_append_printf (self->out,
      "  <tractor id=\"fade%u\" in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n",
      index, n - 1);
  append_use (self, "track", index - 1, before - (gint64) half, n);
  append_use (self, "track", index, -(gint64) half, n);
  g_string_append_printf (self->out,
      "    <transition in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n", n - 1);
  append_property (self, "a_track", "0");
  append_property (self, "b_track", "1");
  append_property (self, "mlt_service", "luma");
  g_string_append (self->out, "    </transition>\n  </tractor>\n");
}

static void
append_producers (Writer *self)
{
  for (guint i = 0; i < self->plan->sources->len; i++)
    if (get_source (self, i)->n_cuts > 0)
      append_source (self, i);
  for (guint i = 0; i < self->plan->cuts->len; i++)
    if (is_slow (self, i))
      append_slow_source (self, i);
  for (guint i = 1; i < self->plan->cuts->len; i++) {
    guint64 half = montage_project_fade (self->plan, i);

    if (half > 0)
      append_crossfade (self, i, half);
  }
}

/* ---- tracks ---- */

static void
append_video_track (Writer *self)
{
  g_string_append (self->out, "  <playlist id=\"video\">\n");
  for (guint i = 0; i < self->plan->cuts->len; i++) {
    guint64 half = montage_project_fade (self->plan, i);
    guint64 next = montage_project_fade (self->plan, i + 1);
    guint64 n = montage_project_n_frames (self->plan, i) - half - next;

    if (half > 0)
      g_string_append_printf (self->out,
          "    <entry producer=\"fade%u\" in=\"0\" out=\"%" G_GUINT64_FORMAT
          "\"/>\n",
          i, 2 * half - 1);
    if (n > 0)
      append_use (self, "entry", i, (gint64) half, n);
  }
  g_string_append (self->out, "  </playlist>\n");
}

static void
append_fade_out (Writer *self, guint64 first, guint64 n_frames)
{
  const GstMontageMusic *music = &self->plan->music;
  guint64 fade = gst_montage_output_frame_at (&self->plan->output,
      music->fade_out);
  guint64 last = first + n_frames - 1;

  if (fade == 0)
    return;
  g_string_append_printf (self->out,
      "    <filter in=\"%" G_GUINT64_FORMAT "\" out=\"%" G_GUINT64_FORMAT
      "\">\n",
      last - MIN (fade, n_frames - 1), last);
  append_property (self, "mlt_service", "volume");
  append_property (self, "gain", "1");
  append_property (self, "end", "0");
  g_string_append (self->out, "    </filter>\n");
}

/* The song and, before it, the track that plays it. */
static void
append_music (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  const GstMontageOutput *output = &self->plan->output;
  guint64 first = gst_montage_output_frame_at (output, music->start);
  guint64 n = gst_montage_plan_n_frames (self->plan);
  g_autofree gchar *media = montage_project_media (music->uri, self->options);

  g_string_append_printf (self->out,
      "  <producer id=\"song\" in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n",
      first + n - 1);
  append_property (self, "resource", media);
  append_property (self, "mlt_service", "avformat-novalidate");
  append_property (self, "video_index", "-1");
  append_fade_out (self, first, n);
  g_string_append_printf (self->out,
      "  </producer>\n  <playlist id=\"music\">\n"
      "    <entry producer=\"song\" in=\"%" G_GUINT64_FORMAT
      "\" out=\"%" G_GUINT64_FORMAT "\"/>\n  </playlist>\n",
      first, first + n - 1);
}

static void
append_profile (Writer *self)
{
  const GstMontageOutput *output = &self->plan->output;

  g_string_append_printf (self->out,
      "  <profile description=\"montage\" width=\"%u\" height=\"%u\" "
      "progressive=\"1\" sample_aspect_num=\"1\" sample_aspect_den=\"1\" "
      "display_aspect_num=\"%u\" display_aspect_den=\"%u\" "
      "frame_rate_num=\"%d\" frame_rate_den=\"%d\" colorspace=\"%u\"/>\n",
      output->width, output->height, output->width, output->height,
      output->fps_n, output->fps_d, output->height > 576 ? 709 : 601);
}

/**
 * gst_montage_plan_to_mlt:
 * @plan: a plan
 * @options: how it names things
 *
 * Zooms, grades and dips are left out; wipes are crossfades.
 *
 * Returns: (transfer full): the text of an .mlt file
 */
gchar *
gst_montage_plan_to_mlt (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options)
{
  Writer self = {plan, options, g_string_new (NULL)};
  g_autofree gchar *title = g_markup_escape_text (montage_project_title (
                                                      options),
      -1);
  guint64 last = gst_montage_plan_n_frames (plan) - 1;

  g_string_append_printf (self.out,
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<mlt LC_NUMERIC=\"C\" title=\"%s\" producer=\"film\">\n",
      title);
  append_profile (&self);
  append_producers (&self);
  append_video_track (&self);
  if (plan->music.uri != NULL)
    append_music (&self);
  g_string_append_printf (self.out,
      "  <tractor id=\"film\" in=\"0\" out=\"%" G_GUINT64_FORMAT "\">\n"
      "    <track producer=\"video\" hide=\"audio\"/>\n",
      last);
  if (plan->music.uri != NULL)
    g_string_append (self.out,
        "    <track producer=\"music\" hide=\"video\"/>\n");
  g_string_append (self.out, "  </tractor>\n</mlt>\n");
  return g_string_free (self.out, FALSE);
}
