/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/app/app.h>
#include <gst/check/gstcheck.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* Clips whose every frame says which one it is, plans made of them, and films
 * read back. */

typedef enum
{
  CLIP_24,   /* h264, one key frame in 250, B-frames */
  CLIP_25,   /* vp8 in webm */
  CLIP_NTSC, /* 30000/1001, mjpeg in avi */
  CLIP_60,   /* h264, one key frame in 250 */
  CLIP_30,   /* h264 in matroska */
  N_FILM_CLIPS
} FilmClip;

#define FILM_CLIP_FRAMES 300

/* A folder that all tests of the executable share. */
void film_test_make_folder (void);
void film_test_remove_folder (void);
gchar *film_test_path (const gchar *name);

/* Path of a clip, made when it is first asked for. */
gchar *film_test_clip (FilmClip clip);
/* A clip of another form: 60 frames of 30 per second, @id 100. */
gchar *film_test_special_clip (const gchar *name, guint width, guint height,
    guint rotation, guint bits);
/* 30 s, 48 kHz, stereo: sample n of the left channel is film_test_tone (n). */
gchar *film_test_song (void);
gfloat film_test_tone (guint64 n);

/* @n_cuts cuts of random clips, places and lengths, 30 per second, 320x180;
 * every third comes in by a crossfade where @fades is set. */
GstMontagePlan *film_test_plan (guint32 seed, guint n_cuts, gboolean fades);
/* A film of one clip, @n_frames long, from its start on. */
GstMontagePlan *film_test_plan_of (const gchar *path, guint n_frames);
void film_test_add_cut (GstMontagePlan *plan, guint source,
    guint64 source_frame, guint n_frames, guint n_fade);
guint film_test_add_source (GstMontagePlan *plan, const gchar *path, gint fps_n,
    gint fps_d, GstClockTime duration);
/* A clip of 60 per second in which every fourth frame is left out. */
guint film_test_add_variable_clip (GstMontagePlan *plan);
/* A picture with frames of any size; @encoder e.g. "pngenc". */
typedef void (*FilmTestDraw) (guint32 *pixels, guint width, guint height);
gchar *film_test_still (const gchar *name, guint width, guint height,
    const gchar *encoder, FilmTestDraw draw_still);
guint film_test_add_still (GstMontagePlan *plan, const gchar *path);
/* How the last cut that was added comes in, where it does not at once. */
void film_test_set_transition (GstMontagePlan *plan, GstMontageTransition kind);
/* The last cut that was added is zoomed in. */
void film_test_zoom (GstMontagePlan *plan, gdouble from, gdouble to, gdouble x,
    gdouble y);
/* The last cut that was added is shown at @speed. */
void film_test_slow_down (GstMontagePlan *plan, gdouble speed);
void film_test_set_music (GstMontagePlan *plan, GstClockTime start,
    GstClockTime fade_out);

/* Which clip and frame the plan asks for; FALSE within a transition. */
gboolean film_test_expected (const GstMontagePlan *plan, guint64 frame,
    guint *id, guint *number);
/* Reads the code of a frame of the film. */
gboolean film_test_read (GstSample *sample, guint *id, guint *number);

/* appsrc ! montagetimeline name=t and @rest, e.g. "t.video_src ! appsink
 * name=video". The plan is pushed, and the end where @end is set. */
GstElement *film_test_pipeline (const gchar *rest);
void
film_test_push (GstElement *pipeline, const GstMontagePlan *plan, gboolean end);
GstAppSink *film_test_sink (GstElement *pipeline, const gchar *name);
/* Fails the test where nothing comes for long; NULL at the end. */
GstSample *film_test_pull (GstElement *pipeline, GstAppSink *sink);
/* All frames from @begin on are the ones that the plan asks for, to the end. */
void film_test_check_rest (GstElement *pipeline, GstAppSink *sink,
    const GstMontagePlan *plan, guint64 begin);
/* Number of messages of @type on the bus; the first text is kept. */
guint film_test_count_messages (GstElement *pipeline, GstMessageType type,
    gchar **text);

G_END_DECLS
