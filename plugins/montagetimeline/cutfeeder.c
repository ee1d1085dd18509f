/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cutfeeder.h"

#include <gst/pipelines/picturepart.h>

#include "shownframe.h"
#include "stillpicture.h"

/* The cut that plays, its neighbour in a transition and two prepared ones. */
#define MAX_READERS 4
/* Decoders have threads of their own; more workers only fight for the cores. */
#define MAX_WORKERS 2
/* A cut that goes on this little later in the same file takes over the reader
 * of the cut before. */
#define FOLLOW_GAP GST_SECOND

/**
 * Slot:
 *
 * A cut of the window. Shared by the window and the worker that prepares it;
 * all but the constants is protected by the feeder's lock.
 */
typedef struct
{
  guint cut;
  gchar *uri;
  GstClockTime begin;
  gboolean follows; /* takes over the reader of the cut before */
  gboolean still;   /* shown at any time, as close as @closest in @output */
  gdouble closest;
  GstMontageOutput output;
  GCancellable *cancellable;

  gboolean ready;
  gboolean dropped;
  ClipReader *reader;
  GstSample *picture; /* of a still, fitted; nullable */
  gchar *failure;     /* nullable: why it has none */
  GError *error;
} Slot;

struct _CutFeeder
{
  GThreadPool *workers;
  GPtrArray *slots; /* of Slot, by the asking thread only */

  GMutex stills; /* held while one is decoded: photos are large */
  GMutex lock;
  GCond changed;
  GQueue idle; /* with @lock: of ClipReader, the latest used first */
  guint
      n_readers; /* with @lock: idle ones, lent ones and those in the making */
};

static void
slot_clear (gpointer data)
{
  Slot *slot = data;

  g_free (slot->uri);
  g_object_unref (slot->cancellable);
  g_clear_pointer (&slot->picture, gst_sample_unref);
  g_free (slot->failure);
  g_clear_error (&slot->error);
}

static void
slot_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, slot_clear);
}

/* Time of the source that a cut shows first: @in_point, or as much earlier as
 * its transition needs. */
static GstClockTime
source_begin (const GstMontageCut *cut)
{
  GstClockTime handle = gst_montage_cut_handle (cut);

  return shown_frame_source_time (cut, cut->start - MIN (handle, cut->start));
}

/* With the lock: an idle reader of @uri, one that need not seek if possible. */
static ClipReader *
find_idle (CutFeeder *self, const gchar *uri, GstClockTime time)
{
  GList *found = NULL;
  GList *l;
  ClipReader *reader;

  for (l = self->idle.head; l != NULL; l = l->next) {
    if (!g_str_equal (clip_reader_get_uri (l->data), uri))
      continue;
    if (found == NULL)
      found = l;
    if (clip_reader_is_near (l->data, time)) {
      found = l;
      break;
    }
  }
  if (found == NULL)
    return NULL;
  reader = found->data;
  g_queue_delete_link (&self->idle, found);
  return reader;
}

/* A reader of @uri; where there are enough, another file is closed for it. */
static ClipReader *
borrow_reader (CutFeeder *self, const gchar *uri, GstClockTime time)
{
  ClipReader *reader;
  ClipReader *closed = NULL;

  g_mutex_lock (&self->lock);
  while ((reader = find_idle (self, uri, time)) == NULL
      && self->n_readers >= MAX_READERS
      && (closed = g_queue_pop_tail (&self->idle)) == NULL)
    g_cond_wait (&self->changed, &self->lock);
  if (reader == NULL && closed == NULL)
    self->n_readers++;
  g_mutex_unlock (&self->lock);
  clip_reader_free (closed);
  return reader != NULL ? reader : clip_reader_new (uri);
}

/* A reader that has met an error is not used again. */
static void
return_reader (CutFeeder *self, ClipReader *reader)
{
  g_autofree gchar *error = clip_reader_dup_error (reader);

  if (error != NULL)
    g_clear_pointer (&reader, clip_reader_free);
  g_mutex_lock (&self->lock);
  if (reader != NULL)
    g_queue_push_head (&self->idle, reader);
  else
    self->n_readers--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
prepare_still (CutFeeder *self, Slot *slot)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *failure = NULL;
  GstSample *picture = NULL;

  if (!g_cancellable_is_cancelled (slot->cancellable)) {
    g_mutex_lock (&self->stills);
    picture = still_picture_load (slot->uri, &slot->output, slot->closest,
        slot->cancellable, &failure, &error);
    g_mutex_unlock (&self->stills);
  }
  g_mutex_lock (&self->lock);
  slot->ready = TRUE;
  slot->picture = picture;
  slot->failure = g_steal_pointer (&failure);
  slot->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
prepare_clip (CutFeeder *self, Slot *slot)
{
  g_autoptr (GError) error = NULL;
  ClipReader *reader = NULL;
  ClipFrame frame;

  if (!g_cancellable_is_cancelled (slot->cancellable)) {
    reader = borrow_reader (self, slot->uri, slot->begin);
    clip_reader_frame_at (reader, slot->begin, slot->cancellable, &frame,
        &error);
  }
  g_mutex_lock (&self->lock);
  slot->ready = TRUE;
  if (!slot->dropped) {
    slot->reader = g_steal_pointer (&reader);
    slot->error = g_steal_pointer (&error);
  }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  if (reader != NULL)
    return_reader (self, reader);
}

static void
prepare (gpointer data, gpointer user_data)
{
  Slot *slot = data;

  if (slot->still)
    prepare_still (user_data, slot);
  else
    prepare_clip (user_data, slot);
  slot_unref (slot);
}

CutFeeder *
cut_feeder_new (void)
{
  CutFeeder *self = g_new0 (CutFeeder, 1);

  g_mutex_init (&self->stills);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->idle);
  self->slots = g_ptr_array_new_with_free_func (slot_unref);
  self->workers = g_thread_pool_new (prepare, self, MAX_WORKERS, FALSE, NULL);
  return self;
}

void
cut_feeder_free (CutFeeder *self)
{
  if (self == NULL)
    return;
  cut_feeder_clear (self);
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_queue_clear_full (&self->idle, (GDestroyNotify) clip_reader_free);
  g_ptr_array_unref (self->slots);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->stills);
  g_free (self);
}

static void
drop_slot (CutFeeder *self, guint index)
{
  Slot *slot = g_ptr_array_index (self->slots, index);
  ClipReader *reader;

  g_cancellable_cancel (slot->cancellable);
  g_mutex_lock (&self->lock);
  slot->dropped = TRUE;
  reader = g_steal_pointer (&slot->reader);
  g_mutex_unlock (&self->lock);
  if (reader != NULL)
    return_reader (self, reader);
  g_ptr_array_remove_index (self->slots, index);
}

void
cut_feeder_clear (CutFeeder *self)
{
  while (self->slots->len > 0)
    drop_slot (self, self->slots->len - 1);
}

static Slot *
find_slot (const CutFeeder *self, guint cut)
{
  guint i;

  for (i = 0; i < self->slots->len; i++) {
    Slot *slot = g_ptr_array_index (self->slots, i);

    if (slot->cut == cut)
      return slot;
  }
  return NULL;
}

static gboolean
goes_on (const GstMontageCut *before, const GstMontageCut *cut)
{
  GstClockTime end = shown_frame_source_time (before,
      before->start + before->duration);

  return before->source == cut->source && gst_montage_cut_handle (cut) == 0
      && cut->in_point >= end && cut->in_point - end <= FOLLOW_GAP;
}

static void
add_slot (CutFeeder *self, const GstMontagePlan *plan, guint index)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  const GstMontageSource *source = &g_array_index (plan->sources,
      GstMontageSource, cut->source);
  Slot *slot = g_atomic_rc_box_new0 (Slot);

  slot->cut = index;
  slot->uri = g_strdup (source->uri);
  slot->begin = source_begin (cut);
  slot->cancellable = g_cancellable_new ();
  slot->still = source->still;
  slot->closest = picture_part_closest (cut);
  slot->output = plan->output;
  slot->follows = !slot->still && find_slot (self, index - 1) != NULL
      && goes_on (cut - 1, cut);
  slot->ready = slot->follows;
  g_ptr_array_add (self->slots, slot);
  if (!slot->follows)
    g_thread_pool_push (self->workers, g_atomic_rc_box_acquire (slot), NULL);
}

/* Whether @slot still is what @plan asks for: a later revision may have changed
 * it. */
static gboolean
is_current (const Slot *slot, const GstMontagePlan *plan)
{
  const GstMontageCut *cut;

  if (slot->cut >= plan->cuts->len)
    return FALSE;
  cut = &g_array_index (plan->cuts, GstMontageCut, slot->cut);
  return slot->begin == source_begin (cut)
      && slot->closest == picture_part_closest (cut)
      && g_str_equal (slot->uri,
          g_array_index (plan->sources, GstMontageSource, cut->source).uri);
}

void
cut_feeder_set_window (CutFeeder *self, const GstMontagePlan *plan, guint first,
    guint last)
{
  guint i;

  /* The reader that a following cut waits for must not be given up. */
  for (i = 0; i < self->slots->len; i++) {
    Slot *slot = g_ptr_array_index (self->slots, i);
    Slot *before = find_slot (self, slot->cut - 1);

    if (slot->follows && slot->reader == NULL && slot->cut == first
        && before != NULL && before->ready)
      slot->reader = g_steal_pointer (&before->reader);
  }
  for (i = self->slots->len; i > 0; i--) {
    Slot *slot = g_ptr_array_index (self->slots, i - 1);

    if (slot->cut < first || slot->cut > last || !is_current (slot, plan))
      drop_slot (self, i - 1);
  }
  for (i = first; i <= last && i < plan->cuts->len; i++) {
    if (find_slot (self, i) == NULL)
      add_slot (self, plan, i);
  }
}

typedef struct
{
  GMutex *lock;
  GCond *cond;
} Waker;

static void
wake (GCancellable *cancellable, gpointer data)
{
  Waker *waker = data;

  g_mutex_lock (waker->lock);
  g_cond_broadcast (waker->cond);
  g_mutex_unlock (waker->lock);
}

/* Waits until the worker is through with @slot. */
static gboolean
wait_ready (CutFeeder *self, Slot *slot, GCancellable *cancellable,
    GError **error)
{
  Waker waker = {&self->lock, &self->changed};
  gulong id;
  gboolean ready;

  id = g_cancellable_connect (cancellable, G_CALLBACK (wake), &waker, NULL);
  g_mutex_lock (&self->lock);
  while (!slot->ready && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->changed, &self->lock);
  ready = slot->ready;
  g_mutex_unlock (&self->lock);
  g_cancellable_disconnect (cancellable, id);
  if (!ready)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return ready;
}

gboolean
cut_feeder_frame (CutFeeder *self, guint cut, GstClockTime time,
    GCancellable *cancellable, ClipFrame *frame, GError **error)
{
  Slot *slot = find_slot (self, cut);

  g_return_val_if_fail (slot != NULL, FALSE);
  if (!wait_ready (self, slot, cancellable, error))
    return FALSE;
  if (slot->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&slot->error));
    return FALSE;
  }
  if (slot->still) {
    *frame = (ClipFrame){.sample = slot->picture,
        .orientation = GST_VIDEO_ORIENTATION_IDENTITY,
        .fitted = TRUE,
        .held = slot->picture == NULL};
    return TRUE;
  }
  if (slot->reader == NULL && slot->follows) {
    Slot *before = find_slot (self, cut - 1);

    if (before != NULL)
      slot->reader = g_steal_pointer (&before->reader);
  }
  if (slot->reader == NULL)
    slot->reader = borrow_reader (self, slot->uri, slot->begin);
  return clip_reader_frame_at (slot->reader, time, cancellable, frame, error);
}

gchar *
cut_feeder_dup_error (CutFeeder *self, guint cut)
{
  Slot *slot = find_slot (self, cut);

  if (slot != NULL && slot->still)
    return g_strdup (slot->failure);
  if (slot == NULL || slot->reader == NULL)
    return NULL;
  return clip_reader_dup_error (slot->reader);
}
