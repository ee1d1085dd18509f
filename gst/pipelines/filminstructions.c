/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmmaker.h"

static void
on_asked (const gchar *backend, gpointer data)
{
  const MontageFilmRequest *request = data;

  request->progress (MONTAGE_FILM_DIRECT, 0, backend, request->progress_data);
}

MontageDirector *
montage_film_director (const MontageFilmRequest *request, GError **error)
{
  MontageDirectorSettings *settings = request->offline
      ? montage_director_settings_new ()
      : montage_director_settings_load (request->models_file, error);
  MontageDirector *director;

  if (!settings)
    return NULL;
  /* what servers take */
  settings->seed = (guint) (request->seed % G_MAXINT);
  settings->allow_stabilization |= request->allow_stabilization;
  settings->allow_upscale |= request->allow_upscale;
  director = montage_director_new (settings);
  if (request->progress)
    montage_director_set_watch (director, on_asked, (gpointer) request);
  return director;
}

GstMontageInstructions *
montage_film_instructions (const MontageFilmRequest *request,
    MontageDirector *director, GPtrArray *steps, GCancellable *cancellable,
    GError **error)
{
  g_autoptr (GstMontageStyles)
      styles = gst_montage_styles_load (request->styles_folder, error);

  if (!styles)
    return NULL;
  return montage_director_direct (director, styles, request->before,
      request->style, request->prompt, steps, cancellable, error);
}
