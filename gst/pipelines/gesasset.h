/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ges/ges.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* The file at @uri as GES sees it, from any thread. Returns: (transfer full) or
 * NULL.
 *
 * GES 1.22 opens a file within the default main context, whoever runs it. Where
 * that is another thread, the answer can come before this one waits for it,
 * which then hangs for a minute and crashes. So the file is opened in the thread
 * that runs the context, or with the context held. */
GESUriClipAsset *montage_ges_asset_open (const gchar *uri, GError **error);

G_END_DECLS
