/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

static void
check (const GstMontageBeatGrid *grid)
{
  g_autofree gchar *json = gst_montage_beat_grid_to_json (grid);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageBeatGrid)
      again = gst_montage_beat_grid_from_json (json, -1, "corrected", &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
}

/* Whatever document is corrected, the result is one that can be read. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GstMontageBeatGrid)
      grid = gst_montage_beat_grid_from_json ((const gchar *) data,
          (gssize) size, "fuzz", NULL);

  for (guint step = 0; grid && step < 9; step++) {
    g_autoptr (GstMontageBeatGrid) other = gst_montage_beat_grid_copy (grid);

    switch (step) {
      case 0:
        gst_montage_beat_grid_halve (other);
        break;
      case 1:
        gst_montage_beat_grid_double (other);
        break;
      case 2:
      case 3:
        gst_montage_beat_grid_shift (other,
            (step == 2 ? 1 : -1) * (GstClockTimeDiff) (grid->duration / 5));
        break;
      case 4:
      case 5:
        gst_montage_beat_grid_shift_bars (other, step == 4 ? 5 : -1, NULL);
        break;
      case 6:
        gst_montage_beat_grid_set_bars (other, 3);
        break;
      case 7:
        gst_montage_beat_grid_set_downbeat (other, grid->duration / 2, NULL);
        break;
      default:
        gst_montage_beat_grid_take_labels (other, grid, "itself", NULL);
        break;
    }
    check (other);
  }
  return 0;
}
