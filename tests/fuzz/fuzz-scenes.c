/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

/* Whatever a model answers about pictures, a scene holds nothing but words of
 * the vocabulary and the user's own, and can be written and read. */

#define N_PICTURES 3

static void
check_scene (const GstMontageScene *scene, const gchar *const *rules)
{
  for (guint i = 0; scene->tags && scene->tags[i]; i++)
    g_assert_true (g_strv_contains (gst_montage_scene_tags (), scene->tags[i]));
  for (guint i = 0; scene->rules && scene->rules[i]; i++)
    g_assert_true (g_strv_contains (rules, scene->rules[i]));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const gchar *const rules[] = {"people arguing", "the sea", NULL};
  GstMontageScene *scenes[N_PICTURES] = {NULL};
  g_autoptr (GstMontageShotList) list = gst_montage_shot_list_new ();
  g_autoptr (GstMontageShotList) again = NULL;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *json = NULL;

  if (!gst_montage_scene_answer_read ((const gchar *) data, (gssize) size,
          rules, "m", scenes, N_PICTURES, faults, &error)) {
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  for (guint i = 0; i < N_PICTURES; i++) {
    GstMontageShot *shot = gst_montage_shot_list_append (list);

    shot->start = i;
    shot->end = list->duration = i + 1;
    shot->scene = scenes[i];
    if (scenes[i])
      check_scene (scenes[i], rules);
  }
  list->fps_n = 25;
  json = gst_montage_shot_list_to_json (list);
  again = gst_montage_shot_list_from_json (json, -1, "fuzz", &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
  return 0;
}
