/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The truth that other tests rely on: codes survive scaling, cropping and
 * mixing, beeps are found where they were put, beats follow the tempo, parts
 * follow each other. */
#include "barcode.h"
#include "filmplan.h"
#include "picture.h"
#include "song.h"

#include <gst/check/gstcheck.h>
#include <math.h>
#include <string.h>

static guint8 *
draw_code (guint width, guint height, guint id, guint frame)
{
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  guint8 *luma = g_malloc ((gsize) width * height);

  montage_picture_draw (pixels, width, height, id, 0, 0.3, MONTAGE_LOOK_AUTO);
  montage_barcode_write (pixels, width, height, id, frame);
  for (gsize i = 0; i < (gsize) width * height; i++)
    luma[i] = (guint8) (pixels[i] >> 8 & 0xff);
  return luma;
}

/* Nearest pixel of the picture around its centre, @scale times as large. */
static guint8 *
scale_code (const guint8 *luma, guint width, guint height, guint to_width,
    guint to_height, gdouble scale)
{
  guint8 *out = g_malloc0 ((gsize) to_width * to_height);

  for (guint y = 0; y < to_height; y++) {
    for (guint x = 0; x < to_width; x++) {
      gint sx = (gint) floor ((x + 0.5 - to_width / 2.0) / scale + width / 2.0);
      gint sy = (gint) floor (
          (y + 0.5 - to_height / 2.0) / scale + height / 2.0);

      if (sx >= 0 && sy >= 0 && sx < (gint) width && sy < (gint) height)
        out[(gsize) y * to_width + x] = luma[(gsize) sy * width + sx];
    }
  }
  return out;
}

GST_START_TEST (codes_are_read_back)
{
  static const guint sizes[][2] = {{320, 180}, {321, 181}, {180, 320}, {64, 48},
      {1280, 720}};

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    for (guint frame = 0; frame < 65536; frame += 4681) {
      g_autofree guint8 *luma = draw_code (sizes[k][0], sizes[k][1],
          frame % 256, frame);
      gdouble side = 0;
      guint id, number;

      fail_unless (montage_barcode_read (luma, sizes[k][0], sizes[k][0],
          sizes[k][1], &side, &id, &number));
      fail_unless_equals_int (id, frame % 256);
      fail_unless_equals_int (number, frame);
    }
  }
}
GST_END_TEST

GST_START_TEST (codes_survive_scaling_cropping_and_padding)
{
  /* 16:9 to 9:16 by crop and by pad, up and down. */
  static const struct
  {
    guint width, height;
    gdouble scale;
  } to[] = {{180, 320, 320 / 180.0}, {180, 320, 180 / 320.0}, {640, 360, 2},
      {160, 90, 0.5}, {426, 240, 4 / 3.0}, {400, 400, 400 / 180.0}};
  g_autofree guint8 *luma = draw_code (320, 180, 200, 1234);
  guint id, frame;

  for (guint k = 0; k < G_N_ELEMENTS (to); k++) {
    g_autofree guint8 *other = scale_code (luma, 320, 180, to[k].width,
        to[k].height, to[k].scale);
    gdouble side = 0;

    fail_unless (montage_barcode_read (other, to[k].width, to[k].width,
                     to[k].height, &side, &id, &frame),
        "size %u", k);
    fail_unless_equals_int (id, 200);
    fail_unless_equals_int (frame, 1234);
  }
}
GST_END_TEST

GST_START_TEST (a_mixed_picture_has_no_code)
{
  g_autofree guint8 *a = draw_code (320, 180, 1, 100);
  g_autofree guint8 *b = draw_code (320, 180, 2, 55);
  gdouble side = 0;
  guint id, frame;

  for (gsize i = 0; i < 320 * 180; i++)
    a[i] = (guint8) ((a[i] + b[i]) / 2);
  fail_if (montage_barcode_read (a, 320, 320, 180, &side, &id, &frame));
}
GST_END_TEST

GST_START_TEST (scenery_has_no_code)
{
  g_autofree guint32 *pixels = g_new (guint32, 320 * 180);
  g_autofree guint8 *luma = g_malloc (320 * 180);
  gdouble side = 0;
  guint id, frame;

  for (guint shot = 0; shot < 40; shot++) {
    montage_picture_draw (pixels, 320, 180, shot, shot, 0.5, MONTAGE_LOOK_AUTO);
    for (guint i = 0; i < 320 * 180; i++)
      luma[i] = (guint8) (pixels[i] >> 8 & 0xff);
    fail_if (montage_barcode_read (luma, 320, 320, 180, &side, &id, &frame));
  }
}
GST_END_TEST

GST_START_TEST (beats_follow_the_tempo)
{
  MontageSongOptions options = {.style = MONTAGE_SONG_CLICKS,
      .bpm = 100,
      .to_bpm = 140,
      .meter = 3,
      .seconds = 30,
      .offset = 0.25};
  g_autoptr (MontageSong) song = montage_song_new (&options);
  const MontageSongBeat *beats = (const MontageSongBeat *) song->beats->data;
  guint last = song->beats->len - 1;

  /* 120 beats per minute in the mean, for 29.75 s. */
  fail_unless (fabs (song->beats->len - 59.5) < 1.5);
  fail_unless (fabs (beats[0].time - 0.25) < 1e-9);
  fail_unless (fabs (beats[1].time - beats[0].time - 0.6) < 0.01);
  fail_unless (
      fabs (beats[last].time - beats[last - 1].time - 60 / 140.0) < 0.01);
  for (guint k = 0; k <= last; k++)
    fail_unless_equals_int (beats[k].position, k % 3 + 1);
}
GST_END_TEST

GST_START_TEST (beeps_are_found_where_they_are)
{
  MontageSongOptions options = {.style = MONTAGE_SONG_BEEPS,
      .bpm = 120,
      .to_bpm = 120,
      .meter = 4,
      .seconds = 9,
      .offset = 0.1234};
  g_autoptr (MontageSong) song = montage_song_new (&options);
  g_autofree gfloat *mono = g_new (gfloat, song->n_frames);
  g_autoptr (GArray) onsets = NULL;

  for (gsize i = 0; i < song->n_frames; i++)
    mono[i] = song->samples[2 * i];
  onsets = montage_song_find_beeps (mono, song->n_frames, MONTAGE_SONG_RATE);
  fail_unless_equals_int (onsets->len, 5);
  for (guint k = 0; k < onsets->len; k++)
    fail_unless (
        fabs (g_array_index (onsets, gdouble, k) - 0.1234 - 2.0 * k) < 0.001);
}
GST_END_TEST

/* The parts of a band follow each other without gaps, on downbeats; what comes
 * before the first bar counts up to it. */
GST_START_TEST (a_band_plays_parts_of_whole_bars)
{
  for (guint seed = 1; seed <= 5; seed++) {
    MontageSongOptions options = {.style = MONTAGE_SONG_BAND,
        .bpm = 150,
        .to_bpm = 150,
        .meter = 3,
        .pickup = 2,
        .offset = 0.5,
        .pause = 1.23,
        .seed = seed};
    g_autoptr (MontageSong) song = montage_song_new (&options);
    const MontageSongSection *sections = (const MontageSongSection *)
                                             song->sections->data;
    const MontageSongBeat *beats = (const MontageSongBeat *) song->beats->data;
    guint beat = 0, pauses = 0;

    fail_unless (song->sections->len >= 4);
    fail_unless (sections[0].start == 0);
    fail_unless (fabs (sections[song->sections->len - 1].end * 44100
                     - (gdouble) song->n_frames)
        < 1);
    for (guint k = 1; k < song->sections->len; k++) {
      fail_unless (sections[k].start == sections[k - 1].end);
      fail_if (g_str_equal (sections[k].label, sections[k - 1].label));
      while (beats[beat].time < sections[k].start)
        beat++;
      fail_unless (beats[beat].time == sections[k].start);
      fail_unless_equals_int (beats[beat].position, 1);
    }
    fail_unless_equals_float (beats[0].time, 0.5);
    for (guint k = 0; k < song->beats->len; k++) {
      fail_unless_equals_int (beats[k].position, (k + 1) % 3 + 1);
      if (k > 0 && beats[k].time - beats[k - 1].time > 0.401) {
        fail_unless (fabs (beats[k].time - beats[k - 1].time - 1.63) < 1e-9);
        pauses++;
      }
    }
    fail_unless_equals_int (pauses, 1);
  }
}
GST_END_TEST

GST_START_TEST (a_song_can_start_in_the_middle)
{
  MontageSongOptions options = {.style = MONTAGE_SONG_BAND,
      .bpm = 120,
      .to_bpm = 120,
      .meter = 4,
      .jump_bpm = 90,
      .seconds = 60,
      .seed = 3};
  g_autoptr (MontageSong) whole = montage_song_new (&options);
  g_autoptr (MontageSong) cut = NULL;
  gsize skip = MONTAGE_SONG_RATE * 12 / 10;

  options.skip = 1.2;
  cut = montage_song_new (&options);
  fail_unless_equals_uint64 (whole->n_frames, 60 * MONTAGE_SONG_RATE);
  fail_unless_equals_uint64 (cut->n_frames, 60 * MONTAGE_SONG_RATE);
  fail_unless_equals_int (memcmp (cut->samples, whole->samples + 2 * skip,
                              2 * (cut->n_frames - skip) * sizeof (gfloat)),
      0);
  fail_unless (
      fabs (g_array_index (cut->beats, MontageSongBeat, 0).time - 0.3) < 1e-9);
  fail_unless_equals_int (g_array_index (cut->beats, MontageSongBeat, 0)
                              .position,
      4);
}
GST_END_TEST

static GArray *
plan_film (guint seed, GArray *takes, guint join)
{
  g_autoptr (GArray) joins = g_array_new (FALSE, FALSE, sizeof (gint));
  g_autoptr (GArray) disturbs = g_array_new (FALSE, FALSE, sizeof (gint));
  MontagePlanOptions options = {takes, joins, disturbs, 2000, 1, seed};
  gint cut = MONTAGE_TRANSITION_CUT, flash = MONTAGE_DISTURB_FLASH;

  g_array_append_val (joins, cut);
  g_array_append_val (joins, join);
  g_array_append_val (disturbs, flash);
  return montage_plan_new (&options, NULL);
}

/* Neighbours overlap by the way from one to the other, and nothing else does;
 * nothing disturbs there; no take is read beyond its end. */
GST_START_TEST (composed_shots_follow_each_other)
{
  g_autoptr (GArray) takes = g_array_new (FALSE, TRUE, sizeof (MontageTake));

  for (guint k = 0; k < 4; k++) {
    MontageTake take = {.id = k, .first = 10 * k, .last = 10 * k + 200};

    g_array_append_val (takes, take);
  }
  for (guint join = 0; join < MONTAGE_N_JOINS; join++) {
    g_autoptr (GArray) shots = plan_film (join, takes, join);
    g_autoptr (GArray) again = plan_film (join, takes, join);
    const MontageShot *s = (const MontageShot *) shots->data;
    g_autofree gchar *truth = montage_plan_to_truth (shots, 25, 25);
    g_autofree gchar *same = montage_plan_to_truth (again, 25, 25);

    fail_unless_equals_string (truth, same);
    fail_unless (shots->len > 10);
    for (guint k = 0; k < shots->len; k++) {
      const MontageDisturb *disturb = &s[k].disturb;
      guint next = k + 1 < shots->len ? s[k + 1].start : s[k].end;
      guint last = s[k].from + s[k].end - s[k].start - 1;

      fail_unless (k == 0 || s[k].start + s[k].in.length == s[k - 1].end);
      fail_unless (last <= g_array_index (takes, MontageTake, s[k].take).last);
      fail_unless (disturb->kind == MONTAGE_DISTURB_NONE
          || (disturb->start > s[k].in.length
              && s[k].start + disturb->start + disturb->length < next));
    }
  }
}
GST_END_TEST

/* From the first picture to the second, each frame nearer than the last. */
GST_START_TEST (transitions_lead_from_one_to_the_other)
{
  enum
  {
    SIZE = 40
  };
  guint32 black[SIZE * SIZE], white[SIZE * SIZE], out[SIZE * SIZE];
  static const MontageTransitionKind kinds[] = {MONTAGE_TRANSITION_DISSOLVE,
      MONTAGE_TRANSITION_WIPE, MONTAGE_TRANSITION_PUSH};

  memset (white, 0xff, sizeof white);
  for (guint i = 0; i < SIZE * SIZE; i++)
    black[i] = 0xff000000u;
  for (guint k = 0; k < 3 * MONTAGE_N_WIPES; k++) {
    MontageTransition transition = {kinds[k % 3], 9, 0, k % 2, k / 3,
        k % 5 ? 0.1 : 0};
    guint before = 0;

    for (guint n = 0; n < transition.length; n++) {
      guint level = 0;

      montage_transition_draw (&transition, n, black, white, out, SIZE, SIZE);
      for (guint i = 0; i < SIZE * SIZE; i++)
        level += out[i] & 0xff;
      fail_unless (level >= before);
      before = level;
      if (n == 4)
        fail_unless (fabs (level / (255.0 * SIZE * SIZE) - 0.5) < 0.3);
    }
    fail_unless (before > 0.8 * 255 * SIZE * SIZE);
  }
}
GST_END_TEST

static Suite *
media_suite (void)
{
  Suite *suite = suite_create ("media");
  TCase *tcase = tcase_create ("generators");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, codes_are_read_back);
  tcase_add_test (tcase, codes_survive_scaling_cropping_and_padding);
  tcase_add_test (tcase, a_mixed_picture_has_no_code);
  tcase_add_test (tcase, scenery_has_no_code);
  tcase_add_test (tcase, beats_follow_the_tempo);
  tcase_add_test (tcase, beeps_are_found_where_they_are);
  tcase_add_test (tcase, a_band_plays_parts_of_whole_bars);
  tcase_add_test (tcase, a_song_can_start_in_the_middle);
  tcase_add_test (tcase, composed_shots_follow_each_other);
  tcase_add_test (tcase, transitions_lead_from_one_to_the_other);
  return suite;
}

GST_CHECK_MAIN (media);
