/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* montage-media: makes songs and clips about which everything is known, and
 * reads films back. `montage-media COMMAND --help` lists the options.
 *
 *   song OUT         a song, OUT.beats ("seconds position") and OUT.sections
 *   clip OUT         a clip whose frames carry their numbers, OUT.cuts.txt
 *   compose OUT      a film of single takes and OUT.cuts.txt, see filmcompose.h
 *   flashbeep PREFIX PREFIX.mp4 with flashes, PREFIX.wav with beeps, both
 *                    every two seconds
 *   demo FOLDER      a song and clips to make a first film of
 *   read FILM        per picture: index, ns, clip, frame ("-" where none can
 *                    be read), mean luma
 *   flashes FILM     ns of the first picture of each flash
 *   beeps FILE       ns of the onset of each beep
 *   sound FILE       ns of its start and end, then dBFS per half second
 */
#include "barcode.h"
#include "filmcompose.h"
#include "mediafile.h"
#include "picture.h"
#include "song.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define FLASH_LUMA 110

typedef struct
{
  guint first;
  guint last; /* of the transition; equal to first for a cut */
} Boundary;

typedef struct
{
  MontageVideoOptions video;
  MontageLook look;
  guint id;
  gboolean code;
  gboolean no_truth;
  gboolean variable; /* frames are left out, the others keep their times */
  guint flash_every; /* frames; 0: never */
  GArray *boundaries;
  guint32 *other; /* the incoming picture of a dissolve */
  GString *times; /* the truth: "frame ns" lines */
} Clip;

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const gchar *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error,
      g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format,
          args));
  va_end (args);
  return FALSE;
}

static gboolean
find_word (const gchar *word, const gchar *const *words, gint *index,
    GError **error)
{
  for (*index = 0; words[*index]; (*index)++)
    if (g_str_equal (word, words[*index]))
      return TRUE;
  return fail (error, "There is no \"%s\"", word);
}

static gboolean
write_truth (const gchar *path, const gchar *ending, GString *text,
    GError **error)
{
  g_autofree gchar *name = g_strconcat (path, ending, NULL);

  return g_file_set_contents (name, text->str, (gssize) text->len, error);
}

/* ---- song ---------------------------------------------------------------*/

static gboolean
write_song_truth (const MontageSong *song, const gchar *path, GError **error)
{
  const gchar *dot = strrchr (path, '.');
  g_autofree gchar *base = g_strndup (path,
      dot ? (gsize) (dot - path) : strlen (path));
  g_autoptr (GString) beats = g_string_new (NULL);
  g_autoptr (GString) sections = g_string_new (NULL);

  for (guint k = 0; k < song->beats->len; k++) {
    const MontageSongBeat *beat = &g_array_index (song->beats, MontageSongBeat,
        k);

    g_string_append_printf (beats, "%.6f\t%u\n", beat->time, beat->position);
  }
  for (guint k = 0; k < song->sections->len; k++) {
    const MontageSongSection *part = &g_array_index (song->sections,
        MontageSongSection, k);

    g_string_append_printf (sections, "%.6f\t%.6f\t%s\t%.2f\n", part->start,
        part->end, part->label, part->energy);
  }
  return write_truth (base, ".beats", beats, error)
      && write_truth (base, ".sections", sections, error);
}

static gboolean
write_song (const gchar *path, const MontageSongOptions *options,
    gboolean no_truth, GError **error)
{
  g_autoptr (MontageSong) song = montage_song_new (options);

  return montage_write_audio (path, song->samples, song->n_frames,
             MONTAGE_SONG_RATE, MONTAGE_SONG_CHANNELS, error)
      && (no_truth || write_song_truth (song, path, error));
}

static gboolean
song_options_fit (MontageSongOptions *options, GError **error)
{
  gboolean waltz = options->style == MONTAGE_SONG_WALTZ;

  if (options->to_bpm == 0)
    options->to_bpm = options->bpm;
  if (options->meter == 0)
    options->meter = waltz ? 3 : options->compound ? 2 : 4;
  if (options->seconds == 0 && options->style != MONTAGE_SONG_BAND)
    options->seconds = 60;
  if (options->bpm <= 0 || options->to_bpm < 0 || options->jump_bpm < 0
      || options->seconds < 0 || options->skip < 0 || options->pause < 0
      || options->fade_in < 0 || options->meter > 16
      || options->pickup >= options->meter)
    return fail (error, "%s", "The song's numbers are out of range");
  return TRUE;
}

static gboolean
run_song (int argc, char **argv, GError **error)
{
  static const gchar *const styles[] = {"drums", "clicks", "waltz", "ambient",
      "beeps", "band", "speech", "silence", NULL};
  MontageSongOptions options = {.bpm = 120, .swing = 0.5};
  gint meter = 0, pickup = 0, seed = 1, style_index;
  g_autofree gchar *style = NULL;
  const GOptionEntry entries[] = {
      {"bpm", 0, 0, G_OPTION_ARG_DOUBLE, &options.bpm, "Tempo at the start",
          "BPM"},
      {"to-bpm", 0, 0, G_OPTION_ARG_DOUBLE, &options.to_bpm, "Tempo at the end",
          "BPM"},
      {"meter", 0, 0, G_OPTION_ARG_INT, &meter, "Beats per bar", "N"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "Length", "S"},
      {"offset", 0, 0, G_OPTION_ARG_DOUBLE, &options.offset, "First beat", "S"},
      {"swing", 0, 0, G_OPTION_ARG_DOUBLE, &options.swing,
          "Place of the off-beat", "0.5..0.75"},
      {"style", 0, 0, G_OPTION_ARG_STRING, &style,
          "drums, clicks, waltz, ambient, beeps, band, speech or silence",
          "STYLE"},
      {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another noise, another band",
          "N"},
      {"compound", 0, 0, G_OPTION_ARG_NONE, &options.compound,
          "band: three parts a beat, as in 6/8", NULL},
      {"no-drums", 0, 0, G_OPTION_ARG_NONE, &options.no_drums,
          "band: without drums", NULL},
      {"pickup", 0, 0, G_OPTION_ARG_INT, &pickup,
          "band: beats before the first bar", "N"},
      {"skip", 0, 0, G_OPTION_ARG_DOUBLE, &options.skip,
          "band: cut off the start", "S"},
      {"pause", 0, 0, G_OPTION_ARG_DOUBLE, &options.pause,
          "band: silence after the first third", "S"},
      {"fade-in", 0, 0, G_OPTION_ARG_DOUBLE, &options.fade_in,
          "band: length of the fade", "S"},
      {"jump-bpm", 0, 0, G_OPTION_ARG_DOUBLE, &options.jump_bpm,
          "band: tempo from the middle on", "BPM"},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("song OUT");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error)
      || !find_word (style ? style : "drums", styles, &style_index, error))
    return FALSE;
  if (argc != 2 || meter < 0 || pickup < 0)
    return fail (error, "%s", "song OUT, with positive numbers");
  options.style = style_index;
  options.meter = (guint) meter;
  options.pickup = (guint) pickup;
  options.seed = (guint) seed;
  return song_options_fit (&options, error)
      && write_song (argv[1], &options, FALSE, error);
}

/* ---- clip ---------------------------------------------------------------*/

static guint
shot_at (const Clip *clip, guint number, guint *start, const Boundary **fade)
{
  guint shot = 0;

  *start = 0;
  *fade = NULL;
  for (; shot < clip->boundaries->len; shot++) {
    const Boundary *next = &g_array_index (clip->boundaries, Boundary, shot);

    if (number < next->first)
      break;
    if (number <= next->last && next->last > next->first) {
      *fade = next;
      break;
    }
    *start = next->first;
  }
  return shot;
}

static void
draw_flash (guint32 *pixels, const Clip *clip, guint number)
{
  gsize n = (gsize) clip->video.width * clip->video.height;
  gboolean lit = clip->flash_every > 0 && number % clip->flash_every < 3;

  for (gsize i = 0; lit && i < n; i++)
    pixels[i] = 0xffffffff;
}

static gboolean
draw_frame (guint32 *pixels, guint number, gpointer data)
{
  Clip *clip = data;
  const MontageVideoOptions *video = &clip->video;
  gdouble fps = (gdouble) video->fps_n / video->fps_d;
  const Boundary *fade;
  guint start, shot;

  /* A third is left out, by a fixed pattern without a period that a detector
   * of rates could take for one. */
  if (clip->variable && number > 0 && ((number * 2654435761u) >> 16) % 3 == 0)
    return FALSE;
  shot = shot_at (clip, number, &start, &fade);
  montage_picture_draw (pixels, video->width, video->height, clip->id, shot,
      (number - start) / fps, clip->look);
  if (fade) {
    gsize n_pixels = (gsize) video->width * video->height;

    montage_picture_draw (clip->other, video->width, video->height, clip->id,
        shot + 1, (number - fade->first) / fps, clip->look);
    montage_picture_blend (pixels, clip->other, n_pixels,
        (number - fade->first + 1.0) / (fade->last - fade->first + 2.0));
  }
  draw_flash (pixels, clip, number);
  if (clip->code)
    montage_barcode_write (pixels, video->width, video->height, clip->id,
        number);
  g_string_append_printf (clip->times, "%u\t%" G_GUINT64_FORMAT "\n", number,
      gst_util_uint64_scale (number, GST_SECOND * (guint64) video->fps_d,
          video->fps_n));
  return TRUE;
}

static gboolean
write_clip (const gchar *path, Clip *clip, GError **error)
{
  g_autoptr (GString) cuts = g_string_new (NULL);
  g_autoptr (GString) times = g_string_new (NULL);
  g_autofree guint32 *other = g_new (guint32,
      (gsize) clip->video.width * clip->video.height);

  for (guint k = 0; k < clip->boundaries->len; k++) {
    const Boundary *b = &g_array_index (clip->boundaries, Boundary, k);

    if (b->last > b->first)
      g_string_append_printf (cuts, "%u-%u\n", b->first, b->last);
    else
      g_string_append_printf (cuts, "%u\n", b->first);
  }
  clip->other = other;
  clip->times = times;
  if (!montage_write_video (path, &clip->video, draw_frame, clip, error))
    return FALSE;
  return clip->no_truth
      || (write_truth (path, ".cuts.txt", cuts, error)
          && write_truth (path, ".frames.txt", times, error));
}

static gboolean
parse_boundaries (const gchar *text, GArray *boundaries, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text ? text : "", ",", -1);
  guint after = 0;

  for (guint k = 0; parts[k] && *parts[k]; k++) {
    gchar *end;
    Boundary b;

    b.first = (guint) g_ascii_strtoull (parts[k], &end, 10);
    b.last = *end == '-' ? (guint) g_ascii_strtoull (end + 1, &end, 10)
                         : b.first;
    if (*end || b.first <= after || b.last < b.first)
      return fail (error, "\"%s\" is no rising list of frames", text);
    after = b.last;
    g_array_append_val (boundaries, b);
  }
  return TRUE;
}

static gboolean
parse_pair (const gchar *text, gchar separator, gint *a, gint *b,
    GError **error)
{
  gchar *end;

  *a = (gint) g_ascii_strtoll (text, &end, 10);
  *b = 1;
  if (*end == separator)
    *b = (gint) g_ascii_strtoll (end + 1, &end, 10);
  if (*end || *a <= 0 || *b <= 0)
    return fail (error, "\"%s\" is no pair of positive numbers", text);
  return TRUE;
}

static gboolean
run_clip (int argc, char **argv, GError **error)
{
  static const gchar *const looks[] = {"auto", "pan", "zoom", "static", "busy",
      "flash", NULL};
  g_autofree gchar *size = NULL, *fps = NULL, *codec = NULL, *cuts = NULL,
                   *look = NULL;
  gint id = 0, frames = 150, gop = 30, bframes = 0, rotation = 0, bits = 8;
  gint flash_every = 0, look_index, width, height;
  gboolean variable = FALSE, sound = FALSE, no_code = FALSE;
  const GOptionEntry entries[] = {
      {"id", 0, 0, G_OPTION_ARG_INT, &id, "Number of the clip", "0..255"},
      {"frames", 0, 0, G_OPTION_ARG_INT, &frames, "Length", "N"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &size, "As shown", "WxH"},
      {"fps", 0, 0, G_OPTION_ARG_STRING, &fps, "Rate", "N/D"},
      {"codec", 0, 0, G_OPTION_ARG_STRING, &codec,
          "h264, h265, vp8, vp9, mjpeg or mpeg4", "CODEC"},
      {"gop", 0, 0, G_OPTION_ARG_INT, &gop, "Key frame distance", "N"},
      {"bframes", 0, 0, G_OPTION_ARG_INT, &bframes, "Frames read ahead", "N"},
      {"bits", 0, 0, G_OPTION_ARG_INT, &bits, "Depth", "8|10"},
      {"cuts", 0, 0, G_OPTION_ARG_STRING, &cuts,
          "First frames of new shots; a-b is a dissolve", "A,B-C,..."},
      {"rotate", 0, 0, G_OPTION_ARG_INT, &rotation,
          "Stored turned, with a tag to turn it back", "0|90|180|270"},
      {"look", 0, 0, G_OPTION_ARG_STRING, &look,
          "auto, pan, zoom, static, busy or flash", "LOOK"},
      {"flash-every", 0, 0, G_OPTION_ARG_INT, &flash_every,
          "Three white frames, again and again", "FRAMES"},
      {"vfr", 0, 0, G_OPTION_ARG_NONE, &variable, "Leave frames out", NULL},
      {"sound", 0, 0, G_OPTION_ARG_NONE, &sound, "With a quiet tone", NULL},
      {"no-code", 0, 0, G_OPTION_ARG_NONE, &no_code, "Scenery only", NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("clip OUT");
  g_autoptr (GArray) boundaries = g_array_new (FALSE, FALSE, sizeof (Boundary));
  Clip clip = {.boundaries = boundaries};

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error)
      || !find_word (look ? look : "auto", looks, &look_index, error)
      || !parse_boundaries (cuts, boundaries, error)
      || !parse_pair (size ? size : "320x180", 'x', &width, &height, error)
      || !parse_pair (fps ? fps : "30/1", '/', &clip.video.fps_n,
          &clip.video.fps_d, error))
    return FALSE;
  if (argc != 2 || frames <= 0 || id < 0 || id > MONTAGE_BARCODE_MAX_ID
      || rotation % 90 || gop <= 0 || bframes < 0 || flash_every < 0)
    return fail (error, "%s", "clip OUT, with numbers in their ranges");
  clip.id = (guint) id;
  clip.look = look_index;
  clip.code = !no_code;
  clip.flash_every = (guint) flash_every;
  clip.video.codec = codec;
  clip.video.width = (guint) width;
  clip.video.height = (guint) height;
  clip.video.n_frames = (guint) frames;
  clip.video.gop = (guint) gop;
  clip.video.bframes = (guint) bframes;
  clip.video.bits = (guint) bits;
  clip.video.rotation = (guint) rotation;
  clip.video.sound = sound;
  clip.variable = variable;
  return write_clip (argv[1], &clip, error);
}

/* ---- flash and beep, demo -----------------------------------------------*/

static gboolean
run_flashbeep (int argc, char **argv, GError **error)
{
  gdouble seconds = 60;
  const GOptionEntry entries[] = {
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "Length", "S"},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext)
      context = g_option_context_new ("flashbeep PREFIX");
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (Boundary));
  g_autofree gchar *picture = NULL, *sound = NULL;
  MontageSongOptions song = {.style = MONTAGE_SONG_BEEPS,
      .bpm = 120,
      .to_bpm = 120,
      .meter = 4,
      .swing = 0.5,
      .seed = 1};
  Clip clip = {.look = MONTAGE_LOOK_FLASH,
      .code = TRUE,
      .flash_every = 60,
      .boundaries = none,
      .video = {.width = 192,
          .height = 108,
          .fps_n = 30,
          .fps_d = 1,
          .gop = 60,
          .bits = 8}};

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc != 2 || seconds <= 0)
    return fail (error, "%s", "flashbeep PREFIX, with a positive length");
  picture = g_strconcat (argv[1], ".mp4", NULL);
  sound = g_strconcat (argv[1], ".wav", NULL);
  song.seconds = seconds;
  clip.video.n_frames = (guint) lround (seconds * 30);
  return write_song (sound, &song, FALSE, error)
      && write_clip (picture, &clip, error);
}

static gboolean
run_demo (int argc, char **argv, GError **error)
{
  static const gchar *const names[] = {"coast.mp4", "hills.mp4", "evening.webm",
      "balloons.mp4", "forest.mp4", "morning.mp4"};
  MontageSongOptions options = {.style = MONTAGE_SONG_DRUMS,
      .bpm = 112,
      .to_bpm = 112,
      .meter = 4,
      .seconds = 40,
      .swing = 0.5,
      .seed = 7};
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (Boundary));
  g_autofree gchar *song = NULL;

  if (argc != 2)
    return fail (error, "%s", "demo FOLDER");
  if (g_mkdir_with_parents (argv[1], 0777) != 0)
    return fail (error, "The folder \"%s\" cannot be made", argv[1]);
  song = g_build_filename (argv[1], "song.ogg", NULL);
  if (!write_song (song, &options, TRUE, error))
    return FALSE;
  for (guint k = 1; k <= 2; k++) {
    Boundary b = {100 * k - 15, 100 * k - 15};

    g_array_append_val (cuts, b);
  }
  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autofree gchar *path = g_build_filename (argv[1], names[k], NULL);
    Clip clip = {.id = k + 1,
        .no_truth = TRUE,
        .boundaries = cuts,
        .video = {.width = 960,
            .height = 540,
            .fps_n = 25,
            .fps_d = 1,
            .n_frames = 260,
            .gop = 50,
            .bits = 8}};

    if (!write_clip (path, &clip, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- readers ------------------------------------------------------------*/

typedef struct
{
  guint index;
  gdouble side;
  gboolean flashes_only;
  gboolean lit;
} Reader;

static gdouble
mean_luma (const MontagePicture *picture)
{
  guint64 sum = 0;

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      sum += picture->luma[y * picture->stride + x];
  return (gdouble) sum / picture->width / picture->height;
}

static void
on_picture (const MontagePicture *picture, gpointer data)
{
  Reader *self = data;
  gdouble luma = mean_luma (picture);
  guint id, frame;

  if (self->flashes_only) {
    gboolean lit = luma > FLASH_LUMA;

    if (lit && !self->lit)
      g_print ("%" G_GUINT64_FORMAT "\n", picture->time);
    self->lit = lit;
    return;
  }
  if (montage_barcode_read (picture->luma, picture->stride, picture->width,
          picture->height, &self->side, &id, &frame))
    g_print ("%u\t%" G_GUINT64_FORMAT "\t%u\t%u\t%.1f\n", self->index,
        picture->time, id, frame, luma);
  else
    g_print ("%u\t%" G_GUINT64_FORMAT "\t-\t-\t%.1f\n", self->index,
        picture->time, luma);
  self->index++;
}

static gboolean
run_read (int argc, char **argv, GError **error)
{
  Reader reader = {0};

  reader.flashes_only = g_str_equal (argv[0], "flashes");
  if (argc != 2)
    return fail (error, "%s FILM", argv[0]);
  return montage_read_video (argv[1], on_picture, &reader, error);
}

static gboolean
run_beeps (int argc, char **argv, GError **error)
{
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GArray) onsets = NULL;
  gdouble start;

  if (argc != 2)
    return fail (error, "%s FILE", argv[0]);
  samples = montage_read_audio (argv[1], 48000, &start, error);
  if (!samples)
    return FALSE;
  onsets = montage_song_find_beeps ((const gfloat *) samples->data,
      samples->len, 48000);
  for (guint k = 0; k < onsets->len; k++)
    g_print ("%.0f\n", (start + g_array_index (onsets, gdouble, k)) * 1e9);
  return TRUE;
}

static gboolean
run_sound (int argc, char **argv, GError **error)
{
  g_autoptr (GArray) samples = NULL;
  guint rate = 48000, step = rate / 2;
  gdouble start;

  if (argc != 2)
    return fail (error, "%s FILE", argv[0]);
  samples = montage_read_audio (argv[1], rate, &start, error);
  if (!samples)
    return FALSE;
  g_print ("%.0f\t%.0f\n", start * 1e9,
      (start + (gdouble) samples->len / rate) * 1e9);
  for (guint from = 0; from < samples->len; from += step) {
    guint to = MIN (from + step, samples->len);
    gdouble sum = 1e-12;

    for (guint i = from; i < to; i++)
      sum += pow (g_array_index (samples, gfloat, i), 2);
    g_print ("%.1f\n", 10 * log10 (sum / (to - from)));
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const gchar *name;
    gboolean (*run) (int argc, char **argv, GError **error);
  } commands[] = {
      {"song", run_song},
      {"clip", run_clip},
      {"compose", montage_compose_run},
      {"flashbeep", run_flashbeep},
      {"demo", run_demo},
      {"read", run_read},
      {"flashes", run_read},
      {"beeps", run_beeps},
      {"sound", run_sound},
  };
  g_autoptr (GError) error = NULL;

  gst_init (NULL, NULL);
  for (guint k = 0; argc > 1 && k < G_N_ELEMENTS (commands); k++) {
    if (!g_str_equal (argv[1], commands[k].name))
      continue;
    if (commands[k].run (argc - 1, argv + 1, &error))
      return 0;
    g_printerr ("montage-media: %s\n", error->message);
    return 1;
  }
  g_printerr ("usage: montage-media "
              "song|clip|compose|flashbeep|demo|read|flashes|beeps|sound …\n");
  return 2;
}
