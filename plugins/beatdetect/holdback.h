/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

/**
 * HoldBack:
 *
 * Buffers and events that wait in order until what comes after them was heard.
 */
typedef struct _HoldBack HoldBack;

HoldBack *hold_back_new (void);
void hold_back_free (HoldBack *self);
/* @object (transfer full) goes on when all up to stream time @until was heard. */
void hold_back_push (HoldBack *self, GstMiniObject *object, GstClockTime until);
/* The first one, if @heard is enough for it; else NULL. (transfer full) */
GstMiniObject *hold_back_pop (HoldBack *self, GstClockTime heard);
gboolean hold_back_is_empty (const HoldBack *self);
void hold_back_clear (HoldBack *self);
