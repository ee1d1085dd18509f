/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "planchoices.h"

G_BEGIN_DECLS

/**
 * MontageSearch:
 * @beam_width: partial films that are kept; 1 is a greedy choice
 * @effort: evaluations that may be spent on improving the film; 0: none
 */
typedef struct
{
  guint beam_width;
  guint effort;
} MontageSearch;

extern const MontageSearch montage_search_default;

/**
 * montage_search_run:
 * @choices: what can be where
 * @fixed: the first takes, which stay
 *
 * Returns: (transfer full): array of MontageTake, one per slot
 */
GArray *montage_search_run (const MontageChoices *choices, const GArray *fixed,
    const MontageSearch *search);

G_END_DECLS
