/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "documents.h"

#include <errno.h>
#include <unistd.h>

#include <gst/montage/json.h>
#include <gst/pipelines/mediafiles.h>

static gboolean
read_all (const gchar *path, gchar **text, gsize *length, GError **error)
{
  g_autoptr (GIOChannel) input = NULL;

  if (!g_str_equal (path, "-"))
    return g_file_get_contents (path, text, length, error);
  input = g_io_channel_unix_new (STDIN_FILENO);
  g_io_channel_set_encoding (input, NULL, NULL);
  return g_io_channel_read_to_end (input, text, length, error)
      == G_IO_STATUS_NORMAL;
}

/* @kind: "plan" */
static gboolean
load (const gchar *path, const gchar *kind, gchar **text, gsize *length,
    GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree gchar *name = NULL;

  if (read_all (path, text, length, &cause))
    return TRUE;
  name = montage_media_name (path);
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "The %s '%s' cannot be read: %s.", kind, name,
      cause->code == G_FILE_ERROR_NOENT ? "there is no such file"
                                        : g_strerror (errno));
  return FALSE;
}

GstMontagePlan *
tool_plan_load (const gchar *path, GError **error)
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *name = montage_media_name (path);
  gsize length = 0;

  if (!load (path, "plan", &text, &length, error))
    return NULL;
  return gst_montage_plan_from_json (text, length, name, error);
}

static gboolean
is_plan (JsonNode *root)
{
  JsonNode *schema = JSON_NODE_HOLDS_OBJECT (root)
      ? json_object_get_member (json_node_get_object (root), "schema")
      : NULL;

  return schema != NULL && JSON_NODE_HOLDS_VALUE (schema)
      && g_strcmp0 (json_node_get_string (schema), "gst-montage/plan") == 0;
}

GstMontageInstructions *
tool_instructions_load (const gchar *path, GError **error)
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *name = montage_media_name (path);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GstMontagePlan) plan = NULL;
  gsize length = 0;

  if (!load (path, "conversation", &text, &length, error))
    return NULL;
  root = gst_montage_json_parse (text, length, name, error);
  if (root == NULL)
    return NULL;
  if (!is_plan (root))
    return gst_montage_instructions_from_json (text, length, name, error);
  plan = gst_montage_plan_from_json (text, length, name, error);
  return plan != NULL ? gst_montage_instructions_copy (plan->instructions)
                      : NULL;
}
