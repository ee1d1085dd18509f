/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "styletable.h"

#include "values.h"

#define COLUMN_GAP 2

/* Names of fields, and per style their values. */
typedef struct
{
  GPtrArray *structures; /* of GstStructure */
  GPtrArray *names;      /* of const gchar * */
} Table;

gchar *
tool_field_text (const GValue *value)
{
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  if (G_VALUE_HOLDS_STRING (value))
    return tool_printable (g_value_get_string (value));
  if (G_VALUE_HOLDS_BOOLEAN (value))
    return g_strdup (g_value_get_boolean (value) ? "yes" : "no");
  if (G_VALUE_HOLDS_DOUBLE (value))
    return g_strdup (g_ascii_formatd (number, sizeof number, "%g",
        g_value_get_double (value)));
  return gst_value_serialize (value);
}

/* What a style does not settle, or its heading says. */
static gboolean
is_style_value (const gchar *name)
{
  return !g_str_has_prefix (name, "origin-") && !g_str_equal (name, "revision")
      && !g_str_equal (name, "style-name");
}

static void
table_init (Table *self, const GPtrArray *styles)
{
  self->structures = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_structure_free);
  self->names = g_ptr_array_new ();
  for (guint i = 0; i < styles->len; i++) {
    const GstMontageStyle *style = g_ptr_array_index (styles, i);

    g_ptr_array_add (self->structures,
        gst_montage_instructions_to_structure (style->instructions, "style"));
  }
  if (styles->len == 0)
    return;
  for (gint i = 0;
       i < gst_structure_n_fields (g_ptr_array_index (self->structures, 0));
       i++) {
    const gchar *name =
        gst_structure_nth_field_name (g_ptr_array_index (self->structures, 0),
            i);

    if (is_style_value (name))
      g_ptr_array_add (self->names, (gpointer) name);
  }
}

static void
table_clear (Table *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->structures);
}

static gchar *
cell_text (const Table *self, guint column, const gchar *name)
{
  const GValue *value =
      gst_structure_get_value (g_ptr_array_index (self->structures, column),
          name);

  return value != NULL ? tool_field_text (value) : g_strdup ("-");
}

static guint
column_width (const Table *self, const GPtrArray *styles, guint column)
{
  const GstMontageStyle *style = g_ptr_array_index (styles, column);
  glong width = g_utf8_strlen (style->name, -1);

  for (guint i = 0; i < self->names->len; i++) {
    g_autofree gchar *text = cell_text (self, column,
        g_ptr_array_index (self->names, i));

    width = MAX (width, g_utf8_strlen (text, -1));
  }
  return width + COLUMN_GAP;
}

static void
append_padded (GString *out, const gchar *text, guint width)
{
  g_string_append (out, text);
  for (guint n = g_utf8_strlen (text, -1); n < width; n++)
    g_string_append_c (out, ' ');
}

static void
end_line (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static guint
name_width (const Table *self)
{
  gsize width = 0;

  for (guint i = 0; i < self->names->len; i++)
    width = MAX (width, strlen (g_ptr_array_index (self->names, i)));
  return width + COLUMN_GAP;
}

/* The columns [first, last). */
static void
append_block (GString *out, const Table *self, const GPtrArray *styles,
    guint first, guint last)
{
  append_padded (out, "", name_width (self));
  for (guint i = first; i < last; i++) {
    const GstMontageStyle *style = g_ptr_array_index (styles, i);

    append_padded (out, style->name, column_width (self, styles, i));
  }
  end_line (out);
  for (guint row = 0; row < self->names->len; row++) {
    const gchar *name = g_ptr_array_index (self->names, row);

    append_padded (out, name, name_width (self));
    for (guint i = first; i < last; i++) {
      g_autofree gchar *text = cell_text (self, i, name);

      append_padded (out, text, column_width (self, styles, i));
    }
    end_line (out);
  }
}

static void
append_words (GString *out, const gchar *label, GStrv words)
{
  g_autofree gchar *list = NULL;
  g_autofree gchar *line = NULL;

  if (words == NULL || words[0] == NULL)
    return;
  list = g_strjoinv (", ", words);
  line = tool_printable (list);
  g_string_append_printf (out, "  %s%s\n", label, line);
}

static void
append_list (GString *out, const GPtrArray *styles)
{
  for (guint i = 0; i < styles->len; i++) {
    const GstMontageStyle *style = g_ptr_array_index (styles, i);
    g_autofree gchar *description = tool_printable (
        style->description != NULL ? style->description : "");

    g_string_append_printf (out, "%s: %s\n", style->name, description);
    append_words (out, "en: ", style->keywords_en);
    append_words (out, "de: ", style->keywords_de);
  }
}

gchar *
tool_style_table (const GPtrArray *styles, guint width)
{
  GString *out = g_string_new (NULL);
  Table table;
  guint first = 0;

  table_init (&table, styles);
  append_list (out, styles);
  while (first < styles->len) {
    guint used = name_width (&table);
    guint last = first;

    while (last < styles->len
        && (last == first
            || used + column_width (&table, styles, last) <= width)) {
      used += column_width (&table, styles, last);
      last++;
    }
    g_string_append_c (out, '\n');
    append_block (out, &table, styles, first, last);
    first = last;
  }
  table_clear (&table);
  return g_string_free (out, FALSE);
}
