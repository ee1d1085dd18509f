/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

/**
 * GST_MONTAGE_API:
 *
 * Marks what libgstmontage-1.0 exports; everything else is hidden.
 */
#define GST_MONTAGE_API __attribute__ ((visibility ("default")))
