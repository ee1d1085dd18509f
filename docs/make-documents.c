/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints docs/documents.md: every field of every document, from the tables
 * that read and write them. */

#include <stdio.h>

#include <gst/montage/documents.h>

static const gchar *introduction =
    "# The documents\n"
    "\n"
    "Everything that the elements and the tool hand to each other is a JSON "
    "document:\n"
    "UTF-8, `\"schema\"` and `\"version\"` first, times in whole nanoseconds,"
    "\n"
    "frame rates as `\"30000/1001\"`, media as `file://` URIs. A reader "
    "refuses what\n"
    "it does not know and names the file, the field and the value. The same "
    "data is\n"
    "written as the same bytes.\n"
    "\n"
    "This page is made from the tables in `gst/montage/` by "
    "`docs/make-documents.c`;\n"
    "a test compares the two.\n";

/* Cells may not hold the table's separator. */
static void
print_field (const GstMontageField *field, const gchar *place)
{
  g_autofree gchar *right = gst_montage_field_describe (field);

  if (field->flags & GST_MONTAGE_FIELD_NULLABLE) {
    g_autofree gchar *plain = g_steal_pointer (&right);

    right = g_strconcat (plain, ", or null", NULL);
  }
  printf ("| `%s` | %s | %s%s |\n", place, right, field->description,
      field->flags & GST_MONTAGE_FIELD_OPTIONAL ? " May be left out." : "");
}

static void
print_fields (const GstMontageFieldTable *table, const gchar *path)
{
  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *field = &table->fields[i];
    g_autofree gchar *place = g_strconcat (path, field->name, NULL);

    print_field (field, place);
    if (field->table) {
      g_autofree gchar *inner = g_strconcat (place,
          field->type == GST_MONTAGE_FIELD_ARRAY ? "[]." : ".", NULL);

      print_fields (field->table, inner);
    }
  }
}

static void
print_table (const GstMontageFieldTable *table, const gchar *path)
{
  printf ("| field | value | meaning |\n|---|---|---|\n");
  print_fields (table, path);
}

int
main (int argc, char **argv)
{
  guint n;
  const GstMontageDocument *const *documents = gst_montage_documents (&n);

  gst_init (&argc, &argv);
  printf ("%s", introduction);
  for (guint i = 0; i < n; i++) {
    printf ("\n## %s\n\nVersion %u.\n\n", documents[i]->schema,
        documents[i]->version);
    print_table (documents[i]->table, "");
  }
  return 0;
}
