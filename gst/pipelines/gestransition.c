/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gestransition.h"

#include <gst/controller/gstinterpolationcontrolsource.h>

/* The soft edge of a wipe, a thirtieth of its way, of the 2^16 steps of the
 * mask that GES draws it with. */
#define WIPE_BORDER (65536 / 30)

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint index)
{
  return &g_array_index (plan->cuts, GstMontageCut, index);
}

static gboolean
dips_into (const GstMontagePlan *plan, guint index)
{
  GstMontageTransition kind;

  if (index >= plan->cuts->len)
    return FALSE;
  kind = get_cut (plan, index)->transition;
  return kind == GST_MONTAGE_TRANSITION_DIP_BLACK
      || kind == GST_MONTAGE_TRANSITION_DIP_WHITE;
}

/* ---- dips ---- */

/* The curve of a dip is this much ahead of the film: a frame has the share of its
 * middle, and GES reads it at the time of the source's frame, a quarter of a
 * frame before. */
static GstClockTime
get_lead (const GstMontagePlan *plan)
{
  return gst_util_uint64_scale (3 * GST_SECOND, plan->output.fps_d,
      4 * (guint64) plan->output.fps_n);
}

/* Keyframes are in the time of the source. */
static void
add_key (GstTimedValueControlSource *keys, GESTimelineElement *clip,
    const GstMontageCut *cut, GstClockTime time, gdouble value)
{
  GstClockTime offset = time - MIN (clip->start, time);

  gst_timed_value_control_source_set (keys,
      clip->inpoint + (GstClockTime) (cut->speed * offset), value);
}

void
montage_ges_dip_clip (GESClip *clip, const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = get_cut (plan, index);
  GESTimelineElement *placed = GES_TIMELINE_ELEMENT (clip);
  g_autoptr (GESTrackElement)
      element = ges_clip_find_track_element (clip, NULL, GES_TYPE_VIDEO_SOURCE);
  g_autoptr (GstControlSource) source = NULL;
  GstTimedValueControlSource *keys;
  GstClockTime end = placed->start + placed->duration;
  gboolean in = dips_into (plan, index), out = dips_into (plan, index + 1);
  GstClockTime lead = get_lead (plan);

  if (element == NULL || (!in && !out))
    return;
  source = gst_interpolation_control_source_new ();
  keys = GST_TIMED_VALUE_CONTROL_SOURCE (source);
  g_object_set (source, "mode", GST_INTERPOLATION_MODE_LINEAR, NULL);
  if (!in) {
    add_key (keys, placed, cut, placed->start, 1.0);
  } else {
    GstClockTime half = cut->transition_duration / 2;

    add_key (keys, placed, cut, placed->start,
        MIN (1.0, (gdouble) (placed->start + lead - cut->start) / half));
    add_key (keys, placed, cut, cut->start + half - lead, 1.0);
  }
  if (out) {
    const GstMontageCut *next = get_cut (plan, index + 1);

    add_key (keys, placed, cut,
        next->start - next->transition_duration / 2 - lead, 1.0);
    add_key (keys, placed, cut, next->start - lead, 0.0);
  }
  /* GES would move the last one to the end. */
  add_key (keys, placed, cut, end, out ? 0.0 : 1.0);
  ges_track_element_set_control_source (element, source, "alpha", "direct");
}

void
montage_ges_add_white (GESTimeline *timeline, const GstMontagePlan *plan)
{
  GESLayer *layer = NULL;

  for (guint i = 1; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = get_cut (plan, i);
    GstClockTime half = cut->transition_duration / 2;
    GESTestClip *white;

    if (cut->transition != GST_MONTAGE_TRANSITION_DIP_WHITE)
      continue;
    if (layer == NULL)
      layer = ges_timeline_append_layer (timeline);
    white = ges_test_clip_new ();
    ges_clip_set_supported_formats (GES_CLIP (white), GES_TRACK_TYPE_VIDEO);
    g_object_set (white, "vpattern", GES_VIDEO_TEST_PATTERN_WHITE, "start",
        cut->start - half, "duration", 2 * half, NULL);
    ges_layer_add_clip (layer, GES_CLIP (white));
  }
}

/* ---- transitions of overlapping clips ---- */

/* The cut that lies in the middle of a transition. */
static const GstMontageCut *
find_cut (const GstMontagePlan *plan, GESTimelineElement *transition)
{
  GstClockTime middle = transition->start + transition->duration / 2;
  guint index = 0;

  /* Clips begin a little before their cuts. */
  gst_montage_plan_cut_at (plan, middle + transition->duration / 4, &index);
  return get_cut (plan, index);
}

/* Of the transition's own "invert" and the mask's, which is its opposite, the
 * plain name would mean either. */
static void
set_wipe (GESTimelineElement *transition, GESVideoStandardTransitionType type,
    gboolean back)
{
  g_object_set (transition, "vtype", type, NULL);
  ges_timeline_element_set_child_properties (transition,
      "GstSMPTEAlpha::border", WIPE_BORDER, "GstSMPTEAlpha::invert", !back,
      NULL);
}

/* GES's own crossfade dips into black; FADE_IN is linear. */
static void
set_transition (GESTimelineElement *transition, const GstMontageCut *cut)
{
  switch (cut->transition) {
    case GST_MONTAGE_TRANSITION_WIPE_LEFT:
      set_wipe (transition, GES_VIDEO_STANDARD_TRANSITION_TYPE_BAR_WIPE_LR,
          TRUE);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_RIGHT:
      set_wipe (transition, GES_VIDEO_STANDARD_TRANSITION_TYPE_BAR_WIPE_LR,
          FALSE);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_UP:
      set_wipe (transition, GES_VIDEO_STANDARD_TRANSITION_TYPE_BAR_WIPE_TB,
          TRUE);
      break;
    case GST_MONTAGE_TRANSITION_WIPE_DOWN:
      set_wipe (transition, GES_VIDEO_STANDARD_TRANSITION_TYPE_BAR_WIPE_TB,
          FALSE);
      break;
    default:
      g_object_set (transition, "vtype",
          GES_VIDEO_STANDARD_TRANSITION_TYPE_FADE_IN, NULL);
  }
}

void
montage_ges_set_transitions (GESLayer *layer, const GstMontagePlan *plan)
{
  GList *clips = ges_layer_get_clips (layer);
  GList *l;

  for (l = clips; l != NULL; l = l->next) {
    if (GES_IS_TRANSITION_CLIP (l->data))
      set_transition (l->data, find_cut (plan, l->data));
  }
  g_list_free_full (clips, gst_object_unref);
}
