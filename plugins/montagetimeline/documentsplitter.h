/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DocumentSplitter:
 *
 * Finds whole JSON objects in a stream of bytes that is cut anywhere.
 */
typedef struct _DocumentSplitter DocumentSplitter;

DocumentSplitter *document_splitter_new (void);
void document_splitter_free (DocumentSplitter *self);

/* FALSE where more than @GST_MONTAGE_JSON_MAX_BYTES would have to be kept. */
gboolean document_splitter_push (DocumentSplitter *self, const guint8 *data,
    gsize length);
/* (nullable) (transfer full): the next whole object. */
GBytes *document_splitter_pop (DocumentSplitter *self);
/* (nullable) (transfer full): what is left at the end, if more than space. */
GBytes *document_splitter_finish (DocumentSplitter *self);
void document_splitter_reset (DocumentSplitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DocumentSplitter, document_splitter_free)

G_END_DECLS
