/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyle)
      style = gst_montage_style_from_json ((const gchar *) data, (gssize) size,
          "fuzz.json", &error);

  g_assert_true ((style == NULL) == (error != NULL));
  if (style)
    g_assert_nonnull (style->instructions);
  return 0;
}
