/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

FUZZ_DOCUMENT (GstMontageShotList, gst_montage_shot_list)
