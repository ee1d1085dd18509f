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
 * (application/x-montage-plan), as a project of GES (application/xges), as
 * OpenTimelineIO (application/vnd.pixar.opentimelineio+json) or as edit lists of
 * at most 999 events (text/x-cmx3600-edl), a buffer each.
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

#include "gstcutplanner-private.h"

GST_DEBUG_CATEGORY (cutplanner_debug);

#define TEXT_CAPS                                                              \
  GST_MONTAGE_CAPS_PLAN "; " GST_MONTAGE_CAPS_OTIO "; " GST_MONTAGE_CAPS_EDL
#ifdef HAVE_GES
#define SRC_CAPS TEXT_CAPS "; " GST_MONTAGE_CAPS_XGES
#else
#define SRC_CAPS TEXT_CAPS
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

#define gst_cut_planner_parent_class parent_class
G_DEFINE_FINAL_TYPE_WITH_CODE (GstCutPlanner, gst_cut_planner, GST_TYPE_ELEMENT,
    G_IMPLEMENT_INTERFACE (GST_TYPE_CHILD_PROXY,
        gst_cut_planner_branches_child_proxy_init)
        GST_DEBUG_CATEGORY_INIT (cutplanner_debug, "cutplanner", 0,
            "cuts on the music"))
GST_ELEMENT_REGISTER_DEFINE (cutplanner, "cutplanner", GST_RANK_NONE,
    GST_TYPE_CUT_PLANNER)

/* ---- the task: plans and pushes ---- */

void
gst_cut_planner_fail (GstCutPlanner *self, const gchar *text)
{
  if (plan_agenda_fail (&self->agenda))
    GST_ELEMENT_ERROR (self, STREAM, FAILED, ("%s", text), (NULL));
}

static void
fail_flow (GstCutPlanner *self, GstFlowReturn flow)
{
  if (flow == GST_FLOW_OK || flow == GST_FLOW_FLUSHING || flow == GST_FLOW_EOS)
    return;
  if (plan_agenda_fail (&self->agenda))
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
    gst_cut_planner_fail (self, error->message);
  else
    fail_flow (self, flow);
}

static void
run_job (GstCutPlanner *self, PlanJob *job)
{
  g_auto (PlanSettings) settings = {0};
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  GST_OBJECT_LOCK (self);
  settings = plan_settings_copy (&self->settings);
  GST_OBJECT_UNLOCK (self);
  if (plan_job_set_up (job, &settings, &error))
    plan = gst_montage_planner_plan (&job->request, &error);
  if (plan == NULL) {
    gst_cut_planner_fail (self, error->message);
    return;
  }
  plan->revision = job->revision;
  GST_INFO_OBJECT (self, "revision %u: %u cuts, %u of them settled",
      plan->revision, plan->cuts->len, job->request.n_frozen);
  if (plan_agenda_add_plan (&self->agenda, plan, job->request.n_frozen))
    send_plan (self, plan);
}

static void
gst_cut_planner_loop (gpointer data)
{
  GstCutPlanner *self = GST_CUT_PLANNER (data);
  g_autoptr (PlanJob) job = NULL;
  const gchar *problem = NULL;

  switch (plan_agenda_wait (&self->agenda, &job, &problem)) {
    case PLAN_STEP_PLAN:
      run_job (self, job);
      break;
    case PLAN_STEP_END:
      gst_pad_push_event (self->src_pad, gst_event_new_eos ());
      break;
    case PLAN_STEP_FAIL:
      gst_cut_planner_fail (self, problem);
      break;
    default:
      gst_pad_pause_task (self->src_pad);
      break;
  }
}

/* ---- the src pad ---- */

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
        GST_DEBUG_OBJECT (self, "%u cuts of revision %u are out", n_cuts,
            revision);
        plan_agenda_commit (&self->agenda, revision, n_cuts);
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
  plan_agenda_set_running (&self->agenda, active);
  if (active)
    return gst_pad_start_task (pad, gst_cut_planner_loop, self, NULL);

  return gst_pad_stop_task (pad);
}

/* ---- the element ---- */

static GstStateChangeReturn
gst_cut_planner_change_state (GstElement *element, GstStateChange transition)
{
  GstCutPlanner *self = GST_CUT_PLANNER (element);
  GstStateChangeReturn result =
      GST_ELEMENT_CLASS (parent_class)->change_state (element, transition);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY) {
    plan_agenda_reset (&self->agenda);
    self->stream.started = FALSE;
  }

  return result;
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

  element_class->request_new_pad = gst_cut_planner_branches_request;
  element_class->release_pad = gst_cut_planner_branches_release;
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
