/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelserver.h"

#include <string.h>

#include <libsoup/soup.h>

#define TRICKLE_INTERVAL 100 /* ms */
#define FLOOD_BYTES (60u << 20)
#define FLOOD_BLOCK_BYTES (1u << 20)

/* Of "localhost" and 127.0.0.1, signed by itself, made for these tests with
 * openssl req -x509 -newkey ec. */
static const gchar certificate_pem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcc7YVJeqqEnHz13A\n"
    "gHmTddXrD98jd2ysz7JiMOqBaxKhRANCAARzZl6+LFFL378BSmQZw5MewMfRszFZ\n"
    "KFcN1Sb66/TH5U51hN8U/LpNBKPoJ+Xw5ycx36KJqyGD9PpEfLlDgnIU\n"
    "-----END PRIVATE KEY-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBmzCCAUGgAwIBAgIUGc/8/p7UPQ8MGoB8Ow4x4kd+B3cwCgYIKoZIzj0EAwIw\n"
    "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE2MDAxNFoYDzIxMjYxMDMw\n"
    "MTYwMDE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAARzZl6+LFFL378BSmQZw5MewMfRszFZKFcN1Sb66/TH5U51hN8U/LpN\n"
    "BKPoJ+Xw5ycx36KJqyGD9PpEfLlDgnIUo28wbTAdBgNVHQ4EFgQUeteW0GYVYMNf\n"
    "A0c/6IHmJqWA3mgwHwYDVR0jBBgwFoAUeteW0GYVYMNfA0c/6IHmJqWA3mgwDwYD\n"
    "VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI\n"
    "zj0EAwIDSAAwRQIgIkInvK8VSkjKPDde/YEC+lmATDHDZS6mUqYFL1hY3VoCIQCE\n"
    "LoeoVjxrTEU65UMHt5UG2RU/PAlGZwcp66/WhzYWQQ==\n"
    "-----END CERTIFICATE-----\n";

typedef struct
{
  gchar *path;
  const ModelReply *replies;
  guint n;
  guint n_used;
} Script;

struct _ModelServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  gchar *base;

  GMutex lock;
  GPtrArray *scripts;  /* of Script, the latest first */
  GPtrArray *requests; /* of ModelRequest */
};

/* --- requests ----------------------------------------------------------- */

static void
request_free (gpointer data)
{
  ModelRequest *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->authorization);
  g_free (self->goog_key);
  g_free (self->content_type);
  g_free (self->body);
  g_free (self);
}

static void
script_free (gpointer data)
{
  Script *self = data;

  g_free (self->path);
  g_free (self);
}

static gchar *
path_of (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const gchar *query = g_uri_get_query (uri);

  return g_strconcat (g_uri_get_path (uri), query ? "?" : "", query, NULL);
}

static void
note_request (ModelServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (
      message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  ModelRequest *request = g_new0 (ModelRequest, 1);
  gsize size;
  const gchar *data = g_bytes_get_data (bytes, &size);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = path_of (message);
  request->authorization = g_strdup (
      soup_message_headers_get_one (headers, "Authorization"));
  request->goog_key = g_strdup (
      soup_message_headers_get_one (headers, "x-goog-api-key"));
  request->content_type = g_strdup (
      soup_message_headers_get_one (headers, "Content-Type"));
  request->body = g_strndup (data ? data : "", size);
  g_ptr_array_add (self->requests, request);
}

static const ModelReply *
next_reply (ModelServer *self, const gchar *path)
{
  for (guint i = 0; i < self->scripts->len; i++) {
    Script *script = g_ptr_array_index (self->scripts, i);

    if (strstr (path, script->path)) {
      guint index = MIN (script->n_used, script->n - 1);

      script->n_used++;
      return &script->replies[index];
    }
  }
  return NULL;
}

/* --- replies ------------------------------------------------------------ */

/* A byte now and then, while somebody listens. */
typedef struct
{
  SoupServerMessage *message;
  GSource *source;
} Trickle;

static gboolean
on_trickle (gpointer data)
{
  Trickle *self = data;
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  soup_message_body_append (body, SOUP_MEMORY_STATIC, " ", 1);
  soup_server_message_unpause (self->message);
  return G_SOURCE_CONTINUE;
}

static void
on_gone (SoupServerMessage *message, gpointer data)
{
  Trickle *self = data;

  if (self->source)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
trickle_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
start_trickle (ModelServer *self, SoupServerMessage *message)
{
  Trickle *trickle = g_new0 (Trickle, 1);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_message_headers_set_encoding (soup_server_message_get_response_headers (
                                         message),
      SOUP_ENCODING_CHUNKED);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "{", 1);
  trickle->message = message;
  trickle->source = g_timeout_source_new (TRICKLE_INTERVAL);
  g_source_set_callback (trickle->source, on_trickle, trickle, NULL);
  g_source_attach (trickle->source, self->context);
  g_signal_connect_data (message, "disconnected", G_CALLBACK (on_gone), trickle,
      trickle_free, 0);
}

static void
flood (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autofree gchar *block = g_strnfill (FLOOD_BLOCK_BYTES, ' ');

  for (gsize n = 0; n < FLOOD_BYTES; n += FLOOD_BLOCK_BYTES)
    soup_message_body_append (body, SOUP_MEMORY_COPY, block, FLOOD_BLOCK_BYTES);
  soup_message_body_complete (body);
}

/* The same 60 MB as one stream of gzip. */
static void
swell (SoupServerMessage *message)
{
  g_autofree gchar *block = g_strnfill (FLOOD_BYTES, ' ');
  g_autoptr (GZlibCompressor)
      compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GInputStream)
      plain = g_memory_input_stream_new_from_data (block, FLOOD_BYTES, NULL);
  g_autoptr (GInputStream)
      stream = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  g_autoptr (GBytes)
      bytes = g_input_stream_read_bytes (stream, FLOOD_BYTES, NULL, NULL);

  soup_message_headers_replace (soup_server_message_get_response_headers (
                                    message),
      "Content-Encoding", "gzip");
  soup_message_body_append_bytes (soup_server_message_get_response_body (
                                      message),
      bytes);
}

static void
send_chunks (SoupServerMessage *message, const gchar *text)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize length = strlen (text);

  soup_message_headers_set_encoding (soup_server_message_get_response_headers (
                                         message),
      SOUP_ENCODING_CHUNKED);
  for (gsize i = 0; i < length; i += 7)
    soup_message_body_append (body, SOUP_MEMORY_COPY, text + i,
        MIN (7, length - i));
  soup_message_body_complete (body);
}

/* Less than the length that was promised. */
static void
drop (SoupServerMessage *message, const gchar *text)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autofree gchar *start =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Content-Length: %u\r\n\r\n%.20s",
          (guint) strlen (text), text);

  g_socket_send (socket, start, strlen (start), NULL, NULL);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
set_header (SoupServerMessage *message, const gchar *header)
{
  g_auto (GStrv) parts = g_strsplit (header, ": ", 2);

  soup_message_headers_replace (soup_server_message_get_response_headers (
                                    message),
      parts[0], parts[1]);
}

static void
send_reply (ModelServer *self, SoupServerMessage *message,
    const ModelReply *reply)
{
  const gchar *type = reply->content_type ? reply->content_type
                                          : "application/json";

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->header)
    set_header (message, reply->header);
  switch (reply->manner) {
    case MODEL_ANSWERS:
      soup_server_message_set_response (message, type, SOUP_MEMORY_STATIC,
          reply->body, strlen (reply->body));
      break;
    case MODEL_DROPS:
      drop (message, reply->body);
      break;
    case MODEL_TRICKLES:
      start_trickle (self, message);
      break;
    case MODEL_FLOODS:
      flood (message);
      break;
    case MODEL_SWELLS:
      swell (message);
      break;
    case MODEL_CHUNKS:
      send_chunks (message, reply->body);
      break;
    case MODEL_SLEEPS:
      soup_server_message_pause (message);
      break;
  }
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path,
    GHashTable *query, gpointer data)
{
  static const ModelReply missing = {404,
      "{\"error\": {\"code\": \"not_found\", \"message\": \"no such route\"}}"};
  ModelServer *self = data;
  g_autofree gchar *whole = path_of (message);
  const ModelReply *reply;

  g_mutex_lock (&self->lock);
  note_request (self, message);
  reply = next_reply (self, whole);
  g_mutex_unlock (&self->lock);
  send_reply (self, message, reply ? reply : &missing);
}

/* --- life --------------------------------------------------------------- */

static gpointer
serve (gpointer data)
{
  ModelServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
listen_for (ModelServer *self, ModelServerKind kind)
{
  SoupServerListenOptions options = kind == MODEL_SERVER_IPV6
      ? SOUP_SERVER_LISTEN_IPV6_ONLY
      : SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (kind == MODEL_SERVER_TLS) {
    certificate = g_tls_certificate_new_from_pem (certificate_pem, -1, NULL);
    if (!certificate)
      return FALSE;
    soup_server_set_tls_certificate (self->server, certificate);
    options |= SOUP_SERVER_LISTEN_HTTPS;
  }
  return soup_server_listen_local (self->server, 0, options, NULL);
}

static gchar *
find_base (ModelServer *self, ModelServerKind kind)
{
  static const gchar *const hosts[] = {"http://127.0.0.1", "http://[::1]",
      "https://127.0.0.1"};
  GSList *uris = soup_server_get_uris (self->server);
  gchar *base = g_strdup_printf ("%s:%d", hosts[kind],
      g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return base;
}

ModelServer *
model_server_new_of_kind (ModelServerKind kind)
{
  ModelServer *self = g_new0 (ModelServer, 1);

  g_mutex_init (&self->lock);
  self->scripts = g_ptr_array_new_with_free_func (script_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (listen_for (self, kind))
    self->base = find_base (self, kind);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("model-server", serve, self);
  if (!self->base)
    g_clear_pointer (&self, model_server_free);
  return self;
}

ModelServer *
model_server_new (void)
{
  ModelServer *self = model_server_new_of_kind (MODEL_SERVER_USUAL);

  g_assert (self != NULL);
  return self;
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
model_server_free (ModelServer *self)
{
  if (!self)
    return;
  g_main_context_invoke (self->context, on_quit, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->requests);
  g_free (self->base);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const gchar *
model_server_get_base (const ModelServer *self)
{
  return self->base;
}

void
model_server_reply (ModelServer *self, const gchar *path,
    const ModelReply *replies, guint n)
{
  Script *script = g_new0 (Script, 1);

  script->path = g_strdup (path);
  script->replies = replies;
  script->n = n;
  g_mutex_lock (&self->lock);
  g_ptr_array_insert (self->scripts, 0, script);
  g_mutex_unlock (&self->lock);
}

guint
model_server_count (ModelServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests->len;
  g_mutex_unlock (&self->lock);
  return n;
}

const ModelRequest *
model_server_get (ModelServer *self, guint index)
{
  const ModelRequest *request = NULL;

  g_mutex_lock (&self->lock);
  if (index < self->requests->len)
    request = g_ptr_array_index (self->requests, index);
  g_mutex_unlock (&self->lock);
  return request;
}
