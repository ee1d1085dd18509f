/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "encoders.h"

G_BEGIN_DECLS

/* What the pipelines that render have in common: building and running. All
 * elements that functions give belong to the pipeline. Errors are left alone
 * where a step before has set one, so that steps can be chained. */

/* An element with @options set; NULL with an error that names @package. */
GstElement *tool_pipeline_add (GstElement *pipeline, const gchar *factory,
    const gchar *options, const gchar *package, GError **error);
/* A filter that lets @caps pass. */
GstElement *tool_pipeline_add_filter (GstElement *pipeline, const GstCaps *caps,
    GError **error);
/* Both are nullable: then there has been an error. */
gboolean
tool_pipeline_link (GstElement *first, GstElement *second, GError **error);
/* What @container takes as pictures ("video") or sound ("audio"). */
GstCaps *
tool_container_caps (const ToolContainer *container, const gchar *kind);
/* Plays to the end; blocks. @poll is called about ten times a second. @notes:
 * (of gchar *) gets the warnings. Stops the pipeline in any case. */
gboolean tool_pipeline_run (GstElement *pipeline, GCancellable *cancellable,
    void (*poll) (gpointer data), gpointer data, GPtrArray *notes,
    GError **error);

G_END_DECLS
