/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "partkey.h"

#include <gio/gio.h>

/* Raised by whoever changes what is shown for a plan, how it is encoded or how
 * it is kept. */
#define PARTS_VERSION "1"

static void
strip_cut (GstMontageCut *cut)
{
  g_clear_pointer (&cut->reason, g_free);
  for (guint i = 0; i < cut->runners_up->len; i++)
    g_free (g_array_index (cut->runners_up, GstMontageRunnerUp, i).lacked);
  g_array_set_size (cut->runners_up, 0);
  cut->score = (GstMontageScore){0};
  cut->beat = -1;
  cut->n_beats = 0;
  cut->section = GST_MONTAGE_SECTION_UNKNOWN;
  cut->energy = cut->motion = 0;
  cut->pinned = FALSE;
  cut->seen = 0;
}

GstMontagePlan *
tool_bare_plan (const GstMontagePlan *plan)
{
  GstMontagePlan *bare = gst_montage_plan_copy (plan);

  for (guint i = 0; i < bare->cuts->len; i++)
    strip_cut (&g_array_index (bare->cuts, GstMontageCut, i));
  for (guint i = 0; i < bare->sources->len; i++)
    g_array_index (bare->sources, GstMontageSource, i).n_cuts = 0;
  g_array_set_size (bare->music.beats, 0);
  g_array_set_size (bare->music.sections, 0);
  gst_montage_instructions_free (bare->instructions);
  bare->instructions = gst_montage_instructions_new ();
  g_clear_pointer (&bare->notes, g_strfreev);
  bare->metrics = (GstMontageMetrics){0};
  bare->seed = 0;
  bare->revision = 1;
  return bare;
}

/* Size and time of the last change: enough for files that are not meant to
 * deceive, and the same for all machines that share them. */
static gboolean
append_stamp (GString *text, const gchar *uri, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GFileInfo) info = NULL;

  if (!g_file_is_native (file))
    return TRUE;
  info = g_file_query_info (file,
      G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                     "," G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "'%s' of the plan is not there or cannot be read: put it back or plan "
        "again.",
        g_file_peek_path (file));
    return FALSE;
  }
  g_string_append_printf (text,
      "%s %" G_GOFFSET_FORMAT " %" G_GUINT64_FORMAT ".%09u\n", uri,
      g_file_info_get_size (info),
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED),
      g_file_info_get_attribute_uint32 (info,
          G_FILE_ATTRIBUTE_TIME_MODIFIED_NSEC));
  return TRUE;
}

static void
append_encoder (GString *text, const ToolEncoder *encoder, const gchar *options,
    const gchar *coded)
{
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (encoder->element);
  g_autoptr (GstPlugin) plugin = factory != NULL
      ? gst_plugin_feature_get_plugin (GST_PLUGIN_FEATURE (factory))
      : NULL;

  g_string_append_printf (text, "%s %s %s %s %s %s\n", encoder->element,
      options, encoder->raw, coded != NULL ? coded : "-",
      encoder->parser != NULL ? encoder->parser : "-",
      plugin != NULL ? gst_plugin_get_version (plugin) : "-");
}

static GString *
begin_key (const gchar *kind, const ToolFilmFormat *format)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s " PARTS_VERSION " " VERSION " %s\n", kind,
      format->container->muxer);
  return text;
}

static gchar *
finish_key (const GString *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str,
      text->len);
}

/* The cuts [@first, @last] of @plan, with their sources, as text. */
static gboolean
append_cuts (GString *text, const GstMontagePlan *plan, guint first, guint last,
    GError **error)
{
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (GstMontageCut));
  g_autoptr (GArray)
      sources = g_array_new (FALSE, FALSE, sizeof (GstMontageSource));
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autofree gchar *json = NULL;
  GstMontagePlan part = *plan;

  for (guint i = first; i <= last; i++) {
    GstMontageCut cut = g_array_index (plan->cuts, GstMontageCut, i);
    gpointer key = GUINT_TO_POINTER (cut.source), place;

    if (!g_hash_table_lookup_extended (places, key, NULL, &place)) {
      const GstMontageSource *source = &g_array_index (plan->sources,
          GstMontageSource, cut.source);

      if (!append_stamp (text, source->uri, error))
        return FALSE;
      place = GUINT_TO_POINTER (sources->len);
      g_hash_table_insert (places, key, place);
      g_array_append_val (sources, *source);
    }
    cut.source = GPOINTER_TO_UINT (place);
    g_array_append_val (cuts, cut);
  }
  part.cuts = cuts;
  part.sources = sources;
  part.music.uri = NULL;
  part.music.start = part.music.duration = part.music.fade_out = 0;
  part.music.tempo = part.music.confidence = 0;
  part.duration = 0;
  json = gst_montage_plan_to_json (&part);
  g_string_append (text, json);
  return TRUE;
}

gchar *
tool_pictures_key (const GstMontagePlan *plan, const ToolFilmSegment *segment,
    const ToolFilmFormat *format, GError **error)
{
  g_autoptr (GString) text = begin_key ("pictures", format);
  guint first = 0, last = 0;

  append_encoder (text, format->video, format->video_options,
      format->video_coded);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
      segment->begin, segment->end);
  gst_montage_plan_cut_at (plan,
      gst_montage_output_frame_time (&plan->output, segment->begin), &first);
  gst_montage_plan_cut_at (plan,
      gst_montage_output_frame_time (&plan->output, segment->end - 1), &last);
  if (!append_cuts (text, plan, first, last, error))
    return NULL;
  return finish_key (text);
}

gchar *
tool_sound_key (const GstMontagePlan *plan, const ToolFilmFormat *format,
    GError **error)
{
  g_autoptr (GString) text = begin_key ("sound", format);

  append_encoder (text, format->audio, format->audio_options,
      format->audio_coded);
  g_string_append_printf (text,
      "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
      plan->music.start, plan->music.fade_out, plan->duration);
  if (!append_stamp (text, plan->music.uri, error))
    return NULL;
  return finish_key (text);
}
