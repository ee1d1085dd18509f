/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstcutplannerclippad.h"

#define DEFAULT_SKIP FALSE
#define DEFAULT_FIRST FALSE
#define DEFAULT_LAST FALSE
#define DEFAULT_ORDER 0
#define DEFAULT_WEIGHT 1.0
#define DEFAULT_WINDOW 0
#define MAX_ORDER 1000000
#define MAX_WEIGHT 4.0
/* A day, as in the document. */
#define MAX_WINDOW (G_GUINT64_CONSTANT (86400) * GST_SECOND)

enum
{
  PROP_0,
  PROP_SKIP,
  PROP_FIRST,
  PROP_LAST,
  PROP_ORDER,
  PROP_WEIGHT,
  PROP_WINDOW_START,
  PROP_WINDOW_END,
  PROP_PINS,
  N_PROPERTIES
};

struct _GstCutPlannerClipPad
{
  GstCutPlannerPad parent;

  /* Protected by the object lock. */
  gboolean skip;
  gboolean first;
  gboolean last;
  guint order;
  gdouble weight;
  guint64 window_start;
  guint64 window_end;
  gchar *pins;
};

G_DEFINE_FINAL_TYPE (GstCutPlannerClipPad, gst_cut_planner_clip_pad,
    GST_TYPE_CUT_PLANNER_PAD)

GstMontageClipRules *
gst_cut_planner_clip_pad_get_rules (GstCutPlannerClipPad *self, GError **error)
{
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();
  GstMontageClipRule *rule = gst_montage_clip_rules_append (rules,
      GST_PAD_NAME (self));
  g_autofree gchar *pins = NULL;

  GST_OBJECT_LOCK (self);
  rule->skip = self->skip;
  rule->first = self->first;
  rule->last = self->last;
  rule->order = self->order;
  rule->weight = self->weight;
  rule->from_sec = (gdouble) self->window_start / GST_SECOND;
  rule->to_sec = (gdouble) self->window_end / GST_SECOND;
  pins = g_strdup (self->pins);
  GST_OBJECT_UNLOCK (self);
  if (pins != NULL && !gst_montage_pins_from_text (rule->pins, pins, error)) {
    g_prefix_error (error, "%s: ", GST_PAD_NAME (self));
    return NULL;
  }
  return g_steal_pointer (&rules);
}

static void
gst_cut_planner_clip_pad_set_property (GObject *object, guint id,
    const GValue *value, GParamSpec *pspec)
{
  GstCutPlannerClipPad *self = GST_CUT_PLANNER_CLIP_PAD (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SKIP:
      self->skip = g_value_get_boolean (value);
      break;
    case PROP_FIRST:
      self->first = g_value_get_boolean (value);
      break;
    case PROP_LAST:
      self->last = g_value_get_boolean (value);
      break;
    case PROP_ORDER:
      self->order = g_value_get_uint (value);
      break;
    case PROP_WEIGHT:
      self->weight = g_value_get_double (value);
      break;
    case PROP_WINDOW_START:
      self->window_start = g_value_get_uint64 (value);
      break;
    case PROP_WINDOW_END:
      self->window_end = g_value_get_uint64 (value);
      break;
    case PROP_PINS:
      g_free (self->pins);
      self->pins = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_cut_planner_clip_pad_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstCutPlannerClipPad *self = GST_CUT_PLANNER_CLIP_PAD (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SKIP:
      g_value_set_boolean (value, self->skip);
      break;
    case PROP_FIRST:
      g_value_set_boolean (value, self->first);
      break;
    case PROP_LAST:
      g_value_set_boolean (value, self->last);
      break;
    case PROP_ORDER:
      g_value_set_uint (value, self->order);
      break;
    case PROP_WEIGHT:
      g_value_set_double (value, self->weight);
      break;
    case PROP_WINDOW_START:
      g_value_set_uint64 (value, self->window_start);
      break;
    case PROP_WINDOW_END:
      g_value_set_uint64 (value, self->window_end);
      break;
    case PROP_PINS:
      g_value_set_string (value, self->pins);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_cut_planner_clip_pad_finalize (GObject *object)
{
  g_free (GST_CUT_PLANNER_CLIP_PAD (object)->pins);
  G_OBJECT_CLASS (gst_cut_planner_clip_pad_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_READY;
  GParamSpec *properties[N_PROPERTIES] = {NULL};

  properties[PROP_SKIP] = g_param_spec_boolean ("skip", "Skip",
      "The clip is not shown.", DEFAULT_SKIP, flags);
  properties[PROP_FIRST] = g_param_spec_boolean ("first", "First",
      "The film begins with the clip.", DEFAULT_FIRST, flags);
  properties[PROP_LAST] = g_param_spec_boolean ("last", "Last",
      "The film ends with the clip.", DEFAULT_LAST, flags);
  properties[PROP_ORDER] = g_param_spec_uint ("order", "Order",
      "Clips with 1, 2, … are shown in this order, each in its own part of the "
      "film; 0 is anywhere.",
      0, MAX_ORDER, DEFAULT_ORDER, flags);
  properties[PROP_WEIGHT] = g_param_spec_double ("weight", "Weight",
      "How readily the clip is shown; 1 is usual, 0 is only where nothing else "
      "is left.",
      0, MAX_WEIGHT, DEFAULT_WEIGHT, flags);
  properties[PROP_WINDOW_START] = g_param_spec_uint64 ("window-start",
      "Window start", "Nothing before this time of the clip in ns is shown.", 0,
      MAX_WINDOW, DEFAULT_WINDOW, flags);
  properties[PROP_WINDOW_END] = g_param_spec_uint64 ("window-end", "Window end",
      "Nothing from this time of the clip in ns on is shown; 0 is up to its "
      "end.",
      0, MAX_WINDOW, DEFAULT_WINDOW, flags);
  properties[PROP_PINS] = g_param_spec_string ("pins", "Pins",
      "Times of the film at which the clip is shown: AT, AT=IN (from this time "
      "of the clip on) or AT=IN+LENGTH, with commas between several; times as "
      "83.5 or 1:23.5.",
      NULL, flags);
  g_object_class_install_properties (klass, N_PROPERTIES, properties);
}

static void
gst_cut_planner_clip_pad_class_init (GstCutPlannerClipPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gst_cut_planner_clip_pad_set_property;
  object_class->get_property = gst_cut_planner_clip_pad_get_property;
  object_class->finalize = gst_cut_planner_clip_pad_finalize;
  install_properties (object_class);
}

static void
gst_cut_planner_clip_pad_init (GstCutPlannerClipPad *self)
{
  self->weight = DEFAULT_WEIGHT;
}
