/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/* The name that libFuzzer calls. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A reader and a writer of documents: what is refused has a reason; what is
 * read is written, read again and written the same. */
#define FUZZ_DOCUMENT(Type, name)                                              \
  int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)                  \
  {                                                                            \
    g_autoptr (GError) error = NULL;                                           \
    g_autofree gchar *once = NULL;                                             \
    g_autofree gchar *twice = NULL;                                            \
    Type *document = name##_from_json ((const gchar *) data, (gssize) size,    \
        "fuzz", &error);                                                       \
                                                                               \
    if (!document) {                                                           \
      g_assert_nonnull (error);                                                \
      g_assert_cmpstr (error->message, !=, "");                                \
      g_assert_true (g_utf8_validate (error->message, -1, NULL));              \
      return 0;                                                                \
    }                                                                          \
    g_assert_no_error (error);                                                 \
    once = name##_to_json (document);                                          \
    name##_free (document);                                                    \
    document = name##_from_json (once, -1, "again", &error);                   \
    g_assert_no_error (error);                                                 \
    twice = name##_to_json (document);                                         \
    name##_free (document);                                                    \
    g_assert_cmpstr (once, ==, twice);                                         \
    return 0;                                                                  \
  }

G_END_DECLS
