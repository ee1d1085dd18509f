/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One table of fields describes a C struct and its JSON object. It drives
 * reading, writing, validation, defaults, copying, freeing, comparing, the
 * GstStructure form and the reference pages (tools: `styles`, `direct`). */

typedef enum
{
  GST_MONTAGE_FIELD_BOOLEAN,  /* gboolean */
  GST_MONTAGE_FIELD_INT,      /* gint */
  GST_MONTAGE_FIELD_UINT,     /* guint */
  GST_MONTAGE_FIELD_UINT64,   /* guint64; also GstClockTime */
  GST_MONTAGE_FIELD_DOUBLE,   /* gdouble */
  GST_MONTAGE_FIELD_ENUM,     /* gint, by nick */
  GST_MONTAGE_FIELD_STRING,   /* gchar *, owned */
  GST_MONTAGE_FIELD_STRINGS,  /* GStrv, owned, empty is NULL */
  GST_MONTAGE_FIELD_FRACTION, /* two adjacent gint, "30000/1001" */
  GST_MONTAGE_FIELD_COLOR,    /* guint, "#rrggbb"; in arrays only */
  GST_MONTAGE_FIELD_OBJECT,   /* an embedded struct */
  GST_MONTAGE_FIELD_POINTER,  /* a struct of its own, owned; NULL at first
                                 where it is nullable */
  GST_MONTAGE_FIELD_ARRAY     /* GArray * of structs or of plain values */
} GstMontageFieldType;

typedef enum
{
  GST_MONTAGE_FIELD_REQUIRED = 0,
  /* may be missing, then it has its default */
  GST_MONTAGE_FIELD_OPTIONAL = 1 << 0,
  /* null in JSON, NULL or 0 in C */
  GST_MONTAGE_FIELD_NULLABLE = 1 << 1,
  /* an optional plain value that is not written at its default; models are
   * not asked for it, since their schemas require every member */
  GST_MONTAGE_FIELD_SPARSE = 1 << 2
} GstMontageFieldFlags;

typedef struct _GstMontageFieldTable GstMontageFieldTable;
typedef struct
{
  const gchar *name;
  GstMontageFieldType type;
  gsize offset;
  GstMontageFieldFlags flags;
  gdouble minimum; /* numbers; of an array of numbers: each */
  gdouble maximum;
  gdouble fallback;                  /* default of numbers, booleans, enums */
  const gchar *fallback_string;      /* default of strings */
  GType (*enum_type) (void);         /* ENUM */
  const GstMontageFieldTable *table; /* OBJECT, POINTER, ARRAY of structs */
  GstMontageFieldType element;       /* ARRAY of plain values */
  const gchar *description;          /* a sentence with unit and meaning */
} GstMontageField;

struct _GstMontageFieldTable
{
  const gchar *name; /* in messages, e.g. "cut" */
  gsize size;        /* of the struct */
  const GstMontageField *fields;
  guint n_fields;
  /* of a guint in the struct, a bit per field that was read: what is said in
   * so many words is told from a default; 0: there is none */
  gsize given_offset;
};

/* A document type: a table under "schema" and "version". */
typedef struct
{
  const gchar *schema; /* "gst-montage/plan" */
  guint version;
  const GstMontageFieldTable *table;
} GstMontageDocument;

/* g_malloc0()ed struct with every field at its default. */
GST_MONTAGE_API gpointer gst_montage_fields_new (
    const GstMontageFieldTable *table);
GST_MONTAGE_API void
gst_montage_fields_init (const GstMontageFieldTable *table, gpointer data);
GST_MONTAGE_API void
gst_montage_fields_clear (const GstMontageFieldTable *table, gpointer data);
GST_MONTAGE_API void gst_montage_fields_copy (const GstMontageFieldTable *table,
    gconstpointer source, gpointer destination);
GST_MONTAGE_API gboolean
gst_montage_fields_equal (const GstMontageFieldTable *table, gconstpointer a,
    gconstpointer b);
/* @path is where the object stands, for messages: "cuts[3]" or "". */
GST_MONTAGE_API gboolean
gst_montage_fields_read (const GstMontageFieldTable *table, gpointer data,
    JsonObject *object, const gchar *path, GError **error);
GST_MONTAGE_API gboolean
gst_montage_fields_validate (const GstMontageFieldTable *table,
    gconstpointer data, const gchar *path, GError **error);

/* As fields of a flat structure, "pacing-speed": numbers, booleans, strings and
 * the nicks of enums; lists are left out. */
GST_MONTAGE_API void
gst_montage_fields_to_structure (const GstMontageFieldTable *table,
    gconstpointer data, const gchar *prefix, GstStructure *structure);
/* Fields that the structure does not have stay as they are in @data. */
GST_MONTAGE_API gboolean
gst_montage_fields_from_structure (const GstMontageFieldTable *table,
    gpointer data, const gchar *prefix, const GstStructure *structure,
    GError **error);

/* g_malloc0()ed struct with every field at its default. */
GST_MONTAGE_API gpointer gst_montage_document_new (
    const GstMontageDocument *type);
GST_MONTAGE_API gpointer
gst_montage_document_copy (const GstMontageDocument *type, gconstpointer data);
GST_MONTAGE_API void
gst_montage_document_free (const GstMontageDocument *type, gpointer data);
/* @origin names the file or stream in messages. */
GST_MONTAGE_API gpointer
gst_montage_document_read (const GstMontageDocument *type, const gchar *text,
    gssize length, const gchar *origin, GError **error);
/* Indented JSON, one plain object or array per line, "\n" at the end; the
 * same data is the same bytes, whatever the locale. */
GST_MONTAGE_API gchar *
gst_montage_document_write (const GstMontageDocument *type, gconstpointer data);

/* Table entries: struct, member, name in JSON, type, then designated
 * initialisers. */
#define GST_MONTAGE_FIELD(Struct, member, json_name, field_type, ...)          \
  {                                                                            \
    .name = json_name, .type = GST_MONTAGE_FIELD_##field_type,                 \
    .offset = G_STRUCT_OFFSET (Struct, member), __VA_ARGS__                    \
  }
#define GST_MONTAGE_FIELD_TABLE(table_name, Struct, table_fields)              \
  {                                                                            \
    .name = table_name, .size = sizeof (Struct), .fields = table_fields,       \
    .n_fields = G_N_ELEMENTS (table_fields)                                    \
  }

G_END_DECLS
