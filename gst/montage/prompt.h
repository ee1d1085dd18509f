/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/style.h>

G_BEGIN_DECLS

/**
 * gst_montage_prompt_read:
 * @styles: the styles that can be named
 * @style: (nullable): a style that was chosen by name; wins over the prompt's
 * @prompt: (nullable): a sentence, English or German
 * @error: return location
 *
 * The offline reading: style, then every part of the sentence that changes a
 * field of it (mood, speed, colour, transitions, length, beats, negations).
 * Whole words only. The origin says what was understood and what was left.
 *
 * Returns: (transfer full): validated instructions, revision 1; %NULL with
 *   #GST_MONTAGE_ERROR_FIELD where @style is not known
 */
GST_MONTAGE_API GstMontageInstructions *
gst_montage_prompt_read (const GstMontageStyles *styles, const gchar *style,
    const gchar *prompt, GError **error);

G_END_DECLS
