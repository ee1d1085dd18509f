/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "scenelooker.h"

#include "analysiscache.h"
#include "mediafiles.h"
#include "shotpictures.h"

/* No style shows anything shorter. */
#define SHORTEST_SHOT (GST_SECOND / 2)
/* Servers that have failed as often as this in a row will go on to do so, and
 * each time may cost minutes. */
#define MAX_FAILURES 2

typedef struct
{
  MontageDirector *director;
  const MontageLookOptions *options;
  MontageAnalysisCache *cache; /* NULL: not used */
  GStrv rules;
  GPtrArray *notes;
  GCancellable *cancellable;
  guint n_shots; /* of all clips, long enough to be shown */
  guint n_done;
  guint n_missed;   /* nothing was said of */
  guint n_failures; /* in a row */
  gchar *reason;    /* of the last failure */
} Looker;

static gboolean
is_long_enough (const GstMontageShot *shot)
{
  return shot->end - shot->start >= SHORTEST_SHOT;
}

/* (element-type GstMontageShot): those to look at; borrowed. */
static GPtrArray *
list_shots (const GstMontageShotList *clip)
{
  GPtrArray *shots = g_ptr_array_new ();

  for (guint i = 0; i < clip->shots->len; i++) {
    GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, i);

    if (is_long_enough (shot))
      g_ptr_array_add (shots, shot);
  }
  return shots;
}

static void
tell_progress (const Looker *self)
{
  if (self->options->progress)
    self->options->progress (self->n_shots > 0
            ? (gdouble) self->n_done / self->n_shots
            : 1.0,
        self->options->progress_data);
}

/* ---- what is known from before ---- */

/* Everything that an answer depends on, but for the clip itself. */
static gchar *
make_version (const Looker *self, const GstMontageShotList *clip)
{
  g_autofree gchar *eyes = montage_director_name_eyes (self->director);
  g_autofree gchar *rules = g_strjoinv ("\n", self->rules);
  GString *version = g_string_new (NULL);

  g_string_printf (version, "scenes %s\n%s\n", eyes, rules);
  for (guint i = 0; i < clip->shots->len; i++)
    g_string_append_printf (version, " %" G_GUINT64_FORMAT,
        g_array_index (clip->shots, GstMontageShot, i).start);
  return g_string_free (version, FALSE);
}

static gboolean
recall (MontageCachedFile *file, const gchar *version, GstMontageShotList *clip)
{
  g_autofree gchar *text = montage_cached_file_load (file,
      MONTAGE_ANALYSIS_SHOTS, version);
  g_autoptr (GstMontageShotList) known = text
      ? gst_montage_shot_list_from_json (text, -1, NULL, NULL)
      : NULL;

  if (!known || known->shots->len != clip->shots->len)
    return FALSE;
  for (guint i = 0; i < clip->shots->len; i++) {
    GstMontageShot *shot = &g_array_index (clip->shots, GstMontageShot, i);

    shot->scene = g_steal_pointer (
        &g_array_index (known->shots, GstMontageShot, i).scene);
  }
  return TRUE;
}

/* ---- some shots of a clip ---- */

/* What the servers said of themselves, in a sentence. */
static void
note_failure (Looker *self, const GPtrArray *steps)
{
  const MontageDirectorStep *last = steps->len > 0
      ? g_ptr_array_index (steps, steps->len - 1)
      : NULL;

  self->n_failures++;
  if (!last)
    return;
  g_free (self->reason);
  self->reason = g_strdup_printf ("%s: %s", last->backend, last->text);
}

/* @shots: those of @pictures. FALSE where it was called off. */
static gboolean
ask (Looker *self, GPtrArray *pictures, GstMontageShot *const *shots,
    GError **error)
{
  GstMontageScene *scenes[MONTAGE_SCENES_PER_QUESTION] = {NULL};
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_director_step_free);
  guint n_seen = 0;

  if (!montage_director_look (self->director, pictures,
          (const gchar *const *) self->rules, scenes, steps, self->cancellable,
          error))
    return FALSE;
  for (guint i = 0; i < pictures->len; i++) {
    shots[i]->scene = scenes[i];
    n_seen += scenes[i] != NULL;
  }
  self->n_missed += pictures->len - n_seen;
  if (n_seen > 0)
    self->n_failures = 0;
  else
    note_failure (self, steps);
  return TRUE;
}

/* The pictures of @shots from @first on, as many as a question may have.
 * @shown: gets the shots of which there are. */
static GPtrArray *
take_pictures (MontagePictureReader *reader, const GPtrArray *shots,
    guint first, GstMontageShot **shown)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_bytes_unref);
  guint last = MIN (first + MONTAGE_SCENES_PER_QUESTION, shots->len);

  for (guint i = first; i < last; i++) {
    GBytes *picture = montage_picture_reader_take (reader,
        g_ptr_array_index (shots, i));

    if (!picture)
      continue;
    shown[pictures->len] = g_ptr_array_index (shots, i);
    g_ptr_array_add (pictures, picture);
  }
  return pictures;
}

static gboolean
has_given_up (const Looker *self)
{
  return self->n_failures >= MAX_FAILURES;
}

/* Looks at @shots. @n_undecoded: of how many there is no picture. */
static gboolean
look_at_clip (Looker *self, const GstMontageShotList *clip,
    const GPtrArray *shots, guint *n_undecoded, GError **error)
{
  g_autoptr (MontagePictureReader)
      reader = montage_picture_reader_new (clip, self->cancellable);

  for (guint i = 0; i < shots->len; i += MONTAGE_SCENES_PER_QUESTION) {
    guint n = MIN (MONTAGE_SCENES_PER_QUESTION, shots->len - i);
    GstMontageShot *shown[MONTAGE_SCENES_PER_QUESTION];
    g_autoptr (GPtrArray) pictures = NULL;

    if (has_given_up (self)) {
      self->n_missed += shots->len - i;
      return TRUE;
    }
    pictures = take_pictures (reader, shots, i, shown);
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    *n_undecoded += n - pictures->len;
    if (pictures->len > 0 && !ask (self, pictures, shown, error))
      return FALSE;
    self->n_done += n;
    tell_progress (self);
  }
  return TRUE;
}

/* ---- a clip ---- */

static void
note_undecoded (Looker *self, const GstMontageShotList *clip, guint n, guint of)
{
  g_autofree gchar *name = montage_media_name (clip->uri);

  g_ptr_array_add (self->notes,
      g_strdup_printf ("%s: no model has looked at %u of %u shots: there is no "
                       "picture of them.",
          name, n, of));
}

static gboolean
look_anew (Looker *self, MontageCachedFile *file, const gchar *version,
    GstMontageShotList *clip, const GPtrArray *shots, GError **error)
{
  guint n_missed = self->n_missed, n_undecoded = 0;
  g_autofree gchar *text = NULL;

  if (has_given_up (self)) {
    self->n_missed += shots->len;
    return TRUE;
  }
  if (!look_at_clip (self, clip, shots, &n_undecoded, error))
    return FALSE;
  if (n_undecoded > 0)
    note_undecoded (self, clip, n_undecoded, shots->len);
  /* What is missing may be there the next time. */
  if (!file || n_undecoded > 0 || self->n_missed > n_missed)
    return TRUE;
  text = gst_montage_shot_list_to_json (clip);
  montage_cached_file_store (file, MONTAGE_ANALYSIS_SHOTS, version, text);
  return TRUE;
}

static gboolean
look (Looker *self, GstMontageShotList *clip, GError **error)
{
  g_autoptr (GPtrArray) shots = list_shots (clip);
  g_autofree gchar *version = make_version (self, clip);
  g_autofree gchar *path = clip->uri
      ? g_filename_from_uri (clip->uri, NULL, NULL)
      : NULL;
  g_autoptr (MontageCachedFile) file = NULL;

  if (!clip->uri || shots->len == 0)
    return TRUE;
  tell_progress (self);
  if (self->cache && path)
    file = montage_cached_file_new (self->cache, path);
  if (!file || !recall (file, version, clip))
    return look_anew (self, file, version, clip, shots, error);
  self->n_done += shots->len;
  tell_progress (self);
  return TRUE;
}

static GStrv
list_rules (const GArray *rules)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; rules && i < rules->len; i++)
    g_strv_builder_add (words,
        g_array_index (rules, GstMontageSceneRule, i).when);
  return g_strv_builder_end (words);
}

static void
looker_clear (Looker *self)
{
  g_strfreev (self->rules);
  g_free (self->reason);
  montage_analysis_cache_free (self->cache);
}

gboolean
montage_look_at_shots (MontageDirector *director, GPtrArray *clips,
    const MontageLookOptions *options, GPtrArray *notes,
    GCancellable *cancellable, GError **error)
{
  Looker self = {.director = director,
      .options = options,
      .rules = list_rules (options->rules),
      .notes = notes,
      .cancellable = cancellable};
  gboolean ok = TRUE;

  if (options->use_cache)
    self.cache = montage_analysis_cache_new (options->cache_folder);
  for (guint i = 0; i < clips->len; i++) {
    g_autoptr (GPtrArray) shots = list_shots (g_ptr_array_index (clips, i));

    self.n_shots += shots->len;
  }
  for (guint i = 0; ok && i < clips->len; i++)
    ok = look (&self, g_ptr_array_index (clips, i), error);
  if (ok && self.n_missed > 0)
    g_ptr_array_add (notes,
        g_strdup_printf ("No model has said anything of %u of %u shots%s%s",
            self.n_missed, self.n_shots, self.reason ? ": " : ".",
            self.reason ? self.reason : ""));
  looker_clear (&self);
  return ok;
}
