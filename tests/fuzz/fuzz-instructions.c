/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

FUZZ_DOCUMENT (GstMontageInstructions, gst_montage_instructions)
