/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "project.h"

#include <string.h>

#include "values.h"
#ifdef HAVE_GES
#include <gst/pipelines/gestimeline.h>
#endif

/**
 * Format:
 * @name: in lists of formats
 * @suffix: the end of the name; of two that fit, the first
 * @write: the text; NULL where it is written in another way
 */
typedef struct
{
  const gchar *name;
  const gchar *suffix;
  gchar *(*write) (const GstMontagePlan *plan,
      const GstMontageProjectOptions *options);
} Format;

static const Format formats[] = {
    {"xges", ".xges", NULL},
    {"otio", ".otio", gst_montage_plan_to_otio},
    {"markers", ".markers.edl", gst_montage_plan_to_marker_edl},
    {"edl", ".edl", NULL},
    {"fcpxml", ".fcpxml", gst_montage_plan_to_fcpxml},
    {"mlt", ".mlt", gst_montage_plan_to_mlt},
};

/* What most editing tools open between them, with .xges. */
#define DEFAULT_FORMATS "otio,edl"

const gchar *
tool_project_suffix (guint index)
{
  return index < G_N_ELEMENTS (formats) ? formats[index].suffix : NULL;
}

static const Format *
find_format (const gchar *path)
{
  g_autofree gchar *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      return &formats[i];
  return NULL;
}

gboolean
tool_project_available (void)
{
#ifdef HAVE_GES
  return TRUE;
#else
  return FALSE;
#endif
}

static gboolean
missing (GError **error)
{
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
      "This build has no GES, so it writes no .xges projects; install "
      "libges1.0-dev and build it again.");
  return FALSE;
}

static gboolean
check_build (const Format *format, GError **error)
{
  return format != &formats[0] || tool_project_available () || missing (error);
}

gboolean
tool_project_check (const gchar *path, GError **error)
{
  const Format *format = find_format (path);

  if (format == NULL)
    return tool_usage_error (error,
        "'%s' is no project that can be written; let the name end in .xges, "
        ".otio, .edl, .markers.edl, .fcpxml or .mlt.",
        path);
  return check_build (format, error);
}

static gboolean
add_format (const gchar *option, const gchar *name, ToolProjectFormats *set,
    GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (name, formats[i].name)) {
      *set |= 1u << i;
      return check_build (&formats[i], error);
    }
  return tool_usage_error (error,
      "%s '%s' is no project that can be written; there are xges, otio, edl, "
      "markers, fcpxml, mlt and none.",
      option, name);
}

gboolean
tool_project_formats (const gchar *option, const gchar *text,
    ToolProjectFormats *set, GError **error)
{
  const gchar *usual = tool_project_available () ? "xges," DEFAULT_FORMATS
                                                 : DEFAULT_FORMATS;
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : usual, ",", -1);

  *set = 0;
  if (g_strcmp0 (text, "none") == 0)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_format (option, names[i], set, error))
      return FALSE;
  return TRUE;
}

static gchar *
write_xges (const GstMontagePlan *plan, GError **error)
{
#ifdef HAVE_GES
  if (ges_init ())
    return montage_ges_timeline_to_xges (plan, error);
#endif
  missing (error);
  return NULL;
}

/* @path without its folder and @suffix. */
static gchar *
title_of (const gchar *path, const gchar *suffix)
{
  g_autofree gchar *name = g_path_get_basename (path);

  name[strlen (name) - strlen (suffix)] = '\0';
  return g_utf8_make_valid (name, -1);
}

static GStrv
single (gchar *text)
{
  GStrv texts;

  if (text == NULL)
    return NULL;
  texts = g_new0 (gchar *, 2);
  texts[0] = text;
  return texts;
}

GStrv
tool_project_texts (const GstMontagePlan *plan, const gchar *path,
    GstMontagePaths paths, GError **error)
{
  const Format *format = find_format (path);
  g_autofree gchar *title = title_of (path, format->suffix);
  g_autofree gchar *absolute = g_canonicalize_filename (path, NULL);
  g_autofree gchar *folder = g_path_get_dirname (absolute);
  GstMontageProjectOptions options = {title, paths, folder};

  if (g_str_equal (format->suffix, ".xges"))
    return single (write_xges (plan, error));
  if (g_str_equal (format->suffix, ".edl"))
    return gst_montage_plan_to_edl (plan, &options);
  return single (format->write (plan, &options));
}

gchar *
tool_project_part_path (const gchar *path, guint part)
{
  const gchar *dot = strrchr (path, '.');

  if (part == 0)
    return g_strdup (path);
  return g_strdup_printf ("%.*s.%u%s", (gint) (dot - path), path, part + 1,
      dot);
}
