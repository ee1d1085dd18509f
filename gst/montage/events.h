/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

/* Caps of documents as streams: one buffer of UTF-8 JSON is one document. */
#define GST_MONTAGE_CAPS_INSTRUCTIONS "application/x-montage-instructions"
#define GST_MONTAGE_CAPS_BEATS "application/x-montage-beats"
#define GST_MONTAGE_CAPS_SHOTS "application/x-montage-shots"
#define GST_MONTAGE_CAPS_PLAN "application/x-montage-plan"
#define GST_MONTAGE_CAPS_XGES "application/xges"
#define GST_MONTAGE_CAPS_OTIO "application/vnd.pixar.opentimelineio+json"
#define GST_MONTAGE_CAPS_EDL "text/x-cmx3600-edl"
#define GST_MONTAGE_CAPS_OTIO "application/vnd.pixar.opentimelineio+json"
#define GST_MONTAGE_CAPS_EDL "text/x-cmx3600-edl"

/* What an element finds travels twice, with the same structure: as a custom
 * event (in order with the data) and as an element message on the bus. The
 * structures are named GstMontageInstructions, GstMontageBeats,
 * GstMontageShots, GstMontagePlan; they hold a few figures for people
 * (see docs) and the whole document as JSON in the field "document".
 * Instructions and plan are sticky events, beats and shots are not. */
GST_MONTAGE_API GstEvent *
gst_montage_event_new_instructions (const GstMontageInstructions *instructions);
GST_MONTAGE_API GstEvent *
gst_montage_event_new_beats (const GstMontageBeatGrid *grid);
GST_MONTAGE_API GstEvent *
gst_montage_event_new_shots (const GstMontageShotList *list);
GST_MONTAGE_API GstEvent *
gst_montage_event_new_plan (const GstMontagePlan *plan);

/* Return %FALSE without an error where the event is another one, %FALSE with
 * an error where it is that one but broken. */
GST_MONTAGE_API gboolean gst_montage_event_parse_instructions (GstEvent *event,
    GstMontageInstructions **instructions, GError **error);
GST_MONTAGE_API gboolean gst_montage_event_parse_beats (GstEvent *event,
    GstMontageBeatGrid **grid, GError **error);
GST_MONTAGE_API gboolean gst_montage_event_parse_shots (GstEvent *event,
    GstMontageShotList **list, GError **error);
GST_MONTAGE_API gboolean gst_montage_event_parse_plan (GstEvent *event,
    GstMontagePlan **plan, GError **error);

/* The same structure as an element message of @src. */
GST_MONTAGE_API GstMessage *
gst_montage_message_new_from_event (GstObject *src, GstEvent *event);
GST_MONTAGE_API gboolean
gst_montage_message_parse_instructions (GstMessage *message,
    GstMontageInstructions **instructions, GError **error);
GST_MONTAGE_API gboolean gst_montage_message_parse_beats (GstMessage *message,
    GstMontageBeatGrid **grid, GError **error);
GST_MONTAGE_API gboolean gst_montage_message_parse_shots (GstMessage *message,
    GstMontageShotList **list, GError **error);
GST_MONTAGE_API gboolean gst_montage_message_parse_plan (GstMessage *message,
    GstMontagePlan **plan, GError **error);

/* Live, while playing: "GstMontageBeat" with timestamp, stream-time,
 * running-time, duration (guint64 ns), position (guint), energy, strength,
 * tempo, confidence (gdouble), as an event in order with the sound, not sticky,
 * and as a message; "GstMontageShot" with the four times, number (guint),
 * motion, brightness, sharpness (gdouble). */
GST_MONTAGE_API GstEvent *gst_montage_event_new_beat (const GstSegment *segment,
    const GstMontageBeat *beat, gdouble confidence);
/* %FALSE where it is another event; the time of @beat is the timestamp. */
GST_MONTAGE_API gboolean gst_montage_event_parse_beat (GstEvent *event,
    GstMontageBeat *beat, gdouble *confidence);
GST_MONTAGE_API gboolean gst_montage_message_parse_beat (GstMessage *message,
    GstMontageBeat *beat, gdouble *confidence);
GST_MONTAGE_API GstMessage *gst_montage_message_new_shot (GstObject *src,
    const GstSegment *segment, guint number, const GstMontageShot *shot);

/* Upstream, from montagetimeline to cutplanner: the first @n_cuts cuts of
 * @revision have been handed out and stay as they are. */
GST_MONTAGE_API GstEvent *
gst_montage_event_new_committed (guint revision, guint n_cuts);
GST_MONTAGE_API gboolean gst_montage_event_parse_committed (GstEvent *event,
    guint *revision, guint *n_cuts);

G_END_DECLS
