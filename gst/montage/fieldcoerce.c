/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>
#include <string.h>

#include <gst/montage/field-private.h>
#include <gst/montage/fieldcoerce.h>
#include <gst/montage/json.h>

/* How much of a value that somebody else wrote a message quotes, in bytes. */
#define QUOTE_BYTES 40
/* More would only make the message unreadable. */
#define MAX_MESSAGES 40

/* Up to here every whole number is a double. */
#define MAX_EXACT 9007199254740992.0

typedef struct
{
  GstMontageFieldChoices choices;
  gpointer choices_data;
  GPtrArray *notes;
  GPtrArray *faults;
} Coercer;

static void coerce_object (Coercer *self, const GstMontageFieldTable *table,
    gpointer data, JsonObject *object, const gchar *path);

static void
    G_GNUC_PRINTF (2, 3) tell (GPtrArray *messages, const gchar *format, ...)
{
  va_list arguments;

  if (messages->len >= MAX_MESSAGES)
    return;
  va_start (arguments, format);
  g_ptr_array_add (messages, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

gchar *
gst_montage_quote_line (const gchar *text, gsize most)
{
  gsize length = strlen (text);
  g_autofree gchar *cut = g_utf8_make_valid (text, (gssize) MIN (length, most));
  GString *line = g_string_new (NULL);

  for (const gchar *p = cut; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (line, g_unichar_isprint (c) ? c : ' ');
  }
  if (length > most)
    g_string_append (line, "…");
  return g_string_free (line, FALSE);
}

static gchar *
quote (const gchar *text)
{
  return gst_montage_quote_line (text, QUOTE_BYTES);
}

static gchar *
quote_node (JsonNode *node)
{
  g_autofree gchar *text = json_to_string (node, FALSE);

  return quote (text);
}

static void
find_fault (Coercer *self, const GstMontageField *field, JsonNode *node,
    const gchar *path)
{
  g_autofree gchar *value = quote_node (node);
  g_autofree gchar *right = gst_montage_field_describe (field);

  tell (self->faults, "%s: %s is not %s", path, value, right);
}

/* ---- words ---- */

/* "Very slow" and "very-slow" are very_slow. */
static gchar *
fold_word (const gchar *text)
{
  gchar *word = g_strstrip (g_ascii_strdown (text, -1));

  return g_strdelimit (word, " -", '_');
}

static gboolean
coerce_enum (Coercer *self, const GstMontageField *field, JsonNode *node,
    gpointer at, const gchar *path)
{
  GEnumClass *klass;
  const GEnumValue *value;
  const gchar *text;
  g_autofree gchar *word = NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  text = json_node_get_string (node);
  word = fold_word (text);
  klass = g_type_class_ref (field->enum_type ());
  value = g_enum_get_value_by_nick (klass, word);
  if (value)
    *(gint *) at = value->value;
  if (value && strcmp (text, value->value_nick) != 0) {
    g_autofree gchar *shown = quote (text);

    tell (self->notes, "%s: \"%s\" was read as %s.", path, shown,
        value->value_nick);
  }
  g_type_class_unref (klass);
  return value != NULL;
}

/* The choice that @text means, or NULL. */
static const gchar *
choose (const gchar *const *choices, const gchar *text)
{
  g_autofree gchar *word = fold_word (text);

  for (guint i = 0; choices[i]; i++)
    if (strcmp (choices[i], text) == 0)
      return choices[i];
  for (guint i = 0; choices[i]; i++) {
    g_autofree gchar *choice = fold_word (choices[i]);

    if (strcmp (choice, word) == 0)
      return choices[i];
  }
  return NULL;
}

static void
coerce_string (Coercer *self, JsonNode *node, gpointer at, const gchar *path)
{
  const gchar *const *choices = self->choices
      ? self->choices (path, self->choices_data)
      : NULL;
  const gchar *text = json_node_get_value_type (node) == G_TYPE_STRING
      ? json_node_get_string (node)
      : NULL;
  g_autofree gchar *words = NULL;
  g_autofree gchar *value = NULL;

  if (text && choices)
    text = choose (choices, text);
  if (text) {
    g_free (*(gchar **) at);
    *(gchar **) at = g_strdup (text);
    return;
  }
  words = choices ? g_strjoinv (", ", (GStrv) choices) : NULL;
  value = quote_node (node);
  if (words)
    tell (self->faults, "%s: %s is not one of %s", path, value, words);
  else
    tell (self->faults, "%s: %s is not a string", path, value);
}

/* Words that are no choice are dropped: a list says what it can. */
static void
coerce_strings (Coercer *self, JsonArray *array, GStrv *at, const gchar *path)
{
  const gchar *const *choices = self->choices
      ? self->choices (path, self->choices_data)
      : NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const gchar *text = json_node_get_value_type (node) == G_TYPE_STRING
        ? json_node_get_string (node)
        : NULL;

    if (text && choices)
      text = choose (choices, text);
    if (!text) {
      g_autofree gchar *value = quote_node (node);

      tell (self->notes, "%s: %s was left out.", path, value);
    } else if (!g_ptr_array_find_with_equal_func (words, text, g_str_equal,
                   NULL)) {
      g_ptr_array_add (words, g_strdup (text));
    }
  }
  g_clear_pointer (at, g_strfreev);
  if (words->len == 0)
    return;
  g_ptr_array_add (words, NULL);
  *at = (GStrv) g_ptr_array_steal (words, NULL);
}

/* ---- numbers ---- */

static gboolean
node_to_number (JsonNode *node, gdouble *number)
{
  GType type = json_node_get_value_type (node);
  const gchar *text;
  gchar *end;

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) {
    *number = json_node_get_double (node);
    return isfinite (*number);
  }
  if (type != G_TYPE_STRING)
    return FALSE;
  text = json_node_get_string (node);
  /* no "0x10", " 1", "inf" and the like */
  if (!g_ascii_isdigit (text[0]) && text[0] != '-')
    return FALSE;
  if (strpbrk (text, "xX"))
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

static void
store_number (const GstMontageField *field, gdouble number, gpointer at)
{
  if (field->type == GST_MONTAGE_FIELD_INT)
    *(gint *) at = (gint) CLAMP (number, G_MININT, G_MAXINT);
  else if (field->type == GST_MONTAGE_FIELD_UINT)
    *(guint *) at = (guint) CLAMP (number, 0, G_MAXINT);
  else if (field->type == GST_MONTAGE_FIELD_UINT64)
    *(guint64 *) at = (guint64) CLAMP (number, 0, MAX_EXACT);
  else
    *(gdouble *) at = number;
}

static gboolean
coerce_number (Coercer *self, const GstMontageField *field, JsonNode *node,
    gpointer at, const gchar *path)
{
  gboolean whole = field->type != GST_MONTAGE_FIELD_DOUBLE;
  gdouble said, number;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!node_to_number (node, &said))
    return FALSE;
  number = whole ? round (said) : said;
  if (field->minimum < field->maximum)
    number = CLAMP (number, field->minimum, field->maximum);
  store_number (field, number, at);
  if (number == said && json_node_get_value_type (node) != G_TYPE_STRING)
    return TRUE;
  gst_montage_json_append_double (text, number);
  {
    g_autofree gchar *value = quote_node (node);

    tell (self->notes, "%s: %s was read as %s.", path, value, text->str);
  }
  return TRUE;
}

static gboolean
coerce_boolean (Coercer *self, JsonNode *node, gpointer at, const gchar *path)
{
  g_autofree gchar *word = NULL;

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN) {
    *(gboolean *) at = json_node_get_boolean (node);
    return TRUE;
  }
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  word = fold_word (json_node_get_string (node));
  if (strcmp (word, "true") != 0 && strcmp (word, "false") != 0)
    return FALSE;
  *(gboolean *) at = word[0] == 't';
  tell (self->notes, "%s: \"%s\" was read as %s.", path, word, word);
  return TRUE;
}

/* ---- objects and lists ---- */

static void
coerce_array (Coercer *self, const GstMontageField *field, JsonArray *json,
    GArray *array, const gchar *path)
{
  for (guint i = 0; i < json_array_get_length (json); i++) {
    JsonNode *node = json_array_get_element (json, i);
    guint index = array->len;

    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      tell (self->faults, "%s[%u]: an object is expected", path, i);
      continue;
    }
    g_array_set_size (array, index + 1);
    gst_montage_fields_init (field->table,
        array->data + index * field->table->size);
    /* the choices are those of every element */
    coerce_object (self, field->table, array->data + index * field->table->size,
        json_node_get_object (node), path);
  }
}

static void
coerce_null (Coercer *self, const GstMontageField *field, gpointer at,
    const gchar *path)
{
  if (!(field->flags & GST_MONTAGE_FIELD_NULLABLE))
    tell (self->notes, "%s: null was left out.", path);
  else if (field->type == GST_MONTAGE_FIELD_DOUBLE)
    *(gdouble *) at = 0;
  else if (field->type == GST_MONTAGE_FIELD_STRING)
    g_clear_pointer ((gchar **) at, g_free);
}

static void
coerce_value (Coercer *self, const GstMontageField *field, JsonNode *node,
    gpointer at, const gchar *path)
{
  gboolean taken;

  switch (field->type) {
    case GST_MONTAGE_FIELD_BOOLEAN:
      taken = coerce_boolean (self, node, at, path);
      break;
    case GST_MONTAGE_FIELD_ENUM:
      taken = coerce_enum (self, field, node, at, path);
      break;
    case GST_MONTAGE_FIELD_STRING:
      coerce_string (self, node, at, path);
      return;
    default:
      taken = coerce_number (self, field, node, at, path);
      break;
  }
  if (!taken)
    find_fault (self, field, node, path);
}

static void
coerce_field (Coercer *self, const GstMontageField *field, JsonNode *node,
    gpointer at, const gchar *path)
{
  if (JSON_NODE_HOLDS_NULL (node))
    coerce_null (self, field, at, path);
  else if (field->type == GST_MONTAGE_FIELD_OBJECT
      && JSON_NODE_HOLDS_OBJECT (node))
    coerce_object (self, field->table, at, json_node_get_object (node), path);
  else if (field->type == GST_MONTAGE_FIELD_ARRAY && field->table
      && JSON_NODE_HOLDS_ARRAY (node))
    coerce_array (self, field, json_node_get_array (node), *(GArray **) at,
        path);
  else if (field->type == GST_MONTAGE_FIELD_STRINGS
      && JSON_NODE_HOLDS_ARRAY (node))
    coerce_strings (self, json_node_get_array (node), at, path);
  else if (JSON_NODE_HOLDS_VALUE (node)
      && field->type <= GST_MONTAGE_FIELD_STRING)
    coerce_value (self, field, node, at, path);
  else
    find_fault (self, field, node, path);
}

static gboolean
has_field (const GstMontageFieldTable *table, const gchar *name)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (strcmp (table->fields[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
note_unknown (Coercer *self, const GstMontageFieldTable *table,
    JsonObject *object, const gchar *path)
{
  JsonObjectIter iter;
  const gchar *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    g_autofree gchar *shown = quote (name);

    if (!has_field (table, name))
      tell (self->notes, "%s%s\"%s\" is not known and was left out.", path,
          *path ? ": " : "", shown);
  }
}

static void
coerce_object (Coercer *self, const GstMontageFieldTable *table, gpointer data,
    JsonObject *object, const gchar *path)
{
  note_unknown (self, table, object, path);
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    JsonNode *node = json_object_get_member (object, field->name);
    g_autofree gchar *place = gst_montage_field_path (path, field->name);

    if (node)
      coerce_field (self, field, node, G_STRUCT_MEMBER_P (data, field->offset),
          place);
    else if (!(field->flags & GST_MONTAGE_FIELD_SPARSE))
      tell (self->notes, "%s is missing and was left as it is.", place);
  }
}

void
gst_montage_fields_coerce (const GstMontageFieldTable *table, gpointer data,
    JsonObject *object, const gchar *path, GstMontageFieldChoices choices,
    gpointer choices_data, GPtrArray *notes, GPtrArray *faults)
{
  Coercer self = {choices, choices_data, notes, faults};

  coerce_object (&self, table, data, object, path);
}
