/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "terminal.h"

G_BEGIN_DECLS

#define TOOL_NAME "gst-montage-1.0"

/* Exit statuses. */
typedef enum
{
  TOOL_OK = 0,
  TOOL_FAILED = 1,
  TOOL_USAGE = 2,
  TOOL_CANCELLED = 130
} ToolStatus;

/**
 * ToolSession:
 *
 * One run of a command: what it says, and how it is stopped. SIGINT, SIGTERM
 * and SIGHUP cancel @cancellable; the command then cleans up and ends. A second
 * signal ends the process at once, without its temporary files.
 */
typedef struct
{
  ToolTerminal *terminal;
  GCancellable *cancellable;
  /*< private >*/
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
} ToolSession;

void tool_session_begin (ToolSession *self, gboolean json);
void tool_session_end (ToolSession *self);
/* The sentence of @error, if any, and the exit status that it means. Takes
 * @error. */
ToolStatus tool_session_finish (ToolSession *self, GError *error);
/* The same before there is a session. @command: for the hint, nullable. */
ToolStatus tool_report (gboolean json, const gchar *command, GError *error);

G_END_DECLS
