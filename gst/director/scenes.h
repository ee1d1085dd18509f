/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "director.h"

/* What models see in shots. Pictures leave this machine here and nowhere else:
 * the caller makes sure that the user wants it. */

G_BEGIN_DECLS

/* More pictures make answers longer than small models can keep straight. */
#define MONTAGE_SCENES_PER_QUESTION 8

/**
 * montage_director_look:
 * @pictures: (element-type GBytes): JPEG files, one per shot, at most
 *   %MONTAGE_SCENES_PER_QUESTION
 * @rules: (nullable): what the model says of each shot whether it holds, in the
 *   user's words
 * @scenes: (array) (transfer full): one per picture; %NULL stays where nothing
 *   was said of it
 * @steps: (element-type MontageDirectorStep): gets what was tried
 * @error: return location: #G_IO_ERROR_CANCELLED
 *
 * Blocks, for at most the deadline of the settings. That no model says anything
 * is no error: then @steps tell why.
 *
 * Returns: FALSE where it was called off
 */
gboolean montage_director_look (MontageDirector *self, GPtrArray *pictures,
    const gchar *const *rules, GstMontageScene **scenes, GPtrArray *steps,
    GCancellable *cancellable, GError **error);

/* (transfer full): the backends and models that would be asked, and in which
 * version of the question: for keeping answers. Holds no key. */
gchar *montage_director_name_eyes (const MontageDirector *self);

G_END_DECLS
