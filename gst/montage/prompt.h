/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/style.h>

G_BEGIN_DECLS

/**
 * gst_montage_prompt_read:
 * @styles: the styles that can be named
 * @style: (nullable): a style that was chosen by name; wins over the prompt's
 * @prompt: (nullable): a sentence, English or German, at most 8192 bytes
 * @error: return location
 *
 * The offline reading: style, then every part of the sentence that changes a
 * field of it (mood, speed, colour, transitions, length, beats, negations).
 * Whole words only; in a contradiction what is said later wins.
 *
 * The origin says who settled the result: "defaults" where nothing was
 * understood, "preset" where a style was named and nothing else, "keywords"
 * otherwise. Its keywords are what was understood, in order and with what
 * negates it; left_over is what was not, without the words that say nothing
 * about a film. Where left_over is empty, a language model has nothing to add.
 *
 * Returns: (transfer full): validated instructions, revision 1; %NULL with
 *   #GST_MONTAGE_ERROR_FIELD where @style is not known or @prompt is too long
 *   or no UTF-8
 */
GST_MONTAGE_API GstMontageInstructions *
gst_montage_prompt_read (const GstMontageStyles *styles, const gchar *style,
    const gchar *prompt, GError **error);

/**
 * gst_montage_prompt_refine:
 * @styles: the styles that can be named
 * @before: what the conversation has come to
 * @prompt: its next sentence, or a word said while the film runs ("too fast",
 *   "calmer", "mehr Weite"); at most 8192 bytes
 * @error: return location
 *
 * The next turn: changes what @prompt names and keeps the rest. Steps and
 * comparatives ("slower") are against @before, not against the style. Naming
 * another style changes what that style decides but keeps what was decided by
 * words of earlier turns.
 *
 * Returns: (transfer full): validated instructions, of the revision after that
 *   of @before; %NULL with #GST_MONTAGE_ERROR_FIELD as of
 *   gst_montage_prompt_read()
 */
GST_MONTAGE_API GstMontageInstructions *
gst_montage_prompt_refine (const GstMontageStyles *styles,
    const GstMontageInstructions *before, const gchar *prompt, GError **error);

/**
 * gst_montage_prompt_restyle:
 * @styles: the styles that can be named
 * @before: what the conversation has come to
 * @style: a style that was chosen by name; wins over the prompt's
 * @prompt: (nullable): its next sentence
 * @error: return location
 *
 * gst_montage_prompt_refine() with another style.
 *
 * Returns: (transfer full): as of gst_montage_prompt_refine()
 */
GST_MONTAGE_API GstMontageInstructions *
gst_montage_prompt_restyle (const GstMontageStyles *styles,
    const GstMontageInstructions *before, const gchar *style,
    const gchar *prompt, GError **error);

/* Whether a language model could add something: words were left over, or
 * something was said and nothing of it understood. */
GST_MONTAGE_API gboolean gst_montage_instructions_is_open (
    const GstMontageInstructions *self);

G_END_DECLS
