/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "beatproperties.h"

enum
{
  PROP_0,
  PROP_TEMPO,
  PROP_TEMPO_MIN,
  PROP_TEMPO_MAX,
  PROP_BEATS_PER_BAR,
  PROP_FIRST_DOWNBEAT,
  PROP_OFFSET,
  PROP_LOOKAHEAD,
  PROP_MESSAGE,
  PROP_WHOLE_SONG,
};

#define DEFAULT_TEMPO 0.0
/* People tap along at 40 to 215 beats per minute. */
#define DEFAULT_TEMPO_MIN 40.0
#define DEFAULT_TEMPO_MAX 215.0
#define LOWEST_TEMPO 30.0
#define HIGHEST_TEMPO 300.0
#define DEFAULT_BEATS_PER_BAR 0
#define MOST_BEATS_PER_BAR 16
#define DEFAULT_FIRST_DOWNBEAT -1
#define DEFAULT_OFFSET 0
#define LONGEST_OFFSET (10 * GST_SECOND)
#define DEFAULT_LOOKAHEAD 0
#define LONGEST_LOOKAHEAD (2 * GST_SECOND)
#define DEFAULT_MESSAGE TRUE
#define DEFAULT_WHOLE_SONG TRUE

#define FLAGS_READY                                                            \
  (G_PARAM_READWRITE | GST_PARAM_MUTABLE_READY | G_PARAM_STATIC_STRINGS)
#define FLAGS_PLAYING                                                          \
  (G_PARAM_READWRITE | GST_PARAM_MUTABLE_PLAYING | G_PARAM_STATIC_STRINGS)

void
beat_properties_init (BeatProperties *self)
{
  *self = (BeatProperties){.tempo = DEFAULT_TEMPO,
      .tempo_min = DEFAULT_TEMPO_MIN,
      .tempo_max = DEFAULT_TEMPO_MAX,
      .beats_per_bar = DEFAULT_BEATS_PER_BAR,
      .first_downbeat = DEFAULT_FIRST_DOWNBEAT,
      .offset = DEFAULT_OFFSET,
      .lookahead = DEFAULT_LOOKAHEAD,
      .message = DEFAULT_MESSAGE,
      .whole_song = DEFAULT_WHOLE_SONG};
}

static void
install_tempo (GObjectClass *klass)
{
  g_object_class_install_property (klass, PROP_TEMPO,
      g_param_spec_double ("tempo", "Tempo",
          "The tempo where it is known, in beats per minute; 0 is to find it "
          "out. Read when a stream begins.",
          0.0, HIGHEST_TEMPO, DEFAULT_TEMPO, FLAGS_READY));
  g_object_class_install_property (klass, PROP_TEMPO_MIN,
      g_param_spec_double ("tempo-min", "Lowest tempo",
          "The lowest tempo that is searched for, in beats per minute. Read "
          "when a stream begins.",
          LOWEST_TEMPO, HIGHEST_TEMPO, DEFAULT_TEMPO_MIN, FLAGS_READY));
  g_object_class_install_property (klass, PROP_TEMPO_MAX,
      g_param_spec_double ("tempo-max", "Highest tempo",
          "The highest tempo that is searched for, in beats per minute; below "
          "tempo-min it counts as tempo-min. Read when a stream begins.",
          LOWEST_TEMPO, HIGHEST_TEMPO, DEFAULT_TEMPO_MAX, FLAGS_READY));
}

static void
install_bars (GObjectClass *klass)
{
  g_object_class_install_property (klass, PROP_BEATS_PER_BAR,
      g_param_spec_uint ("beats-per-bar", "Beats per bar",
          "How many beats a bar has where it is known; 0 is to find it out. "
          "Read when a stream begins.",
          0, MOST_BEATS_PER_BAR, DEFAULT_BEATS_PER_BAR, FLAGS_READY));
  g_object_class_install_property (klass, PROP_FIRST_DOWNBEAT,
      g_param_spec_int64 ("first-downbeat", "First downbeat",
          "The time of a beat that begins a bar where one is known, in ns of "
          "stream time; the nearest beat counts. -1 is to find it out. Read "
          "when a stream begins.",
          -1, G_MAXINT64, DEFAULT_FIRST_DOWNBEAT, FLAGS_READY));
  g_object_class_install_property (klass, PROP_OFFSET,
      g_param_spec_int64 ("offset", "Offset",
          "How much later than heard all beats are told to be, in ns; negative "
          "is earlier. Read when a stream begins.",
          -(gint64) LONGEST_OFFSET, LONGEST_OFFSET, DEFAULT_OFFSET,
          FLAGS_READY));
}

static void
install_modes (GObjectClass *klass)
{
  g_object_class_install_property (klass, PROP_LOOKAHEAD,
      g_param_spec_uint64 ("lookahead", "Lookahead",
          "How much more sound is heard before a live beat is told, in ns. The "
          "sound is held back by as much, which is declared as latency. Read "
          "when a stream begins.",
          0, LONGEST_LOOKAHEAD, DEFAULT_LOOKAHEAD, FLAGS_READY));
  g_object_class_install_property (klass, PROP_MESSAGE,
      g_param_spec_boolean ("message", "Live messages",
          "Whether to tell each beat while it plays, as a message and as an "
          "event. The whole song's beats are sent at its end in any case.",
          DEFAULT_MESSAGE, FLAGS_PLAYING));
  g_object_class_install_property (klass, PROP_WHOLE_SONG,
      g_param_spec_boolean ("whole-song", "Whole song",
          "Whether to keep what was heard and send the beats of the whole song "
          "at its end. Without, memory does not grow, however long the stream "
          "is. Read when a stream begins.",
          DEFAULT_WHOLE_SONG, FLAGS_READY));
}

void
beat_properties_install (GObjectClass *klass)
{
  install_tempo (klass);
  install_bars (klass);
  install_modes (klass);
}

gboolean
beat_properties_set (BeatProperties *self, guint id, const GValue *value)
{
  switch (id) {
    case PROP_TEMPO:
      self->tempo = g_value_get_double (value);
      return TRUE;
    case PROP_TEMPO_MIN:
      self->tempo_min = g_value_get_double (value);
      return TRUE;
    case PROP_TEMPO_MAX:
      self->tempo_max = g_value_get_double (value);
      return TRUE;
    case PROP_BEATS_PER_BAR:
      self->beats_per_bar = g_value_get_uint (value);
      return TRUE;
    case PROP_FIRST_DOWNBEAT:
      self->first_downbeat = g_value_get_int64 (value);
      return TRUE;
    case PROP_OFFSET:
      self->offset = g_value_get_int64 (value);
      return TRUE;
    case PROP_LOOKAHEAD:
      self->lookahead = g_value_get_uint64 (value);
      return TRUE;
    case PROP_MESSAGE:
      self->message = g_value_get_boolean (value);
      return TRUE;
    case PROP_WHOLE_SONG:
      self->whole_song = g_value_get_boolean (value);
      return TRUE;
    default:
      return FALSE;
  }
}

gboolean
beat_properties_get (const BeatProperties *self, guint id, GValue *value)
{
  switch (id) {
    case PROP_TEMPO:
      g_value_set_double (value, self->tempo);
      return TRUE;
    case PROP_TEMPO_MIN:
      g_value_set_double (value, self->tempo_min);
      return TRUE;
    case PROP_TEMPO_MAX:
      g_value_set_double (value, self->tempo_max);
      return TRUE;
    case PROP_BEATS_PER_BAR:
      g_value_set_uint (value, self->beats_per_bar);
      return TRUE;
    case PROP_FIRST_DOWNBEAT:
      g_value_set_int64 (value, self->first_downbeat);
      return TRUE;
    case PROP_OFFSET:
      g_value_set_int64 (value, self->offset);
      return TRUE;
    case PROP_LOOKAHEAD:
      g_value_set_uint64 (value, self->lookahead);
      return TRUE;
    case PROP_MESSAGE:
      g_value_set_boolean (value, self->message);
      return TRUE;
    case PROP_WHOLE_SONG:
      g_value_set_boolean (value, self->whole_song);
      return TRUE;
    default:
      return FALSE;
  }
}

BeatSettings
beat_properties_settings (const BeatProperties *self, GstClockTime origin)
{
  gdouble first = (gdouble) self->first_downbeat - (gdouble) origin;

  return (BeatSettings){.tempo_min = self->tempo_min,
      .tempo_max = self->tempo_max,
      .tempo = self->tempo,
      .beats_per_bar = self->beats_per_bar,
      .first_downbeat = self->first_downbeat < 0 ? -1.0 : first / GST_SECOND,
      .offset = (gdouble) self->offset / GST_SECOND,
      .lookahead = (gdouble) self->lookahead / GST_SECOND,
      .live_only = !self->whole_song};
}
