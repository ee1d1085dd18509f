/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "clipoptions.h"

#include "values.h"

static gboolean
add_file (GstMontageClipRules *rules, const gchar *path, GError **error)
{
  g_autoptr (GstMontageClipRules)
      read = gst_montage_clip_rules_load (path, error);

  gst_montage_clip_rules_merge (rules, read);
  return read != NULL;
}

/* Only here is it known where names begin that lead upwards. */
static void
make_absolute (GstMontageClipRule *rule)
{
  gchar *path;

  if (!g_str_has_prefix (rule->clip, "./")
      && !g_str_has_prefix (rule->clip, "../"))
    return;
  path = g_canonicalize_filename (rule->clip, NULL);
  g_free (rule->clip);
  rule->clip = path;
}

static gboolean
add_text (GstMontageClipRules *rules, const gchar *kind, const gchar *text,
    GError **error)
{
  guint n_before = rules->rules->len;
  g_autoptr (GError) cause = NULL;
  /* A name that is not UTF-8 is compared as it is shown. */
  g_autofree gchar *shown = g_utf8_validate (text, -1, NULL)
      ? g_strdup (text)
      : g_filename_display_name (text);

  if (!gst_montage_clip_rules_add_text (rules, kind, shown, &cause))
    return tool_usage_error (error, "--%s", cause->message);
  for (guint i = n_before; i < rules->rules->len; i++)
    make_absolute (&g_array_index (rules->rules, GstMontageClipRule, i));
  return TRUE;
}

gboolean
tool_clip_options_read (ToolClipOptions *self, GError **error)
{
  const struct
  {
    const gchar *kind;
    gchar **texts;
  } options[] = {{"skip", self->skip}, {"show", self->show},
      {"first", self->first}, {"last", self->last}, {"order", self->order},
      {"pin", self->pin}, {"window", self->window}, {"weight", self->weight}};

  self->rules = gst_montage_clip_rules_new ();
  for (gchar **file = self->files; file != NULL && *file != NULL; file++)
    if (!add_file (self->rules, *file, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++) {
    for (gchar **text = options[i].texts; text != NULL && *text != NULL;
         text++) {
      if (options[i].texts == self->order && g_str_equal (*text, "given"))
        self->given_order = TRUE;
      else if (!add_text (self->rules, options[i].kind, *text, error))
        return FALSE;
    }
  }
  return self->scarce_text == NULL
      || tool_value_enum ("--scarce", self->scarce_text,
          GST_TYPE_MONTAGE_SCARCITY, &self->scarcity, error);
}

void
tool_clip_options_clear (ToolClipOptions *self)
{
  g_strfreev (self->files);
  g_strfreev (self->skip);
  g_strfreev (self->show);
  g_strfreev (self->first);
  g_strfreev (self->last);
  g_strfreev (self->order);
  g_strfreev (self->pin);
  g_strfreev (self->window);
  g_strfreev (self->weight);
  g_free (self->scarce_text);
  g_clear_pointer (&self->rules, gst_montage_clip_rules_free);
}
