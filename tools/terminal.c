/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "terminal.h"

#include <gst/montage/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "values.h"

#define DRAW_INTERVAL_US (100 * 1000)
#define JSON_INTERVAL_US (200 * 1000)
#define BAR_CELLS 24
#define PLAIN_STEP 10

struct _ToolTerminal
{
  GMutex lock; /* protects everything below and the streams */
  gboolean json;
  gboolean tty;
  gboolean drawn; /* a progress line stands on the terminal */
  gint64 last_draw;
  gchar *last_stage;
  gint last_step; /* plain: percent / PLAIN_STEP; JSON: percent * 10 */
};

ToolTerminal *
tool_terminal_new (gboolean json)
{
  ToolTerminal *self = g_new0 (ToolTerminal, 1);

  g_mutex_init (&self->lock);
  self->json = json;
  self->tty = !json && isatty (STDERR_FILENO)
      && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  self->last_step = -1;
  return self;
}

void
tool_terminal_free (ToolTerminal *self)
{
  tool_terminal_close (self);
  g_mutex_clear (&self->lock);
  g_free (self->last_stage);
  g_free (self);
}

gboolean
tool_terminal_is_json (const ToolTerminal *self)
{
  return self->json;
}

void
tool_out (const gchar *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

static guint
columns_of (gint fd, guint otherwise)
{
  struct winsize size = {0};

  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return otherwise;
}

guint
tool_terminal_columns (void)
{
  return columns_of (STDOUT_FILENO, 100);
}

static void
draw_bar (ToolTerminal *self, const gchar *stage, gdouble percent,
    const gchar *left)
{
  g_autoptr (GString) bar = g_string_new (NULL);
  guint full = (guint) (percent / 100.0 * BAR_CELLS);
  g_autofree gchar *line = NULL;

  for (guint i = 0; i < BAR_CELLS; i++)
    g_string_append (bar, i < full ? "█" : "░");
  line = columns_of (STDERR_FILENO, 80) < 64
      ? g_strdup_printf ("%-8s %3.0f %% %s", stage, floor (percent), left)
      : g_strdup_printf ("%-8s %s %3.0f %%  %s", stage, bar->str,
          floor (percent), left);
  fprintf (stderr, "\r%s\033[K", line);
  fflush (stderr);
  self->drawn = TRUE;
}

static void
print_json (const gchar *stage, gdouble percent, gdouble seconds_left)
{
  g_autoptr (GString) out = g_string_new ("{\"stage\": ");

  gst_montage_json_append_string (out, stage);
  g_string_append (out, ", \"percent\": ");
  gst_montage_json_append_double (out, floor (percent * 10) / 10);
  g_string_append (out, ", \"seconds_left\": ");
  if (seconds_left < 0)
    g_string_append (out, "null");
  else
    gst_montage_json_append_double (out, ceil (seconds_left));
  g_string_append (out, "}\n");
  tool_out (out->str);
}

/* The step that @percent is on; a new one is worth a line. */
static gint
step_of (const ToolTerminal *self, gdouble percent)
{
  return self->json ? (gint) (percent * 10) : (gint) percent / PLAIN_STEP;
}

static gboolean
is_due (const ToolTerminal *self, gboolean new_stage, gint step, gint64 now)
{
  gint64 interval = self->tty ? DRAW_INTERVAL_US : JSON_INTERVAL_US;

  if (new_stage)
    return TRUE;
  if (self->tty)
    return now - self->last_draw >= interval;
  if (step <= self->last_step)
    return FALSE;
  return !self->json || now - self->last_draw >= interval;
}

void
tool_terminal_progress (ToolTerminal *self, const gchar *stage, gdouble percent,
    gdouble seconds_left)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);
  gboolean new_stage = g_strcmp0 (stage, self->last_stage) != 0;
  gint step = step_of (self, percent);
  gint64 now = g_get_monotonic_time ();
  g_autofree gchar *span = NULL;
  g_autofree gchar *left = NULL;

  if (!is_due (self, new_stage, step, now))
    return;
  self->last_draw = now;
  self->last_step = MAX (self->last_step, step);
  if (new_stage) {
    g_free (self->last_stage);
    self->last_stage = g_strdup (stage);
  }
  if (self->json) {
    print_json (stage, percent, seconds_left);
    return;
  }
  if (seconds_left >= 0) {
    span = tool_span_text (seconds_left);
    left = g_strdup_printf ("%s left", span);
  }
  if (self->tty)
    draw_bar (self, stage, percent, left != NULL ? left : "");
  else
    fprintf (stderr, "%s: %.0f %%%s%s\n", stage, floor (percent),
        left != NULL ? ", " : "", left != NULL ? left : "");
}

/* Under the lock. */
static void
clear_line (ToolTerminal *self)
{
  if (!self->drawn)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  self->drawn = FALSE;
}

void
tool_terminal_note (ToolTerminal *self, const gchar *sentence)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);
  g_autofree gchar *line = tool_printable (sentence);

  clear_line (self);
  if (self->json) {
    g_autoptr (GString) out = g_string_new ("{\"note\": ");

    gst_montage_json_append_string (out, line);
    g_string_append (out, "}\n");
    tool_out (out->str);
    return;
  }
  fprintf (stderr, "gst-montage-1.0: %s\n", line);
}

void
tool_terminal_close (ToolTerminal *self)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);

  clear_line (self);
}
