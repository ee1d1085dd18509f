/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

/* Whatever a model answers, the instructions stay valid. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static GstMontageStyles *styles;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GstMontageInstructions) before = gst_montage_instructions_new ();
  g_autoptr (GstMontageInstructions) out = NULL;
  g_autoptr (GstMontageInstructions) again = NULL;
  g_autofree gchar *json = NULL;
  g_autoptr (GError) error = NULL;

  if (!styles) {
    gst_init (NULL, NULL);
    styles = gst_montage_styles_load (NULL, &error);
    g_assert_no_error (error);
  }
  out = gst_montage_answer_read ((const gchar *) data, (gssize) size, before,
      styles, NULL, GST_MONTAGE_ORIGIN_OPENAI, "m", faults, &error);
  if (!out) {
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  json = gst_montage_instructions_to_json (out);
  again = gst_montage_instructions_from_json (json, -1, "fuzz", &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
  g_assert_false (out->effects.stabilization || out->effects.upscale);
  return 0;
}
