/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>
#include <gst/montage/documents.h>

/* A table with every type of field. */
typedef struct
{
  gchar *name;
  guint size;
} Part;

typedef struct
{
  gboolean flag;
  gint level;
  guint64 time;
  gdouble share;
  GstMontageFit fit;
  gchar *note;
  GStrv words;
  gint rate_n, rate_d;
  Part part;
  Part *own;
  GArray *parts;
  GArray *colors;
} Whole;

static const GstMontageField part_fields[] = {
    GST_MONTAGE_FIELD (Part, name, "name", STRING, .fallback_string = "none"),
    GST_MONTAGE_FIELD (Part, size, "size", UINT, .minimum = 1, .maximum = 9,
        .fallback = 3, .flags = GST_MONTAGE_FIELD_OPTIONAL),
};
static const GstMontageFieldTable part_table = GST_MONTAGE_FIELD_TABLE ("part",
    Part, part_fields);

static const GstMontageField whole_fields[] = {
    GST_MONTAGE_FIELD (Whole, flag, "flag", BOOLEAN, .fallback = TRUE),
    GST_MONTAGE_FIELD (Whole, level, "level", INT, .minimum = -5, .maximum = 5),
    GST_MONTAGE_FIELD (Whole, time, "time", UINT64,
        .flags = GST_MONTAGE_FIELD_NULLABLE),
    GST_MONTAGE_FIELD (Whole, share, "share", DOUBLE, .minimum = 0.1,
        .maximum = 1, .fallback = 0.5, .flags = GST_MONTAGE_FIELD_NULLABLE),
    GST_MONTAGE_FIELD (Whole, fit, "fit", ENUM,
        .enum_type = gst_montage_fit_get_type),
    GST_MONTAGE_FIELD (Whole, note, "note", STRING,
        .flags = GST_MONTAGE_FIELD_NULLABLE),
    GST_MONTAGE_FIELD (Whole, words, "words", STRINGS),
    GST_MONTAGE_FIELD (Whole, rate_n, "rate", FRACTION, .minimum = 1,
        .maximum = 60, .fallback = 25),
    GST_MONTAGE_FIELD (Whole, part, "part", OBJECT, .table = &part_table),
    GST_MONTAGE_FIELD (Whole, own, "own", POINTER, .table = &part_table),
    GST_MONTAGE_FIELD (Whole, parts, "parts", ARRAY, .table = &part_table),
    GST_MONTAGE_FIELD (Whole, colors, "colors", ARRAY,
        .element = GST_MONTAGE_FIELD_COLOR),
};
static const GstMontageFieldTable whole_table =
    GST_MONTAGE_FIELD_TABLE ("whole", Whole, whole_fields);
static const GstMontageDocument whole_document = {"test/whole", 1,
    &whole_table};

#define GOOD                                                                   \
  "{\n"                                                                        \
  "  \"schema\": \"test/whole\",\n"                                            \
  "  \"version\": 1,\n"                                                        \
  "  \"flag\": false,\n"                                                       \
  "  \"level\": -5,\n"                                                         \
  "  \"time\": null,\n"                                                        \
  "  \"share\": null,\n"                                                       \
  "  \"fit\": \"blur\",\n"                                                     \
  "  \"note\": null,\n"                                                        \
  "  \"words\": [\"a\", \"b \\\"c\\\"\"],\n"                                   \
  "  \"rate\": \"30000/1001\",\n"                                              \
  "  \"part\": {\"name\": \"x\", \"size\": 1},\n"                              \
  "  \"own\": {\"name\": \"y\", \"size\": 9},\n"                               \
  "  \"parts\": [\n"                                                           \
  "    {\"name\": \"p\", \"size\": 2},\n"                                      \
  "    {\"name\": \"q\", \"size\": 3}\n"                                       \
  "  ],\n"                                                                     \
  "  \"colors\": [\"#0000ff\", \"#ff0000\"]\n"                                 \
  "}\n"

static Whole *
read_whole (const gchar *text, GError **error)
{
  return gst_montage_document_read (&whole_document, text, -1, "f", error);
}

static void
assert_refused (const gchar *from, const gchar *to, const gchar *message)
{
  g_autoptr (GString) text = g_string_new (GOOD);
  g_autoptr (GError) error = NULL;

  fail_unless (g_string_replace (text, from, to, 1) == 1, "no %s", from);
  fail_unless (read_whole (text->str, &error) == NULL, "%s was taken", to);
  fail_unless_equals_string (error->message, message);
}

GST_START_TEST (test_defaults)
{
  Whole *whole = gst_montage_document_new (&whole_document);

  fail_unless (whole->flag);
  fail_unless_equals_float (whole->share, 0.5);
  fail_unless_equals_int (whole->rate_n, 25);
  fail_unless_equals_int (whole->rate_d, 1);
  fail_unless_equals_string (whole->part.name, "none");
  fail_unless_equals_int (whole->own->size, 3);
  fail_unless_equals_int (whole->parts->len, 0);
  gst_montage_document_free (&whole_document, whole);
}
GST_END_TEST;

GST_START_TEST (test_round_trip_and_copy)
{
  g_autoptr (GError) error = NULL;
  Whole *whole = read_whole (GOOD, &error);

  fail_unless (whole != NULL, "%s", error ? error->message : "");
  Whole *copy = gst_montage_document_copy (&whole_document, whole);
  g_autofree gchar *text = gst_montage_document_write (&whole_document, copy);

  fail_unless_equals_string (text, GOOD);
  fail_unless (whole->time == GST_CLOCK_TIME_NONE);
  fail_unless_equals_float (whole->share, 0);
  fail_unless (gst_montage_fields_equal (&whole_table, whole, copy));
  g_array_index (copy->parts, Part, 1).size = 4;
  fail_if (gst_montage_fields_equal (&whole_table, whole, copy));
  gst_montage_document_free (&whole_document, whole);
  gst_montage_document_free (&whole_document, copy);
}
GST_END_TEST;

GST_START_TEST (test_messages)
{
  assert_refused ("\"level\": -5", "\"level\": -6",
      "f: level is -6: a whole number from -5 to 5 is expected.");
  assert_refused ("\"level\": -5", "\"level\": 1.5",
      "f: level is 1.5: a whole number from -5 to 5 is expected.");
  assert_refused ("\"flag\": false", "\"flag\": 0",
      "f: flag is 0: true or false is expected.");
  assert_refused ("\"fit\": \"blur\"", "\"fit\": \"smear\"",
      "f: fit is \"smear\": one of crop, pad, blur is expected.");
  assert_refused ("\"30000/1001\"", "\"30000/1001/2\"",
      "f: rate is \"30000/1001/2\": a fraction like \"30000/1001\" is "
      "expected.");
  assert_refused ("\"30000/1001\"", "\"61/1\"",
      "f: rate is \"61/1\": a fraction like \"30000/1001\" is expected.");
  assert_refused ("{\"name\": \"q\", \"size\": 3}", "{\"name\": 7}",
      "f: parts[1].name is 7: a string is expected.");
  assert_refused ("{\"name\": \"q\", \"size\": 3}", "[]",
      "f: parts[1] is not an object.");
  assert_refused ("{\"name\": \"x\", \"size\": 1}", "{\"size\": 1}",
      "f: part.name is missing: a string is expected.");
  assert_refused ("{\"name\": \"x\", \"size\": 1}",
      "{\"name\": \"x\", \"sise\": 1}", "f: part.sise is no field of a part.");
  assert_refused ("\"#ff0000\"", "\"red\"",
      "f: colors[1] is \"red\": a colour like \"#ff8000\" is expected.");
  assert_refused ("[\"a\", ", "[1, ",
      "f: words is [1,\"b \\\"c\\\"\"]: a list of strings is expected.");
  assert_refused ("\"time\": null", "\"time\": -1",
      "f: time is -1: a whole number, 0 or more is expected.");
}
GST_END_TEST;

GST_START_TEST (test_long_values_are_cut)
{
  g_autofree gchar *long_text = g_strnfill (500, 'x');
  g_autofree gchar *member = g_strdup_printf ("\"flag\": \"%s\"", long_text);
  g_autoptr (GString) text = g_string_new (GOOD);
  g_autoptr (GError) error = NULL;

  g_string_replace (text, "\"flag\": false", member, 1);
  fail_unless (read_whole (text->str, &error) == NULL);
  fail_unless (strlen (error->message) < 150, "%s", error->message);
}
GST_END_TEST;

GST_START_TEST (test_validation_of_structs)
{
  Whole *whole = gst_montage_document_new (&whole_document);
  g_autoptr (GError) error = NULL;

  fail_unless (gst_montage_fields_validate (&whole_table, whole, "", NULL));
  whole->part.size = 10;
  fail_if (gst_montage_fields_validate (&whole_table, whole, "", &error));
  fail_unless_equals_string (error->message,
      "part.size is out of range: a whole number from 1 to 9 is expected.");
  gst_montage_document_free (&whole_document, whole);
}
GST_END_TEST;

static Suite *
fields_suite (void)
{
  Suite *suite = suite_create ("fields");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_defaults);
  tcase_add_test (tests, test_round_trip_and_copy);
  tcase_add_test (tests, test_messages);
  tcase_add_test (tests, test_long_values_are_cut);
  tcase_add_test (tests, test_validation_of_structs);
  return suite;
}

GST_CHECK_MAIN (fields);
