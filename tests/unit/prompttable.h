/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>
#include <json-glib/json-glib.h>

/* Tables of sentences, in tests/unit. Of an entry, "fields" are those that
 * differ from where the sentence starts, named as in caps; "scenes" the wishes
 * that hold where a shot shows something, as "WHEN SPEED_STEP WEIGHT";
 * "left_over" the words that must not be understood. All else must be as it was
 * in the start. */

/* (transfer full): the table @name; a test that cannot read it fails. */
JsonParser *prompt_table_load (const gchar *name);
/* Whether @read is what @entry makes of @base; prints what differs. */
gboolean prompt_table_compare (JsonObject *entry, const gchar *title,
    const GstMontageInstructions *base, const GstMontageInstructions *read);
