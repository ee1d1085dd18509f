/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelserver.h"

#include <string.h>

#include <libsoup/soup.h>

#define TRICKLE_INTERVAL 100 /* ms */
#define FLOOD_BYTES (60u << 20)
#define FLOOD_BLOCK_BYTES (1u << 20)

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

ModelServer *
model_server_new (void)
{
  ModelServer *self = g_new0 (ModelServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_mutex_init (&self->lock);
  self->scripts = g_ptr_array_new_with_free_func (script_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY,
      &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf ("http://127.0.0.1:%d",
      g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("model-server", serve, self);
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
