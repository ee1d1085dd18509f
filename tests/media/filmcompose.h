/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The command: compose [OPTION…] OUT [FILE@FIRST-LAST…]: a film of single takes
 * (or of drawn landscapes) and OUT.cuts.txt with its exact truth. */
gboolean montage_compose_run (int argc, char **argv, GError **error);

G_END_DECLS
