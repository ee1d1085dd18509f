/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framescaler.h"
#include "shotanalyzer.h"
#include "testpicture.h"

G_BEGIN_DECLS

#define FPS 25
#define FRAME (GST_SECOND / FPS)
#define N_FRAMES 30

/* Views of worlds, analysed as they are pushed. */
typedef struct
{
  ShotAnalyzer *analyzer;
  FrameScaler *scaler;
  guint n;
} Clip;

Clip *clip_new (void);
void clip_push (Clip *self, const World *world, const View *view);
/* The same view @n times. */
void
clip_push_still (Clip *self, const World *world, const View *view, guint n);
/* Its only shot, valid until the clip is freed. */
const GstMontageShot *clip_finish (Clip *self);
void clip_free (Clip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Clip, clip_free)

/* A drawn and, where there are real clips, a real still picture. */
extern World *drawn;
void worlds_setup (void);
void worlds_teardown (void);
guint worlds_get (const World *worlds[2]);

/* Clips are decoded before the first test, and what is forked from a process
 * whose threads hold locks may wait for them for ever: the tests of a suite
 * @name share one process. */
#define CLIP_TESTS_MAIN(name)                                                  \
  int main (int argc, char **argv)                                             \
  {                                                                            \
    g_setenv ("CK_FORK", "no", TRUE);                                          \
    gst_check_init (&argc, &argv);                                             \
    return gst_check_run_suite (name##_suite (), #name, __FILE__);             \
  }

G_END_DECLS
