/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmtest.h"

#include "../media/barcode.h"
#include "../media/mediafile.h"

#include <glib/gstdio.h>
#include <gst/video/video.h>

#define WIDTH 320
#define HEIGHT 180
#define SPECIAL_ID 100
/* Long enough for the slowest run under valgrind. */
#define PATIENCE (60 * GST_SECOND)

typedef struct
{
  const gchar *name;
  const gchar *codec;
  gint fps_n;
  gint fps_d;
} ClipForm;

static const ClipForm clip_forms[N_FILM_CLIPS] = {
    {"24.mp4", "h264", 24, 1},
    {"25.webm", "vp8", 25, 1},
    {"ntsc.avi", "mjpeg", 30000, 1001},
    {"60.mp4", "h264", 60, 1},
    {"30.mkv", "h264", 30, 1},
};

static gchar *folder;

void
film_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("montage-film-XXXXXX", &error);
  g_assert_no_error (error);
}

void
film_test_remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

gchar *
film_test_path (const gchar *name)
{
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  guint width;
  guint height;
  guint id;
  gboolean gaps;
} Drawing;

/* Which frames a clip of variable rate leaves out. */
static gboolean
in_gap (guint number)
{
  return number % 4 == 2;
}

static gboolean
draw (guint32 *pixels, guint number, gpointer data)
{
  const Drawing *drawing = data;
  guint i;

  if (drawing->gaps && in_gap (number))
    return FALSE;
  for (i = 0; i < drawing->width * drawing->height; i++)
    pixels[i] = 0xff000000u | (((i / 7 + number) & 0x7f) << 8) | 0x40;
  montage_barcode_write (pixels, drawing->width, drawing->height, drawing->id,
      number);
  return TRUE;
}

static void
write_clip (const gchar *path, const MontageVideoOptions *options, guint id,
    gboolean gaps)
{
  Drawing drawing = {options->width, options->height, id, gaps};
  g_autofree gchar *name = g_path_get_basename (path);
  g_autofree gchar *part_name = g_strconcat ("part-", name, NULL);
  g_autofree gchar *part = film_test_path (part_name);
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  /* A test that is stopped must not leave half a clip to the next one. */
  montage_write_video (part, options, draw, &drawing, &error);
  g_assert_no_error (error);
  g_assert_no_errno (g_rename (part, path));
}

gchar *
film_test_clip (FilmClip clip)
{
  const ClipForm *form = &clip_forms[clip];
  MontageVideoOptions options = {.codec = form->codec,
      .width = WIDTH,
      .height = HEIGHT,
      .fps_n = form->fps_n,
      .fps_d = form->fps_d,
      .n_frames = FILM_CLIP_FRAMES,
      .gop = 250,
      .bframes = 2,
      .bits = 8,
      .sound = clip == CLIP_60};
  gchar *path = film_test_path (form->name);

  write_clip (path, &options, clip, FALSE);
  return path;
}

guint
film_test_add_variable_clip (GstMontagePlan *plan)
{
  MontageVideoOptions options = {.codec = "h264",
      .width = WIDTH,
      .height = HEIGHT,
      .fps_n = 60,
      .fps_d = 1,
      .n_frames = FILM_CLIP_FRAMES,
      .gop = 250,
      .bits = 8};
  g_autofree gchar *path = film_test_path ("variable.mkv");
  guint source = film_test_add_source (plan, path, 60, 1, 5 * GST_SECOND);

  write_clip (path, &options, source, TRUE);
  g_array_index (plan->sources, GstMontageSource, source).variable_rate = TRUE;
  return source;
}

gchar *
film_test_special_clip (const gchar *name, guint width, guint height,
    guint rotation, guint bits)
{
  MontageVideoOptions options = {.codec = "h264",
      .width = width,
      .height = height,
      .fps_n = 30,
      .fps_d = 1,
      .n_frames = 60,
      .gop = 30,
      .bits = bits,
      .rotation = rotation};
  gchar *path = film_test_path (name);

  write_clip (path, &options, SPECIAL_ID, FALSE);
  return path;
}

gchar *
film_test_still (const gchar *name, guint width, guint height,
    const gchar *encoder, FilmTestDraw draw_still)
{
  g_autofree gchar *text = g_strdup_printf (
      "appsrc name=src format=time ! videoconvert ! %s ! filesink name=file",
      encoder);
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, NULL);
  g_autoptr (GstElement) src = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  g_autoptr (GstElement)
      file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw", "format",
      G_TYPE_STRING, "BGRA", "width", G_TYPE_INT, width, "height", G_TYPE_INT,
      height, "framerate", GST_TYPE_FRACTION, 0, 1, NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  gsize size = 4 * (gsize) width * height;
  guint32 *pixels = g_malloc (size);
  gchar *path = film_test_path (name);
  GstBuffer *buffer;

  draw_still (pixels, width, height);
  buffer = gst_buffer_new_wrapped (pixels, size);
  GST_BUFFER_PTS (buffer) = 0;
  g_object_set (src, "caps", caps, NULL);
  g_object_set (file, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (src), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (src));
  message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return path;
}

guint
film_test_add_still (GstMontagePlan *plan, const gchar *path)
{
  guint source = film_test_add_source (plan, path, 0, 1,
      GST_MONTAGE_STILL_DURATION);

  g_array_index (plan->sources, GstMontageSource, source).still = TRUE;
  return source;
}

void
film_test_set_transition (GstMontagePlan *plan, GstMontageTransition kind)
{
  g_array_index (plan->cuts, GstMontageCut, plan->cuts->len - 1).transition =
      kind;
}

void
film_test_zoom (GstMontagePlan *plan, gdouble from, gdouble to, gdouble x,
    gdouble y)
{
  GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut,
      plan->cuts->len - 1);

  cut->zoom_from = from;
  cut->zoom_to = to;
  cut->focus_x = x;
  cut->focus_y = y;
}

/* No two neighbours are alike, and 16 bits hold it exactly. */
gfloat
film_test_tone (guint64 n)
{
  return ((gint) (n * 7919 % 60000) - 30000) / 32768.0f;
}

gchar *
film_test_song (void)
{
  const gsize n_frames = 30 * 48000;
  gchar *path = film_test_path ("song.wav");
  g_autofree gfloat *samples = NULL;
  g_autoptr (GError) error = NULL;
  gsize i;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  samples = g_new (gfloat, 2 * n_frames);
  for (i = 0; i < n_frames; i++) {
    samples[2 * i] = film_test_tone (i);
    samples[2 * i + 1] = -film_test_tone (i);
  }
  montage_write_audio (path, samples, n_frames, 48000, 2, &error);
  g_assert_no_error (error);
  return path;
}

static GstMontagePlan *
new_plan (void)
{
  GstMontagePlan *plan = gst_montage_plan_new ();

  plan->revision = 1;
  plan->output.width = WIDTH;
  plan->output.height = HEIGHT;
  plan->output.fps_n = 30;
  plan->output.fps_d = 1;
  return plan;
}

guint
film_test_add_source (GstMontagePlan *plan, const gchar *path, gint fps_n,
    gint fps_d, GstClockTime duration)
{
  GstMontageSource source = {.uri = gst_filename_to_uri (path, NULL),
      .duration = duration,
      .width = WIDTH,
      .height = HEIGHT,
      .fps_n = fps_n,
      .fps_d = fps_d,
      .n_shots = 1};

  g_array_append_val (plan->sources, source);
  return plan->sources->len - 1;
}

void
film_test_add_cut (GstMontagePlan *plan, guint source, guint64 source_frame,
    guint n_frames, guint n_fade)
{
  const GstMontageSource *from = &g_array_index (plan->sources,
      GstMontageSource, source);
  GstClockTime rate = GST_SECOND * (guint64) from->fps_d;
  guint64 first = gst_montage_plan_n_frames (plan);
  GstMontageCut cut;

  gst_montage_cut_init (&cut);
  cut.start = plan->duration;
  cut.source = source;
  cut.duration = gst_montage_output_frame_time (&plan->output, first + n_frames)
      - cut.start;
  if (!from->still)
    cut.in_point = gst_util_uint64_scale (rate, 4 * source_frame + 1,
        4 * (guint64) from->fps_n);
  if (n_fade > 0) {
    cut.transition = GST_MONTAGE_TRANSITION_CROSSFADE;
    cut.transition_duration = 2
        * gst_montage_output_frame_time (&plan->output, n_fade / 2);
  }
  cut.reason = g_strdup ("It fits <well> & it's \"good\".");
  g_array_append_val (plan->cuts, cut);
  plan->duration += cut.duration;
  plan->music.duration = plan->duration;
}

void
film_test_slow_down (GstMontagePlan *plan, gdouble speed)
{
  GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut,
      plan->cuts->len - 1);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);

  cut->speed = speed;
  /* Where a quarter of the speed lands exactly on a frame, the time stamps'
   * rounding decides which one is seen. */
  cut->in_point += GST_SECOND * source->fps_d / source->fps_n / 8;
}

GstMontagePlan *
film_test_plan (guint32 seed, guint n_cuts, gboolean fades)
{
  GstMontagePlan *plan = new_plan ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint i, source = 0;

  for (i = 0; i < N_FILM_CLIPS; i++) {
    const ClipForm *form = &clip_forms[i];
    g_autofree gchar *path = film_test_clip (i);

    film_test_add_source (plan, path, form->fps_n, form->fps_d,
        gst_util_uint64_scale (FILM_CLIP_FRAMES,
            GST_SECOND * (guint64) form->fps_d, form->fps_n));
  }
  for (i = 0; i < n_cuts; i++) {
    guint n_frames = g_rand_int_range (rand, 8, 30);
    guint fade = fades && i % 3 == 2 ? 2 * g_rand_int_range (rand, 1, 5) : 0;

    source = (source + g_rand_int_range (rand, 0, 3)) % N_FILM_CLIPS;
    film_test_add_cut (plan, source,
        g_rand_int_range (rand, 15, FILM_CLIP_FRAMES - 90), n_frames, fade);
  }
  return plan;
}

GstMontagePlan *
film_test_plan_of (const gchar *path, guint n_frames)
{
  GstMontagePlan *plan = new_plan ();
  guint source = film_test_add_source (plan, path, 30, 1, 60 * GST_SECOND);

  film_test_add_cut (plan, source, 0, n_frames, 0);
  return plan;
}

void
film_test_set_music (GstMontagePlan *plan, GstClockTime start,
    GstClockTime fade_out)
{
  g_autofree gchar *path = film_test_song ();

  plan->music.uri = gst_filename_to_uri (path, NULL);
  plan->music.start = start;
  plan->music.duration = plan->duration;
  plan->music.fade_out = fade_out;
}

static gboolean
in_fade (const GstMontagePlan *plan, guint index, GstClockTime time)
{
  const GstMontageCut *cut;
  GstClockTime half;

  if (index >= plan->cuts->len)
    return FALSE;
  cut = &g_array_index (plan->cuts, GstMontageCut, index);
  half = cut->transition_duration / 2;
  /* Times of frames are rounded. */
  return time + half + 1000 >= cut->start && time + 1000 < cut->start + half;
}

gboolean
film_test_expected (const GstMontagePlan *plan, guint64 frame, guint *id,
    guint *number)
{
  GstClockTime time = gst_montage_output_frame_time (&plan->output, frame);
  const GstMontageCut *cut;
  const GstMontageSource *source;
  GstClockTime time_in_source;
  guint index;

  cut = gst_montage_plan_cut_at (plan, time, &index);
  g_assert_nonnull (cut);
  source = &g_array_index (plan->sources, GstMontageSource, cut->source);
  *id = cut->source;
  time_in_source = cut->in_point + (gint64) (cut->speed * (time - cut->start));
  *number = gst_util_uint64_scale (time_in_source, source->fps_n,
      GST_SECOND * (guint64) source->fps_d);
  *number -= source->variable_rate && in_gap (*number);
  return !in_fade (plan, index, time) && !in_fade (plan, index + 1, time);
}

gboolean
film_test_read (GstSample *sample, guint *id, guint *number)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  gdouble side = 0;
  gboolean found;

  g_assert_true (
      gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info,
      gst_sample_get_buffer (sample), GST_MAP_READ));
  found = montage_barcode_read (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), info.width, info.height, &side,
      id, number);
  gst_video_frame_unmap (&frame);
  return found;
}

GstElement *
film_test_pipeline (const gchar *rest)
{
  g_autofree gchar *text = g_strdup_printf (
      "appsrc name=src format=time caps=application/x-montage-plan ! "
      "montagetimeline name=t %s",
      rest);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (text, &error);

  g_assert_no_error (error);
  return pipeline;
}

void
film_test_push (GstElement *pipeline, const GstMontagePlan *plan, gboolean end)
{
  g_autoptr (GstElement)
      source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  gchar *text = gst_montage_plan_to_json (plan);

  gst_app_src_push_buffer (GST_APP_SRC (source),
      gst_buffer_new_wrapped (text, strlen (text)));
  if (end)
    gst_app_src_end_of_stream (GST_APP_SRC (source));
}

GstAppSink *
film_test_sink (GstElement *pipeline, const gchar *name)
{
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), name);

  g_object_set (sink, "sync", FALSE, NULL);
  /* The pipeline keeps it. */
  gst_object_unref (sink);
  return GST_APP_SINK (sink);
}

GstSample *
film_test_pull (GstElement *pipeline, GstAppSink *sink)
{
  GstSample *sample = gst_app_sink_try_pull_sample (sink, PATIENCE);
  g_autofree gchar *text = NULL;

  if (sample == NULL && !gst_app_sink_is_eos (sink)) {
    film_test_count_messages (pipeline, GST_MESSAGE_ERROR, &text);
    fail ("nothing came: %s", text);
  }
  return sample;
}

void
film_test_check_rest (GstElement *pipeline, GstAppSink *sink,
    const GstMontagePlan *plan, guint64 begin)
{
  guint64 n_frames = gst_montage_plan_n_frames (plan);
  guint id, number, wanted_id, wanted;
  guint64 k;

  for (k = begin; k < n_frames; k++) {
    g_autoptr (GstSample) sample = film_test_pull (pipeline, sink);
    GstBuffer *buffer;

    fail_unless (sample != NULL, "the film ends before frame %u", (guint) k);
    buffer = gst_sample_get_buffer (sample);
    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer),
        gst_montage_output_frame_time (&plan->output, k));
    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer)
            + GST_BUFFER_DURATION (buffer),
        gst_montage_output_frame_time (&plan->output, k + 1));
    if (!film_test_expected (plan, k, &wanted_id, &wanted))
      continue;
    fail_unless (film_test_read (sample, &id, &number),
        "frame %u holds no code", (guint) k);
    fail_unless (id == wanted_id && number == wanted,
        "frame %u: clip %u frame %u instead of clip %u frame %u", (guint) k, id,
        number, wanted_id, wanted);
  }
  fail_unless (film_test_pull (pipeline, sink) == NULL);
}

guint
film_test_count_messages (GstElement *pipeline, GstMessageType type,
    gchar **text)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  guint n = 0;

  while ((message = gst_bus_pop_filtered (bus, type))) {
    g_autoptr (GError) error = NULL;

    if (type == GST_MESSAGE_ERROR)
      gst_message_parse_error (message, &error, NULL);
    else if (type == GST_MESSAGE_WARNING)
      gst_message_parse_warning (message, &error, NULL);
    if (n++ == 0 && text != NULL && error != NULL)
      *text = g_strdup (error->message);
    gst_message_unref (message);
  }
  return n;
}
