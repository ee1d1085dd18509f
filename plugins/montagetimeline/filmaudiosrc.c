/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmaudiosrc.h"

#include "fadeout.h"
#include "musicreader.h"

#include <gst/audio/audio.h>

GST_DEBUG_CATEGORY_STATIC (film_audio_src_debug);
#define GST_CAT_DEFAULT film_audio_src_debug

#define FRAMES_PER_BUFFER 2048
#define BYTES_PER_FRAME (DECODE_SOUND_CHANNELS * sizeof (gfloat))
/* A song that ends this much before its window is not worth a word: encoders
 * round to their frames. */
#define SHORT_SONG (DECODE_SOUND_RATE / 4)

struct _MontageFilmAudioSrc
{
  MontageFilmSrc parent;

  /* Used by the streaming thread, or by others while it stands. */
  MusicReader *music;
  guint64 position; /* the next frame of sound */
  gboolean warned;
};

G_DEFINE_FINAL_TYPE (MontageFilmAudioSrc, montage_film_audio_src,
    MONTAGE_TYPE_FILM_SRC)

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("audio/x-raw, format=(string)" GST_AUDIO_NE (
        F32) ", layout=(string)interleaved, rate=(int)48000, channels=(int)2, "
             "channel-mask=(bitmask)0x3"));

static Film *
get_film (MontageFilmAudioSrc *self)
{
  return montage_film_src_get_film (MONTAGE_FILM_SRC (self));
}

static FilmPlan *
get_plan (MontageFilmAudioSrc *self)
{
  return film_get_plan (get_film (self));
}

static guint64
to_frames (GstClockTime time)
{
  return gst_util_uint64_scale_round (time, DECODE_SOUND_RATE, GST_SECOND);
}

static GstClockTime
to_time (guint64 frames)
{
  return gst_util_uint64_scale_round (frames, GST_SECOND, DECODE_SOUND_RATE);
}

static gboolean
start (GstBaseSrc *base)
{
  MontageFilmAudioSrc *self = MONTAGE_FILM_AUDIO_SRC (base);
  g_autoptr (FilmPlan) plan = get_plan (self);

  if (plan->plan->music.uri != NULL)
    self->music = music_reader_new (plan->plan->music.uri);
  self->warned = FALSE;
  return GST_BASE_SRC_CLASS (montage_film_audio_src_parent_class)->start (base);
}

static gboolean
stop (GstBaseSrc *base)
{
  MontageFilmAudioSrc *self = MONTAGE_FILM_AUDIO_SRC (base);

  g_clear_pointer (&self->music, music_reader_free);
  return TRUE;
}

static void
set_position (MontageFilmSrc *src, GstClockTime time)
{
  MONTAGE_FILM_AUDIO_SRC (src)->position = to_frames (time);
}

/* The sound is the music's window: outside it there is silence. */
static gboolean
read_music (MontageFilmAudioSrc *self, const GstMontageMusic *music,
    guint64 length, gfloat *data, guint n_frames, GError **error)
{
  guint64 window = MIN (to_frames (music->duration), length);
  guint64 heard = window > self->position ? window - self->position : 0;
  guint64 offset = to_frames (music->start);

  heard = MIN (heard, n_frames);
  if (self->music != NULL && heard > 0
      && !music_reader_read (self->music, offset + self->position, data, heard,
          montage_film_src_get_flushing (MONTAGE_FILM_SRC (self)), error))
    return FALSE;
  fade_out (data, heard, DECODE_SOUND_CHANNELS, self->position,
      window - MIN (to_frames (music->fade_out), window), window);
  return TRUE;
}

/* FALSE where there is no music at all. */
static gboolean
check_song (MontageFilmAudioSrc *self, const GstMontageMusic *music)
{
  g_autofree gchar *why = NULL;
  guint64 end;

  if (self->music == NULL || self->warned)
    return TRUE;
  end = music_reader_get_end (self->music);
  if (end == G_MAXUINT64)
    return TRUE;
  why = music_reader_dup_error (self->music);
  if (!music_reader_has_sound (self->music)) {
    GST_ELEMENT_ERROR (self, STREAM, DECODE,
        ("The music “%s” cannot be heard: %s.", music->uri,
            why != NULL ? why : "it holds no sound"),
        (NULL));
    return FALSE;
  }
  if (end + SHORT_SONG < to_frames (music->start + music->duration)) {
    GST_ELEMENT_WARNING (self, STREAM, DECODE,
        ("The music “%s” ends before the plan says: %s. Silence follows.",
            music->uri, why != NULL ? why : "the file is shorter"),
        (NULL));
    self->warned = TRUE;
  }
  return TRUE;
}

static GstFlowReturn
fill (MontageFilmAudioSrc *self, const GstMontagePlan *plan, guint64 length,
    gfloat *data, guint n_frames)
{
  g_autoptr (GError) error = NULL;

  if (!read_music (self, &plan->music, length, data, n_frames, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return GST_FLOW_FLUSHING;
    GST_ELEMENT_ERROR (self, RESOURCE, READ,
        ("%s; the file may be damaged or on a disk that does not answer.",
            error->message),
        (NULL));
    return GST_FLOW_ERROR;
  }
  return check_song (self, &plan->music) ? GST_FLOW_OK : GST_FLOW_ERROR;
}

static void
stamp (MontageFilmAudioSrc *self, GstBuffer *buffer, guint n_frames)
{
  GST_BUFFER_PTS (buffer) = to_time (self->position);
  GST_BUFFER_DURATION (buffer) = to_time (self->position + n_frames)
      - GST_BUFFER_PTS (buffer);
  GST_BUFFER_OFFSET (buffer) = self->position;
  GST_BUFFER_OFFSET_END (buffer) = self->position + n_frames;
  montage_film_src_mark (MONTAGE_FILM_SRC (self), buffer);
}

static GstFlowReturn
create (GstPushSrc *push, GstBuffer **buffer)
{
  MontageFilmAudioSrc *self = MONTAGE_FILM_AUDIO_SRC (push);
  g_autoptr (FilmPlan) plan = get_plan (self);
  g_autofree gfloat *data = NULL;
  guint64 length = to_frames (plan->plan->duration);
  GstFlowReturn flow;
  guint n_frames;

  if (self->position >= length)
    return GST_FLOW_EOS;
  n_frames = MIN (FRAMES_PER_BUFFER, length - self->position);
  film_commit_sound (get_film (self), to_time (self->position + n_frames));
  data = g_malloc0_n (n_frames, BYTES_PER_FRAME);
  flow = fill (self, plan->plan, length, data, n_frames);
  if (flow != GST_FLOW_OK)
    return flow;
  *buffer = gst_buffer_new_wrapped (g_steal_pointer (&data),
      n_frames * BYTES_PER_FRAME);
  stamp (self, *buffer, n_frames);
  self->position += n_frames;
  return GST_FLOW_OK;
}

static void
montage_film_audio_src_class_init (MontageFilmAudioSrcClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  MONTAGE_FILM_SRC_CLASS (klass)->set_position = set_position;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Sound of a film",
      "Source/Audio", "Plays the sound of a plan", "gst-montage");
  base_class->start = start;
  base_class->stop = stop;
  GST_PUSH_SRC_CLASS (klass)->create = create;
  GST_DEBUG_CATEGORY_INIT (film_audio_src_debug, "montagefilmaudiosrc", 0,
      "sound of montagetimeline");
}

static void
montage_film_audio_src_init (MontageFilmAudioSrc *self)
{
}

GstElement *
montage_film_audio_src_new (Film *film)
{
  return montage_film_src_new (MONTAGE_TYPE_FILM_AUDIO_SRC, film);
}
