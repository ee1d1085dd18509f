/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/field.h>
#include <gst/montage/instructions.h>

G_BEGIN_DECLS

/* The whole document, as it also stands in a plan and in a style. */
extern const GstMontageFieldTable gst_montage_instructions_table;
/* The seven groups that can be asked of a language model. */
extern const GstMontageFieldTable gst_montage_directions_table;
/* planterm.c; offsets are from the start of the instructions */
extern const GstMontageFieldTable gst_montage_weights_table;
extern const GstMontageDocument gst_montage_instructions_document;

G_END_DECLS
