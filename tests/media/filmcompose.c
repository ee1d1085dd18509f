/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filmcompose.h"
#include "filmfigure.h"
#include "filmplan.h"
#include "mediafile.h"
#include "picture.h"

#include <math.h>
#include <string.h>

/* A change of less than this, in mean levels of green of 255, is no sure one:
 * people would not agree. Two takes of one place differ by 12 and more. */
#define UNSURE_DIFFERENCE 7
/* What a figure covers of the picture. */
#define FIGURE_SHARE 0.15
#define N_LANDSCAPES 24
#define LANDSCAPE_FRAMES 250

typedef struct
{
  gdouble saturation; /* 1: as it is */
  gdouble gain;
  gdouble noise;     /* mean strength in levels */
  gdouble letterbox; /* height of the picture, as a share */
  gboolean interlaced;
} Finish;

typedef struct
{
  MontageVideoOptions video;
  Finish finish;
  MontagePlanOptions plan;
  GArray *shots;
  gdouble film_fps;
  gboolean backdrop;             /* each shot shows a figure before it */
  guint drawn;                   /* frames of the film drawn so far */
  guint32 *picture;              /* the last of them */
  guint32 *shown[2];             /* the shots seen in it */
  MontageTakeReader *readers[2]; /* of the current and the next shot */
  guint current;
  guint32 noise_state;
  GError *error;
} Composer;

static MontageShot *
get_shot (Composer *self, guint index)
{
  return index < self->shots->len
      ? &g_array_index (self->shots, MontageShot, index)
      : NULL;
}

static gboolean
open_reader (Composer *self, guint slot, const MontageShot *shot)
{
  gboolean camera = montage_disturb_is_camera (&shot->disturb);
  guint width = self->video.width, height = self->video.height;

  if (self->readers[slot])
    return TRUE;
  self->readers[slot] =
      montage_take_reader_new (&g_array_index (self->plan.takes, MontageTake,
                                   shot->take),
          shot->from, camera ? width * MONTAGE_DISTURB_WIDE / 2 : width,
          camera ? height * MONTAGE_DISTURB_WIDE / 2 : height, &self->error);
  return self->readers[slot] != NULL;
}

/* Frame @n of the film of one shot, before any transition. */
static gboolean
draw_shot (Composer *self, guint slot, const MontageShot *shot, guint n)
{
  guint width = self->video.width, height = self->video.height;
  guint number = n - shot->start;
  guint32 *out = self->shown[slot];
  const guint32 *source;

  if (!open_reader (self, slot, shot))
    return FALSE;
  source = montage_take_reader_get (self->readers[slot],
      (guint) (montage_disturb_source_frame (&shot->disturb, number)
          * self->plan.speed));
  if (!source) {
    g_set_error (&self->error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "Take %u has no picture", shot->take + 1);
    return FALSE;
  }
  if (montage_disturb_is_camera (&shot->disturb))
    montage_disturb_film (&shot->disturb, number, source, out, width, height);
  else
    memcpy (out, source, (gsize) width * height * sizeof *out);
  if (self->backdrop)
    montage_figure_cut_out (shot->figure, n,
        montage_figure_choose_backdrop (self->plan.seed), out, width, height);
  montage_disturb_apply (&shot->disturb, number, out, width, height);
  return TRUE;
}

/* Whether people would disagree about @a and @b being one shot. */
static gboolean
is_unsure (const Composer *self, const guint32 *a, const guint32 *b)
{
  gsize n_pixels = (gsize) self->video.width * self->video.height;
  gdouble least = UNSURE_DIFFERENCE * (self->backdrop ? FIGURE_SHARE : 1);
  guint64 sum = 0;

  for (gsize i = 0; i < n_pixels; i++)
    sum += (guint64) ABS (
        (gint) (a[i] >> 8 & 0xff) - (gint) (b[i] >> 8 & 0xff));
  return (gdouble) sum / n_pixels < least;
}

/* The next shot becomes the current one. */
static void
advance (Composer *self)
{
  guint32 *shown = self->shown[0];

  g_clear_pointer (&self->readers[0], montage_take_reader_free);
  self->readers[0] = g_steal_pointer (&self->readers[1]);
  self->shown[0] = self->shown[1];
  self->shown[1] = shown;
  self->current++;
}

/* Draws the film's next frame into the picture. */
static gboolean
draw_next (Composer *self)
{
  guint width = self->video.width, height = self->video.height;
  gsize n_pixels = (gsize) width * height;
  guint n = self->drawn++;
  MontageShot *shot = get_shot (self, self->current);
  MontageShot *next = get_shot (self, self->current + 1);

  if (next && n >= shot->end) {
    advance (self);
    shot = next;
    next = get_shot (self, self->current + 1);
  }
  if (!draw_shot (self, 0, shot, n))
    return FALSE;
  if (n == shot->start && n > 0 && shot->in.length == 0)
    shot->unsure = is_unsure (self, self->picture, self->shown[0]);
  if (!next || n < next->start) {
    memcpy (self->picture, self->shown[0], n_pixels * sizeof (guint32));
    return TRUE;
  }
  if (!draw_shot (self, 1, next, n))
    return FALSE;
  if (n == next->start)
    next->unsure = is_unsure (self, self->shown[0], self->shown[1]);
  montage_transition_draw (&next->in, n - next->start, self->shown[0],
      self->shown[1], self->picture, width, height);
  return TRUE;
}

/* ---- the whole film's look ----------------------------------------------*/

static gint
next_noise (Composer *self)
{
  gint sum = 0;

  /* Three equal distributions are nearly a normal one. */
  for (guint k = 0; k < 3; k++) {
    self->noise_state = self->noise_state * 1664525u + 1013904223u;
    sum += (gint) (self->noise_state >> 24) - 128;
  }
  return sum;
}

static guint32
finish_pixel (Composer *self, guint32 pixel)
{
  const Finish *finish = &self->finish;
  gdouble c[3], gray;
  gdouble noise = finish->noise > 0 ? next_noise (self) * finish->noise / 128
                                    : 0;
  guint32 out = 0xff000000u;

  for (guint k = 0; k < 3; k++)
    c[k] = pixel >> (8 * k) & 0xff;
  gray = 0.114 * c[0] + 0.587 * c[1] + 0.299 * c[2];
  for (guint k = 0; k < 3; k++) {
    gdouble level = (gray + (c[k] - gray) * finish->saturation) * finish->gain
        + noise;

    out |= (guint32) CLAMP (level, 0, 255) << (8 * k);
  }
  return out;
}

static void
finish_rows (Composer *self, guint32 *pixels, guint first, guint step)
{
  guint width = self->video.width, height = self->video.height;
  guint bar = (guint) (height * (1 - self->finish.letterbox) / 2);
  const Finish *finish = &self->finish;
  gboolean plain = finish->saturation == 1 && finish->gain == 1
      && finish->noise == 0;

  for (guint y = first; y < height; y += step) {
    for (guint x = 0; x < width; x++) {
      gsize i = (gsize) y * width + x;

      if (y < bar || y >= height - bar)
        pixels[i] = 0xff000000u;
      else
        pixels[i] = plain ? self->picture[i]
                          : finish_pixel (self, self->picture[i]);
    }
  }
}

static gboolean
draw_until (Composer *self, guint n)
{
  while (self->drawn <= n)
    if (!draw_next (self))
      return FALSE;
  return TRUE;
}

/* Frame @number of the file. An interlaced one holds two of the film. */
static gboolean
on_draw (guint32 *pixels, guint number, gpointer data)
{
  Composer *self = data;
  gdouble at = number * self->film_fps * self->video.fps_d / self->video.fps_n;
  guint step = self->finish.interlaced ? 2 : 1;

  for (guint field = 0; field < step; field++) {
    if (self->error || !draw_until (self, (guint) (at + 1e-9) + field))
      return FALSE;
    finish_rows (self, pixels, field, step);
  }
  return TRUE;
}

/* ---- command line -------------------------------------------------------*/

static GArray *
parse_names (const gchar *text, const gchar *const *names, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint));
  g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);

  for (guint k = 0; words[k]; k++) {
    gint index = 0;

    while (names[index] && !g_str_equal (names[index], words[k]))
      index++;
    if (!names[index]) {
      g_autofree gchar *all = g_strjoinv (", ", (gchar **) names);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "There is no \"%s\", but: %s", words[k], all);
      return NULL;
    }
    g_array_append_val (list, index);
  }
  return g_steal_pointer (&list);
}

static void
clear_take (gpointer data)
{
  g_free (((MontageTake *) data)->path);
}

/* Takes named in @texts; without any, drawn landscapes. */
static GArray *
parse_takes (char **texts, GError **error)
{
  g_autoptr (GArray) takes = g_array_new (FALSE, TRUE, sizeof (MontageTake));
  guint n = g_strv_length (texts);

  g_array_set_clear_func (takes, clear_take);
  for (guint k = 0; k < (n > 0 ? n : N_LANDSCAPES); k++) {
    MontageTake take = {.id = k, .last = LANDSCAPE_FRAMES};

    if (n > 0 && !montage_take_parse (texts[k], &take, error))
      return NULL;
    g_array_append_val (takes, take);
  }
  return g_steal_pointer (&takes);
}

static gboolean
write_film (Composer *self, const gchar *path, GError **error)
{
  gsize n_pixels = (gsize) self->video.width * self->video.height;
  g_autofree gchar *name = g_strconcat (path, ".cuts.txt", NULL);
  g_autofree gchar *truth = NULL;
  guint n_frames = get_shot (self, self->shots->len - 1)->end;
  gdouble fps = (gdouble) self->video.fps_n / self->video.fps_d;
  gboolean done;

  self->video.n_frames = (guint) (n_frames * fps / self->film_fps);
  self->picture = g_new0 (guint32, n_pixels);
  for (guint k = 0; k < 2; k++)
    self->shown[k] = g_new0 (guint32, n_pixels);
  done = montage_write_video (path, &self->video, on_draw, self, error);
  for (guint k = 0; k < 2; k++) {
    g_free (self->shown[k]);
    g_clear_pointer (&self->readers[k], montage_take_reader_free);
  }
  g_free (self->picture);
  if (done && self->error) {
    g_propagate_error (error, g_steal_pointer (&self->error));
    return FALSE;
  }
  truth = montage_plan_to_truth (self->shots, fps, self->film_fps);
  return done && g_file_set_contents (name, truth, -1, error);
}

static gboolean
plan_film (Composer *self, const gchar *joins, const gchar *disturbs,
    char **takes, GError **error)
{
  self->plan.joins = parse_names (joins ? joins : "cut", montage_join_names,
      error);
  if (self->plan.joins)
    self->plan.disturbs = parse_names (disturbs ? disturbs : "none",
        montage_disturb_names, error);
  if (self->plan.disturbs)
    self->plan.takes = parse_takes (takes, error);
  if (self->plan.takes)
    self->shots = montage_plan_new (&self->plan, error);
  return self->shots != NULL;
}

static void
clear (Composer *self)
{
  g_clear_pointer (&self->plan.joins, g_array_unref);
  g_clear_pointer (&self->plan.disturbs, g_array_unref);
  g_clear_pointer (&self->plan.takes, g_array_unref);
  g_clear_pointer (&self->shots, g_array_unref);
}

gboolean
montage_compose_run (int argc, char **argv, GError **error)
{
  g_autofree gchar *joins = NULL, *disturbs = NULL, *codec = NULL;
  gint width = 320, height = 180, fps = 25, gop = 50, kbps = 0, seed = 1;
  gdouble seconds = 30, film_fps = 0;
  Composer self = {.finish = {1, 1, 0, 1, FALSE}, .plan = {.speed = 1}};
  const GOptionEntry entries[] = {
      {"kinds", 0, 0, G_OPTION_ARG_STRING, &joins,
          "Ways from shot to shot: cut, dissolve, …", "A,B,…"},
      {"disturb", 0, 0, G_OPTION_ARG_STRING, &disturbs,
          "What is no cut: none, flash, …", "A,B,…"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "Length", "S"},
      {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another film for each", "N"},
      {"width", 0, 0, G_OPTION_ARG_INT, &width, "Even", "PIXELS"},
      {"height", 0, 0, G_OPTION_ARG_INT, &height, "Even", "PIXELS"},
      {"fps", 0, 0, G_OPTION_ARG_INT, &fps, "Of the file", "N"},
      {"film-fps", 0, 0, G_OPTION_ARG_DOUBLE, &film_fps,
          "Fewer than --fps: frames are repeated", "N"},
      {"speed", 0, 0, G_OPTION_ARG_DOUBLE, &self.plan.speed,
          "Frames of the takes per frame of the film", "N"},
      {"saturation", 0, 0, G_OPTION_ARG_DOUBLE, &self.finish.saturation,
          "0 is grey", "N"},
      {"gain", 0, 0, G_OPTION_ARG_DOUBLE, &self.finish.gain, "Light", "N"},
      {"noise", 0, 0, G_OPTION_ARG_DOUBLE, &self.finish.noise,
          "Strength in levels", "N"},
      {"letterbox", 0, 0, G_OPTION_ARG_DOUBLE, &self.finish.letterbox,
          "Share of the height that is picture", "N"},
      {"interlaced", 0, 0, G_OPTION_ARG_NONE, &self.finish.interlaced,
          "Two moments per frame, row by row", NULL},
      {"backdrop", 0, 0, G_OPTION_ARG_NONE, &self.backdrop,
          "Of each take a figure before an even backdrop", NULL},
      {"codec", 0, 0, G_OPTION_ARG_STRING, &codec, "As for clip", "CODEC"},
      {"gop", 0, 0, G_OPTION_ARG_INT, &gop, "Key frame distance", "N"},
      {"kbps", 0, 0, G_OPTION_ARG_INT, &kbps, "h264: rate, else good", "N"},
      {"no-scenecut", 0, 0, G_OPTION_ARG_NONE, &self.video.no_scenecut,
          "h264: no key frames at cuts", NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext)
      context = g_option_context_new ("OUT [FILE@FIRST-LAST…]");
  gboolean done;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc < 2 || width < 16 || height < 16 || fps < 1 || gop < 1 || kbps < 0
      || seconds <= 0 || self.plan.speed <= 0 || film_fps < 0) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "compose OUT, with numbers in their ranges");
    return FALSE;
  }
  self.film_fps = film_fps > 0 ? film_fps : fps;
  if (self.finish.interlaced)
    self.film_fps *= 2;
  self.video.codec = codec;
  self.video.width = (guint) width;
  self.video.height = (guint) height;
  self.video.fps_n = fps;
  self.video.fps_d = 1;
  self.video.gop = (guint) gop;
  self.video.kbps = (guint) kbps;
  self.video.bits = 8;
  self.plan.n_frames = (guint) (seconds * self.film_fps);
  self.plan.seed = (guint) seed;
  done = plan_film (&self, joins, disturbs, argv + 2, error)
      && write_film (&self, argv[1], error);
  clear (&self);
  return done;
}
