/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ToolTerminal:
 *
 * What a command says while it works. On a terminal: one line on stderr that
 * is drawn again and again. Elsewhere: a plain line at each new stage and every
 * 10 %. As JSON: one object per line on stdout. Any thread may speak.
 */
typedef struct _ToolTerminal ToolTerminal;

ToolTerminal *tool_terminal_new (gboolean json);
void tool_terminal_free (ToolTerminal *self);
gboolean tool_terminal_is_json (const ToolTerminal *self);

/* @seconds_left: -1 where it is not known. */
void tool_terminal_progress (ToolTerminal *self, const gchar *stage,
    gdouble percent, gdouble seconds_left);
/* A sentence for the user that is no failure: stderr, or {"note": …}. */
void tool_terminal_note (ToolTerminal *self, const gchar *sentence);
/* The progress line is over; what is printed next starts on a line of its
 * own. */
void tool_terminal_close (ToolTerminal *self);

/* Columns of the terminal that stdout is, 100 where it is none. */
guint tool_terminal_columns (void);
/* Raw bytes, whatever the locale. */
void tool_out (const gchar *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolTerminal, tool_terminal_free)

G_END_DECLS
