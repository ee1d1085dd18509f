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

static GstClockTime
get_duration (GstBaseSrc *base)
{
  g_autoptr (FilmPlan) plan = film_get_plan (get_private (base)->film);

  return plan->plan->duration;
}

static gboolean
do_seek (GstBaseSrc *base, GstSegment *segment)
{
  segment->duration = get_duration (base);
  segment->time = segment->start;
  get_private (base)->stop = segment->stop;
  /* Not the start: a seek may change the speed or the end only. */
  set_position (base, segment->position);
  return TRUE;
}

static gboolean
event (GstBaseSrc *base, GstEvent *gst_event)
{
  gdouble rate;

  if (GST_EVENT_TYPE (gst_event) == GST_EVENT_SEEK) {
    gst_event_parse_seek (gst_event, &rate, NULL, NULL, NULL, NULL, NULL, NULL);
    if (rate <= 0.0)
      return FALSE;
  }
  return GST_BASE_SRC_CLASS (montage_film_src_parent_class)
      ->event (base, gst_event);
}

/* A later revision of the plan may be longer or shorter. */
static gboolean
query (GstBaseSrc *base, GstQuery *gst_query)
{
  GstFormat format = GST_FORMAT_UNDEFINED;

  if (GST_QUERY_TYPE (gst_query) == GST_QUERY_DURATION) {
    gst_query_parse_duration (gst_query, &format, NULL);
    if (format == GST_FORMAT_TIME)
      gst_query_set_duration (gst_query, format, get_duration (base));
  } else if (GST_QUERY_TYPE (gst_query) == GST_QUERY_SEEKING) {
    gst_query_parse_seeking (gst_query, &format, NULL, NULL, NULL);
    if (format == GST_FORMAT_TIME)
      gst_query_set_seeking (gst_query, format, TRUE, 0, get_duration (base));
  }
  if (format == GST_FORMAT_TIME)
    return TRUE;
  return GST_BASE_SRC_CLASS (montage_film_src_parent_class)
      ->query (base, gst_query);
}

/* Both streams belong together, which players want to know. */
static GstPadProbeReturn
on_stream_start (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

  if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
    event = gst_event_make_writable (event);
    gst_event_set_group_id (event, film_get_group_id (data));
    GST_PAD_PROBE_INFO_DATA (info) = event;
  }
  return GST_PAD_PROBE_OK;
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
  gst_pad_add_probe (GST_BASE_SRC_PAD (self),
      GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_stream_start, film, NULL);
  return GST_ELEMENT (self);
}
