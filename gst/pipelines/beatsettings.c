/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "beatsettings.h"

/* The tempi by the names of their properties. */
static const struct
{
  const gchar *name;
  gsize offset;
} tempi[] = {
    {"tempo", G_STRUCT_OFFSET (MontageBeatSettings, tempo)},
    {"tempo-min", G_STRUCT_OFFSET (MontageBeatSettings, tempo_min)},
    {"tempo-max", G_STRUCT_OFFSET (MontageBeatSettings, tempo_max)},
};

gchar *
montage_beat_settings_text (const MontageBeatSettings *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (tempi); i++) {
    gdouble value = G_STRUCT_MEMBER (gdouble, self, tempi[i].offset);

    if (value > 0)
      g_string_append_printf (out, "%s=%s ", tempi[i].name,
          g_ascii_dtostr (number, sizeof number, value));
  }
  if (self->beats_per_bar > 0)
    g_string_append_printf (out, "beats-per-bar=%u ", self->beats_per_bar);
  if (GST_CLOCK_TIME_IS_VALID (self->first_downbeat))
    g_string_append_printf (out, "first-downbeat=%" G_GUINT64_FORMAT " ",
        self->first_downbeat);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

void
montage_beat_settings_apply (const MontageBeatSettings *self,
    GstElement *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (tempi); i++) {
    gdouble value = G_STRUCT_MEMBER (gdouble, self, tempi[i].offset);

    if (value > 0)
      g_object_set (element, tempi[i].name, value, NULL);
  }
  if (self->beats_per_bar > 0)
    g_object_set (element, "beats-per-bar", self->beats_per_bar, NULL);
  if (GST_CLOCK_TIME_IS_VALID (self->first_downbeat))
    g_object_set (element, "first-downbeat", (gint64) self->first_downbeat,
        NULL);
}
