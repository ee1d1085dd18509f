/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmstreams.h"

#include "filmaudiosrc.h"
#include "filmvideosrc.h"

#include <string.h>

#define N_STREAMS 2

typedef struct
{
  GstElement *source; /* owned by the bin; NULL where it is not open */
  GstPad *pad;        /* of @source, owned by it */
  GstPad *ghost;      /* owned by the bin */
} Stream;

struct _FilmStreams
{
  GstBin *bin; /* borrowed */

  /* Seeks go one after the other through both streams, or two of them could
   * leave the streams in different places. Recursive, as the stream locks are
   * that elements with several pads hold meanwhile. Protects what follows. */
  GRecMutex seeking;
  Stream streams[N_STREAMS];
  guint32 seqnum; /* of the latest seek */
  gboolean moved; /* whether it was accepted */
};

FilmStreams *
film_streams_new (GstBin *bin)
{
  FilmStreams *self = g_new0 (FilmStreams, 1);

  self->bin = bin;
  self->seqnum = GST_SEQNUM_INVALID;
  g_rec_mutex_init (&self->seeking);
  return self;
}

void
film_streams_free (FilmStreams *self)
{
  g_rec_mutex_clear (&self->seeking);
  g_free (self);
}

/* A stream that nobody wants would not end a segment. */
static gboolean
is_wanted (const Stream *stream)
{
  return gst_pad_is_linked (stream->ghost)
      && gst_pad_get_last_flow_return (stream->pad) != GST_FLOW_NOT_LINKED;
}

static gboolean
seek (FilmStreams *self, GstPad *ghost, GstEvent *event)
{
  guint32 seqnum = gst_event_get_seqnum (event);
  gboolean moved;

  g_rec_mutex_lock (&self->seeking);
  /* The pipeline sends one seek to each of its sinks: it comes by both pads. */
  if (self->seqnum != seqnum) {
    self->seqnum = seqnum;
    self->moved = TRUE;
    for (guint i = 0; i < N_STREAMS; i++) {
      const Stream *stream = &self->streams[i];

      if (stream->source != NULL
          && (stream->ghost == ghost || is_wanted (stream)))
        self->moved &= gst_pad_send_event (stream->pad, gst_event_ref (event));
    }
  }
  moved = self->moved;
  g_rec_mutex_unlock (&self->seeking);
  gst_event_unref (event);
  return moved;
}

static gboolean
src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK)
    return seek (gst_pad_get_element_private (pad), pad, event);
  return gst_pad_event_default (pad, parent, event);
}

static Stream
make_stream (FilmStreams *self, GstElement *source,
    GstStaticPadTemplate *template)
{
  g_autoptr (GstPadTemplate)
      pad_template = gst_static_pad_template_get (template);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");
  Stream stream = {source, pad, NULL};

  /* It starts when both pads are there and had their chance to be linked. */
  gst_element_set_locked_state (source, TRUE);
  gst_bin_add (self->bin, source);
  stream.ghost = gst_ghost_pad_new_from_template (template->name_template, pad,
      pad_template);
  gst_pad_set_element_private (stream.ghost, self);
  gst_pad_set_event_function (stream.ghost, src_event);
  return stream;
}

static void
start (GstElement *source)
{
  gst_element_set_locked_state (source, FALSE);
  gst_element_sync_state_with_parent (source);
}

static void
on_linked (GstPad *ghost, GstPad *peer, gpointer source)
{
  start (source);
}

void
film_streams_open (FilmStreams *self, Film *film, GstEvent *seek_event,
    GstStaticPadTemplate *video, GstStaticPadTemplate *audio)
{
  const Stream streams[N_STREAMS] = {make_stream (self,
                                         montage_film_video_src_new (film),
                                         video),
      make_stream (self, montage_film_audio_src_new (film), audio)};

  g_rec_mutex_lock (&self->seeking);
  memcpy (self->streams, streams, sizeof (streams));
  g_rec_mutex_unlock (&self->seeking);
  for (guint i = 0; i < N_STREAMS; i++) {
    gst_pad_set_active (streams[i].ghost, TRUE);
    gst_element_add_pad (GST_ELEMENT (self->bin), streams[i].ghost);
  }
  gst_element_no_more_pads (GST_ELEMENT (self->bin));
  for (guint i = 0; i < N_STREAMS; i++) {
    /* Kept by the source until it starts. */
    if (seek_event != NULL)
      gst_element_send_event (streams[i].source, gst_event_ref (seek_event));
    /* A pad that nobody wants costs no decoding. */
    g_signal_connect_object (streams[i].ghost, "linked", G_CALLBACK (on_linked),
        streams[i].source, 0);
    if (gst_pad_is_linked (streams[i].ghost))
      start (streams[i].source);
  }
}

void
film_streams_close (FilmStreams *self)
{
  Stream streams[N_STREAMS];

  /* A seek that is under way ends with the state. */
  for (guint i = 0; i < N_STREAMS && self->streams[i].source != NULL; i++) {
    gst_element_set_locked_state (self->streams[i].source, TRUE);
    gst_element_set_state (self->streams[i].source, GST_STATE_NULL);
  }
  g_rec_mutex_lock (&self->seeking);
  memcpy (streams, self->streams, sizeof (streams));
  memset (self->streams, 0, sizeof (streams));
  g_rec_mutex_unlock (&self->seeking);
  for (guint i = 0; i < N_STREAMS && streams[i].source != NULL; i++) {
    gst_pad_set_active (streams[i].ghost, FALSE);
    gst_element_remove_pad (GST_ELEMENT (self->bin), streams[i].ghost);
    gst_bin_remove (self->bin, streams[i].source);
  }
}
