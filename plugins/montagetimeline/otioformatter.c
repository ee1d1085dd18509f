/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:formatter-otio
 * @title: OpenTimelineIO
 *
 * Saves any timeline of GStreamer Editing Services as an .otio file, in the
 * schemas that readers of OpenTimelineIO know from 0.15 on. It does not load.
 *
 * GES lists the formatters that it finds in the process, and looks into no
 * registry for more. But it loads the plugins of all elements whose class says
 * "Compositor", to find its own mixer: so it loads this one, too, as soon as
 * there is a track of pictures.
 *
 * |[
 * ges-launch-1.0 +clip a.mp4 inpoint=1 duration=2 --save-only film.otio
 * ]|
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "otioformatter.h"

#include <gst/pipelines/gesotio.h>
#include <string.h>

#define EXTENSION "otio"
#define MEDIA_TYPE "application/vnd.pixar.opentimelineio+json"

struct _GstMontageOtioFormatter
{
  GESFormatter parent;
};

G_DEFINE_TYPE (GstMontageOtioFormatter, gst_montage_otio_formatter,
    GES_TYPE_FORMATTER)

static gchar *
name_of (GFile *file)
{
  g_autofree gchar *base = g_file_get_basename (file);
  gchar *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_utf8_make_valid (base, -1);
}

static gboolean
save_to_uri (GESFormatter *formatter, GESTimeline *timeline, const gchar *uri,
    gboolean overwrite, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree gchar *name = name_of (file);
  g_autofree gchar *text = NULL;

  if (!overwrite && g_file_query_exists (file, NULL)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
        "'%s' is already there; give another name.", uri);
    return FALSE;
  }
  text = montage_ges_timeline_to_otio (timeline, name);
  return g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
      G_FILE_CREATE_NONE, NULL, NULL, error);
}

static void
gst_montage_otio_formatter_class_init (GstMontageOtioFormatterClass *klass)
{
  GESFormatterClass *formatter_class = GES_FORMATTER_CLASS (klass);

  formatter_class->save_to_uri = save_to_uri;
  ges_formatter_class_register_metas (formatter_class, EXTENSION,
      "OpenTimelineIO, saved by gst-montage", EXTENSION, MEDIA_TYPE, 1.0,
      GST_RANK_NONE);
}

static void
gst_montage_otio_formatter_init (GstMontageOtioFormatter *self)
{
}

void
gst_montage_otio_formatter_register (void)
{
  /* GES lists the types that are there when it begins to initialize itself; this
   * plugin comes later, in the middle of that or behind it. The class has to be
   * there, as it names the asset, and stays. */
  g_type_class_ref (GST_TYPE_MONTAGE_OTIO_FORMATTER);
  gst_object_unref (
      ges_asset_request (GST_TYPE_MONTAGE_OTIO_FORMATTER, NULL, NULL));
}
