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

#include "../../gst/pipelines/filmmaker.h"
#include "gstmontagesrc.h"
#include "montageuri.h"

GST_DEBUG_CATEGORY_STATIC (montagesrc_debug);
#define GST_CAT_DEFAULT montagesrc_debug

enum
{
  PROP_0,
  PROP_MUSIC,
  PROP_CLIPS,
  PROP_CLIP_LIST,
  PROP_PROMPT,
  PROP_STYLE,
  PROP_SEED,
  PROP_DURATION,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_FRAMERATE,
  PROP_FIT,
  PROP_WORKERS,
  PROP_CACHE,
  PROP_OFFLINE,
  PROP_MODELS_FILE,
  PROP_ALLOW_STABILIZATION,
  PROP_ALLOW_UPSCALE,
  PROP_LOOK,
  PROP_PLAN,
};

/* us. An error that is posted while the application is still in
 * gst_element_set_state() stops gst-launch-1.0 before its loop runs, and the loop
 * then runs for ever. */
#define ERROR_DELAY (G_USEC_PER_SEC / 4)

#define DEFAULT_SEED 0
#define DEFAULT_DURATION 0
#define DEFAULT_SIZE 0
#define MAX_SIZE 8192
#define DEFAULT_FPS_N 0
#define DEFAULT_FPS_D 1
#define DEFAULT_FIT GST_MONTAGE_FIT_CROP
#define DEFAULT_WORKERS 0
#define DEFAULT_CACHE TRUE
#define DEFAULT_OFFLINE FALSE
#define DEFAULT_MODELS_FILE NULL
#define DEFAULT_ALLOW_STABILIZATION FALSE
#define DEFAULT_ALLOW_UPSCALE FALSE
#define DEFAULT_LOOK FALSE

/* What can be set; the worker has a copy of its own. */
typedef struct
{
  gchar *music;
  GStrv clips;
  gchar *prompt;
  gchar *style;
  guint64 seed;
  GstClockTime duration;
  GstMontageOutput output;
  guint n_workers;
  gboolean cache;
  gboolean offline;
  gchar *models_file;
  gboolean allow_stabilization;
  gboolean allow_upscale;
  gboolean look;
} Settings;

struct _GstMontageSrc
{
  GstBin parent;

  GstElement *appsrc;   /* hands the plan over; constant */
  GstElement *timeline; /* nullable where the plugin is missing; constant */

  Settings settings; /* object lock */
  gchar *plan;       /* object lock; nullable */

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

static void
settings_clear (Settings *self)
{
  g_free (self->music);
  g_strfreev (self->clips);
  g_free (self->prompt);
  g_free (self->style);
  g_free (self->models_file);
}

static Settings
settings_copy (const Settings *settings)
{
  Settings copy = *settings;

  copy.music = g_strdup (settings->music);
  copy.clips = g_strdupv (settings->clips);
  copy.prompt = g_strdup (settings->prompt);
  copy.style = g_strdup (settings->style);
  copy.models_file = g_strdup (settings->models_file);
  /* What is encoded later needs even sizes. */
  copy.output.width &= ~1u;
  copy.output.height &= ~1u;
  return copy;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settings, settings_clear)

static void
post_progress (GstMontageSrc *self, GstProgressType type, const gchar *code,
    const gchar *text)
{
  gst_element_post_message (GST_ELEMENT (self),
      gst_message_new_progress (GST_OBJECT (self), type, code, text));
}

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
  post_progress (self, GST_PROGRESS_TYPE_COMPLETE, "open", "The film is open");
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
  const gchar *stage;        /* code of the progress that has begun */
  gint percent;              /* last told */
} Work;

static void
begin_stage (Work *work, const gchar *code, const gchar *text)
{
  work->stage = code;
  work->percent = -1;
  post_progress (work->self, GST_PROGRESS_TYPE_START, code, text);
}

static void
end_stage (Work *work, const gchar *text)
{
  post_progress (work->self, GST_PROGRESS_TYPE_COMPLETE, work->stage, text);
}

static void
tell_analysis (Work *work, gdouble fraction)
{
  gint percent = (gint) (fraction * 100.0);
  g_autofree gchar *text = NULL;

  if (percent == work->percent)
    return;
  work->percent = percent;
  text = g_strdup_printf ("Analysing the files: %d %%", percent);
  post_progress (work->self, GST_PROGRESS_TYPE_CONTINUE, "analyse", text);
}

static void
tell_look (Work *work, const gchar *backend)
{
  g_autofree gchar *text = NULL;

  if (!backend)
    return;
  text = g_strdup_printf ("Sending small pictures of the shots to %s", backend);
  post_progress (work->self, GST_PROGRESS_TYPE_CONTINUE, "analyse", text);
}

static void
on_film_progress (MontageFilmStage stage, gdouble fraction, const gchar *what,
    gpointer data)
{
  Work *work = data;

  if (stage == MONTAGE_FILM_DIRECT) {
    g_autofree gchar *text = g_strdup_printf ("Asking %s", what);

    post_progress (work->self, GST_PROGRESS_TYPE_CONTINUE, "direct", text);
    return;
  }
  if (g_str_equal (work->stage, "direct")) {
    end_stage (work, "The prompt is read");
    begin_stage (work, "analyse", "Analysing the files");
  }
  if (stage == MONTAGE_FILM_ANALYSE) {
    tell_analysis (work, fraction);
  } else if (stage == MONTAGE_FILM_LOOK) {
    tell_look (work, what);
  } else if (g_str_equal (work->stage, "analyse")) {
    end_stage (work, "The files are analysed");
    begin_stage (work, "plan", "Planning the film");
  }
}

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
    post_progress (work->self, GST_PROGRESS_TYPE_CANCELED, work->stage,
        "The work was stopped");
    return;
  }
  post_progress (work->self, GST_PROGRESS_TYPE_ERROR, work->stage,
      error->message);
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

static gpointer
work_thread (gpointer data)
{
  GstMontageSrc *self = data;
  Work work = {.self = self,
      .cancellable = self->cancellable,
      .begin = g_get_monotonic_time ()};
  g_auto (Settings) settings = {NULL};
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  MontageFilmRequest request = {.progress = on_film_progress,
      .progress_data = &work,
      .music_start = GST_CLOCK_TIME_NONE};

  GST_OBJECT_LOCK (self);
  settings = settings_copy (&self->settings);
  GST_OBJECT_UNLOCK (self);
  request.music = settings.music;
  request.clips = (const gchar *const *) settings.clips;
  request.prompt = settings.prompt;
  request.style = settings.style;
  request.seed = settings.seed;
  request.duration = settings.duration;
  request.output = settings.output;
  request.n_workers = settings.n_workers;
  request.use_cache = settings.cache;
  request.offline = settings.offline;
  request.models_file = settings.models_file;
  request.allow_stabilization = settings.allow_stabilization;
  request.allow_upscale = settings.allow_upscale;
  request.look = settings.look;

  begin_stage (&work, "direct", "Reading the prompt");
  plan = montage_film_plan (&request, work.cancellable, &error);
  if (!plan) {
    post_failure (&work, error);
    return NULL;
  }
  post_warnings (self, plan->instructions->origin.notes);
  post_warnings (self, plan->notes);
  end_stage (&work, "The film is planned");
  begin_stage (&work, "open", "Opening the film");
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
    post_progress (self, GST_PROGRESS_TYPE_CANCELED, "open",
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
replace_string (gchar **member, const GValue *value)
{
  g_free (*member);
  *member = g_value_dup_string (value);
}

static void
gst_montage_src_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);
  Settings *settings = &self->settings;

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_MUSIC:
      replace_string (&settings->music, value);
      break;
    case PROP_CLIPS:
      g_strfreev (settings->clips);
      settings->clips = montage_clips_split (g_value_get_string (value));
      break;
    case PROP_CLIP_LIST:
      g_strfreev (settings->clips);
      settings->clips = g_value_dup_boxed (value);
      break;
    case PROP_PROMPT:
      replace_string (&settings->prompt, value);
      break;
    case PROP_STYLE:
      replace_string (&settings->style, value);
      break;
    case PROP_SEED:
      settings->seed = g_value_get_uint64 (value);
      break;
    case PROP_DURATION:
      settings->duration = g_value_get_uint64 (value);
      break;
    case PROP_WIDTH:
      settings->output.width = g_value_get_uint (value);
      break;
    case PROP_HEIGHT:
      settings->output.height = g_value_get_uint (value);
      break;
    case PROP_FRAMERATE:
      settings->output.fps_n = gst_value_get_fraction_numerator (value);
      settings->output.fps_d = gst_value_get_fraction_denominator (value);
      break;
    case PROP_FIT:
      settings->output.fit = g_value_get_enum (value);
      break;
    case PROP_WORKERS:
      settings->n_workers = g_value_get_uint (value);
      break;
    case PROP_CACHE:
      settings->cache = g_value_get_boolean (value);
      break;
    case PROP_OFFLINE:
      settings->offline = g_value_get_boolean (value);
      break;
    case PROP_MODELS_FILE:
      replace_string (&settings->models_file, value);
      break;
    case PROP_ALLOW_STABILIZATION:
      settings->allow_stabilization = g_value_get_boolean (value);
      break;
    case PROP_ALLOW_UPSCALE:
      settings->allow_upscale = g_value_get_boolean (value);
      break;
    case PROP_LOOK:
      settings->look = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_montage_src_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);
  const Settings *settings = &self->settings;

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_MUSIC:
      g_value_set_string (value, settings->music);
      break;
    case PROP_CLIPS:
      g_value_take_string (value,
          montage_clips_join ((const gchar *const *) settings->clips));
      break;
    case PROP_CLIP_LIST:
      g_value_set_boxed (value, settings->clips);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, settings->prompt);
      break;
    case PROP_STYLE:
      g_value_set_string (value, settings->style);
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, settings->seed);
      break;
    case PROP_DURATION:
      g_value_set_uint64 (value, settings->duration);
      break;
    case PROP_WIDTH:
      g_value_set_uint (value, settings->output.width);
      break;
    case PROP_HEIGHT:
      g_value_set_uint (value, settings->output.height);
      break;
    case PROP_FRAMERATE:
      gst_value_set_fraction (value, settings->output.fps_n,
          settings->output.fps_d);
      break;
    case PROP_FIT:
      g_value_set_enum (value, settings->output.fit);
      break;
    case PROP_WORKERS:
      g_value_set_uint (value, settings->n_workers);
      break;
    case PROP_CACHE:
      g_value_set_boolean (value, settings->cache);
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, settings->offline);
      break;
    case PROP_MODELS_FILE:
      g_value_set_string (value, settings->models_file);
      break;
    case PROP_ALLOW_STABILIZATION:
      g_value_set_boolean (value, settings->allow_stabilization);
      break;
    case PROP_ALLOW_UPSCALE:
      g_value_set_boolean (value, settings->allow_upscale);
      break;
    case PROP_LOOK:
      g_value_set_boolean (value, settings->look);
      break;
    case PROP_PLAN:
      g_value_set_string (value, self->plan);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_montage_src_finalize (GObject *object)
{
  GstMontageSrc *self = GST_MONTAGE_SRC (object);

  settings_clear (&self->settings);
  g_free (self->plan);
  G_OBJECT_CLASS (gst_montage_src_parent_class)->finalize (object);
}

static void
install_material_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PROP_MUSIC,
      g_param_spec_string ("music", "Music",
          "The song, as a path or file:// URI; a video gives its sound.", NULL,
          flags));
  g_object_class_install_property (klass, PROP_CLIPS,
      g_param_spec_string ("clips", "Clips",
          "Files, folders and file:// URIs of the clips, separated by \";\" "
          "(a \";\" in a name is written \"\\;\").",
          NULL, flags));
  g_object_class_install_property (klass, PROP_CLIP_LIST,
      g_param_spec_boxed ("clip-list", "Clip list",
          "The same clips as a list of strings, for programs.", G_TYPE_STRV,
          flags));
}

static void
install_prompt_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PROP_PROMPT,
      g_param_spec_string ("prompt", "Prompt",
          "What the film shall be like, in a sentence, English or German.",
          NULL, flags));
  g_object_class_install_property (klass, PROP_STYLE,
      g_param_spec_string ("style", "Style",
          "Name of a style; it wins over one that the prompt names.", NULL,
          flags));
  g_object_class_install_property (klass, PROP_OFFLINE,
      g_param_spec_boolean ("offline", "Offline",
          "Ask no language model, whatever is set up.", DEFAULT_OFFLINE,
          flags));
  g_object_class_install_property (klass, PROP_MODELS_FILE,
      g_param_spec_string ("models-file", "Models file",
          "File that says which language models may be asked; NULL for "
          "gst-montage/director.conf in the user's configuration folder.",
          DEFAULT_MODELS_FILE, flags));
  g_object_class_install_property (klass, PROP_LOOK,
      g_param_spec_boolean ("look", "Look",
          "Send a small picture of each shot to these models, which say what "
          "it shows, as where their settings say so.",
          DEFAULT_LOOK, flags));
  g_object_class_install_property (klass, PROP_ALLOW_STABILIZATION,
      g_param_spec_boolean ("allow-stabilization", "Allow stabilization",
          "Let a language model turn stabilization on, which is slow; FALSE "
          "leaves that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_STABILIZATION, flags));
  g_object_class_install_property (klass, PROP_ALLOW_UPSCALE,
      g_param_spec_boolean ("allow-upscale", "Allow upscale",
          "Let a language model turn upscaling on, which is slow; FALSE leaves "
          "that to the settings and to the words of the prompt.",
          DEFAULT_ALLOW_UPSCALE, flags));
  g_object_class_install_property (klass, PROP_SEED,
      g_param_spec_uint64 ("seed", "Seed",
          "Another seed makes another film of the same material; the same "
          "seed the same film.",
          0, G_MAXUINT64, DEFAULT_SEED, flags));
  g_object_class_install_property (klass, PROP_DURATION,
      g_param_spec_uint64 ("duration", "Duration",
          "Length of the film in ns; 0 is what the prompt says, or the whole "
          "song.",
          0, G_MAXINT64, DEFAULT_DURATION, flags));
}

static void
install_output_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  g_object_class_install_property (klass, PROP_WIDTH,
      g_param_spec_uint ("width", "Width",
          "Width of the film in pixels, made even; 0 is chosen from the clips.",
          0, MAX_SIZE, DEFAULT_SIZE, flags));
  g_object_class_install_property (klass, PROP_HEIGHT,
      g_param_spec_uint ("height", "Height",
          "Height of the film in pixels, made even; 0 is chosen from the "
          "clips.",
          0, MAX_SIZE, DEFAULT_SIZE, flags));
  g_object_class_install_property (klass, PROP_FRAMERATE,
      gst_param_spec_fraction ("framerate", "Frame rate",
          "Frames per second of the film; 0/1 is chosen from the clips.", 0, 1,
          240, 1, DEFAULT_FPS_N, DEFAULT_FPS_D, flags));
  g_object_class_install_property (klass, PROP_FIT,
      g_param_spec_enum ("fit", "Fit",
          "How a clip of another shape meets the film's.", GST_TYPE_MONTAGE_FIT,
          DEFAULT_FIT, flags));
  g_object_class_install_property (klass, PROP_WORKERS,
      g_param_spec_uint ("workers", "Workers",
          "How many files are analysed at once; 0 is one per processor.", 0,
          256, DEFAULT_WORKERS, flags));
  g_object_class_install_property (klass, PROP_CACHE,
      g_param_spec_boolean ("cache", "Cache",
          "Keep what an analysis finds for the next time, and use it.",
          DEFAULT_CACHE, flags));
  g_object_class_install_property (klass, PROP_PLAN,
      g_param_spec_string ("plan", "Plan",
          "The plan of the film (gst-montage/plan, JSON); unset until it is "
          "made.",
          NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
gst_montage_src_class_init (GstMontageSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = gst_montage_src_set_property;
  object_class->get_property = gst_montage_src_get_property;
  object_class->finalize = gst_montage_src_finalize;
  install_material_properties (object_class);
  install_prompt_properties (object_class);
  install_output_properties (object_class);

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

  self->settings.seed = DEFAULT_SEED;
  self->settings.duration = DEFAULT_DURATION;
  self->settings.output.fps_n = DEFAULT_FPS_N;
  self->settings.output.fps_d = DEFAULT_FPS_D;
  self->settings.output.fit = DEFAULT_FIT;
  self->settings.n_workers = DEFAULT_WORKERS;
  self->settings.cache = DEFAULT_CACHE;
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
