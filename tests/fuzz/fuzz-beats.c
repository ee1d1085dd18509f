/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

FUZZ_DOCUMENT (GstMontageBeatGrid, gst_montage_beat_grid)
