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
 * Without a director the style "dynamic" rules; without music the film is
 * silent.
 *
 * Sink pads, all on request: `director`, `music`, and `clip_%u`, whose number
 * is the clip's place in the plan. What is wanted of a clip is said with the
 * properties of its pad, in a launch line as clip_0::first=true, or with
 * #GstCutPlanner:clip-rules. `music` and `clip_%u` also take a stored
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

#include "gstcutplanner.h"
#include "gstcutplannerclippad.h"
#include "planagenda.h"
#include "plansettings.h"
#include "planstream.h"

GST_DEBUG_CATEGORY_STATIC (cutplanner_debug);
#define GST_CAT_DEFAULT cutplanner_debug

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
  PROP_PLAN = N_PLAN_SETTINGS
};

static GParamSpec *plan_property;

struct _GstCutPlanner
{
  GstElement parent;

  GstPad *src_pad;

  /* Protected by the object lock. */
  PlanSettings settings;
  gchar *plan_text; /* of the last plan */

  /* Protected by @lock, which is never held while pushing or posting. */
  GMutex lock;
  PlanAgenda agenda;
  gboolean running; /* the src pad is active */
  gboolean changed; /* there may be something to do */

  /* Used by the task of the src pad, or while it stands. */
  PlanStream stream;
};

static void gst_cut_planner_child_proxy_init (gpointer iface, gpointer data);

#define gst_cut_planner_parent_class parent_class
G_DEFINE_FINAL_TYPE_WITH_CODE (GstCutPlanner, gst_cut_planner, GST_TYPE_ELEMENT,
    G_IMPLEMENT_INTERFACE (GST_TYPE_CHILD_PROXY,
        gst_cut_planner_child_proxy_init)
        GST_DEBUG_CATEGORY_INIT (cutplanner_debug, "cutplanner", 0,
            "cuts on the music"))
GST_ELEMENT_REGISTER_DEFINE (cutplanner, "cutplanner", GST_RANK_NONE,
    GST_TYPE_CUT_PLANNER)

/* ---- the task: plans and pushes ---- */

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
  GstFlowReturn flow;

  GST_OBJECT_LOCK (self);
  g_free (self->plan_text);
  self->plan_text = gst_montage_plan_to_json (plan);
  GST_OBJECT_UNLOCK (self);
  g_object_notify_by_pspec (G_OBJECT (self), plan_property);
  gst_element_post_message (GST_ELEMENT (self),
      gst_montage_message_new_from_event (GST_OBJECT (self), event));

  flow = plan_stream_push (&self->stream, plan, g_steal_pointer (&event),
      &error);
  if (error != NULL)
    fail (self, error->message);
  else
    fail_flow (self, flow);
}

/* What the properties say. */
static gboolean
set_up_job (GstCutPlanner *self, PlanJob *job, GError **error)
{
  g_auto (PlanSettings) settings = {0};

  GST_OBJECT_LOCK (self);
  settings = plan_settings_copy (&self->settings);
  GST_OBJECT_UNLOCK (self);
  job->request.seed = settings.seed;
  job->request.output = settings.output;
  job->request.duration = settings.duration;
  job->request.music_start = settings.music_start < 0
      ? GST_CLOCK_TIME_NONE
      : (GstClockTime) settings.music_start;
  job->request.scarcity = settings.scarcity;
  if (settings.clip_rules != NULL) {
    job->rules = gst_montage_clip_rules_load (settings.clip_rules, error);
    job->request.rules = job->rules;
    if (job->rules == NULL)
      return FALSE;
  }
  return plan_job_read_pads (job, error);
}

static void
run_job (GstCutPlanner *self, PlanJob *job)
{
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (set_up_job (self, job, &error))
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

  pad = g_object_new (GST_PAD_TEMPLATE_GTYPE (template), "name", chosen,
      "direction", GST_PAD_SINK, "template", template, NULL);
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
  gst_child_proxy_child_added (GST_CHILD_PROXY (self), G_OBJECT (pad), chosen);

  return GST_PAD (pad);
}

static void
gst_cut_planner_release_pad (GstElement *element, GstPad *pad)
{
  GstCutPlanner *self = GST_CUT_PLANNER (element);

  gst_child_proxy_child_removed (GST_CHILD_PROXY (self), G_OBJECT (pad),
      GST_PAD_NAME (pad));
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
  self->stream.started = FALSE;
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

/* Its children are the branches, so that lines of gst-launch-1.0 can set the
 * properties of their pads. */
static GObject *
gst_cut_planner_get_child (GstChildProxy *proxy, guint index)
{
  GstElement *element = GST_ELEMENT (proxy);
  GObject *child;

  GST_OBJECT_LOCK (element);
  child = g_list_nth_data (element->sinkpads, index);
  if (child != NULL)
    g_object_ref (child);
  GST_OBJECT_UNLOCK (element);

  return child;
}

static guint
gst_cut_planner_count_children (GstChildProxy *proxy)
{
  GstElement *element = GST_ELEMENT (proxy);
  guint n;

  GST_OBJECT_LOCK (element);
  n = element->numsinkpads;
  GST_OBJECT_UNLOCK (element);

  return n;
}

static void
gst_cut_planner_child_proxy_init (gpointer iface, gpointer data)
{
  GstChildProxyInterface *proxy = iface;

  proxy->get_child_by_index = gst_cut_planner_get_child;
  proxy->get_children_count = gst_cut_planner_count_children;
}

static void
gst_cut_planner_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *pspec)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);
  gboolean known;

  GST_OBJECT_LOCK (self);
  known = plan_settings_set (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_cut_planner_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);
  gboolean known = TRUE;

  GST_OBJECT_LOCK (self);
  if (id == PROP_PLAN)
    g_value_set_string (value, self->plan_text);
  else
    known = plan_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_cut_planner_finalize (GObject *object)
{
  GstCutPlanner *self = GST_CUT_PLANNER (object);

  plan_agenda_clear (&self->agenda);
  plan_settings_clear (&self->settings);
  g_free (self->plan_text);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_cut_planner_class_init (GstCutPlannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = gst_cut_planner_set_property;
  object_class->get_property = gst_cut_planner_get_property;
  object_class->finalize = gst_cut_planner_finalize;
  plan_settings_install (object_class);
  plan_property = g_param_spec_string ("plan", "Plan",
      "The last plan as JSON, unset before the first one.", NULL,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_PLAN, plan_property);

  element_class->request_new_pad = gst_cut_planner_request_new_pad;
  element_class->release_pad = gst_cut_planner_release_pad;
  element_class->change_state = gst_cut_planner_change_state;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &director_template, GST_TYPE_CUT_PLANNER_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &music_template, GST_TYPE_CUT_PLANNER_PAD);
  gst_element_class_add_static_pad_template_with_gtype (element_class,
      &clip_template, GST_TYPE_CUT_PLANNER_CLIP_PAD);
  gst_element_class_set_static_metadata (element_class, "Cut planner",
      "Generic/Editing",
      "Places cuts on the music and picks the material for each",
      "gst-montage");

  gst_type_mark_as_plugin_api (GST_TYPE_MONTAGE_FIT, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_MONTAGE_SCARCITY, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_CUT_PLANNER_PAD, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_CUT_PLANNER_CLIP_PAD, 0);
}

static void
gst_cut_planner_init (GstCutPlanner *self)
{
  g_mutex_init (&self->lock);
  plan_agenda_init (&self->agenda);
  plan_settings_init (&self->settings);

  self->src_pad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_event_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_event));
  gst_pad_set_query_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_query));
  gst_pad_set_activatemode_function (self->src_pad,
      GST_DEBUG_FUNCPTR (gst_cut_planner_src_activate_mode));
  gst_element_add_pad (GST_ELEMENT (self), self->src_pad);
  self->stream.pad = self->src_pad;
}
