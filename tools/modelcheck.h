/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Prints which language models are set up and whether each is there; never a
 * key. FALSE where the settings are wrong, so that no sentence can be read. */
gboolean tool_check_models (void);

G_END_DECLS
