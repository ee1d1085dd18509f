/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/**
 * DirectorSettings:
 *
 * The properties of the element.
 */
typedef struct
{
  DirectorRequest request;
  gchar *styles_folder;
  gchar *models_file;
  gboolean offline;
  gboolean allow_stabilization;
  gboolean allow_upscale;
  guint seed;
  gboolean updates;
} DirectorSettings;

void director_settings_install (GObjectClass *klass);
/* Property @id; whether what is asked of the director has changed. */
gboolean
director_settings_set (DirectorSettings *self, guint id, const GValue *value);
void
director_settings_get (const DirectorSettings *self, guint id, GValue *value);
void director_settings_clear (DirectorSettings *self);

G_END_DECLS
