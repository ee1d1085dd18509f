/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/instructions-private.h>
#include <gst/montage/plan-private.h>

/* One row per term: the enum's last part, and GstMontageTermInfo. */
#define TERMS(X)                                                               \
  X (ENERGY, "energy", "Motion of the shot against energy of the music.",      \
      "it moves as much as the music",                                         \
      "it moves too much or too little for the music")                         \
  X (WIDE, "wide", "A wide shot where wanted.", "a wide shot as wished",       \
      "it is no wide shot")                                                    \
  X (ACTION, "action", "High action where wanted.", "high action as wished",   \
      "it has less action")                                                    \
  X (QUALITY, "quality", "Sharp, well exposed, steady.",                       \
      "sharp and well exposed", "it is less sharp, well exposed or steady")    \
  X (SCENE, "scene", "What it shows is asked for, or suits the mood.",         \
      "it shows what was asked for", "it does not show what was asked for")    \
  X (CLIP, "clip", "The clip is one that the user prefers, or not.",           \
      "a clip that was given weight", "its clip was given less weight")        \
  X (RESERVE, "reserve", "The best shots are kept for the climax.",            \
      "one of the best shots, kept for here",                                  \
      "it is too good to be spent before the climax")                          \
  X (MOMENT, "moment", "The best part of the shot.",                           \
      "it shows one of its best moments", "its best moments do not fit here")  \
  X (PEAK, "peak", "An action peaks on a beat.",                               \
      "its movement peaks on the beat", "its movement misses the beat")        \
  X (DIRECTION, "direction", "Movement goes on in its direction.",             \
      "a movement that continues the one before it",                           \
      "it moves against the shot before it")                                   \
  X (POSITION, "position", "The eye stays at its place on the screen.",        \
      "the eye is where it has to look",                                       \
      "the eye has to look for it on the screen")                              \
  X (LIGHT, "light", "Exposure does not jump within a part of the song.",      \
      NULL, "its light jumps from the shot before it")                         \
  X (COLOR, "color",                                                           \
      "Colours that go together, or that contrast where the song changes.",    \
      "its colours go with the shot before it",                                \
      "its colours do not go with the shot before it")                         \
  X (MATCH, "match", "A match cut: pictures of one form.",                     \
      "a picture that matches the one before it",                              \
      "its picture matches the one before it less")                            \
  X (INVISIBLE, "invisible", "A cut hidden in movement.",                      \
      "the cut hides in the movement", "the cut into it would show")           \
  X (SIZE, "size", "Another shot size than just before.",                      \
      "another shot size than before it",                                      \
      "its shot size is that of the shot before it")                           \
  X (VARIETY, "variety",                                                       \
      "Pictures neither too like nor too unlike those before.",                \
      "a change of view from the shot before it",                              \
      "it looks too like or too unlike the shot before it")                    \
  X (SOURCE, "source", "Another clip than just before, 0 or less.", NULL,      \
      "its clip was seen just before")                                         \
  X (JUMP, "jump", "No jump cut, 0 or less.", NULL, "it would be a jump cut")  \
  X (REPEAT, "repeat", "Reuse of the same material, 0 or less.", NULL,         \
      "it is shown elsewhere in the film")                                     \
  X (COVERAGE, "coverage", "A clip that was not seen so far.",                 \
      "the first sight of this clip", "its clip was seen before")              \
  X (TAKE, "take", "Not what other takes show there, 0 or less.", NULL,        \
      "another take shows it there")                                           \
  X (KEY_UNIT, "key_unit", "An in-point that is cheap to decode.", NULL, NULL)

#define INFO(nick, name_, text, praise_, blame_)                               \
  [GST_MONTAGE_TERM_##nick] = {name_, text, praise_, blame_},
static const GstMontageTermInfo infos[GST_MONTAGE_N_TERMS] = {TERMS (INFO)};

#define SPARSE .flags = GST_MONTAGE_FIELD_OPTIONAL | GST_MONTAGE_FIELD_SPARSE

#define POINTS(nick, name_, text, praise_, blame_)                             \
  GST_MONTAGE_FIELD (GstMontageScore, terms[GST_MONTAGE_TERM_##nick], name_,   \
      DOUBLE, SPARSE, .description = text),
static const GstMontageField score_fields[] =
    {GST_MONTAGE_FIELD (GstMontageScore, total, "total", DOUBLE,
         .flags = GST_MONTAGE_FIELD_OPTIONAL,
         .description = "Sum of the points below; what is left out is 0."),
        TERMS (POINTS)};
const GstMontageFieldTable gst_montage_score_table =
    GST_MONTAGE_FIELD_TABLE ("score", GstMontageScore, score_fields);

#define WEIGHT(nick, name_, text, praise_, blame_)                             \
  GST_MONTAGE_FIELD (GstMontageInstructions,                                   \
      weights.terms[GST_MONTAGE_TERM_##nick], name_, DOUBLE, SPARSE,           \
      .minimum = 0, .maximum = GST_MONTAGE_WEIGHT_MAX, .fallback = 1,          \
      .description = text),
static const GstMontageField weight_fields[] = {TERMS (WEIGHT)};
const GstMontageFieldTable gst_montage_weights_table =
    GST_MONTAGE_FIELD_TABLE ("weights", GstMontageInstructions, weight_fields);

/**
 * gst_montage_term_info:
 * @term: a term
 *
 * Returns: (transfer none): its name and sentences
 */
const GstMontageTermInfo *
gst_montage_term_info (GstMontageTerm term)
{
  g_return_val_if_fail ((guint) term < GST_MONTAGE_N_TERMS, NULL);
  return &infos[term];
}
