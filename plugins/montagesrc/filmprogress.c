/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmprogress.h"

void
film_progress_post (GstElement *element, GstProgressType type,
    const gchar *code, const gchar *text)
{
  gst_element_post_message (element,
      gst_message_new_progress (GST_OBJECT (element), type, code, text));
}

void
film_progress_begin (FilmProgress *self, const gchar *code, const gchar *text)
{
  self->stage = code;
  self->percent = -1;
  film_progress_post (self->element, GST_PROGRESS_TYPE_START, code, text);
}

void
film_progress_end (FilmProgress *self, GstProgressType type, const gchar *text)
{
  film_progress_post (self->element, type, self->stage, text);
}

static void
tell_analysis (FilmProgress *self, gdouble fraction)
{
  gint percent = (gint) (fraction * 100.0);
  g_autofree gchar *text = NULL;

  if (percent == self->percent)
    return;
  self->percent = percent;
  text = g_strdup_printf ("Analysing the files: %d %%", percent);
  film_progress_post (self->element, GST_PROGRESS_TYPE_CONTINUE, "analyse",
      text);
}

static void
tell_look (FilmProgress *self, const gchar *backend)
{
  g_autofree gchar *text = NULL;

  if (!backend)
    return;
  text = g_strdup_printf ("Sending small pictures of the shots to %s", backend);
  film_progress_post (self->element, GST_PROGRESS_TYPE_CONTINUE, "analyse",
      text);
}

void
film_progress_take (MontageFilmStage stage, gdouble fraction, const gchar *what,
    gpointer data)
{
  FilmProgress *self = data;

  if (stage == MONTAGE_FILM_DIRECT) {
    g_autofree gchar *text = g_strdup_printf ("Asking %s", what);

    film_progress_post (self->element, GST_PROGRESS_TYPE_CONTINUE, "direct",
        text);
    return;
  }
  if (g_str_equal (self->stage, "direct")) {
    film_progress_end (self, GST_PROGRESS_TYPE_COMPLETE, "The prompt is read");
    film_progress_begin (self, "analyse", "Analysing the files");
  }
  if (stage == MONTAGE_FILM_ANALYSE) {
    tell_analysis (self, fraction);
  } else if (stage == MONTAGE_FILM_LOOK) {
    tell_look (self, what);
  } else if (g_str_equal (self->stage, "analyse")) {
    film_progress_end (self, GST_PROGRESS_TYPE_COMPLETE,
        "The files are analysed");
    film_progress_begin (self, "plan", "Planning the film");
  }
}
