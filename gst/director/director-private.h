/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "dialect.h"
#include "director.h"

G_BEGIN_DECLS

GST_DEBUG_CATEGORY_EXTERN (montage_director_debug);

/**
 * MontageBackendState:
 *
 * What has been found out about a backend; under the lock of the director.
 */
typedef struct
{
  MontageTone tone[2]; /* without and with sight */
  gchar *model[2];     /* that was chosen, likewise */
  gint64 closed_till;  /* monotonic time, us: asked no more until then */
} MontageBackendState;

struct _MontageDirector
{
  MontageDirectorSettings *settings;
  GMutex lock;
  MontageBackendState *states; /* one per backend */
  MontageDirectorWatch watch;  /* nullable; constant once it asks */
  gpointer watch_data;
};

G_END_DECLS
