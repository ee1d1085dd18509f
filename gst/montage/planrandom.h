/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The finaliser of splitmix64 (Steele, Lea, Flood 2014): a hash rather than a
 * generator, so that a value depends on what it is for and not on how many
 * were drawn before. */
static inline guint64
montage_hash (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

/* Uniform in [0, 1) for a seed and two numbers. */
static inline gdouble
montage_random (guint64 seed, guint64 a, guint64 b)
{
  guint64 hash = montage_hash (montage_hash (montage_hash (seed) ^ a) ^ b);

  return (gdouble) (hash >> 11) / 9007199254740992.0;
}

G_END_DECLS
