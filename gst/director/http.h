/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "key.h"

G_BEGIN_DECLS

/**
 * MontageHttpRequest:
 * @method: "GET" or "POST"
 * @uri: as montage_http_check_uri() wants it
 * @body: (nullable): JSON
 * @key: (nullable): sent in @key_header, only to the origin that it belongs to
 * @key_header: "Authorization" (with "Bearer ") or "x-goog-api-key"
 * @deadline: ms, from the call to the last byte
 * @max_bytes: of the decoded body
 */
typedef struct
{
  const gchar *method;
  const gchar *uri;
  GBytes *body;
  const MontageKey *key;
  const gchar *key_header;
  guint deadline;
  gsize max_bytes;
  gboolean plain_allowed;
} MontageHttpRequest;

/**
 * MontageHttpReply:
 * @status: HTTP status
 * @retry_after: seconds that the server asks to wait, -1: says nothing
 * @content_type: (nullable): without parameters
 * @body: decoded; "" where there is none
 */
typedef struct
{
  guint status;
  gdouble retry_after;
  gchar *content_type;
  GBytes *body;
} MontageHttpReply;

/* Whether a request may go to @uri: http or https with a host, without user and
 * fragment, unencrypted only to this machine unless @plain_allowed.
 * %GST_MONTAGE_ERROR_FIELD */
gboolean montage_http_check_uri (const gchar *uri, gboolean plain_allowed,
    GError **error);
/* Blocks in a main context of its own. Follows no redirect: a 3xx is a reply
 * like any other. FALSE where there was no whole reply: G_IO_ERROR_TIMED_OUT
 * (the deadline), G_IO_ERROR_MESSAGE_TOO_LARGE, G_IO_ERROR_CANCELLED,
 * G_IO_ERROR_CONNECTION_REFUSED, …; the message is a sentence that names the
 * host and holds no key. Where @key stands in the reply, it is covered. */
gboolean montage_http_send (const MontageHttpRequest *request,
    MontageHttpReply *reply, GCancellable *cancellable, GError **error);
void montage_http_reply_clear (MontageHttpReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MontageHttpReply, montage_http_reply_clear)

G_END_DECLS
