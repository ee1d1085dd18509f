/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "framescaler.h"

/* Reads pictures, I420 one after the other, from stdin, and calls @take with each,
 * scaled. @argv holds their width and height. Returns the exit status. */
int picture_rows_read (int argc, char **argv,
    void (*take) (const SmallFrame *frame, gpointer data), gpointer data);
