/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/error.h>
#include <gst/montage/prompt-private.h>
#include <gst/montage/prompt.h>

/* A prompt is a sentence; what is longer is refused before it costs time. */
#define MAX_PROMPT_BYTES 8192

static gboolean
check_prompt (const gchar *prompt, GError **error)
{
  const gchar *end;
  gsize length = strlen (prompt);

  if (length > MAX_PROMPT_BYTES) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "The prompt has %" G_GSIZE_FORMAT " bytes: at most %d are expected.",
        length, MAX_PROMPT_BYTES);
    return FALSE;
  }
  if (!g_utf8_validate (prompt, -1, &end)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "The prompt is no UTF-8 text from its byte %" G_GSIZE_FORMAT " on.",
        (gsize) (end - prompt) + 1);
    return FALSE;
  }
  return TRUE;
}

static const GstMontageStyle *
choose_style (const GstMontageStyles *styles, const gchar *name, GError **error)
{
  const GstMontageStyle *style = gst_montage_styles_lookup (styles, name);
  g_autofree gchar *shown = g_utf8_make_valid (name, -1);
  g_autofree gchar *names = gst_montage_styles_list_names (styles);

  if (!style)
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "There is no style \"%s\": one of %s is expected.", shown, names);
  return style;
}

static gint
compare_findings (gconstpointer a, gconstpointer b)
{
  const GstMontageFinding *left = a;
  const GstMontageFinding *right = b;

  if (left->first != right->first)
    return left->first < right->first ? -1 : 1;
  if (left->n_words != right->n_words)
    return left->n_words > right->n_words ? -1 : 1;
  return 0;
}

/* Counted by the words and letters that only one of the languages has. */
static gboolean
looks_german (const GstMontageWords *words, const gchar *prompt)
{
  static const gchar *const letters[] = {"ä", "ö", "ü", "ß", "Ä", "Ö", "Ü"};
  gint score = 0;

  for (guint i = 0; i < words->n_words; i++) {
    const gchar *fold = words->words[i].fold;
    gboolean german =
        gst_montage_lexicon_list_has (GST_MONTAGE_WORDS_STOP_GERMAN, fold);
    gboolean english =
        gst_montage_lexicon_list_has (GST_MONTAGE_WORDS_STOP_ENGLISH, fold);

    score += (german ? 1 : 0) - (english ? 1 : 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    score += strstr (prompt, letters[i]) ? 1 : 0;
  return score > 0;
}

static gboolean
changes_fields (const GstMontageReading *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    GstMontageTopic topic =
        g_array_index (self->findings, GstMontageFinding, i).topic;

    if (topic > GST_MONTAGE_TOPIC_STYLE)
      return TRUE;
  }
  return FALSE;
}

static GstMontageOrigin
source_of (const GstMontageReading *self, GstMontageStyleSource style_source)
{
  if (changes_fields (self) || style_source == GST_MONTAGE_STYLE_BY_KEYWORD)
    return GST_MONTAGE_ORIGIN_KEYWORDS;
  return style_source == GST_MONTAGE_STYLE_DEFAULT ? GST_MONTAGE_ORIGIN_DEFAULTS
                                                   : GST_MONTAGE_ORIGIN_PRESET;
}

/* What was asked, on one line. */
static gchar *
clean_prompt (const gchar *prompt)
{
  g_autofree gchar *copy = g_strdup (prompt);

  for (gchar *p = copy; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (copy);
  return *copy ? g_steal_pointer (&copy) : NULL;
}

static GstMontageInstructions *
copy_style (const GstMontageStyle *style)
{
  return style ? gst_montage_instructions_copy (style->instructions)
               : gst_montage_instructions_new ();
}

static void
add_turn (GstMontageInstructions *out)
{
  const GstMontageTurn turn = {g_strdup (out->origin.prompt),
      out->origin.source, NULL};

  g_array_append_val (out->origin.turns, turn);
}

/* In place of what an earlier turn has left there. */
static void
set_origin (GstMontageInstructions *out, const GstMontageReading *reading,
    GstMontageStyleSource style_source, const gchar *prompt)
{
  g_strfreev (out->origin.keywords);
  g_strfreev (out->origin.left_over);
  g_clear_pointer (&out->origin.notes, g_strfreev);
  g_clear_pointer (&out->origin.model, g_free);
  g_free (out->origin.prompt);
  out->origin.keywords = gst_montage_prompt_list_keywords (reading, prompt);
  out->origin.left_over = gst_montage_prompt_list_left_over (reading, prompt);
  out->origin.source = source_of (reading, style_source);
  out->origin.prompt = clean_prompt (prompt);
  if (out->origin.prompt)
    add_turn (out);
}

/* The style with what the words of earlier turns have decided. */
static GstMontageInstructions *
change_style (const GstMontageStyle *style,
    const GstMontageInstructions *before)
{
  GstMontageInstructions *out = copy_style (style);

  gst_montage_prompt_keep_decisions (before, out);
  return out;
}

/* "Longer" than a song of a length that nobody knows yet: for a model, or for
 * the user, to say in seconds. */
static void
check_lengths (GstMontageReading *self, const GstMontageInstructions *base)
{
  for (guint i = 0; i < self->findings->len; i++) {
    GstMontageFinding *finding = &g_array_index (self->findings,
        GstMontageFinding, i);

    if (base->constraints.target_duration_sec == 0
        && (finding->topic == GST_MONTAGE_TOPIC_LENGTH_STEP
            || finding->topic == GST_MONTAGE_TOPIC_LENGTH_SCALE)) {
      finding->topic = GST_MONTAGE_TOPIC_UNSUPPORTED;
      finding->needs_length = TRUE;
    }
  }
}

/* What the sentence starts from. */
static GstMontageInstructions *
choose_base (const GstMontageStyles *styles, const GstMontageStyle *style,
    const GstMontageInstructions *before)
{
  if (!before)
    return copy_style (
        style ? style : gst_montage_styles_lookup (styles, "dynamic"));
  return style ? change_style (style, before)
               : gst_montage_instructions_copy (before);
}

/* @before: (nullable): the turns before this one. */
static GstMontageInstructions *
read_words (const GstMontageStyles *styles, const GstMontageStyle *chosen,
    const GstMontageInstructions *before, const gchar *prompt)
{
  g_auto (GstMontageWords) words = {0};
  g_autoptr (GArray)
      findings = g_array_new (FALSE, TRUE, sizeof (GstMontageFinding));
  g_autofree GstMontageUsed *used = NULL;
  GstMontageReading reading = {0};
  g_autoptr (GstMontageInstructions) base = NULL;
  GstMontageInstructions *out;
  const GstMontageStyle *style;
  GstMontageStyleSource style_source;

  gst_montage_words_init (&words, prompt);
  used = g_new0 (GstMontageUsed, words.n_words + 1);
  reading = (GstMontageReading){words.words, words.n_words, used, findings,
      looks_german (&words, prompt), before != NULL};
  gst_montage_prompt_find_measures (&reading);
  gst_montage_prompt_find_phrases (&reading);
  gst_montage_prompt_find_scopes (&reading);
  style = gst_montage_prompt_find_style (&reading, styles, chosen,
      &style_source);
  gst_montage_prompt_find_wishes (&reading);
  g_array_sort (findings, compare_findings);

  base = choose_base (styles, style, before);
  check_lengths (&reading, base);
  out = gst_montage_instructions_copy (base);
  gst_montage_prompt_apply (findings, out);
  gst_montage_prompt_apply_scenes (&reading, prompt, out);
  set_origin (out, &reading, style_source, prompt);
  gst_montage_prompt_add_notes (&reading, prompt, out);
  gst_montage_prompt_note_decisions (&reading, prompt, base, style_source, out);
  return out;
}

GstMontageInstructions *
gst_montage_prompt_read (const GstMontageStyles *styles, const gchar *style,
    const gchar *prompt, GError **error)
{
  g_autoptr (GstMontageInstructions) out = NULL;
  const GstMontageStyle *chosen = NULL;

  g_return_val_if_fail (styles != NULL, NULL);
  if (style && *style) {
    chosen = choose_style (styles, style, error);
    if (!chosen)
      return NULL;
  }
  if (prompt && !check_prompt (prompt, error))
    return NULL;
  out = read_words (styles, chosen, NULL, prompt ? prompt : "");
  out->revision = 1;
  if (!gst_montage_instructions_validate (out, error))
    return NULL;
  return g_steal_pointer (&out);
}

/* @chosen: (nullable): a style that was chosen by name */
static GstMontageInstructions *
refine (const GstMontageStyles *styles, const GstMontageInstructions *before,
    const GstMontageStyle *chosen, const gchar *prompt, GError **error)
{
  g_autoptr (GstMontageInstructions) out = NULL;

  if (!check_prompt (prompt, error))
    return NULL;
  out = read_words (styles, chosen, before, prompt);
  out->revision = MIN (before->revision, G_MAXINT - 1) + 1;
  if (!gst_montage_instructions_validate (out, error))
    return NULL;
  return g_steal_pointer (&out);
}

GstMontageInstructions *
gst_montage_prompt_refine (const GstMontageStyles *styles,
    const GstMontageInstructions *before, const gchar *prompt, GError **error)
{
  g_return_val_if_fail (styles != NULL && before != NULL && prompt != NULL,
      NULL);
  return refine (styles, before, NULL, prompt, error);
}

GstMontageInstructions *
gst_montage_prompt_restyle (const GstMontageStyles *styles,
    const GstMontageInstructions *before, const gchar *style,
    const gchar *prompt, GError **error)
{
  const GstMontageStyle *chosen;

  g_return_val_if_fail (styles != NULL && before != NULL && style != NULL,
      NULL);
  chosen = choose_style (styles, style, error);
  if (!chosen)
    return NULL;
  return refine (styles, before, chosen, prompt ? prompt : "", error);
}

gboolean
gst_montage_instructions_is_open (const GstMontageInstructions *self)
{
  if (!self->origin.prompt)
    return FALSE;
  return self->origin.left_over != NULL
      || self->origin.source == GST_MONTAGE_ORIGIN_DEFAULTS;
}
