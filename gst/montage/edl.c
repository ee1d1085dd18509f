/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Edit decision lists in the form of CMX 3600: one picture track, reels of
 * eight letters, at most 999 events. What such a list cannot say (grades,
 * zooms) is left out. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "projectmedia.h"
#include "timecode.h"

#define MAX_EVENTS 999
#define REEL_LENGTH 8
/* Films begin at one hour, as tapes do. */
#define FIRST_HOUR 1

typedef struct
{
  const GstMontagePlan *plan;
  const GstMontageProjectOptions *options;
  MontageTimecode timecode;
  gchar **reels;    /* per source, then of the song */
  GPtrArray *lists; /* of gchar * */
  GString *list;    /* at hand */
  guint n_events;   /* in it */
} Writer;

/* ---- reels ---- */

static gchar *
make_reel (const gchar *uri)
{
  g_autofree gchar *name = montage_project_name (uri);
  const gchar *dot = strrchr (name, '.');
  gsize length = dot != NULL ? (gsize) (dot - name) : strlen (name);
  GString *reel = g_string_new (NULL);

  for (gsize i = 0; i < length && reel->len < REEL_LENGTH; i++) {
    if (g_ascii_isalnum (name[i]))
      g_string_append_c (reel, g_ascii_toupper (name[i]));
    else if (name[i] == '_' || name[i] == '-' || name[i] == ' ')
      g_string_append_c (reel, '_');
  }
  if (reel->len == 0)
    g_string_append (reel, "CLIP");
  return g_string_free (reel, FALSE);
}

static gboolean
is_taken (gchar **reels, guint n, const gchar *reel)
{
  /* AX and BL have a meaning of their own. */
  if (g_str_equal (reel, "AX") || g_str_equal (reel, "BL"))
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (reels[i], reel))
      return TRUE;
  return FALSE;
}

/* A name of its own for the @n-th reel: the last letters become a number. */
static gchar *
unique_reel (gchar **reels, guint n, const gchar *uri)
{
  g_autofree gchar *plain = make_reel (uri);
  gchar *reel = g_strdup (plain);

  for (guint i = 2; is_taken (reels, n, reel); i++) {
    g_autofree gchar *number = g_strdup_printf ("%u", i);
    gint keep = (gint) (REEL_LENGTH - strlen (number));

    g_free (reel);
    reel = g_strdup_printf ("%.*s%s", keep, plain, number);
  }
  return reel;
}

static gchar **
name_reels (const GstMontagePlan *plan)
{
  guint n = plan->sources->len;
  gchar **reels = g_new0 (gchar *, n + 2);

  for (guint i = 0; i < n; i++)
    reels[i] = unique_reel (reels, i,
        g_array_index (plan->sources, GstMontageSource, i).uri);
  if (plan->music.uri != NULL)
    reels[n] = unique_reel (reels, n, plan->music.uri);
  return reels;
}

/* ---- lines ---- */

static void
append_header (GString *list, const GstMontageProjectOptions *options,
    const MontageTimecode *timecode, guint part)
{
  g_autofree gchar *title = g_strdup (montage_project_title (options));

  g_strdelimit (title, "\r\n", ' ');
  g_string_append_printf (list, "TITLE: %s", title);
  if (part > 0)
    g_string_append_printf (list, " PART %u", part + 1);
  g_string_append_printf (list, "\nFCM: %sDROP FRAME\n\n",
      timecode->dropped > 0 ? "" : "NON-");
}

/* A comment; names cannot have line breaks in it. */
static void
append_comment (Writer *self, const gchar *key, const gchar *text)
{
  g_autofree gchar *line = g_strdelimit (g_strdup (text), "\r\n", ' ');

  g_string_append_printf (self->list, "* %s: %s\n", key, line);
}

static void
append_line (Writer *self, const gchar *reel, const gchar *track,
    const gchar *kind, guint64 from, guint64 n_source, guint64 record,
    guint64 n_frames)
{
  const MontageTimecode *timecode = &self->timecode;
  guint64 hour = montage_timecode_hour (timecode, FIRST_HOUR);
  g_autofree gchar *source_in = montage_timecode_text (timecode, from);
  g_autofree gchar *source_out = montage_timecode_text (timecode,
      from + n_source);
  g_autofree gchar *record_in = montage_timecode_text (timecode, hour + record);
  g_autofree gchar *record_out = montage_timecode_text (timecode,
      hour + record + n_frames);

  g_string_append_printf (self->list, "%03u  %-8s %-5s %-8s %s %s %s %s\n",
      self->n_events, reel, track, kind, source_in, source_out, record_in,
      record_out);
}

static void
begin_event (Writer *self)
{
  if (self->list != NULL && self->n_events == MAX_EVENTS) {
    g_ptr_array_add (self->lists, g_string_free (self->list, FALSE));
    self->list = NULL;
  }
  if (self->list == NULL) {
    self->list = g_string_new (NULL);
    self->n_events = 0;
    append_header (self->list, self->options, &self->timecode,
        self->lists->len);
  }
  self->n_events++;
}

/* ---- events ---- */

static const GstMontageCut *
get_cut (const Writer *self, guint index)
{
  return &g_array_index (self->plan->cuts, GstMontageCut, index);
}

static const GstMontageSource *
get_source (const Writer *self, const GstMontageCut *cut)
{
  return &g_array_index (self->plan->sources, GstMontageSource, cut->source);
}

/* The speed of the source; a picture stands still. */
static gdouble
cut_speed (const Writer *self, const GstMontageCut *cut)
{
  return get_source (self, cut)->still ? 0.0 : cut->speed;
}

/* Source time of a cut, in frames, @frames after its start (or before it). */
static guint64
source_frame (const Writer *self, guint index, gint64 frames)
{
  const GstMontageCut *cut = get_cut (self, index);
  gint64 from = (gint64) montage_project_in_frame (self->plan, index);
  gdouble way = (gdouble) frames * cut_speed (self, cut);

  return (guint64) MAX (from + (gint64) (way < 0 ? way - 0.5 : way + 0.5), 0);
}

static void
append_speed (Writer *self, guint index, guint64 from)
{
  const GstMontageCut *cut = get_cut (self, index);
  gdouble speed = cut_speed (self, cut);
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree gchar *start = montage_timecode_text (&self->timecode, from);

  if (speed == 1.0)
    return;
  g_ascii_formatd (number, sizeof number, "%05.1f",
      speed * self->plan->output.fps_n / self->plan->output.fps_d);
  g_string_append_printf (self->list, "M2   %-8s %s                %s\n",
      self->reels[cut->source], number, start);
}

static void
append_names (Writer *self, const gchar *key, guint index)
{
  const gchar *uri = get_source (self, get_cut (self, index))->uri;
  g_autofree gchar *name = montage_project_name (uri);
  g_autofree gchar *media = montage_project_media (uri, self->options);

  append_comment (self, key, name);
  append_comment (self, "SOURCE FILE", media);
}

/* D is a dissolve. Wipes are numbered by SMPTE: 1 is an edge that goes to the
 * right, 2 one that goes down, and 100 more is the other way. */
static const gchar *
transition_code (const GstMontageCut *cut)
{
  switch (cut->transition) {
    case GST_MONTAGE_TRANSITION_WIPE_LEFT:
      return "W101";
    case GST_MONTAGE_TRANSITION_WIPE_RIGHT:
      return "W001";
    case GST_MONTAGE_TRANSITION_WIPE_UP:
      return "W102";
    case GST_MONTAGE_TRANSITION_WIPE_DOWN:
      return "W002";
    default:
      return "D";
  }
}

/* A dip would be two events of its own, with black between that the film does
 * not have: it is a cut with a comment. */
static void
append_dip (Writer *self, guint index)
{
  const GstMontageCut *cut = get_cut (self, index);
  g_autofree gchar *frames = NULL;

  if (cut->transition_duration == 0 || gst_montage_cut_handle (cut) > 0)
    return;
  frames = g_strdup_printf ("%" G_GUINT64_FORMAT " FRAMES",
      gst_montage_output_frame_at (&self->plan->output,
          cut->transition_duration));
  append_comment (self,
      cut->transition == GST_MONTAGE_TRANSITION_DIP_WHITE ? "DIP TO WHITE"
                                                          : "DIP TO BLACK",
      frames);
}

/* A transition begins half of its length before the cut, and so does the event;
 * an event of length nothing says from where. */
static void
append_cut (Writer *self, guint index)
{
  const GstMontageCut *cut = get_cut (self, index);
  gint64 half = (gint64) montage_project_fade (self->plan, index);
  gint64 next = (gint64) montage_project_fade (self->plan, index + 1);
  guint64 record = montage_project_first_frame (self->plan, index) - half;
  gint64 n_frames = (gint64) montage_project_n_frames (self->plan, index);
  guint64 from = source_frame (self, index, -half);
  guint64 to = source_frame (self, index, n_frames - next);

  begin_event (self);
  if (half > 0) {
    gint64 before = (gint64) montage_project_n_frames (self->plan, index - 1);
    guint64 out = source_frame (self, index - 1, before - half);
    g_autofree gchar *kind = g_strdup_printf ("%-4s %03u",
        transition_code (cut), (guint) (2 * half));

    append_line (self, self->reels[get_cut (self, index - 1)->source], "V", "C",
        out, 0, record, 0);
    append_line (self, self->reels[cut->source], "V", kind, from, to - from,
        record, n_frames + half - next);
    append_names (self, "FROM CLIP NAME", index - 1);
    append_names (self, "TO CLIP NAME", index);
  } else {
    append_line (self, self->reels[cut->source], "V", "C", from, to - from,
        record, n_frames - next);
    append_names (self, "FROM CLIP NAME", index);
    append_dip (self, index);
  }
  append_speed (self, index, from);
}

static void
append_song (Writer *self)
{
  const GstMontagePlan *plan = self->plan;
  guint64 n_frames = gst_montage_plan_n_frames (plan);
  g_autofree gchar *name = NULL;

  if (plan->music.uri == NULL)
    return;
  name = montage_project_name (plan->music.uri);
  begin_event (self);
  append_line (self, self->reels[plan->sources->len], "AA", "C",
      gst_montage_output_frame_at (&plan->output, plan->music.start), n_frames,
      0, n_frames);
  append_comment (self, "FROM CLIP NAME", name);
}

/**
 * gst_montage_plan_to_edl:
 * @plan: a plan
 * @options: how it names things
 *
 * Source times count from 0, in frames of the film; record times from
 * 01:00:00:00. At 29.97 and 59.94 frames per second time codes drop frames.
 *
 * Returns: (transfer full): the lists, one or more
 */
GStrv
gst_montage_plan_to_edl (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options)
{
  Writer self = {plan, options,
      montage_timecode_for (plan->output.fps_n, plan->output.fps_d),
      .lists = g_ptr_array_new ()};

  self.reels = name_reels (plan);
  /* First, so that it is in the first list. */
  append_song (&self);
  for (guint i = 0; i < plan->cuts->len; i++)
    append_cut (&self, i);
  g_ptr_array_add (self.lists, g_string_free (self.list, FALSE));
  g_ptr_array_add (self.lists, NULL);
  g_strfreev (self.reels);
  return (GStrv) g_ptr_array_free (self.lists, FALSE);
}

/* ---- markers ---- */

static const gchar *
marker_color (GstMontageSectionLabel label)
{
  switch (label) {
    case GST_MONTAGE_SECTION_DROP:
    case GST_MONTAGE_SECTION_CHORUS:
      return "Red";
    case GST_MONTAGE_SECTION_BUILD:
      return "Yellow";
    case GST_MONTAGE_SECTION_BREAK:
      return "Blue";
    default:
      return "Green";
  }
}

static void
append_marker (Writer *self, GstClockTime time, const gchar *color,
    const gchar *name)
{
  const GstMontagePlan *plan = self->plan;
  guint64 frame;

  if (time < plan->music.start || time >= plan->music.start + plan->duration)
    return;
  frame = gst_montage_output_frame_at (&plan->output, time - plan->music.start);
  self->n_events++;
  append_line (self, "001", "V", "C",
      montage_timecode_hour (&self->timecode, FIRST_HOUR) + frame, 1, frame, 1);
  g_string_append_printf (self->list, " |C:ResolveColor%s |M:%s |D:1\n", color,
      name);
}

/**
 * gst_montage_plan_to_marker_edl:
 * @plan: a plan
 * @options: how it names things
 *
 * Returns: (transfer full): a list that DaVinci Resolve imports as markers: the
 *   sections and the downbeats of the music
 */
gchar *
gst_montage_plan_to_marker_edl (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options)
{
  Writer self = {plan, options,
      montage_timecode_for (plan->output.fps_n, plan->output.fps_d),
      .list = g_string_new (NULL)};
  const GArray *sections = plan->music.sections, *beats = plan->music.beats;
  guint section = 0;

  append_header (self.list, options, &self.timecode, 0);
  for (guint i = 0; i <= beats->len; i++) {
    GstClockTime time = i < beats->len
        ? g_array_index (beats, GstMontageBeat, i).time
        : GST_CLOCK_TIME_NONE;

    for (; section < sections->len
         && g_array_index (sections, GstMontageSection, section).start <= time;
         section++) {
      const GstMontageSection *part = &g_array_index (sections,
          GstMontageSection, section);
      if (part->end > plan->music.start)
        append_marker (&self, MAX (part->start, plan->music.start),
            marker_color (part->label),
            gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
                (gint) part->label));
    }
    if (i < beats->len
        && g_array_index (beats, GstMontageBeat, i).position == 1)
      append_marker (&self, time, "Cyan", "downbeat");
  }
  return g_string_free (self.list, FALSE);
}
