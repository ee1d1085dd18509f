/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/**
 * MontageBeam:
 *
 * A beam search over partial films that know every other use of a span.
 */
typedef struct _MontageBeam MontageBeam;

MontageBeam *montage_beam_new (const MontageChoices *choices, guint width);
void montage_beam_free (MontageBeam *self);
/* Fills slots [from, to) of @takes, next to those that are before and after;
 * nothing is after the last slot of the film. Returns the evaluations that it
 * took. */
guint
montage_beam_fill (MontageBeam *self, GArray *takes, guint from, guint to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageBeam, montage_beam_free)

G_END_DECLS
