/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstmontagetimeline.h"
#ifdef HAVE_GES
#include "otioformatter.h"
#endif

static gboolean
plugin_init (GstPlugin *plugin)
{
#ifdef HAVE_GES
  gst_montage_otio_formatter_register ();
#endif
  return GST_ELEMENT_REGISTER (montagetimeline, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, montagetimeline,
    "Plays montage plans", plugin_init, VERSION, "LGPL", GST_PACKAGE_NAME,
    GST_PACKAGE_ORIGIN)
