/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "montageuri.h"

GStrv
montage_clips_split (const gchar *text)
{
  g_autoptr (GPtrArray) clips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) clip = g_string_new (NULL);

  for (const gchar *p = text ? text : "";; p++) {
    if (p[0] == '\\' && p[1] == ';')
      g_string_append_c (clip, *++p);
    else if (*p && *p != ';')
      g_string_append_c (clip, *p);
    else {
      if (clip->len > 0)
        g_ptr_array_add (clips, g_strdup (clip->str));
      g_string_truncate (clip, 0);
      if (!*p)
        break;
    }
  }
  if (clips->len == 0)
    return NULL;
  g_ptr_array_add (clips, NULL);
  return g_strdupv ((gchar **) clips->pdata);
}

gchar *
montage_clips_join (const gchar *const *clips)
{
  GString *text;

  if (!clips || !clips[0])
    return NULL;
  text = g_string_new (NULL);
  for (; *clips; clips++) {
    for (const gchar *p = *clips; *p; p++) {
      if (*p == ';')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
    if (clips[1])
      g_string_append_c (text, ';');
  }
  return g_string_free (text, FALSE);
}

/* But "look": what somebody else has linked to must not send pictures. */
static gboolean
is_settable (const GParamSpec *pspec, GType owner)
{
  const GParamFlags both = G_PARAM_READWRITE;

  return pspec && pspec->owner_type == owner && (pspec->flags & both) == both
      && !g_str_equal (pspec->name, "look") && !G_IS_PARAM_SPEC_BOXED (pspec);
}

static gboolean
parse_value (const GParamSpec *pspec, const gchar *text, GValue *value)
{
  g_value_init (value, pspec->value_type);
  if (G_VALUE_HOLDS_STRING (value)) {
    g_value_set_string (value, text);
    return TRUE;
  }
  /* A value out of range would be clamped: that is refused. */
  return gst_value_deserialize (value, text)
      && !g_param_value_validate ((GParamSpec *) pspec, value);
}

typedef struct
{
  GParamSpec *pspec;
  GValue value;
} Setting;

static void
setting_clear (gpointer data)
{
  Setting *self = data;

  if (G_IS_VALUE (&self->value))
    g_value_unset (&self->value);
}

static gboolean
add_setting (GObject *object, GArray *settings, const gchar *pair,
    GError **error)
{
  g_auto (GStrv) parts = g_strsplit (pair, "=", 2);
  g_autofree gchar *name = g_uri_unescape_string (parts[0], NULL);
  g_autofree gchar *text = parts[1] ? g_uri_unescape_string (parts[1], NULL)
                                    : NULL;
  Setting setting = {NULL};

  if (!name || !text || !g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "'%s' in the URI is not of the form NAME=VALUE with escapes of the "
        "form %%XX.",
        pair);
    return FALSE;
  }
  setting.pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object),
      name);
  if (!is_settable (setting.pspec, G_OBJECT_TYPE (object))) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
        "'%s' in the URI is not a setting of a film: see gst-inspect-1.0 "
        "montagesrc.",
        name);
    return FALSE;
  }
  g_array_append_val (settings, setting);
  if (!parse_value (setting.pspec, text,
          &g_array_index (settings, Setting, settings->len - 1).value)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
        "'%s' is no value for '%s' of the URI: see gst-inspect-1.0 "
        "montagesrc.",
        text, name);
    return FALSE;
  }
  return TRUE;
}

gboolean
montage_uri_apply (GObject *object, const gchar *uri, GError **error)
{
  g_autoptr (GArray) settings = g_array_new (FALSE, TRUE, sizeof (Setting));
  g_auto (GStrv) pairs = NULL;
  const gchar *query = strchr (uri, '?');

  g_array_set_clear_func (settings, setting_clear);
  pairs = g_strsplit (query ? query + 1 : "", "&", -1);
  for (guint i = 0; pairs[i]; i++)
    if (*pairs[i] && !add_setting (object, settings, pairs[i], error))
      return FALSE;
  for (guint i = 0; i < settings->len; i++) {
    Setting *setting = &g_array_index (settings, Setting, i);

    g_object_set_property (object, setting->pspec->name, &setting->value);
  }
  return TRUE;
}

gchar *
montage_uri_new (GObject *object)
{
  GString *uri = g_string_new (MONTAGE_URI_PROTOCOL ":");
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;
  gchar separator = '?';

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object),
      &n_pspecs);
  for (guint i = 0; i < n_pspecs; i++) {
    g_auto (GValue) value = G_VALUE_INIT;
    g_autofree gchar *text = NULL;

    if (!is_settable (pspecs[i], G_OBJECT_TYPE (object)))
      continue;
    g_value_init (&value, pspecs[i]->value_type);
    g_object_get_property (object, pspecs[i]->name, &value);
    if (g_param_value_defaults (pspecs[i], &value))
      continue;
    text = G_VALUE_HOLDS_STRING (&value) ? g_value_dup_string (&value)
                                         : gst_value_serialize (&value);
    g_string_append_printf (uri, "%c%s=", separator, pspecs[i]->name);
    g_string_append_uri_escaped (uri, text, "/", FALSE);
    separator = '&';
  }
  return g_string_free (uri, FALSE);
}
