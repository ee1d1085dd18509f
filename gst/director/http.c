/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libsoup's own timeout is one of inactivity, its reads have no size limit and
 * its redirects forward headers that it does not know as secrets: the total
 * deadline, the limit and the refusal of redirects are ours. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "http.h"

#include <string.h>

#include <libsoup/soup.h>

#include <gst/montage/error.h>

#define CHUNK_BYTES 65536
#define USER_AGENT "gst-montage"

typedef struct
{
  const MontageHttpRequest *request;
  SoupMessage *message;
  GCancellable *cancellable; /* of this request alone */
  GInputStream *stream;
  GByteArray *body;
  GError *error;
  gboolean late;
  gboolean done;
} Exchange;

/* --- what may be sent where --------------------------------------------- */

static gboolean
refuse (GError **error, const gchar *uri, const gchar *problem)
{
  g_autofree gchar *shown = montage_key_redact (uri);

  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "The address '%s' %s.", shown, problem);
  return FALSE;
}

static gboolean
is_loopback (const gchar *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

gboolean
montage_http_check_uri (const gchar *uri, gboolean plain_allowed,
    GError **error)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  const gchar *scheme = parsed ? g_uri_get_scheme (parsed) : NULL;

  if (!parsed || !g_uri_get_host (parsed) || !*g_uri_get_host (parsed)
      || (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0))
    return refuse (error, uri, "is no http or https address with a host");
  if (g_uri_get_userinfo (parsed) || g_uri_get_fragment (parsed))
    return refuse (error, uri, "holds a user or a fragment; leave them out");
  if (g_str_equal (scheme, "http") && !plain_allowed
      && !is_loopback (g_uri_get_host (parsed)))
    return refuse (error, uri,
        "is not encrypted; use https, or set plain-http=true where the "
        "network can be trusted");
  return TRUE;
}

static void
set_key (SoupMessage *message, const MontageHttpRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (!request->key || !montage_key_fits (request->key, request->uri))
    return;
  if (g_str_equal (request->key_header, "Authorization")) {
    gchar *value = g_strconcat ("Bearer ", montage_key_peek (request->key),
        NULL);

    soup_message_headers_replace (headers, "Authorization", value);
    explicit_bzero (value, strlen (value));
    g_free (value);
  } else {
    soup_message_headers_replace (headers, request->key_header,
        montage_key_peek (request->key));
  }
}

/* --- the exchange ------------------------------------------------------- */

/* Takes @error. */
static void
finish (Exchange *self, GError *error)
{
  self->error = error;
  self->done = TRUE;
}

static void read_more (Exchange *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Exchange *self = data;
  GError *error = NULL;
  g_autoptr (GBytes)
      bytes = g_input_stream_read_bytes_finish (self->stream, result, &error);
  gsize size = bytes ? g_bytes_get_size (bytes) : 0;

  if (error || size == 0) {
    finish (self, error);
    return;
  }
  if (self->body->len + size > self->request->max_bytes) {
    finish (self,
        g_error_new (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
            "the answer is longer than %" G_GSIZE_FORMAT " KiB",
            self->request->max_bytes >> 10));
    return;
  }
  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL),
      (guint) size);
  read_more (self);
}

static void
read_more (Exchange *self)
{
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES,
      G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Exchange *self = data;
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result,
      &error);
  if (self->stream)
    read_more (self);
  else
    finish (self, error);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *self = data;

  self->late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Names the host and says what can be done. */
static void
set_network_error (const Exchange *self, const gchar *host, GError **error)
{
  const GError *problem = self->error;
  g_autofree gchar *text = montage_key_redact (problem->message);

  g_strchomp (text);
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';
  if (problem->domain == G_RESOLVER_ERROR)
    g_set_error (error, problem->domain, problem->code,
        "%s is not known here (%s); check the address and the network.", host,
        text);
  else if (g_error_matches (problem, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    g_set_error (error, problem->domain, problem->code,
        "%s cannot be asked over https; install glib-networking.", host);
  else if (g_error_matches (problem, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_set_error (error, problem->domain, problem->code,
        "%s cannot prove who it is, so nothing was sent: %s.", host, text);
  else
    g_set_error (error, problem->domain, problem->code,
        "%s cannot be asked: %s.", host, text);
}

static void
set_error (const Exchange *self, GError **error)
{
  GUri *uri = soup_message_get_uri (self->message);
  const gchar *host = g_uri_get_host (uri);

  if (self->late)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
        "%s did not answer within %.3g s.", host,
        self->request->deadline / 1000.0);
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
        "The question to %s was called off.", host);
  else
    set_network_error (self, host, error);
}

static void
run (Exchange *self, SoupSession *session, GCancellable *cancellable)
{
  GMainContext *context = g_main_context_get_thread_default ();
  GSource *deadline = g_timeout_source_new (self->request->deadline);
  gulong handler = cancellable ? g_cancellable_connect (cancellable,
                       G_CALLBACK (on_cancelled), self->cancellable, NULL)
                               : 0;

  g_source_set_callback (deadline, on_deadline, self, NULL);
  g_source_attach (deadline, context);
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT,
      self->cancellable, on_sent, self);
  while (!self->done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (deadline);
  g_source_unref (deadline);
  g_cancellable_disconnect (cancellable, handler);
}

/* --- the reply ---------------------------------------------------------- */

/* Seconds or a date (RFC 9110, 10.2.3). */
static gdouble
read_retry_after (SoupMessageHeaders *headers)
{
  const gchar *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  gchar *end;
  gdouble seconds;

  if (!value)
    return -1;
  seconds = g_ascii_strtod (value, &end);
  if (end != value && *end == '\0')
    return seconds >= 0 ? seconds : -1;
  date = soup_date_time_new_from_http_string (value);
  if (!date)
    return -1;
  now = g_date_time_new_now_utc ();
  return MAX (0.0,
      (gdouble) g_date_time_difference (date, now) / G_TIME_SPAN_SECOND);
}

static void
fill_reply (Exchange *self, MontageHttpReply *reply)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (
      self->message);

  reply->status = soup_message_get_status (self->message);
  reply->retry_after = read_retry_after (headers);
  reply->content_type = g_strdup (
      soup_message_headers_get_content_type (headers, NULL));
  if (self->request->key)
    montage_key_hide (self->request->key, self->body);
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
}

static SoupSession *
new_session (SoupMessage *message)
{
  /* The inactivity of a model that is being loaded is no error. */
  SoupSession *session = soup_session_new_with_options ("timeout", 0,
      "user-agent", USER_AGENT, NULL);

  /* What stays on this machine is no proxy's business. */
  if (is_loopback (g_uri_get_host (soup_message_get_uri (message))))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static gboolean
exchange (Exchange *self, MontageHttpReply *reply, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (SoupSession) session = new_session (self->message);

  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->request->body)
    soup_message_set_request_body_from_bytes (self->message, "application/json",
        self->request->body);
  set_key (self->message, self->request);
  run (self, session, cancellable);
  soup_session_abort (session);
  if (self->error) {
    set_error (self, error);
    return FALSE;
  }
  fill_reply (self, reply);
  return TRUE;
}

gboolean
montage_http_send (const MontageHttpRequest *request, MontageHttpReply *reply,
    GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = NULL;
  Exchange self = {.request = request};
  gboolean sent;

  if (!montage_http_check_uri (request->uri, request->plain_allowed, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  self.message = soup_message_new (request->method, request->uri);
  self.cancellable = g_cancellable_new ();
  self.body = g_byte_array_new ();
  sent = exchange (&self, reply, cancellable, error);
  /* libsoup ends a request in the context that it was sent in */
  g_clear_object (&self.stream);
  g_clear_object (&self.message);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_clear_object (&self.cancellable);
  g_clear_pointer (&self.body, g_byte_array_unref);
  g_clear_error (&self.error);
  return sent;
}

void
montage_http_reply_clear (MontageHttpReply *self)
{
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}
