/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lexicon.h"

const GstMontageLexiconTable *const gst_montage_lexicon[] = {
    &gst_montage_lexicon_mood,
    &gst_montage_lexicon_energy,
    &gst_montage_lexicon_pace,
    &gst_montage_lexicon_arc,
    &gst_montage_lexicon_cuts,
    &gst_montage_lexicon_look,
    &gst_montage_lexicon_effects,
    &gst_montage_lexicon_other,
    NULL,
};
