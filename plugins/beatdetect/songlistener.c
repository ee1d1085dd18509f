/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "songlistener.h"

#include "beatanalyzer.h"
#include "monofeed.h"
#include "soundtime.h"
#include "toldbeats.h"

GST_DEBUG_CATEGORY_EXTERN (beatdetect_debug);
#define GST_CAT_DEFAULT beatdetect_debug

struct _SongListener
{
  SongListenerTell tell;
  gpointer data;
  GstAudioInfo info;
  MonoFeed *feed;         /* NULL before the first format */
  BeatAnalyzer *analyzer; /* NULL before the first sound */
  SoundTime time;
  ToldBeats *told;
  gboolean live;       /* whether beats are told, of the last piece */
  gboolean whole_song; /* whether there will be a grid, of the song */
};

SongListener *
song_listener_new (SongListenerTell tell, gpointer data)
{
  SongListener *self = g_new0 (SongListener, 1);

  self->tell = tell;
  self->data = data;
  self->told = told_beats_new ();
  return self;
}

static void
forget_song (SongListener *self)
{
  g_clear_pointer (&self->analyzer, beat_analyzer_free);
  sound_time_reset (&self->time);
  told_beats_clear (self->told);
}

void
song_listener_clear (SongListener *self)
{
  forget_song (self);
  g_clear_pointer (&self->feed, mono_feed_free);
}

void
song_listener_free (SongListener *self)
{
  song_listener_clear (self);
  told_beats_free (self->told);
  g_free (self);
}

static void
tell (SongListener *self, const LiveBeat *beat)
{
  if (self->live)
    self->tell (beat,
        self->time.origin + (GstClockTime) (beat->time * GST_SECOND + 0.5),
        self->data);
}

/* Tells what was found since the last call, and, where a part of the song is
 * played again, its beats before @until, in s. */
static void
tell_beats (SongListener *self, gdouble until)
{
  LiveBeat beat;

  while (self->live && beat_analyzer_next_live (self->analyzer, &beat)) {
    if (self->whole_song)
      told_beats_add (self->told, &beat);
    else
      tell (self, &beat);
  }
  while (told_beats_next (self->told, until, &beat))
    tell (self, &beat);
}

static void
on_mono (const gfloat *samples, gsize n, gpointer data)
{
  SongListener *self = data;

  beat_analyzer_push (self->analyzer, samples, n);
  tell_beats (self, G_MAXDOUBLE);
}

/* A resampler that was drained or flushed does not go on. */
static gboolean
renew_feed (SongListener *self)
{
  g_clear_pointer (&self->feed, mono_feed_free);
  self->time.rate = GST_AUDIO_INFO_RATE (&self->info);
  self->feed = mono_feed_new (&self->info, BEAT_ANALYZER_RATE, on_mono, self);
  return self->feed != NULL;
}

gboolean
song_listener_set_format (SongListener *self, const GstAudioInfo *info)
{
  if (self->feed && self->analyzer)
    mono_feed_drain (self->feed);
  self->info = *info;
  return renew_feed (self);
}

gboolean
song_listener_has_format (const SongListener *self)
{
  return self->feed != NULL;
}

gboolean
song_listener_restart (SongListener *self)
{
  forget_song (self);
  return !self->feed || renew_feed (self);
}

/* To be called before anything is heard. */
static void
begin_song (SongListener *self, const BeatProperties *properties)
{
  BeatSettings settings;

  if (self->analyzer)
    return;
  settings = beat_properties_settings (properties, self->time.origin);
  self->whole_song = !settings.live_only;
  self->time.follow = settings.live_only;
  self->analyzer = beat_analyzer_new (&settings);
  GST_INFO ("first sound at %" GST_TIME_FORMAT,
      GST_TIME_ARGS (self->time.origin));
}

gboolean
song_listener_jumps (const SongListener *self, const GstSegment *segment,
    GstBuffer *buffer)
{
  return sound_time_jumps (&self->time, segment, buffer);
}

/* Without a flush what is played again is heard but once: its beats are known. */
static void
tell_again (SongListener *self, const GstSegment *segment, GstBuffer *buffer,
    gsize n)
{
  GstClockTime start;

  if (!self->analyzer
      || !sound_time_repeats (&self->time, segment, buffer, &start))
    return;
  told_beats_seek (self->told, (gdouble) start / GST_SECOND);
  tell_beats (self,
      (gdouble) start / GST_SECOND + (gdouble) n / self->time.rate);
}

gboolean
song_listener_hear (SongListener *self, const BeatProperties *properties,
    const GstSegment *segment, GstBuffer *buffer, const GstAudioBuffer *audio)
{
  gsize from, n = audio->n_samples;
  guint64 silence;

  self->live = properties->message;
  tell_again (self, segment, buffer, n);
  if (n == 0
      || !sound_time_place (&self->time, segment, buffer, &silence, &from, &n))
    return FALSE;
  begin_song (self, properties);
  mono_feed_push_silence (self->feed, silence);
  mono_feed_push (self->feed, audio, from, n);
  sound_time_advance (&self->time, n);
  return TRUE;
}

void
song_listener_hear_gap (SongListener *self, const BeatProperties *properties,
    const GstSegment *segment, GstClockTime start, GstClockTime duration)
{
  guint64 silence = sound_time_gap (&self->time, segment, start, duration);

  if (silence == 0)
    return;
  self->live = properties->message;
  begin_song (self, properties);
  mono_feed_push_silence (self->feed, silence);
}

GstClockTime
song_listener_heard (const SongListener *self)
{
  return self->time.next;
}

void
song_listener_catch_up (SongListener *self)
{
  if (!self->analyzer)
    return;
  beat_analyzer_catch_up (self->analyzer);
  tell_beats (self, 0.0);
}

void
song_listener_end (SongListener *self, const BeatProperties *properties)
{
  begin_song (self, properties);
  if (self->feed)
    mono_feed_drain (self->feed);
  song_listener_catch_up (self);
}

GstMontageBeatGrid *
song_listener_finish (SongListener *self)
{
  GstMontageBeatGrid *grid;

  if (!self->whole_song)
    return NULL;
  grid = beat_analyzer_finish (self->analyzer);
  sound_time_move_grid (&self->time, grid);
  GST_INFO ("%u beats, %.2f BPM, confidence %.2f", grid->beats->len,
      grid->tempo, grid->confidence);
  return grid;
}
