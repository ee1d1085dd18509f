/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmsrc.h"

typedef struct
{
  Film *film;
  GCancellable *flushing;
  /* Used by the streaming thread, or by others while it stands. */
  gboolean discont;
  GstClockTime stop;
} MontageFilmSrcPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MontageFilmSrc, montage_film_src,
    GST_TYPE_PUSH_SRC)

static MontageFilmSrcPrivate *
get_private (gpointer self)
{
  return montage_film_src_get_instance_private (MONTAGE_FILM_SRC (self));
}

Film *
montage_film_src_get_film (MontageFilmSrc *self)
{
  return get_private (self)->film;
}

GCancellable *
montage_film_src_get_flushing (MontageFilmSrc *self)
{
  return get_private (self)->flushing;
}

GstClockTime
montage_film_src_get_stop (MontageFilmSrc *self)
{
  return get_private (self)->stop;
}

void
montage_film_src_mark (MontageFilmSrc *self, GstBuffer *buffer)
{
  MontageFilmSrcPrivate *priv = get_private (self);

  if (priv->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  else
    GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  priv->discont = FALSE;
}

static void
set_position (GstBaseSrc *base, GstClockTime time)
{
  MONTAGE_FILM_SRC_GET_CLASS (base)->set_position (MONTAGE_FILM_SRC (base),
      time);
  get_private (base)->discont = TRUE;
}

static gboolean
start (GstBaseSrc *base)
{
  get_private (base)->stop = GST_CLOCK_TIME_NONE;
  set_position (base, 0);
  return TRUE;
}

static gboolean
unlock (GstBaseSrc *base)
{
  g_cancellable_cancel (get_private (base)->flushing);
  return TRUE;
}

static gboolean
unlock_stop (GstBaseSrc *base)
{
  g_cancellable_reset (get_private (base)->flushing);
  return TRUE;
}

static gboolean
is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static gboolean
do_seek (GstBaseSrc *base, GstSegment *segment)
{
  g_autoptr (FilmPlan) plan = film_get_plan (get_private (base)->film);

  segment->duration = plan->plan->duration;
  segment->time = segment->start;
  segment->position = segment->start;
  get_private (base)->stop = segment->stop;
  set_position (base, segment->start);
  return TRUE;
}

static gboolean
event (GstBaseSrc *base, GstEvent *gst_event)
{
  gdouble rate;

  if (GST_EVENT_TYPE (gst_event) == GST_EVENT_SEEK) {
    gst_event_parse_seek (gst_event, &rate, NULL, NULL, NULL, NULL, NULL, NULL);
    if (rate != 1.0)
      return FALSE;
  }
  return GST_BASE_SRC_CLASS (montage_film_src_parent_class)
      ->event (base, gst_event);
}

static gboolean
query (GstBaseSrc *base, GstQuery *gst_query)
{
  GstFormat format;

  if (GST_QUERY_TYPE (gst_query) == GST_QUERY_DURATION) {
    gst_query_parse_duration (gst_query, &format, NULL);
    if (format == GST_FORMAT_TIME) {
      g_autoptr (FilmPlan) plan = film_get_plan (get_private (base)->film);

      gst_query_set_duration (gst_query, GST_FORMAT_TIME, plan->plan->duration);
      return TRUE;
    }
  }
  return GST_BASE_SRC_CLASS (montage_film_src_parent_class)
      ->query (base, gst_query);
}

static void
finalize (GObject *object)
{
  MontageFilmSrcPrivate *priv = get_private (object);

  g_object_unref (priv->flushing);
  g_clear_pointer (&priv->film, film_unref);
  G_OBJECT_CLASS (montage_film_src_parent_class)->finalize (object);
}

static void
montage_film_src_class_init (MontageFilmSrcClass *klass)
{
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  base_class->start = start;
  base_class->unlock = unlock;
  base_class->unlock_stop = unlock_stop;
  base_class->is_seekable = is_seekable;
  base_class->do_seek = do_seek;
  base_class->event = event;
  base_class->query = query;
}

static void
montage_film_src_init (MontageFilmSrc *self)
{
  get_private (self)->flushing = g_cancellable_new ();
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
montage_film_src_new (GType type, Film *film)
{
  MontageFilmSrc *self = g_object_new (type, NULL);

  get_private (self)->film = film_ref (film);
  return GST_ELEMENT (self);
}
