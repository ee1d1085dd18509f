/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Final Cut Pro XML, version 1.9 (developer.apple.com, "FCPXML Reference"),
 * which DaVinci Resolve reads too. Times are rationals that are whole multiples
 * of a frame; media are file:// URIs. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "projectmedia.h"

typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageProjectOptions *options;
  GString *out;
} Writer;

static void
append (Writer *self, const gchar *format, ...) G_GNUC_PRINTF (2, 3);

/* Every string is escaped. */
static void
append (Writer *self, const gchar *format, ...)
{
  g_autofree gchar *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (self->out, text);
}

/* @frames of a rate, "1001/30000s". */
static gchar *
time_text (guint64 frames, gint fps_n, gint fps_d)
{
  guint64 n = frames * (guint64) fps_d;

  if (n % (guint64) fps_n == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT "s", n / (guint64) fps_n);
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%ds", n, fps_n);
}

static gchar *
film_time (const Writer *self, guint64 frames)
{
  return time_text (frames, self->plan->output.fps_n, self->plan->output.fps_d);
}

static const GstMontageCut *
get_cut (const Writer *self, guint index)
{
  return &g_array_index (self->plan->cuts, GstMontageCut, index);
}

/* ---- resources ---- */

/* Formats: 1 is the film's, 2 + i that of source i. Assets: 1 is the song. */
static void
append_film_format (Writer *self)
{
  const GstMontageOutput *output = &self->plan->output;
  g_autofree gchar *frame = film_time (self, 1);

  append (self,
      "    <format id=\"f1\" frameDuration=\"%s\" width=\"%u\" height=\"%u\" "
      "colorSpace=\"1-1-1 (Rec. 709)\"/>\n",
      frame, output->width, output->height);
}

static void
append_source (Writer *self, guint index)
{
  const GstMontageSource *source = &g_array_index (self->plan->sources,
      GstMontageSource, index);
  g_autofree gchar *name = montage_project_name (source->uri);
  gboolean timed = !source->still && source->fps_n > 0;
  g_autofree gchar *frame = timed ? time_text (1, source->fps_n, source->fps_d)
                                  : NULL;
  g_autofree gchar *duration = timed
      ? time_text (gst_util_uint64_scale_round (source->duration, source->fps_n,
                       (guint64) source->fps_d * GST_SECOND),
          source->fps_n, source->fps_d)
      : g_strdup ("0s");

  append (self, "    <format id=\"f%u\" width=\"%u\" height=\"%u\"", index + 2,
      source->width, source->height);
  if (timed)
    append (self, " frameDuration=\"%s\"", frame);
  append (self,
      "/>\n    <asset id=\"a%u\" name=\"%s\" start=\"0s\" duration=\"%s\" "
      "hasVideo=\"1\" hasAudio=\"%d\" format=\"f%u\">\n"
      "      <media-rep kind=\"original-media\" src=\"%s\"/>\n"
      "    </asset>\n",
      index + 2, name, duration, source->has_audio != FALSE, index + 2,
      source->uri);
}

static void
append_song (Writer *self)
{
  const GstMontageMusic *music = &self->plan->music;
  const GstMontageOutput *output = &self->plan->output;
  g_autofree gchar *name = montage_project_name (music->uri);
  g_autofree gchar *duration = film_time (self,
      gst_montage_output_frame_at (output, music->start + music->duration));

  append (self,
      "    <asset id=\"a1\" name=\"%s\" start=\"0s\" duration=\"%s\" "
      "hasAudio=\"1\">\n"
      "      <media-rep kind=\"original-media\" src=\"%s\"/>\n"
      "    </asset>\n",
      name, duration, music->uri);
}

static gboolean
has_crossfades (const Writer *self)
{
  for (guint i = 0; i < self->plan->cuts->len; i++)
    if (montage_project_fade (self->plan, i) > 0)
      return TRUE;
  return FALSE;
}

static void
append_resources (Writer *self)
{
  append (self, "  <resources>\n");
  append_film_format (self);
  if (self->plan->music.uri != NULL)
    append_song (self);
  for (guint i = 0; i < self->plan->sources->len; i++)
    if (g_array_index (self->plan->sources, GstMontageSource, i).n_cuts > 0)
      append_source (self, i);
  if (has_crossfades (self))
    append (self,
        "    <effect id=\"e1\" name=\"Cross Dissolve\" "
        "uid=\"FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265\"/>\n");
  append (self, "  </resources>\n");
}

/* ---- the film ---- */

/* The song hangs on the first shot, below it. */
static void
append_music_clip (Writer *self, guint64 shot_in)
{
  const GstMontageMusic *music = &self->plan->music;
  g_autofree gchar *name = montage_project_name (music->uri);
  g_autofree gchar *offset = film_time (self, shot_in);
  g_autofree gchar *start = film_time (self,
      gst_montage_output_frame_at (&self->plan->output, music->start));
  g_autofree gchar *duration = film_time (self,
      gst_montage_plan_n_frames (self->plan));

  append (self,
      "              <asset-clip ref=\"a1\" lane=\"-1\" name=\"%s\" "
      "offset=\"%s\" start=\"%s\" duration=\"%s\" audioRole=\"music\"/>\n",
      name, offset, start, duration);
}

/* Sections as markers in the shot that they begin in. */
static void
append_markers (Writer *self, guint index, guint64 in_frame)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = get_cut (self, index);
  g_autofree gchar *frame = film_time (self, 1);

  for (guint i = 0; i < plan->music.sections->len; i++) {
    const GstMontageSection *section = &g_array_index (plan->music.sections,
        GstMontageSection, i);
    GstClockTime film = section->start - plan->music.start;
    g_autofree gchar *at = NULL;

    if (section->start < plan->music.start || film < cut->start
        || film >= cut->start + cut->duration)
      continue;
    at = film_time (self,
        in_frame
            + gst_montage_output_frame_at (&plan->output, film - cut->start));
    append (self,
        "              <marker start=\"%s\" duration=\"%s\" value=\"%s\"/>\n",
        at, frame,
        gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
            (gint) section->label));
  }
}

/* Slow motion as a map from the clip's time to the source's. */
static void
append_time_map (Writer *self, gdouble speed, guint64 in_frame,
    guint64 n_frames)
{
  g_autofree gchar *end = film_time (self, in_frame + n_frames);
  g_autofree gchar *value = film_time (self,
      (guint64) ((gdouble) (in_frame + n_frames) * speed + 0.5));

  append (self,
      "              <timeMap>\n"
      "                <timept time=\"0s\" value=\"0s\" interp=\"linear\"/>\n"
      "                <timept time=\"%s\" value=\"%s\" interp=\"linear\"/>\n"
      "              </timeMap>\n",
      end, value);
}

static void
append_cut (Writer *self, guint index)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = get_cut (self, index);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);
  g_autofree gchar *name = montage_project_name (source->uri);
  guint64 in_frame = source->still ? 0 : montage_project_in_frame (plan, index);
  guint64 n_frames = montage_project_n_frames (plan, index);
  gboolean slow = cut->speed != 1.0 && !source->still;
  const gchar *element = source->still ? "video" : "asset-clip";
  g_autofree gchar *offset = film_time (self,
      montage_project_first_frame (plan, index));
  g_autofree gchar *duration = film_time (self, n_frames);
  g_autofree gchar *start = NULL;

  /* In a clip that is slowed down, times count slowed frames. */
  if (slow)
    in_frame = (guint64) ((gdouble) in_frame / cut->speed + 0.5);
  start = film_time (self, in_frame);
  append (self,
      "            <%s ref=\"a%u\" name=\"%s\" offset=\"%s\" start=\"%s\" "
      "duration=\"%s\"",
      element, cut->source + 2, name, offset, start, duration);
  g_string_append (self->out,
      source->still ? ">\n" : " srcEnable=\"video\">\n");
  if (cut->reason != NULL)
    append (self, "              <note>%s</note>\n", cut->reason);
  if (slow)
    append_time_map (self, cut->speed, in_frame, n_frames);
  if (index == 0 && plan->music.uri != NULL)
    append_music_clip (self, in_frame);
  append_markers (self, index, in_frame);
  append (self, "            </%s>\n", element);
}

/* Around the cut: the shots lie under both halves of it. */
static void
append_crossfade (Writer *self, guint index, guint64 half)
{
  guint64 first = montage_project_first_frame (self->plan, index);
  g_autofree gchar *offset = film_time (self, first - half);
  g_autofree gchar *duration = film_time (self, 2 * half);

  append (self,
      "            <transition name=\"Cross Dissolve\" offset=\"%s\" "
      "duration=\"%s\">\n"
      "              <filter-video ref=\"e1\" name=\"Cross Dissolve\"/>\n"
      "            </transition>\n",
      offset, duration);
}

/**
 * gst_montage_plan_to_fcpxml:
 * @plan: a plan
 * @options: how it names things; paths are always URIs
 *
 * Zooms, grades and dips are left out; wipes are crossfades.
 *
 * Returns: (transfer full): the text of an .fcpxml file
 */
gchar *
gst_montage_plan_to_fcpxml (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options)
{
  Writer self = {plan, options, g_string_new (NULL)};
  const gchar *title = montage_project_title (options);
  g_autofree gchar *duration = film_time (&self,
      gst_montage_plan_n_frames (plan));

  append (&self,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE fcpxml>\n\n"
      "<fcpxml version=\"1.9\">\n");
  append_resources (&self);
  append (&self,
      "  <library>\n    <event name=\"%s\">\n      <project name=\"%s\">\n"
      "        <sequence format=\"f1\" duration=\"%s\" tcStart=\"0s\" "
      "tcFormat=\"NDF\">\n          <spine>\n",
      title, title, duration);
  for (guint i = 0; i < plan->cuts->len; i++) {
    guint64 half = montage_project_fade (plan, i);

    if (half > 0)
      append_crossfade (&self, i, half);
    append_cut (&self, i);
  }
  append (&self,
      "          </spine>\n        </sequence>\n      </project>\n"
      "    </event>\n  </library>\n</fcpxml>\n");
  return g_string_free (self.out, FALSE);
}
