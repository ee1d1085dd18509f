/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "filmrules.h"
#include "mediafiles.h"

gchar *
montage_film_rules_file (const gchar *path)
{
  g_autofree gchar *folder = g_ascii_strncasecmp (path, "file:", 5) == 0
      ? g_filename_from_uri (path, NULL, NULL)
      : NULL;
  g_autofree gchar *file = g_build_filename (folder ? folder : path,
      MONTAGE_FILM_RULES_FILE, NULL);

  if (!g_file_test (folder ? folder : path, G_FILE_TEST_IS_DIR)
      || !g_file_test (file, G_FILE_TEST_EXISTS))
    return NULL;
  return g_steal_pointer (&file);
}

static gboolean
is_below (const gchar *uri, const gchar *folder)
{
  g_autofree gchar *path = g_filename_from_uri (uri, NULL, NULL);

  return path && g_str_has_prefix (path, folder)
      && path[strlen (folder)] == G_DIR_SEPARATOR;
}

/* @rule for the clips below @folder only: by their URIs. */
static gboolean
add_rule_of_folder (GstMontageClipRules *rules, const GstMontageClipRule *rule,
    const gchar *folder, const GPtrArray *uris)
{
  gboolean met = FALSE;

  for (guint i = 0; i < uris->len; i++) {
    const gchar *uri = g_ptr_array_index (uris, i);

    if (!is_below (uri, folder) || !gst_montage_clip_rule_holds (rule, uri))
      continue;
    gst_montage_clip_rule_apply (rule,
        gst_montage_clip_rules_append (rules, uri));
    met = TRUE;
  }
  return met;
}

static gboolean
add_folder (GstMontageClipRules *rules, const gchar *file,
    const GPtrArray *uris, GPtrArray *notes, GError **error)
{
  g_autoptr (GstMontageClipRules)
      read = gst_montage_clip_rules_load (file, error);
  g_autofree gchar *name = montage_media_name (file);
  g_autofree gchar *absolute = g_canonicalize_filename (file, NULL);
  g_autofree gchar *folder = g_path_get_dirname (absolute);

  if (!read)
    return FALSE;
  g_ptr_array_add (notes,
      g_strdup_printf ("The clips are shown as '%s' wants it.", name));
  for (guint i = 0; i < read->rules->len; i++) {
    const GstMontageClipRule *rule = &g_array_index (read->rules,
        GstMontageClipRule, i);

    if (!add_rule_of_folder (rules, rule, folder, uris))
      g_ptr_array_add (notes,
          g_strdup_printf ("'%s' speaks of '%s', and no clip there is called "
                           "so.",
              name, rule->clip));
  }
  return TRUE;
}

static void
add_given_order (GstMontageClipRules *rules, const GPtrArray *uris)
{
  for (guint i = 0; i < uris->len; i++)
    gst_montage_clip_rules_append (rules, g_ptr_array_index (uris, i))->order =
        i + 1;
}

GstMontageClipRules *
montage_film_rules (const MontageFilmRequest *request, const GPtrArray *uris,
    GPtrArray *notes, GError **error)
{
  g_autoptr (GstMontageClipRules) rules = gst_montage_clip_rules_new ();

  for (guint i = 0; request->clips && request->clips[i]; i++) {
    g_autofree gchar *file = montage_film_rules_file (request->clips[i]);

    if (file && !add_folder (rules, file, uris, notes, error))
      return NULL;
  }
  if (request->given_order)
    add_given_order (rules, uris);
  gst_montage_clip_rules_merge (rules, request->rules);
  if (!gst_montage_clip_rules_check (rules, (const gchar *const *) uris->pdata,
          uris->len, error))
    return NULL;
  return g_steal_pointer (&rules);
}
