/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder for one test, and an environment that sets up no model. */
extern gchar *test_folder;

void test_folder_make (void);
/* With the files in it. */
void test_folder_remove (void);
/* The path of the file. @length: bytes, or -1 */
gchar *test_folder_write (const gchar *name, const gchar *text, gssize length,
    gint mode);

G_END_DECLS
