/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gio/gio.h>
#include <string.h>

#include <gst/montage/cliprules-private.h>
#include <gst/montage/error.h>
#include <gst/montage/field-private.h>

/* Ten thousand clips have some 2 MB. */
#define MAX_FILE_BYTES (16 << 20)

#define SPARSE .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE
#define LONGEST_SEC 86400

#define PIN(member, ...)                                                       \
  GST_MONTAGE_FIELD (GstMontagePin, member, #member, DOUBLE, __VA_ARGS__)

static const GstMontageField pin_fields[] = {
    PIN (at_sec, .minimum = 0, .maximum = LONGEST_SEC,
        .description = "Seconds of the film: the cut there shows the clip."),
    PIN (in_sec, SPARSE, .minimum = -1, .maximum = LONGEST_SEC, .fallback = -1,
        .description = "Seconds of the clip where that cut begins; -1: "
                       "chosen."),
    PIN (duration_sec, SPARSE, .minimum = 0, .maximum = LONGEST_SEC,
        .description = "Seconds that the cut lasts; 0: as the music has it."),
};
static const GstMontageFieldTable pin_table = GST_MONTAGE_FIELD_TABLE ("pin",
    GstMontagePin, pin_fields);

#define RULE(member, type, ...)                                                \
  GST_MONTAGE_FIELD (GstMontageClipRule, member, #member, type, __VA_ARGS__)

static const GstMontageField rule_fields[] = {
    RULE (clip, STRING,
        .description = "Its file name, path or URI, also with * and ?."),
    RULE (skip, BOOLEAN, SPARSE, .description = "It is not shown."),
    RULE (first, BOOLEAN, SPARSE, .description = "The film begins with it."),
    RULE (last, BOOLEAN, SPARSE, .description = "The film ends with it."),
    RULE (order, UINT, SPARSE, .minimum = 0, .maximum = 1000000,
        .description = "1, 2, …: numbered clips are shown in this order, each "
                       "in its own part of the film; 0: anywhere."),
    RULE (weight, DOUBLE, SPARSE, .minimum = 0, .maximum = 4, .fallback = 1,
        .description = "How readily it is shown; 1 is usual, 0 is only where "
                       "nothing else is left."),
    RULE (from_sec, DOUBLE, SPARSE, .minimum = 0, .maximum = LONGEST_SEC,
        .description = "Nothing before this time of the clip is shown."),
    RULE (to_sec, DOUBLE, SPARSE, .minimum = 0, .maximum = LONGEST_SEC,
        .description = "Nothing from this time of the clip on is shown; 0: up "
                       "to its end."),
    RULE (pins, ARRAY, SPARSE, .table = &pin_table,
        .description = "Where in the film it is shown for certain."),
};
static const GstMontageFieldTable rule_table = {.name = "rule",
    .size = sizeof (GstMontageClipRule),
    .fields = rule_fields,
    .n_fields = G_N_ELEMENTS (rule_fields),
    .given_offset = G_STRUCT_OFFSET (GstMontageClipRule, given)};

static const GstMontageField rules_fields[] = {
    GST_MONTAGE_FIELD (GstMontageClipRules, rules, "clips", ARRAY,
        .table = &rule_table,
        .description = "Of several that hold for a clip the later ones win."),
};
static const GstMontageFieldTable rules_table =
    GST_MONTAGE_FIELD_TABLE ("clips document", GstMontageClipRules,
        rules_fields);

const GstMontageDocument gst_montage_clip_rules_document = {"gst-montage/clips",
    1, &rules_table};

G_DEFINE_BOXED_TYPE (GstMontageClipRules, gst_montage_clip_rules,
    gst_montage_clip_rules_copy, gst_montage_clip_rules_free)

/**
 * gst_montage_clip_rules_new:
 *
 * Returns: (transfer full): no rules
 */
GstMontageClipRules *
gst_montage_clip_rules_new (void)
{
  return gst_montage_document_new (&gst_montage_clip_rules_document);
}

GstMontageClipRules *
gst_montage_clip_rules_copy (const GstMontageClipRules *self)
{
  return gst_montage_document_copy (&gst_montage_clip_rules_document, self);
}

void
gst_montage_clip_rules_free (GstMontageClipRules *self)
{
  gst_montage_document_free (&gst_montage_clip_rules_document, self);
}

GstMontageClipRule *
gst_montage_clip_rules_append (GstMontageClipRules *self, const gchar *clip)
{
  GstMontageClipRule rule;

  gst_montage_clip_rule_init (&rule);
  g_free (rule.clip);
  rule.clip = g_strdup (clip);
  g_array_append_val (self->rules, rule);
  return &g_array_index (self->rules, GstMontageClipRule, self->rules->len - 1);
}

void
gst_montage_clip_rule_init (GstMontageClipRule *rule)
{
  gst_montage_fields_init (&rule_table, rule);
}

void
gst_montage_clip_rule_clear (GstMontageClipRule *rule)
{
  gst_montage_fields_clear (&rule_table, rule);
}

/**
 * gst_montage_clip_rule_give:
 * @self: a rule
 * @field: one of its names in the document
 *
 * Makes what @self says in @field win over earlier rules, though it is the
 * default.
 */
void
gst_montage_clip_rule_give (GstMontageClipRule *self, const gchar *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (rule_fields); i++)
    if (g_str_equal (rule_fields[i].name, field))
      self->given |= 1u << i;
}

/**
 * gst_montage_clip_rules_from_json:
 * @text: a document "gst-montage/clips"
 * @length: bytes, or -1
 * @origin: names the text in messages
 * @error: return location
 *
 * Returns: (transfer full): the rules, or %NULL
 */
GstMontageClipRules *
gst_montage_clip_rules_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error)
{
  return gst_montage_document_read (&gst_montage_clip_rules_document, text,
      length, origin, error);
}

static GstMontageClipRules *
load_file (const gchar *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree gchar *shown = g_filename_display_name (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file,
      G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autofree gchar *text = NULL;
  gsize length;

  if (info != NULL
      && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || g_file_info_get_size (info) > MAX_FILE_BYTES)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The rules of clips '%s' are no file of at most 16 MiB.", shown);
    return NULL;
  }
  if (!g_file_get_contents (path, &text, &length, NULL)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The rules of clips '%s' cannot be read: check that the file exists "
        "and its access rights.",
        shown);
    return NULL;
  }
  return gst_montage_clip_rules_from_json (text, (gssize) length, shown, error);
}

/**
 * gst_montage_clip_rules_load:
 * @file_or_text: the name of a file with a document "gst-montage/clips", or
 *     that document, which begins with "{"
 * @error: return location
 *
 * Returns: (transfer full): the rules, or %NULL
 */
GstMontageClipRules *
gst_montage_clip_rules_load (const gchar *file_or_text, GError **error)
{
  const gchar *start = file_or_text;

  while (g_ascii_isspace (*start))
    start++;
  if (*start == '{')
    return gst_montage_clip_rules_from_json (start, -1, "rules of clips",
        error);
  return load_file (file_or_text, error);
}

gchar *
gst_montage_clip_rules_to_json (const GstMontageClipRules *self)
{
  return gst_montage_document_write (&gst_montage_clip_rules_document, self);
}

/* FALSE or TRUE in at most length * length steps, where the pattern matching of
 * GLib may take a power of the number of its stars: patterns come from files. */
static gboolean
matches (const gchar *pattern, const gchar *text)
{
  const gchar *star = NULL, *retry = NULL;

  while (*text != '\0') {
    if (*pattern == '*') {
      star = ++pattern;
      retry = text;
    } else if (*pattern == '?') {
      pattern++;
      text = g_utf8_next_char (text);
    } else if (*pattern == *text) {
      pattern++;
      text++;
    } else if (star != NULL) {
      pattern = star;
      text = retry = g_utf8_next_char (retry);
    } else {
      return FALSE;
    }
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

/* The last parts of @path, as many as @clip has: "day1/a.mp4". */
static gboolean
matches_end (const gchar *clip, const gchar *path)
{
  const gchar *end = path + strlen (path);

  for (const gchar *p = clip + strlen (clip); p >= clip; p--) {
    if (p > clip && p[-1] != '/')
      continue;
    do {
      if (end == path)
        return FALSE;
    } while (*--end != '/');
  }
  return matches (clip, end + 1);
}

/**
 * gst_montage_clip_rule_holds:
 * @rule: a rule
 * @uri: (nullable): of a clip
 *
 * Returns: whether @rule is about the clip: names its URI, its path or the last
 *     parts of that
 */
gboolean
gst_montage_clip_rule_holds (const GstMontageClipRule *rule, const gchar *uri)
{
  const gchar *clip = rule->clip;
  g_autofree gchar *path = NULL, *name = NULL;

  if (uri == NULL)
    return FALSE;
  if (matches (clip, uri))
    return TRUE;
  path = g_filename_from_uri (uri, NULL, NULL);
  if (path == NULL)
    return FALSE;
  name = g_filename_display_name (path);
  while (g_str_has_prefix (clip, "./"))
    clip += 2;
  return clip[0] == '/' ? matches (clip, name) : matches_end (clip, name);
}

/**
 * gst_montage_clip_rule_apply:
 * @self: (nullable): a rule
 * @known: what is known of a clip
 *
 * What @self says wins over what is known, also a default that is said in so
 * many words; pins are added to those that are known, an empty list forgets
 * them.
 */
void
gst_montage_clip_rule_apply (const GstMontageClipRule *self,
    GstMontageClipRule *known)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rule_fields); i++) {
    const GstMontageField *field = &rule_fields[i];
    gconstpointer at = (const gchar *) self + field->offset;

    if (!(field->flags & GST_MONTAGE_FIELD_SPARSE)
        || (gst_montage_field_is_silent (field, at)
            && !(self->given & 1u << i)))
      continue;
    if (field->type != GST_MONTAGE_FIELD_ARRAY)
      gst_montage_field_assign (field, at,
          G_STRUCT_MEMBER_P (known, field->offset));
    else if (self->pins->len == 0)
      g_array_set_size (known->pins, 0);
    else
      g_array_append_vals (known->pins, self->pins->data, self->pins->len);
    known->given |= self->given & 1u << i;
  }
}

/**
 * gst_montage_clip_rules_find:
 * @self: (nullable): rules
 * @uri: (nullable): of a clip
 * @rule: (out caller-allocates): what holds for it
 */
void
gst_montage_clip_rules_find (const GstMontageClipRules *self, const gchar *uri,
    GstMontageClipRule *rule)
{
  gst_montage_clip_rule_init (rule);
  for (guint i = 0; self != NULL && i < self->rules->len; i++) {
    const GstMontageClipRule *known = &g_array_index (self->rules,
        GstMontageClipRule, i);
    if (gst_montage_clip_rule_holds (known, uri))
      gst_montage_clip_rule_apply (known, rule);
  }
}

/**
 * gst_montage_clip_rules_merge:
 * @self: rules
 * @other: (nullable): rules that win over them
 */
void
gst_montage_clip_rules_merge (GstMontageClipRules *self,
    const GstMontageClipRules *other)
{
  g_autoptr (GstMontageClipRules) copy = NULL;

  if (other == NULL || other->rules->len == 0)
    return;
  copy = gst_montage_clip_rules_copy (other);
  g_array_append_vals (self->rules, copy->rules->data, copy->rules->len);
  /* They belong to @self now. */
  memset (copy->rules->data, 0, copy->rules->len * sizeof (GstMontageClipRule));
}
