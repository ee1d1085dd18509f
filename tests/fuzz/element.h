/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstharness.h>

#include "bytes.h"

/* An element that is given what the input says: events, properties and states
 * in any order; buffers are for the target. */
typedef struct
{
  Bytes input;
  GstHarness *harness;
  GstBus *bus;
  GstClockTime next; /* time stamp behind the last buffer */
} ElementRun;

void element_run_begin (ElementRun *self, const gchar *element,
    const guint8 *data, gsize size);
void element_run_end (ElementRun *self);
/* Forgets what came out but messages. */
void element_run_forget (ElementRun *self);

GstClockTime element_take_time (ElementRun *self);
void element_push_event (ElementRun *self, GstEvent *event);
void element_push_segment (ElementRun *self);
void element_push_gap (ElementRun *self);
void element_push_other_event (ElementRun *self);
/* Whatever properties there are, but those of every GstObject. */
void element_set_property (ElementRun *self);
void element_restart (ElementRun *self);
