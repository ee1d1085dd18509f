/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which part of a picture a zoom shows, and the samples that it is made of. */

#include "../../plugins/montagetimeline/planescaler.h"

#include <gst/check/gstcheck.h>
#include <gst/pipelines/picturepart.h>
#include <math.h>

#define WIDTH 211
#define HEIGHT 97

static gdouble
keys (gdouble t)
{
  t = fabs (t);
  if (t >= 2)
    return 0;
  return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1
               : -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2;
}

/* The same in floating point, a sample at a time. */
static gdouble
reference (const Plane *source, gdouble x, gdouble y, gdouble x_step,
    gdouble y_step)
{
  gdouble across = MAX (x_step, 1), down = MAX (y_step, 1);
  gdouble sum = 0, weights = 0;
  gint reach_x = ceil (2 * across), reach_y = ceil (2 * down);

  for (gint j = floor (y) - reach_y + 1; j <= floor (y) + reach_y; j++) {
    for (gint i = floor (x) - reach_x + 1; i <= floor (x) + reach_x; i++) {
      gdouble weight = keys ((i - x) / across) * keys ((j - y) / down);
      gint column = CLAMP (i, 0, source->width - 1);
      gint row = CLAMP (j, 0, source->height - 1);

      sum += weight * source->data[row * source->stride + column];
      weights += weight;
    }
  }
  return CLAMP (sum / weights, 0, 255);
}

static void
check_scaling (const Plane *source, const PlaneAxis *x, const PlaneAxis *y,
    gint width, gint height)
{
  g_autoptr (PlaneScaler) scaler = plane_scaler_new ();
  g_autofree guint8 *data = g_malloc0 (width * height);
  Plane dest = {data, width, width, height};
  gdouble error = 0, psnr;

  plane_scaler_scale (scaler, source, x, y, &dest);
  for (gint j = 0; j < height; j++) {
    for (gint i = 0; i < width; i++) {
      gdouble exact = reference (source, x->first + i * x->step,
          y->first + j * y->step, x->step, y->step);

      error += pow (data[j * width + i] - exact, 2);
    }
  }
  psnr = 10 * log10 (255 * 255 * (gdouble) width * height / error);
  fail_unless (psnr >= 50, "%.1f dB at %.3f + i %.3f", psnr, x->first, x->step);
}

static guint8 *
noise (void)
{
  guint8 *data = g_malloc (WIDTH * HEIGHT);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    data[i] = g_rand_int (rand);
  return data;
}

GST_START_TEST (test_reference)
{
  static const PlaneAxis axes[] = {{-0.4, 0.3}, {10.7, 0.87}, {0, 1},
      {0.25, 1.15}, {-3, 2.5}, {5.5, 3.99}};
  g_autofree guint8 *data = noise ();
  Plane source = {data, WIDTH, WIDTH, HEIGHT};
  Plane small = {data, WIDTH, 3, 2};

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    const PlaneAxis *down = &axes[(i + 1) % G_N_ELEMENTS (axes)];

    check_scaling (&source, &axes[i], down, 77, 45);
    check_scaling (&source, &axes[i], &axes[i], 16, 1);
    check_scaling (&small, &axes[i], down, 20, 20);
  }
}
GST_END_TEST

GST_START_TEST (test_as_it_is)
{
  g_autoptr (PlaneScaler) scaler = plane_scaler_new ();
  const PlaneAxis same = {0, 1}, between = {0.3, 0.7};
  g_autofree guint8 *data = noise ();
  g_autofree guint8 *copy = g_malloc (WIDTH * HEIGHT);
  Plane source = {data, WIDTH, WIDTH, HEIGHT};
  Plane dest = {copy, WIDTH, WIDTH, HEIGHT};

  plane_scaler_scale (scaler, &source, &same, &same, &dest);
  fail_unless (memcmp (data, copy, WIDTH * HEIGHT) == 0);
  for (guint level = 0; level < 256; level += 51) {
    memset (data, level, WIDTH * HEIGHT);
    plane_scaler_scale (scaler, &source, &between, &between, &dest);
    for (guint i = 0; i < WIDTH * HEIGHT; i++)
      fail_unless_equals_int (copy[i], level);
  }
}
GST_END_TEST

static void
check_part (const GstMontageCut *cut, GstClockTime time, gdouble x, gdouble y,
    gdouble size)
{
  PicturePart part;

  picture_part_at (cut, time, &part);
  fail_unless (fabs (part.x - x) < 1e-9, "x is %f", part.x);
  fail_unless (fabs (part.y - y) < 1e-9, "y is %f", part.y);
  fail_unless (fabs (part.size - size) < 1e-9, "size is %f", part.size);
}

GST_START_TEST (test_parts)
{
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = 10 * GST_SECOND;
  cut.duration = 4 * GST_SECOND;
  fail_if (picture_part_cut_zooms (&cut));
  check_part (&cut, 11 * GST_SECOND, 0, 0, 1);
  cut.zoom_from = 1;
  cut.zoom_to = 2;
  cut.focus_x = 0.5;
  cut.focus_y = 0.1;
  fail_unless (picture_part_cut_zooms (&cut));
  fail_unless (picture_part_closest (&cut) == 2);
  check_part (&cut, 10 * GST_SECOND, 0, 0, 1);
  check_part (&cut, 12 * GST_SECOND, 1 / 6., 0, 1 / 1.5);
  check_part (&cut, 14 * GST_SECOND, 0.25, 0, 0.5);
  /* In a crossfade it goes on; it never shows more than there is. */
  check_part (&cut, 16 * GST_SECOND, 0.5 - 1 / 5., 0, 1 / 2.5);
  check_part (&cut, 9 * GST_SECOND, 0, 0, 1);
  cut.zoom_from = 4;
  cut.zoom_to = 1;
  cut.focus_x = 0.9;
  check_part (&cut, 10 * GST_SECOND, 0.75, 0, 0.25);
  check_part (&cut, 14 * GST_SECOND, 0, 0, 1);
  fail_unless (picture_part_closest (&cut) == 4);
  g_array_unref (cut.runners_up);
}
GST_END_TEST

static Suite *
filmzoom_suite (void)
{
  Suite *suite = suite_create ("filmzoom");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_reference);
  tcase_add_test (tc, test_as_it_is);
  tcase_add_test (tc, test_parts);
  return suite;
}

GST_CHECK_MAIN (filmzoom)
