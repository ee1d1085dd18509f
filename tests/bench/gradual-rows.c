/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* gradual-rows < PICTURES: what speaks for gradual transitions, for fitting;
 * see fit-graduals. PICTURES are I420, 96x54, full range. Prints the traits of
 * every candidate as "row FIRST LAST TRAIT…", then what was found as "found
 * FIRST LAST KIND". */
#include <stdio.h>

#include "blendfinder.h"
#include "shotdetector.h"

#define BYTES G_STRUCT_OFFSET (SmallFrame, sharpness)

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

int
main (void)
{
  g_autoptr (ShotDetector) detector = shot_detector_new ();
  g_autoptr (BlendFinder) finder = blend_finder_new ();
  g_autofree MixRing *ring = g_new0 (MixRing, 1);
  g_autofree FrameTraits *traits = g_new0 (FrameTraits, 1);
  FrameMotion motion;
  Blend blend;

  blend_finder_set_spy (finder, print_row);
  while (fread (&traits->small, BYTES, 1, stdin) == 1) {
    frame_traits_fill (traits);
    shot_detector_push (detector, &traits->small, &motion);
    mix_ring_push (ring, traits, &motion);
    blend_finder_look (finder, ring, &blend);
  }
  shot_detector_finish (detector);
  print_found (shot_detector_get_boundaries (detector));
  return 0;
}
