/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

#include <gst/montage/json.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = gst_montage_json_parse ((const gchar *) data,
      (gssize) size, "fuzz", &error);

  g_assert_true ((node == NULL) == (error != NULL));
  if (error)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
