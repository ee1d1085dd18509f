/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Rules as people say them in options and properties, and what is wrong with
 * them, in sentences. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/cliprules.h>
#include <gst/montage/error.h>
#include <gst/montage/timetext.h>

/* So many clips are named where one is missing. */
#define NAMES_MAX 8
/* As in the document. */
#define WEIGHT_MAX 4.0
#define TIME_MAX (G_GUINT64_CONSTANT (86400) * GST_SECOND)

/* ---- reading ---- */

static gboolean
parse_sec (const gchar *text, gdouble *sec)
{
  GstClockTime time = 0;

  if (!gst_montage_time_from_text (text, &time) || time > TIME_MAX)
    return FALSE;
  *sec = (gdouble) time / GST_SECOND;
  return TRUE;
}

/* "AT[=IN[+LENGTH]]" */
static gboolean
parse_pin (const gchar *text, GstMontagePin *pin)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  g_auto (GStrv) more = parts[0] != NULL && parts[1] != NULL
      ? g_strsplit (parts[1], "+", 2)
      : NULL;

  *pin = (GstMontagePin){.in_sec = -1};
  if (parts[0] == NULL || !parse_sec (parts[0], &pin->at_sec))
    return FALSE;
  if (more == NULL)
    return TRUE;
  return more[0] != NULL && parse_sec (more[0], &pin->in_sec)
      && (more[1] == NULL
          || (parse_sec (more[1], &pin->duration_sec)
              && pin->duration_sec > 0));
}

/* The name before the last @separator of @text, which something follows. */
static gchar *
split_name (const gchar *text, gchar separator, const gchar **rest)
{
  const gchar *found = strrchr (text, separator);

  if (found == NULL || found == text || found[1] == '\0')
    return NULL;
  *rest = found + 1;
  return g_strndup (text, found - text);
}

static gboolean
add_skip (GstMontageClipRules *self, const gchar *text)
{
  gst_montage_clip_rules_append (self, text)->skip = TRUE;
  return TRUE;
}

static gboolean
add_show (GstMontageClipRules *self, const gchar *text)
{
  gst_montage_clip_rule_give (gst_montage_clip_rules_append (self, text),
      "skip");
  return TRUE;
}

static gboolean
add_first (GstMontageClipRules *self, const gchar *text)
{
  gst_montage_clip_rules_append (self, text)->first = TRUE;
  return TRUE;
}

static gboolean
add_last (GstMontageClipRules *self, const gchar *text)
{
  gst_montage_clip_rules_append (self, text)->last = TRUE;
  return TRUE;
}

static guint
last_order (const GstMontageClipRules *self)
{
  guint order = 0;

  for (guint i = 0; i < self->rules->len; i++)
    order = MAX (order,
        g_array_index (self->rules, GstMontageClipRule, i).order);
  return order;
}

/* Names with commas between them; one that holds a comma has "\,". */
static gboolean
add_order (GstMontageClipRules *self, const gchar *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint order = last_order (self);

  for (const gchar *p = text;; p++) {
    if (p[0] == '\\' && p[1] == ',') {
      g_string_append_c (name, *++p);
    } else if (*p != ',' && *p != '\0') {
      g_string_append_c (name, *p);
    } else {
      if (name->len == 0)
        return FALSE;
      gst_montage_clip_rules_append (self, name->str)->order = ++order;
      g_string_truncate (name, 0);
      if (*p == '\0')
        return TRUE;
    }
  }
}

static gboolean
add_weight (GstMontageClipRules *self, const gchar *text)
{
  const gchar *rest = NULL;
  g_autofree gchar *name = split_name (text, '=', &rest);
  GstMontageClipRule *rule;
  gchar *end = NULL;
  gdouble weight;

  if (name == NULL || strspn (rest, "0123456789.") != strlen (rest))
    return FALSE;
  weight = g_ascii_strtod (rest, &end);
  if (end == rest || *end != '\0' || weight > WEIGHT_MAX)
    return FALSE;
  rule = gst_montage_clip_rules_append (self, name);
  rule->weight = weight;
  gst_montage_clip_rule_give (rule, "weight");
  return TRUE;
}

/* "NAME=FROM-TO", one of both may be left out. */
static gboolean
add_window (GstMontageClipRules *self, const gchar *text)
{
  const gchar *rest = NULL;
  g_autofree gchar *name = split_name (text, '=', &rest);
  g_auto (GStrv) ends = name != NULL ? g_strsplit (rest, "-", 3) : NULL;
  gdouble from_sec = 0, to_sec = 0;
  GstMontageClipRule *rule;

  if (ends == NULL || g_strv_length (ends) != 2
      || (*ends[0] == '\0' && *ends[1] == '\0')
      || (*ends[0] != '\0' && !parse_sec (ends[0], &from_sec))
      || (*ends[1] != '\0'
          && (!parse_sec (ends[1], &to_sec) || to_sec <= from_sec)))
    return FALSE;
  rule = gst_montage_clip_rules_append (self, name);
  rule->from_sec = from_sec;
  rule->to_sec = to_sec;
  if (*ends[0] != '\0')
    gst_montage_clip_rule_give (rule, "from_sec");
  return TRUE;
}

static gboolean
add_pin (GstMontageClipRules *self, const gchar *text)
{
  const gchar *rest = NULL;
  g_autofree gchar *name = split_name (text, '@', &rest);
  GstMontagePin pin;

  if (name == NULL || !parse_pin (rest, &pin))
    return FALSE;
  g_array_append_val (gst_montage_clip_rules_append (self, name)->pins, pin);
  return TRUE;
}

static const struct
{
  const gchar *kind;
  gboolean (*add) (GstMontageClipRules *self, const gchar *text);
  const gchar *form;
} kinds[] = {
    {"skip", add_skip, "the name of a clip"},
    {"show", add_show, "the name of a clip"},
    {"first", add_first, "the name of a clip"},
    {"last", add_last, "the name of a clip"},
    {"order", add_order, "names of clips with commas between them"},
    {"weight", add_weight, "NAME=W, W from 0 to 4"},
    {"window", add_window,
        "NAME=FROM-TO, NAME=FROM- or NAME=-TO, times as 83.5 or 1:23.5"},
    {"pin", add_pin,
        "NAME@TIME, NAME@TIME=IN or NAME@TIME=IN+LENGTH, times as 83.5 or "
        "1:23.5"},
};

/**
 * gst_montage_clip_rules_add_text:
 * @self: rules
 * @kind: "skip", "show", "first", "last", "order", "weight", "window" or "pin"
 * @text: what the user says of it, e.g. "a.mp4=1:05-" for a window
 * @error: return location
 *
 * Returns: %FALSE with #GST_MONTAGE_ERROR_FIELD, whose sentence begins with
 *     @kind and says what is right
 */
gboolean
gst_montage_clip_rules_add_text (GstMontageClipRules *self, const gchar *kind,
    const gchar *text, GError **error)
{
  g_autofree gchar *shown = g_utf8_make_valid (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (!g_str_equal (kinds[i].kind, kind))
      continue;
    if (*text != '\0' && g_utf8_validate (text, -1, NULL)
        && kinds[i].add (self, text))
      return TRUE;
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s '%s' cannot be read; write %s.", kind, shown, kinds[i].form);
    return FALSE;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * gst_montage_pins_from_text:
 * @pins: (element-type GstMontagePin): gets the pins
 * @text: "AT[=IN[+LENGTH]]", several with commas between them
 * @error: return location
 *
 * Returns: %FALSE with #GST_MONTAGE_ERROR_FIELD
 */
gboolean
gst_montage_pins_from_text (GArray *pins, const gchar *text, GError **error)
{
  g_autofree gchar *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) parts = g_strsplit (valid, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    GstMontagePin pin;

    if (!parse_pin (g_strstrip (parts[i]), &pin)) {
      g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
          "'%s' is no pin; write AT, AT=IN or AT=IN+LENGTH, times as 83.5 or "
          "1:23.5.",
          parts[i]);
      return FALSE;
    }
    g_array_append_val (pins, pin);
  }
  return TRUE;
}

/* ---- checking ---- */

static gchar *
name_of (const gchar *uri)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);

  return g_filename_display_basename (path != NULL ? path : uri);
}

static gboolean
fail (GError **error, const gchar *sentence)
{
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      sentence);
  return FALSE;
}

static gboolean
is_met (const GstMontageClipRule *rule, const gchar *const *uris, guint n_uris)
{
  for (guint i = 0; i < n_uris; i++)
    if (gst_montage_clip_rule_holds (rule, uris[i]))
      return TRUE;
  return FALSE;
}

static gboolean
fail_unmet (const GstMontageClipRule *rule, const gchar *const *uris,
    guint n_uris, GError **error)
{
  g_autoptr (GString) sentence = g_string_new (NULL);

  g_string_printf (sentence, "No clip is called '%s'; there ", rule->clip);
  g_string_append (sentence, n_uris == 1 ? "is " : "are ");
  for (guint i = 0; i < MIN (n_uris, NAMES_MAX); i++) {
    g_autofree gchar *name = name_of (uris[i]);

    g_string_append_printf (sentence, "%s'%s'", i > 0 ? ", " : "", name);
  }
  if (n_uris > NAMES_MAX)
    g_string_append_printf (sentence, " and %u more", n_uris - NAMES_MAX);
  g_string_append_c (sentence, '.');
  return fail (error, sentence->str);
}

/* What one clip cannot be at once; NULL where all is well. */
static const gchar *
conflict_of (const GstMontageClipRule *rule)
{
  if (rule->skip && rule->first)
    return "both skipped and the first";
  if (rule->skip && rule->last)
    return "both skipped and the last";
  if (rule->skip && rule->pins->len > 0)
    return "both skipped and pinned";
  if (rule->to_sec > 0 && rule->from_sec >= rule->to_sec)
    return "shown from a time that is not before the one up to which it is "
           "shown";
  return NULL;
}

static gboolean
check_clip (const GstMontageClipRule *rule, const gchar *uri, GError **error)
{
  const gchar *conflict = conflict_of (rule);
  g_autofree gchar *name = NULL, *sentence = NULL;

  if (conflict == NULL)
    return TRUE;
  name = name_of (uri);
  sentence = g_strdup_printf ("'%s' cannot be %s: drop one of the two.", name,
      conflict);
  return fail (error, sentence);
}

/**
 * gst_montage_clip_rules_check:
 * @self: rules
 * @uris: of the clips that there are
 * @n_uris: how many
 * @error: return location
 *
 * Finds what can be seen before any clip is looked at: names that no clip has,
 * rules that exclude each other, nothing left to show.
 *
 * Returns: %FALSE with #GST_MONTAGE_ERROR_FIELD
 */
gboolean
gst_montage_clip_rules_check (const GstMontageClipRules *self,
    const gchar *const *uris, guint n_uris, GError **error)
{
  guint n_skipped = 0;

  for (guint i = 0; i < self->rules->len; i++) {
    const GstMontageClipRule *rule = &g_array_index (self->rules,
        GstMontageClipRule, i);

    if (!is_met (rule, uris, n_uris))
      return fail_unmet (rule, uris, n_uris, error);
  }
  for (guint i = 0; i < n_uris; i++) {
    GstMontageClipRule rule;
    gboolean ok;

    gst_montage_clip_rules_find (self, uris[i], &rule);
    ok = check_clip (&rule, uris[i], error);
    n_skipped += rule.skip;
    gst_montage_clip_rule_clear (&rule);
    if (!ok)
      return FALSE;
  }
  return n_skipped < n_uris
      || fail (error, "All clips are skipped: nothing is left to show.");
}
