/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

FUZZ_DOCUMENT (GstMontageClipRules, gst_montage_clip_rules)
