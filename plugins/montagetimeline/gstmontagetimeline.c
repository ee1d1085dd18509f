/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-montagetimeline
 * @title: montagetimeline
 * @short_description: plays a plan as a film
 *
 * Reads a plan (application/x-montage-plan: JSON, cut into buffers anywhere, or
 * the sticky event GstMontagePlan) and plays it: the pads `video_src` and
 * `audio_src` appear when the first plan has come and all its files are there.
 * A pad that is not linked then stands still and does no harm.
 *
 * The pictures are I420 in the plan's size and rate, exactly as many as the
 * plan has frames; each is the last one of its source that is not after the
 * time that the plan asks for. Clips are decoded by branches of their own,
 * which are prepared two cuts ahead. The sound is the plan's window of the
 * music, 48 kHz stereo, as long as the pictures, faded out at the end with the
 * equal-power curve.
 *
 * Seeks are exact, at any speed forwards (the sinks play faster or slower; every
 * frame comes); one that comes by either pad moves both.
 *
 * A later revision of the plan is taken over from the second cut after the
 * playing one on; one that changes earlier cuts is refused with a
 * warning. Each time a cut begins, the custom event GstMontageCommitted is
 * sent upstream:
 *
 * * #guint `revision`: of the plan that plays
 * * #guint `n-cuts`: so many cuts from the start stay as they are
 *
 * A seek that is sent to the element before the plan holds from the first frame
 * on, so that a part of the film costs no more than that part.
 *
 * A file that ends early or cannot be decoded is shown as its last picture,
 * and one warning message names it. A missing file is an error.
 *
 * ## Example
 *
 * |[
 * gst-launch-1.0 filesrc location=film.plan.json ! \
 *     application/x-montage-plan ! montagetimeline name=t \
 *     t.video_src ! queue ! videoconvert ! autovideosink \
 *     t.audio_src ! queue ! audioconvert ! audioresample ! autoaudiosink
 * ]|
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstmontagetimeline.h"

#include "documentsplitter.h"
#include "filmstreams.h"

#include <gio/gio.h>
#include <gst/montage/json.h>
#include <gst/montage/montage.h>
#include <gst/video/video.h>
#ifdef HAVE_GES
#include <gst/pipelines/gestimeline.h>
#endif

GST_DEBUG_CATEGORY_STATIC (montagetimeline_debug);
#define GST_CAT_DEFAULT montagetimeline_debug

enum
{
  PROP_0,
  PROP_TIMELINE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

struct _GstMontageTimeline
{
  GstBin parent;

  GstPad *sink_pad;
  /* Used by the thread of the sink pad, or while it stands. */
  DocumentSplitter *splitter;
  gboolean refused; /* an error has been posted */

  FilmStreams *streams; /* constant */

  /* Protected by the object lock. */
  Film *film;
  GstEvent *seek; /* nullable: that came before the film */
  GObject *timeline;
  FilmPlan *timeline_plan; /* what @timeline was built from */
};

G_DEFINE_FINAL_TYPE (GstMontageTimeline, gst_montage_timeline, GST_TYPE_BIN)
GST_ELEMENT_REGISTER_DEFINE (montagetimeline, "montagetimeline", GST_RANK_NONE,
    GST_TYPE_MONTAGE_TIMELINE)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_MONTAGE_CAPS_PLAN));
static GstStaticPadTemplate video_template =
    GST_STATIC_PAD_TEMPLATE ("video_src", GST_PAD_SRC, GST_PAD_SOMETIMES,
        GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));
static GstStaticPadTemplate audio_template =
    GST_STATIC_PAD_TEMPLATE ("audio_src", GST_PAD_SRC, GST_PAD_SOMETIMES,
        GST_STATIC_CAPS (
            "audio/x-raw, format=(string)F32LE, layout=(string)interleaved, "
            "rate=(int)48000, channels=(int)2"));

static Film *
get_film (GstMontageTimeline *self)
{
  Film *film;

  GST_OBJECT_LOCK (self);
  film = self->film != NULL ? film_ref (self->film) : NULL;
  GST_OBJECT_UNLOCK (self);
  return film;
}

/* From the streaming thread of the pictures. */
static void
on_committed (guint revision, guint n_cuts, gpointer data)
{
  GstMontageTimeline *self = data;

  GST_DEBUG_OBJECT (self, "revision %u: %u cuts are handed out", revision,
      n_cuts);
  gst_pad_push_event (self->sink_pad,
      gst_montage_event_new_committed (revision, n_cuts));
}

static gboolean
check_file (GstMontageTimeline *self, const gchar *uri, const gchar *what)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_is_native (file))
    return TRUE;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_ACCESS_CAN_READ,
      G_FILE_QUERY_INFO_NONE, NULL, &error);
  if (info == NULL) {
    GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND,
        ("The %s “%s” of the plan is not there: put it back or plan again.",
            what, g_file_peek_path (file)),
        ("%s", error->message));
    return FALSE;
  }
  if (!g_file_info_get_attribute_boolean (info,
          G_FILE_ATTRIBUTE_ACCESS_CAN_READ)) {
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ,
        ("The %s “%s” of the plan cannot be read: its permissions forbid it.",
            what, g_file_peek_path (file)),
        (NULL));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_files (GstMontageTimeline *self, const GstMontagePlan *plan)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint i;

  for (i = 0; i < plan->cuts->len; i++) {
    guint source = g_array_index (plan->cuts, GstMontageCut, i).source;

    if (g_hash_table_add (seen, GUINT_TO_POINTER (source))
        && !check_file (self,
            g_array_index (plan->sources, GstMontageSource, source).uri,
            "clip"))
      return FALSE;
  }
  return plan->music.uri == NULL || check_file (self, plan->music.uri, "music");
}

static void
start_film (GstMontageTimeline *self, FilmPlan *plan)
{
  g_autoptr (Film) film = film_new (plan, on_committed, self);
  g_autoptr (GstEvent) seek = NULL;

  GST_OBJECT_LOCK (self);
  self->film = film_ref (film);
  seek = g_steal_pointer (&self->seek);
  GST_OBJECT_UNLOCK (self);
  film_streams_open (self->streams, film, seek, &video_template,
      &audio_template);
}

static void
revise_film (GstMontageTimeline *self, Film *film, FilmPlan *plan)
{
  g_autoptr (FilmPlan) now = film_get_plan (film);
  g_autoptr (GError) error = NULL;

  /* The same plan comes as an event and as a buffer. */
  if (plan->plan->revision == now->plan->revision)
    return;
  if (plan->plan->revision < now->plan->revision) {
    GST_WARNING_OBJECT (self, "revision %u comes after revision %u",
        plan->plan->revision, now->plan->revision);
    return;
  }
  if (!film_offer (film, plan, &error)) {
    GST_ELEMENT_WARNING (self, STREAM, FAILED, ("%s.", error->message), (NULL));
    return;
  }
  GST_INFO_OBJECT (self, "revision %u takes over", plan->plan->revision);
  if (plan->plan->duration != now->plan->duration)
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_duration_changed (GST_OBJECT (self)));
}

/* Takes @document. */
static gboolean
take_plan (GstMontageTimeline *self, GstMontagePlan *document)
{
  g_autoptr (FilmPlan) plan = film_plan_new (document);
  g_autoptr (Film) film = get_film (self);

  self->refused = !check_files (self, document);
  if (self->refused)
    return FALSE;
  if (film == NULL)
    start_film (self, plan);
  else
    revise_film (self, film, plan);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINE]);
  return TRUE;
}

static gboolean
refuse_plan (GstMontageTimeline *self, const GError *error)
{
  self->refused = TRUE;
  GST_ELEMENT_ERROR (self, STREAM, DECODE, ("%s", error->message), (NULL));
  return FALSE;
}

static gboolean
read_document (GstMontageTimeline *self, GBytes *document)
{
  g_autoptr (GError) error = NULL;
  GstMontagePlan *plan;
  gsize length;
  const gchar *text = g_bytes_get_data (document, &length);

  plan = gst_montage_plan_from_json (text, length, "the plan", &error);
  if (plan == NULL)
    return refuse_plan (self, error);
  return take_plan (self, plan);
}

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (parent);
  g_autoptr (GstBuffer) owned = buffer;
  GstMapInfo map;
  gboolean kept;

  if (!gst_buffer_map (owned, &map, GST_MAP_READ)) {
    GST_ELEMENT_ERROR (self, RESOURCE, READ, ("The plan cannot be read."),
        (NULL));
    return GST_FLOW_ERROR;
  }
  kept = document_splitter_push (self->splitter, map.data, map.size);
  gst_buffer_unmap (owned, &map);
  if (!kept) {
    GST_ELEMENT_ERROR (self, STREAM, DECODE,
        ("What should be a plan is larger than %u bytes.",
            GST_MONTAGE_JSON_MAX_BYTES),
        (NULL));
    return GST_FLOW_ERROR;
  }
  while (TRUE) {
    g_autoptr (GBytes) document = document_splitter_pop (self->splitter);

    if (document == NULL)
      return GST_FLOW_OK;
    if (!read_document (self, document))
      return GST_FLOW_ERROR;
  }
}

static void
finish_documents (GstMontageTimeline *self)
{
  g_autoptr (GBytes) rest = document_splitter_finish (self->splitter);
  g_autoptr (Film) film = NULL;

  if (rest != NULL && !read_document (self, rest))
    return;
  film = get_film (self);
  if (film == NULL && !self->refused)
    GST_ELEMENT_ERROR (self, STREAM, FAILED,
        ("No plan has come: there is nothing to play."), (NULL));
}

/* What belongs to the stream of plans ends here; the film has streams of its
 * own. */
static gboolean
sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (parent);
  g_autoptr (GError) error = NULL;
  GstMontagePlan *plan = NULL;
  gboolean handled = TRUE;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_EOS:
      finish_documents (self);
      break;
    case GST_EVENT_FLUSH_STOP:
      document_splitter_reset (self->splitter);
      break;
    case GST_EVENT_CUSTOM_DOWNSTREAM_STICKY:
      if (gst_montage_event_parse_plan (event, &plan, &error))
        handled = take_plan (self, plan);
      else if (error != NULL)
        handled = refuse_plan (self, error);
      break;
    default:
      break;
  }
  gst_event_unref (event);
  return handled;
}

static gboolean
sink_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_CAPS:
    case GST_QUERY_ACCEPT_CAPS:
      return gst_pad_query_default (pad, parent, query);
    default:
      return FALSE;
  }
}

/* A source whose pad nobody linked ends quietly; so does the film where the
 * other one goes on. */
static gboolean
is_not_linked (GstMontageTimeline *self, GstMessage *message)
{
  const GstStructure *details = NULL;
  gint flow = GST_FLOW_OK;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR
      || GST_OBJECT_PARENT (GST_MESSAGE_SRC (message)) != GST_OBJECT (self))
    return FALSE;
  gst_message_parse_error_details (message, &details);
  return details != NULL
      && gst_structure_get_int (details, "flow-return", &flow)
      && flow == GST_FLOW_NOT_LINKED;
}

static void
handle_message (GstBin *bin, GstMessage *message)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (bin);

  if (is_not_linked (self, message)) {
    GST_INFO_OBJECT (self, "%" GST_PTR_FORMAT " is not linked",
        GST_MESSAGE_SRC (message));
    gst_message_unref (message);
    return;
  }
  GST_BIN_CLASS (gst_montage_timeline_parent_class)
      ->handle_message (bin, message);
}

static void
reset (GstMontageTimeline *self)
{
  Film *film;

  film_streams_close (self->streams);
  document_splitter_reset (self->splitter);
  self->refused = FALSE;
  GST_OBJECT_LOCK (self);
  film = g_steal_pointer (&self->film);
  gst_clear_event (&self->seek);
  GST_OBJECT_UNLOCK (self);
  g_clear_pointer (&film, film_unref);
}

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange transition)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (element);
  GstStateChangeReturn result = GST_ELEMENT_CLASS (
      gst_montage_timeline_parent_class)
                                    ->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    reset (self);
  return result;
}

/* A seek before the first plan holds from the first frame on. */
static gboolean
send_event (GstElement *element, GstEvent *event)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (element);
  gboolean early = FALSE;

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK) {
    GST_OBJECT_LOCK (self);
    early = self->film == NULL;
    if (early)
      gst_event_take (&self->seek, event);
    GST_OBJECT_UNLOCK (self);
  }
  return early
      || GST_ELEMENT_CLASS (gst_montage_timeline_parent_class)
             ->send_event (element, event);
}

#ifdef HAVE_GES
/* The timeline is built when somebody wants it, in that thread: GES objects
 * belong to one thread. */
static GObject *
get_timeline (GstMontageTimeline *self)
{
  g_autoptr (Film) film = get_film (self);
  g_autoptr (FilmPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  GObject *timeline = NULL;

  if (film == NULL)
    return NULL;
  plan = film_get_plan (film);
  GST_OBJECT_LOCK (self);
  if (self->timeline_plan == plan)
    timeline = g_object_ref (self->timeline);
  GST_OBJECT_UNLOCK (self);
  if (timeline != NULL)
    return timeline;
  if (ges_init ())
    timeline = (GObject *) montage_ges_timeline_new (plan->plan, &error);
  if (timeline == NULL) {
    GST_WARNING_OBJECT (self, "no timeline: %s",
        error != NULL ? error->message : "GES cannot be initialised");
    return NULL;
  }
  g_object_ref_sink (timeline);
  GST_OBJECT_LOCK (self);
  g_set_object (&self->timeline, timeline);
  g_clear_pointer (&self->timeline_plan, film_plan_unref);
  self->timeline_plan = film_plan_ref (plan);
  GST_OBJECT_UNLOCK (self);
  return timeline;
}
#else
static GObject *
get_timeline (GstMontageTimeline *self)
{
  return NULL;
}
#endif

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (object);

  switch (id) {
    case PROP_TIMELINE:
      g_value_take_object (value, get_timeline (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      break;
  }
}

static void
dispose (GObject *object)
{
  GstMontageTimeline *self = GST_MONTAGE_TIMELINE (object);

  if (self->splitter != NULL)
    reset (self);
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->timeline_plan, film_plan_unref);
  g_clear_pointer (&self->splitter, document_splitter_free);
  g_clear_pointer (&self->streams, film_streams_free);
  G_OBJECT_CLASS (gst_montage_timeline_parent_class)->dispose (object);
}

static void
gst_montage_timeline_class_init (GstMontageTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->dispose = dispose;
  /**
   * GstMontageTimeline:timeline:
   *
   * The plan as a GESTimeline, for editing tools: a copy to be used in the
   * thread that reads it. NULL before the first plan and where the plugin was
   * built without GES. Notified when a plan has come.
   */
  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", "Timeline",
      "The plan as a GESTimeline, NULL before a plan has come.", G_TYPE_OBJECT,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  element_class->change_state = change_state;
  element_class->send_event = send_event;
  GST_BIN_CLASS (klass)->handle_message = handle_message;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &video_template);
  gst_element_class_add_static_pad_template (element_class, &audio_template);
  gst_element_class_set_static_metadata (element_class, "Montage timeline",
      "Source/Editing/Video/Audio/Compositor", "Plays a montage plan as a film",
      "gst-montage");
  GST_DEBUG_CATEGORY_INIT (montagetimeline_debug, "montagetimeline", 0,
      "plays montage plans");
}

static void
gst_montage_timeline_init (GstMontageTimeline *self)
{
  self->splitter = document_splitter_new ();
  self->streams = film_streams_new (GST_BIN (self));
  self->sink_pad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sink_pad, chain);
  gst_pad_set_event_function (self->sink_pad, sink_event);
  gst_pad_set_query_function (self->sink_pad, sink_query);
  gst_element_add_pad (GST_ELEMENT (self), self->sink_pad);
}
