/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>
#include <gst/montage/shotlist.h>

G_BEGIN_DECLS

extern const GstMontageDocument gst_montage_shots_document;

G_END_DECLS
