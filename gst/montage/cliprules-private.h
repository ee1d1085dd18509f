/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/cliprules.h>
#include <gst/montage/field.h>

G_BEGIN_DECLS

extern const GstMontageDocument gst_montage_clip_rules_document;

G_END_DECLS
