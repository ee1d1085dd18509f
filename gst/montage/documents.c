/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/montage/cliprules-private.h>
#include <gst/montage/documents.h>
#include <gst/montage/instructions-private.h>
#include <gst/montage/plan-private.h>
#include <gst/montage/shotlist-private.h>
#include <gst/montage/style-private.h>

const GstMontageDocument *const *
gst_montage_documents (guint *n)
{
  static const GstMontageDocument *const documents[] =
      {&gst_montage_instructions_document, &gst_montage_beats_document,
          &gst_montage_shots_document, &gst_montage_clip_rules_document,
          &gst_montage_plan_document, &gst_montage_style_document};

  *n = G_N_ELEMENTS (documents);
  return documents;
}
