/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmformat.h"

gboolean
tool_film_format_init (ToolFilmFormat *self, const gchar *path,
    const gchar *profile, ToolQuality quality, GError **error)
{
  const ToolContainer *container = tool_container_for (path, error);

  *self = (ToolFilmFormat){.container = container, .quality = quality};
  if (container == NULL || !tool_element_check ("montagetimeline", NULL, error)
      || !tool_element_check (container->muxer, container->package, error))
    return FALSE;
  self->video = tool_encoder_pick (container->video, error);
  if (self->video == NULL)
    return FALSE;
  self->audio = tool_encoder_pick (container->audio, error);
  if (self->audio == NULL)
    return FALSE;
  self->video_options = g_strdup (self->video->options);
  self->audio_options = g_strdup (self->audio->options);
  return TRUE;
}

void
tool_film_format_clear (ToolFilmFormat *self)
{
  g_free (self->video_options);
  g_free (self->audio_options);
  *self = (ToolFilmFormat){0};
}
