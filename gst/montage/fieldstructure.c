/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/enums.h>
#include <gst/montage/error.h>
#include <gst/montage/field-private.h>

/* Fields of a GstStructure are named like properties: the group and the
 * member, joined by dashes. */
static gchar *
structure_name (const gchar *prefix, const gchar *name)
{
  gchar *joined = prefix ? g_strdup_printf ("%s-%s", prefix, name)
                         : g_strdup (name);

  return g_strdelimit (joined, "_", '-');
}

static void
set_member (GstStructure *structure, const gchar *name,
    const GstMontageField *field, gconstpointer at)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      gst_structure_set (structure, name, G_TYPE_BOOLEAN,
          *(const gboolean *) at, NULL);
      break;
    case GST_MONTAGE_FIELD_INT:
      gst_structure_set (structure, name, G_TYPE_INT, *(const gint *) at, NULL);
      break;
    case GST_MONTAGE_FIELD_UINT:
      gst_structure_set (structure, name, G_TYPE_UINT, *(const guint *) at,
          NULL);
      break;
    case GST_MONTAGE_FIELD_DOUBLE:
      gst_structure_set (structure, name, G_TYPE_DOUBLE, *(const gdouble *) at,
          NULL);
      break;
    case GST_MONTAGE_FIELD_ENUM:
      gst_structure_set (structure, name, G_TYPE_STRING,
          gst_montage_enum_nick (field->enum_type (), *(const gint *) at),
          NULL);
      break;
    case GST_MONTAGE_FIELD_STRING:
      if (*(gchar *const *) at)
        gst_structure_set (structure, name, G_TYPE_STRING, *(gchar *const *) at,
            NULL);
      break;
    default:
      break;
  }
}

void
gst_montage_fields_to_structure (const GstMontageFieldTable *table,
    gconstpointer data, const gchar *prefix, GstStructure *structure)
{
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    gconstpointer at = (const gchar *) data + field->offset;
    g_autofree gchar *name = structure_name (prefix, field->name);

    if (gst_montage_field_is_silent (field, at))
      continue;
    if (field->type == GST_MONTAGE_FIELD_OBJECT)
      gst_montage_fields_to_structure (field->table, at, name, structure);
    else
      set_member (structure, name, field, at);
  }
}

static gboolean
get_enum (const GstMontageField *field, const GValue *value, gint *at)
{
  GEnumClass *klass = g_type_class_ref (field->enum_type ());
  const gchar *nick = g_value_get_string (value);
  const GEnumValue *entry = nick ? g_enum_get_value_by_nick (klass, nick)
                                 : NULL;

  if (entry)
    *at = entry->value;
  g_type_class_unref (klass);
  return entry != NULL;
}

static gboolean
get_member (const GstMontageField *field, const GValue *value, gpointer at)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      if (!G_VALUE_HOLDS_BOOLEAN (value))
        return FALSE;
      *(gboolean *) at = g_value_get_boolean (value);
      break;
    case GST_MONTAGE_FIELD_INT:
    case GST_MONTAGE_FIELD_UINT:
      /* gst-launch-1.0 writes plain numbers as int. */
      if (G_VALUE_HOLDS_INT (value) && g_value_get_int (value) >= 0)
        *(gint *) at = g_value_get_int (value);
      else if (G_VALUE_HOLDS_UINT (value))
        *(guint *) at = g_value_get_uint (value);
      else
        return FALSE;
      break;
    case GST_MONTAGE_FIELD_DOUBLE:
      if (!G_VALUE_HOLDS_DOUBLE (value))
        return FALSE;
      *(gdouble *) at = g_value_get_double (value);
      break;
    case GST_MONTAGE_FIELD_ENUM:
      if (!G_VALUE_HOLDS_STRING (value) || !get_enum (field, value, at))
        return FALSE;
      break;
    case GST_MONTAGE_FIELD_STRING:
      if (!G_VALUE_HOLDS_STRING (value))
        return FALSE;
      g_free (*(gchar **) at);
      *(gchar **) at = g_value_dup_string (value);
      break;
    default:
      return TRUE;
  }
  return gst_montage_field_value_fits (field, field->type, at);
}

gboolean
gst_montage_fields_from_structure (const GstMontageFieldTable *table,
    gpointer data, const gchar *prefix, const GstStructure *structure,
    GError **error)
{
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    gpointer at = G_STRUCT_MEMBER_P (data, field->offset);
    g_autofree gchar *name = structure_name (prefix, field->name);
    const GValue *value;

    if (field->type == GST_MONTAGE_FIELD_OBJECT) {
      if (!gst_montage_fields_from_structure (field->table, at, name, structure,
              error))
        return FALSE;
      continue;
    }
    value = gst_structure_get_value (structure, name);
    if (value && !get_member (field, value, at)) {
      g_autofree gchar *text = gst_value_serialize (value);
      g_autofree gchar *right = gst_montage_field_describe (field);

      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s is %s: %s is expected.", name, text, right);
      return FALSE;
    }
  }
  return TRUE;
}
