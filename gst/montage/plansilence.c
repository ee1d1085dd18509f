/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "planpace.h"
#include "plansilence.h"

#define SHORTEST_FILM (10 * GST_SECOND)
#define LONGEST_FILM (180 * GST_SECOND)
/* A long shot is worth another look after this time. */
#define LOOK_AGAIN (20 * GST_SECOND)
/* Too dark or too bright, or too blurred to be missed. */
#define LEAST_EXPOSURE 0.25
#define LEAST_SHARPNESS 0.1

/* What a shot lasts at the pace asked for; where the music would decide, 2 s. */
static GstClockTime
usual_length (const GstMontageInstructions *instructions)
{
  static const guint beats[] = {
      [GST_MONTAGE_SPEED_VERY_SLOW] = 16,
      [GST_MONTAGE_SPEED_SLOW] = 8,
      [GST_MONTAGE_SPEED_MEDIUM] = 4,
      [GST_MONTAGE_SPEED_FAST] = 2,
      [GST_MONTAGE_SPEED_VERY_FAST] = 1,
      [GST_MONTAGE_SPEED_DYNAMIC] = 4,
  };
  gdouble sec = beats[instructions->pacing.speed] * MONTAGE_DEFAULT_BEAT_SEC;

  return (GstClockTime) (CLAMP (sec,
                             instructions->constraints.min_clip_duration_sec,
                             instructions->constraints.max_clip_duration_sec)
      * GST_SECOND);
}

/* How long @shot is to be seen. */
static GstClockTime
shot_worth (const GstMontageShotList *source, const GstMontageShot *shot,
    const GstMontageClipRule *rule, GstClockTime usual)
{
  GstClockTime from = MAX (shot->start,
      (GstClockTime) (rule->from_sec * GST_SECOND));
  GstClockTime to = rule->to_sec > 0
      ? MIN (shot->end, (GstClockTime) (rule->to_sec * GST_SECOND))
      : shot->end;

  if (to <= from || shot->exposure < LEAST_EXPOSURE
      || shot->sharpness < LEAST_SHARPNESS)
    return 0;
  if (source->still)
    return usual;
  return MIN (to - from, usual * (1 + (to - from) / LOOK_AGAIN));
}

static GstClockTime
footage_worth (const GstMontageRequest *request,
    const GstMontageClipRule *rules)
{
  GstClockTime usual = usual_length (request->instructions), sum = 0;

  for (guint i = 0; i < request->n_sources && sum < LONGEST_FILM; i++) {
    const GstMontageShotList *source = request->sources[i];
    for (guint k = 0; k < source->shots->len && !rules[i].skip; k++)
      sum += shot_worth (source,
          &g_array_index (source->shots, GstMontageShot, k), &rules[i], usual);
  }

  return CLAMP (sum, SHORTEST_FILM, LONGEST_FILM);
}

GstMontageBeatGrid *
montage_silence_new (const GstMontageRequest *request,
    const GstMontageClipRule *rules, GstClockTime asked)
{
  GstMontageBeatGrid *self = gst_montage_beat_grid_new ();

  if (asked > 0)
    self->duration = asked;
  else if (request->previous != NULL && request->n_frozen > 0)
    self->duration = request->previous->duration;
  else
    self->duration = footage_worth (request, rules);

  return self;
}
