/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/projects.h>

G_BEGIN_DECLS

/* What all writers of projects share. */

/* The media at @uri as the options want it named. */
gchar *montage_project_media (const gchar *uri,
    const GstMontageProjectOptions *options);
/* The last part of @uri, unescaped. */
gchar *montage_project_name (const gchar *uri);
const gchar *montage_project_title (const GstMontageProjectOptions *options);

/* Output frames of a cut. */
guint64 montage_project_first_frame (const GstMontagePlan *plan, guint cut);
guint64 montage_project_n_frames (const GstMontagePlan *plan, guint cut);
/* Half of the crossfade or wipe into a cut in output frames; 0 at cuts, dips and
 * past the last cut. */
guint64 montage_project_fade (const GstMontagePlan *plan, guint cut);
/* Where a cut begins in its source, counted in output frames: tools that count
 * so show the frame of the source that the plan means, where one of their
 * frames lies in it. */
guint64 montage_project_in_frame (const GstMontagePlan *plan, guint cut);

G_END_DECLS
