/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>
#include <gst/montage/events.h>

#define INSTRUCTIONS_NAME "GstMontageInstructions"
#define BEATS_NAME "GstMontageBeats"
#define SHOTS_NAME "GstMontageShots"
#define PLAN_NAME "GstMontagePlan"
#define BEAT_NAME "GstMontageBeat"
#define SHOT_NAME "GstMontageShot"
#define COMMITTED_NAME "GstMontageCommitted"
#define DOCUMENT_FIELD "document"

static void
take_document (GstStructure *structure, gchar *json)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_take_string (&value, json);
  gst_structure_take_value (structure, DOCUMENT_FIELD, &value);
}

/* The document in @structure; NULL where it is another structure, or with an
 * error where it holds none. */
static const gchar *
get_document (const GstStructure *structure, const gchar *name, GError **error)
{
  const gchar *text;

  if (!structure || !gst_structure_has_name (structure, name))
    return NULL;
  text = gst_structure_get_string (structure, DOCUMENT_FIELD);
  if (!text)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s has no field \"" DOCUMENT_FIELD "\".", name);
  return text;
}

GstEvent *
gst_montage_event_new_instructions (const GstMontageInstructions *instructions)
{
  GstStructure *structure = gst_montage_instructions_to_structure (instructions,
      INSTRUCTIONS_NAME);

  take_document (structure, gst_montage_instructions_to_json (instructions));
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, structure);
}

GstEvent *
gst_montage_event_new_beats (const GstMontageBeatGrid *grid)
{
  GstStructure *structure = gst_structure_new (BEATS_NAME, "tempo",
      G_TYPE_DOUBLE, grid->tempo, "alternative-tempo", G_TYPE_DOUBLE,
      grid->alternative_tempo, "confidence", G_TYPE_DOUBLE, grid->confidence,
      "beats-per-bar", G_TYPE_UINT, grid->beats_per_bar, "n-beats", G_TYPE_UINT,
      grid->beats->len, "duration", G_TYPE_UINT64, grid->duration, NULL);

  take_document (structure, gst_montage_beat_grid_to_json (grid));
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure);
}

GstEvent *
gst_montage_event_new_shots (const GstMontageShotList *list)
{
  GstStructure *structure = gst_structure_new (SHOTS_NAME, "n-shots",
      G_TYPE_UINT, list->shots->len, "duration", G_TYPE_UINT64, list->duration,
      "width", G_TYPE_UINT, list->width, "height", G_TYPE_UINT, list->height,
      NULL);

  take_document (structure, gst_montage_shot_list_to_json (list));
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure);
}

GstEvent *
gst_montage_event_new_plan (const GstMontagePlan *plan)
{
  GstStructure *structure = gst_structure_new (PLAN_NAME, "revision",
      G_TYPE_UINT, plan->revision, "n-cuts", G_TYPE_UINT, plan->cuts->len,
      "duration", G_TYPE_UINT64, plan->duration, NULL);

  take_document (structure, gst_montage_plan_to_json (plan));
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM_STICKY, structure);
}

/* One parser per document, from its structure. */
#define DEFINE_PARSERS(noun, NAME, Type, from_json)                            \
  static gboolean parse_##noun (const GstStructure *structure, Type **result,  \
      GError **error)                                                          \
  {                                                                            \
    const gchar *text = get_document (structure, NAME, error);                 \
    g_autoptr (Type) document = text ? from_json (text, -1, NAME, error)       \
                                     : NULL;                                   \
                                                                               \
    if (!document)                                                             \
      return FALSE;                                                            \
    if (result)                                                                \
      *result = g_steal_pointer (&document);                                   \
    return TRUE;                                                               \
  }                                                                            \
                                                                               \
  gboolean gst_montage_event_parse_##noun (GstEvent *event, Type **result,     \
      GError **error)                                                          \
  {                                                                            \
    return parse_##noun (gst_event_get_structure (event), result, error);      \
  }                                                                            \
                                                                               \
  gboolean gst_montage_message_parse_##noun (GstMessage *message,              \
      Type **result, GError **error)                                           \
  {                                                                            \
    return parse_##noun (gst_message_get_structure (message), result, error);  \
  }

DEFINE_PARSERS (instructions, INSTRUCTIONS_NAME, GstMontageInstructions,
    gst_montage_instructions_from_json)
DEFINE_PARSERS (beats, BEATS_NAME, GstMontageBeatGrid,
    gst_montage_beat_grid_from_json)
DEFINE_PARSERS (shots, SHOTS_NAME, GstMontageShotList,
    gst_montage_shot_list_from_json)
DEFINE_PARSERS (plan, PLAN_NAME, GstMontagePlan, gst_montage_plan_from_json)

GstMessage *
gst_montage_message_new_from_event (GstObject *src, GstEvent *event)
{
  return gst_message_new_element (src,
      gst_structure_copy (gst_event_get_structure (event)));
}

/* The times that every live message carries; NONE where the segment does not
 * hold them. */
static GstStructure *
new_live (const gchar *name, const GstSegment *segment, GstClockTime time,
    GstClockTime duration)
{
  gboolean timed = segment->format == GST_FORMAT_TIME;
  GstClockTime stream_time = timed
      ? gst_segment_to_stream_time (segment, GST_FORMAT_TIME, time)
      : GST_CLOCK_TIME_NONE;
  GstClockTime running_time = timed
      ? gst_segment_to_running_time (segment, GST_FORMAT_TIME, time)
      : GST_CLOCK_TIME_NONE;

  return gst_structure_new (name, "timestamp", G_TYPE_UINT64, time,
      "stream-time", G_TYPE_UINT64, stream_time, "running-time", G_TYPE_UINT64,
      running_time, "duration", G_TYPE_UINT64, duration, NULL);
}

GstEvent *
gst_montage_event_new_beat (const GstSegment *segment,
    const GstMontageBeat *beat, gdouble confidence)
{
  GstClockTime duration = beat->tempo > 0.0
      ? (GstClockTime) (60 * GST_SECOND / beat->tempo)
      : GST_CLOCK_TIME_NONE;
  GstStructure *structure = new_live (BEAT_NAME, segment, beat->time, duration);

  gst_structure_set (structure, "position", G_TYPE_UINT, beat->position,
      "energy", G_TYPE_DOUBLE, beat->energy, "strength", G_TYPE_DOUBLE,
      beat->strength, "tempo", G_TYPE_DOUBLE, beat->tempo, "confidence",
      G_TYPE_DOUBLE, confidence, NULL);
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure);
}

static gboolean
parse_beat (const GstStructure *structure, GstMontageBeat *beat,
    gdouble *confidence)
{
  return structure && gst_structure_has_name (structure, BEAT_NAME)
      && gst_structure_get (structure, "timestamp", G_TYPE_UINT64, &beat->time,
          "position", G_TYPE_UINT, &beat->position, "energy", G_TYPE_DOUBLE,
          &beat->energy, "strength", G_TYPE_DOUBLE, &beat->strength, "tempo",
          G_TYPE_DOUBLE, &beat->tempo, "confidence", G_TYPE_DOUBLE, confidence,
          NULL);
}

gboolean
gst_montage_event_parse_beat (GstEvent *event, GstMontageBeat *beat,
    gdouble *confidence)
{
  return parse_beat (gst_event_get_structure (event), beat, confidence);
}

gboolean
gst_montage_message_parse_beat (GstMessage *message, GstMontageBeat *beat,
    gdouble *confidence)
{
  return parse_beat (gst_message_get_structure (message), beat, confidence);
}

GstMessage *
gst_montage_message_new_shot (GstObject *src, const GstSegment *segment,
    guint number, const GstMontageShot *shot)
{
  GstStructure *structure = new_live (SHOT_NAME, segment, shot->start,
      shot->end - shot->start);

  gst_structure_set (structure, "number", G_TYPE_UINT, number, "motion",
      G_TYPE_DOUBLE, shot->motion, "brightness", G_TYPE_DOUBLE,
      shot->brightness, "sharpness", G_TYPE_DOUBLE, shot->sharpness, NULL);
  return gst_message_new_element (src, structure);
}

GstEvent *
gst_montage_event_new_committed (guint revision, guint n_cuts)
{
  return gst_event_new_custom (GST_EVENT_CUSTOM_UPSTREAM,
      gst_structure_new (COMMITTED_NAME, "revision", G_TYPE_UINT, revision,
          "n-cuts", G_TYPE_UINT, n_cuts, NULL));
}

gboolean
gst_montage_event_parse_committed (GstEvent *event, guint *revision,
    guint *n_cuts)
{
  const GstStructure *structure = gst_event_get_structure (event);

  return structure && gst_structure_has_name (structure, COMMITTED_NAME)
      && gst_structure_get_uint (structure, "revision", revision)
      && gst_structure_get_uint (structure, "n-cuts", n_cuts);
}
