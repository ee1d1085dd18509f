/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include <gst/montage/error.h>
#include <gst/montage/field-private.h>

/* Size in bytes of a plain value. */
gsize
gst_montage_field_type_size (GstMontageFieldType type)
{
  switch (type) {
    case GST_MONTAGE_FIELD_UINT64:
      return sizeof (guint64);
    case GST_MONTAGE_FIELD_DOUBLE:
      return sizeof (gdouble);
    case GST_MONTAGE_FIELD_STRING:
    case GST_MONTAGE_FIELD_STRINGS:
    case GST_MONTAGE_FIELD_POINTER:
    case GST_MONTAGE_FIELD_ARRAY:
      return sizeof (gpointer);
    case GST_MONTAGE_FIELD_FRACTION:
      return 2 * sizeof (gint);
    default:
      return sizeof (gint);
  }
}

static gsize
element_size (const GstMontageField *field)
{
  return field->table ? field->table->size
                      : gst_montage_field_type_size (field->element);
}

static gboolean
is_limited (const GstMontageField *field)
{
  return field->minimum < field->maximum;
}

/* ---- life ---- */

static void
init_field (const GstMontageField *field, gpointer at)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
    case GST_MONTAGE_FIELD_INT:
    case GST_MONTAGE_FIELD_ENUM:
      *(gint *) at = (gint) field->fallback;
      break;
    case GST_MONTAGE_FIELD_UINT:
    case GST_MONTAGE_FIELD_COLOR:
      *(guint *) at = (guint) field->fallback;
      break;
    case GST_MONTAGE_FIELD_UINT64:
      *(guint64 *) at = (guint64) field->fallback;
      break;
    case GST_MONTAGE_FIELD_DOUBLE:
      *(gdouble *) at = field->fallback;
      break;
    case GST_MONTAGE_FIELD_STRING:
      *(gchar **) at = g_strdup (field->fallback_string);
      break;
    case GST_MONTAGE_FIELD_STRINGS:
      *(GStrv *) at = NULL;
      break;
    case GST_MONTAGE_FIELD_FRACTION:
      ((gint *) at)[0] = (gint) field->fallback;
      ((gint *) at)[1] = 1;
      break;
    case GST_MONTAGE_FIELD_OBJECT:
      gst_montage_fields_init (field->table, at);
      break;
    case GST_MONTAGE_FIELD_POINTER:
      *(gpointer *) at = field->flags & GST_MONTAGE_FIELD_NULLABLE
          ? NULL
          : gst_montage_fields_new (field->table);
      break;
    case GST_MONTAGE_FIELD_ARRAY:
      *(GArray **) at = g_array_new (FALSE, TRUE, (guint) element_size (field));
      break;
  }
}

gpointer
gst_montage_fields_new (const GstMontageFieldTable *table)
{
  gpointer data = g_malloc0 (table->size);

  gst_montage_fields_init (table, data);
  return data;
}

void
gst_montage_fields_init (const GstMontageFieldTable *table, gpointer data)
{
  for (guint i = 0; i < table->n_fields; i++)
    init_field (&table->fields[i],
        G_STRUCT_MEMBER_P (data, table->fields[i].offset));
  if (table->given_offset > 0)
    G_STRUCT_MEMBER (guint, data, table->given_offset) = 0;
}

static void
clear_array (const GstMontageField *field, GArray *array)
{
  if (!array)
    return;
  if (field->table)
    for (guint i = 0; i < array->len; i++)
      gst_montage_fields_clear (field->table,
          array->data + i * field->table->size);
  g_array_unref (array);
}

static void
clear_field (const GstMontageField *field, gpointer at)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_STRING:
      g_clear_pointer ((gchar **) at, g_free);
      break;
    case GST_MONTAGE_FIELD_STRINGS:
      g_clear_pointer ((GStrv *) at, g_strfreev);
      break;
    case GST_MONTAGE_FIELD_OBJECT:
      gst_montage_fields_clear (field->table, at);
      break;
    case GST_MONTAGE_FIELD_POINTER:
      if (*(gpointer *) at)
        gst_montage_fields_clear (field->table, *(gpointer *) at);
      g_clear_pointer ((gpointer *) at, g_free);
      break;
    case GST_MONTAGE_FIELD_ARRAY:
      clear_array (field, g_steal_pointer ((GArray **) at));
      break;
    default:
      break;
  }
}

void
gst_montage_fields_clear (const GstMontageFieldTable *table, gpointer data)
{
  for (guint i = 0; i < table->n_fields; i++)
    clear_field (&table->fields[i],
        G_STRUCT_MEMBER_P (data, table->fields[i].offset));
}

void
gst_montage_field_assign (const GstMontageField *field, gconstpointer from,
    gpointer to)
{
  if (field->type == GST_MONTAGE_FIELD_STRING) {
    gchar *copy = g_strdup (*(gchar *const *) from);

    g_free (*(gchar **) to);
    *(gchar **) to = copy;
  } else {
    memcpy (to, from, gst_montage_field_type_size (field->type));
  }
}

static GArray *
copy_array (const GstMontageField *field, const GArray *array)
{
  GArray *copy = g_array_new (FALSE, TRUE, (guint) element_size (field));

  if (!array || array->len == 0)
    return copy;
  if (!field->table)
    return g_array_append_vals (copy, array->data, array->len);
  g_array_set_size (copy, array->len);
  for (guint i = 0; i < array->len; i++)
    gst_montage_fields_copy (field->table, array->data + i * field->table->size,
        copy->data + i * field->table->size);
  return copy;
}

static void
copy_field (const GstMontageField *field, gconstpointer from, gpointer to)
{
  gconstpointer pointer;

  switch (field->type) {
    case GST_MONTAGE_FIELD_STRING:
      *(gchar **) to = g_strdup (*(gchar *const *) from);
      break;
    case GST_MONTAGE_FIELD_STRINGS:
      *(GStrv *) to = g_strdupv (*(GStrv const *) from);
      break;
    case GST_MONTAGE_FIELD_OBJECT:
      gst_montage_fields_copy (field->table, from, to);
      break;
    case GST_MONTAGE_FIELD_POINTER:
      pointer = *(gconstpointer const *) from;
      *(gpointer *) to = pointer ? g_malloc0 (field->table->size) : NULL;
      if (pointer)
        gst_montage_fields_copy (field->table, pointer, *(gpointer *) to);
      break;
    case GST_MONTAGE_FIELD_ARRAY:
      *(GArray **) to = copy_array (field, *(GArray *const *) from);
      break;
    default:
      memcpy (to, from, gst_montage_field_type_size (field->type));
      break;
  }
}

guint
gst_montage_fields_given (const GstMontageFieldTable *table, gconstpointer data)
{
  return table->given_offset > 0
      ? *(const guint *) ((const gchar *) data + table->given_offset)
      : 0;
}

/* @destination holds nothing that has to be freed. */
void
gst_montage_fields_copy (const GstMontageFieldTable *table,
    gconstpointer source, gpointer destination)
{
  for (guint i = 0; i < table->n_fields; i++) {
    gsize offset = table->fields[i].offset;

    copy_field (&table->fields[i], (const gchar *) source + offset,
        G_STRUCT_MEMBER_P (destination, offset));
  }
  if (table->given_offset > 0)
    G_STRUCT_MEMBER (guint, destination,
        table->given_offset) = gst_montage_fields_given (table, source);
}

static gboolean
arrays_equal (const GstMontageField *field, const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  if (!field->table)
    return a->len == 0
        || memcmp (a->data, b->data, a->len * element_size (field)) == 0;
  for (guint i = 0; i < a->len; i++)
    if (!gst_montage_fields_equal (field->table,
            a->data + i * field->table->size, b->data + i * field->table->size))
      return FALSE;
  return TRUE;
}

static gboolean
strings_equal (gchar *const *a, gchar *const *b)
{
  if (!a || !b)
    return a == b;
  return g_strv_equal ((const gchar *const *) a, (const gchar *const *) b);
}

static gboolean
field_equal (const GstMontageField *field, gconstpointer a, gconstpointer b)
{
  gconstpointer x;
  gconstpointer y;

  switch (field->type) {
    case GST_MONTAGE_FIELD_STRING:
      return g_strcmp0 (*(gchar *const *) a, *(gchar *const *) b) == 0;
    case GST_MONTAGE_FIELD_STRINGS:
      return strings_equal (*(GStrv const *) a, *(GStrv const *) b);
    case GST_MONTAGE_FIELD_OBJECT:
      return gst_montage_fields_equal (field->table, a, b);
    case GST_MONTAGE_FIELD_POINTER:
      x = *(gconstpointer const *) a;
      y = *(gconstpointer const *) b;
      return x && y ? gst_montage_fields_equal (field->table, x, y) : x == y;
    case GST_MONTAGE_FIELD_ARRAY:
      return arrays_equal (field, *(GArray *const *) a, *(GArray *const *) b);
    default:
      return memcmp (a, b, gst_montage_field_type_size (field->type)) == 0;
  }
}

gboolean
gst_montage_fields_equal (const GstMontageFieldTable *table, gconstpointer a,
    gconstpointer b)
{
  for (guint i = 0; i < table->n_fields; i++) {
    gsize offset = table->fields[i].offset;

    if (!field_equal (&table->fields[i], (const gchar *) a + offset,
            (const gchar *) b + offset))
      return FALSE;
  }
  return TRUE;
}

/* ---- what would be right, for messages and reference pages ---- */

static gchar *
describe_range (const GstMontageField *field, const gchar *what)
{
  gchar low[G_ASCII_DTOSTR_BUF_SIZE];
  gchar high[G_ASCII_DTOSTR_BUF_SIZE];

  if (!is_limited (field))
    return g_strdup (what);
  g_ascii_formatd (low, sizeof (low), "%.15g", field->minimum);
  g_ascii_formatd (high, sizeof (high), "%.15g", field->maximum);
  return g_strdup_printf ("%s from %s to %s", what, low, high);
}

static gchar *
describe_enum (const GstMontageField *field)
{
  GEnumClass *klass = g_type_class_ref (field->enum_type ());
  GString *words = g_string_new ("one of ");

  for (guint i = 0; i < klass->n_values; i++)
    g_string_append_printf (words, "%s%s", i ? ", " : "",
        klass->values[i].value_nick);
  g_type_class_unref (klass);
  return g_string_free (words, FALSE);
}

gchar *
gst_montage_field_describe (const GstMontageField *field)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      return g_strdup ("true or false");
    case GST_MONTAGE_FIELD_INT:
      return describe_range (field, "a whole number");
    case GST_MONTAGE_FIELD_UINT:
    case GST_MONTAGE_FIELD_UINT64:
      return describe_range (field,
          is_limited (field) ? "a whole number" : "a whole number, 0 or more");
    case GST_MONTAGE_FIELD_DOUBLE:
      return describe_range (field, "a number");
    case GST_MONTAGE_FIELD_ENUM:
      return describe_enum (field);
    case GST_MONTAGE_FIELD_STRING:
      return g_strdup ("a string");
    case GST_MONTAGE_FIELD_STRINGS:
      return g_strdup ("a list of strings");
    case GST_MONTAGE_FIELD_FRACTION:
      return g_strdup ("a fraction like \"30000/1001\"");
    case GST_MONTAGE_FIELD_COLOR:
      return g_strdup ("a colour like \"#ff8000\"");
    case GST_MONTAGE_FIELD_OBJECT:
    case GST_MONTAGE_FIELD_POINTER:
      return g_strdup ("an object");
    case GST_MONTAGE_FIELD_ARRAY:
      return g_strdup ("a list");
  }
  return NULL;
}

/* ---- validation of data that is not from JSON ---- */

static gboolean
number_fits (const GstMontageField *field, gdouble value)
{
  return isfinite (value)
      && (!is_limited (field)
          || (value >= field->minimum && value <= field->maximum));
}

static gboolean
enum_fits (const GstMontageField *field, gint value)
{
  GEnumClass *klass = g_type_class_ref (field->enum_type ());
  gboolean found = g_enum_get_value (klass, value) != NULL;

  g_type_class_unref (klass);
  return found;
}

gboolean
gst_montage_field_value_fits (const GstMontageField *field,
    GstMontageFieldType type, gconstpointer at)
{
  gboolean nullable = (field->flags & GST_MONTAGE_FIELD_NULLABLE) != 0;

  switch (type) {
    case GST_MONTAGE_FIELD_INT:
      return number_fits (field, *(const gint *) at);
    case GST_MONTAGE_FIELD_UINT:
      return number_fits (field, *(const guint *) at);
    case GST_MONTAGE_FIELD_UINT64:
      if (*(const guint64 *) at == GST_CLOCK_TIME_NONE)
        return nullable;
      return *(const guint64 *) at <= G_MAXINT64
          && number_fits (field, (gdouble) * (const guint64 *) at);
    case GST_MONTAGE_FIELD_DOUBLE:
      return (nullable && *(const gdouble *) at == 0)
          || number_fits (field, *(const gdouble *) at);
    case GST_MONTAGE_FIELD_ENUM:
      return enum_fits (field, *(const gint *) at);
    case GST_MONTAGE_FIELD_STRING:
      return *(gchar *const *) at
          ? g_utf8_validate (*(gchar *const *) at, -1, NULL)
          : nullable;
    case GST_MONTAGE_FIELD_FRACTION:
      return ((const gint *) at)[0] >= 0 && ((const gint *) at)[1] > 0
          && number_fits (field,
              ((const gint *) at)[0] / (gdouble) ((const gint *) at)[1]);
    case GST_MONTAGE_FIELD_COLOR:
      return *(const guint *) at <= 0xffffff;
    case GST_MONTAGE_FIELD_POINTER:
      return *(gconstpointer const *) at || nullable;
    default:
      return TRUE;
  }
}

gchar *
gst_montage_field_path (const gchar *path, const gchar *name)
{
  return path && *path ? g_strdup_printf ("%s.%s", path, name)
                       : g_strdup (name);
}

static gboolean
validate_array (const GstMontageField *field, const GArray *array,
    const gchar *path, GError **error)
{
  for (guint i = 0; i < array->len; i++) {
    g_autofree gchar *place = g_strdup_printf ("%s[%u]", path, i);
    gconstpointer at = array->data + i * element_size (field);

    if (field->table) {
      if (!gst_montage_fields_validate (field->table, at, place, error))
        return FALSE;
    } else if (!gst_montage_field_value_fits (field, field->element, at)) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s is out of range.", place);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
validate_field (const GstMontageField *field, gconstpointer at,
    const gchar *path, GError **error)
{
  if (!gst_montage_field_value_fits (field, field->type, at)) {
    g_autofree gchar *right = gst_montage_field_describe (field);

    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s is out of range: %s is expected.", path, right);
    return FALSE;
  }
  switch (field->type) {
    case GST_MONTAGE_FIELD_OBJECT:
      return gst_montage_fields_validate (field->table, at, path, error);
    case GST_MONTAGE_FIELD_POINTER:
      at = *(gconstpointer const *) at;
      return !at || gst_montage_fields_validate (field->table, at, path, error);
    case GST_MONTAGE_FIELD_ARRAY:
      return validate_array (field, *(GArray *const *) at, path, error);
    default:
      return TRUE;
  }
}

gboolean
gst_montage_fields_validate (const GstMontageFieldTable *table,
    gconstpointer data, const gchar *path, GError **error)
{
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    g_autofree gchar *place = gst_montage_field_path (path, field->name);

    if (!validate_field (field, (const gchar *) data + field->offset, place,
            error))
      return FALSE;
  }
  return TRUE;
}
