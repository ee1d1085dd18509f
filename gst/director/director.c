/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "director-private.h"

GST_DEBUG_CATEGORY (montage_director_debug);

MontageDirector *
montage_director_new (MontageDirectorSettings *settings)
{
  MontageDirector *self = g_new0 (MontageDirector, 1);

  GST_DEBUG_CATEGORY_INIT (montage_director_debug, "montagedirector-chain", 0,
      "questions to language models");
  self->settings = settings;
  g_mutex_init (&self->lock);
  self->states = g_new0 (MontageBackendState, settings->backends->len);
  for (guint i = 0; i < settings->backends->len; i++) {
    const MontageBackendSettings *backend =
        g_ptr_array_index (settings->backends, i);

    for (guint k = 0; k < G_N_ELEMENTS (self->states[i].tone); k++)
      self->states[i].tone[k] = montage_dialect_of (backend->kind)->tone;
  }
  return self;
}

void
montage_director_free (MontageDirector *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->settings->backends->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (self->states[i].model); k++)
      g_free (self->states[i].model[k]);
  g_free (self->states);
  montage_director_settings_free (self->settings);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gboolean
montage_director_has_backends (const MontageDirector *self)
{
  return self->settings->backends->len > 0;
}

const MontageDirectorSettings *
montage_director_get_settings (const MontageDirector *self)
{
  return self->settings;
}

void
montage_director_set_watch (MontageDirector *self, MontageDirectorWatch watch,
    gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

MontageDirectorStep *
montage_director_step_new (const gchar *backend, const gchar *text,
    guint duration, gboolean answered)
{
  MontageDirectorStep *self = g_new0 (MontageDirectorStep, 1);

  self->backend = g_strdup (backend);
  self->text = g_strdup (text);
  self->duration = duration;
  self->answered = answered;
  return self;
}

void
montage_director_step_free (MontageDirectorStep *self)
{
  if (!self)
    return;
  g_free (self->backend);
  g_free (self->text);
  g_free (self);
}
