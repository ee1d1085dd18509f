/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/* Turns the takes from slot @from on into cuts with their scores, runners-up,
 * transitions, effects and reasons, appended to @cuts. */
void montage_cuts_append (const MontageChoices *choices, const GArray *takes,
    guint from, GArray *cuts);

G_END_DECLS
