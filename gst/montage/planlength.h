/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "plandraft.h"

G_BEGIN_DECLS

/* Of the film, ns; 0: none was asked for. */
GstClockTime montage_length_asked (const GstMontageRequest *request);

/* Sets the film's part of the song and its number of frames: what was asked
 * for, as far as the song goes, but no less than the cuts that stay. */
gboolean montage_length_choose (MontageDraft *self, GError **error);

G_END_DECLS
