/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstbeatdetect.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (beatdetect, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, beatdetect,
    "Beats, tempo, energy and sections of music", plugin_init, VERSION, "GPL",
    GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN)
