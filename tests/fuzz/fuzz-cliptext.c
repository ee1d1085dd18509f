/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

/* What users say of clips: what is read can be written and read as a document;
 * what is refused has a reason. */
static void
try_kind (const gchar *kind, const gchar *text)
{
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();
  g_autoptr (GstMontageClipRules) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *json = NULL;

  if (!gst_montage_clip_rules_add_text (rules, kind, text, &error)) {
    g_assert_true (g_str_has_prefix (error->message, kind));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }
  g_assert_no_error (error);
  json = gst_montage_clip_rules_to_json (rules);
  again = gst_montage_clip_rules_from_json (json, -1, "again", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rules->rules->len; i++)
    gst_montage_clip_rule_holds (&g_array_index (rules->rules,
                                     GstMontageClipRule, i),
        "file:///films/day%201/a.mp4");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const gchar *const kinds[] = {"skip", "first", "last", "order",
      "weight", "window", "pin"};
  g_autofree gchar *text = g_strndup ((const gchar *) data, size);
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (GstMontagePin));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    try_kind (kinds[i], text);
  if (!gst_montage_pins_from_text (pins, text, &error))
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
