/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "session.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "jsontext.h"
#include "outputs.h"
#include "values.h"

static gboolean
on_signal (gpointer data)
{
  ToolSession *self = data;

  if (g_cancellable_is_cancelled (self->cancellable)) {
    tool_outputs_remove_all ();
    _exit (TOOL_CANCELLED);
  }
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

/* Commands block, so signals are waited for beside them. */
static gpointer
wait_for_signals (gpointer data)
{
  ToolSession *self = data;
  static const gint signals[] = {SIGINT, SIGTERM, SIGHUP};

  g_main_context_push_thread_default (self->context);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++) {
    g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);

    g_source_set_callback (source, on_signal, self, NULL);
    g_source_attach (source, self->context);
  }
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

void
tool_session_begin (ToolSession *self, gboolean json)
{
  self->terminal = tool_terminal_new (json);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("signals", wait_for_signals, self);
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
tool_session_end (ToolSession *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* From inside the loop: it may not run yet. */
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  tool_terminal_free (self->terminal);
}

static ToolStatus
status_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TOOL_CANCELLED;
  if (error->domain == TOOL_USAGE_ERROR || error->domain == G_OPTION_ERROR)
    return TOOL_USAGE;
  return TOOL_FAILED;
}

static void
print_json_error (const gchar *sentence)
{
  g_autoptr (GString) out = g_string_new (NULL);

  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "error", sentence);
  tool_json_end (out, '}');
  tool_json_line (out);
  tool_out (out->str);
}

ToolStatus
tool_report (gboolean json, const gchar *command, GError *error)
{
  ToolStatus status = status_of (error);
  g_autofree gchar *sentence = status == TOOL_CANCELLED
      ? g_strdup ("Cancelled; nothing was written.")
      : tool_printable (error->message);

  if (json)
    print_json_error (sentence);
  fprintf (stderr, TOOL_NAME ": %s\n", sentence);
  if (status == TOOL_USAGE && command != NULL)
    fprintf (stderr, "See: " TOOL_NAME "%s%s --help\n",
        *command != '\0' ? " " : "", command);
  g_error_free (error);
  return status;
}

ToolStatus
tool_session_finish (ToolSession *self, GError *error)
{
  gboolean json = tool_terminal_is_json (self->terminal);

  tool_terminal_close (self->terminal);
  tool_session_end (self);
  return error == NULL ? TOOL_OK : tool_report (json, NULL, error);
}
