/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps the cache of analyses from being what the user expects, as
 * sentences (of gchar *); empty where all is well. Makes its folder. */
GPtrArray *tool_cache_notes (void);

G_END_DECLS
