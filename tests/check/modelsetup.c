/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelsetup.h"

#include <glib/gstdio.h>
#include <gst/check/gstcheck.h>

ModelSetup *
model_setup_new (const gchar *group)
{
  ModelSetup *self = g_new0 (ModelSetup, 1);
  g_autofree gchar *text = NULL;

  self->server = model_server_new ();
  self->folder = g_dir_make_tmp ("director-XXXXXX", NULL);
  self->file = g_build_filename (self->folder, "models.conf", NULL);
  self->key = g_build_filename (self->folder, "key", NULL);
  text = g_strdup_printf (
      "[director]\ndeadline-seconds=3600\n[%s]\naddress=%s\nmodel=tiny\n"
      "key-file=key\ndeadline-seconds=3600\nretries=0\n",
      group, model_server_get_base (self->server));
  fail_unless (g_file_set_contents (self->file, text, -1, NULL));
  fail_unless (g_file_set_contents_full (self->key, SETUP_KEY "\n", -1,
      G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return self;
}

void
model_setup_free (ModelSetup *self)
{
  g_unlink (self->file);
  g_unlink (self->key);
  g_rmdir (self->folder);
  g_free (self->file);
  g_free (self->key);
  g_free (self->folder);
  model_server_free (self->server);
  g_free (self);
}

void
model_setup_wait_for_question (ModelSetup *self, guint n)
{
  while (model_server_count (self->server) < n)
    g_usleep (1000);
}
