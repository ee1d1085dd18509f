/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* gradual-rows WIDTH HEIGHT < PICTURES: what speaks for dissolves and wipes, for
 * fitting; see fit-graduals. PICTURES are I420 one after the other. Prints
 * "row FIRST LAST TRAIT… SCORE" per candidate, then "found FIRST LAST KIND" for
 * each boundary that the whole detection finds.
 */
#include <stdio.h>

#include "blendfinder.h"
#include "picturerows.h"
#include "shotdetector.h"

static void
print_row (const Blend *blend)
{
  printf ("row %d %d", (gint) blend->fit.first, (gint) blend->fit.last);
  for (guint i = 0; i < BLEND_N_TRAITS; i++)
    printf (" %.5g", blend->fit.traits[i]);
  printf (" %.4g\n", blend->score);
}

static void
print_found (const GArray *found)
{
  for (guint i = 0; i < found->len; i++) {
    const ShotBoundary *b = &g_array_index (found, ShotBoundary, i);

    printf ("found %d %d %d\n", (gint) b->first, (gint) b->last, b->kind);
  }
}

typedef struct
{
  ShotDetector *detector;
  BlendFinder *finder;
  MixRing ring;
  FrameTraits traits;
} Reader;

static void
take_picture (const SmallFrame *frame, gpointer data)
{
  Reader *self = data;
  FrameMotion motion;
  Blend blend;

  self->traits.small = *frame;
  frame_traits_fill (&self->traits);
  shot_detector_push (self->detector, frame, GST_CLOCK_TIME_NONE, &motion);
  mix_ring_push (&self->ring, &self->traits, &motion);
  blend_finder_look (self->finder, &self->ring, &blend);
}

int
main (int argc, char **argv)
{
  g_autofree Reader *reader = g_new0 (Reader, 1);
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  g_autoptr (BlendFinder) finder = blend_finder_new ();
  int status;

  reader->detector = detector;
  reader->finder = finder;
  blend_finder_set_spy (finder, print_row);
  status = picture_rows_read (argc, argv, take_picture, reader);
  shot_detector_finish (detector);
  print_found (shot_detector_get_boundaries (detector));
  return status;
}
