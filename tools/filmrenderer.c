/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmrenderer.h"

#include <string.h>
#include <unistd.h>

#include "partencoder.h"
#include "partkey.h"

/* An estimate on the safe side for x264enc and clips of 1920x1080: up to four
 * decoders of some 80 MiB each, raw pictures, what the encoder looks ahead.
 * More pixels take more in proportion. */
#define BYTES_PER_JOB ((guint64) 350 << 20)
#define PIXELS_PER_JOB ((guint64) 1920 * 1080)
/* Of the machine's memory, what rendering may take. */
#define MEMORY_SHARE 2

typedef enum
{
  PART_WAITING,
  PART_RUNNING,
  PART_DONE,
  PART_FAILED
} PartState;

/* The film of one plan; shared by its parts. */
typedef struct
{
  GstMontagePlan *plan; /* bare */
  GBytes *text;
} PlannedFilm;

/**
 * Part:
 *
 * Shared by the list and the thread that makes it.
 */
typedef struct
{
  PlannedFilm *film;
  gboolean is_sound;
  ToolFilmSegment segment;
  gchar *key;
  GCancellable *cancellable;
  gint n_coded; /* atomic */
  /* Protected by the renderer's lock. */
  PartState state;
  ToolPart *part;
} Part;

struct _ToolFilmRenderer
{
  const ToolFilmFormat *format;
  ToolPartStore *store;
  ToolFilmChunk chunk;
  guint n_jobs; /* 0: before the first plan */
  GPtrArray *threads;

  GMutex lock; /* protects what follows */
  GCond changed;
  GPtrArray *parts; /* of Part, the sound first */
  gboolean quit;
  GError *error; /* the first */
  guint n_encoded;
  guint n_found;
};

/* ---- parts ---- */

static void
planned_film_clear (gpointer data)
{
  PlannedFilm *self = data;

  gst_montage_plan_free (self->plan);
  g_bytes_unref (self->text);
}

static PlannedFilm *
planned_film_new (const GstMontagePlan *plan)
{
  PlannedFilm *self = g_atomic_rc_box_new0 (PlannedFilm);
  gchar *text;

  self->plan = tool_bare_plan (plan);
  text = gst_montage_plan_to_json (self->plan);
  self->text = g_bytes_new_take (text, strlen (text));
  return self;
}

static void
planned_film_unref (PlannedFilm *self)
{
  g_atomic_rc_box_release_full (self, planned_film_clear);
}

static void
part_clear (gpointer data)
{
  Part *self = data;

  planned_film_unref (self->film);
  g_free (self->key);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->part, tool_part_free);
}

static void
part_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, part_clear);
}

/* Takes @key. */
static Part *
part_new (PlannedFilm *film, const ToolFilmSegment *segment, gchar *key)
{
  Part *self = g_atomic_rc_box_new0 (Part);

  self->film = g_atomic_rc_box_acquire (film);
  self->is_sound = segment == NULL;
  if (segment != NULL)
    self->segment = *segment;
  self->key = key;
  self->cancellable = g_cancellable_new ();
  return self;
}

static gboolean
add_part (ToolFilmRenderer *self, GPtrArray *parts, PlannedFilm *film,
    const ToolFilmSegment *segment, GError **error)
{
  gchar *key = segment != NULL
      ? tool_pictures_key (film->plan, segment, self->format, error)
      : tool_sound_key (film->plan, self->format, error);

  if (key == NULL)
    return FALSE;
  g_ptr_array_add (parts, part_new (film, segment, key));
  tool_part_store_use (self->store, key);
  return TRUE;
}

/* The parts of @film that are to be made. */
static GPtrArray *
list_parts (ToolFilmRenderer *self, PlannedFilm *film, GError **error)
{
  g_autoptr (GArray) segments = tool_film_segments (film->plan);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_unref);
  guint first, end;

  if (film->plan->music.uri != NULL && self->chunk.number == 0
      && !add_part (self, parts, film, NULL, error))
    return NULL;
  tool_film_chunk (segments->len, self->chunk.number, self->chunk.total, &first,
      &end);
  for (guint i = first; i < end; i++)
    if (!add_part (self, parts, film,
            &g_array_index (segments, ToolFilmSegment, i), error))
      return NULL;
  return g_steal_pointer (&parts);
}

/* ---- the threads ---- */

/* With the lock. */
static Part *
find_waiting (const ToolFilmRenderer *self)
{
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (part->state == PART_WAITING)
      return part;
  }
  return NULL;
}

/* The next part to be made; NULL at the end. */
static Part *
take_part (ToolFilmRenderer *self)
{
  Part *part = NULL;

  g_mutex_lock (&self->lock);
  while (!self->quit && (part = find_waiting (self)) == NULL)
    g_cond_wait (&self->changed, &self->lock);
  if (self->quit)
    part = NULL;
  if (part != NULL) {
    part->state = PART_RUNNING;
    g_atomic_rc_box_acquire (part);
  }
  g_mutex_unlock (&self->lock);
  return part;
}

static ToolPart *
make_part (ToolFilmRenderer *self, Part *part, gboolean *found, GError **error)
{
  const ToolPartJob job = {
      .format = self->format,
      .store = self->store,
      .plan = part->film->plan,
      .text = part->film->text,
      .segment = part->is_sound ? NULL : &part->segment,
      .key = part->key,
      .n_coded = &part->n_coded,
  };
  ToolPart *made = tool_part_store_find (self->store, part->key);

  *found = made != NULL;
  return made != NULL ? made
                      : tool_part_encode (&job, part->cancellable, error);
}

static void
finish_part (ToolFilmRenderer *self, Part *part, ToolPart *made, gboolean found,
    GError *error)
{
  gboolean stopped = g_cancellable_is_cancelled (part->cancellable);

  g_mutex_lock (&self->lock);
  part->part = made;
  part->state = made != NULL ? PART_DONE : PART_FAILED;
  if (made != NULL && found)
    self->n_found++;
  else if (made != NULL)
    self->n_encoded++;
  else if (!stopped && self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_error (&error);
}

static gpointer
work (gpointer data)
{
  ToolFilmRenderer *self = data;
  Part *part;

  while ((part = take_part (self)) != NULL) {
    GError *error = NULL;
    gboolean found;
    ToolPart *made = make_part (self, part, &found, &error);

    finish_part (self, part, made, found, error);
    part_unref (part);
  }
  return NULL;
}

static guint
jobs_for (const GstMontagePlan *plan)
{
  guint64 pixels = (guint64) plan->output.width * plan->output.height;
  guint64 memory = (guint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE);
  guint64 n_jobs;

  for (guint i = 0; i < plan->sources->len; i++) {
    const GstMontageSource *source = &g_array_index (plan->sources,
        GstMontageSource, i);

    pixels = MAX (pixels, (guint64) source->width * source->height);
  }
  n_jobs = memory / MEMORY_SHARE
      / (BYTES_PER_JOB * MAX (pixels, PIXELS_PER_JOB) / PIXELS_PER_JOB);
  return CLAMP (n_jobs, 1, g_get_num_processors ());
}

static void
start_threads (ToolFilmRenderer *self)
{
  guint n = MIN (self->n_jobs, self->parts->len);

  while (self->threads->len < n)
    g_ptr_array_add (self->threads, g_thread_new ("render", work, self));
}

/* ---- for the owner ---- */

ToolFilmRenderer *
tool_film_renderer_new (const ToolFilmFormat *format, ToolPartStore *store,
    ToolFilmChunk chunk, guint n_jobs)
{
  ToolFilmRenderer *self = g_new0 (ToolFilmRenderer, 1);

  self->format = format;
  self->store = store;
  self->chunk = chunk;
  self->n_jobs = n_jobs;
  self->threads = g_ptr_array_new ();
  self->parts = g_ptr_array_new_with_free_func (part_unref);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

void
tool_film_renderer_free (ToolFilmRenderer *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  for (guint i = 0; i < self->parts->len; i++)
    g_cancellable_cancel (
        ((Part *) g_ptr_array_index (self->parts, i))->cancellable);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->parts);
  g_clear_error (&self->error);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* With the lock: what is made of the same already takes the place of what is
 * to come; the rest is stopped. */
static void
take_over (ToolFilmRenderer *self, GPtrArray *parts)
{
  for (guint i = 0; i < self->parts->len; i++) {
    Part *old = g_ptr_array_index (self->parts, i);
    gboolean goes_on = FALSE;

    for (guint k = 0; k < parts->len && !goes_on; k++) {
      Part *part = g_ptr_array_index (parts, k);

      goes_on = g_str_equal (part->key, old->key);
      if (goes_on) {
        part_unref (part);
        parts->pdata[k] = g_atomic_rc_box_acquire (old);
      }
    }
    if (!goes_on)
      g_cancellable_cancel (old->cancellable);
  }
}

gboolean
tool_film_renderer_set_plan (ToolFilmRenderer *self, const GstMontagePlan *plan,
    GError **error)
{
  PlannedFilm *film = planned_film_new (plan);
  GPtrArray *parts = list_parts (self, film, error);
  GPtrArray *old;

  planned_film_unref (film);
  if (parts == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  take_over (self, parts);
  old = self->parts;
  self->parts = parts;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_ptr_array_unref (old);
  if (self->n_jobs == 0)
    self->n_jobs = jobs_for (plan);
  return TRUE;
}

/* With the lock. */
static gboolean
is_done (const ToolFilmRenderer *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (((Part *) g_ptr_array_index (self->parts, i))->state != PART_DONE)
      return FALSE;
  return TRUE;
}

gboolean
tool_film_renderer_wait (ToolFilmRenderer *self, gint64 until, gboolean *done,
    GError **error)
{
  gboolean ok;

  start_threads (self);
  g_mutex_lock (&self->lock);
  while (self->error == NULL && !(*done = is_done (self)))
    if (!g_cond_wait_until (&self->changed, &self->lock, until))
      break;
  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_mutex_unlock (&self->lock);
  return ok;
}

/* With the lock: how many frames of @part are encoded. */
static guint64
frames_of (Part *part)
{
  guint64 n = part->segment.end - part->segment.begin;

  return part->state == PART_DONE
      ? n
      : MIN (n, (guint64) g_atomic_int_get (&part->n_coded));
}

gdouble
tool_film_renderer_progress (ToolFilmRenderer *self)
{
  guint64 total = 0, done = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (part->is_sound)
      continue;
    total += part->segment.end - part->segment.begin;
    done += frames_of (part);
  }
  g_mutex_unlock (&self->lock);
  return total > 0 ? (gdouble) done / total : 0;
}

guint64
tool_film_renderer_position (ToolFilmRenderer *self)
{
  guint64 position = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (part->is_sound)
      continue;
    position = part->segment.begin + frames_of (part);
    if (part->state != PART_DONE)
      break;
  }
  g_mutex_unlock (&self->lock);
  return position;
}

void
tool_film_renderer_count (ToolFilmRenderer *self, guint *n_encoded,
    guint *n_found)
{
  g_mutex_lock (&self->lock);
  *n_encoded = self->n_encoded;
  *n_found = self->n_found;
  g_mutex_unlock (&self->lock);
}

GPtrArray *
tool_film_renderer_pictures (ToolFilmRenderer *self)
{
  GPtrArray *pictures = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (!part->is_sound)
      g_ptr_array_add (pictures, part->part);
  }
  g_mutex_unlock (&self->lock);
  return pictures;
}

const ToolPart *
tool_film_renderer_sound (ToolFilmRenderer *self)
{
  const ToolPart *sound = NULL;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (part->is_sound)
      sound = part->part;
  }
  g_mutex_unlock (&self->lock);
  return sound;
}

guint
tool_film_renderer_find (ToolFilmRenderer *self, guint *n_parts)
{
  guint n_missing = 0;

  *n_parts = self->parts->len;
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    part->part = tool_part_store_find (self->store, part->key);
    part->state = part->part != NULL ? PART_DONE : PART_WAITING;
    n_missing += part->part == NULL;
  }
  return n_missing;
}
