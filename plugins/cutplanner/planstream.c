/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifdef HAVE_GES
#include <gst/pipelines/gestimeline.h>
#endif

#include "planstream.h"

static void
push_start (PlanStream *self)
{
  g_autofree gchar *id = NULL;
  GstEvent *event;

  if (self->started)
    return;
  id = g_strconcat (GST_OBJECT_NAME (GST_PAD_PARENT (self->pad)), "/plan",
      NULL);
  event = gst_event_new_stream_start (id);
  gst_event_set_group_id (event, gst_util_group_id_next ());
  gst_pad_push_event (self->pad, event);
  self->started = TRUE;
}

/* The form that downstream asks for; FALSE if it wants none of ours. */
static gboolean
push_caps (PlanStream *self, const gchar **form)
{
  g_autoptr (GstCaps) allowed = gst_pad_get_allowed_caps (self->pad);
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (self->pad);
  GstSegment segment;

  if (allowed == NULL)
    allowed = gst_pad_get_pad_template_caps (self->pad);
  if (gst_caps_is_empty (allowed))
    return FALSE;
  allowed = gst_caps_fixate (gst_caps_make_writable (allowed));
  *form = g_intern_string (
      gst_structure_get_name (gst_caps_get_structure (allowed, 0)));
  if (current != NULL && gst_caps_is_equal (allowed, current))
    return TRUE;

  gst_pad_push_event (self->pad, gst_event_new_caps (allowed));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->pad, gst_event_new_segment (&segment));

  return TRUE;
}

/* @form: a name of caps; only edit lists are several texts. */
static gchar *
write_text (const GstMontagePlan *plan, const gchar *form, GError **error)
{
  const GstMontageProjectOptions options = {0};

#ifdef HAVE_GES
  if (g_str_equal (form, GST_MONTAGE_CAPS_XGES) && ges_init ())
    return montage_ges_timeline_to_xges (plan, error);
#endif
  if (g_str_equal (form, GST_MONTAGE_CAPS_OTIO))
    return gst_montage_plan_to_otio (plan, &options);
  return gst_montage_plan_to_json (plan);
}

static GStrv
write_plan (const GstMontagePlan *plan, const gchar *form, GError **error)
{
  const GstMontageProjectOptions options = {0};
  gchar *text;
  GStrv texts;

  if (g_str_equal (form, GST_MONTAGE_CAPS_EDL))
    return gst_montage_plan_to_edl (plan, &options);
  text = write_text (plan, form, error);
  if (text == NULL)
    return NULL;
  texts = g_new0 (gchar *, 2);
  texts[0] = text;
  return texts;
}

GstFlowReturn
plan_stream_push (PlanStream *self, const GstMontagePlan *plan, GstEvent *event,
    GError **error)
{
  g_autoptr (GstEvent) owned = event;
  g_auto (GStrv) texts = NULL;
  const gchar *form = NULL;
  GstFlowReturn flow = GST_FLOW_OK;

  push_start (self);
  if (!push_caps (self, &form))
    return GST_FLOW_NOT_NEGOTIATED;
  texts = write_plan (plan, form, error);
  if (texts == NULL)
    return GST_FLOW_ERROR;
  gst_pad_push_event (self->pad, g_steal_pointer (&owned));
  for (guint i = 0; texts[i] != NULL && flow == GST_FLOW_OK; i++)
    flow = gst_pad_push (self->pad,
        gst_buffer_new_memdup (texts[i], strlen (texts[i])));
  return flow;
}
