/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: test-registry PLUGIN…
 * Makes GStreamer look at all plugins and tells which of those named cannot be
 * loaded. */
#include <gst/gst.h>

int
main (int argc, char **argv)
{
  int n_missing = 0;

  gst_init (NULL, NULL);
  for (int k = 1; k < argc; k++) {
    g_autoptr (GstPlugin)
        plugin = gst_registry_find_plugin (gst_registry_get (), argv[k]);
    g_autoptr (GstPlugin) loaded = plugin ? gst_plugin_load (plugin) : NULL;

    if (!loaded) {
      g_printerr ("The plugin \"%s\" cannot be loaded\n", argv[k]);
      n_missing++;
    }
  }
  gst_deinit ();
  return n_missing > 0;
}
