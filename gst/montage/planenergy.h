/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/beatgrid.h>

G_BEGIN_DECLS

/* The energy of a song as a curve that is averaged in constant time. */
typedef struct _MontageEnergy MontageEnergy;

MontageEnergy *montage_energy_new (const GstMontageBeatGrid *music);
void montage_energy_free (MontageEnergy *self);

/* Mean over [from, to) of song time, 0..1. */
gdouble montage_energy_mean (const MontageEnergy *self, GstClockTime from,
    GstClockTime to);
/* The same, stretched around one half by @amplification, to 0..1: of two
 * energies the higher stays the higher. */
gdouble montage_energy_amplify (gdouble energy, gdouble amplification);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MontageEnergy, montage_energy_free)

G_END_DECLS
