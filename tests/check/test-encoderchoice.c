/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which encoder is taken, among some that pretend to be hardware. */
#include <gst/check/gstcheck.h>

#include "filmformat.h"

/* A bin around an encoder that is there, which says that it is a device. */
static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-raw,format=I420"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-h264"));

typedef struct
{
  GstBin parent;
  guint bitrate;
} FakeEncoder;
typedef GstBinClass FakeEncoderClass;

static GType fake_encoder_get_type (void);
G_DEFINE_TYPE (FakeEncoder, fake_encoder, GST_TYPE_BIN)

static void
fake_encoder_set_property (GObject *object, guint id, const GValue *value,
    GParamSpec *spec)
{
  ((FakeEncoder *) object)->bitrate = g_value_get_uint (value);
}

static void
fake_encoder_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *spec)
{
  g_value_set_uint (value, ((FakeEncoder *) object)->bitrate);
}

static void
fake_encoder_init (FakeEncoder *self)
{
  GstElement *inner = gst_element_factory_make ("x264enc", NULL);
  static const gchar *const names[] = {"sink", "src"};

  if (inner == NULL)
    return;
  gst_bin_add (GST_BIN (self), inner);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (inner, names[i]);

    gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new (names[i], pad));
  }
}

static void
fake_encoder_class_init (FakeEncoderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = fake_encoder_set_property;
  object_class->get_property = fake_encoder_get_property;
  g_object_class_install_property (object_class, 1,
      g_param_spec_uint ("bitrate", "Bit rate", "In kb/s; 0 is the encoder's",
          0, 2048000, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Fake encoder",
      "Codec/Encoder/Video/Hardware", "Encodes like x264enc", "gst-montage");
}

/* One whose device is not there. */
typedef FakeEncoder BrokenEncoder;
typedef FakeEncoderClass BrokenEncoderClass;

static GType broken_encoder_get_type (void);
G_DEFINE_TYPE (BrokenEncoder, broken_encoder, fake_encoder_get_type ())

static GstStateChangeReturn
broken_encoder_change_state (GstElement *element, GstStateChange change)
{
  if (change != GST_STATE_CHANGE_NULL_TO_READY)
    return GST_ELEMENT_CLASS (broken_encoder_parent_class)
        ->change_state (element, change);
  GST_ELEMENT_ERROR (element, RESOURCE, OPEN_READ_WRITE,
      ("There is no such device."), (NULL));
  return GST_STATE_CHANGE_FAILURE;
}

static void
broken_encoder_init (BrokenEncoder *self)
{
}

static void
broken_encoder_class_init (BrokenEncoderClass *klass)
{
  GST_ELEMENT_CLASS (klass)->change_state = broken_encoder_change_state;
}

static void
set_rank (const gchar *element, guint rank)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), rank);
}

static void
register_encoders (void)
{
  gst_element_register (NULL, "fakeh264enc", GST_RANK_NONE,
      fake_encoder_get_type ());
  gst_element_register (NULL, "brokenh264enc", GST_RANK_NONE,
      broken_encoder_get_type ());
}

/* What is picked for a film with the encoder's name or kind @encoder. */
static void
assert_picked (const gchar *encoder, const gchar *quality, const gchar *element,
    const gchar *options, const gchar *note)
{
  g_autofree gchar *name = g_strdup (encoder);
  g_autofree gchar *level = g_strdup (quality);
  const ToolFormatOptions asked = {.encoder = name, .quality = level};
  g_auto (ToolFilmFormat) format = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) said = g_string_new (NULL);

  fail_unless (tool_film_format_init (&format, "film.mp4", &asked, &error),
      "%s", error != NULL ? error->message : "");
  assert_equals_string (format.video->element, element);
  assert_equals_string (format.video->parser, "h264parse");
  fail_unless (strstr (format.video_options, options) != NULL, "%s",
      format.video_options);
  for (guint i = 0; i < format.notes->len; i++)
    g_string_append (said, g_ptr_array_index (format.notes, i));
  fail_unless (note == NULL ? said->len == 0 : strstr (said->str, note) != NULL,
      "%s", said->str);
}

static void
assert_refused (const gchar *encoder, const gchar *word)
{
  g_autofree gchar *name = g_strdup (encoder);
  const ToolFormatOptions asked = {.encoder = name};
  g_auto (ToolFilmFormat) format = {0};
  g_autoptr (GError) error = NULL;

  fail_if (tool_film_format_init (&format, "film.mp4", &asked, &error));
  fail_unless (strstr (error->message, word) != NULL, "%s", error->message);
}

GST_START_TEST (test_ours_before_all_that_is_not_above_primary)
{
  assert_picked (NULL, NULL, "x264enc", "quantizer=20", NULL);
  assert_picked ("software", "high", "x264enc", "quantizer=17", NULL);
  set_rank ("fakeh264enc", GST_RANK_PRIMARY);
  assert_picked ("auto", NULL, "x264enc", "quantizer=20", NULL);
}
GST_END_TEST;

GST_START_TEST (test_hardware_by_rank_and_said)
{
  set_rank ("fakeh264enc", GST_RANK_PRIMARY + 1);
  assert_picked ("auto", NULL, "fakeh264enc", "bitrate=12000", "fakeh264enc");
  assert_picked (NULL, "master", "fakeh264enc", "bitrate=60000", "hardware");
  assert_picked ("software", NULL, "x264enc", "quantizer=20", NULL);
}
GST_END_TEST;

GST_START_TEST (test_hardware_of_no_rank_where_it_is_asked_for)
{
  assert_picked ("hardware", NULL, "fakeh264enc", "bitrate=12000",
      "fakeh264enc");
  assert_picked ("fakeh264enc", NULL, "fakeh264enc", "bitrate=12000",
      "fakeh264enc");
}
GST_END_TEST;

GST_START_TEST (test_one_that_does_not_start)
{
  set_rank ("brokenh264enc", GST_RANK_PRIMARY + 2);
  assert_picked ("auto", NULL, "x264enc", "quantizer=20",
      "There is no such device.");
  set_rank ("fakeh264enc", GST_RANK_PRIMARY + 1);
  assert_picked ("auto", NULL, "fakeh264enc", "bitrate=12000",
      "'brokenh264enc' is left out");
  assert_refused ("brokenh264enc", "There is no such device.");
  assert_refused ("nonsense", "nonsense");
}
GST_END_TEST;

static void
forget_ranks (void)
{
  set_rank ("fakeh264enc", GST_RANK_NONE);
  set_rank ("brokenh264enc", GST_RANK_NONE);
}

static Suite *
encoderchoice_suite (void)
{
  Suite *suite = suite_create ("encoderchoice");
  TCase *tests = tcase_create ("general");

  register_encoders ();
  suite_add_tcase (suite, tests);
  tcase_add_checked_fixture (tests, forget_ranks, NULL);
  tcase_add_test (tests, test_ours_before_all_that_is_not_above_primary);
  tcase_add_test (tests, test_hardware_by_rank_and_said);
  tcase_add_test (tests, test_hardware_of_no_rank_where_it_is_asked_for);
  tcase_add_test (tests, test_one_that_does_not_start);
  return suite;
}

GST_CHECK_MAIN (encoderchoice);
