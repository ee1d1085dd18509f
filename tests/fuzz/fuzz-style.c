/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>

#include <gst/montage/montage.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A file of a style is refused with an error or its instructions are valid. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GstMontageStyle) style = NULL;
  g_autoptr (GError) error = NULL;

  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  style = gst_montage_style_from_json ((const gchar *) data, (gssize) size,
      "fuzz", &error);
  g_assert_true ((style == NULL) == (error != NULL));
  if (style)
    g_assert_true (
        gst_montage_instructions_validate (style->instructions, NULL));
  return 0;
}
