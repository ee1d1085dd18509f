/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "studio.h"

#include <string.h>

MontageKey *
studio_make_key (const gchar *secret, const gchar *base)
{
  MontageKey *key;

  g_setenv ("MONTAGE_TEST_KEY", secret, TRUE);
  key = montage_key_new_from_environment ("MONTAGE_TEST_KEY", base);
  g_unsetenv ("MONTAGE_TEST_KEY");
  return key;
}

static MontageBackendSettings *
make_backend (MontageBackendKind kind, const gchar *base)
{
  MontageBackendSettings *backend = montage_backend_settings_new (kind, base);

  backend->deadline = 30000;
  backend->max_retries = 1;
  g_free (backend->model);
  backend->model = g_strdup ("the-model");
  backend->model_is_set = TRUE;
  backend->key = studio_make_key (STUDIO_KEY, backend->base);
  return backend;
}

Studio
studio_make (guint n, ...)
{
  Studio self = {.settings = montage_director_settings_new ()};
  g_autoptr (GError) error = NULL;
  va_list kinds;

  self.styles = gst_montage_styles_load (NULL, &error);
  g_assert_no_error (error);
  self.settings->first_pause = 10;
  va_start (kinds, n);
  for (guint i = 0; i < n; i++) {
    MontageBackendKind kind = (MontageBackendKind) va_arg (kinds, gint);

    self.servers[i] = model_server_new ();
    g_ptr_array_add (self.settings->backends,
        make_backend (kind, model_server_get_base (self.servers[i])));
  }
  va_end (kinds);
  self.director = montage_director_new (self.settings);
  self.steps = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_director_step_free);
  return self;
}

void
studio_clear (Studio *self)
{
  montage_director_free (self->director);
  for (guint i = 0; i < G_N_ELEMENTS (self->servers); i++)
    model_server_free (self->servers[i]);
  g_ptr_array_unref (self->steps);
  gst_montage_styles_free (self->styles);
}

MontageBackendSettings *
studio_backend (const Studio *self, guint index)
{
  return g_ptr_array_index (self->settings->backends, index);
}

GstMontageInstructions *
studio_direct (Studio *self, const gchar *prompt)
{
  g_autoptr (GError) error = NULL;
  GstMontageInstructions *out = montage_director_direct (self->director,
      self->styles, NULL, NULL, prompt, self->steps, NULL, &error);

  g_assert_no_error (error);
  fail_unless (gst_montage_instructions_validate (out, NULL));
  return out;
}

const MontageDirectorStep *
studio_step (const Studio *self, guint index)
{
  fail_unless (index < self->steps->len, "there are %u steps",
      self->steps->len);
  return g_ptr_array_index (self->steps, index);
}

void
studio_check_secret (const Studio *self, const GstMontageInstructions *out)
{
  g_autofree gchar *json = gst_montage_instructions_to_json (out);

  fail_unless (strstr (json, "secret") == NULL, "%s", json);
  for (guint i = 0; i < self->steps->len; i++)
    fail_unless (strstr (studio_step (self, i)->text, "secret") == NULL);
}
