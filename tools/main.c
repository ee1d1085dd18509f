/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <locale.h>
#include <stdio.h>

#include "commands.h"
#include "values.h"

typedef struct
{
  const gchar *name;
  const gchar *summary;
  ToolStatus (*run) (GStrv arguments);
} Command;

static const Command commands[] = {
    {"make", "make a film from clips, a song and a sentence", tool_cmd_make},
    {"analyze", "find the beats of songs and the shots of clips",
        tool_cmd_analyze},
    {"direct", "show how a sentence is understood", tool_cmd_direct},
    {"plan", "plan a film, render nothing", tool_cmd_plan},
    {"replan", "plan a film anew from a cut on", tool_cmd_replan},
    {"render", "render the film of a plan", tool_cmd_render},
    {"join", "join the parts of a film that were rendered apart",
        tool_cmd_join},
    {"export", "write a plan as a project of an editing tool", tool_cmd_export},
    {"why", "say why a shot is in the film", tool_cmd_why},
    {"styles", "show the styles and their values", tool_cmd_styles},
    {"doctor", "say what is missing on this machine", tool_cmd_doctor},
};

static void
print_help (FILE *stream)
{
  fputs ("Usage: " TOOL_NAME " COMMAND [OPTION...]\n\n"
         "Cuts video clips to music, as a sentence asks for.\n\nCommands:\n",
      stream);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-9s %s\n", commands[i].name, commands[i].summary);
  fputs ("\n" TOOL_NAME " COMMAND --help shows the options of a command.\n"
         "For example:\n"
         "  " TOOL_NAME " make --music song.ogg --prompt \"slow, warm, 40 "
         "seconds\" -o film.mp4 footage/\n",
      stream);
}

static ToolStatus
unknown (const gchar *name)
{
  GError *error = NULL;

  tool_usage_error (&error, "'%s' is no command.", name);
  return tool_report (FALSE, "", error);
}

static const Command *
find_command (const gchar *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* A command may end while its last output is still to be written, and a full
 * disk is found only then. */
static ToolStatus
close_output (ToolStatus status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  fputs (TOOL_NAME ": The output cannot be written: its disk may be full; make "
                   "room or send it elsewhere.\n",
      stderr);
  return status == TOOL_OK ? TOOL_FAILED : status;
}

static ToolStatus
run (GStrv arguments)
{
  const gchar *name = arguments[0];
  const Command *command;

  if (name == NULL) {
    print_help (stderr);
    return TOOL_USAGE;
  }
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h")
      || g_str_equal (name, "help")) {
    print_help (stdout);
    return TOOL_OK;
  }
  if (g_str_equal (name, "--version")) {
    g_autofree gchar *version = gst_version_string ();

    printf (TOOL_NAME " " VERSION " (%s)\n", version);
    return TOOL_OK;
  }
  command = find_command (name);
  return command != NULL ? command->run (arguments) : unknown (name);
}

/* Below a prefix of its own, e.g. /usr/local, the plugins stand where GStreamer
 * does not look. */
static void
find_own_plugins (void)
{
  g_autoptr (GstElementFactory)
      found = gst_element_factory_find ("montagetimeline");

  if (found == NULL && g_file_test (GST_MONTAGE_PLUGINSDIR, G_FILE_TEST_IS_DIR))
    gst_registry_scan_path (gst_registry_get (), GST_MONTAGE_PLUGINSDIR);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = g_strdupv (argv + (argc > 0 ? 1 : 0));
  ToolStatus status;

  setlocale (LC_ALL, "");
  g_set_prgname (TOOL_NAME);
  gst_init (NULL, NULL);
  find_own_plugins ();
  status = close_output (run (arguments));
  return status;
}
