/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>

#include <gst/montage/montage.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const GstMontageInstructions *read)
{
  g_autofree gchar *json = NULL;
  g_autoptr (GstMontageInstructions) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gst_montage_instructions_validate (read, NULL));
  json = gst_montage_instructions_to_json (read);
  again = gst_montage_instructions_from_json (json, -1, "fuzz", &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

/* Whatever the sentence is, it is refused with an error or its instructions
 * are valid and read back as they are; so are those of a conversation whose
 * turns are its lines, or where it says the same once more. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static GstMontageStyles *styles;
  g_autoptr (GstMontageInstructions) read = NULL;
  g_autofree gchar *prompt = g_strndup ((const gchar *) data, size);
  g_auto (GStrv) turns = g_strsplit (prompt, "\n", 8);
  g_autoptr (GError) error = NULL;

  if (!styles) {
    gst_init (NULL, NULL);
    styles = gst_montage_styles_load (NULL, &error);
    g_assert_no_error (error);
  }
  read = gst_montage_prompt_read (styles, NULL, prompt, &error);
  if (!read) {
    g_assert_nonnull (error);
    return 0;
  }
  g_assert_no_error (error);
  check (read);
  for (guint i = 0; turns[i]; i++) {
    GstMontageInstructions *next = gst_montage_prompt_refine (styles, read,
        turns[i], &error);

    g_assert_no_error (error);
    check (next);
    gst_montage_instructions_free (read);
    read = next;
  }
  return 0;
}
