/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "directing.h"

#include "documents.h"

gboolean
tool_directing_load (const ToolDirecting *self, GstMontageInstructions **before,
    GError **error)
{
  if (self->from == NULL)
    return TRUE;
  *before = tool_instructions_load (self->from, error);
  return *before != NULL;
}

void
tool_directing_clear (ToolDirecting *self)
{
  g_free (self->models);
  g_free (self->from);
}

void
tool_asking (ToolTerminal *terminal, const gchar *backend)
{
  g_autofree gchar *sentence = g_strdup_printf ("Asking %s …", backend);

  tool_terminal_note (terminal, sentence);
}

void
tool_sending_pictures (ToolTerminal *terminal, const gchar *backend)
{
  g_autofree gchar *sentence =
      g_strdup_printf ("Small pictures of the shots are sent to %s …", backend);

  tool_terminal_note (terminal, sentence);
}
