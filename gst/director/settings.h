/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "key.h"

/* Which language models may be asked. Nothing is contacted unless the user has
 * set a key or an address. */

G_BEGIN_DECLS

typedef enum
{
  MONTAGE_BACKEND_GOOGLE,
  MONTAGE_BACKEND_OPENAI,
  MONTAGE_BACKEND_OLLAMA
} MontageBackendKind;

/**
 * MontageBackendSettings:
 * @base: without a trailing slash and without /v1
 * @model: (nullable): chosen from what the server has
 * @model_is_set: the user wants this one and no other
 * @key: (nullable)
 * @deadline: ms for one request
 * @thinking_level: (nullable): Google: "LOW", …
 * @plain_allowed: http to a host that is not this one
 */
typedef struct
{
  MontageBackendKind kind;
  gchar *base;
  gchar *model;
  gboolean model_is_set;
  MontageKey *key;
  guint deadline;
  guint max_retries;
  gchar *thinking_level;
  gboolean plain_allowed;
} MontageBackendSettings;

/**
 * MontageDirectorSettings:
 * @backends: (element-type MontageBackendSettings): in the order in which they
 *   are asked; empty: offline
 * @deadline: ms for the whole chain
 * @first_pause: ms before the first retry; twice as long before each further one
 * @rest: ms for which a backend that is out of order is left alone
 */
typedef struct
{
  GPtrArray *backends;
  guint deadline;
  guint first_pause;
  guint rest;
  gboolean allow_stabilization;
  gboolean allow_upscale;
  gboolean look_at_scenes; /* pictures may leave this machine */
  guint seed;
} MontageDirectorSettings;

/**
 * montage_director_settings_load:
 * @path: (nullable): a file; %NULL: gst-montage/director.conf in the user's
 *   configuration folder, where there is one
 * @error: return location: #GST_MONTAGE_ERROR_FIELD, #GST_MONTAGE_ERROR_IO
 *
 * The file has a group [director] (order, deadline-seconds, scenes,
 * allow-stabilization, allow-upscale) and one per backend, [google], [openai]
 * and [ollama] (address, model, key-file, deadline-seconds, retries,
 * plain-http, thinking-level). Where a backend has no group, the environment
 * speaks: GEMINI_API_KEY or GOOGLE_API_KEY; OPENAI_API_KEY, OPENAI_BASE_URL, or
 * CGPU_HOST and CGPU_PORT; OLLAMA_HOST. A key of the environment is sent to the
 * address that belongs to it there, never to one of the file.
 *
 * Returns: (transfer full): settings, without backends where nothing is set
 */
MontageDirectorSettings *
montage_director_settings_load (const gchar *path, GError **error);
MontageDirectorSettings *montage_director_settings_new (void);
/* (transfer full): the file that is read where none is named; it need not be
 * there. */
gchar *montage_director_settings_path (void);
MontageBackendSettings *
montage_backend_settings_new (MontageBackendKind kind, const gchar *base);
void montage_director_settings_free (MontageDirectorSettings *self);

void montage_backend_settings_free (MontageBackendSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageBackendSettings,
    montage_backend_settings_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageDirectorSettings,
    montage_director_settings_free)

G_END_DECLS
