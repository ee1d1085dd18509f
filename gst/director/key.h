/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MontageKey:
 *
 * A secret that is never printed: it is read from a file that only its owner
 * can read or from the environment, belongs to one origin and is sent to no
 * other. Its memory is wiped when it is freed.
 */
typedef struct _MontageKey MontageKey;

/* @origin: "https://host[:port]" */
MontageKey *montage_key_new_from_file (const gchar *path, const gchar *origin,
    GError **error);
/* %NULL where @variable is not set or empty. */
MontageKey *
montage_key_new_from_environment (const gchar *variable, const gchar *origin);
/* Whether it may be sent to @uri. */
gboolean montage_key_fits (const MontageKey *self, const gchar *uri);
/* For the header of a request only. */
const gchar *montage_key_peek (const MontageKey *self);
/* Covers each place where @text, which a server sent, holds the key. */
void montage_key_hide (const MontageKey *self, GByteArray *text);
void montage_key_free (MontageKey *self);

/* @text without what looks like a key; for everything that is shown or kept. */
gchar *montage_key_redact (const gchar *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageKey, montage_key_free)

G_END_DECLS
