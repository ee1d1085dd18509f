/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/pipelines/gestimeline.h>

#include <gst/controller/gstinterpolationcontrolsource.h>
#include <gst/pbutils/pbutils.h>
#include <gst/pipelines/fitgeometry.h>
#include <gst/pipelines/gesasset.h>
#include <gst/pipelines/gesmarkers.h>
#include <gst/pipelines/gestransition.h>
#include <gst/pipelines/geszoom.h>
#include <gst/pipelines/stills.h>
#include <math.h>

/* The fade's curve, cos (pi / 2 * x), as so many straight pieces. */
#define FADE_PIECES 8
/* The control binding maps 0..1 to 0..10 of the volume. */
#define FULL_VOLUME 0.1

/* Everything that the steps of building share. */
typedef struct
{
  const GstMontagePlan *plan;
  GESTimeline *timeline;
  GESLayer *pictures;
  GESLayer *sound;
  GESClip *song;        /* nullable; the layer's */
  GstClockTime quarter; /* of an output frame */
} Builder;

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

static GstClockTime
handle_of (const GstMontagePlan *plan, guint index)
{
  if (index == 0 || index >= plan->cuts->len)
    return 0;
  return gst_montage_cut_handle (get_cut (plan, index));
}

static GESUriClipAsset *
request_asset (const gchar *uri, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GESUriClipAsset *asset = montage_ges_asset_open (uri, &reason);

  if (asset == NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "GStreamer's editing services cannot open “%s”, so there is no project "
        "file: they refuse files with a track that nothing installed decodes, "
        "such as the telemetry of action cameras (%s).",
        uri, reason != NULL ? reason->message : "no reason given");
  return asset;
}

static gboolean
add_tracks (Builder *self)
{
  const GstMontageOutput *output = &self->plan->output;
  GESTrack *video = GES_TRACK (ges_video_track_new ());
  GESTrack *audio = GES_TRACK (ges_audio_track_new ());
  g_autoptr (GstCaps) picture = gst_caps_new_simple ("video/x-raw", "width",
      G_TYPE_INT, output->width, "height", G_TYPE_INT, output->height,
      "framerate", GST_TYPE_FRACTION, output->fps_n, output->fps_d,
      "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_autoptr (GstCaps) sound = gst_caps_new_simple ("audio/x-raw", "rate",
      G_TYPE_INT, 48000, "channels", G_TYPE_INT, 2, NULL);

  ges_track_set_restriction_caps (video, picture);
  ges_track_set_restriction_caps (audio, sound);
  if (!ges_timeline_add_track (self->timeline, video)
      || !ges_timeline_add_track (self->timeline, audio))
    return FALSE;
  self->pictures = ges_timeline_append_layer (self->timeline);
  self->sound = ges_timeline_append_layer (self->timeline);
  return TRUE;
}

/* Pitivi takes the project's settings from its first profile. */
static void
describe_project (Builder *self, GESProject *project)
{
  const GstMontageOutput *output = &self->plan->output;
  g_autoptr (GstCaps)
      mp4 = gst_caps_from_string ("video/quicktime, variant=(string)iso");
  g_autoptr (GstCaps) h264 = gst_caps_new_empty_simple ("video/x-h264");
  g_autoptr (GstCaps) aac = gst_caps_from_string ("audio/mpeg, mpegversion=4");
  g_autoptr (GstCaps) picture = gst_caps_new_simple ("video/x-raw", "width",
      G_TYPE_INT, output->width, "height", G_TYPE_INT, output->height,
      "framerate", GST_TYPE_FRACTION, output->fps_n, output->fps_d, NULL);
  g_autoptr (GstCaps) sound = gst_caps_new_simple ("audio/x-raw", "rate",
      G_TYPE_INT, 48000, "channels", G_TYPE_INT, 2, NULL);
  g_autoptr (GstEncodingContainerProfile)
      profile = gst_encoding_container_profile_new ("gst-montage",
          "The format of the film", mp4, NULL);

  gst_encoding_container_profile_add_profile (profile,
      GST_ENCODING_PROFILE (
          gst_encoding_video_profile_new (h264, NULL, picture, 0)));
  gst_encoding_container_profile_add_profile (profile,
      GST_ENCODING_PROFILE (
          gst_encoding_audio_profile_new (aac, NULL, sound, 0)));
  ges_project_add_encoding_profile (project, GST_ENCODING_PROFILE (profile));
  ges_meta_container_set_string (GES_META_CONTAINER (project), "author",
      "gst-montage");
}

/* Free text belongs on clips: on sources GES 1.22 does not escape it. */
static void
describe_clip (GESClip *clip, const GstMontageCut *cut, guint index)
{
  GESMetaContainer *metas = GES_META_CONTAINER (clip);

  ges_meta_container_set_uint (metas, "montage-cut", index);
  ges_meta_container_set_int (metas, "montage-beat", cut->beat);
  ges_meta_container_set_double (metas, "montage-energy", cut->energy);
  ges_meta_container_set_double (metas, "montage-score", cut->score.total);
  if (cut->reason != NULL)
    ges_meta_container_set_string (metas, "montage-reason", cut->reason);
}

/* The upright picture of @asset; its size is the plan's where that knows it. */
static FitPicture
get_picture (GESUriClipAsset *asset, const GstMontageSource *source)
{
  FitPicture picture = {source->width, source->height, 1, 1};
  GstDiscovererInfo *info = ges_uri_clip_asset_get_info (asset);
  GList *streams = gst_discoverer_info_get_video_streams (info);

  if (streams != NULL) {
    GstDiscovererVideoInfo *video = streams->data;
    gint width = gst_discoverer_video_info_get_width (video);
    gint height = gst_discoverer_video_info_get_height (video);

    picture.par_n = MAX (gst_discoverer_video_info_get_par_num (video), 1);
    picture.par_d = MAX (gst_discoverer_video_info_get_par_denom (video), 1);
    if (source->width == 0 || source->height == 0) {
      picture.width = width;
      picture.height = height;
    } else if (width != height && picture.width == height
        && picture.height == width) {
      gint par_n = picture.par_n;

      picture.par_n = picture.par_d;
      picture.par_d = par_n;
    }
  }
  gst_discoverer_stream_info_list_free (streams);
  return picture;
}

/* Where the whole picture lies. Cropping is a picture larger than the film. The
 * blurred background has no counterpart in a GES clip; bars stand for it. */
static FitRect
get_rect (const FitPicture *picture, const GstMontageOutput *output)
{
  FitRect rect = {0, 0, output->width, output->height};
  FitGeometry fit;

  if (picture->width == 0 || picture->height == 0)
    return rect;
  fit = fit_geometry (picture, output, output->fit);
  rect.width = fit.dest.width;
  rect.height = fit.dest.height;
  if (output->fit == GST_MONTAGE_FIT_CROP) {
    rect.width = gst_util_uint64_scale_round (output->width, picture->width,
        fit.source.width);
    rect.height = gst_util_uint64_scale_round (output->height, picture->height,
        fit.source.height);
  }
  rect.x = ((gint) output->width - rect.width) / 2;
  rect.y = ((gint) output->height - rect.height) / 2;
  return rect;
}

/* GES turns what the tags of a stream say; those of photos it does not read. */
static void
place_picture (GESClip *clip, const FitRect *rect,
    const GstMontageSource *source)
{
  GESTimelineElement *element = GES_TIMELINE_ELEMENT (clip);

  ges_timeline_element_set_child_properties (element, "posx", rect->x, "posy",
      rect->y, "width", rect->width, "height", rect->height, NULL);
  if (source->still)
    ges_timeline_element_set_child_properties (element, "video-direction",
        montage_still_orientation (source->uri), NULL);
}

/* The effect that GES knows as one of time. Only then does the clip get its
 * length: at normal speed the source may be too short for it. */
static gboolean
slow_down (GESClip *clip, gdouble speed, GstClockTime duration, GError **error)
{
  gchar rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree gchar *description = g_strconcat ("videorate rate=",
      g_ascii_dtostr (rate, sizeof (rate), speed), NULL);
  GESEffect *effect = ges_effect_new (description);

  if (effect != NULL
      && ges_clip_add_top_effect (clip, GES_BASE_EFFECT (effect), 0, NULL)
      && ges_timeline_element_set_duration (GES_TIMELINE_ELEMENT (clip),
          duration))
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "GES cannot show a clip at %s of its speed; install "
      "gstreamer1.0-plugins-base.",
      rate);
  return FALSE;
}

/**
 * Span:
 *
 * What a clip covers: of the timeline, and from which time of its source.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime duration;
  GstClockTime in_point;
} Span;

/* A clip begins a quarter of a frame before its first frame's time and that
 * much earlier in its source: rounding inside GES then shows no neighbour. A
 * still has no times of its own. */
static Span
get_span (const Builder *self, guint index, GESUriClipAsset *asset)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = get_cut (plan, index);
  gboolean still = ges_uri_clip_asset_is_image (asset);
  GstClockTime lead = handle_of (plan, index);
  GstClockTime end = cut->start + cut->duration + handle_of (plan, index + 1);
  GstClockTime excess;
  Span span = {0};

  lead += index > 0 ? self->quarter : 0;
  lead = MIN (lead, cut->start);
  if (!still && lead * cut->speed > cut->in_point)
    lead = cut->in_point / cut->speed;
  if (index + 1 < plan->cuts->len)
    end -= self->quarter;
  span.start = cut->start - lead;
  span.duration = end - span.start;
  if (still)
    return span;
  span.in_point = cut->in_point - (GstClockTime) (lead * cut->speed);
  excess = span.in_point + (GstClockTime) (span.duration * cut->speed);
  excess -= MIN (excess, ges_uri_clip_asset_get_duration (asset));
  span.in_point -= MIN (span.in_point, excess);
  return span;
}

static GESClip *
add_clip (Builder *self, guint index, GESUriClipAsset *asset, GError **error)
{
  gdouble speed = get_cut (self->plan, index)->speed;
  gboolean slow = speed != 1.0 && !ges_uri_clip_asset_is_image (asset);
  Span span = get_span (self, index, asset);
  GstClockTime rest = ges_uri_clip_asset_get_duration (asset);
  GESClip *clip;

  rest -= MIN (span.in_point, rest);
  clip = ges_layer_add_asset (self->pictures, GES_ASSET (asset), span.start,
      span.in_point, slow ? MIN (span.duration, rest) : span.duration,
      GES_TRACK_TYPE_VIDEO);
  if (clip == NULL)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "Cut %u of the plan does not fit onto a timeline.", index);
  else if (slow && !slow_down (clip, speed, span.duration, error))
    return NULL;
  return clip;
}

static gboolean
add_cut (Builder *self, guint index, GError **error)
{
  const GstMontagePlan *plan = self->plan;
  const GstMontageCut *cut = get_cut (plan, index);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);
  g_autoptr (GESUriClipAsset) asset = request_asset (source->uri, error);
  GESClip *clip = asset != NULL ? add_clip (self, index, asset, error) : NULL;
  FitPicture picture;
  FitRect rect;

  if (clip == NULL)
    return FALSE;
  picture = get_picture (asset, source);
  rect = get_rect (&picture, &plan->output);
  place_picture (clip, &rect, source);
  montage_ges_zoom_clip (clip, cut, &rect, &plan->output);
  montage_ges_dip_clip (clip, plan, index);
  describe_clip (clip, cut, index);
  return TRUE;
}

static void
fade_sound (GESClip *clip, GstClockTime in_point, GstClockTime duration,
    GstClockTime fade)
{
  GESTrackElement *element = ges_clip_find_track_element (clip, NULL,
      GES_TYPE_AUDIO_SOURCE);
  g_autoptr (GstControlSource) source = NULL;
  GstTimedValueControlSource *values;
  GstClockTime begin = in_point + duration - MIN (fade, duration);
  guint i;

  if (element == NULL)
    return;
  source = gst_interpolation_control_source_new ();
  values = GST_TIMED_VALUE_CONTROL_SOURCE (source);
  g_object_set (source, "mode", GST_INTERPOLATION_MODE_LINEAR, NULL);
  if (begin > in_point)
    gst_timed_value_control_source_set (values, in_point, FULL_VOLUME);
  for (i = 0; i <= FADE_PIECES; i++)
    gst_timed_value_control_source_set (values,
        begin + gst_util_uint64_scale (MIN (fade, duration), i, FADE_PIECES),
        FULL_VOLUME * cos (G_PI_2 * i / FADE_PIECES));
  ges_track_element_set_control_source (element, source, "volume", "direct");
  gst_object_unref (element);
}

static gboolean
add_music (Builder *self, GError **error)
{
  const GstMontageMusic *music = &self->plan->music;
  GstClockTime duration = MIN (music->duration, self->plan->duration);
  g_autoptr (GESUriClipAsset) asset = NULL;
  GstClockTime length;
  GESClip *clip;

  if (music->uri == NULL)
    return TRUE;
  asset = request_asset (music->uri, error);
  if (asset == NULL)
    return FALSE;
  length = ges_uri_clip_asset_get_duration (asset);
  duration = MIN (duration, length - MIN (music->start, length));
  clip = ges_layer_add_asset (self->sound, GES_ASSET (asset), 0, music->start,
      duration, GES_TRACK_TYPE_AUDIO);
  if (clip == NULL) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "The music “%s” does not fit onto a timeline.", music->uri);
    return FALSE;
  }
  self->song = clip;
  if (music->fade_out > 0)
    fade_sound (clip, music->start, duration, music->fade_out);
  return TRUE;
}

static gboolean
build (Builder *self, GError **error)
{
  guint i;

  if (!add_tracks (self)) {
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "GES cannot make its tracks; install gstreamer1.0-plugins-base and "
        "gstreamer1.0-plugins-good.");
    return FALSE;
  }
  ges_timeline_set_auto_transition (self->timeline, TRUE);
  for (i = 0; i < self->plan->cuts->len; i++) {
    if (!add_cut (self, i, error))
      return FALSE;
  }
  montage_ges_set_transitions (self->pictures, self->plan);
  montage_ges_add_white (self->timeline, self->plan);
  if (!add_music (self, error))
    return FALSE;
  montage_ges_add_markers (self->timeline, self->song, self->plan);
  ges_timeline_commit (self->timeline);
  return TRUE;
}

GESTimeline *
montage_ges_timeline_new (const GstMontagePlan *plan, GError **error)
{
  /* Not extracted from a project: that project would tell that it is loaded
   * from an idle source, which keeps the timeline until a main loop runs. */
  g_autoptr (GESTimeline) timeline = g_object_ref_sink (ges_timeline_new ());
  GESAsset *project = ges_extractable_get_asset (GES_EXTRACTABLE (timeline));
  Builder self = {.plan = plan, .timeline = timeline};

  self.quarter = gst_util_uint64_scale (GST_SECOND, plan->output.fps_d,
      4 * (guint64) plan->output.fps_n);
  describe_project (&self, GES_PROJECT (project));
  if (!build (&self, error))
    return NULL;
  g_object_force_floating (G_OBJECT (timeline));
  return g_steal_pointer (&timeline);
}

static gchar *
read_and_delete (GFile *file, GError **error)
{
  gchar *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, error);
  g_file_delete (file, NULL, NULL);
  return text;
}

gchar *
montage_ges_timeline_to_xges (const GstMontagePlan *plan, GError **error)
{
  g_autoptr (GESTimeline) timeline = montage_ges_timeline_new (plan, error);
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GESAsset) formatter = NULL;
  g_autofree gchar *uri = NULL;

  if (timeline == NULL)
    return NULL;
  g_object_ref_sink (timeline);
  file = g_file_new_tmp ("montage-XXXXXX.xges", &stream, error);
  if (file == NULL)
    return NULL;
  uri = g_file_get_uri (file);
  formatter = ges_asset_request (GES_TYPE_FORMATTER, "ges", error);
  if (formatter == NULL
      || !ges_timeline_save_to_uri (timeline, uri, g_object_ref (formatter),
          TRUE, error)) {
    g_file_delete (file, NULL, NULL);
    return NULL;
  }
  return read_and_delete (file, error);
}
