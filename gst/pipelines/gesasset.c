/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gesasset.h"

typedef struct
{
  GMutex lock;
  GCond done;
  enum
  {
    ASSET_WANTED,
    ASSET_BEGUN,
    ASSET_DONE
  } state; /* under the lock */
  gchar *uri;
  GESUriClipAsset *asset;
  GError *error;
} AssetRequest;

/* A main loop that is kept from going on for so long may wait for us. */
#define BUSY_LOOP (10 * G_USEC_PER_SEC)
#define POLL (20 * G_TIME_SPAN_MILLISECOND)

static void
asset_request_clear (gpointer data)
{
  AssetRequest *self = data;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self->uri);
  g_clear_object (&self->asset);
  g_clear_error (&self->error);
}

static void
asset_request_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, asset_request_clear);
}

static gboolean
asset_request_move (AssetRequest *self, guint from, guint to)
{
  gboolean moved;

  g_mutex_lock (&self->lock);
  moved = self->state == from;
  if (moved)
    self->state = to;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
  return moved;
}

static gboolean
asset_request_run (gpointer data)
{
  AssetRequest *self = data;

  if (asset_request_move (self, ASSET_WANTED, ASSET_BEGUN)) {
    self->asset = ges_uri_clip_asset_request_sync (self->uri, &self->error);
    asset_request_move (self, ASSET_BEGUN, ASSET_DONE);
  }
  return G_SOURCE_REMOVE;
}

static void
asset_request_run_here (AssetRequest *self)
{
  g_main_context_push_thread_default (NULL);
  asset_request_run (self);
  g_main_context_pop_thread_default (NULL);
  g_main_context_release (NULL);
}

static void
asset_request_wait (AssetRequest *self)
{
  gint64 end = g_get_monotonic_time () + BUSY_LOOP;

  g_mutex_lock (&self->lock);
  while (self->state != ASSET_DONE) {
    g_cond_wait_until (&self->done, &self->lock,
        g_get_monotonic_time () + POLL);
    if (self->state != ASSET_WANTED)
      continue;
    g_mutex_unlock (&self->lock);
    if (g_main_context_acquire (NULL))
      asset_request_run_here (self);
    else if (g_get_monotonic_time () > end
        && asset_request_move (self, ASSET_WANTED, ASSET_DONE))
      self->error = g_error_new_literal (GST_MONTAGE_ERROR,
          GST_MONTAGE_ERROR_IO, "the main loop is blocked");
    g_mutex_lock (&self->lock);
  }
  g_mutex_unlock (&self->lock);
}

GESUriClipAsset *
montage_ges_asset_open (const gchar *uri, GError **error)
{
  AssetRequest *request = g_atomic_rc_box_new0 (AssetRequest);
  GESUriClipAsset *asset;

  g_mutex_init (&request->lock);
  g_cond_init (&request->done);
  request->uri = g_strdup (uri);
  if (g_main_context_acquire (NULL)) {
    asset_request_run_here (request);
  } else {
    g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, asset_request_run,
        g_atomic_rc_box_acquire (request), asset_request_unref);
    asset_request_wait (request);
  }
  asset = g_steal_pointer (&request->asset);
  if (request->error != NULL)
    g_propagate_error (error, g_steal_pointer (&request->error));
  asset_request_unref (request);
  return asset;
}
