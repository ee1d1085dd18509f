/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/director/director.h>

G_BEGIN_DECLS

/**
 * DirectorRequest:
 *
 * What is asked of the director. Strings are owned and may be %NULL.
 */
typedef struct
{
  gchar *prompt;
  gchar *style;
  gchar *document; /* ready instructions */
  gboolean conversation;
} DirectorRequest;

/* @copy holds nothing that has to be freed. */
void director_request_copy (const DirectorRequest *self, DirectorRequest *copy);
void director_request_clear (DirectorRequest *self);

/* The instructions that follow; @last: (nullable): the request before, which
 * has led to @before. */
GstMontageInstructions *
director_request_read (const DirectorRequest *self, const DirectorRequest *last,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    MontageDirector *director, GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DirectorRequest, director_request_clear)

G_END_DECLS
