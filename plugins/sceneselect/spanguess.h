/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clipspans.h"

G_BEGIN_DECLS

typedef enum
{
  SPAN_NOTHING,
  SPAN_CUT_AT_END, /* the second picture is the first of a new shot */
  SPAN_CUT_WITHIN, /* at its largest packet */
  SPAN_GRADUAL,    /* where most bytes are */
  SPAN_N_GUESSES
} SpanGuess;

#define SPAN_N_FEATURES 18

/* @next: nullable. */
void span_guess_measure (const ClipSpan *span, const ClipSpan *next,
    gfloat features[SPAN_N_FEATURES]);
/* The probability of each guess for the @n spans of a clip, whose features lie
 * one after another, as their probabilities will. */
void span_guess_all (const gfloat *features, guint n, gdouble *probabilities);

G_END_DECLS
