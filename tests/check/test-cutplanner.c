/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

#include "../unit/planner-material.h"

#define AUDIO_CAPS                                                             \
  "audio/x-raw, format=S16LE, layout=interleaved, rate=44100, channels=2"
#define VIDEO_CAPS                                                             \
  "video/x-raw, format=I420, width=321, height=181, framerate=30/1"

/* A planner with a branch of music and some of clips. */
typedef struct
{
  GstHarness *out;
  GstHarness *music;
  GstHarness *director; /* nullable */
  GstHarness *clips[4];
  guint n_clips;
  GstBus *bus;
} Rig;

static GstHarness *
add_branch (Rig *rig, const gchar *pad, const gchar *caps)
{
  GstHarness *branch = gst_harness_new_with_element (rig->out->element, pad,
      NULL);

  gst_harness_set_src_caps_str (branch, caps);
  return branch;
}

static void
rig_init (Rig *rig, guint n_clips, gboolean director)
{
  GstElement *element = gst_element_factory_make ("cutplanner", NULL);

  memset (rig, 0, sizeof (*rig));
  rig->bus = gst_bus_new ();
  gst_element_set_bus (element, rig->bus);
  rig->out = gst_harness_new_with_element (element, NULL, "src");
  gst_object_unref (element);
  rig->n_clips = n_clips;
  /* Not in order: the pads' numbers count. */
  for (guint i = n_clips; i-- > 0;) {
    g_autofree gchar *name = g_strdup_printf ("clip_%u", i);
    rig->clips[i] = add_branch (rig, name, VIDEO_CAPS);
  }
  rig->music = add_branch (rig, "music", AUDIO_CAPS);
  if (director)
    rig->director = add_branch (rig, "director", GST_MONTAGE_CAPS_INSTRUCTIONS);
}

static void
rig_clear (Rig *rig)
{
  gst_harness_teardown (rig->music);
  for (guint i = 0; i < rig->n_clips; i++)
    gst_harness_teardown (rig->clips[i]);
  g_clear_pointer (&rig->director, gst_harness_teardown);
  gst_element_set_bus (rig->out->element, NULL);
  gst_harness_teardown (rig->out);
  gst_object_unref (rig->bus);
}

static void
end_music (Rig *rig)
{
  g_autoptr (GstMontageBeatGrid) song = test_song_new (120, 20, NULL, NULL, 0);

  fail_unless (
      gst_harness_push_event (rig->music, gst_montage_event_new_beats (song)));
  fail_unless (gst_harness_push_event (rig->music, gst_event_new_eos ()));
}

static void
end_clip (Rig *rig, guint i)
{
  g_autoptr (GstMontageShotList) clip = test_clip_new (i, 4, 6, 30, 1);

  fail_unless (gst_harness_push_event (rig->clips[i],
      gst_montage_event_new_shots (clip)));
  fail_unless (gst_harness_push_event (rig->clips[i], gst_event_new_eos ()));
}

static GstMontagePlan *
pull_plan (Rig *rig)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (rig->out);
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  g_autoptr (GError) error = NULL;
  GstMontagePlan *plan;

  fail_unless (buffer != NULL);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  plan = gst_montage_plan_from_json ((const gchar *) map.data,
      (gssize) map.size, "buffer", &error);
  fail_unless (plan != NULL, "%s", error != NULL ? error->message : "");

  return plan;
}

/* Waits for the event of @type. */
static GstEvent *
pull_event (Rig *rig, GstEventType type)
{
  for (;;) {
    GstEvent *event = gst_harness_pull_event (rig->out);
    fail_unless (event != NULL);
    if (GST_EVENT_TYPE (event) == type)
      return event;
    gst_event_unref (event);
  }
}

static void
expect_error (Rig *rig, const gchar *part)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (rig->bus,
      10 * GST_SECOND, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  fail_unless (message != NULL);
  gst_message_parse_error (message, &error, NULL);
  fail_unless (strstr (error->message, part) != NULL, "%s", error->message);
  fail_unless (gst_bus_pop_filtered (rig->bus, GST_MESSAGE_ERROR) == NULL);
}

GST_START_TEST (test_plans_at_the_end_of_all_branches)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GstMontagePlan) from_event = NULL;
  g_autoptr (GstMontagePlan) from_message = NULL;
  g_autoptr (GstEvent) event = NULL;
  g_autoptr (GstEvent) eos = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autofree gchar *text = NULL;

  rig_init (&rig, 3, FALSE);
  /* Media is dropped. */
  fail_unless_equals_int (gst_harness_push (rig.music,
                              gst_harness_create_buffer (rig.music, 64)),
      GST_FLOW_OK);
  end_clip (&rig, 2);
  end_music (&rig);
  end_clip (&rig, 0);
  fail_unless_equals_int (gst_harness_buffers_in_queue (rig.out), 0);
  end_clip (&rig, 1);

  plan = pull_plan (&rig);
  fail_unless_equals_int (plan->revision, 1);
  fail_unless_equals_int (plan->sources->len, 3);
  for (guint i = 0; i < 3; i++) {
    g_autofree gchar *uri = g_strdup_printf ("file:///clips/clip%u.mp4", i);
    fail_unless_equals_string (g_array_index (plan->sources, GstMontageSource,
                                   i)
                                   .uri,
        uri);
  }
  fail_unless_equals_uint64 (plan->duration, 20 * GST_SECOND);
  fail_unless_equals_int (plan->output.width, 1280);

  event = pull_event (&rig, GST_EVENT_CUSTOM_DOWNSTREAM_STICKY);
  fail_unless (gst_montage_event_parse_plan (event, &from_event, NULL));
  fail_unless_equals_int (from_event->cuts->len, plan->cuts->len);
  eos = pull_event (&rig, GST_EVENT_EOS);
  message = gst_bus_timed_pop_filtered (rig.bus, GST_SECOND,
      GST_MESSAGE_ELEMENT);
  fail_unless (message != NULL);
  fail_unless (gst_montage_message_parse_plan (message, &from_message, NULL));
  g_object_get (rig.out->element, "plan", &text, NULL);
  fail_unless (text != NULL && strstr (text, "gst-montage/plan") != NULL);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_takes_stored_documents)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GstMontageBeatGrid) song = test_song_new (120, 20, NULL, NULL, 0);
  g_autoptr (GstMontageShotList) clip = test_clip_new (0, 4, 6, 30, 1);
  gchar *beats = gst_montage_beat_grid_to_json (song);
  gchar *shots = gst_montage_shot_list_to_json (clip);
  gsize half = strlen (shots) / 2;

  rig_init (&rig, 1, FALSE);
  gst_harness_set_src_caps_str (rig.music, GST_MONTAGE_CAPS_BEATS);
  gst_harness_set_src_caps_str (rig.clips[0], GST_MONTAGE_CAPS_SHOTS);
  gst_harness_push (rig.music, gst_buffer_new_wrapped (beats, strlen (beats)));
  gst_harness_push_event (rig.music, gst_event_new_eos ());
  /* Files come in blocks. */
  gst_harness_push (rig.clips[0],
      gst_buffer_new_wrapped (g_strndup (shots, half), half));
  gst_harness_push (rig.clips[0],
      gst_buffer_new_wrapped (g_strdup (shots + half), strlen (shots + half)));
  gst_harness_push_event (rig.clips[0], gst_event_new_eos ());
  plan = pull_plan (&rig);
  fail_unless_equals_uint64 (plan->duration, 20 * GST_SECOND);
  g_free (shots);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_properties)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;

  rig_init (&rig, 2, FALSE);
  g_object_set (rig.out->element, "seed", G_GUINT64_CONSTANT (77), "width", 640,
      "height", 360, "framerate", 25, 1, "fit", GST_MONTAGE_FIT_BLUR,
      "duration", (guint64) (10 * GST_SECOND), "music-start",
      (gint64) (3 * GST_SECOND), NULL);
  end_music (&rig);
  end_clip (&rig, 0);
  end_clip (&rig, 1);
  plan = pull_plan (&rig);
  fail_unless_equals_uint64 (plan->seed, 77);
  fail_unless_equals_int (plan->output.width, 640);
  fail_unless_equals_int (plan->output.height, 360);
  fail_unless_equals_int (plan->output.fps_n, 25);
  fail_unless_equals_int (plan->output.fit, GST_MONTAGE_FIT_BLUR);
  fail_unless_equals_uint64 (plan->duration, 10 * GST_SECOND);
  fail_unless_equals_uint64 (plan->music.start, 3 * GST_SECOND);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_revisions_keep_what_was_shown)
{
  Rig rig;
  g_autoptr (GstMontageInstructions)
      instructions = gst_montage_instructions_new ();
  g_autoptr (GstMontagePlan) before = NULL;
  g_autoptr (GstMontagePlan) after = NULL;

  rig_init (&rig, 2, TRUE);
  end_music (&rig);
  end_clip (&rig, 0);
  end_clip (&rig, 1);
  instructions->pacing.speed = GST_MONTAGE_SPEED_FAST;
  gst_harness_push_event (rig.director,
      gst_montage_event_new_instructions (instructions));
  before = pull_plan (&rig);

  /* The same again, as a document, changes nothing. */
  {
    gchar *text = gst_montage_instructions_to_json (instructions);
    gst_harness_push (rig.director,
        gst_buffer_new_wrapped (text, strlen (text)));
  }
  gst_harness_push_upstream_event (rig.out,
      gst_montage_event_new_committed (1, 3));
  instructions->revision = 2;
  instructions->pacing.speed = GST_MONTAGE_SPEED_SLOW;
  gst_harness_push_event (rig.director,
      gst_montage_event_new_instructions (instructions));
  after = pull_plan (&rig);
  fail_unless_equals_int (after->revision, 2);
  fail_unless (after->cuts->len < before->cuts->len);
  for (guint i = 0; i < 3; i++) {
    const GstMontageCut *a = &g_array_index (before->cuts, GstMontageCut, i);
    const GstMontageCut *b = &g_array_index (after->cuts, GstMontageCut, i);
    fail_unless_equals_uint64 (a->start, b->start);
    fail_unless_equals_uint64 (a->duration, b->duration);
    fail_unless_equals_uint64 (a->in_point, b->in_point);
    fail_unless_equals_int (a->source, b->source);
    fail_unless_equals_string (a->reason, b->reason);
  }
  fail_unless_equals_int (gst_harness_buffers_in_queue (rig.out), 0);
  gst_harness_push_event (rig.director, gst_event_new_eos ());
  gst_event_unref (pull_event (&rig, GST_EVENT_EOS));
  rig_clear (&rig);
}
GST_END_TEST;

static GstBusSyncReply
commit_at_message (GstBus *bus, GstMessage *message, gpointer data)
{
  GstElement *element = data;
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_STATUS
      || GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    gst_pad_send_event (pad, gst_montage_event_new_committed (1, 1));

  return GST_BUS_PASS;
}

/* Whoever hears a message may answer it at once: nothing is locked. */
GST_START_TEST (test_messages_are_posted_without_a_lock)
{
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autoptr (GstMessage) message = NULL;
  Rig rig;

  rig_init (&rig, 1, FALSE);
  gst_bus_set_sync_handler (rig.bus, commit_at_message, rig.out->element, NULL);
  end_music (&rig);
  end_clip (&rig, 0);
  plan = pull_plan (&rig);
  fail_unless_equals_int (plan->revision, 1);
  message = gst_bus_timed_pop_filtered (rig.bus, 5 * GST_SECOND,
      GST_MESSAGE_ELEMENT);
  fail_unless (message != NULL);
  gst_bus_set_sync_handler (rig.bus, NULL, NULL, NULL);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_branch_without_shots)
{
  Rig rig;

  rig_init (&rig, 1, FALSE);
  end_music (&rig);
  fail_if (gst_harness_push_event (rig.clips[0], gst_event_new_eos ()));
  expect_error (&rig,
      "The branch of clip_0 ended without shots: put sceneselect in it");
  fail_unless_equals_int (gst_harness_push (rig.music,
                              gst_harness_create_buffer (rig.music, 64)),
      GST_FLOW_EOS);
  rig_clear (&rig);
}
GST_END_TEST;

/* Without a branch of music the film is silent. */
GST_START_TEST (test_no_music)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;

  rig_init (&rig, 2, FALSE);
  gst_harness_teardown (rig.music);
  g_object_set (rig.out->element, "duration", 8 * GST_SECOND, NULL);
  end_clip (&rig, 0);
  end_clip (&rig, 1);
  plan = pull_plan (&rig);
  fail_unless (plan->music.uri == NULL);
  fail_unless_equals_uint64 (plan->duration, 8 * GST_SECOND);
  fail_unless (plan->cuts->len > 1);
  rig.music = add_branch (&rig, "music", AUDIO_CAPS);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_no_clips)
{
  Rig rig;

  rig_init (&rig, 0, FALSE);
  end_music (&rig);
  expect_error (&rig, "There are no clips");
  rig_clear (&rig);
}
GST_END_TEST;

static guint
source_at (const GstMontagePlan *plan, gdouble sec)
{
  const GstMontageCut *cut = gst_montage_plan_cut_at (plan,
      (GstClockTime) (sec * GST_SECOND), NULL);

  fail_unless (cut != NULL);
  return cut->source;
}

static void
end_all (Rig *rig)
{
  end_music (rig);
  for (guint i = 0; i < rig->n_clips; i++)
    end_clip (rig, i);
}

/* By names, as lines of gst-launch-1.0 do it. */
GST_START_TEST (test_rules_of_pads)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;
  GstChildProxy *proxy;

  rig_init (&rig, 4, FALSE);
  proxy = GST_CHILD_PROXY (rig.out->element);
  /* With that of the music. */
  fail_unless_equals_int (gst_child_proxy_get_children_count (proxy), 5);
  gst_child_proxy_set (proxy, "clip_0::last", TRUE, "clip_1::skip", TRUE,
      "clip_2::first", TRUE, "clip_3::pins", "10", "clip_3::window-start",
      2 * GST_SECOND, "clip_3::window-end", 9 * GST_SECOND, NULL);
  end_all (&rig);
  plan = pull_plan (&rig);
  fail_unless_equals_int (source_at (plan, 0), 2);
  fail_unless_equals_int (source_at (plan, 10), 3);
  fail_unless_equals_int (source_at (plan, 19.9), 0);
  for (guint i = 0; i < plan->cuts->len; i++) {
    const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, i);

    fail_if (cut->source == 1);
    /* In-points lie a quarter of a frame inside their frame. */
    if (cut->source == 3)
      fail_unless (cut->in_point >= 2 * GST_SECOND
              && cut->in_point + cut->duration
                  <= 9 * GST_SECOND + GST_SECOND / 30,
          "%" GST_TIME_FORMAT, GST_TIME_ARGS (cut->in_point));
  }
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_properties_of_pads)
{
  Rig rig;
  GstChildProxy *proxy;
  gboolean skip, last;
  guint order;
  gdouble weight;
  guint64 start, end;
  g_autofree gchar *pins = NULL;

  rig_init (&rig, 1, FALSE);
  proxy = GST_CHILD_PROXY (rig.out->element);
  gst_child_proxy_get (proxy, "clip_0::weight", &weight, NULL);
  fail_unless_equals_float (weight, 1);
  gst_child_proxy_set (proxy, "clip_0::skip", TRUE, "clip_0::last", TRUE,
      "clip_0::order", 3, "clip_0::weight", 2.5, "clip_0::window-start",
      GST_SECOND, "clip_0::window-end", 2 * GST_SECOND, "clip_0::pins", "1,2=3",
      NULL);
  gst_child_proxy_get (proxy, "clip_0::skip", &skip, "clip_0::last", &last,
      "clip_0::order", &order, "clip_0::weight", &weight,
      "clip_0::window-start", &start, "clip_0::window-end", &end,
      "clip_0::pins", &pins, NULL);
  fail_unless (skip && last);
  fail_unless_equals_int (order, 3);
  fail_unless_equals_float (weight, 2.5);
  fail_unless_equals_uint64 (start, GST_SECOND);
  fail_unless_equals_uint64 (end, 2 * GST_SECOND);
  fail_unless_equals_string (pins, "1,2=3");
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_wrong_pins)
{
  Rig rig;

  rig_init (&rig, 1, FALSE);
  gst_child_proxy_set (GST_CHILD_PROXY (rig.out->element), "clip_0::pins",
      "1,soon", NULL);
  end_all (&rig);
  expect_error (&rig, "clip_0: 'soon' is no pin");
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_rules_of_element)
{
  static const gchar rules[] =
      "{\"schema\": \"gst-montage/clips\", \"version\": 1, \"clips\": ["
      "{\"clip\": \"*1*\", \"first\": true}]}";
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;
  g_autofree gchar *text = NULL;
  gint scarcity;

  rig_init (&rig, 3, FALSE);
  g_object_set (rig.out->element, "clip-rules", rules, "scarcity",
      GST_MONTAGE_SCARCITY_SHORTEN, NULL);
  g_object_get (rig.out->element, "clip-rules", &text, "scarcity", &scarcity,
      NULL);
  fail_unless_equals_string (text, rules);
  fail_unless_equals_int (scarcity, GST_MONTAGE_SCARCITY_SHORTEN);
  end_all (&rig);
  plan = pull_plan (&rig);
  fail_unless_equals_int (source_at (plan, 0), 1);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_wrong_rules_of_element)
{
  static const gchar *const rows[][2] = {{" {\"schema\": \"gst-montage/plan\"}",
                                             "gst-montage/clips"},
      {"/no/such/clips.json", "'/no/such/clips.json' cannot be read"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Rig rig;

    rig_init (&rig, 1, FALSE);
    g_object_set (rig.out->element, "clip-rules", rows[i][0], NULL);
    end_all (&rig);
    expect_error (&rig, rows[i][1]);
    rig_clear (&rig);
  }
}
GST_END_TEST;

GST_START_TEST (test_planner_error)
{
  Rig rig;
  g_autoptr (GstMontageShotList) clip = test_clip_new (0, 1, 0.1, 30, 1);

  rig_init (&rig, 1, FALSE);
  end_music (&rig);
  gst_harness_push_event (rig.clips[0], gst_montage_event_new_shots (clip));
  gst_harness_push_event (rig.clips[0], gst_event_new_eos ());
  expect_error (&rig, "No clip can be used");
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_broken_document)
{
  Rig rig;

  rig_init (&rig, 1, FALSE);
  gst_harness_set_src_caps_str (rig.music, GST_MONTAGE_CAPS_BEATS);
  gst_harness_push (rig.music, gst_buffer_new_wrapped (g_strdup ("{"), 1));
  gst_harness_push_event (rig.music, gst_event_new_eos ());
  expect_error (&rig, "music");
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_release_of_the_last_open_branch)
{
  Rig rig;
  g_autoptr (GstMontagePlan) plan = NULL;

  rig_init (&rig, 2, FALSE);
  end_music (&rig);
  end_clip (&rig, 0);
  rig.n_clips = 1;
  gst_harness_teardown (rig.clips[1]);
  plan = pull_plan (&rig);
  fail_unless_equals_int (plan->sources->len, 1);
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_flush_forgets)
{
  Rig rig;
  g_autoptr (GstMontageShotList) clip = test_clip_new (9, 4, 6, 30, 1);
  g_autoptr (GstMontagePlan) plan = NULL;
  GstSegment segment;

  rig_init (&rig, 1, FALSE);
  end_clip (&rig, 0);
  gst_harness_push_event (rig.clips[0], gst_event_new_flush_start ());
  gst_harness_push_event (rig.clips[0], gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (rig.clips[0], gst_event_new_segment (&segment));
  end_music (&rig);
  gst_harness_push_event (rig.clips[0], gst_montage_event_new_shots (clip));
  gst_harness_push_event (rig.clips[0], gst_event_new_eos ());
  plan = pull_plan (&rig);
  fail_unless_equals_string (g_array_index (plan->sources, GstMontageSource, 0)
                                 .uri,
      "file:///clips/clip9.mp4");
  rig_clear (&rig);
}
GST_END_TEST;

GST_START_TEST (test_reuse_after_ready)
{
  gchar *texts[2];

  for (guint run = 0; run < 2; run++) {
    Rig rig;
    g_autoptr (GstMontagePlan) plan = NULL;

    rig_init (&rig, 1, FALSE);
    if (run == 1) {
      gst_element_set_state (rig.out->element, GST_STATE_READY);
      gst_element_set_state (rig.out->element, GST_STATE_PLAYING);
      gst_harness_set_src_caps_str (rig.music, AUDIO_CAPS);
      gst_harness_set_src_caps_str (rig.clips[0], VIDEO_CAPS);
    }
    end_music (&rig);
    end_clip (&rig, 0);
    plan = pull_plan (&rig);
    g_object_get (rig.out->element, "plan", &texts[run], NULL);
    rig_clear (&rig);
  }
  fail_unless_equals_string (texts[0], texts[1]);
  g_free (texts[0]);
  g_free (texts[1]);
}
GST_END_TEST;

GST_START_TEST (test_writes_the_form_that_is_asked_for)
{
  Rig rig;
  g_autoptr (GstElement)
      element = gst_element_factory_make ("cutplanner", NULL);
  g_autoptr (GstCaps) xges = gst_caps_from_string (GST_MONTAGE_CAPS_XGES);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  gst_object_ref_sink (element);
  if (!gst_caps_can_intersect (caps, xges))
    return; /* built without GES */
  rig_init (&rig, 1, FALSE);
  gst_harness_set_sink_caps_str (rig.out, GST_MONTAGE_CAPS_XGES);
  end_music (&rig);
  end_clip (&rig, 0);
  /* Such a project needs its files, and they exist only as documents. */
  expect_error (&rig, "clip0.mp4");
  rig_clear (&rig);
}
GST_END_TEST;

static gchar *
plan_as (const gchar *caps)
{
  g_autoptr (GstBuffer) buffer = NULL;
  g_auto (GstBufferMapInfo) map = GST_MAP_INFO_INIT;
  gchar *text;
  Rig rig;

  rig_init (&rig, 1, FALSE);
  gst_harness_set_sink_caps_str (rig.out, caps);
  end_music (&rig);
  end_clip (&rig, 0);
  buffer = gst_harness_pull (rig.out);
  fail_unless (buffer != NULL);
  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  text = g_strndup ((const gchar *) map.data, map.size);
  rig_clear (&rig);
  return text;
}

GST_START_TEST (test_writes_texts_for_editing_tools)
{
  g_autofree gchar *otio = plan_as (GST_MONTAGE_CAPS_OTIO);
  g_autofree gchar *edl = plan_as (GST_MONTAGE_CAPS_EDL);

  fail_unless (strstr (otio, "\"Timeline.1\"") != NULL, "%.200s", otio);
  fail_unless (strstr (otio, "clip0.mp4\"") != NULL);
  fail_unless (g_str_has_prefix (edl, "TITLE: "), "%.200s", edl);
  fail_unless (strstr (edl, "\n002  CLIP0 ") != NULL, "%.400s", edl);
}
GST_END_TEST;

GST_START_TEST (test_pads_and_caps)
{
  g_autoptr (GstElement)
      element = gst_element_factory_make ("cutplanner", NULL);
  static const gchar *const accepted[][2] = {
      {"clip_5", VIDEO_CAPS},
      {"clip_6", "video/x-raw(memory:DMABuf), format=NV12"},
      {"clip_7", GST_MONTAGE_CAPS_SHOTS},
      {"music", "audio/x-raw, format=F32LE"},
  };

  gst_object_ref_sink (element);
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++) {
    g_autoptr (GstPad)
        pad = gst_element_request_pad_simple (element, accepted[i][0]);
    g_autoptr (GstCaps) caps = gst_caps_from_string (accepted[i][1]);
    g_autoptr (GstCaps) wrong = gst_caps_from_string ("text/plain");
    fail_unless (pad != NULL);
    fail_unless (gst_pad_query_accept_caps (pad, caps));
    fail_if (gst_pad_query_accept_caps (pad, wrong));
  }
  {
    g_autoptr (GstPad)
        pad = gst_element_request_pad_simple (element, "clip_%u");
    fail_unless_equals_string (GST_PAD_NAME (pad), "clip_0");
  }
  fail_unless (gst_element_request_pad_simple (element, "clip_x") == NULL);
}
GST_END_TEST;

static Suite *
cutplanner_suite (void)
{
  Suite *suite = suite_create ("cutplanner");
  TCase *tests = tcase_create ("element");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_plans_at_the_end_of_all_branches);
  tcase_add_test (tests, test_takes_stored_documents);
  tcase_add_test (tests, test_properties);
  tcase_add_test (tests, test_revisions_keep_what_was_shown);
  tcase_add_test (tests, test_messages_are_posted_without_a_lock);
  tcase_add_test (tests, test_branch_without_shots);
  tcase_add_test (tests, test_no_music);
  tcase_add_test (tests, test_no_clips);
  tcase_add_test (tests, test_rules_of_pads);
  tcase_add_test (tests, test_properties_of_pads);
  tcase_add_test (tests, test_wrong_pins);
  tcase_add_test (tests, test_rules_of_element);
  tcase_add_test (tests, test_wrong_rules_of_element);
  tcase_add_test (tests, test_planner_error);
  tcase_add_test (tests, test_broken_document);
  tcase_add_test (tests, test_release_of_the_last_open_branch);
  tcase_add_test (tests, test_flush_forgets);
  tcase_add_test (tests, test_reuse_after_ready);
  tcase_add_test (tests, test_writes_the_form_that_is_asked_for);
  tcase_add_test (tests, test_writes_texts_for_editing_tools);
  tcase_add_test (tests, test_pads_and_caps);

  return suite;
}

GST_CHECK_MAIN (cutplanner);
