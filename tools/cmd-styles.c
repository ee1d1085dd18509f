/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "commands.h"
#include "jsontext.h"
#include "styletable.h"
#include "values.h"

typedef struct
{
  gboolean json;
  gchar **names;
} Styles;

static gboolean
parse (Styles *self, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
          "The styles as one JSON array", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->names,
          NULL, NULL},
      {NULL},
  };

  return tool_options_parse (arguments, "[NAME...]",
      "Shows the styles with all their values, and the words that call them.",
      entries, error);
}

static void
append_json (GString *out, const GstMontageStyle *style)
{
  g_autofree gchar *instructions = gst_montage_instructions_to_json (
      style->instructions);

  tool_json_line (out);
  tool_json_begin (out, NULL, '{');
  tool_json_string (out, "name", style->name);
  tool_json_string (out, "title", style->title);
  tool_json_string (out, "description", style->description);
  tool_json_begin (out, "keywords", '{');
  tool_json_strings (out, "en", (const gchar *const *) style->keywords_en);
  tool_json_strings (out, "de", (const gchar *const *) style->keywords_de);
  tool_json_end (out, '}');
  tool_json_string (out, "file", style->path);
  tool_json_raw (out, "instructions", instructions);
  tool_json_end (out, '}');
}

static gchar *
json_text (const GPtrArray *chosen)
{
  GString *out = g_string_new (NULL);

  tool_json_begin (out, NULL, '[');
  for (guint i = 0; i < chosen->len; i++)
    append_json (out, g_ptr_array_index (chosen, i));
  tool_json_end (out, ']');
  tool_json_line (out);
  return g_string_free (out, FALSE);
}

static gboolean
choose (const Styles *self, const GstMontageStyles *styles, GPtrArray *chosen,
    GError **error)
{
  if (self->names == NULL) {
    for (guint i = 0; i < gst_montage_styles_size (styles); i++)
      g_ptr_array_add (chosen, (gpointer) gst_montage_styles_get (styles, i));
    return TRUE;
  }
  for (guint i = 0; self->names[i] != NULL; i++) {
    const GstMontageStyle *style = gst_montage_styles_lookup (styles,
        self->names[i]);

    if (style == NULL) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "There is no style '%s'; " TOOL_NAME " styles shows them all.",
          self->names[i]);
      return FALSE;
    }
    g_ptr_array_add (chosen, (gpointer) style);
  }
  return TRUE;
}

static gboolean
run (const Styles *self, GError **error)
{
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, error);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree gchar *text = NULL;

  if (styles == NULL || !choose (self, styles, chosen, error))
    return FALSE;
  text = self->json ? json_text (chosen)
                    : tool_style_table (chosen, tool_terminal_columns ());
  tool_out (text);
  return TRUE;
}

ToolStatus
tool_cmd_styles (GStrv arguments)
{
  Styles self = {0};
  GError *error = NULL;
  ToolStatus status = TOOL_OK;

  if (!parse (&self, &arguments, &error) || !run (&self, &error))
    status = tool_report (self.json, "styles", error);
  g_strfreev (self.names);
  return status;
}
