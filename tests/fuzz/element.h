/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstharness.h>

#include "bytes.h"

typedef struct _ElementRun ElementRun;

/**
 * ElementTarget:
 * @element: what is fuzzed
 * @set_caps: sends caps of the input's choice
 * @step: does what the input says next
 * @check: looks at what the element says
 */
typedef struct
{
  const gchar *element;
  void (*set_caps) (ElementRun *run);
  void (*step) (ElementRun *run);
  void (*check) (GstMessage *message);
} ElementTarget;

/* An element that is given what the input says: events, properties and states
 * in any order; buffers are for the target, whose own run begins with this. */
struct _ElementRun
{
  Bytes input;
  GstHarness *harness;
  GstBus *bus;
  GstClockTime next; /* time stamp behind the last buffer */
};

typedef enum
{
  ELEMENT_SEGMENT,
  ELEMENT_GAP,
  ELEMENT_OTHER_EVENT,
  ELEMENT_PROPERTY, /* those of every GstObject left out */
  ELEMENT_RESTART   /* one time in four */
} ElementAct;

/* All of an input, from the start of the stream to its end. */
void element_run (ElementRun *self, const ElementTarget *target,
    const guint8 *data, gsize size);
void element_act (ElementRun *self, ElementAct act);
GstClockTime element_take_time (ElementRun *self);
void element_push_event (ElementRun *self, GstEvent *event);
