/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/field-private.h>
#include <gst/montage/fieldcoerce.h>
#include <gst/montage/json.h>

typedef struct
{
  GString *out;
  GstMontageSchemaLevel level;
  GstMontageFieldChoices choices;
  gpointer data;
} Writer;

static void write_object (Writer *self, const GstMontageFieldTable *table,
    const gchar *path);

/* Every object here has members before the ones that are added. */
static void
write_member (Writer *self, const gchar *name, const gchar *text)
{
  g_string_append_printf (self->out, ",\"%s\":", name);
  gst_montage_json_append_string (self->out, text);
}

static void
write_words (Writer *self, const gchar *const *words)
{
  g_string_append (self->out, ",\"enum\":[");
  for (guint i = 0; words[i]; i++) {
    if (i > 0)
      g_string_append_c (self->out, ',');
    gst_montage_json_append_string (self->out, words[i]);
  }
  g_string_append_c (self->out, ']');
}

static void
write_nicks (Writer *self, GType type)
{
  GEnumClass *klass = g_type_class_ref (type);
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();

  for (guint i = 0; i < klass->n_values; i++)
    g_ptr_array_add (nicks, (gpointer) klass->values[i].value_nick);
  g_ptr_array_add (nicks, NULL);
  write_words (self, (const gchar *const *) nicks->pdata);
  g_type_class_unref (klass);
}

static void
write_number (Writer *self, const GstMontageField *field, const gchar *type)
{
  if (field->flags & GST_MONTAGE_FIELD_NULLABLE)
    g_string_append_printf (self->out, "[\"%s\",\"null\"]", type);
  else
    g_string_append_printf (self->out, "\"%s\"", type);
  if (self->level != GST_MONTAGE_SCHEMA_FULL
      || field->minimum >= field->maximum)
    return;
  g_string_append (self->out, ",\"minimum\":");
  gst_montage_json_append_double (self->out, field->minimum);
  g_string_append (self->out, ",\"maximum\":");
  gst_montage_json_append_double (self->out, field->maximum);
}

static void
write_string (Writer *self, const gchar *path)
{
  const gchar *const *words = self->choices ? self->choices (path, self->data)
                                            : NULL;

  g_string_append (self->out, "\"string\"");
  if (words)
    write_words (self, words);
}

static void
write_list (Writer *self, const GstMontageField *field, const gchar *path)
{
  g_string_append (self->out, "\"array\",\"items\":");
  if (field->type == GST_MONTAGE_FIELD_ARRAY && field->table) {
    write_object (self, field->table, path);
    return;
  }
  g_string_append (self->out, "{\"type\":");
  write_string (self, path);
  g_string_append_c (self->out, '}');
}

static void
write_field (Writer *self, const GstMontageField *field, const gchar *path)
{
  if (field->type == GST_MONTAGE_FIELD_OBJECT) {
    write_object (self, field->table, path);
    return;
  }
  g_string_append (self->out, "{\"type\":");
  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      g_string_append (self->out, "\"boolean\"");
      break;
    case GST_MONTAGE_FIELD_INT:
    case GST_MONTAGE_FIELD_UINT:
      write_number (self, field, "integer");
      break;
    case GST_MONTAGE_FIELD_DOUBLE:
      write_number (self, field, "number");
      break;
    case GST_MONTAGE_FIELD_ENUM:
      g_string_append (self->out, "\"string\"");
      write_nicks (self, field->enum_type ());
      break;
    case GST_MONTAGE_FIELD_STRING:
      write_string (self, path);
      break;
    default:
      write_list (self, field, path);
      break;
  }
  write_member (self, "description", field->description);
  g_string_append_c (self->out, '}');
}

/* The first field of a table is not sparse. */
static void
write_object (Writer *self, const GstMontageFieldTable *table,
    const gchar *path)
{
  g_string_append (self->out,
      "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[");
  for (guint i = 0; i < table->n_fields; i++)
    if (!(table->fields[i].flags & GST_MONTAGE_FIELD_SPARSE))
      g_string_append_printf (self->out, "%s\"%s\"", i > 0 ? "," : "",
          table->fields[i].name);
  g_string_append (self->out, "],\"properties\":{");
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    g_autofree gchar *place = gst_montage_field_path (path, field->name);

    if (field->flags & GST_MONTAGE_FIELD_SPARSE)
      continue;
    g_string_append_printf (self->out, "%s\"%s\":", i > 0 ? "," : "",
        field->name);
    write_field (self, field, place);
  }
  g_string_append (self->out, "}}");
}

gchar *
gst_montage_fields_to_schema (const GstMontageFieldTable *table,
    GstMontageSchemaLevel level, GstMontageFieldChoices choices, gpointer data)
{
  Writer self = {g_string_new (NULL), level, choices, data};

  write_object (&self, table, "");
  return g_string_free (self.out, FALSE);
}
