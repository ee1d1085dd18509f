/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/enums.h>
#include <gst/montage/field-private.h>
#include <gst/montage/json.h>

/* Objects without objects or lists in them stand in one line, so that a list
 * of beats reads as a table. */
typedef struct
{
  GString *out;
  guint depth;
} Writer;

static void write_object (Writer *self, const GstMontageFieldTable *table,
    gconstpointer data);

static void
new_line (Writer *self)
{
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < self->depth; i++)
    g_string_append (self->out, "  ");
}

static gboolean
is_plain (const GstMontageField *field)
{
  return field->type != GST_MONTAGE_FIELD_OBJECT
      && field->type != GST_MONTAGE_FIELD_POINTER
      && (field->type != GST_MONTAGE_FIELD_ARRAY || !field->table);
}

/* Plain, and short enough for one line. */
static gboolean
is_flat (const GstMontageFieldTable *table)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (!is_plain (&table->fields[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_fallback (const GstMontageField *field, gconstpointer at)
{
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
    case GST_MONTAGE_FIELD_INT:
    case GST_MONTAGE_FIELD_ENUM:
      return *(const gint *) at == (gint) field->fallback;
    case GST_MONTAGE_FIELD_UINT:
      return *(const guint *) at == (guint) field->fallback;
    case GST_MONTAGE_FIELD_UINT64:
      return *(const guint64 *) at == (guint64) field->fallback;
    case GST_MONTAGE_FIELD_DOUBLE:
      return *(const gdouble *) at == field->fallback;
    case GST_MONTAGE_FIELD_STRING:
      return g_strcmp0 (*(gchar *const *) at, field->fallback_string) == 0;
    case GST_MONTAGE_FIELD_ARRAY:
      return (*(GArray *const *) at)->len == 0;
    default:
      return FALSE;
  }
}

gboolean
gst_montage_field_is_silent (const GstMontageField *field, gconstpointer at)
{
  if (!(field->flags & GST_MONTAGE_FIELD_SPARSE))
    return FALSE;
  if (field->type != GST_MONTAGE_FIELD_OBJECT)
    return has_fallback (field, at);
  for (guint i = 0; i < field->table->n_fields; i++) {
    const GstMontageField *member = &field->table->fields[i];

    if (!has_fallback (member, (const gchar *) at + member->offset))
      return FALSE;
  }
  return TRUE;
}

static void
write_string (Writer *self, const gchar *text)
{
  if (text)
    gst_montage_json_append_string (self->out, text);
  else
    g_string_append (self->out, "null");
}

static void
write_value (Writer *self, const GstMontageField *field,
    GstMontageFieldType type, gconstpointer at)
{
  gboolean nullable = (field->flags & GST_MONTAGE_FIELD_NULLABLE) != 0;

  switch (type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      g_string_append (self->out, *(const gboolean *) at ? "true" : "false");
      break;
    case GST_MONTAGE_FIELD_INT:
      g_string_append_printf (self->out, "%d", *(const gint *) at);
      break;
    case GST_MONTAGE_FIELD_UINT:
      g_string_append_printf (self->out, "%u", *(const guint *) at);
      break;
    case GST_MONTAGE_FIELD_UINT64:
      if (*(const guint64 *) at == GST_CLOCK_TIME_NONE)
        g_string_append (self->out, "null");
      else
        g_string_append_printf (self->out, "%" G_GUINT64_FORMAT,
            *(const guint64 *) at);
      break;
    case GST_MONTAGE_FIELD_DOUBLE:
      if (nullable && *(const gdouble *) at == 0)
        g_string_append (self->out, "null");
      else
        gst_montage_json_append_double (self->out, *(const gdouble *) at);
      break;
    case GST_MONTAGE_FIELD_ENUM:
      write_string (self,
          gst_montage_enum_nick (field->enum_type (), *(gint *) at));
      break;
    case GST_MONTAGE_FIELD_FRACTION:
      g_string_append_printf (self->out, "\"%d/%d\"", ((gint *) at)[0],
          ((gint *) at)[1]);
      break;
    case GST_MONTAGE_FIELD_COLOR:
      g_string_append_printf (self->out, "\"#%06x\"", *(const guint *) at);
      break;
    default:
      write_string (self, *(gchar *const *) at);
      break;
  }
}

static void
write_strings (Writer *self, GStrv strings)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; strings && strings[i]; i++) {
    if (i > 0)
      g_string_append (self->out, ", ");
    write_string (self, strings[i]);
  }
  g_string_append_c (self->out, ']');
}

static void
write_values (Writer *self, const GstMontageField *field, const GArray *array)
{
  gsize size = gst_montage_field_type_size (field->element);

  g_string_append_c (self->out, '[');
  for (guint i = 0; i < array->len; i++) {
    if (i > 0)
      g_string_append (self->out, ", ");
    write_value (self, field, field->element, array->data + i * size);
  }
  g_string_append_c (self->out, ']');
}

static void
write_objects (Writer *self, const GstMontageField *field, const GArray *array)
{
  g_string_append_c (self->out, '[');
  self->depth++;
  for (guint i = 0; i < array->len; i++) {
    if (i > 0)
      g_string_append_c (self->out, ',');
    new_line (self);
    write_object (self, field->table, array->data + i * field->table->size);
  }
  self->depth--;
  if (array->len > 0)
    new_line (self);
  g_string_append_c (self->out, ']');
}

static void
write_field (Writer *self, const GstMontageField *field, gconstpointer at)
{
  gst_montage_json_append_string (self->out, field->name);
  g_string_append (self->out, ": ");
  switch (field->type) {
    case GST_MONTAGE_FIELD_OBJECT:
      write_object (self, field->table, at);
      break;
    case GST_MONTAGE_FIELD_POINTER:
      write_object (self, field->table, *(gconstpointer const *) at);
      break;
    case GST_MONTAGE_FIELD_ARRAY:
      if (field->table)
        write_objects (self, field, *(GArray *const *) at);
      else
        write_values (self, field, *(GArray *const *) at);
      break;
    case GST_MONTAGE_FIELD_STRINGS:
      write_strings (self, *(GStrv const *) at);
      break;
    default:
      write_value (self, field, field->type, at);
      break;
  }
}

static void
write_fields (Writer *self, const GstMontageFieldTable *table,
    gconstpointer data)
{
  gboolean flat = is_flat (table), first = TRUE;
  guint given = gst_montage_fields_given (table, data);

  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    gconstpointer at = (const gchar *) data + field->offset;

    if (gst_montage_field_is_silent (field, at) && !(given & 1u << i))
      continue;
    if (!first)
      g_string_append (self->out, flat ? ", " : ",");
    if (!flat)
      new_line (self);
    write_field (self, field, at);
    first = FALSE;
  }
}

static void
write_object (Writer *self, const GstMontageFieldTable *table,
    gconstpointer data)
{
  if (!data) {
    g_string_append (self->out, "null");
    return;
  }
  g_string_append_c (self->out, '{');
  self->depth++;
  write_fields (self, table, data);
  self->depth--;
  if (!is_flat (table))
    new_line (self);
  g_string_append_c (self->out, '}');
}

gchar *
gst_montage_fields_to_json (const GstMontageFieldTable *table,
    gconstpointer data)
{
  Writer self = {g_string_new (NULL), 0};

  write_object (&self, table, data);
  return g_string_free (self.out, FALSE);
}

gchar *
gst_montage_field_to_text (const GstMontageField *field, gconstpointer at)
{
  Writer self = {NULL, 0};

  if (field->type == GST_MONTAGE_FIELD_ENUM)
    return g_strdup (
        gst_montage_enum_nick (field->enum_type (), *(const gint *) at));
  if (field->type == GST_MONTAGE_FIELD_STRING && *(gchar *const *) at)
    return g_strdup (*(gchar *const *) at);
  self.out = g_string_new (NULL);
  write_value (&self, field, field->type, at);
  return g_string_free (self.out, FALSE);
}

gchar *
gst_montage_document_write (const GstMontageDocument *type, gconstpointer data)
{
  Writer self = {g_string_sized_new (4096), 1};

  g_string_append (self.out, "{\n  \"schema\": ");
  gst_montage_json_append_string (self.out, type->schema);
  g_string_append_printf (self.out, ",\n  \"version\": %u", type->version);
  for (guint i = 0; i < type->table->n_fields; i++) {
    const GstMontageField *field = &type->table->fields[i];
    gconstpointer at = (const gchar *) data + field->offset;

    if (gst_montage_field_is_silent (field, at))
      continue;
    g_string_append_c (self.out, ',');
    new_line (&self);
    write_field (&self, field, at);
  }
  g_string_append (self.out, "\n}\n");
  return g_string_free (self.out, FALSE);
}
