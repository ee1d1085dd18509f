/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What each field of the pacing, and the music, does to the cuts. */

#include <gst/check/gstcheck.h>
#include <math.h>

#include "testcutting.h"
#include "testplan.h"

/* ---- songs ---- */

typedef struct
{
  GstMontageSectionLabel label;
  guint bars;
  gdouble energy;
} Part;

static const Part form[] = {
    {GST_MONTAGE_SECTION_INTRO, 8, 0.15},
    {GST_MONTAGE_SECTION_VERSE, 16, 0.5},
    {GST_MONTAGE_SECTION_BUILD, 8, 0.55},
    {GST_MONTAGE_SECTION_DROP, 16, 0.9},
    {GST_MONTAGE_SECTION_BREAK, 8, 0.25},
    {GST_MONTAGE_SECTION_VERSE, 16, 0.55},
    {GST_MONTAGE_SECTION_BUILD, 8, 0.6},
    {GST_MONTAGE_SECTION_DROP, 16, 0.95},
    {GST_MONTAGE_SECTION_OUTRO, 8, 0.2},
};
enum
{
  VERSE = 1,
  BUILD = 2,
  DROP = 3,
  BREAK = 4,
  OUTRO = 8,
};

typedef struct
{
  gdouble bpm;
  guint bar;
  gint octave; /* what the tracker gets wrong: -1 is half the tempo */
} Meter;

static const GstMontageSection *
get_part (const GstMontageBeatGrid *song, guint index)
{
  return &g_array_index (song->sections, GstMontageSection, index);
}

static void
add_parts (GstMontageBeatGrid *song, const Meter *meter)
{
  gdouble bar = meter->bar * 60 / meter->bpm, time = 0;

  for (guint i = 0; i < G_N_ELEMENTS (form); i++) {
    GstMontageSection section = {.start = (GstClockTime) (time * GST_SECOND),
        .label = form[i].label,
        .energy = form[i].energy};
    time += bar * form[i].bars;
    section.end = (GstClockTime) (time * GST_SECOND);
    g_array_append_val (song->sections, section);
  }
  song->duration = (GstClockTime) (time * GST_SECOND);
}

/* A song of 104 bars whose energy goes up and down a little within its parts,
 * as a tracker hears it. */
static GstMontageBeatGrid *
form_song (const Meter *meter)
{
  GstMontageBeatGrid *song = gst_montage_beat_grid_new ();
  gdouble tempo = meter->bpm * exp2 (meter->octave);

  add_parts (song, meter);
  song->tempo = tempo;
  song->confidence = 1;
  song->beats_per_bar = meter->bar;
  for (guint i = 0;; i++) {
    GstMontageBeat beat = {
        .time = (GstClockTime) (i * 60 / tempo * GST_SECOND),
        .position = i % meter->bar + 1,
    };
    gdouble bars = i * exp2 (-meter->octave) / meter->bar;
    gint part = gst_montage_beat_grid_section_at (song, beat.time);

    if (part < 0)
      break;
    beat.energy = CLAMP (get_part (song, part)->energy
            + 0.04 * sin (2 * G_PI * bars / 16),
        0, 1);
    beat.strength = beat.position == 1 ? 0.9 : 0.5;
    g_array_append_val (song->beats, beat);
  }

  return song;
}

static GstMontageBeatGrid *
usual_song (void)
{
  Meter meter = {120, 4, 0};

  return form_song (&meter);
}

/* ---- what was cut ---- */

static gdouble
slot_sec (const MontageSlot *slot)
{
  return (gdouble) slot->n_frames / TEST_CUTTING_FPS;
}

static const MontageSlot *
get_slot (const GArray *slots, guint index)
{
  return &g_array_index (slots, MontageSlot, index);
}

static GstClockTime
slot_time (const MontageSlot *slot)
{
  return slot->first_frame * GST_SECOND / TEST_CUTTING_FPS;
}

/* The slot that starts nearest to @time. */
static guint
slot_near (const GArray *slots, GstClockTime time)
{
  guint best = 0;

  for (guint i = 1; i < slots->len; i++)
    if (ABS (GST_CLOCK_DIFF (slot_time (get_slot (slots, i)), time))
        < ABS (GST_CLOCK_DIFF (slot_time (get_slot (slots, best)), time)))
      best = i;

  return best;
}

/* The mean length of what starts in [from, to). */
static gdouble
mean_sec (const GArray *slots, GstClockTime from, GstClockTime to)
{
  gdouble sum = 0;
  guint n = 0;

  for (guint i = 0; i < slots->len; i++) {
    const MontageSlot *slot = get_slot (slots, i);
    GstClockTime time = slot_time (slot) + 20 * GST_MSECOND;
    if (time < from || time >= to)
      continue;
    sum += slot_sec (slot);
    n++;
  }

  return n > 0 ? sum / n : 0;
}

static gdouble
part_sec (const TestCutting *cutting, const GArray *slots, guint part)
{
  const GstMontageSection *section = get_part (cutting->song, part);

  return mean_sec (slots, section->start, section->end);
}

/* Standard deviation of the lengths as a share of their mean. */
static gdouble
variation_of (const GArray *slots)
{
  gdouble mean = 0, square = 0;

  for (guint i = 0; i < slots->len; i++) {
    gdouble sec = slot_sec (get_slot (slots, i));
    mean += sec / slots->len;
    square += sec * sec / slots->len;
  }

  return sqrt (MAX (square - mean * mean, 0)) / mean;
}

/* ---- the fields ---- */

GST_START_TEST (test_speeds)
{
  gdouble before = 0;

  for (gint speed = GST_MONTAGE_SPEED_VERY_FAST;
       speed >= GST_MONTAGE_SPEED_VERY_SLOW; speed--) {
    TestCutting cutting;
    g_autoptr (GArray) slots = NULL;
    gdouble mean;

    cutting_init (&cutting, usual_song ());
    cutting.instructions->pacing.speed = speed;
    cutting.instructions->constraints.max_clip_duration_sec = 60;
    slots = cutting_slots (&cutting);
    mean = (gdouble) cutting.song->duration / GST_SECOND / slots->len;
    fail_unless (mean > 1.25 * before, "speed %d: %f s after %f s", speed, mean,
        before);
    before = mean;
    cutting_clear (&cutting);
  }
}
GST_END_TEST;

GST_START_TEST (test_variation)
{
  static const GstMontageSpeed speeds[] = {GST_MONTAGE_SPEED_VERY_FAST,
      GST_MONTAGE_SPEED_FAST, GST_MONTAGE_SPEED_MEDIUM,
      GST_MONTAGE_SPEED_DYNAMIC};

  for (guint s = 0; s < G_N_ELEMENTS (speeds); s++) {
    gdouble before = 0;
    for (gint variation = GST_MONTAGE_VARIATION_MINIMAL;
         variation <= GST_MONTAGE_VARIATION_HIGH; variation++) {
      TestCutting cutting;
      g_autoptr (GArray) slots = NULL;

      cutting_init (&cutting, usual_song ());
      cutting.instructions->pacing.speed = speeds[s];
      cutting.instructions->pacing.variation = variation;
      slots = cutting_slots (&cutting);
      fail_unless (variation_of (slots) > before + 0.01,
          "speed %d, variation %d: %f after %f", speeds[s], variation,
          variation_of (slots), before);
      before = variation_of (slots);
      cutting_clear (&cutting);
    }
  }
}
GST_END_TEST;

/* How many cuts a minute a part has when @set has been called. */
static gdouble
part_rate (void (*set) (GstMontageInstructions *, gdouble), gdouble value,
    GstMontageSpeed speed, GstMontageVariation variation, gdouble from,
    gdouble to)
{
  TestCutting cutting;
  g_autoptr (GArray) slots = NULL;
  gdouble mean;

  cutting_init (&cutting, usual_song ());
  cutting.instructions->pacing.speed = speed;
  cutting.instructions->pacing.variation = variation;
  cutting.instructions->constraints.max_clip_duration_sec = 60;
  set (cutting.instructions, value);
  slots = cutting_slots (&cutting);
  mean = mean_sec (slots, (GstClockTime) (from * cutting.song->duration),
      (GstClockTime) (to * cutting.song->duration));
  cutting_clear (&cutting);

  return 60 / mean;
}

static void
set_intro (GstMontageInstructions *instructions, gdouble value)
{
  instructions->pacing.intro_duration_beats = (guint) value;
}

static void
set_climax (GstMontageInstructions *instructions, gdouble value)
{
  instructions->pacing.climax_intensity = value;
}

/* A longer intro holds the first fifth back, a stronger climax makes the drop
 * denser: never less, and in all. */
GST_START_TEST (test_intro_and_climax)
{
  static const gdouble intros[] = {4, 8, 16, 32};
  static const gdouble climaxes[] = {0, 0.25, 0.5, 0.75, 1};

  for (gint speed = GST_MONTAGE_SPEED_SLOW; speed <= GST_MONTAGE_SPEED_DYNAMIC;
       speed++) {
    for (gint variation = 0; variation <= GST_MONTAGE_VARIATION_HIGH;
         variation++) {
      gdouble rates[5];

      for (guint i = 0; i < G_N_ELEMENTS (intros); i++) {
        rates[i] = part_rate (set_intro, intros[i], speed, variation, 0, 0.2);
        fail_unless (i == 0 || rates[i] <= rates[i - 1] * 1.1,
            "speed %d, variation %d, intro %f: %f cuts a minute", speed,
            variation, intros[i], rates[i]);
      }
      /* The calm part that the song begins with holds few slow shots anyway,
       * and strong patterns long ones. */
      fail_unless (rates[3] < 0.97 * rates[0] || speed == GST_MONTAGE_SPEED_SLOW
              || variation == GST_MONTAGE_VARIATION_HIGH,
          "%d %d: %f, %f", speed, variation, rates[3], rates[0]);
      for (guint i = 0; i < G_N_ELEMENTS (climaxes); i++) {
        /* The second drop, the loudest. */
        rates[i] = part_rate (set_climax, climaxes[i], speed, variation,
            80.0 / 104, 96.0 / 104);
        fail_unless (i == 0 || rates[i] >= rates[i - 1] * 0.98,
            "speed %d, variation %d, climax %f: %f cuts a minute", speed,
            variation, climaxes[i], rates[i]);
      }
      /* Nothing is shorter than a beat. */
      fail_unless (rates[4] > 1.1 * rates[0]
              || speed == GST_MONTAGE_SPEED_VERY_FAST,
          "%d %d: %f, %f", speed, variation, rates[0], rates[4]);
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_energy_amplification)
{
  static const gdouble values[] = {0.5, 1, 1.5, 2};

  for (gint speed = GST_MONTAGE_SPEED_SLOW; speed <= GST_MONTAGE_SPEED_DYNAMIC;
       speed++) {
    for (gint variation = 0; variation <= GST_MONTAGE_VARIATION_HIGH;
         variation++) {
      gdouble ratios[4];
      for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
        TestCutting cutting;
        g_autoptr (GArray) slots = NULL;

        cutting_init (&cutting, usual_song ());
        cutting.instructions->pacing.speed = speed;
        cutting.instructions->pacing.variation = variation;
        cutting.instructions->energy_mapping.energy_amplification = values[i];
        cutting.instructions->constraints.max_clip_duration_sec = 60;
        slots = cutting_slots (&cutting);
        ratios[i] = part_sec (&cutting, slots, BREAK)
            / part_sec (&cutting, slots, DROP);
        fail_unless (i == 0 || ratios[i] >= 0.8 * ratios[i - 1],
            "speed %d, variation %d, amplification %f: %f after %f", speed,
            variation, values[i], ratios[i], ratios[MAX (i, 1) - 1]);
        cutting_clear (&cutting);
      }
      /* Single beats are as short as it gets. */
      fail_unless (ratios[3] > (variation > 0 ? 1.15 : 1.05) * ratios[0]
              || speed == GST_MONTAGE_SPEED_VERY_FAST,
          "speed %d, variation %d: %f, %f", speed, variation, ratios[0],
          ratios[3]);
    }
  }
}
GST_END_TEST;

/* ---- the arc of the music ---- */

GST_START_TEST (test_build_and_release)
{
  for (gint speed = GST_MONTAGE_SPEED_MEDIUM;
       speed <= GST_MONTAGE_SPEED_DYNAMIC; speed++) {
    TestCutting cutting;
    g_autoptr (GArray) slots = NULL;
    const GstMontageSection *build, *drop;
    gdouble first, last, release;
    guint at;

    cutting_init (&cutting, usual_song ());
    cutting.instructions->pacing.speed = speed;
    slots = cutting_slots (&cutting);
    build = get_part (cutting.song, BUILD);
    drop = get_part (cutting.song, DROP);
    /* Four bars, as all that is there can be very short. */
    first = mean_sec (slots, drop->start - 8 * GST_SECOND,
        drop->start - 4 * GST_SECOND);
    last = mean_sec (slots, drop->start - 4 * GST_SECOND, drop->start);
    fail_unless (first > 1.3 * last, "speed %d: %f s, then %f s", speed, first,
        last);
    /* The shot that the drop begins with is held. */
    at = slot_near (slots, drop->start);
    release = slot_sec (get_slot (slots, at));
    fail_unless (get_slot (slots, at)->section_start);
    fail_unless (release > 1.4 * slot_sec (get_slot (slots, at - 1)));
    fail_unless (release
            > 1.4 * mean_sec (slots, drop->start + GST_SECOND, drop->end),
        "speed %d: %f s", speed, release);
    fail_unless (build->end == drop->start);
    cutting_clear (&cutting);
  }
}
GST_END_TEST;

/* The way up is also there where nobody calls it a build. */
GST_START_TEST (test_build_without_label)
{
  TestCutting cutting;
  g_autoptr (GArray) slots = NULL;
  GstClockTime drop;

  cutting_init (&cutting, usual_song ());
  g_array_index (cutting.song->sections, GstMontageSection, BUILD).label =
      GST_MONTAGE_SECTION_VERSE;
  cutting.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  slots = cutting_slots (&cutting);
  drop = get_part (cutting.song, DROP)->start;
  fail_unless (mean_sec (slots, drop - 8 * GST_SECOND, drop - 4 * GST_SECOND)
      > 1.3 * mean_sec (slots, drop - 4 * GST_SECOND, drop));
  cutting_clear (&cutting);
}
GST_END_TEST;

GST_START_TEST (test_breathes_with_the_music)
{
  for (gint speed = GST_MONTAGE_SPEED_SLOW; speed <= GST_MONTAGE_SPEED_DYNAMIC;
       speed++) {
    TestCutting cutting;
    g_autoptr (GArray) slots = NULL;

    cutting_init (&cutting, usual_song ());
    cutting.instructions->pacing.speed = speed;
    cutting.instructions->constraints.max_clip_duration_sec = 20;
    slots = cutting_slots (&cutting);
    fail_unless (part_sec (&cutting, slots, BREAK)
            > 1.3 * part_sec (&cutting, slots, VERSE),
        "speed %d: %f s, %f s", speed, part_sec (&cutting, slots, BREAK),
        part_sec (&cutting, slots, VERSE));
    cutting_clear (&cutting);
  }
}
GST_END_TEST;

/* Shots of a bar and more end with bars, those of a phrase with phrases; every
 * section begins with a cut, and the last cut is on a downbeat. */
GST_START_TEST (test_phrases)
{
  for (gint speed = 0; speed <= GST_MONTAGE_SPEED_DYNAMIC; speed++) {
    for (gint variation = 0; variation <= GST_MONTAGE_VARIATION_HIGH;
         variation++) {
      TestCutting cutting;
      g_autoptr (GArray) slots = NULL;
      guint n = 0, on_bar = 0;

      cutting_init (&cutting, usual_song ());
      cutting.instructions->pacing.speed = speed;
      cutting.instructions->pacing.variation = variation;
      slots = cutting_slots (&cutting);
      for (guint i = 0; i + 1 < slots->len; i++) {
        if (get_slot (slots, i)->n_beats < 4)
          continue;
        n++;
        on_bar += get_slot (slots, i + 1)->downbeat;
      }
      fail_unless (on_bar >= 0.85 * n, "speed %d, variation %d: %u of %u",
          speed, variation, on_bar, n);
      for (guint part = 1; part < G_N_ELEMENTS (form); part++)
        fail_unless (get_slot (slots,
            slot_near (slots, get_part (cutting.song, part)->start))
                         ->section_start);
      fail_unless (get_slot (slots, slots->len - 1)->downbeat,
          "speed %d, variation %d", speed, variation);
      cutting_clear (&cutting);
    }
  }
}
GST_END_TEST;

/* ---- octaves ---- */

/* The share of the cuts of @a that @b has too, within 50 ms. */
static gdouble
shared (const GArray *a, const GArray *b)
{
  guint n = 0;

  for (guint i = 0; i < a->len; i++) {
    GstClockTime time = slot_time (get_slot (a, i));
    n += ABS (GST_CLOCK_DIFF (slot_time (get_slot (b, slot_near (b, time))),
             time))
        <= 50 * (gint64) GST_MSECOND;
  }

  return (gdouble) n / a->len;
}

static GArray *
cut_meter (const Meter *meter, GstMontageSpeed speed,
    GstMontageVariation variation)
{
  TestCutting cutting;
  GArray *slots;

  cutting_init (&cutting, form_song (meter));
  cutting.instructions->pacing.speed = speed;
  cutting.instructions->pacing.variation = variation;
  slots = cutting_slots (&cutting);
  cutting_clear (&cutting);

  return slots;
}

/* Whoever hears the tempo an octave off gets the same film. The meters are
 * 4/4, 3/4 and 6/8, whose two beats have three parts each. What is heard as a
 * fast waltz is cut by its bars: as densely, but elsewhere. */
static void
check_octave (Meter meter, GstMontageSpeed speed, GstMontageVariation variation,
    gint octave)
{
  g_autoptr (GArray) right = cut_meter (&meter, speed, variation);
  g_autoptr (GArray) wrong = NULL;
  gdouble both;

  meter.octave = octave;
  wrong = cut_meter (&meter, speed, variation);
  both = MIN (shared (right, wrong), shared (wrong, right));
  if (meter.bar == 3 && meter.bpm * exp2 (MAX (octave, 0)) > 151)
    fail_unless (right->len < 1.4 * wrong->len && wrong->len < 1.4 * right->len,
        "%f BPM, speed %d, variation %d, octave %d: %u cuts, %u", meter.bpm,
        speed, variation, octave, right->len, wrong->len);
  else
    fail_unless (both >= 0.85,
        "%f BPM, %u beats a bar, speed %d, variation %d, octave %d: %f",
        meter.bpm, meter.bar, speed, variation, octave, both);
}

GST_START_TEST (test_octaves)
{
  static const guint bars[] = {4, 3, 2};

  for (guint b = 0; b < G_N_ELEMENTS (bars); b++) {
    for (guint bpm = 60; bpm <= 180; bpm += 15) {
      for (gint speed = 0; speed <= GST_MONTAGE_SPEED_DYNAMIC; speed++) {
        Meter meter = {bpm, bars[b], 0};
        gint variation = (gint) (speed + bpm / 15) % 4;
        check_octave (meter, speed, variation, -1);
        check_octave (meter, speed, variation, 1);
      }
    }
  }
}
GST_END_TEST;

/* ---- songs without beats ---- */

/* Speech: sentences of 1.7 to 2.6 s, with pauses between them. */
static GstMontageBeatGrid *
speech_new (GArray *sentences)
{
  GstMontageBeatGrid *song = test_song_new (0, 60, NULL, NULL, 0);
  GstClockTime start = 300 * GST_MSECOND;

  song->envelope_interval = 100 * GST_MSECOND;
  song->onset_interval = 50 * GST_MSECOND;
  g_array_set_size (song->envelope, 600);
  g_array_set_size (song->onsets, 1200);
  for (guint i = 0; i < 1200; i++)
    g_array_index (song->onsets, gdouble, i) = i % 5 == 0 ? 0.3 : 0;
  for (guint i = 0; start < 58 * GST_SECOND; i++) {
    GstClockTime end = start + (1700 + i * 370 % 900) * GST_MSECOND;
    for (GstClockTime t = start; t < end; t += song->envelope_interval)
      g_array_index (song->envelope, gdouble,
          t / song->envelope_interval) = 0.5;
    g_array_index (song->onsets, gdouble, start / song->onset_interval) = 0.8;
    g_array_append_val (sentences, start);
    start = end + 400 * GST_MSECOND;
    start -= start % song->onset_interval;
  }

  return song;
}

GST_START_TEST (test_speech)
{
  TestCutting cutting;
  g_autoptr (GArray)
      sentences = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  g_autoptr (GArray) slots = NULL;
  guint at_start = 0;

  cutting_init (&cutting, speech_new (sentences));
  cutting.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  slots = cutting_slots (&cutting);
  for (guint i = 1; i < slots->len; i++) {
    GstClockTime time = slot_time (get_slot (slots, i));
    for (guint k = 0; k < sentences->len; k++)
      at_start += ABS (GST_CLOCK_DIFF (g_array_index (sentences, GstClockTime,
                                           k),
                      time))
          <= 40 * (gint64) GST_MSECOND;
  }
  /* By chance it would be one of thirty. */
  fail_unless (at_start * 3 > sentences->len, "%u of %u", at_start,
      sentences->len);
  cutting_clear (&cutting);
}
GST_END_TEST;

/* Silence says nothing: the pace is what was asked for. */
GST_START_TEST (test_silence)
{
  TestCutting cutting;
  g_autoptr (GArray) slots = NULL;

  cutting_init (&cutting, test_song_new (0, 60, NULL, NULL, 0));
  cutting.song->envelope_interval = 100 * GST_MSECOND;
  g_array_set_size (cutting.song->envelope, 600);
  cutting.instructions->pacing.speed = GST_MONTAGE_SPEED_MEDIUM;
  cutting.instructions->pacing.intro_duration_beats = 4;
  cutting.instructions->pacing.variation = GST_MONTAGE_VARIATION_MINIMAL;
  slots = cutting_slots (&cutting);
  for (guint i = 1; i < slots->len; i++)
    fail_unless_equals_uint64 (get_slot (slots, i)->n_frames,
        2 * TEST_CUTTING_FPS);
  cutting_clear (&cutting);
}
GST_END_TEST;

static Suite *
planpace_suite (void)
{
  Suite *suite = suite_create ("planpace");
  TCase *tests = tcase_create ("pace");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_speeds);
  tcase_add_test (tests, test_variation);
  tcase_add_test (tests, test_intro_and_climax);
  tcase_add_test (tests, test_energy_amplification);
  tcase_add_test (tests, test_build_and_release);
  tcase_add_test (tests, test_build_without_label);
  tcase_add_test (tests, test_breathes_with_the_music);
  tcase_add_test (tests, test_phrases);
  tcase_add_test (tests, test_octaves);
  tcase_add_test (tests, test_speech);
  tcase_add_test (tests, test_silence);

  return suite;
}

GST_CHECK_MAIN (planpace);
