/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "directorharness.h"

#include <string.h>

GstHarness *
director_harness_new (const gchar *launch)
{
  GstHarness *harness = gst_harness_new_parse (launch);
  g_autoptr (GstBus) bus = gst_bus_new ();

  gst_element_set_bus (harness->element, bus);
  return harness;
}

void
director_harness_free (GstHarness *harness)
{
  g_autoptr (GstBus) G_GNUC_UNUSED bus = gst_element_get_bus (harness->element);

  gst_element_set_state (harness->element, GST_STATE_NULL);
  gst_element_set_bus (harness->element, NULL);
  gst_harness_teardown (harness);
}

static GstMontageInstructions *
pull_document (GstHarness *harness)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (harness);
  GstMapInfo map;
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *read;

  fail_unless (buffer != NULL);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  read = gst_montage_instructions_from_json ((const gchar *) map.data,
      (gssize) map.size, "buffer", &error);
  gst_buffer_unmap (buffer, &map);
  g_assert_no_error (error);
  return read;
}

/* The next instructions that came as an event. */
static GstMontageInstructions *
pull_event (GstHarness *harness)
{
  while (TRUE) {
    g_autoptr (GstEvent) event = gst_harness_pull_event (harness);
    GstMontageInstructions *read = NULL;

    fail_unless (event != NULL);
    if (gst_montage_event_parse_instructions (event, &read, NULL))
      return read;
  }
}

static GstMontageInstructions *
pull_message (GstHarness *harness)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (harness->element);

  while (TRUE) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        10 * GST_SECOND, GST_MESSAGE_ELEMENT);
    GstMontageInstructions *read = NULL;

    fail_unless (message != NULL);
    if (gst_montage_message_parse_instructions (message, &read, NULL))
      return read;
  }
}

gchar *
director_wait_for_text (GstHarness *harness, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (harness->element);
  g_autoptr (GstMessage)
      message = gst_bus_timed_pop_filtered (bus, 10 * GST_SECOND, type);
  g_autoptr (GError) error = NULL;

  fail_unless (message != NULL);
  if (type == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else
    gst_message_parse_warning (message, &error, NULL);
  return g_strdup (error->message);
}

void
director_expect_eos (GstHarness *harness)
{
  while (TRUE) {
    g_autoptr (GstEvent) event = gst_harness_pull_event (harness);

    fail_unless (event != NULL);
    if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
      return;
  }
}

/* Caps, event, message and buffer of the next revision say the same. */
GstMontageInstructions *
director_pull_revision (GstHarness *harness)
{
  GstMontageInstructions *document = pull_document (harness);
  g_autoptr (GstMontageInstructions) event = pull_event (harness);
  g_autoptr (GstMontageInstructions) message = pull_message (harness);
  g_autofree gchar *text = gst_montage_instructions_to_json (document);
  g_autofree gchar *event_text = gst_montage_instructions_to_json (event);
  g_autofree gchar *message_text = gst_montage_instructions_to_json (message);

  fail_unless_equals_string (event_text, text);
  fail_unless_equals_string (message_text, text);
  return document;
}

/* Where the element rests, its caps are those of its last document. */
void
director_check_caps (GstHarness *harness,
    const GstMontageInstructions *document)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (harness->sinkpad);
  g_autoptr (GstStructure)
      right = gst_montage_instructions_to_structure (document,
          GST_MONTAGE_CAPS_INSTRUCTIONS);

  fail_unless (caps != NULL);
  fail_unless (
      gst_structure_is_equal (gst_caps_get_structure (caps, 0), right));
}

void
director_expect_next (GstHarness *harness, guint revision, const gchar *style)
{
  g_autoptr (GstMontageInstructions) got = director_pull_revision (harness);

  fail_unless_equals_int (got->revision, revision);
  fail_unless_equals_string (got->style.name, style);
  director_check_caps (harness, got);
}

void
director_expect_error (const gchar *launch, const gchar *part)
{
  GstHarness *harness = director_harness_new (launch);
  g_autofree gchar *text = NULL;

  fail_unless_equals_int (gst_element_set_state (harness->element,
                              GST_STATE_PAUSED),
      GST_STATE_CHANGE_FAILURE);
  text = director_wait_for_text (harness, GST_MESSAGE_ERROR);
  fail_unless (strstr (text, part) != NULL, "%s", text);
  director_harness_free (harness);
}
