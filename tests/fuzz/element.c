/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element.h"

/* Steps of one input; more only takes time. */
#define MOST_STEPS 64

GstClockTime
element_take_time (ElementRun *self)
{
  static const GstClockTime times[] = {0, 1, GST_MSECOND, 19 * GST_MSECOND,
      GST_SECOND, 2 * GST_SECOND, 5 * GST_SECOND, 3700 * GST_SECOND,
      G_MAXINT64 - 1, G_MAXUINT64 - 1, GST_CLOCK_TIME_NONE};

  if (bytes_take (&self->input) & 1)
    return times[bytes_below (&self->input, G_N_ELEMENTS (times))];
  return bytes_take_16 (&self->input) * GST_MSECOND / 16;
}

void
element_push_event (ElementRun *self, GstEvent *event)
{
  gst_pad_push_event (self->harness->srcpad, event);
}

static void
push_segment (ElementRun *self)
{
  static const gdouble rates[] = {1.0, 1.0, 1.0, -1.0, 2.0, 0.5};
  GstSegment segment;

  gst_segment_init (&segment,
      bytes_below (&self->input, 8) ? GST_FORMAT_TIME : GST_FORMAT_BYTES);
  segment.rate = rates[bytes_below (&self->input, G_N_ELEMENTS (rates))];
  segment.applied_rate = bytes_below (&self->input, 8) ? 1.0 : -1.0;
  segment.start = element_take_time (self);
  segment.stop = element_take_time (self);
  segment.time = element_take_time (self);
  segment.base = element_take_time (self);
  if (!GST_CLOCK_TIME_IS_VALID (segment.start))
    segment.start = 0;
  if (segment.stop < segment.start)
    segment.stop = GST_CLOCK_TIME_NONE;
  if (segment.rate < 0.0 && !GST_CLOCK_TIME_IS_VALID (segment.stop))
    segment.rate = 1.0;
  segment.position = segment.start;
  self->next = segment.start;
  element_push_event (self, gst_event_new_segment (&segment));
}

/* A pause may last seconds, or be absurd: hours are only slow. */
static void
push_gap (ElementRun *self)
{
  GstClockTime start = element_take_time (self),
               duration = element_take_time (self);

  if (bytes_take (&self->input) & 1)
    start = self->next;
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return;
  element_push_event (self, gst_event_new_gap (start, duration));
  if (GST_CLOCK_TIME_IS_VALID (duration) && duration < GST_SECOND * 60)
    self->next = start + duration;
}

static void
push_other_event (ElementRun *self)
{
  switch (bytes_below (&self->input, 6)) {
    case 0:
      element_push_event (self, gst_event_new_flush_start ());
      element_push_event (self, gst_event_new_flush_stop (TRUE));
      break;
    case 1:
      element_push_event (self, gst_event_new_flush_stop (FALSE));
      break;
    case 2:
      element_push_event (self, gst_event_new_eos ());
      break;
    case 3:
      element_push_event (self, gst_event_new_stream_start ("fuzz"));
      break;
    case 4:
      element_push_event (self,
          gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
              gst_structure_new_empty ("GstMontageNonsense")));
      break;
    default:
      gst_harness_push_upstream_event (self->harness,
          gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
              GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE, -1));
      break;
  }
}

/* A number of the type and range of @spec. */
static void
take_value (ElementRun *self, GParamSpec *spec, GValue *value)
{
  guint number = bytes_take_16 (&self->input);

  g_value_init (value, spec->value_type);
  if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    g_value_set_boolean (value, number & 1);
  else if (G_IS_PARAM_SPEC_UINT (spec))
    g_value_set_uint (value, number);
  else if (G_IS_PARAM_SPEC_INT (spec))
    g_value_set_int (value, (gint) number - 32768);
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    g_value_set_double (value, number / 128.0);
  else if (G_IS_PARAM_SPEC_INT64 (spec))
    g_value_set_int64 (value, ((gint64) number - 32768) * GST_MSECOND / 8);
  else if (G_IS_PARAM_SPEC_UINT64 (spec))
    g_value_set_uint64 (value, number * GST_MSECOND / 8);
  else
    g_param_value_set_default (spec, value);
  g_param_value_validate (spec, value);
}

static void
set_property (ElementRun *self)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (self->harness->element);
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (klass, &n);
  GParamSpec *spec = specs[bytes_below (&self->input, n)];
  g_auto (GValue) value = G_VALUE_INIT;

  if (!(spec->flags & G_PARAM_WRITABLE) || spec->owner_type == GST_TYPE_OBJECT)
    return;
  take_value (self, spec, &value);
  g_object_set_property (G_OBJECT (self->harness->element), spec->name, &value);
}

static void
restart (ElementRun *self)
{
  if (bytes_below (&self->input, 4) != 0)
    return;
  gst_element_set_state (self->harness->element,
      bytes_take (&self->input) & 1 ? GST_STATE_READY : GST_STATE_NULL);
  gst_element_set_state (self->harness->element, GST_STATE_PLAYING);
}

void
element_act (ElementRun *self, ElementAct act)
{
  switch (act) {
    case ELEMENT_SEGMENT:
      push_segment (self);
      break;
    case ELEMENT_GAP:
      push_gap (self);
      break;
    case ELEMENT_OTHER_EVENT:
      push_other_event (self);
      break;
    case ELEMENT_PROPERTY:
      set_property (self);
      break;
    default:
      restart (self);
      break;
  }
}

static void
ignore (const gchar *domain, GLogLevelFlags level, const gchar *message,
    gpointer data)
{
}

/* Core itself warns about some orders; only criticals and crashes count. */
static void
begin (ElementRun *self, const gchar *element, const guint8 *data, gsize size)
{
  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_log_set_handler ("GStreamer", G_LOG_LEVEL_WARNING, ignore, NULL);
  self->input = (Bytes){data, size};
  self->harness = gst_harness_new (element);
  self->bus = gst_bus_new ();
  gst_element_set_bus (self->harness->element, self->bus);
  element_push_event (self, gst_event_new_stream_start ("fuzz"));
}

static void
end (ElementRun *self)
{
  gst_element_set_bus (self->harness->element, NULL);
  gst_object_unref (self->bus);
  gst_harness_teardown (self->harness);
}

static void
forget (ElementRun *self)
{
  GstEvent *event;
  GstBuffer *buffer;

  while ((buffer = gst_harness_try_pull (self->harness)))
    gst_buffer_unref (buffer);
  while ((event = gst_harness_try_pull_event (self->harness)))
    gst_event_unref (event);
  while ((event = gst_harness_try_pull_upstream_event (self->harness)))
    gst_event_unref (event);
}

static void
take_output (ElementRun *self, const ElementTarget *target)
{
  GstMessage *message;

  forget (self);
  while ((message = gst_bus_pop (self->bus))) {
    target->check (message);
    gst_message_unref (message);
  }
}

void
element_run (ElementRun *self, const ElementTarget *target, const guint8 *data,
    gsize size)
{
  begin (self, target->element, data, size);
  target->set_caps (self);
  push_segment (self);
  for (guint n = 0; n < MOST_STEPS && self->input.left > 0; n++) {
    target->step (self);
    take_output (self, target);
  }
  element_push_event (self, gst_event_new_eos ());
  take_output (self, target);
  end (self);
}
