/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "spectrum.h"

#include <string.h>
#include <aubio/aubio.h>

struct _Spectrum
{
  guint window;
  guint hop;
  aubio_fft_t *fft;
  fvec_t *hann;
  fvec_t *sound; /* the newest hop at the end */
  fvec_t *tapered;
  fvec_t *transform;
  cvec_t *bins;
};

Spectrum *
spectrum_new (guint window, guint hop)
{
  static char_t hann[] = "hanningz"; /* aubio takes no constant */
  Spectrum *self = g_new0 (Spectrum, 1);

  self->window = window;
  self->hop = hop;
  self->fft = new_aubio_fft (window);
  self->hann = new_aubio_window (hann, window);
  self->sound = new_fvec (window);
  self->tapered = new_fvec (window);
  self->transform = new_fvec (window);
  self->bins = new_cvec (window);
  return self;
}

void
spectrum_free (Spectrum *self)
{
  if (!self)
    return;
  del_aubio_fft (self->fft);
  del_fvec (self->hann);
  del_fvec (self->sound);
  del_fvec (self->tapered);
  del_fvec (self->transform);
  del_cvec (self->bins);
  g_free (self);
}

gfloat *
spectrum_hop (Spectrum *self)
{
  return self->sound->data + self->window - self->hop;
}

const gfloat *
spectrum_measure (Spectrum *self)
{
  fvec_weighted_copy (self->sound, self->hann, self->tapered);
  aubio_fft_do_complex (self->fft, self->tapered, self->transform);
  aubio_fft_get_norm (self->transform, self->bins);
  return self->bins->norm;
}

void
spectrum_advance (Spectrum *self)
{
  memmove (self->sound->data, self->sound->data + self->hop,
      (self->window - self->hop) * sizeof (smpl_t));
}
