/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "settings.h"

G_BEGIN_DECLS

/* "Google AI", for users. */
const gchar *montage_backend_name (const MontageBackendSettings *self);

/* (transfer full): without user and password. */
gchar *montage_backend_address (const MontageBackendSettings *self);

/**
 * montage_backend_probe:
 * @deadline: ms
 * @model: (out) (nullable) (transfer full): what would be asked
 * @error: return location: why it would not answer, a sentence without a key
 *
 * Asks the server what it has, but no model anything: whether it is there and
 * takes the key.
 */
gboolean montage_backend_probe (const MontageBackendSettings *self,
    guint deadline, gchar **model, GCancellable *cancellable, GError **error);

G_END_DECLS
