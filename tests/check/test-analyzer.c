/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/montage/montage.h>

#include "../../gst/pipelines/analyzer.h"
#include "../../gst/pipelines/stills.h"
#include "smallmedia.h"

static gchar *cache_folder;

static void
setup (void)
{
  media_setup ();
  cache_folder = media_path ("cache");
}

static void
teardown (void)
{
  g_clear_pointer (&cache_folder, g_free);
  media_teardown ();
}

static void
add (GPtrArray *analyses, const gchar *name, MontageAnalysisKind kind)
{
  g_autofree gchar *uri = media_uri (name);

  g_ptr_array_add (analyses, montage_analysis_new (uri, kind));
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_analysis_free);
}

static void
run (GPtrArray *analyses, guint n_workers)
{
  const MontageAnalyzerOptions options = {.n_workers = n_workers,
      .use_cache = TRUE,
      .cache_folder = cache_folder};
  g_autoptr (GError) error = NULL;

  fail_unless (montage_analyzer_run (analyses, &options, NULL, &error), "%s",
      error ? error->message : "no error");
}

static MontageAnalysis *
run_one (const gchar *name, MontageAnalysisKind kind)
{
  g_autoptr (GPtrArray) analyses = new_list ();

  add (analyses, name, kind);
  run (analyses, 1);
  return g_ptr_array_steal_index (analyses, 0);
}

static void
assert_ok (const MontageAnalysis *analysis)
{
  fail_unless (analysis->error == NULL, "%s",
      analysis->error ? analysis->error->message : "");
  fail_unless (analysis->kind == MONTAGE_ANALYSIS_BEATS
          ? analysis->beats && !analysis->shots
          : analysis->shots && !analysis->beats);
}

static void
assert_refused (const gchar *name, MontageAnalysisKind kind,
    const gchar *sentence)
{
  g_autoptr (MontageAnalysis) analysis = run_one (name, kind);
  g_autofree gchar *path = media_path (name);
  const gchar *text;

  fail_unless (analysis->error != NULL, "%s was taken", name);
  text = analysis->error->message;
  fail_unless (analysis->beats == NULL && analysis->shots == NULL);
  fail_unless (analysis->error->domain == GST_MONTAGE_ERROR);
  fail_unless (strstr (text, path) != NULL, "%s", text);
  fail_unless (strstr (text, sentence) != NULL, "%s", text);
  fail_unless (strchr (text, '\n') == NULL, "%s", text);
  fail_unless (text[strlen (text) - 1] == '.', "%s", text);
}

/* All documents, one after the other. */
static gchar *
documents_of (GPtrArray *analyses)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < analyses->len; i++) {
    const MontageAnalysis *analysis = g_ptr_array_index (analyses, i);
    g_autofree gchar *text = NULL;

    assert_ok (analysis);
    text = analysis->beats ? gst_montage_beat_grid_to_json (analysis->beats)
                           : gst_montage_shot_list_to_json (analysis->shots);
    g_string_append (all, text);
  }
  return g_string_free (all, FALSE);
}

GST_START_TEST (clip_becomes_shots)
{
  g_autoptr (MontageAnalysis) silent = NULL;
  g_autoptr (MontageAnalysis) sounding = NULL;
  g_autofree gchar *uri = media_uri ("clip.avi");

  media_make_clip ("clip.avi", 45, "ball");
  media_make_clip_with_sound ("sounding.avi", 45);
  silent = run_one ("clip.avi", MONTAGE_ANALYSIS_SHOTS);
  sounding = run_one ("sounding.avi", MONTAGE_ANALYSIS_SHOTS);
  assert_ok (silent);
  assert_ok (sounding);
  fail_unless_equals_string (silent->shots->uri, uri);
  fail_unless_equals_int (silent->shots->width, 96);
  fail_unless_equals_int (silent->shots->height, 64);
  fail_unless_equals_int (silent->shots->fps_n, 30);
  fail_unless_equals_int (silent->shots->shots->len, 1);
  fail_unless_equals_uint64 (g_array_index (silent->shots->shots,
                                 GstMontageShot, 0)
                                 .n_frames,
      45);
  fail_if (silent->shots->has_audio);
  fail_unless (sounding->shots->has_audio);
  fail_unless (silent->warning == NULL);
}

GST_END_TEST;

GST_START_TEST (song_becomes_beats)
{
  g_autoptr (MontageAnalysis) song = NULL;
  g_autoptr (MontageAnalysis) film = NULL;
  g_autofree gchar *uri = media_uri ("song.ogg");

  media_make_song ("song.ogg", 8);
  media_make_clip_with_sound ("film.avi", 60);
  song = run_one ("song.ogg", MONTAGE_ANALYSIS_BEATS);
  film = run_one ("film.avi", MONTAGE_ANALYSIS_BEATS);
  assert_ok (song);
  assert_ok (film);
  fail_unless_equals_string (song->beats->uri, uri);
  fail_unless_equals_uint64 (song->beats->duration, 8 * GST_SECOND);
  fail_unless_equals_uint64 (film->beats->duration, 2 * GST_SECOND);
}

GST_END_TEST;

GST_START_TEST (order_workers_and_cache_change_nothing)
{
  static const gchar *const names[] = {"short.avi", "long.avi", "sounding.avi",
      "again.avi", NULL};
  static const guint workers[] = {1, 2, 0, 3};
  g_autofree gchar *first_documents = NULL;

  media_make_clip ("short.avi", 10, "ball");
  media_make_clip ("long.avi", 90, "smpte");
  media_make_clip_with_sound ("sounding.avi", 30);
  media_make_clip ("again.avi", 10, "snow");
  media_make_song ("song.ogg", 5);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++) {
    g_autoptr (GPtrArray) analyses = new_list ();
    g_autofree gchar *documents = NULL;

    /* Cold, warm, cold, warm. */
    if (i == 2)
      media_remove (cache_folder);
    add (analyses, "song.ogg", MONTAGE_ANALYSIS_BEATS);
    for (guint k = 0; names[k]; k++)
      add (analyses, names[k], MONTAGE_ANALYSIS_SHOTS);
    run (analyses, workers[i]);
    documents = documents_of (analyses);
    for (guint k = 0; k < analyses->len; k++) {
      const MontageAnalysis *analysis = g_ptr_array_index (analyses, k);

      fail_unless_equals_int (analysis->from_cache, i % 2 == 1);
    }
    if (!first_documents)
      first_documents = g_steal_pointer (&documents);
    else
      fail_unless_equals_string (documents, first_documents);
  }
}

GST_END_TEST;

GST_START_TEST (copies_share_an_entry)
{
  g_autoptr (MontageAnalysis) original = NULL;
  g_autoptr (MontageAnalysis) copy = NULL;
  g_autofree gchar *uri = media_uri ("a copy, 100%.avi");

  media_make_clip ("clip.avi", 20, "ball");
  media_truncate ("clip.avi", "a copy, 100%.avi", 100);
  original = run_one ("clip.avi", MONTAGE_ANALYSIS_SHOTS);
  copy = run_one ("a copy, 100%.avi", MONTAGE_ANALYSIS_SHOTS);
  assert_ok (copy);
  fail_unless (!original->from_cache && copy->from_cache);
  fail_unless_equals_string (copy->shots->uri, uri);
}

GST_END_TEST;

/* Changes every file below @path, returns how many. */
static guint
damage (const gchar *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const gchar *name;
  guint n = 0;

  fail_unless (dir != NULL);
  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *child = g_build_filename (path, name, NULL);
    g_autofree gchar *text = NULL;
    gsize length;

    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      n += damage (child);
      continue;
    }
    fail_unless (g_file_get_contents (child, &text, &length, NULL));
    text[length / 2] = (gchar) (text[length / 2] ^ 4);
    fail_unless (g_file_set_contents (child, text, (gssize) length, NULL));
    n++;
  }
  g_dir_close (dir);
  return n;
}

GST_START_TEST (damaged_entries_are_done_again)
{
  g_autofree gchar *undamaged = NULL;

  media_make_clip ("clip.avi", 20, "ball");
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GPtrArray) analyses = new_list ();
    g_autofree gchar *documents = NULL;

    add (analyses, "clip.avi", MONTAGE_ANALYSIS_SHOTS);
    run (analyses, 1);
    fail_unless_equals_int (((MontageAnalysis *) g_ptr_array_index (analyses,
                                 0))
                                ->from_cache,
        i == 2);
    documents = documents_of (analyses);
    if (i > 0) {
      fail_unless_equals_string (documents, undamaged);
    } else {
      undamaged = g_steal_pointer (&documents);
      fail_unless_equals_int (damage (cache_folder), 1);
    }
  }
}

GST_END_TEST;

GST_START_TEST (cache_that_cannot_be_used_is_no_error)
{
  g_autoptr (MontageAnalysis) analysis = NULL;

  media_make_clip ("clip.avi", 20, "ball");
  media_write ("cache", "a file", 6);
  analysis = run_one ("clip.avi", MONTAGE_ANALYSIS_SHOTS);
  assert_ok (analysis);
}

GST_END_TEST;

GST_START_TEST (bad_input_is_told)
{
  media_make_clip ("clip.avi", 20, "ball");
  media_make_song ("song.ogg", 2);
  media_make ("late.mp4",
      "videotestsrc num-buffers=40 pattern=snow ! "
      "video/x-raw,width=96,height=64,framerate=30/1 ! "
      "jpegenc ! qtmux");
  media_truncate ("late.mp4", "headless.mp4", 60);
  media_write ("text.mp4", "Not a film at all.\n", 19);
  media_write ("empty.mp4", "", 0);
  assert_refused ("missing.mp4", MONTAGE_ANALYSIS_SHOTS, "does not exist");
  assert_refused ("empty.mp4", MONTAGE_ANALYSIS_SHOTS, "is an empty file");
  assert_refused ("text.mp4", MONTAGE_ANALYSIS_SHOTS, "is not a media file");
  assert_refused ("text.mp4", MONTAGE_ANALYSIS_BEATS, "is not a media file");
  assert_refused ("headless.mp4", MONTAGE_ANALYSIS_SHOTS,
      "is damaged, incomplete or of");
  assert_refused ("song.ogg", MONTAGE_ANALYSIS_SHOTS, "has no picture");
  assert_refused ("clip.avi", MONTAGE_ANALYSIS_BEATS, "has no sound");
}

GST_END_TEST;

GST_START_TEST (one_bad_file_leaves_the_others)
{
  g_autoptr (GPtrArray) analyses = new_list ();

  media_make_clip ("clip.avi", 20, "ball");
  media_write ("text.mp4", "Not a film at all.\n", 19);
  add (analyses, "text.mp4", MONTAGE_ANALYSIS_SHOTS);
  add (analyses, "clip.avi", MONTAGE_ANALYSIS_SHOTS);
  run (analyses, 2);
  fail_unless (((MontageAnalysis *) g_ptr_array_index (analyses, 0))->error);
  assert_ok (g_ptr_array_index (analyses, 1));
}

GST_END_TEST;

GST_START_TEST (what_decodes_of_a_damaged_file_is_used)
{
  g_autoptr (MontageAnalysis) cold = NULL;
  g_autoptr (MontageAnalysis) warm = NULL;

  media_make ("whole.mp4",
      "videotestsrc num-buffers=120 pattern=snow ! "
      "video/x-raw,width=96,height=64,framerate=30/1 ! "
      "jpegenc ! qtmux faststart=true");
  media_truncate ("whole.mp4", "half.mp4", 50);
  cold = run_one ("half.mp4", MONTAGE_ANALYSIS_SHOTS);
  warm = run_one ("half.mp4", MONTAGE_ANALYSIS_SHOTS);
  assert_ok (cold);
  fail_unless (cold->shots->duration > GST_SECOND);
  fail_unless (cold->shots->duration < 3 * GST_SECOND);
  fail_unless (cold->warning != NULL);
  fail_unless (strstr (cold->warning, "half.mp4"), "%s", cold->warning);
  fail_unless_equals_string (cold->warning, warm->warning);
}

GST_END_TEST;

/* Of another picture than its neighbours. */
static void
make_still (const gchar *name, const gchar *size, const gchar *encoder)
{
  g_autofree gchar *line =
      g_strdup_printf ("videotestsrc num-buffers=1 ! video/x-raw,%s ! %s", size,
          encoder);

  media_make (name, line);
}

static void
assert_held (const gchar *name, GstVideoOrientationMethod method)
{
  g_autofree gchar *uri = media_uri (name);

  fail_unless_equals_int (montage_still_orientation (uri), method);
}

static void
assert_still (const gchar *name, guint width, guint height)
{
  g_autoptr (MontageAnalysis) cold = run_one (name, MONTAGE_ANALYSIS_SHOTS);
  g_autoptr (MontageAnalysis) warm = run_one (name, MONTAGE_ANALYSIS_SHOTS);
  const GstMontageShot *shot;

  assert_ok (cold);
  fail_unless (cold->shots->still, "%s", name);
  fail_unless (cold->warning == NULL, "%s", cold->warning);
  fail_unless_equals_int (cold->shots->width, width);
  fail_unless_equals_int (cold->shots->height, height);
  fail_unless_equals_uint64 (cold->shots->duration, GST_MONTAGE_STILL_DURATION);
  fail_unless_equals_int (cold->shots->shots->len, 1);
  shot = &g_array_index (cold->shots->shots, GstMontageShot, 0);
  fail_unless_equals_uint64 (shot->n_frames, 1);
  fail_unless (shot->contrast > 0.3);
  assert_ok (warm);
  fail_unless (warm->from_cache && warm->shots->still);
}

GST_START_TEST (pictures_are_stills)
{
  make_still ("a.jpg", "width=96,height=64", "jpegenc");
  make_still ("b.png", "width=97,height=65", "pngenc");
  make_still ("c.JPEG", "width=128,height=96",
      "taginject tags=image-orientation=rotate-90 ! jpegenc ! jifmux");
  assert_still ("a.jpg", 96, 64);
  assert_still ("b.png", 97, 65);
  assert_still ("c.JPEG", 96, 128);
  assert_held ("a.jpg", GST_VIDEO_ORIENTATION_IDENTITY);
  assert_held ("b.png", GST_VIDEO_ORIENTATION_IDENTITY);
  assert_held ("c.JPEG", GST_VIDEO_ORIENTATION_90R);
  assert_held ("missing.jpg", GST_VIDEO_ORIENTATION_IDENTITY);
  if (media_has_element ("webpenc") && media_has_element ("webpdec")) {
    make_still ("d.webp", "width=96,height=64", "webpenc");
    assert_still ("d.webp", 96, 64);
  }
  if (media_has_element ("avenc_bmp") && media_has_element ("gdkpixbufdec")) {
    make_still ("e.bmp", "width=96,height=64", "videoconvert ! avenc_bmp");
    assert_still ("e.bmp", 96, 64);
  }
  if (media_has_element ("avenc_tiff") && media_has_element ("gdkpixbufdec")) {
    make_still ("f.tif", "width=96,height=64", "videoconvert ! avenc_tiff");
    assert_still ("f.tif", 96, 64);
  }
}

GST_END_TEST;

/* Phones put a second picture behind the photo. */
GST_START_TEST (first_picture_of_several_counts)
{
  g_autofree gchar *path = media_path ("photo.jpg");
  g_autofree gchar *bytes = NULL;
  g_autofree gchar *twice = NULL;
  gsize length;

  make_still ("photo.jpg", "width=96,height=64", "jpegenc");
  fail_unless (g_file_get_contents (path, &bytes, &length, NULL));
  twice = g_malloc (2 * length);
  memcpy (twice, bytes, length);
  memcpy (twice + length, bytes, length);
  media_write ("two.jpg", twice, 2 * length);
  assert_still ("two.jpg", 96, 64);
}

GST_END_TEST;

/* A PNG of 69 bytes that says that it has 40000 x 40000 pixels. */
static void
make_boaster (const gchar *name)
{
  static const guint8 start[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,
      0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40, 8, 2, 0,
      0, 0, 0xde, 0x6e, 0x99, 0x52, 0, 0, 0, 12, 'I', 'D', 'A', 'T', 0x78, 0xda,
      0x62, 0x60, 0x18, 0x1e, 0, 0, 0, 0, 0xff, 0xff, 0x2a, 0xe2, 0x2b, 0x21, 0,
      0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

  media_write (name, start, sizeof (start));
}

GST_START_TEST (bad_pictures_are_told)
{
  make_still ("icon.png", "width=96,height=63", "pngenc");
  make_still ("whole.png", "width=640,height=480", "pngenc");
  make_still ("whole.jpg", "width=640,height=480,format=I420", "jpegenc");
  media_truncate ("whole.png", "half.png", 5);
  media_truncate ("whole.jpg", "start.jpg", 2);
  media_write ("text.jpg", "No photo at all.\n", 17);
  media_write ("empty.png", "", 0);
  make_boaster ("boaster.png");
  assert_refused ("icon.png", MONTAGE_ANALYSIS_SHOTS,
      "is a picture of only 96 x 63 pixels");
  assert_refused ("half.png", MONTAGE_ANALYSIS_SHOTS, "half.png");
  assert_refused ("start.jpg", MONTAGE_ANALYSIS_SHOTS, "start.jpg");
  assert_refused ("text.jpg", MONTAGE_ANALYSIS_SHOTS, "is not a media file");
  assert_refused ("empty.png", MONTAGE_ANALYSIS_SHOTS, "is an empty file");
  assert_refused ("boaster.png", MONTAGE_ANALYSIS_SHOTS,
      "is larger than 268 megapixels");
}

GST_END_TEST;

/* An ID3v2.3 tag that holds nothing but a picture. */
static GByteArray *
make_cover (const gchar *picture, gsize length)
{
  static const guint8 head[] = {0, 'i', 'm', 'a', 'g', 'e', '/', 'j', 'p', 'e',
      'g', 0, 3, 0};
  GByteArray *tag = g_byte_array_new ();
  guint32 size = (guint32) (length + sizeof (head));
  guint32 whole = size + 10;
  const guint8 start[] = {'I', 'D', '3', 3, 0, 0, (guint8) (whole >> 21 & 127),
      (guint8) (whole >> 14 & 127), (guint8) (whole >> 7 & 127),
      (guint8) (whole & 127), 'A', 'P', 'I', 'C', (guint8) (size >> 24),
      (guint8) (size >> 16), (guint8) (size >> 8), (guint8) size, 0, 0};

  g_byte_array_append (tag, start, sizeof (start));
  g_byte_array_append (tag, head, sizeof (head));
  g_byte_array_append (tag, (const guint8 *) picture, (guint) length);
  return tag;
}

GST_START_TEST (cover_art_does_not_disturb)
{
  g_autoptr (MontageAnalysis) analysis = NULL;
  g_autoptr (MontageAnalysis) as_clip = NULL;
  g_autoptr (GByteArray) file = NULL;
  g_autofree gchar *picture_path = media_path ("cover.jpg");
  g_autofree gchar *plain_path = media_path ("plain.mp3");
  g_autofree gchar *picture = NULL;
  g_autofree gchar *plain = NULL;
  gsize picture_length, plain_length;

  media_make ("cover.jpg",
      "videotestsrc num-buffers=1 ! "
      "video/x-raw,width=300,height=300 ! jpegenc");
  media_make ("plain.mp3",
      "audiotestsrc wave=ticks tick-interval=500000000 num-buffers=200 ! "
      "audio/x-raw,rate=44100 ! lamemp3enc");
  fail_unless (
      g_file_get_contents (picture_path, &picture, &picture_length, NULL));
  fail_unless (g_file_get_contents (plain_path, &plain, &plain_length, NULL));
  file = make_cover (picture, picture_length);
  g_byte_array_append (file, (const guint8 *) plain, (guint) plain_length);
  media_write ("song.mp3", file->data, file->len);
  analysis = run_one ("song.mp3", MONTAGE_ANALYSIS_BEATS);
  assert_ok (analysis);
  fail_unless (analysis->beats->duration > 4 * GST_SECOND);
  as_clip = run_one ("song.mp3", MONTAGE_ANALYSIS_SHOTS);
  fail_unless (as_clip->error != NULL);
}

GST_END_TEST;

GST_START_TEST (sidecar_wins_and_stays)
{
  g_autoptr (GstMontageBeatGrid) grid = gst_montage_beat_grid_new ();
  g_autoptr (MontageAnalysis) analysis = NULL;
  g_autofree gchar *uri = media_uri ("song.ogg");
  g_autofree gchar *path = media_path ("song.beats.json");
  g_autofree gchar *text = NULL;
  g_autofree gchar *after = NULL;

  media_make_song ("song.ogg", 2);
  grid->duration = 2 * GST_SECOND;
  grid->tempo = 77.0;
  text = gst_montage_beat_grid_to_json (grid);
  media_write ("song.beats.json", text, strlen (text));
  analysis = run_one ("song.ogg", MONTAGE_ANALYSIS_BEATS);
  assert_ok (analysis);
  fail_unless_equals_float (analysis->beats->tempo, 77.0);
  fail_unless_equals_string (analysis->beats->uri, uri);
  g_clear_pointer (&analysis, montage_analysis_free);

  /* The full name comes before the short one, and is checked. */
  media_write ("song.ogg.beats.json", "{\"schema\": 1}", 13);
  analysis = run_one ("song.ogg", MONTAGE_ANALYSIS_BEATS);
  fail_unless (analysis->error != NULL && analysis->beats == NULL);
  fail_unless (strstr (analysis->error->message, "song.ogg.beats.json"), "%s",
      analysis->error->message);
  fail_unless (strstr (analysis->error->message, "schema"), "%s",
      analysis->error->message);
  fail_unless (g_file_get_contents (path, &after, NULL, NULL));
  fail_unless_equals_string (after, text);
}

GST_END_TEST;

typedef struct
{
  GCancellable *cancellable; /* to cancel at the first call */
  GstClockTime done;
  GstClockTime total;
  gint inside;
} Watch;

static void
on_progress (GstClockTime done, GstClockTime total, const gchar *uri,
    gpointer data)
{
  Watch *watch = data;

  fail_unless_equals_int (g_atomic_int_add (&watch->inside, 1), 0);
  fail_unless (done >= watch->done && done <= total);
  fail_unless (watch->total == 0 || watch->total == total);
  watch->done = done;
  watch->total = total;
  if (watch->cancellable)
    g_cancellable_cancel (watch->cancellable);
  g_atomic_int_add (&watch->inside, -1);
}

GST_START_TEST (progress_rises_to_the_total)
{
  g_autoptr (GPtrArray) analyses = new_list ();
  Watch watch = {NULL};
  const MontageAnalyzerOptions options = {.n_workers = 2,
      .progress = on_progress,
      .progress_data = &watch};

  media_make_clip ("a.avi", 60, "ball");
  media_make_clip ("b.avi", 30, "ball");
  media_write ("c.avi", "text", 4);
  add (analyses, "a.avi", MONTAGE_ANALYSIS_SHOTS);
  add (analyses, "b.avi", MONTAGE_ANALYSIS_SHOTS);
  add (analyses, "c.avi", MONTAGE_ANALYSIS_SHOTS);
  fail_unless (montage_analyzer_run (analyses, &options, NULL, NULL));
  fail_unless (watch.total >= 3 * GST_SECOND);
  fail_unless_equals_uint64 (watch.done, watch.total);
}

GST_END_TEST;

GST_START_TEST (cancelling_ends_the_run)
{
  g_autoptr (GPtrArray) analyses = new_list ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = {.cancellable = cancellable};
  const MontageAnalyzerOptions options = {.n_workers = 2,
      .use_cache = TRUE,
      .cache_folder = cache_folder,
      .progress = on_progress,
      .progress_data = &watch};

  media_make_clip ("a.avi", 600, "ball");
  media_make_clip ("b.avi", 600, "snow");
  add (analyses, "a.avi", MONTAGE_ANALYSIS_SHOTS);
  add (analyses, "b.avi", MONTAGE_ANALYSIS_SHOTS);
  fail_if (montage_analyzer_run (analyses, &options, cancellable, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  fail_unless (watch.done < watch.total);
  g_clear_error (&error);
  /* Cancelled before it begins. */
  fail_if (montage_analyzer_run (analyses, &options, cancellable, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

GST_END_TEST;

static Suite *
analyzer_suite (void)
{
  Suite *suite = suite_create ("analyzer");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, clip_becomes_shots);
  tcase_add_test (tc, song_becomes_beats);
  tcase_add_test (tc, order_workers_and_cache_change_nothing);
  tcase_add_test (tc, copies_share_an_entry);
  tcase_add_test (tc, damaged_entries_are_done_again);
  tcase_add_test (tc, cache_that_cannot_be_used_is_no_error);
  tcase_add_test (tc, bad_input_is_told);
  tcase_add_test (tc, one_bad_file_leaves_the_others);
  tcase_add_test (tc, what_decodes_of_a_damaged_file_is_used);
  tcase_add_test (tc, pictures_are_stills);
  tcase_add_test (tc, first_picture_of_several_counts);
  tcase_add_test (tc, bad_pictures_are_told);
  tcase_add_test (tc, cover_art_does_not_disturb);
  tcase_add_test (tc, sidecar_wins_and_stays);
  tcase_add_test (tc, progress_rises_to_the_total);
  tcase_add_test (tc, cancelling_ends_the_run);
  return suite;
}

int
main (int argc, char **argv)
{
  gst_check_init (&argc, &argv);
  /* beatdetect is not built without aubio. */
  if (!media_has_element ("beatdetect"))
    return 77;
  return gst_check_run_suite (analyzer_suite (), "analyzer", __FILE__);
}
