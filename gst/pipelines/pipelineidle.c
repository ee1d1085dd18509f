/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "pipelineidle.h"

static gboolean
check_pad (GstElement *element, GstPad *pad, gpointer busy)
{
  *(gboolean *) busy = gst_pad_get_task_state (pad) == GST_TASK_STARTED;
  return !*(gboolean *) busy;
}

/* Ends the iteration, by FALSE, at the first thread. */
static gboolean
check_element (const GValue *item, GValue *busy, gpointer data)
{
  gboolean found = FALSE;

  gst_element_foreach_pad (g_value_get_object (item), check_pad, &found);
  g_value_set_boolean (busy, found);
  return !found;
}

gboolean
montage_pipeline_is_idle (GstElement *pipeline)
{
  GstIterator *elements = gst_bin_iterate_recurse (GST_BIN (pipeline));
  g_auto (GValue) busy = G_VALUE_INIT;
  GstIteratorResult result;

  g_value_init (&busy, G_TYPE_BOOLEAN);
  while ((result = gst_iterator_fold (elements, check_element, &busy, NULL))
      == GST_ITERATOR_RESYNC)
    gst_iterator_resync (elements);
  gst_iterator_free (elements);
  return !g_value_get_boolean (&busy);
}
