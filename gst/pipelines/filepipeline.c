/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>

#include "fastpass.h"
#include "filepipeline.h"
#include "mediaerror.h"
#include "mediafiles.h"
#include "packetgate.h"
#include "pipelineidle.h"
#include "stills.h"
#include "streamtype.h"

/* How often the thread looks after its pipeline: also the time that
 * cancelling takes. */
#define POLL (100 * GST_MSECOND)
/* A pipeline in which nothing moves for so long hangs. At the end of a song
 * the beats of the whole are found in one go, so there it may take longer. */
#define STALL (30 * G_USEC_PER_SEC)
#define STALL_DRAINING (120 * G_USEC_PER_SEC)
/* What was decoded before an error comes out soon after it, or never. */
#define STALL_FAILED (1 * G_USEC_PER_SEC)
/* And one without a running thread has ended without saying so, or after it
 * has said so. */
#define STALL_IDLE (1 * G_USEC_PER_SEC)
#define STALL_IDLE_FAILED (G_USEC_PER_SEC / 4)
#define TOO_LARGE "too-large"
/* Larger ones are not decoded: 16384 x 16384 are 400 MB, and a few kilobytes
 * can claim to be more. */
#define MAX_PIXELS (16384 * 16384)

GST_DEBUG_CATEGORY_STATIC (pipeline_debug);
#define GST_CAT_DEFAULT (pipeline_debug)

/* What differs between the kinds of analysis. */
static const struct
{
  MontageStreamType type;
  const gchar *raw;
  const gchar *element;
  const gchar *remedy;
  const gchar *chain;
} kinds[] = {
    {MONTAGE_STREAM_AUDIO, "audio/x-raw", "beatdetect",
        "install the plugin \"beatdetect\" of gst-montage (it is built where "
        "libaubio-dev is installed)",
        "audioconvert ! beatdetect name=beats ! fakesink sync=false "
        "async=false qos=false enable-last-sample=false"},
    {MONTAGE_STREAM_VIDEO, "video/x-raw", "sceneselect",
        "install the plugin \"sceneselect\" of gst-montage",
        "sceneselect ! fakesink sync=false "
        "async=false qos=false enable-last-sample=false"},
};

/* Where only some pictures are decoded, nothing follows but their end. */
#define FAST_CHAIN                                                             \
  "fakesink sync=false async=false qos=false enable-last-sample=false"

typedef struct
{
  MontageAnalysis *analysis; /* worker only */
  const MontageFileOptions *options;
  MontageFastPass *fast;   /* nullable */
  MontagePacketGate *gate; /* nullable */
  GstElement *pipeline;
  GstElement *chain;
  GstBus *bus;
  GstPad *sink;   /* of the chain */
  gboolean still; /* of the file only the first picture counts */

  /* Written by streaming threads, atomic. */
  gint position_ms;
  gint n_buffers;
  gint draining;
  gint has_audio;

  /* Worker only. */
  GError *missing; /* a plugin, first one */
  GError *failure; /* of the pipeline, first one */
  gboolean stalled;
  gint n_buffers_seen;
  gint64 moved; /* monotonic time when the last data was seen */
  gint64 idle;  /* when no thread was first seen to run; 0: one runs */
} FilePipeline;

/* One thread per file keeps all cores busy when several are analysed, and
 * threads that wait for each other cost time: a fifth, where only some pictures
 * are decoded. */
static void
on_element (GstBin *bin, GstBin *sub_bin, GstElement *element,
    FilePipeline *self)
{
  if ((!self->options->alone || self->fast)
      && g_object_class_find_property (G_OBJECT_GET_CLASS (element),
          "max-threads"))
    g_object_set (element, "max-threads", 1, NULL);
}

static gboolean
is_too_large (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  gint width = 0, height = 0;

  return gst_structure_get_int (structure, "width", &width)
      && gst_structure_get_int (structure, "height", &height)
      && (gint64) width * height > MAX_PIXELS;
}

/* Streams of another kind are not decoded: they end here. */
static gboolean
on_autoplug_continue (GstElement *source, GstPad *pad, GstCaps *caps,
    FilePipeline *self)
{
  MontageStreamType type = montage_stream_type (caps);

  if (type == MONTAGE_STREAM_AUDIO)
    g_atomic_int_set (&self->has_audio, 1);
  if (type == MONTAGE_STREAM_VIDEO && is_too_large (caps)) {
    gst_bus_post (self->bus,
        gst_message_new_application (GST_OBJECT (source),
            gst_structure_new_empty (TOO_LARGE)));
    return FALSE;
  }
  return type == MONTAGE_STREAM_CONTAINER
      || !montage_stream_is_from (pad, GST_ELEMENT_FACTORY_TYPE_DEMUXER)
      || type == kinds[self->analysis->kind].type;
}

static void
on_pad_added (GstElement *source, GstPad *pad, FilePipeline *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const gchar *name = caps && gst_caps_get_size (caps) > 0
      ? gst_structure_get_name (gst_caps_get_structure (caps, 0))
      : "";

  if (g_str_has_prefix (name, "audio/"))
    g_atomic_int_set (&self->has_audio, 1);
  if (strcmp (name, kinds[self->analysis->kind].raw) == 0
      && !gst_pad_is_linked (self->sink))
    gst_pad_link (pad, self->sink);
}

static void
on_no_more_pads (GstElement *source, FilePipeline *self)
{
  gst_bus_post (self->bus,
      gst_message_new_application (GST_OBJECT (source),
          gst_structure_new_empty ("complete")));
}

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  FilePipeline *self = data;

  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) {
    GstClockTime pts = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

    if (g_atomic_int_add (&self->n_buffers, 1) > 0 && self->still)
      return GST_PAD_PROBE_DROP;
    if (GST_CLOCK_TIME_IS_VALID (pts))
      g_atomic_int_set (&self->position_ms,
          (gint) MIN (pts / GST_MSECOND, G_MAXINT));
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info))
      == GST_EVENT_EOS) {
    g_atomic_int_set (&self->draining, 1);
  }
  return GST_PAD_PROBE_OK;
}

/* The decoder may hand over its pictures with the borders that it decodes
 * into: for a sink that does not know of them it would copy each one. */
static GstPadProbeReturn
on_query (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);

  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  return GST_PAD_PROBE_HANDLED;
}

gboolean
montage_file_pipeline_check (MontageAnalysisKind kind, GError **error)
{
  static const gchar *const core[] = {"uridecodebin", "audioconvert",
      "videoconvert"};
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (kinds[kind].element);

  for (guint i = 0; i < G_N_ELEMENTS (core); i++) {
    g_autoptr (GstElementFactory) found = gst_element_factory_find (core[i]);

    if (!found) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
          "The element \"%s\" is missing: install the package "
          "gstreamer1.0-plugins-base.",
          core[i]);
      return FALSE;
    }
  }
  if (!factory)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "The element \"%s\" is missing: %s.", kinds[kind].element,
        kinds[kind].remedy);
  return factory != NULL;
}

static gboolean
file_pipeline_init (FilePipeline *self, GError **error)
{
  GstElement *source = gst_element_factory_make ("uridecodebin", NULL);

  self->chain = gst_parse_bin_from_description (self->fast
          ? FAST_CHAIN
          : kinds[self->analysis->kind].chain,
      TRUE, NULL);
  if (!source || !self->chain) {
    g_clear_pointer (&source, gst_object_unref);
    g_clear_pointer (&self->chain, gst_object_unref);
    if (montage_file_pipeline_check (self->analysis->kind, error))
      g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
          "The elements \"fakesink\" and \"uridecodebin\" are missing: install "
          "GStreamer again.");
    return FALSE;
  }
  self->pipeline = gst_pipeline_new (NULL);
  self->bus = gst_element_get_bus (self->pipeline);
  self->sink = gst_element_get_static_pad (self->chain, "sink");
  gst_pad_add_probe (self->sink,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_data,
      self, NULL);
  if (self->analysis->kind == MONTAGE_ANALYSIS_SHOTS)
    gst_pad_add_probe (self->sink, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
        on_query, NULL, NULL);
  g_signal_connect (self->pipeline, "deep-element-added",
      G_CALLBACK (on_element), self);
  if (self->fast)
    montage_fast_pass_attach (self->fast, self->pipeline, self->sink);
  else if (self->analysis->kind == MONTAGE_ANALYSIS_SHOTS)
    self->gate = montage_packet_gate_new (self->pipeline, NULL, NULL);
  self->still = montage_still_is_name (self->analysis->uri);
  montage_still_attach (source);
  g_object_set (source, "uri", self->analysis->uri, NULL);
  g_signal_connect (source, "autoplug-continue",
      G_CALLBACK (on_autoplug_continue), self);
  g_signal_connect (source, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  gst_bin_add_many (GST_BIN (self->pipeline), source, self->chain, NULL);
  return TRUE;
}

static void
apply_settings (FilePipeline *self, const MontageBeatSettings *settings)
{
  g_autoptr (GstElement)
      element = gst_bin_get_by_name (GST_BIN (self->chain), "beats");

  if (element)
    montage_beat_settings_apply (settings, element);
}

static void
file_pipeline_clear (FilePipeline *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (self->analysis->shots && self->gate)
    montage_packet_gate_add_key_units (self->gate,
        self->analysis->shots->key_units);
  g_clear_pointer (&self->gate, montage_packet_gate_free);
  g_clear_pointer (&self->sink, gst_object_unref);
  g_clear_pointer (&self->bus, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_error (&self->missing);
  g_clear_error (&self->failure);
}

/* Why nothing came out, the most telling reason first. */
static void
take_reason (FilePipeline *self, GError **error)
{
  g_autofree gchar *name = montage_media_name (self->analysis->uri);

  if (self->missing)
    g_propagate_error (error, g_steal_pointer (&self->missing));
  else if (self->failure)
    g_propagate_error (error, g_steal_pointer (&self->failure));
  else if (self->analysis->kind == MONTAGE_ANALYSIS_BEATS)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' has no sound that can be decoded: take another file as the "
        "music.",
        name);
  else
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "'%s' has no picture that can be decoded: leave it out.", name);
}

static void
take_size (const FilePipeline *self, GError **error)
{
  g_autofree gchar *name = montage_media_name (self->analysis->uri);

  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' is larger than %u megapixels: make it smaller or leave it out.",
      name, MAX_PIXELS / 1000000);
}

/* Whether @message holds the result; then it is in self->analysis. */
static gboolean
take_result (FilePipeline *self, GstMessage *message, GError **error)
{
  MontageAnalysis *analysis = self->analysis;

  if (analysis->kind == MONTAGE_ANALYSIS_BEATS)
    return gst_montage_message_parse_beats (message, &analysis->beats, error);
  if (!gst_montage_message_parse_shots (message, &analysis->shots, error))
    return FALSE;
  analysis->shots->has_audio = g_atomic_int_get (&self->has_audio);
  return TRUE;
}

static gboolean
is_empty_result (const MontageAnalysis *analysis)
{
  return analysis->kind == MONTAGE_ANALYSIS_BEATS
      ? analysis->beats->duration == 0
      : analysis->shots->shots->len == 0;
}

typedef enum
{
  STEP_GO_ON,
  STEP_DONE,
  STEP_FAILED
} Step;

static Step
on_element_message (FilePipeline *self, GstMessage *message, GError **error)
{
  g_autoptr (GError) broken = NULL;

  if (gst_is_missing_plugin_message (message)) {
    if (!self->missing)
      self->missing = montage_media_error_new_missing (self->analysis->uri,
          message);
    return STEP_GO_ON;
  }
  if (!take_result (self, message, &broken)) {
    if (!broken)
      return STEP_GO_ON;
    g_propagate_error (error, g_steal_pointer (&broken));
    return STEP_FAILED;
  }
  if (is_empty_result (self->analysis)) {
    take_reason (self, error);
    return STEP_FAILED;
  }
  return STEP_DONE;
}

static Step
on_message (FilePipeline *self, GstMessage *message, GError **error)
{
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ELEMENT:
      return on_element_message (self, message, error);
    case GST_MESSAGE_ERROR:
      if (!self->failure) {
        self->failure = montage_media_error_new (self->analysis->uri, message);
        self->moved = g_get_monotonic_time ();
      }
      /* What has been decoded so far may still come out, also where the pad is
       * not even linked: that must not depend on who is faster. */
      return STEP_GO_ON;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, TOO_LARGE)) {
        take_size (self, error);
        return STEP_FAILED;
      }
      /* All streams are known. */
      if (gst_pad_is_linked (self->sink))
        return STEP_GO_ON;
      break;
    case GST_MESSAGE_EOS:
      if (self->fast && !self->failure && g_atomic_int_get (&self->n_buffers))
        return STEP_DONE;
      break;
    default:
      return STEP_GO_ON;
  }
  take_reason (self, error);
  return STEP_FAILED;
}

static void
take_stall (FilePipeline *self, gint64 limit, GError **error)
{
  g_autofree gchar *name = montage_media_name (self->analysis->uri);

  if (self->failure) {
    take_reason (self, error);
    return;
  }
  self->stalled = TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "'%s' has given no data for %d s: check its disk, or convert it or leave "
      "it out.",
      name, (gint) (limit / G_USEC_PER_SEC));
}

/* Looks for signs of life; FALSE where nothing has moved for too long. */
static gboolean
is_alive (FilePipeline *self, GError **error)
{
  gint n_buffers = g_atomic_int_get (&self->n_buffers)
      + (self->fast ? montage_fast_pass_get_n_packets (self->fast) : 0);
  gint64 now = g_get_monotonic_time ();
  gint64 limit = STALL;

  if (n_buffers != self->n_buffers_seen)
    self->moved = now;
  self->n_buffers_seen = n_buffers;
  if (!montage_pipeline_is_idle (self->pipeline))
    self->idle = 0;
  else if (self->idle == 0)
    self->idle = now;
  /* Measured from where it was first seen idle, not from where it was last seen
   * busy: this thread may have waited for the processor in between, and what
   * has been posted meanwhile has to be taken first. */
  if (self->idle > 0
      && now - self->idle >= (self->failure ? STALL_IDLE_FAILED : STALL_IDLE)) {
    if (!self->failure)
      self->failure = montage_media_error_new_damaged (self->analysis->uri);
    take_reason (self, error);
    return FALSE;
  }
  if (self->failure)
    limit = STALL_FAILED;
  else if (g_atomic_int_get (&self->draining))
    limit = STALL_DRAINING;
  if (now - self->moved < limit)
    return TRUE;
  take_stall (self, limit, error);
  return FALSE;
}

static gboolean
file_pipeline_loop (FilePipeline *self, MontageFilePosition position,
    gpointer data, GCancellable *cancellable, GError **error)
{
  const GstMessageType types = GST_MESSAGE_ERROR | GST_MESSAGE_EOS
      | GST_MESSAGE_ELEMENT | GST_MESSAGE_APPLICATION;
  gint64 reported = 0;

  self->moved = g_get_monotonic_time ();
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_autoptr (GstMessage)
        message = gst_bus_timed_pop_filtered (self->bus, POLL, types);
    Step step;

    step = message ? on_message (self, message, error) : STEP_GO_ON;
    if (step != STEP_GO_ON)
      return step == STEP_DONE;
    if (message)
      self->idle = 0;
    if (!is_alive (self, error))
      return FALSE;
    if (position && g_get_monotonic_time () - reported > G_USEC_PER_SEC / 10) {
      position ((GstClockTime) g_atomic_int_get (&self->position_ms)
              * GST_MSECOND,
          data);
      reported = g_get_monotonic_time ();
    }
  }
  return FALSE;
}

static void
init_debug (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    GST_DEBUG_CATEGORY_INIT (pipeline_debug, "montagefile", 0,
        "analysis of one file");
    g_once_init_leave (&once, 1);
  }
}

static gboolean
run_pipeline (FilePipeline *self, MontageFilePosition position, gpointer data,
    GCancellable *cancellable, GError **error)
{
  gboolean ok = FALSE;

  if (file_pipeline_init (self, error)) {
    apply_settings (self, self->options->settings);
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    ok = file_pipeline_loop (self, position, data, cancellable, error);
  }
  file_pipeline_clear (self);
  return ok;
}

/* Whether decoding all of it would fail, too. */
static gboolean
is_hopeless (const FilePipeline *survey)
{
  return survey->stalled || montage_fast_pass_get_n_packets (survey->fast) == 0;
}

/* %FALSE without an error where the file has to be decoded in full, or it was
 * cancelled. */
static gboolean
run_fast (MontageAnalysis *analysis, const MontageFileOptions *options,
    MontageFilePosition position, gpointer data, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (MontageFastPass) fast = montage_fast_pass_new ();
  g_autoptr (GError) reason = NULL;
  FilePipeline survey = {analysis, options, fast};
  FilePipeline look = {analysis, options, fast};

  if (!run_pipeline (&survey, position, data, cancellable, &reason)) {
    if (reason->domain == GST_MONTAGE_ERROR && is_hopeless (&survey))
      g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
  }
  if (!montage_fast_pass_plan (fast)
      || (montage_fast_pass_is_open (fast)
          && !run_pipeline (&look, position, data, cancellable, NULL)))
    return FALSE;
  analysis->shots = montage_fast_pass_finish (fast);
  if (analysis->shots)
    analysis->shots->has_audio = g_atomic_int_get (&survey.has_audio);
  return analysis->shots != NULL;
}

gboolean
montage_file_pipeline_run (MontageAnalysis *analysis,
    const MontageFileOptions *options, MontageFilePosition position,
    gpointer data, GCancellable *cancellable, GError **error)
{
  FilePipeline self = {analysis, options};
  g_autoptr (GError) reason = NULL;

  init_debug ();
  if (options->fast
      && run_fast (analysis, options, position, data, cancellable, &reason))
    return TRUE;
  if (!reason)
    return run_pipeline (&self, position, data, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
