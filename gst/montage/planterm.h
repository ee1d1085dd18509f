/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage-prelude.h>

G_BEGIN_DECLS

/**
 * GstMontageTerm:
 * @GST_MONTAGE_TERM_ENERGY: motion of the shot against energy of the music
 * @GST_MONTAGE_TERM_WIDE: a wide shot where wanted
 * @GST_MONTAGE_TERM_ACTION: high action where wanted
 * @GST_MONTAGE_TERM_QUALITY: sharp, well exposed, steady
 * @GST_MONTAGE_TERM_SCENE: what it shows is asked for, or suits the mood
 * @GST_MONTAGE_TERM_CLIP: the clip is one that the user prefers, or not
 * @GST_MONTAGE_TERM_RESERVE: the best shots are kept for the climax
 * @GST_MONTAGE_TERM_MOMENT: the best part of the shot
 * @GST_MONTAGE_TERM_PEAK: an action peaks on a beat
 * @GST_MONTAGE_TERM_DIRECTION: movement goes on in its direction
 * @GST_MONTAGE_TERM_POSITION: the eye stays at its place on the screen
 * @GST_MONTAGE_TERM_LIGHT: exposure does not jump within a part of the song
 * @GST_MONTAGE_TERM_COLOR: colours that go together, or that contrast
 * @GST_MONTAGE_TERM_MATCH: a match cut, pictures of one form
 * @GST_MONTAGE_TERM_INVISIBLE: a cut hidden in movement
 * @GST_MONTAGE_TERM_SIZE: another shot size
 * @GST_MONTAGE_TERM_VARIETY: pictures neither too like nor too unlike
 * @GST_MONTAGE_TERM_SOURCE: another clip than just before, <= 0
 * @GST_MONTAGE_TERM_JUMP: no jump cut, <= 0
 * @GST_MONTAGE_TERM_REPEAT: reuse of the same material, <= 0
 * @GST_MONTAGE_TERM_COVERAGE: a clip that was not seen so far
 * @GST_MONTAGE_TERM_TAKE: not what other takes show there, <= 0
 * @GST_MONTAGE_TERM_KEY_UNIT: an in-point that is cheap to decode
 *
 * What the planner weighs. Each term is in points on one scale: the match of
 * energy is worth up to 50.
 */
typedef enum
{
  GST_MONTAGE_TERM_ENERGY,
  GST_MONTAGE_TERM_WIDE,
  GST_MONTAGE_TERM_ACTION,
  GST_MONTAGE_TERM_QUALITY,
  GST_MONTAGE_TERM_SCENE,
  GST_MONTAGE_TERM_CLIP,
  GST_MONTAGE_TERM_RESERVE,
  GST_MONTAGE_TERM_MOMENT,
  GST_MONTAGE_TERM_PEAK,
  GST_MONTAGE_TERM_DIRECTION,
  GST_MONTAGE_TERM_POSITION,
  GST_MONTAGE_TERM_LIGHT,
  GST_MONTAGE_TERM_COLOR,
  GST_MONTAGE_TERM_MATCH,
  GST_MONTAGE_TERM_INVISIBLE,
  GST_MONTAGE_TERM_SIZE,
  GST_MONTAGE_TERM_VARIETY,
  GST_MONTAGE_TERM_SOURCE,
  GST_MONTAGE_TERM_JUMP,
  GST_MONTAGE_TERM_REPEAT,
  GST_MONTAGE_TERM_COVERAGE,
  GST_MONTAGE_TERM_TAKE,
  GST_MONTAGE_TERM_KEY_UNIT,
} GstMontageTerm;

#define GST_MONTAGE_N_TERMS (GST_MONTAGE_TERM_KEY_UNIT + 1)

/**
 * GstMontageTermInfo:
 * @name: in documents and on cards: "key_unit"
 * @sentence: what it measures
 * @praise: (nullable): said of a shot that has many points: "its movement peaks
 *     on the beat"
 * @blame: (nullable): said of a shot that has fewer than another: "its
 *     movement misses the beat"
 *
 * What people read of a term; static.
 */
typedef struct
{
  const gchar *name;
  const gchar *sentence;
  const gchar *praise;
  const gchar *blame;
} GstMontageTermInfo;

GST_MONTAGE_API const GstMontageTermInfo *
gst_montage_term_info (GstMontageTerm term);

/**
 * GstMontageScore:
 *
 * Why a candidate was (not) taken: points per term, weights included, 0 where
 * the data does not allow the term. @total is their sum.
 */
typedef struct
{
  gdouble total;
  gdouble terms[GST_MONTAGE_N_TERMS];
} GstMontageScore;

/**
 * GstMontageWeights:
 *
 * What a style multiplies the points of each term by, 0..4; 1 leaves them.
 */
typedef struct
{
  gdouble terms[GST_MONTAGE_N_TERMS];
} GstMontageWeights;

#define GST_MONTAGE_WEIGHT_MAX 4.0

G_END_DECLS
