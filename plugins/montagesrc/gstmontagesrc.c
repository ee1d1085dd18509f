/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-montagesrc
 * @title: montagesrc
 * @short_description: clips, music and a sentence in, a film out
 *
 * The whole way to a film in one element: it analyses the song and the clips
 * (in parallel, and only those that it has not seen before), reads the prompt,
 * plans the cuts and plays the film with a #montagetimeline. Its pads appear
 * when the film is planned; those that stay unlinked do no harm.
 *
 * While it works it posts GST_MESSAGE_PROGRESS with the codes "direct" (naming
 * each language model that is asked), "analyse" (with the percentage at the end
 * of its text), "plan" and "open". For
 * each file that is left out, and for whatever else a viewer of the film should
 * know, it posts a warning with one sentence. Setting it to READY or NULL stops
 * the work at once.
 *
 * What is wanted of single clips stands in a file clips.json in their folder
 * (a document gst-montage/clips), or in #GstMontageSrc:clip-rules.
 *
 * As the source of a URI it is named montage:?music=…&clips=…&prompt=…: the
 * names are those of the properties, the values are percent-escaped. So
 * uridecodebin plays it, too, but in a line of gst-launch-1.0 name montagesrc
 * itself: uridecodebin shows pads from several threads at once, which the late
 * links of gst_parse_launch() (1.22 to 1.26) are not made for. GLib then warns
 * that an "instance has no handler".
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 montagesrc music=song.ogg clips=footage/ prompt="slow, warm, 40 seconds" name=m \
 *     m.video_src ! queue ! autovideosink  m.audio_src ! queue ! autoaudiosink
 * ]|
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/app/gstappsrc.h>
#include <gst/montage/montage.h>

#include "filmprogress.h"
#include "filmsettings.h"
#include "gstmontagesrc.h"
#include "montageuri.h"

GST_DEBUG_CATEGORY_STATIC (montagesrc_debug);
#define GST_CAT_DEFAULT montagesrc_debug

enum
{
  PROP_PLAN = N_FILM_SETTINGS
};

/* us. An error that is posted while the application is still in
 * gst_element_set_state() stops gst-launch-1.0 before its loop runs, and the loop
 * then runs for ever. */
#define ERROR_DELAY (G_USEC_PER_SEC / 4)

struct _GstMontageSrc
{
  GstBin parent;

  GstElement *appsrc;   /* hands the plan over; constant */
  GstElement *timeline; /* nullable where the plugin is missing; constant */

  FilmSettings settings; /* object lock */
  gchar *plan;           /* object lock; nullable */

  /* Only in state changes. */
  GThread *worker;
  GCancellable *cancellable;

  gboolean opening; /* object lock: the film is not to be seen so far */
  gboolean async;   /* object lock: async-start was posted, async-done not */
};

static void gst_montage_src_uri_init (gpointer iface, gpointer data);

G_DEFINE_TYPE_WITH_CODE (GstMontageSrc, gst_montage_src, GST_TYPE_BIN,
    G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER, gst_montage_src_uri_init)
        GST_DEBUG_CATEGORY_INIT (montagesrc_debug, "montagesrc", 0,
            "the whole film in one element"))
GST_ELEMENT_REGISTER_DEFINE (montagesrc, "montagesrc", GST_RANK_NONE,
    GST_TYPE_MONTAGE_SRC)

static GstStaticPadTemplate video_template =
    GST_STATIC_PAD_TEMPLATE ("video_src", GST_PAD_SRC, GST_PAD_SOMETIMES,
        GST_STATIC_CAPS ("video/x-raw(ANY)"));
static GstStaticPadTemplate audio_template =
    GST_STATIC_PAD_TEMPLATE ("audio_src", GST_PAD_SRC, GST_PAD_SOMETIMES,
        GST_STATIC_CAPS ("audio/x-raw(ANY)"));

/* The state change goes on in the background, as in uridecodebin. */
static void
begin_async (GstMontageSrc *self)
{
  GST_OBJECT_LOCK (self);
  self->async = TRUE;
  GST_OBJECT_UNLOCK (self);
  GST_BIN_CLASS (gst_montage_src_parent_class)
      ->handle_message (GST_BIN (self),
          gst_message_new_async_start (GST_OBJECT (self)));
}

static void
end_async (GstMontageSrc *self)
{
  gboolean pending;

  GST_OBJECT_LOCK (self);
  pending = self->async;
  self->async = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (pending)
    GST_BIN_CLASS (gst_montage_src_parent_class)
        ->handle_message (GST_BIN (self),
            gst_message_new_async_done (GST_OBJECT (self),
                GST_CLOCK_TIME_NONE));
}

/* The film is there: called from whichever shows it first. */
static void
film_is_open (GstMontageSrc *self)
{
  gboolean opening;

  GST_OBJECT_LOCK (self);
  opening = self->opening;
  self->opening = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (!opening)
    return;
  film_progress_post (GST_ELEMENT (self), GST_PROGRESS_TYPE_COMPLETE, "open",
      "The film is open");
  gst_element_no_more_pads (GST_ELEMENT (self));
  end_async (self);
}

static GstPadProbeReturn
on_first_data (GstPad *pad, GstPadProbeInfo *info, gpointer self)
{
  film_is_open (self);
  return GST_PAD_PROBE_REMOVE;
}

static void
on_timeline_pad_added (GstElement *timeline, GstPad *pad, GstMontageSrc *self)
{
  g_autofree gchar *name = gst_pad_get_name (pad);
  GstPadTemplate *template = gst_element_get_pad_template (GST_ELEMENT (self),
      g_str_has_prefix (name, "audio") ? "audio_src" : "video_src");
  GstPad *ghost;

  if (!GST_PAD_IS_SRC (pad))
    return;
  ghost = gst_ghost_pad_new_from_template (name, pad, template);
  gst_pad_add_probe (ghost,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, on_first_data,
      self, NULL);
  gst_pad_set_active (ghost, TRUE);
  gst_element_add_pad (GST_ELEMENT (self), ghost);
}

static void
on_timeline_pad_removed (GstElement *timeline, GstPad *pad, GstMontageSrc *self)
{
  g_autofree gchar *name = gst_pad_get_name (pad);
  g_autoptr (GstPad) ghost = NULL;

  if (!GST_PAD_IS_SRC (pad))
    return;
  ghost = gst_element_get_static_pad (GST_ELEMENT (self), name);
  if (!ghost)
    return;
  gst_ghost_pad_set_target (GST_GHOST_PAD (ghost), NULL);
  gst_pad_set_active (ghost, FALSE);
  gst_element_remove_pad (GST_ELEMENT (self), ghost);
}

static void
on_timeline_no_more_pads (GstElement *timeline, GstMontageSrc *self)
{
  film_is_open (self);
}

/* The worker */

typedef struct
{
  GstMontageSrc *self;
  GCancellable *cancellable; /* borrowed, outlives the worker */
  gint64 begin;              /* monotonic time, us */
  FilmProgress progress;
} Work;

static void
post_error (GstMontageSrc *self, const GError *error)
{
  const gchar *sentence = error->message;

  if (g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING))
    GST_ELEMENT_ERROR (self, CORE, MISSING_PLUGIN, ("%s", sentence), (NULL));
  else if (g_error_matches (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO))
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ, ("%s", sentence), (NULL));
  else if (g_error_matches (error, GST_MONTAGE_ERROR,
               GST_MONTAGE_ERROR_MATERIAL))
    GST_ELEMENT_ERROR (self, STREAM, FAILED, ("%s", sentence), (NULL));
  else
    GST_ELEMENT_ERROR (self, LIBRARY, SETTINGS, ("%s", sentence), (NULL));
}

/* Until ERROR_DELAY has gone by since the beginning, or the work is stopped. */
static void
wait_for_application (Work *work)
{
  gint64 left = work->begin + ERROR_DELAY - g_get_monotonic_time ();
  GPollFD fd;

  if (left <= 0 || !g_cancellable_make_pollfd (work->cancellable, &fd))
    return;
  g_poll (&fd, 1, (gint) (left / 1000) + 1);
  g_cancellable_release_fd (work->cancellable);
}

static void
post_failure (Work *work, const GError *error)
{
  wait_for_application (work);
  if (g_cancellable_is_cancelled (work->cancellable)) {
    film_progress_end (&work->progress, GST_PROGRESS_TYPE_CANCELED,
        "The work was stopped");
    return;
  }
  film_progress_end (&work->progress, GST_PROGRESS_TYPE_ERROR, error->message);
  post_error (work->self, error);
}

static void
post_warnings (GstMontageSrc *self, const GStrv sentences)
{
  for (guint i = 0; sentences && sentences[i]; i++)
    GST_ELEMENT_WARNING (self, RESOURCE, OPEN_READ, ("%s", sentences[i]),
        (NULL));
}

static void
hand_over (GstMontageSrc *self, const GstMontagePlan *plan)
{
  g_autofree gchar *text = gst_montage_plan_to_json (plan);
  gsize length = strlen (text);
  GstBuffer *buffer;

  GST_OBJECT_LOCK (self);
  self->opening = TRUE;
  g_free (self->plan);
  self->plan = g_strdup (text);
  GST_OBJECT_UNLOCK (self);
  g_object_notify (G_OBJECT (self), "plan");
  buffer = gst_buffer_new_wrapped (g_steal_pointer (&text), length);
  gst_app_src_push_buffer (GST_APP_SRC (self->appsrc), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (self->appsrc));
}

static GstMontagePlan *
plan_film (Work *work, GError **error)
{
  GstMontageSrc *self = work->self;
  g_auto (FilmSettings) settings = {NULL};
  g_autoptr (GstMontageClipRules) rules = NULL;
  MontageFilmRequest request;

  GST_OBJECT_LOCK (self);
  settings = film_settings_copy (&self->settings);
  GST_OBJECT_UNLOCK (self);
  if (settings.clip_rules) {
    rules = gst_montage_clip_rules_load (settings.clip_rules, error);
    if (!rules)
      return NULL;
  }
  request = film_settings_request (&settings);
  request.rules = rules;
  request.progress = film_progress_take;
  request.progress_data = &work->progress;
  return montage_film_plan (&request, work->cancellable, error);
}

static gpointer
work_thread (gpointer data)
{
  GstMontageSrc *self = data;
  Work work = {.self = self,
      .cancellable = self->cancellable,
      .begin = g_get_monotonic_time (),
      .progress = {.element = GST_ELEMENT (self)}};
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  film_progress_begin (&work.progress, "direct", "Reading the prompt");
  plan = plan_film (&work, &error);
  if (!plan) {
    post_failure (&work, error);
    return NULL;
  }
  post_warnings (self, plan->instructions->origin.notes);
  post_warnings (self, plan->notes);
  film_progress_end (&work.progress, GST_PROGRESS_TYPE_COMPLETE,
      "The film is planned");
  film_progress_begin (&work.progress, "open", "Opening the film");
  hand_over (self, plan);
  return NULL;
}

static void
start_worker (GstMontageSrc *self)
{
  GST_OBJECT_LOCK (self);
  g_clear_pointer (&self->plan, g_free);
  GST_OBJECT_UNLOCK (self);
  self->cancellable = g_cancellable_new ();
  self->worker = g_thread_new ("montagesrc", work_thread, self);
}

static void
stop_worker (GstMontageSrc *self)
{
  gboolean opening;

  if (!self->worker)
    return;
  g_cancellable_cancel (self->cancellable);
  g_thread_join (g_steal_pointer (&self->worker));
  g_clear_object (&self->cancellable);
  GST_OBJECT_LOCK (self);
  opening = self->opening;
  self->opening = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (opening)
    film_progress_post (GST_ELEMENT (self), GST_PROGRESS_TYPE_CANCELED, "open",
        "The work was stopped");
}

static gboolean
check_timeline (GstMontageSrc *self)
{
  if (self->timeline && self->appsrc)
    return TRUE;
  GST_ELEMENT_ERROR (self, CORE, MISSING_PLUGIN,
      ("The element \"%s\" is missing: install %s.",
          self->appsrc ? "montagetimeline" : "appsrc",
          self->appsrc ? "the plugin \"montagetimeline\" of gst-montage"
                       : "the package gstreamer1.0-plugins-base"),
      (NULL));
  return FALSE;
}

static GstStateChangeReturn
gst_montage_src_change_state (GstElement *element, GstStateChange transition)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (element);
  GstStateChangeReturn ret;

  if (transition == GST_STATE_CHANGE_NULL_TO_READY && !check_timeline (self))
    return GST_STATE_CHANGE_FAILURE;
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED)
    begin_async (self);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    stop_worker (self);

  ret = GST_ELEMENT_CLASS (gst_montage_src_parent_class)
            ->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    end_async (self);
  if (transition != GST_STATE_CHANGE_READY_TO_PAUSED)
    return ret;
  if (ret == GST_STATE_CHANGE_FAILURE) {
    end_async (self);
    return ret;
  }
  start_worker (self);
  return GST_STATE_CHANGE_ASYNC;
}

/* URI handler */

static GstURIType
gst_montage_src_uri_get_type (GType type)
{
  return GST_URI_SRC;
}

static const gchar *const *
gst_montage_src_uri_get_protocols (GType type)
{
  static const gchar *const protocols[] = {MONTAGE_URI_PROTOCOL, NULL};

  return protocols;
}

static gchar *
gst_montage_src_uri_get_uri (GstURIHandler *handler)
{
  return montage_uri_new (G_OBJECT (handler));
}

static gboolean
gst_montage_src_uri_set_uri (GstURIHandler *handler, const gchar *uri,
    GError **error)
{
  if (GST_STATE (handler) >= GST_STATE_PAUSED) {
    g_set_error_literal (error, GST_URI_ERROR, GST_URI_ERROR_BAD_STATE,
        "The URI of a running montagesrc cannot be changed: set it to READY "
        "first.");
    return FALSE;
  }
  return montage_uri_apply (G_OBJECT (handler), uri, error);
}

static void
gst_montage_src_uri_init (gpointer iface, gpointer data)
{
  GstURIHandlerInterface *handler = iface;

  handler->get_type = gst_montage_src_uri_get_type;
  handler->get_protocols = gst_montage_src_uri_get_protocols;
  handler->get_uri = gst_montage_src_uri_get_uri;
  handler->set_uri = gst_montage_src_uri_set_uri;
}

/* Properties */

static void
gst_montage_src_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = film_settings_set (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_montage_src_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);
  gboolean known = TRUE;

  GST_OBJECT_LOCK (self);
  if (id == PROP_PLAN)
    g_value_set_string (value, self->plan);
  else
    known = film_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_montage_src_finalize (GObject *object)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);

  film_settings_clear (&self->settings);
  g_free (self->plan);
  G_OBJECT_CLASS (gst_montage_src_parent_class)->finalize (object);
}

static void
gst_montage_src_class_init (GstMontageSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = gst_montage_src_set_property;
  object_class->get_property = gst_montage_src_get_property;
  object_class->finalize = gst_montage_src_finalize;
  film_settings_install (object_class);
  g_object_class_install_property (object_class, PROP_PLAN,
      g_param_spec_string ("plan", "Plan",
          "The plan of the film (gst-montage/plan, JSON); unset until it is "
          "made.",
          NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  element_class->change_state = gst_montage_src_change_state;
  gst_element_class_add_static_pad_template (element_class, &video_template);
  gst_element_class_add_static_pad_template (element_class, &audio_template);
  gst_element_class_set_static_metadata (element_class, "Montage source",
      "Source/Editing/Video/Audio",
      "Makes a film from clips, music and a sentence",
      "The gst-montage developers");
}

static void
gst_montage_src_init (GstMontageSrc *self)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (GST_MONTAGE_CAPS_PLAN);

  film_settings_init (&self->settings);
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
  gst_bin_set_suppressed_flags (GST_BIN (self),
      GST_ELEMENT_FLAG_SOURCE | GST_ELEMENT_FLAG_SINK);

  self->appsrc = gst_element_factory_make ("appsrc", "plan-source");
  self->timeline = gst_element_factory_make ("montagetimeline", "timeline");
  if (self->appsrc) {
    g_object_set (self->appsrc, "caps", caps, "format", GST_FORMAT_BYTES, NULL);
    gst_bin_add (GST_BIN (self), self->appsrc);
  }
  if (!self->timeline)
    return;
  g_signal_connect (self->timeline, "pad-added",
      G_CALLBACK (on_timeline_pad_added), self);
  g_signal_connect (self->timeline, "pad-removed",
      G_CALLBACK (on_timeline_pad_removed), self);
  g_signal_connect (self->timeline, "no-more-pads",
      G_CALLBACK (on_timeline_no_more_pads), self);
  gst_bin_add (GST_BIN (self), self->timeline);
  if (self->appsrc)
    gst_element_link (self->appsrc, self->timeline);
}
