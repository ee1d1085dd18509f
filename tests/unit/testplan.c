/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testplan.h"

#include <gst/check/gstcheck.h>
#include <math.h>

GstMontageBeatGrid *
test_full_song_new (gdouble bpm, gdouble sec)
{
  static const GstMontageSectionLabel labels[] = {
      GST_MONTAGE_SECTION_INTRO,
      GST_MONTAGE_SECTION_VERSE,
      GST_MONTAGE_SECTION_BUILD,
      GST_MONTAGE_SECTION_DROP,
      GST_MONTAGE_SECTION_BREAK,
      GST_MONTAGE_SECTION_BUILD,
      GST_MONTAGE_SECTION_DROP,
      GST_MONTAGE_SECTION_OUTRO,
  };
  static const gdouble energies[] = {0.2, 0.45, 0.6, 0.9, 0.3, 0.6, 0.95, 0.25};

  return test_song_new (bpm, sec, labels, energies, G_N_ELEMENTS (labels));
}

GstMontagePlan *
plan_ok (TestFilm *film)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontagePlan) read = NULL;
  g_autofree gchar *text = NULL;
  GstMontagePlan *plan = test_film_plan (film, &error);

  fail_unless (plan != NULL, "%s", error != NULL ? error->message : "");
  /* The reader checks the plan across its fields. */
  text = gst_montage_plan_to_json (plan);
  read = gst_montage_plan_from_json (text, -1, "plan", &error);
  fail_unless (read != NULL, "%s", error != NULL ? error->message : "");

  return plan;
}

const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint i)
{
  return &g_array_index (plan->cuts, GstMontageCut, i);
}

void
check_limits (const GstMontagePlan *plan, const gchar *what)
{
  gdouble min = plan->instructions->constraints.min_clip_duration_sec;
  gdouble max = plan->instructions->constraints.max_clip_duration_sec;
  gdouble frame = (gdouble) plan->output.fps_d / plan->output.fps_n;

  for (guint i = 0; i < plan->cuts->len; i++) {
    gdouble sec = get_cut (plan, i)->duration / 1e9;
    /* Less than a frame: what rounding both ends can do. */
    fail_unless (sec > min - frame && sec < max + frame,
        "%s: cut %u of %u lasts %f s", what, i, plan->cuts->len, sec);
  }
}

void
check_material (const GstMontagePlan *plan, GPtrArray *clips)
{
  const GstMontageOutput *output = &plan->output;

  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    const GstMontageShotList *clip = g_ptr_array_index (clips, cut->source);
    const GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot,
        cut->shot);
    gdouble frame = 1e9 * clip->fps_d / clip->fps_n;
    gdouble inside = (cut->in_point - shot->start) / frame;
    guint64 n = gst_montage_output_frame_at (output, cut->duration);
    GstClockTime in = cut->in_point, last;

    last = in + gst_montage_output_frame_time (output, n - 1);
    in -= gst_montage_cut_handle (cut);
    if (i + 1 < plan->cuts->len)
      last += gst_montage_cut_handle (get_cut (plan, i + 1));
    fail_unless (ABS (inside - floor (inside) - 0.25) < 0.01, "cut %u: %f", i,
        inside);
    fail_unless (in >= shot->start, "cut %u", i);
    fail_unless (last < shot->end && shot->end - last >= frame - 1000,
        "cut %u ends %f frames before its shot", i, (shot->end - last) / frame);
    if (cut->transition != GST_MONTAGE_TRANSITION_CUT) {
      guint64 before = gst_montage_output_frame_at (output,
          get_cut (plan, i - 1)->duration);
      guint64 half = gst_montage_output_frame_at (output,
          cut->transition_duration / 2);
      fail_unless (half >= 1);
      fail_unless_equals_uint64 (cut->transition_duration,
          2 * gst_montage_output_frame_time (output, half));
      fail_unless (2 * half <= 0.3 * MIN (before, n) + 1e-6);
    }
  }
}
