/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstcutplannerpad.h"

/* A document of a song of ten hours has some 10 MB. */
#define MAX_DOCUMENT (256u * 1024 * 1024)

G_DEFINE_TYPE (GstCutPlannerPad, gst_cut_planner_pad, GST_TYPE_PAD)

void
gst_cut_planner_pad_reset (GstCutPlannerPad *self)
{
  g_string_truncate (self->text, 0);
  self->eos = FALSE;
  g_clear_pointer (&self->instructions, gst_montage_instructions_free);
  g_clear_pointer (&self->beats, gst_montage_beat_grid_free);
  g_clear_pointer (&self->shots, gst_montage_shot_list_free);
}

void
gst_cut_planner_pad_set_caps (GstCutPlannerPad *self, const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  self->is_document = g_str_has_prefix (gst_structure_get_name (structure),
      "application/");
}

gboolean
gst_cut_planner_pad_has_document (GstCutPlannerPad *self)
{
  return self->instructions != NULL || self->beats != NULL
      || self->shots != NULL;
}

static gboolean
take_instructions (GstCutPlannerPad *self, GstMontageInstructions *instructions)
{
  if (instructions == NULL)
    return FALSE;
  g_clear_pointer (&self->instructions, gst_montage_instructions_free);
  self->instructions = instructions;

  return TRUE;
}

static gboolean
take_beats (GstCutPlannerPad *self, GstMontageBeatGrid *beats)
{
  if (beats == NULL)
    return FALSE;
  g_clear_pointer (&self->beats, gst_montage_beat_grid_free);
  self->beats = beats;

  return TRUE;
}

static gboolean
take_shots (GstCutPlannerPad *self, GstMontageShotList *shots)
{
  if (shots == NULL)
    return FALSE;
  g_clear_pointer (&self->shots, gst_montage_shot_list_free);
  self->shots = shots;

  return TRUE;
}

gboolean
gst_cut_planner_pad_take_event (GstCutPlannerPad *self, GstEvent *event,
    GError **error)
{
  GstMontageInstructions *instructions = NULL;
  GstMontageBeatGrid *beats = NULL;
  GstMontageShotList *shots = NULL;
  GError *problem = NULL;

  switch (self->kind) {
    case GST_CUT_PLANNER_PAD_DIRECTOR:
      if (gst_montage_event_parse_instructions (event, &instructions, &problem))
        take_instructions (self, instructions);
      break;
    case GST_CUT_PLANNER_PAD_MUSIC:
      if (gst_montage_event_parse_beats (event, &beats, &problem))
        take_beats (self, beats);
      break;
    default:
      if (gst_montage_event_parse_shots (event, &shots, &problem))
        take_shots (self, shots);
      break;
  }
  if (problem == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, problem, "%s: ", GST_PAD_NAME (self));

  return FALSE;
}

static gboolean
read_document (GstCutPlannerPad *self, GError **error)
{
  const gchar *text = self->text->str;
  gssize length = (gssize) self->text->len;
  const gchar *origin = GST_PAD_NAME (self);
  gboolean ok;

  switch (self->kind) {
    case GST_CUT_PLANNER_PAD_DIRECTOR:
      ok = take_instructions (self,
          gst_montage_instructions_from_json (text, length, origin, error));
      break;
    case GST_CUT_PLANNER_PAD_MUSIC:
      ok = take_beats (self,
          gst_montage_beat_grid_from_json (text, length, origin, error));
      break;
    default:
      ok = take_shots (self,
          gst_montage_shot_list_from_json (text, length, origin, error));
      break;
  }
  if (ok)
    g_string_truncate (self->text, 0);

  return ok;
}

gboolean
gst_cut_planner_pad_take_buffer (GstCutPlannerPad *self, GstBuffer *buffer,
    GError **error)
{
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  g_autoptr (GError) problem = NULL;

  /* Media has been analysed on its way here. */
  if (!self->is_document)
    return TRUE;
  if (self->text->len + gst_buffer_get_size (buffer) > MAX_DOCUMENT) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE,
        "%s: the document is too large.", GST_PAD_NAME (self));
    return FALSE;
  }
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "%s: the document cannot be read.", GST_PAD_NAME (self));
    return FALSE;
  }
  g_string_append_len (self->text, (const gchar *) map.data, (gssize) map.size);
  if (self->kind != GST_CUT_PLANNER_PAD_DIRECTOR)
    return TRUE;

  /* A director does not end, so its documents count as soon as they are
   * whole. What is no JSON yet may be the first part of it; if nothing
   * follows, that is an error at the end. */
  if (read_document (self, &problem))
    return TRUE;
  if (g_error_matches (problem, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_PARSE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

gboolean
gst_cut_planner_pad_finish (GstCutPlannerPad *self, GError **error)
{
  static const gchar *const remedies[] = {
      "instructions: put montagedirector before it",
      "beats: put beatdetect in it",
      "shots: put sceneselect in it",
  };

  self->eos = TRUE;
  if (self->text->len > 0)
    return read_document (self, error);
  if (gst_cut_planner_pad_has_document (self))
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "The branch of %s ended without %s.", GST_PAD_NAME (self),
      remedies[self->kind]);

  return FALSE;
}

void
gst_cut_planner_pad_set_uri (GstCutPlannerPad *self, const gchar *uri)
{
  if (self->beats != NULL && self->beats->uri == NULL)
    self->beats->uri = g_strdup (uri);
  if (self->shots != NULL && self->shots->uri == NULL)
    self->shots->uri = g_strdup (uri);
}

static void
gst_cut_planner_pad_finalize (GObject *object)
{
  GstCutPlannerPad *self = GST_CUT_PLANNER_PAD (object);

  gst_cut_planner_pad_reset (self);
  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (gst_cut_planner_pad_parent_class)->finalize (object);
}

static void
gst_cut_planner_pad_class_init (GstCutPlannerPadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gst_cut_planner_pad_finalize;
}

static void
gst_cut_planner_pad_init (GstCutPlannerPad *self)
{
  self->text = g_string_new (NULL);
}
