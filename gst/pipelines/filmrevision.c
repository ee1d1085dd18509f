/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmrevision.h"
#include "mediafiles.h"

static const GstMontageSource *
source_of (const MontageFilmRequest *request, guint index)
{
  return &g_array_index (request->previous->sources, GstMontageSource, index);
}

/* The number of the first kept cut that shows clip @index; 0: none does. */
static guint
kept_cut_of (const MontageFilmRequest *request, guint index)
{
  const GArray *cuts = request->previous->cuts;

  for (guint i = 0; i < MIN (request->n_kept, cuts->len); i++)
    if (g_array_index (cuts, GstMontageCut, i).source == index)
      return i + 1;
  return 0;
}

GPtrArray *
montage_revision_clips (const MontageFilmRequest *request, GError **error)
{
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < request->previous->sources->len; i++) {
    const gchar *uri = source_of (request, i)->uri;
    guint number = kept_cut_of (request, i);
    g_autofree gchar *found = NULL;

    g_ptr_array_add (uris, g_strdup (uri));
    if (number == 0)
      continue;
    found = montage_media_uri (uri, error);
    if (!found) {
      g_prefix_error (error,
          "Cut %u, which is kept, cannot be shown: ", number);
      return NULL;
    }
  }
  return g_steal_pointer (&uris);
}

gboolean
montage_revision_check_song (const MontageFilmRequest *request,
    const MontageAnalysis *song, GError **error)
{
  const GstMontagePlan *previous = request->previous;
  const GArray *then = previous->music.beats;
  g_autofree gchar *name = NULL;

  for (guint i = 0; song && i < MIN (request->n_kept, previous->cuts->len);
       i++) {
    const GstMontageCut *cut = &g_array_index (previous->cuts, GstMontageCut,
        i);
    const GArray *now = song->beats->beats;
    guint beat = (guint) cut->beat;

    if (cut->beat < 0
        || (beat < now->len && beat < then->len
            && g_array_index (now, GstMontageBeat, beat).time
                == g_array_index (then, GstMontageBeat, beat).time))
      continue;
    name = montage_media_name (song->uri);
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
        "The beats of '%s' are not those of the plan: give the beats or the "
        "tempo that it was made with.",
        name);
    return FALSE;
  }
  return TRUE;
}

gboolean
montage_revision_check_clip (const MontageFilmRequest *request, guint index,
    const MontageAnalysis *clip, GPtrArray *notes, GError **error)
{
  const GstMontageSource *then = source_of (request, index);
  guint number = kept_cut_of (request, index);
  g_autofree gchar *name = montage_media_name (clip->uri);

  if (clip->error) {
    if (number == 0)
      return TRUE;
    g_propagate_prefixed_error (error, g_error_copy (clip->error),
        "Cut %u, which is kept, cannot be shown: ", number);
    return FALSE;
  }
  if (clip->shots->duration == then->duration
      && clip->shots->shots->len == then->n_shots)
    return TRUE;
  if (number == 0) {
    g_ptr_array_add (notes,
        g_strdup_printf ("'%s' has changed since the plan was made.", name));
    return TRUE;
  }
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MATERIAL,
      "'%s' has changed since the plan was made, and cut %u, which is kept, "
      "shows it: plan the film anew.",
      name, number);
  return FALSE;
}

GstMontageShotList *
montage_revision_lost_clip (const MontageFilmRequest *request, guint index)
{
  const GstMontageSource *then = source_of (request, index);
  GstMontageShotList *list = gst_montage_shot_list_new ();

  list->uri = g_strdup (then->uri);
  list->duration = then->duration;
  list->width = then->width;
  list->height = then->height;
  list->fps_n = then->fps_n;
  list->fps_d = then->fps_d;
  list->still = then->still;
  return list;
}

GstClockTime
montage_revision_duration (const MontageFilmRequest *request,
    const GstMontageInstructions *instructions)
{
  gdouble then =
      request->previous->instructions->constraints.target_duration_sec;

  if (request->duration > 0
      || instructions->constraints.target_duration_sec != then)
    return request->duration;
  return request->previous->duration;
}
