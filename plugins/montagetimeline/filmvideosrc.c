/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmvideosrc.h"

#include "cutfeeder.h"
#include "framefitter.h"
#include "frametransition.h"
#include "framezoom.h"
#include "shownframe.h"

GST_DEBUG_CATEGORY_STATIC (film_video_src_debug);
#define GST_CAT_DEFAULT film_video_src_debug

/* Cuts that are prepared while one plays. */
#define N_AHEAD 2
/* Cuts after the playing one that stay as they are: a change takes hold with
 * the second. What was prepared of that one is given up then. */
#define N_SETTLED 1
/* A transition needs two frames at once, never more. */
#define N_FITTERS 2

struct _MontageFilmVideoSrc
{
  MontageFilmSrc parent;

  /* Used by the streaming thread, or by others while it stands. */
  CutFeeder *feeder;
  FrameFitter *fitters[N_FITTERS]; /* by cut, in turn */
  FrameZoom *zooms[N_FITTERS];     /* likewise */
  GstBuffer *last_picture;
  GHashTable *warned; /* URIs */
  guint64 frame;      /* the next one */
  guint cut;          /* the latest announced, G_MAXUINT before the first */
  guint revision;     /* of the plan that it was announced for */
};

G_DEFINE_FINAL_TYPE (MontageFilmVideoSrc, montage_film_video_src,
    MONTAGE_TYPE_FILM_SRC)

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE ("I420")));

static Film *
get_film (MontageFilmVideoSrc *self)
{
  return montage_film_src_get_film (MONTAGE_FILM_SRC (self));
}

static FilmPlan *
get_plan (MontageFilmVideoSrc *self)
{
  return film_get_plan (get_film (self));
}

static GstCaps *
get_caps (GstBaseSrc *base, GstCaps *filter)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  g_autoptr (FilmPlan) plan = get_plan (self);
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
  g_autoptr (FilmPlan) plan = get_plan (self);
  guint i;

  self->feeder = cut_feeder_new ();
  for (i = 0; i < N_FITTERS; i++) {
    self->fitters[i] = frame_fitter_new (&plan->plan->output);
    self->zooms[i] = frame_zoom_new (&plan->plan->output);
  }
  self->warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cut = G_MAXUINT;
  return GST_BASE_SRC_CLASS (montage_film_video_src_parent_class)->start (base);
}

static gboolean
stop (GstBaseSrc *base)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (base);
  guint i;

  g_clear_pointer (&self->feeder, cut_feeder_free);
  for (i = 0; i < N_FITTERS; i++) {
    g_clear_pointer (&self->fitters[i], frame_fitter_free);
    g_clear_pointer (&self->zooms[i], frame_zoom_free);
  }
  g_clear_pointer (&self->warned, g_hash_table_unref);
  gst_clear_buffer (&self->last_picture);
  return TRUE;
}

static void
set_position (MontageFilmSrc *src, GstClockTime time)
{
  MontageFilmVideoSrc *self = MONTAGE_FILM_VIDEO_SRC (src);
  g_autoptr (FilmPlan) plan = get_plan (self);

  self->frame = shown_frame_number (&plan->plan->output, time);
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

static GstBuffer *
draw (MontageFilmVideoSrc *self, const GstMontagePlan *plan, guint index,
    GstClockTime time, const ClipFrame *frame, GError **error)
{
  const GstMontageCut *cut = &g_array_index (plan->cuts, GstMontageCut, index);

  if (frame->fitted || picture_part_cut_zooms (cut))
    return frame_zoom_show (self->zooms[index % N_FITTERS], cut, time, frame,
        error);
  return frame_fitter_fit (self->fitters[index % N_FITTERS], frame, error);
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
          shown_frame_source_time (cut, time),
          montage_film_src_get_flushing (MONTAGE_FILM_SRC (self)), &frame,
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
    *buffer = draw (self, plan, index, time, &frame, &error);
    if (*buffer == NULL)
      warn (self, uri, error->message);
  }
  if (*buffer == NULL)
    *buffer = substitute (self);
  return GST_FLOW_OK;
}

/* The first of the cuts that are seen. */
static guint
first_cut (const ShownFrame *shown)
{
  return shown_frame_overlaps (shown) ? shown->incoming - 1 : shown->cut;
}

static GstFlowReturn
compose (MontageFilmVideoSrc *self, const GstMontagePlan *plan,
    const ShownFrame *shown, GstBuffer **buffer)
{
  g_autoptr (GstBuffer) from = NULL;
  g_autoptr (GstBuffer) to = NULL;
  GstFlowReturn flow;

  if (shown->transition == GST_MONTAGE_TRANSITION_CUT)
    return get_picture (self, plan, shown->cut, shown->time, buffer);
  flow = get_picture (self, plan, first_cut (shown), shown->time, &from);
  if (flow == GST_FLOW_OK && shown_frame_overlaps (shown))
    flow = get_picture (self, plan, shown->incoming, shown->time, &to);
  if (flow != GST_FLOW_OK)
    return flow;
  *buffer = frame_transition_draw (self->fitters[0], shown, from,
      to != NULL ? to : from);
  return GST_FLOW_OK;
}

/* The latest cut that is shown before the end of the segment. */
static guint
last_cut (MontageFilmVideoSrc *self, const GstMontagePlan *plan)
{
  GstClockTime stop = montage_film_src_get_stop (MONTAGE_FILM_SRC (self));
  ShownFrame shown;

  if (stop == 0 || !GST_CLOCK_TIME_IS_VALID (stop)
      || !shown_frame_find (plan, shown_frame_number (&plan->output, stop - 1),
          &shown))
    return plan->cuts->len - 1;
  return shown_frame_overlaps (&shown) ? shown.incoming : shown.cut;
}

/* Announces and prepares the cuts around the frame; a later revision of the
 * plan is taken over here. */
static FilmPlan *
enter (MontageFilmVideoSrc *self, ShownFrame *shown)
{
  FilmPlan *plan = get_plan (self);
  guint first, last, settled;

  while (shown_frame_find (plan->plan, self->frame, shown)) {
    first = first_cut (shown);
    last = MIN (shown->cut + N_AHEAD, last_cut (self, plan->plan));
    settled = MIN (MAX (shown->cut, shown->incoming) + N_SETTLED + 1,
        plan->plan->cuts->len);
    if ((shown->cut == self->cut && plan->plan->revision == self->revision)
        || film_commit (get_film (self), plan, settled)) {
      self->cut = shown->cut;
      self->revision = plan->plan->revision;
      cut_feeder_set_window (self->feeder, plan->plan, first, last);
      return plan;
    }
    film_plan_unref (plan);
    plan = get_plan (self);
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
      GST_BUFFER_FLAG_DELTA_UNIT | GST_BUFFER_FLAG_CORRUPTED);
  montage_film_src_mark (MONTAGE_FILM_SRC (self), buffer);
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
montage_film_video_src_class_init (MontageFilmVideoSrcClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  MONTAGE_FILM_SRC_CLASS (klass)->set_position = set_position;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Pictures of a film",
      "Source/Video", "Plays the pictures of a plan", "gst-montage");
  base_class->get_caps = get_caps;
  base_class->decide_allocation = decide_allocation;
  base_class->start = start;
  base_class->stop = stop;
  GST_PUSH_SRC_CLASS (klass)->create = create;
  GST_DEBUG_CATEGORY_INIT (film_video_src_debug, "montagefilmvideosrc", 0,
      "pictures of montagetimeline");
}

static void
montage_film_video_src_init (MontageFilmVideoSrc *self)
{
}

GstElement *
montage_film_video_src_new (Film *film)
{
  return montage_film_src_new (MONTAGE_TYPE_FILM_VIDEO_SRC, film);
}
