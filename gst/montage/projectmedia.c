/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "projectmedia.h"

GType
gst_montage_paths_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_MONTAGE_PATHS_ABSOLUTE, "Absolute paths", "absolute"},
      {GST_MONTAGE_PATHS_RELATIVE, "From the project's folder", "relative"},
      {GST_MONTAGE_PATHS_URI, "file:// URIs", "file-uri"},
      {0, NULL, NULL},
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstMontagePaths", values));
  return type;
}

/* @path from @folder on: "../media/a.mp4". Both are absolute. */
static gchar *
relative_path (const gchar *path, const gchar *folder)
{
  g_auto (GStrv) from = g_strsplit (folder + 1, "/", -1);
  g_auto (GStrv) to = g_strsplit (path + 1, "/", -1);
  GString *text = g_string_new (NULL);
  guint common = 0;

  while (from[common] != NULL && to[common] != NULL && to[common + 1] != NULL
      && g_str_equal (from[common], to[common]))
    common++;
  for (guint i = common; from[i] != NULL; i++)
    if (*from[i] != '\0')
      g_string_append (text, "../");
  for (guint i = common; to[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", to[i], to[i + 1] != NULL ? "/" : "");
  return g_string_free (text, FALSE);
}

gchar *
montage_project_media (const gchar *uri,
    const GstMontageProjectOptions *options)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);

  if (path == NULL || options->paths == GST_MONTAGE_PATHS_URI
      || !g_utf8_validate (path, -1, NULL))
    return g_strdup (uri);
  if (options->paths == GST_MONTAGE_PATHS_RELATIVE && options->folder != NULL
      && *options->folder == '/')
    return relative_path (path, options->folder);
  return g_steal_pointer (&path);
}

gchar *
montage_project_name (const gchar *uri)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);

  return path != NULL ? g_filename_display_basename (path) : g_strdup (uri);
}

const gchar *
montage_project_title (const GstMontageProjectOptions *options)
{
  return options->title != NULL ? options->title : "montage";
}

static const GstMontageCut *
get_cut (const GstMontagePlan *plan, guint cut)
{
  return &g_array_index (plan->cuts, GstMontageCut, cut);
}

guint64
montage_project_first_frame (const GstMontagePlan *plan, guint cut)
{
  return gst_montage_output_frame_at (&plan->output,
      get_cut (plan, cut)->start);
}

guint64
montage_project_n_frames (const GstMontagePlan *plan, guint cut)
{
  const GstMontageCut *it = get_cut (plan, cut);

  return gst_montage_output_frame_at (&plan->output, it->start + it->duration)
      - montage_project_first_frame (plan, cut);
}

guint64
montage_project_fade (const GstMontagePlan *plan, guint cut)
{
  if (cut >= plan->cuts->len)
    return 0;
  return gst_montage_output_frame_at (&plan->output,
      gst_montage_cut_handle (get_cut (plan, cut)));
}

guint64
montage_project_in_frame (const GstMontagePlan *plan, guint cut)
{
  const GstMontageCut *it = get_cut (plan, cut);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, it->source);
  const GstMontageOutput *output = &plan->output;
  GstClockTime quarter, first;
  guint64 frame;

  if (source->fps_n <= 0 || source->still)
    return gst_montage_output_frame_at (output, it->in_point);
  quarter = gst_util_uint64_scale (GST_SECOND, source->fps_d,
      4 * (guint64) source->fps_n);
  first = it->in_point - MIN (quarter, it->in_point);
  frame = gst_util_uint64_scale_ceil (first, output->fps_n,
      (guint64) output->fps_d * GST_SECOND);
  if (gst_montage_output_frame_time (output, frame) < first + 4 * quarter)
    return frame;
  return gst_montage_output_frame_at (output, it->in_point);
}
