/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/error.h>

/**
 * gst_montage_error_quark:
 *
 * Returns: the domain of #GstMontageError
 */
G_DEFINE_QUARK (gst - montage - error - quark, gst_montage_error)
