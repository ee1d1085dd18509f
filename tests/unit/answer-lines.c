/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: answer-lines full|plain|read
 * full, plain: prints the schema that models are given.
 * read: reads one answer per line and prints "taken", "changed: NOTE" or
 * "refused: FAULT" for each. For schema.py. */
#include <stdio.h>
#include <string.h>

#include <gst/montage/montage.h>

static void
judge (const gchar *line, const GstMontageStyles *styles)
{
  const GstMontageAnswerOptions options = {TRUE, TRUE};
  g_autoptr (GstMontageInstructions) before = gst_montage_instructions_new ();
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageInstructions)
      out = gst_montage_answer_read (line, -1, before, styles, &options,
          GST_MONTAGE_ORIGIN_OPENAI, NULL, faults, &error);

  if (!out)
    g_print ("refused: %s\n", error->message);
  else if (out->origin.notes)
    g_print ("changed: %s\n", out->origin.notes[0]);
  else
    g_print ("taken\n");
}

static void
judge_lines (const GstMontageStyles *styles)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (fileno (stdin));
  gchar *line;
  gsize end;

  while (g_io_channel_read_line (input, &line, NULL, &end, NULL)
      == G_IO_STATUS_NORMAL) {
    line[end] = '\0';
    judge (line, styles);
    g_free (line);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = NULL;
  g_autofree gchar *schema = NULL;

  gst_init (&argc, &argv);
  styles = gst_montage_styles_load (NULL, &error);
  g_assert_no_error (error);
  if (g_strcmp0 (argv[1], "read") == 0) {
    judge_lines (styles);
    return 0;
  }
  schema = gst_montage_answer_schema (styles,
      g_strcmp0 (argv[1], "plain") == 0 ? GST_MONTAGE_SCHEMA_PLAIN
                                        : GST_MONTAGE_SCHEMA_FULL);
  g_print ("%s\n", schema);
  return 0;
}
