/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmvideosrc.h"

#include "cutfeeder.h"
#include "framefitter.h"
#include "shownframe.h"

GST_DEBUG_CATEGORY_STATIC (film_video_src_debug);
#define GST_CAT_DEFAULT film_video_src_debug

/* Cuts that are prepared while one plays. */
#define N_AHEAD 2
/* A crossfade needs two frames at once, never more. */
#define N_FITTERS 2

struct _MontageFilmVideoSrc
{
  GstPushSrc parent;

  Film *film;
  GCancellable *flushing;

  /* Used by the streaming thread, or by others while it stands. */
  CutFeeder *feeder;
  FrameFitter *fitters[N_FITTERS]; /* by cut, in turn */
  GstBuffer *last_picture;
  GHashTable *warned; /* URIs */
  guint64 frame;      /* the next one */
  gboolean discont;
  guint cut; /* the latest announced, G_MAXUINT before the first */
};

G_DEFINE_FINAL_TYPE (MontageFilmVideoSrc, montage_film_video_src,
    GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

static GstCaps *
get_caps (GstBaseSrc *base, GstCaps *filter)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  g_autoptr (FilmPlan) plan = film_get_plan (self->film);
  g_autoptr (GstCaps) caps = NULL;
  GstVideoInfo info;

  frame_fitter_output_info (&plan->plan->output, &info);
  caps = gst_video_info_to_caps (&info);
  if (filter != NULL)
    return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);
  return g_steal_pointer (&caps);
}

/* The frames come from the fitters' pools or from decoders. */
static gboolean
decide_allocation (GstBaseSrc *base, GstQuery *query)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  gboolean padded = gst_query_find_allocation_meta (query,
      GST_VIDEO_META_API_TYPE, NULL);
  guint i;

  for (i = 0; i < N_FITTERS; i++)
    frame_fitter_set_accepts_padding (self->fitters[i], padded);
  return TRUE;
}

static gboolean
start (GstBaseSrc *base)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  g_autoptr (FilmPlan) plan = film_get_plan (self->film);
  guint i;

  self->feeder = cut_feeder_new ();
  for (i = 0; i < N_FITTERS; i++)
    self->fitters[i] = frame_fitter_new (&plan->plan->output);
  self->warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->frame = 0;
  self->cut = G_MAXUINT;
  self->discont = TRUE;
  return TRUE;
}

static gboolean
stop (GstBaseSrc *base)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  guint i;

  g_clear_pointer (&self->feeder, cut_feeder_free);
  for (i = 0; i < N_FITTERS; i++)
    g_clear_pointer (&self->fitters[i], frame_fitter_free);
  g_clear_pointer (&self->warned, g_hash_table_unref);
  gst_clear_buffer (&self->last_picture);
  return TRUE;
}

static gboolean
unlock (GstBaseSrc *base)
{
  g_cancellable_cancel (MONTAGE_FILM_VIDEO_SRC (base)->flushing);
  return TRUE;
}

static gboolean
unlock_stop (GstBaseSrc *base)
{
  g_cancellable_reset (MONTAGE_FILM_VIDEO_SRC (base)->flushing);
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
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  g_autoptr (FilmPlan) plan = film_get_plan (self->film);

  segment->duration = plan->plan->duration;
  segment->time = segment->start;
  segment->position = segment->start;
  self->frame = shown_frame_number (&plan->plan->output, segment->start);
  self->discont = TRUE;
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
  return GST_BASE_SRC_CLASS (montage_film_video_src_parent_class)
      ->event (base, gst_event);
}

static gboolean
query (GstBaseSrc *base, GstQuery *gst_query)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  GstFormat format;

  if (GST_QUERY_TYPE (gst_query) == GST_QUERY_DURATION) {
    gst_query_parse_duration (gst_query, &format, NULL);
    if (format == GST_FORMAT_TIME) {
      g_autoptr (FilmPlan) plan = film_get_plan (self->film);

      gst_query_set_duration (gst_query, GST_FORMAT_TIME, plan->plan->duration);
      return TRUE;
    }
  }
  return GST_BASE_SRC_CLASS (montage_film_video_src_parent_class)
      ->query (base, gst_query);
}

/* One warning for each file: what is missing is shown as its last picture. */
static void
warn (MontageFilmVideoSrc *self, const gchar *uri, const gchar *why)
{
  if (!g_hash_table_add (self->warned, g_strdup (uri)))
    return;
  GST_ELEMENT_WARNING (self, STREAM, DECODE,
      ("“%s” does not have all the pictures that the plan asks for: %s. The "
       "last picture before stays instead.",
          uri, why),
      (NULL));
}

static GstBuffer *
substitute (MontageFilmVideoSrc *self)
{
  if (self->last_picture != NULL)
    return gst_buffer_copy (self->last_picture);
  return frame_fitter_black (self->fitters[0]);
}

/* What cut @index shows at film time @time. */
static GstFlowReturn
get_picture (MontageFilmVideoSrc *self, const GstMontagePlan *plan, guint index,
    GstClockTime time, GstBuffer **buffer)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);
  const gchar *uri =
      g_array_index (plan->sources, GstMontageSource, cut->source).uri;
  g_autoptr (GError) error = NULL;
  ClipFrame frame;

  if (!cut_feeder_frame (self->feeder, index,
          shown_frame_source_time (cut, time), self->flushing, &frame,
          &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return GST_FLOW_FLUSHING;
    GST_ELEMENT_ERROR (self, RESOURCE, READ,
        ("%s; the file may be damaged or on a disk that does not answer.",
            error->message),
        ("cut %u at %" GST_TIME_FORMAT, index, GST_TIME_ARGS (time)));
    return GST_FLOW_ERROR;
  }
  if (frame.held) {
    g_autofree gchar *why = cut_feeder_dup_error (self->feeder, index);

    warn (self, uri, why != NULL ? why : "it ends before");
  }
  *buffer = NULL;
  if (frame.sample != NULL) {
    *buffer = frame_fitter_fit (self->fitters[index % N_FITTERS], &frame,
        &error);
    if (*buffer == NULL)
      warn (self, uri, error->message);
  }
  if (*buffer == NULL)
    *buffer = substitute (self);
  return GST_FLOW_OK;
}

static GstFlowReturn
compose (MontageFilmVideoSrc *self, const GstMontagePlan *plan,
    const ShownFrame *shown, GstBuffer **buffer)
{
  g_autoptr (GstBuffer) from = NULL;
  g_autoptr (GstBuffer) to = NULL;
  GstFlowReturn flow;

  if (!shown->fading)
    return get_picture (self, plan, shown->cut, shown->time, buffer);
  flow = get_picture (self, plan, shown->incoming - 1, shown->time, &from);
  if (flow == GST_FLOW_OK)
    flow = get_picture (self, plan, shown->incoming, shown->time, &to);
  if (flow != GST_FLOW_OK)
    return flow;
  *buffer = frame_fitter_blend (self->fitters[0], from, to, shown->weight);
  return GST_FLOW_OK;
}

/* Announces and prepares the cuts around the frame; a later revision of the
 * plan is taken over here. */
static FilmPlan *
enter (MontageFilmVideoSrc *self, ShownFrame *shown)
{
  FilmPlan *plan = film_get_plan (self->film);
  guint first, last;

  while (shown_frame_find (plan->plan, self->frame, shown)) {
    first = shown->fading ? shown->incoming - 1 : shown->cut;
    last = MIN (shown->cut + N_AHEAD, plan->plan->cuts->len - 1);
    if (shown->cut == self->cut || film_commit (self->film, plan, last + 1)) {
      self->cut = shown->cut;
      cut_feeder_set_window (self->feeder, plan->plan, first, last);
      return plan;
    }
    film_plan_unref (plan);
    plan = film_get_plan (self->film);
  }
  film_plan_unref (plan);
  return NULL;
}

static void
stamp (MontageFilmVideoSrc *self, const ShownFrame *shown, GstBuffer *buffer)
{
  GST_BUFFER_PTS (buffer) = shown->time;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION (buffer) = shown->end - shown->time;
  GST_BUFFER_OFFSET (buffer) = self->frame;
  GST_BUFFER_OFFSET_END (buffer) = self->frame + 1;
  GST_BUFFER_FLAG_UNSET (buffer,
      GST_BUFFER_FLAG_DISCONT | GST_BUFFER_FLAG_DELTA_UNIT
          | GST_BUFFER_FLAG_CORRUPTED);
  if (self->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->discont = FALSE;
}

static GstFlowReturn
create (GstPushSrc *push, GstBuffer **buffer)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (push);
  g_autoptr (FilmPlan) plan = NULL;
  ShownFrame shown;
  GstFlowReturn flow;

  plan = enter (self, &shown);
  if (plan == NULL)
    return GST_FLOW_EOS;
  flow = compose (self, plan->plan, &shown, buffer);
  if (flow != GST_FLOW_OK)
    return flow;
  gst_buffer_replace (&self->last_picture, *buffer);
  *buffer = gst_buffer_make_writable (*buffer);
  stamp (self, &shown, *buffer);
  GST_LOG_OBJECT (self, "frame %" G_GUINT64_FORMAT " of cut %u", self->frame,
      shown.cut);
  self->frame++;
  return GST_FLOW_OK;
}

static void
finalize (GObject *object)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (object);

  g_object_unref (self->flushing);
  g_clear_pointer (&self->film, film_unref);
  G_OBJECT_CLASS (montage_film_video_src_parent_class)->finalize (object);
}

static void
montage_film_video_src_class_init (MontageFilmVideoSrcClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Pictures of a film",
      "Source/Video", "Plays the pictures of a plan", "gst-montage");
  base_class->get_caps = get_caps;
  base_class->decide_allocation = decide_allocation;
  base_class->start = start;
  base_class->stop = stop;
  base_class->unlock = unlock;
  base_class->unlock_stop = unlock_stop;
  base_class->is_seekable = is_seekable;
  base_class->do_seek = do_seek;
  base_class->event = event;
  base_class->query = query;
  GST_PUSH_SRC_CLASS (klass)->create = create;
  GST_DEBUG_CATEGORY_INIT (film_video_src_debug, "montagefilmvideosrc", 0,
      "pictures of montagetimeline");
}

static void
montage_film_video_src_init (MontageFilmVideoSrc *self)
{
  self->flushing = g_cancellable_new ();
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
montage_film_video_src_new (Film *film)
{
  MontageFilmVideoSrc *self = g_object_new (MONTAGE_TYPE_FILM_VIDEO_SRC, NULL);

  self->film = film_ref (film);
  return GST_ELEMENT (self);
}
