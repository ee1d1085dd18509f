/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* A montagedirector with a bus of its own, and what its tests look at. */

GstHarness *director_harness_new (const gchar *launch);
void director_harness_free (GstHarness *harness);
/* The next revision: its event, message and buffer say the same. */
GstMontageInstructions *director_pull_revision (GstHarness *harness);
/* Where the element rests, its caps are those of its last document. */
void director_check_caps (GstHarness *harness,
    const GstMontageInstructions *document);
/* Both. */
void
director_expect_next (GstHarness *harness, guint revision, const gchar *style);
void director_expect_eos (GstHarness *harness);
/* Of the next error or warning. */
gchar *director_wait_for_text (GstHarness *harness, GstMessageType type);
/* The element does not start and says why. */
void director_expect_error (const gchar *launch, const gchar *part);

G_END_DECLS
