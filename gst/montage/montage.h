/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/answer.h>
#include <gst/montage/beatedit.h>
#include <gst/montage/beatgrid.h>
#include <gst/montage/beatlabels.h>
#include <gst/montage/cliprules.h>
#include <gst/montage/enums.h>
#include <gst/montage/error.h>
#include <gst/montage/events.h>
#include <gst/montage/instructions.h>
#include <gst/montage/plan.h>
#include <gst/montage/planner.h>
#include <gst/montage/planterm.h>
#include <gst/montage/projects.h>
#include <gst/montage/prompt.h>
#include <gst/montage/scene.h>
#include <gst/montage/sceneanswer.h>
#include <gst/montage/shotlist.h>
#include <gst/montage/style.h>
#include <gst/montage/timetext.h>
