/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ToolOutputs:
 *
 * The files that a command writes: all or none. Each is checked before any
 * work, written under a temporary name in the folder of its target (the same
 * file system, so the rename at the end is atomic), and renamed when all are
 * complete. Freed before that, it removes what it has begun.
 */
typedef struct _ToolOutputs ToolOutputs;

ToolOutputs *tool_outputs_new (gboolean force);
void tool_outputs_free (ToolOutputs *self);

/* Makes folder @path and those above it where they are not there; they are
 * removed again where nothing was written into them. */
gboolean
tool_outputs_make_folder (ToolOutputs *self, const gchar *path, GError **error);
/* A file that is read: it is never replaced, even by force. */
void tool_outputs_protect (ToolOutputs *self, const gchar *path);
/* Whether what is written outlasts a loss of power, which costs milliseconds a
 * file (default: TRUE); not needed for what can be had again at once. */
void tool_outputs_set_durable (ToolOutputs *self, gboolean durable);
/* Checks that @path can be written: its folder is there and takes files, and
 * no file is there unless forced. Returns its index, or -1. */
gint tool_outputs_add (ToolOutputs *self, const gchar *path, GError **error);
const gchar *tool_outputs_path (const ToolOutputs *self, gint index);
/* Creates the temporary file on the first call. */
const gchar *
tool_outputs_temporary (ToolOutputs *self, gint index, GError **error);
/* Another temporary file beside the target, removed in any case. */
gchar *tool_outputs_scratch (ToolOutputs *self, gint index, GError **error);
gboolean tool_outputs_write (ToolOutputs *self, gint index, const gchar *data,
    gssize length, GError **error);
/* Everything to the disk and to its name. */
gboolean tool_outputs_commit (ToolOutputs *self, GError **error);
/* Removes the temporary files of all objects alive; safe in a process that is
 * about to die. */
void tool_outputs_remove_all (void);
/* TRUE where the file system that holds @path has no room left. */
gboolean tool_outputs_disk_is_full (const gchar *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolOutputs, tool_outputs_free)

G_END_DECLS
