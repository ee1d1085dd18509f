/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gio/gio.h>

#include <gst/montage/error.h>
#include <gst/montage/instructions-private.h>
#include <gst/montage/style-private.h>
#include <gst/montage/words.h>

/* A style is a page of text; more is a mistake. */
#define MAX_FILE_BYTES (1 << 20)
#define MAX_NAME_BYTES 64
#define DEFAULT_STYLE "dynamic"

/* The two lists of a style's keywords, as they stand side by side in it. */
typedef struct
{
  GStrv en;
  GStrv de;
} Keywords;

G_STATIC_ASSERT (G_STRUCT_OFFSET (GstMontageStyle, keywords_de)
    == G_STRUCT_OFFSET (GstMontageStyle, keywords_en)
        + G_STRUCT_OFFSET (Keywords, de));

static const GstMontageField keywords_fields[] = {
    GST_MONTAGE_FIELD (Keywords, en, "en", STRINGS,
        .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "English words and phrases that call the style."),
    GST_MONTAGE_FIELD (Keywords, de, "de", STRINGS,
        .flags = GST_MONTAGE_FIELD_OPTIONAL,
        .description = "German words and phrases that call the style."),
};
static const GstMontageFieldTable keywords_table =
    GST_MONTAGE_FIELD_TABLE ("list of keywords", Keywords, keywords_fields);

static const GstMontageField style_fields[] = {
    GST_MONTAGE_FIELD (GstMontageStyle, name, "name", STRING,
        .description = "What it is chosen by: a-z, 0-9 and _."),
    GST_MONTAGE_FIELD (GstMontageStyle, title, "title", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "Its name for people."),
    GST_MONTAGE_FIELD (GstMontageStyle, description, "description", STRING,
        .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_NULLABLE,
        .description = "What films in this style are like, in a sentence."),
    GST_MONTAGE_FIELD (GstMontageStyle, keywords_en, "keywords", OBJECT,
        .flags = GST_MONTAGE_FIELD_OPTIONAL, .table = &keywords_table,
        .description =
            "Whole words of a prompt; case, accents and endings do not "
            "matter."),
    GST_MONTAGE_FIELD (GstMontageStyle, instructions, "instructions", POINTER,
        .table = &gst_montage_instructions_table,
        .description = "What the style sets; the rest has its default."),
};
static const GstMontageFieldTable style_table =
    GST_MONTAGE_FIELD_TABLE ("style", GstMontageStyle, style_fields);

const GstMontageDocument gst_montage_style_document = {"gst-montage/style", 1,
    &style_table};

struct _GstMontageStyles
{
  GPtrArray *styles; /* of GstMontageStyle, by name */
  GArray *calls;     /* of GstMontageStyleCall */
};

/**
 * gst_montage_style_free:
 * @self: (nullable): a style
 */
void
gst_montage_style_free (GstMontageStyle *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->path, g_free);
  gst_montage_document_free (&gst_montage_style_document, self);
}

static gboolean
check_name (const GstMontageStyle *self, GError **error)
{
  const gchar *set = self->instructions->style.name;
  gsize length = strlen (self->name);

  if (length == 0 || length > MAX_NAME_BYTES
      || strspn (self->name, "abcdefghijklmnopqrstuvwxyz0123456789_")
          != length) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "name is \"%s\": 1 to %d of the letters a-z, digits and _ are "
        "expected.",
        self->name, MAX_NAME_BYTES);
    return FALSE;
  }
  if (g_strcmp0 (set, DEFAULT_STYLE) != 0 && g_strcmp0 (set, self->name) != 0) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "instructions.style.name is \"%s\": \"%s\", the style's own name, is "
        "expected.",
        set, self->name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_keywords (const GStrv keywords, const gchar *field, GError **error)
{
  for (guint i = 0; keywords && keywords[i]; i++) {
    g_autofree gchar *fold = gst_montage_words_fold (keywords[i]);

    if (*fold == '\0') {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s[%u] is \"%s\": a word or a phrase is expected.", field, i,
          keywords[i]);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_instructions (const GstMontageStyle *self, GError **error)
{
  if (gst_montage_instructions_validate (self->instructions, error))
    return TRUE;
  g_prefix_error (error, "instructions.");
  return FALSE;
}

/**
 * gst_montage_style_from_json:
 * @text: a document "gst-montage/style"
 * @length: bytes, or -1
 * @origin: (nullable): the file, for messages; becomes the path
 * @error: return location
 *
 * Returns: (transfer full): a style whose instructions are valid, or %NULL
 *   with an error that names file, field, value and what would be right
 */
GstMontageStyle *
gst_montage_style_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  g_autoptr (GstMontageStyle)
      self = gst_montage_document_read (&gst_montage_style_document, text,
          length, origin, error);

  if (!self)
    return NULL;
  if (!check_name (self, error)
      || !check_keywords (self->keywords_en, "keywords.en", error)
      || !check_keywords (self->keywords_de, "keywords.de", error)
      || !check_instructions (self, error)) {
    g_prefix_error (error, "%s: ", origin ? origin : "The style");
    return NULL;
  }
  self->path = g_strdup (origin);
  if (!self->title)
    self->title = g_strdup (self->name);
  g_free (self->instructions->style.name);
  self->instructions->style.name = g_strdup (self->name);
  self->instructions->revision = 1;
  return g_steal_pointer (&self);
}

static GstMontageStyle *
load_file (const gchar *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree gchar *shown = g_filename_display_name (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree gchar *text = NULL;
  GstMontageStyle *self;
  gsize length;

  info = g_file_query_info (file,
      G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info
      && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || g_file_info_get_size (info) > MAX_FILE_BYTES)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The style %s is no file of at most 1 MiB.", shown);
    return NULL;
  }
  if (!g_file_get_contents (path, &text, &length, NULL)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The style %s cannot be read: check that it exists and its access "
        "rights.",
        shown);
    return NULL;
  }
  self = gst_montage_style_from_json (text, (gssize) length, shown, error);
  if (self) {
    g_free (self->path);
    self->path = g_strdup (path);
  }
  return self;
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *) a, *(const gchar *const *) b);
}

/* The .json files of @folder by name; %NULL where it cannot be opened. */
static GPtrArray *
list_files (const gchar *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths;
  const gchar *name;

  if (!dir)
    return NULL;
  paths = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".json") && name[0] != '.')
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_strings);
  return paths;
}

/* Puts @style in; one of the same name from a folder before @first gives way.
 * Takes @style. */
static gboolean
add_style (GstMontageStyles *self, GstMontageStyle *style, const gchar *folder,
    GError **error)
{
  for (guint i = 0; i < self->styles->len; i++) {
    GstMontageStyle *other = g_ptr_array_index (self->styles, i);
    g_autofree gchar *other_folder = g_path_get_dirname (
        other->path ? other->path : "");

    if (strcmp (other->name, style->name) != 0)
      continue;
    if (g_strcmp0 (other_folder, folder) == 0
        && g_strcmp0 (other->path, style->path) != 0) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "%s: name is \"%s\", which %s has, too: another name is expected.",
          style->path, style->name, other->path);
      gst_montage_style_free (style);
      return FALSE;
    }
    gst_montage_style_free (other);
    self->styles->pdata[i] = style;
    return TRUE;
  }
  g_ptr_array_add (self->styles, style);
  return TRUE;
}

static gboolean
load_folder (GstMontageStyles *self, const gchar *folder, gboolean needed,
    GError **error)
{
  g_autoptr (GPtrArray) paths = list_files (folder);

  if (!paths && needed) {
    g_autofree gchar *shown = g_filename_display_name (folder);

    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The folder of styles %s cannot be opened: check that it exists and "
        "its access rights.",
        shown);
    return FALSE;
  }
  for (guint i = 0; paths && i < paths->len; i++) {
    const gchar *path = g_ptr_array_index (paths, i);
    g_autofree gchar *parent = g_path_get_dirname (path);
    GstMontageStyle *style = load_file (path, error);

    if (!style || !add_style (self, style, parent, error))
      return FALSE;
  }
  return TRUE;
}

static gint
compare_styles (gconstpointer a, gconstpointer b)
{
  const GstMontageStyle *const *left = a;
  const GstMontageStyle *const *right = b;

  return strcmp ((*left)->name, (*right)->name);
}

static void
clear_call (gpointer data)
{
  g_free (((GstMontageStyleCall *) data)->phrase);
}

static void
add_call (GstMontageStyles *self, guint style, const gchar *text,
    gboolean is_name)
{
  GstMontageStyleCall call = {style, gst_montage_words_fold (text), is_name};

  g_array_append_val (self->calls, call);
}

static void
index_calls (GstMontageStyles *self)
{
  for (guint i = 0; i < self->styles->len; i++) {
    const GstMontageStyle *style = g_ptr_array_index (self->styles, i);

    add_call (self, i, style->name, TRUE);
    if (g_ascii_strcasecmp (style->name, style->title) != 0)
      add_call (self, i, style->title, TRUE);
    for (guint k = 0; style->keywords_en && style->keywords_en[k]; k++)
      add_call (self, i, style->keywords_en[k], FALSE);
    for (guint k = 0; style->keywords_de && style->keywords_de[k]; k++)
      add_call (self, i, style->keywords_de[k], FALSE);
  }
}

static gboolean
load_installed (GstMontageStyles *self, GError **error)
{
  const gchar *replaced = g_getenv ("GST_MONTAGE_STYLES_PATH");

  return load_folder (self,
      replaced && *replaced ? replaced : GST_MONTAGE_STYLESDIR, TRUE, error);
}

/**
 * gst_montage_styles_load:
 * @extra_folder: (nullable): a project's own styles
 * @error: return location
 *
 * Returns: (transfer full): every style that is found; %NULL where a file is
 *   bad or a folder that must be there is not
 */
GstMontageStyles *
gst_montage_styles_load (const gchar *extra_folder, GError **error)
{
  g_autoptr (GstMontageStyles) self = g_new0 (GstMontageStyles, 1);
  g_autofree gchar *user = g_build_filename (g_get_user_data_dir (),
      "gst-montage", "styles", NULL);

  self->styles = g_ptr_array_new_with_free_func (
      (GDestroyNotify) gst_montage_style_free);
  self->calls = g_array_new (FALSE, FALSE, sizeof (GstMontageStyleCall));
  g_array_set_clear_func (self->calls, clear_call);
  if (!load_installed (self, error) || !load_folder (self, user, FALSE, error)
      || (extra_folder && *extra_folder
          && !load_folder (self, extra_folder, TRUE, error)))
    return NULL;
  g_ptr_array_sort (self->styles, compare_styles);
  index_calls (self);
  return g_steal_pointer (&self);
}

/**
 * gst_montage_styles_free:
 * @self: (nullable): styles
 */
void
gst_montage_styles_free (GstMontageStyles *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->styles);
  g_array_unref (self->calls);
  g_free (self);
}

guint
gst_montage_styles_size (const GstMontageStyles *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->styles->len;
}

const GstMontageStyle *
gst_montage_styles_get (const GstMontageStyles *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->styles->len, NULL);
  return g_ptr_array_index (self->styles, index);
}

/**
 * gst_montage_styles_lookup:
 * @self: styles
 * @name: a style's name; case does not matter, spaces and dashes are as "_"
 *
 * Returns: (transfer none) (nullable): the style
 */
const GstMontageStyle *
gst_montage_styles_lookup (const GstMontageStyles *self, const gchar *name)
{
  g_autofree gchar *plain = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  plain = g_ascii_strdown (name, -1);
  g_strdelimit (g_strstrip (plain), " -", '_');
  for (guint i = 0; i < self->styles->len; i++) {
    const GstMontageStyle *style = g_ptr_array_index (self->styles, i);

    if (strcmp (style->name, plain) == 0)
      return style;
  }
  return NULL;
}

const GArray *
gst_montage_styles_get_calls (const GstMontageStyles *self)
{
  return self->calls;
}

gchar *
gst_montage_styles_list_names (const GstMontageStyles *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->styles->len; i++) {
    const GstMontageStyle *style = g_ptr_array_index (self->styles, i);

    g_string_append_printf (names, "%s%s", i ? ", " : "", style->name);
  }
  return g_string_free (names, FALSE);
}
