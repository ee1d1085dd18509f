/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/plan.h>

G_BEGIN_DECLS

/* Plans as the project files of other editing tools. All are texts, so they
 * need none of these tools; GES projects are made by GES. */

/**
 * GstMontagePaths:
 * @GST_MONTAGE_PATHS_ABSOLUTE: "/films/a.mp4"
 * @GST_MONTAGE_PATHS_RELATIVE: "../a.mp4", from the folder of the project
 * @GST_MONTAGE_PATHS_URI: "file:///films/a.mp4"
 *
 * How a project names its media.
 */
typedef enum
{
  GST_MONTAGE_PATHS_ABSOLUTE,
  GST_MONTAGE_PATHS_RELATIVE,
  GST_MONTAGE_PATHS_URI
} GstMontagePaths;

#define GST_TYPE_MONTAGE_PATHS (gst_montage_paths_get_type ())
GST_MONTAGE_API GType gst_montage_paths_get_type (void);

/**
 * GstMontageProjectOptions:
 * @title: (nullable): of the film; "montage" without
 * @paths: how media are named
 * @folder: (nullable): absolute path of the folder that the project will be in,
 *     for relative paths
 */
typedef struct
{
  const gchar *title;
  GstMontagePaths paths;
  const gchar *folder;
} GstMontageProjectOptions;

/* OpenTimelineIO, schemas Timeline.1 and Clip.2. */
GST_MONTAGE_API gchar *gst_montage_plan_to_otio (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options);

/* CMX3600: at most 999 events each, so that long films take several; the first
 * event of each continues the record times. */
GST_MONTAGE_API GStrv gst_montage_plan_to_edl (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options);
/* Sections and downbeats as markers for DaVinci Resolve, in an EDL of its own
 * kind. */
GST_MONTAGE_API gchar *
gst_montage_plan_to_marker_edl (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options);


/* MLT XML, for melt, Kdenlive and Shotcut. */
GST_MONTAGE_API gchar *gst_montage_plan_to_mlt (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options);

/* Final Cut Pro XML 1.9, also for DaVinci Resolve. */
GST_MONTAGE_API gchar *gst_montage_plan_to_fcpxml (const GstMontagePlan *plan,
    const GstMontageProjectOptions *options);

G_END_DECLS
