/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/error.h>
#include <gst/montage/field-private.h>
#include <gst/montage/json.h>

/* How much of a wrong value a message quotes, in bytes. */
#define QUOTE_BYTES 60

static gboolean
refuse (const GstMontageField *field, JsonNode *node, const gchar *path,
    GError **error)
{
  g_autofree gchar *value = json_to_string (node, FALSE);
  g_autofree gchar *right = gst_montage_field_describe (field);

  if (strlen (value) > QUOTE_BYTES) {
    g_autofree gchar *cut = g_utf8_make_valid (value, QUOTE_BYTES);

    g_free (value);
    value = g_strconcat (cut, "…", NULL);
  }
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "%s is %s: %s is expected.", path, value, right);
  return FALSE;
}

static gboolean
read_enum (const GstMontageField *field, const gchar *nick, gint *at)
{
  GEnumClass *klass = g_type_class_ref (field->enum_type ());
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  if (value)
    *at = value->value;
  g_type_class_unref (klass);
  return value != NULL;
}

static gboolean
read_fraction (const gchar *text, gint *at)
{
  gint64 part[2];
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);

  if (g_strv_length (parts) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, i, G_MAXINT, &part[i], NULL))
      return FALSE;
  at[0] = (gint) part[0];
  at[1] = (gint) part[1];
  return TRUE;
}

static gboolean
read_color (const gchar *text, guint *at)
{
  guint64 value;

  if (text[0] != '#' || strlen (text) != 7
      || !g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &value, NULL))
    return FALSE;
  *at = (guint) value;
  return TRUE;
}

static gboolean
read_string_value (const GstMontageField *field, GstMontageFieldType type,
    const gchar *text, gpointer at)
{
  switch (type) {
    case GST_MONTAGE_FIELD_ENUM:
      return read_enum (field, text, at);
    case GST_MONTAGE_FIELD_FRACTION:
      return read_fraction (text, at);
    case GST_MONTAGE_FIELD_COLOR:
      return read_color (text, at);
    default:
      g_free (*(gchar **) at);
      *(gchar **) at = g_strdup (text);
      return TRUE;
  }
}

static gboolean
read_integer (GstMontageFieldType type, gint64 value, gpointer at)
{
  switch (type) {
    case GST_MONTAGE_FIELD_INT:
      *(gint *) at = (gint) value;
      return value >= G_MININT && value <= G_MAXINT;
    case GST_MONTAGE_FIELD_UINT:
      *(guint *) at = (guint) value;
      return value >= 0 && value <= G_MAXUINT;
    case GST_MONTAGE_FIELD_UINT64:
      *(guint64 *) at = (guint64) value;
      return value >= 0;
    default:
      *(gdouble *) at = (gdouble) value;
      return TRUE;
  }
}

/* A plain value, i.e. neither object nor list. */
static gboolean
read_value (const GstMontageField *field, GstMontageFieldType type,
    JsonNode *node, gpointer at)
{
  GType value_type = json_node_get_value_type (node);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  switch (type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      if (value_type != G_TYPE_BOOLEAN)
        return FALSE;
      *(gboolean *) at = json_node_get_boolean (node);
      return TRUE;
    case GST_MONTAGE_FIELD_INT:
    case GST_MONTAGE_FIELD_UINT:
    case GST_MONTAGE_FIELD_UINT64:
      return value_type == G_TYPE_INT64
          && read_integer (type, json_node_get_int (node), at)
          && gst_montage_field_value_fits (field, type, at);
    case GST_MONTAGE_FIELD_DOUBLE:
      if (value_type != G_TYPE_INT64 && value_type != G_TYPE_DOUBLE)
        return FALSE;
      *(gdouble *) at = json_node_get_double (node);
      return gst_montage_field_value_fits (field, type, at);
    default:
      return value_type == G_TYPE_STRING
          && read_string_value (field, type, json_node_get_string (node), at)
          && gst_montage_field_value_fits (field, type, at);
  }
}

static gboolean
read_strings (const GstMontageField *field, JsonArray *array, GStrv *at)
{
  guint n = json_array_get_length (array);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING)
      return FALSE;
    g_strv_builder_add (builder, json_node_get_string (node));
  }
  g_clear_pointer (at, g_strfreev);
  if (n > 0)
    *at = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_element (const GstMontageField *field, JsonNode *node, gpointer at,
    const gchar *path, GError **error)
{
  if (!field->table) {
    GstMontageField element = *field;

    element.type = field->element;
    return read_value (&element, element.type, node, at)
        || refuse (&element, node, path, error);
  }
  gst_montage_fields_init (field->table, at);
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s is not an object.", path);
    return FALSE;
  }
  return gst_montage_fields_read (field->table, at, json_node_get_object (node),
      path, error);
}

/* The array has its new length before an element is read, so that clearing it
 * after an error frees what has been read. */
static gboolean
read_array (const GstMontageField *field, JsonArray *json, GArray *array,
    const gchar *path, GError **error)
{
  guint n = json_array_get_length (json);

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *place = g_strdup_printf ("%s[%u]", path, i);

    g_array_set_size (array, i + 1);
    if (!read_element (field, json_array_get_element (json, i),
            array->data + i * g_array_get_element_size (array), place, error))
      return FALSE;
  }
  return TRUE;
}

static void
free_pointer (const GstMontageField *field, gpointer *at)
{
  if (*at)
    gst_montage_fields_clear (field->table, *at);
  g_clear_pointer (at, g_free);
}

static void
read_null (const GstMontageField *field, gpointer at)
{
  if (field->type == GST_MONTAGE_FIELD_STRING)
    g_clear_pointer ((gchar **) at, g_free);
  else if (field->type == GST_MONTAGE_FIELD_DOUBLE)
    *(gdouble *) at = 0;
  else if (field->type == GST_MONTAGE_FIELD_UINT64)
    *(guint64 *) at = GST_CLOCK_TIME_NONE;
  else if (field->type == GST_MONTAGE_FIELD_POINTER)
    free_pointer (field, at);
}

static gboolean
read_pointer (const GstMontageField *field, JsonNode *node, gpointer *at,
    const gchar *path, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (field, node, path, error);
  if (!*at)
    *at = gst_montage_fields_new (field->table);
  return gst_montage_fields_read (field->table, *at,
      json_node_get_object (node), path, error);
}

static gboolean
read_field (const GstMontageField *field, JsonNode *node, gpointer at,
    const gchar *path, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node)
      && (field->flags & GST_MONTAGE_FIELD_NULLABLE)) {
    read_null (field, at);
    return TRUE;
  }
  switch (field->type) {
    case GST_MONTAGE_FIELD_POINTER:
      return read_pointer (field, node, at, path, error);
    case GST_MONTAGE_FIELD_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node)
          ? gst_montage_fields_read (field->table, at,
              json_node_get_object (node), path, error)
          : refuse (field, node, path, error);
    case GST_MONTAGE_FIELD_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node) ? read_array (field,
                 json_node_get_array (node), *(GArray **) at, path, error)
                                          : refuse (field, node, path, error);
    case GST_MONTAGE_FIELD_STRINGS:
      return (JSON_NODE_HOLDS_ARRAY (node)
                 && read_strings (field, json_node_get_array (node), at))
          || refuse (field, node, path, error);
    default:
      return read_value (field, field->type, node, at)
          || refuse (field, node, path, error);
  }
}

static const GstMontageField *
find_field (const GstMontageFieldTable *table, const gchar *name)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (strcmp (table->fields[i].name, name) == 0)
      return &table->fields[i];
  return NULL;
}

static gboolean
check_members (const GstMontageFieldTable *table, JsonObject *object,
    const gchar *path, GError **error)
{
  JsonObjectIter iter;
  const gchar *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL)) {
    if (!find_field (table, name)) {
      g_autofree gchar *place = gst_montage_field_path (path, name);

      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s is no field of a %s.", place, table->name);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
gst_montage_fields_read (const GstMontageFieldTable *table, gpointer data,
    JsonObject *object, const gchar *path, GError **error)
{
  if (!check_members (table, object, path, error))
    return FALSE;
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    JsonNode *node = json_object_get_member (object, field->name);
    g_autofree gchar *place = gst_montage_field_path (path, field->name);

    if (!node && (field->flags & GST_MONTAGE_FIELD_OPTIONAL))
      continue;
    if (!node) {
      g_autofree gchar *right = gst_montage_field_describe (field);

      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s is missing: %s is expected.", place, right);
      return FALSE;
    }
    if (!read_field (field, node, G_STRUCT_MEMBER_P (data, field->offset),
            place, error))
      return FALSE;
    if (table->given_offset > 0)
      G_STRUCT_MEMBER (guint, data, table->given_offset) |= 1u << i;
  }
  return TRUE;
}

/* ---- documents ---- */

gpointer
gst_montage_document_new (const GstMontageDocument *type)
{
  return gst_montage_fields_new (type->table);
}

gpointer
gst_montage_document_copy (const GstMontageDocument *type, gconstpointer data)
{
  gpointer copy = g_malloc0 (type->table->size);

  gst_montage_fields_copy (type->table, data, copy);
  return copy;
}

void
gst_montage_document_free (const GstMontageDocument *type, gpointer data)
{
  if (!data)
    return;
  gst_montage_fields_clear (type->table, data);
  g_free (data);
}

/* The two members that every document begins with. */
static gboolean
check_head (const GstMontageDocument *type, JsonNode *root, GError **error)
{
  JsonNode *schema = NULL;
  JsonNode *version = NULL;

  if (JSON_NODE_HOLDS_OBJECT (root)) {
    schema = json_object_get_member (json_node_get_object (root), "schema");
    version = json_object_get_member (json_node_get_object (root), "version");
  }
  if (!schema || json_node_get_value_type (schema) != G_TYPE_STRING
      || strcmp (json_node_get_string (schema), type->schema) != 0) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_SCHEMA,
        "schema is not \"%s\".", type->schema);
    return FALSE;
  }
  if (!version || json_node_get_value_type (version) != G_TYPE_INT64
      || json_node_get_int (version) != type->version) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_SCHEMA,
        "version is not %u, the one that this program knows.", type->version);
    return FALSE;
  }
  return TRUE;
}

/* A copy of @object without the head. */
static JsonObject *
body_of (JsonObject *object)
{
  JsonObject *body = json_object_new ();
  JsonObjectIter iter;
  const gchar *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (strcmp (name, "schema") != 0 && strcmp (name, "version") != 0)
      json_object_set_member (body, name, json_node_ref (node));
  return body;
}

gpointer
gst_montage_document_read (const GstMontageDocument *type, const gchar *text,
    gssize length, const gchar *origin, GError **error)
{
  g_autoptr (JsonNode)
      root = gst_montage_json_parse (text, length, origin, error);

  if (!root)
    return NULL;
  if (!check_head (type, root, error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The document");
    return NULL;
  }

  g_autoptr (JsonObject) body = body_of (json_node_get_object (root));
  gpointer data = gst_montage_document_new (type);

  if (gst_montage_fields_read (type->table, data, body, "", error))
    return data;
  g_prefix_error (error, "%s: ", origin ? origin : "The document");
  gst_montage_document_free (type, data);
  return NULL;
}
