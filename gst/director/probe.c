/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "probe.h"

#include "dialect.h"

/* A list of some hundred models has some 500 kB. */
#define MAX_REPLY_BYTES (4u << 20)

const gchar *
montage_backend_name (const MontageBackendSettings *self)
{
  return montage_dialect_of (self->kind)->name;
}

gchar *
montage_backend_address (const MontageBackendSettings *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->base, G_URI_FLAGS_NONE, NULL);

  return uri ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO)
             : g_strdup ("(no address)");
}

static gboolean
check_status (const MontageBackendSettings *self, guint status, GError **error)
{
  g_autofree gchar *address = montage_backend_address (self);

  if (status == 200)
    return TRUE;
  if (status == 401 || status == 403)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
        "%s %s (status %u).", address,
        self->key ? "refuses the key" : "wants a key", status);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "%s answers with status %u: is the address right?", address, status);
  return FALSE;
}

gboolean
montage_backend_probe (const MontageBackendSettings *self, guint deadline,
    gchar **model, GCancellable *cancellable, GError **error)
{
  const MontageDialect *dialect = montage_dialect_of (self->kind);
  g_autofree gchar *uri = dialect->probe_uri (self);
  g_auto (MontageHttpReply) reply = {0};
  const MontageHttpRequest request = {
      .method = "GET",
      .uri = uri,
      .key = self->key,
      .key_header = dialect->key_header,
      .deadline = deadline,
      .max_bytes = MAX_REPLY_BYTES,
      .plain_allowed = self->plain_allowed,
  };

  if (!montage_http_send (&request, &reply, cancellable, error)
      || !check_status (self, reply.status, error))
    return FALSE;
  *model = self->model ? g_strdup (self->model)
                       : dialect->choose_model (self, &reply, FALSE);
  return TRUE;
}
