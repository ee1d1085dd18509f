/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One percentage over all stages that never goes back, and the rows of the
 * picture. */
#include <gst/check/gstcheck.h>
#include <math.h>

#include "picturelayout.h"
#include "progress.h"

#define US G_GINT64_CONSTANT (1000000)

static void
check_percent (const ToolProgress *progress, gdouble expected)
{
  gdouble percent = tool_progress_percent (progress);

  fail_unless (fabs (percent - expected) < 1e-9, "%g instead of %g", percent,
      expected);
}

GST_START_TEST (test_stages)
{
  static const gdouble weights[] = {10, 0, 30};
  ToolProgress progress;

  tool_progress_init (&progress, weights, 3, 0);
  check_percent (&progress, 0);
  tool_progress_set (&progress, 0, 0.5, 5 * US);
  check_percent (&progress, 12.5);
  /* Back is not possible, nor beyond the end of a stage. */
  tool_progress_set (&progress, 0, 0.25, 6 * US);
  check_percent (&progress, 12.5);
  tool_progress_set (&progress, 0, 7, 7 * US);
  check_percent (&progress, 25);
  tool_progress_set (&progress, 2, 0, 10 * US);
  check_percent (&progress, 25);
  tool_progress_set (&progress, 0, 1, 10 * US);
  check_percent (&progress, 25);
  tool_progress_set (&progress, 2, 0.5, 20 * US);
  check_percent (&progress, 62.5);
  tool_progress_set (&progress, 2, 1, 30 * US);
  check_percent (&progress, 100);
}
GST_END_TEST;

GST_START_TEST (test_weights_change)
{
  static const gdouble weights[] = {10, 10};
  ToolProgress progress;
  gdouble last;

  tool_progress_init (&progress, weights, 2, 0);
  tool_progress_set (&progress, 0, 0.8, US);
  last = tool_progress_percent (&progress);
  tool_progress_weigh (&progress, 1, 1000);
  fail_unless (tool_progress_percent (&progress) >= last - 1e-9);
  tool_progress_set (&progress, 1, 0, US);
  fail_unless (tool_progress_percent (&progress) >= last - 1e-9);
  tool_progress_set (&progress, 1, 1, US);
  check_percent (&progress, 100);
}
GST_END_TEST;

GST_START_TEST (test_seconds_left)
{
  static const gdouble weights[] = {10, 40};
  ToolProgress progress;

  tool_progress_init (&progress, weights, 2, 0);
  fail_unless (tool_progress_seconds_left (&progress, 0) < 0);
  tool_progress_set (&progress, 0, 0.5, 2 * US);
  /* As long again for this stage, then the next one as weighed. */
  fail_unless (
      fabs (tool_progress_seconds_left (&progress, 2 * US) - 42) < 1e-9);
  tool_progress_set (&progress, 1, 0.25, 4 * US);
  fail_unless (
      fabs (tool_progress_seconds_left (&progress, 14 * US) - 30) < 1e-9);
}
GST_END_TEST;

/* @n cuts of a second each. */
static GstMontagePlan *
new_plan (guint n)
{
  GstMontagePlan *plan = gst_montage_plan_new ();

  for (guint i = 0; i < n; i++) {
    GstMontageCut cut;

    gst_montage_cut_init (&cut);
    cut.start = i * GST_SECOND;
    cut.duration = GST_SECOND;
    g_array_append_val (plan->cuts, cut);
  }
  plan->duration = n * GST_SECOND;
  return plan;
}

GST_START_TEST (test_one_row)
{
  g_autoptr (GstMontagePlan) plan = new_plan (10);
  ToolPictureLayout layout;

  tool_picture_layout_init (&layout, plan, 100, 1100);
  fail_unless_equals_int (layout.n_rows, 1);
  fail_unless (
      fabs (tool_picture_layout_x (&layout, 0, 5 * GST_SECOND) - 600) < 1e-6);
  /* Times outside are held at the ends. */
  fail_unless (
      fabs (tool_picture_layout_x (&layout, 0, 50 * GST_SECOND) - 1100) < 1e-6);
  fail_unless (fabs (tool_picture_layout_end (&layout, 0) - 1100) < 1e-6);
  fail_unless_equals_uint64 (tool_picture_layout_step (&layout, 64),
      GST_SECOND);
  fail_unless_equals_uint64 (tool_picture_layout_step (&layout, 101),
      2 * GST_SECOND);
}
GST_END_TEST;

GST_START_TEST (test_rows_begin_at_cuts)
{
  g_autoptr (GstMontagePlan) plan = new_plan (95);
  ToolPictureLayout layout;

  tool_picture_layout_init (&layout, plan, 0, 1000);
  fail_unless_equals_int (layout.n_rows, 4);
  for (guint row = 0; row < layout.n_rows; row++) {
    fail_unless_equals_uint64 (layout.starts[row] % GST_SECOND, 0);
    fail_unless_equals_int (tool_picture_layout_row_at (&layout,
                                layout.starts[row]),
        row);
    fail_unless (tool_picture_layout_end (&layout, row) <= 1000 + 1e-6);
  }
  fail_unless_equals_uint64 (layout.starts[4], 95 * GST_SECOND);
}
GST_END_TEST;

GST_START_TEST (test_most_rows)
{
  g_autoptr (GstMontagePlan) plan = new_plan (900);
  ToolPictureLayout layout;

  tool_picture_layout_init (&layout, plan, 0, 1000);
  fail_unless_equals_int (layout.n_rows, TOOL_PICTURE_ROWS_MAX);
  fail_unless_equals_uint64 (layout.starts[TOOL_PICTURE_ROWS_MAX],
      900 * GST_SECOND);
}
GST_END_TEST;

GST_START_TEST (test_one_long_cut)
{
  g_autoptr (GstMontagePlan) plan = new_plan (1);
  ToolPictureLayout layout;

  plan->duration = 500 * GST_SECOND;
  g_array_index (plan->cuts, GstMontageCut, 0).duration = plan->duration;
  tool_picture_layout_init (&layout, plan, 0, 1000);
  fail_unless_equals_int (layout.n_rows, 1);
}
GST_END_TEST;

/* @seconds of a song: so many rows, of which the last begins at @last s. */
static void
check_even (guint seconds, guint n_rows, guint last)
{
  ToolPictureLayout layout;
  GstClockTime duration = seconds * GST_SECOND;

  tool_picture_layout_init_even (&layout, duration, 0, 1000);
  fail_unless_equals_int (layout.n_rows, n_rows);
  fail_unless_equals_uint64 (layout.starts[0], 0);
  fail_unless_equals_uint64 (layout.starts[n_rows - 1] / GST_SECOND, last);
  fail_unless_equals_uint64 (layout.starts[n_rows], MAX (duration, 1));
  for (guint row = 0; row < n_rows; row++)
    fail_unless (tool_picture_layout_end (&layout, row) <= 1000 + 1e-6);
}

GST_START_TEST (test_rows_of_a_song)
{
  check_even (0, 1, 0);
  check_even (12, 1, 0);
  check_even (30, 1, 0);
  /* No stump of a second. */
  check_even (31, 1, 0);
  check_even (40, 2, 30);
  check_even (240, 8, 210);
  check_even (241, 8, 210);
  check_even (360, 12, 330);
  check_even (361, 6, 300);
  check_even (3 * 3600, 12, 11 * 900);
  check_even (100 * 3600, 12, 11 * 30000);
}

GST_END_TEST;

static Suite *
toolprogress_suite (void)
{
  Suite *suite = suite_create ("toolprogress");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_stages);
  tcase_add_test (tc, test_weights_change);
  tcase_add_test (tc, test_seconds_left);
  tcase_add_test (tc, test_one_row);
  tcase_add_test (tc, test_rows_begin_at_cuts);
  tcase_add_test (tc, test_most_rows);
  tcase_add_test (tc, test_one_long_cut);
  tcase_add_test (tc, test_rows_of_a_song);
  return suite;
}

GST_CHECK_MAIN (toolprogress);
