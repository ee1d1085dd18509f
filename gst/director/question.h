/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <gst/montage/fieldcoerce.h>

G_BEGIN_DECLS

/**
 * MontageUtterance:
 * @from_model: else from the user
 * @images: (element-type GBytes) (nullable): JPEG files, before the text
 */
typedef struct
{
  gboolean from_model;
  gchar *text;
  GPtrArray *images;
} MontageUtterance;

/**
 * MontageQuestion:
 * @system: what the model is told first; holds the table of fields
 * @utterances: (element-type MontageUtterance): ends with one of the user
 * @schema: JSON Schema of the answer by level
 * @schema_name: of letters and underscores
 * @seed: 0: none
 */
typedef struct
{
  gchar *system;
  GPtrArray *utterances;
  gchar *schema[GST_MONTAGE_SCHEMA_PLAIN + 1];
  const gchar *schema_name;
  guint seed;
} MontageQuestion;

MontageQuestion *
montage_question_new (const gchar *system, const gchar *schema_name);
/* Takes @images. */
void montage_question_say (MontageQuestion *self, gboolean from_model,
    const gchar *text, GPtrArray *images);
void montage_question_free (MontageQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageQuestion, montage_question_free)

G_END_DECLS
