/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* cut-rows WIDTH HEIGHT < PICTURES: what speaks for a cut at each picture that
 * may be one, for fitting. PICTURES are I420 one after the other. Prints a
 * line per candidate: the number of the picture, then its features.
 */
#include <stdio.h>

#include "cutfeatures.h"
#include "picturerows.h"

static void
print_candidate (const CutWindow *window, guint64 frame)
{
  gfloat features[N_CUT_FEATURES];

  if (frame == 0 || !cut_features_is_candidate (window, frame))
    return;
  cut_features_measure (window, frame, features);
  printf ("%" G_GUINT64_FORMAT " %.4f", frame,
      window->distances[frame % CUT_RING].whole);
  for (guint i = 0; i < N_CUT_FEATURES; i++)
    printf (" %.4f", features[i]);
  printf ("\n");
}

static void
take_picture (const SmallFrame *frame, gpointer data)
{
  CutWindow *window = data;
  FrameMotion motion;

  cut_window_push (window, frame, &motion);
  if (window->n_frames > CUT_REACH)
    print_candidate (window, window->n_frames - CUT_REACH - 1);
}

int
main (int argc, char **argv)
{
  g_autofree CutWindow *window = g_new0 (CutWindow, 1);
  int status = picture_rows_read (argc, argv, take_picture, window);

  for (guint64 i = window->n_frames - MIN (window->n_frames, CUT_REACH);
       i < window->n_frames; i++)
    print_candidate (window, i);
  return status;
}
