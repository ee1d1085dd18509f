/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-cutplanner
 * @title: cutplanner
 * @short_description: places cuts on music and picks the material
 *
 * Takes what a director wants, what beatdetect heard in the music and what
 * sceneselect saw in the clips, and decides every cut of the film. The media
 * itself is dropped at once, each branch on its own, so that none waits for
 * another. Once all media pads are at EOS, and the director, if there is one,
 * has spoken, the plan goes out in the form that downstream asks for: as JSON
 * (application/x-montage-plan) or as a project of GES (application/xges).
 * Without a director the style "dynamic" rules.
 *
 * Sink pads, all on request: `director`, `music`, and `clip_%u`, whose number
 * is the clip's place in the plan. `music` and `clip_%u` also take a stored
 * analysis (application/x-montage-beats, application/x-montage-shots) in place
 * of media.
 *
 * The plan is also sent as the sticky event, and posted as the element
 * message, GstMontagePlan:
 *
 * * #guint `revision`: 1, 2, …
 * * #guint `n-cuts`: number of cuts
 * * #guint64 `duration`: of the film in ns
 * * #gchararray `document`: the whole plan as JSON
 *
 * When the director sends new instructions, the film is planned again, except
 * for the cuts that downstream has reported as shown by the upstream event
 * GstMontageCommitted (`revision`, `n-cuts`: #guint); EOS follows when the
 * director is at EOS.
 *
 * ## Example
 *
 * |[
 * gst-launch-1.0 cutplanner name=plan ! filesink location=film.plan.json \
 *     montagedirector prompt="slow and warm" ! plan.director \
 *     uridecodebin uri=file:///song.ogg ! audioconvert ! beatdetect ! plan.music \
 *     uridecodebin uri=file:///a.mp4 ! sceneselect ! plan.clip_0
 * ]|
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/montage.h>
#ifdef HAVE_GES
#include <gst/pipelines/gestimeline.h>
#endif

#include "gstcutplanner.h"
#include "gstcutplannerpad.h"
#include "planagenda.h"

GST_DEBUG_CATEGORY_STATIC (cutplanner_debug);
#define GST_CAT_DEFAULT cutplanner_debug

#define DEFAULT_SEED 0
#define DEFAULT_WIDTH 0
#define DEFAULT_HEIGHT 0
#define DEFAULT_FIT GST_MONTAGE_FIT_CROP
#define DEFAULT_DURATION 0
#define DEFAULT_MUSIC_START (-1)
#define MAX_SIZE 16384
#define MAX_RATE 240

#ifdef HAVE_GES
#define SRC_CAPS GST_MONTAGE_CAPS_PLAN "; " GST_MONTAGE_CAPS_XGES
#else
#define SRC_CAPS GST_MONTAGE_CAPS_PLAN
#endif

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (SRC_CAPS));
static GstStaticPadTemplate director_template =
    GST_STATIC_PAD_TEMPLATE ("director", GST_PAD_SINK, GST_PAD_REQUEST,
        GST_STATIC_CAPS (GST_MONTAGE_CAPS_INSTRUCTIONS));
static GstStaticPadTemplate music_template = GST_STATIC_PAD_TEMPLATE ("music",
    GST_PAD_SINK, GST_PAD_REQUEST,
    GST_STATIC_CAPS ("audio/x-raw(ANY); " GST_MONTAGE_CAPS_BEATS));
static GstStaticPadTemplate clip_template = GST_STATIC_PAD_TEMPLATE ("clip_%u",
    GST_PAD_SINK, GST_PAD_REQUEST,
    GST_STATIC_CAPS ("video/x-raw(ANY); " GST_MONTAGE_CAPS_SHOTS));

enum
{
  PROP_0,
  PROP_SEED,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_FRAMERATE,
  PROP_FIT,
  PROP_DURATION,
  PROP_MUSIC_START,
  PROP_PLAN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  guint64 seed;
  GstMontageOutput output;
  guint64 duration;
  gint64 music_start;
} Settings;

struct _GstCutPlanner
{
  GstElement parent;

  GstPad *src_pad;

  /* Protected by the object lock. */
  Settings settings;
  gchar *plan_text; /* of the last plan */

  /* Protected by @lock, which is never held while pushing or posting. */
  GMutex lock;
  PlanAgenda agenda;
  gboolean running; /* the src pad is active */
  gboolean changed; /* there may be something to do */

  /* Used by the task of the src pad, or while it stands. */
  gboolean started; /* stream-start has been sent */
};

/* All that a plan needs, of its own. */
#define gst_cut_planner_parent_class parent_class
G_DEFINE_FINAL_TYPE_WITH_CODE (GstCutPlanner, gst_cut_planner, GST_TYPE_ELEMENT,
    GST_DEBUG_CATEGORY_INIT (cutplanner_debug, "cutplanner", 0,
        "cuts on the music"))
GST_ELEMENT_REGISTER_DEFINE (cutplanner, "cutplanner", GST_RANK_NONE,
    GST_TYPE_CUT_PLANNER)

/* ---- the task: plans and pushes ---- */

static void
push_start (GstCutPlanner *self)
{
  g_autofree gchar *id = NULL;
  GstEvent *event;

  if (self->started)
    return;
  id = g_strconcat (GST_OBJECT_NAME (self), "/plan", NULL);
  event = gst_event_new_stream_start (id);
  gst_event_set_group_id (event, gst_util_group_id_next ());
  gst_pad_push_event (self->src_pad, event);
  self->started = TRUE;
}

/* The form that downstream asks for; FALSE if it wants none of ours. */
static gboolean
push_caps (GstCutPlanner *self, gboolean *is_xges)
{
  g_autoptr (GstCaps) allowed = gst_pad_get_allowed_caps (self->src_pad);
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (self->src_pad);
  GstSegment segment;

  if (allowed == NULL)
    allowed = gst_pad_get_pad_template_caps (self->src_pad);
  if (gst_caps_is_empty (allowed))
    return FALSE;
  allowed = gst_caps_fixate (gst_caps_make_writable (allowed));
  *is_xges = gst_structure_has_name (gst_caps_get_structure (allowed, 0),
      GST_MONTAGE_CAPS_XGES);
  if (current != NULL && gst_caps_is_equal (allowed, current))
    return TRUE;

  gst_pad_push_event (self->src_pad, gst_event_new_caps (allowed));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src_pad, gst_event_new_segment (&segment));

  return TRUE;
}

static gchar *
write_plan (const GstMontagePlan *plan, gboolean is_xges, GError **error)
{
#ifdef HAVE_GES
  if (is_xges && ges_init ())
    return montage_ges_timeline_to_xges (plan, error);
#endif
  return gst_montage_plan_to_json (plan);
}

/* One message for a failure, then silence until the element restarts. */
static void
fail (GstCutPlanner *self, const gchar *text)
{
  gboolean first;

  g_mutex_lock (&self->lock);
  first = !self->agenda.failed;
  self->agenda.failed = TRUE;
  g_mutex_unlock (&self->lock);
  if (first)
    GST_ELEMENT_ERROR (self, STREAM, FAILED, ("%s", text), (NULL));
}

static void
fail_flow (GstCutPlanner *self, GstFlowReturn flow)
{
  gboolean first;

  if (flow == GST_FLOW_OK || flow == GST_FLOW_FLUSHING || flow == GST_FLOW_EOS)
    return;
  g_mutex_lock (&self->lock);
  first = !self->agenda.failed;
  self->agenda.failed = TRUE;
  g_mutex_unlock (&self->lock);
  if (first)
    GST_ELEMENT_FLOW_ERROR (self, flow);
}

/* Sends a finished plan: as message, as event, as a document. */
static void
send_plan (GstCutPlanner *self, const GstMontagePlan *plan)
{
  g_autoptr (GstEvent) event = gst_montage_event_new_plan (plan);
  g_autoptr (GError) error = NULL;
  gboolean is_xges = FALSE;
  gchar *text;

  GST_OBJECT_LOCK (self);
  g_free (self->plan_text);
  self->plan_text = gst_montage_plan_to_json (plan);
  GST_OBJECT_UNLOCK (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAN]);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));

  push_start (self);
  if (!push_caps (self, &is_xges)) {
    fail_flow (self, GST_FLOW_NOT_NEGOTIATED);
    return;
  }
  text = write_plan (plan, is_xges, &error);
  if (text == NULL) {
    fail (self, error->message);
    return;
  }
  gst_pad_push_event (self->src_pad, g_steal_pointer (&event));
  fail_flow (self,
      gst_pad_push (self->src_pad,
          gst_buffer_new_wrapped (text, strlen (text))));
}

static void
run_job (GstCutPlanner *self, PlanJob *job)
{
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Settings settings;

  GST_OBJECT_LOCK (self);
  settings = self->settings;
  GST_OBJECT_UNLOCK (self);
  job->request.seed = settings.seed;
  job->request.output = settings.output;
  job->request.duration = settings.duration;
  job->request.music_start = settings.music_start < 0
      ? GST_CLOCK_TIME_NONE
      : (GstClockTime) settings.music_start;

  plan = gst_montage_planner_plan (&job->request, &error);
  if (plan == NULL) {
    fail (self, error->message);
    return;
  }
  plan->revision = job->revision;
  GST_INFO_OBJECT (self, "revision %u: %u cuts, %u of them settled",
      plan->revision, plan->cuts->len, job->request.n_frozen);
  g_mutex_lock (&self->lock);
  plan_agenda_add_plan (&self->agenda, plan, job->request.n_frozen);
  g_mutex_unlock (&self->lock);
  send_plan (self, plan);
}

static void
gst_cut_planner_loop (gpointer data)
{
  GstCutPlanner *self = GST_CUT_PLANNER (data);
  g_autoptr (PlanJob) job = NULL;
  const gchar *problem = NULL;
  PlanStep step;

  g_mutex_lock (&self->lock);
  if (!self->changed) {
    gst_pad_pause_task (self->src_pad);
    g_mutex_unlock (&self->lock);
    return;
  }
  step = plan_agenda_next (&self->agenda, &job, &problem);
  /* After a plan there may be an end. */
  self->changed = step == PLAN_STEP_PLAN;
  if (step == PLAN_STEP_END)
    self->agenda.at_eos = TRUE;
  g_mutex_unlock (&self->lock);

  switch (step) {
    case PLAN_STEP_PLAN:
      run_job (self, job);
      break;
    case PLAN_STEP_END:
      gst_pad_push_event (self->src_pad, gst_event_new_eos ());
      break;
    case PLAN_STEP_FAIL:
      fail (self, problem);
      break;
    default:
      break;
  }
}

/* With the lock. */
static void
wake (GstCutPlanner *self)
{
  self->changed = TRUE;
  if (self->running && !self->agenda.failed)
    gst_pad_start_task (self->src_pad, gst_cut_planner_loop, self, NULL);
}

/* ---- the branches ---- */

/* The documents of live decoders name no file where the pipeline did not say
 * it; the source of the branch knows. */
static void
ask_uri (GstCutPlanner *self, GstCutPlannerPad *branch)
{
  g_autoptr (GstQuery) query = NULL;
  g_autofree gchar *uri = NULL;

  if (branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    return;
  query = gst_query_new_uri ();
  if (!gst_pad_peer_query (GST_PAD (branch), query))
    return;
  gst_query_parse_uri (query, &uri);
  if (uri == NULL)
    return;
  g_mutex_lock (&self->lock);
  gst_cut_planner_pad_set_uri (branch, uri);
  g_mutex_unlock (&self->lock);
}

static gboolean
end_branch (GstCutPlanner *self, GstCutPlannerPad *branch)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  ask_uri (self, branch);
  g_mutex_lock (&self->lock);
  ok = gst_cut_planner_pad_finish (branch, &error);
  if (ok)
    wake (self);
  g_mutex_unlock (&self->lock);
  if (!ok)
    fail (self, error->message);

  return ok;
}

static void
flush_branch (GstCutPlanner *self, GstCutPlannerPad *branch)
{
  g_mutex_lock (&self->lock);
  gst_cut_planner_pad_reset (branch);
  plan_agenda_invalidate (&self->agenda);
  g_mutex_unlock (&self->lock);
}

static gboolean
take_custom (GstCutPlanner *self, GstCutPlannerPad *branch, GstEvent *event)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = gst_cut_planner_pad_take_event (branch, event, &error);
  if (ok && branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    wake (self);
  g_mutex_unlock (&self->lock);
  if (!ok)
    fail (self, error->message);

  return ok;
}

/* Nothing goes through: what the branches carry ends here, and downstream has
 * a stream of its own. */
static gboolean
gst_cut_planner_sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);
  GstCutPlannerPad *branch = GST_CUT_PLANNER_PAD (pad);
  gboolean ok = TRUE;
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      g_mutex_lock (&self->lock);
      gst_cut_planner_pad_set_caps (branch, caps);
      g_mutex_unlock (&self->lock);
      break;
    case GST_EVENT_EOS:
      ok = end_branch (self, branch);
      break;
    case GST_EVENT_FLUSH_STOP:
      flush_branch (self, branch);
      break;
    case GST_EVENT_CUSTOM_DOWNSTREAM:
    case GST_EVENT_CUSTOM_DOWNSTREAM_STICKY:
      ok = take_custom (self, branch, event);
      break;
    default:
      break;
  }
  gst_event_unref (event);

  return ok;
}

static GstFlowReturn
gst_cut_planner_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);
  GstCutPlannerPad *branch = GST_CUT_PLANNER_PAD (pad);
  g_autoptr (GError) error = NULL;
  GstFlowReturn flow = GST_FLOW_OK;

  g_mutex_lock (&self->lock);
  if (self->agenda.failed
      || !gst_cut_planner_pad_take_buffer (branch, buffer, &error))
    flow = GST_FLOW_ERROR;
  else if (branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    wake (self);
  g_mutex_unlock (&self->lock);
  gst_buffer_unref (buffer);
  if (error != NULL)
    fail (self, error->message);

  return flow;
}

static gboolean
name_is_taken (GstCutPlanner *self, const gchar *name)
{
  g_autoptr (GstPad)
      pad = gst_element_get_static_pad (GST_ELEMENT (self), name);

  return pad != NULL;
}

/* The name of a new clip pad: the one that is asked for, else the first free
 * number. NULL where it does not fit. */
static gchar *
choose_clip_name (GstCutPlanner *self, const gchar *name, guint *number)
{
  gchar *chosen;
  guint64 value;

  if (name != NULL && g_str_has_prefix (name, "clip_")
      && g_ascii_string_to_unsigned (name + strlen ("clip_"), 10, 0, G_MAXUINT,
          &value, NULL)) {
    *number = (guint) value;
    return g_strdup (name);
  }
  if (name != NULL && g_strcmp0 (name, "clip_%u") != 0)
    return NULL;
  for (*number = 0;; (*number)++) {
    chosen = g_strdup_printf ("clip_%u", *number);
    if (!name_is_taken (self, chosen))
      return chosen;
    g_free (chosen);
  }
}

static GstPad *
gst_cut_planner_request_new_pad (GstElement *element, GstPadTemplate *template,
    const gchar *name, const GstCaps *caps)
{
  GstCutPlanner *self = GST_CUT_PLANNER (element);
  const gchar *type = GST_PAD_TEMPLATE_NAME_TEMPLATE (template);
  GstCutPlannerPadKind kind = GST_CUT_PLANNER_PAD_CLIP;
  g_autofree gchar *chosen = NULL;
  GstCutPlannerPad *pad;
  guint number = 0;

  if (g_str_equal (type, "director"))
    kind = GST_CUT_PLANNER_PAD_DIRECTOR;
  else if (g_str_equal (type, "music"))
    kind = GST_CUT_PLANNER_PAD_MUSIC;
  chosen = kind == GST_CUT_PLANNER_PAD_CLIP
      ? choose_clip_name (self, name, &number)
      : g_strdup (type);
  if (chosen == NULL || name_is_taken (self, chosen)) {
    GST_WARNING_OBJECT (self, "there is no pad %s to be had", name);
    return NULL;
  }

  pad = g_object_new (GST_TYPE_CUT_PLANNER_PAD, "name", chosen, "direction",
      GST_PAD_SINK, "template", template, NULL);
  pad->kind = kind;
  pad->number = number;
  gst_pad_set_chain_function (GST_PAD (pad),
      GST_DEBUG_FUNCPTR (gst_cut_planner_chain));
  gst_pad_set_event_function (GST_PAD (pad),
      GST_DEBUG_FUNCPTR (gst_cut_planner_sink_event));
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->agenda.branches, pad);
  g_mutex_unlock (&self->lock);
  gst_element_add_pad (element, GST_PAD (pad));

  return GST_PAD (pad);
}

static void
gst_cut_planner_release_pad (GstElement *element, GstPad *pad)
{
  GstCutPlanner *self = GST_CUT_PLANNER (element);

  gst_pad_set_active (pad, FALSE);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove (self->agenda.branches, pad);
  wake (self);
  g_mutex_unlock (&self->lock);
  gst_element_remove_pad (element, pad);
}

/* ---- the src pad ---- */

static void
take_committed (GstCutPlanner *self, guint revision, guint n_cuts)
{
  GST_DEBUG_OBJECT (self, "%u cuts of revision %u are out", n_cuts, revision);
  g_mutex_lock (&self->lock);
  if (plan_agenda_commit (&self->agenda, revision, n_cuts))
    wake (self);
  g_mutex_unlock (&self->lock);
}

static gboolean
gst_cut_planner_src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);
  guint revision, n_cuts;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_QOS:
    case GST_EVENT_SEEK:
    case GST_EVENT_STEP:
    case GST_EVENT_LATENCY:
    case GST_EVENT_RECONFIGURE:
    case GST_EVENT_NAVIGATION:
      /* They are about the film, not about the clips it is made from. */
      gst_event_unref (event);
      return FALSE;
    case GST_EVENT_CUSTOM_UPSTREAM:
      if (gst_montage_event_parse_committed (event, &revision, &n_cuts)) {
        take_committed (self, revision, n_cuts);
        gst_event_unref (event);
        return TRUE;
      }
      return gst_pad_event_default (pad, parent, event);
    default:
      return gst_pad_event_default (pad, parent, event);
  }
}

static gboolean
gst_cut_planner_src_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_LATENCY:
      gst_query_set_latency (query, FALSE, 0, GST_CLOCK_TIME_NONE);
      return TRUE;
    case GST_QUERY_DURATION:
    case GST_QUERY_POSITION:
    case GST_QUERY_SEEKING:
    case GST_QUERY_URI:
      /* Those of a clip would be wrong for the film. */
      return FALSE;
    default:
      return gst_pad_query_default (pad, parent, query);
  }
}

static gboolean
gst_cut_planner_src_activate_mode (GstPad *pad, GstObject *parent,
    GstPadMode mode, gboolean active)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);

  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;
  g_mutex_lock (&self->lock);
  self->running = active;
  if (active && self->changed)
    wake (self);
  g_mutex_unlock (&self->lock);

  return active || gst_pad_stop_task (pad);
}

/* ---- the element ---- */

static void
reset (GstCutPlanner *self)
{
  g_mutex_lock (&self->lock);
  plan_agenda_reset (&self->agenda);
  self->changed = FALSE;
  self->started = FALSE;
  g_mutex_unlock (&self->lock);
}

static GstStateChangeReturn
gst_cut_planner_change_state (GstElement *element, GstStateChange transition)
{
  GstStateChangeReturn result =
      GST_ELEMENT_CLASS (parent_class)->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    reset (GST_CUT_PLANNER (element));

  return result;
}

static void
gst_cut_planner_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);
  GstMontageOutput *output = &self->settings.output;

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SEED:
      self->settings.seed = g_value_get_uint64 (value);
      break;
    case PROP_WIDTH:
      output->width = g_value_get_uint (value);
      break;
    case PROP_HEIGHT:
      output->height = g_value_get_uint (value);
      break;
    case PROP_FRAMERATE:
      output->fps_n = gst_value_get_fraction_numerator (value);
      output->fps_d = gst_value_get_fraction_denominator (value);
      break;
    case PROP_FIT:
      output->fit = g_value_get_enum (value);
      break;
    case PROP_DURATION:
      self->settings.duration = g_value_get_uint64 (value);
      break;
    case PROP_MUSIC_START:
      self->settings.music_start = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_cut_planner_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);
  const GstMontageOutput *output = &self->settings.output;

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SEED:
      g_value_set_uint64 (value, self->settings.seed);
      break;
    case PROP_WIDTH:
      g_value_set_uint (value, output->width);
      break;
    case PROP_HEIGHT:
      g_value_set_uint (value, output->height);
      break;
    case PROP_FRAMERATE:
      gst_value_set_fraction (value, output->fps_n, output->fps_d);
      break;
    case PROP_FIT:
      g_value_set_enum (value, (gint) output->fit);
      break;
    case PROP_DURATION:
      g_value_set_uint64 (value, self->settings.duration);
      break;
    case PROP_MUSIC_START:
      g_value_set_int64 (value, self->settings.music_start);
      break;
    case PROP_PLAN:
      g_value_set_string (value, self->plan_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_cut_planner_finalize (GObject *object)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);

  plan_agenda_clear (&self->agenda);
  g_free (self->plan_text);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;

  properties[PROP_SEED] = g_param_spec_uint64 ("seed", "Seed",
      "Another seed is another take of the same film.", 0, G_MAXUINT64,
      DEFAULT_SEED, flags);
  properties[PROP_WIDTH] = g_param_spec_uint ("width", "Width",
      "Width of the film in pixels, 0 is chosen from the clips.", 0, MAX_SIZE,
      DEFAULT_WIDTH, flags);
  properties[PROP_HEIGHT] = g_param_spec_uint ("height", "Height",
      "Height of the film in pixels, 0 is chosen from the clips.", 0, MAX_SIZE,
      DEFAULT_HEIGHT, flags);
  properties[PROP_FRAMERATE] = gst_param_spec_fraction ("framerate",
      "Frame rate",
      "Frames per second of the film, 0/1 is chosen from the clips.", 0, 1,
      MAX_RATE, 1, 0, 1, flags);
  properties[PROP_FIT] = g_param_spec_enum ("fit", "Fit",
      "How clips of another aspect ratio meet the film's.",
      GST_TYPE_MONTAGE_FIT, DEFAULT_FIT, flags);
  properties[PROP_DURATION] = g_param_spec_uint64 ("duration", "Duration",
      "Length of the film in ns, 0 is what the instructions say.", 0,
      G_MAXUINT64 - 1, DEFAULT_DURATION, flags);
  properties[PROP_MUSIC_START] = g_param_spec_int64 ("music-start",
      "Music start", "Where in the music the film starts in ns, -1 is chosen.",
      -1, G_MAXINT64, DEFAULT_MUSIC_START, flags);
  properties[PROP_PLAN] = g_param_spec_string ("plan", "Plan",
      "The last plan as JSON, unset before the first one.", NULL,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (klass, N_PROPERTIES, properties);
}

static void
gst_cut_planner_class_init (GstCutPlannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = gst_cut_planner_set_property;
  object_class->get_property = gst_cut_planner_get_property;
  object_class->finalize = gst_cut_planner_finalize;
  install_properties (object_class);

  element_class->request_new_pad = gst_cut_planner_request_new_pad;
  element_class->release_pad = gst_cut_planner_release_pad;
  element_class->change_state = gst_cut_planner_change_state;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &director_template, GST_TYPE_CUT_PLANNER_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &music_template, GST_TYPE_CUT_PLANNER_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &clip_template, GST_TYPE_CUT_PLANNER_PAD);
  gst_element_class_set_static_metadata (element_class, "Cut planner",
      "Generic/Editing",
      "Places cuts on the music and picks the material for each",
      "gst-montage");

  gst_type_mark_as_plugin_api (GST_TYPE_MONTAGE_FIT, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_CUT_PLANNER_PAD, 0);
}

static void
gst_cut_planner_init (GstCutPlanner *self)
{
  g_mutex_init (&self->lock);
  plan_agenda_init (&self->agenda);
  self->settings.seed = DEFAULT_SEED;
  self->settings.output = (GstMontageOutput){.width = DEFAULT_WIDTH,
      .height = DEFAULT_HEIGHT,
      .fps_n = 0,
      .fps_d = 1,
      .fit = DEFAULT_FIT};
  self->settings.duration = DEFAULT_DURATION;
  self->settings.music_start = DEFAULT_MUSIC_START;

  self->src_pad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_event_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_event));
  gst_pad_set_query_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_query));
  gst_pad_set_activatemode_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_activate_mode));
  gst_element_add_pad (GST_ELEMENT (self), self->src_pad);
}
