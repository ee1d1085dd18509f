/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sink pads of cutplanner. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstcutplanner-private.h"

/* ---- what they bring ---- */

/* The documents of live decoders name no file where the pipeline did not say
 * it; the source of the branch knows. */
static gchar *
ask_uri (GstCutPlannerPad *branch)
{
  g_autoptr (GstQuery) query = NULL;
  gchar *uri = NULL;

  if (branch->kind == GST_CUT_PLANNER_PAD_DIRECTOR)
    return NULL;
  query = gst_query_new_uri ();
  if (gst_pad_peer_query (GST_PAD (branch), query))
    gst_query_parse_uri (query, &uri);

  return uri;
}

/* Nothing goes through: what the branches carry ends here, and downstream has
 * a stream of its own. */
static gboolean
gst_cut_planner_sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);
  GstCutPlannerPad *branch = GST_CUT_PLANNER_PAD (pad);
  g_autoptr (GstEvent) owned G_GNUC_UNUSED = event;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *uri = NULL;
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      plan_agenda_set_caps (&self->agenda, branch, caps);
      break;
    case GST_EVENT_EOS:
      uri = ask_uri (branch);
      plan_agenda_end_branch (&self->agenda, branch, uri, &error);
      break;
    case GST_EVENT_FLUSH_STOP:
      plan_agenda_flush_branch (&self->agenda, branch);
      break;
    case GST_EVENT_CUSTOM_DOWNSTREAM:
    case GST_EVENT_CUSTOM_DOWNSTREAM_STICKY:
      plan_agenda_take_event (&self->agenda, branch, event, &error);
      break;
    default:
      break;
  }
  if (error != NULL)
    gst_cut_planner_fail (self, error->message);

  return error == NULL;
}

static GstFlowReturn
gst_cut_planner_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GstCutPlanner *self = GST_CUT_PLANNER (parent);
  g_autoptr (GstBuffer) owned G_GNUC_UNUSED = buffer;
  g_autoptr (GError) error = NULL;

  if (plan_agenda_take_buffer (&self->agenda, GST_CUT_PLANNER_PAD (pad), buffer,
          &error))
    return GST_FLOW_OK;
  if (error != NULL)
    gst_cut_planner_fail (self, error->message);

  return GST_FLOW_ERROR;
}

/* ---- how they come and go ---- */

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

GstPad *
gst_cut_planner_branches_request (GstElement *element, GstPadTemplate *template,
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
  plan_agenda_add_branch (&self->agenda, pad);
  gst_element_add_pad (element, GST_PAD (pad));
  gst_child_proxy_child_added (GST_CHILD_PROXY (self), G_OBJECT (pad), chosen);

  return GST_PAD (pad);
}

void
gst_cut_planner_branches_release (GstElement *element, GstPad *pad)
{
  GstCutPlanner *self = GST_CUT_PLANNER (element);

  gst_child_proxy_child_removed (GST_CHILD_PROXY (self), G_OBJECT (pad),
      GST_PAD_NAME (pad));
  gst_pad_set_active (pad, FALSE);
  plan_agenda_remove_branch (&self->agenda, GST_CUT_PLANNER_PAD (pad));
  gst_element_remove_pad (element, pad);
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

void
gst_cut_planner_branches_child_proxy_init (gpointer iface, gpointer data)
{
  GstChildProxyInterface *proxy = iface;

  proxy->get_child_by_index = gst_cut_planner_get_child;
  proxy->get_children_count = gst_cut_planner_count_children;
}
