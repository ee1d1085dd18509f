/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define CHROMA_BINS 12

/* 1 - correlation of two chromas: 0 is the same harmony, 2 the opposite; 0 where
 * one of them is flat. */
gdouble chroma_change (const gdouble *before, const gdouble *after);
