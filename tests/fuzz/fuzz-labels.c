/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

/* What is refused has a reason; what is read gives a valid document, and
 * labels that are read again and written the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *once = NULL;
  g_autofree gchar *twice = NULL;
  g_autofree gchar *json = NULL;
  g_autoptr (GstMontageBeatGrid) again = NULL;
  g_autoptr (GstMontageBeatGrid) document = NULL;
  g_autoptr (GstMontageBeatGrid) song = gst_montage_beat_grid_new ();
  g_autoptr (GstMontageBeatGrid)
      labels = gst_montage_beat_grid_from_labels ((const gchar *) data,
          (gssize) size, "fuzz", &error);

  if (!labels) {
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_null (strchr (error->message, '\n'));
    return 0;
  }
  g_assert_no_error (error);
  song->duration = GST_SECOND * 60;
  if (!gst_montage_beat_grid_take_labels (song, labels, "fuzz", &error)) {
    g_assert_nonnull (error);
    return 0;
  }
  gst_montage_beat_grid_double (song);
  gst_montage_beat_grid_shift_bars (song, -3, NULL);
  gst_montage_beat_grid_shift (song, -1234567);
  gst_montage_beat_grid_halve (song);
  json = gst_montage_beat_grid_to_json (song);
  document = gst_montage_beat_grid_from_json (json, -1, "corrected", &error);
  g_assert_no_error (error);
  once = gst_montage_beat_grid_to_labels (document);
  if (*once == '\0')
    return 0;
  again = gst_montage_beat_grid_from_labels (once, -1, "again", &error);
  if (!again) { /* two beats within a microsecond */
    g_assert_nonnull (error);
    return 0;
  }
  twice = gst_montage_beat_grid_to_labels (again);
  if (again->sections->len == document->sections->len)
    g_assert_cmpstr (once, ==, twice);
  return 0;
}
