/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/pipelines/cachespace.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "cachenotes.h"
#include "commands.h"
#include "encoderchoice.h"
#include "modelcheck.h"
#include "project.h"
#include "requirements.h"
#include "values.h"

typedef struct
{
  guint n_missing;     /* of what is needed */
  GPtrArray *packages; /* of const gchar *, each once */
} Doctor;

static void
print_line (gboolean good, const gchar *what, const gchar *detail)
{
  printf ("  %s %-18s %s\n", good ? "ok     " : "MISSING", what, detail);
}

static void
print_versions (void)
{
  g_autofree gchar *gstreamer = gst_version_string ();

  printf ("Versions\n");
  print_line (TRUE, "gst-montage", VERSION);
  print_line (TRUE, "GStreamer", gstreamer);
  printf ("  ok      %-18s %u.%u.%u\n", "GLib", glib_major_version,
      glib_minor_version, glib_micro_version);
  printf ("  ok      %-18s %s\n", "json-glib", JSON_VERSION_S);
  print_line (TRUE, "projects",
      tool_project_available () ? ".xges" : "none: built without GES");
}

static void
want_package (Doctor *self, const gchar *package)
{
  if (package != NULL
      && !g_ptr_array_find_with_equal_func (self->packages, package,
          g_str_equal, NULL))
    g_ptr_array_add (self->packages, (gpointer) package);
}

static void
check_requirement (Doctor *self, const ToolRequirement *requirement)
{
  g_autoptr (GstElementFactory)
      factory = gst_element_factory_find (requirement->element);
  g_autofree gchar *detail = NULL;

  if (factory != NULL) {
    print_line (TRUE, requirement->element, requirement->purpose);
    return;
  }
  detail = g_strdup_printf ("%s; %s%s%s", requirement->purpose,
      requirement->package != NULL ? "package " : "part of gst-montage",
      requirement->package != NULL ? requirement->package : "",
      requirement->needed ? "" : " (not needed for everything)");
  print_line (FALSE, requirement->element, detail);
  want_package (self, requirement->package);
  if (requirement->needed)
    self->n_missing++;
}

static void
check_elements (Doctor *self)
{
  printf ("\nElements\n");
  for (const ToolRequirement *item = tool_requirements ();
       item->element != NULL; item++)
    check_requirement (self, item);
}

/* "h264: x264enc", or "h264: none". */
static void
append_encoder (GString *out, const ToolCodec *codec)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  const ToolEncoderWish wish = {.codec = codec,
      .quality = TOOL_QUALITY_STANDARD};
  ToolEncoderChoice choice;

  if (out->len > 0)
    g_string_append (out, ", ");
  if (!tool_encoder_choose (&choice, &wish, notes, NULL)) {
    g_string_append_printf (out, "%s: none", codec->name);
    return;
  }
  g_string_append_printf (out, "%s: %s", codec->name,
      g_str_equal (choice.encoder->element, "identity")
          ? "as it is"
          : choice.encoder->element);
  tool_encoder_choice_clear (&choice);
}

/* What each kind of film would be encoded with. */
static void
print_films (void)
{
  const ToolContainer *const *all = tool_containers ();

  printf ("\nFilms\n");
  for (guint i = 0; all[i] != NULL; i++) {
    g_autoptr (GString) line = g_string_new (NULL);
    g_autofree gchar *name = g_strconcat (".", all[i]->extension, NULL);
    gboolean good = tool_element_check (all[i]->muxer, NULL, NULL);

    for (guint k = 0; all[i]->video[k] != NULL; k++)
      append_encoder (line, all[i]->video[k]);
    for (guint k = 0; all[i]->audio[k] != NULL; k++)
      append_encoder (line, all[i]->audio[k]);
    print_line (good, name, line->str);
  }
}

/* Our plugins that GStreamer refuses to load, e.g. as a library was missing
 * once; it remembers that until its registry is cleared. */
static void
check_blacklist (Doctor *self)
{
  GList *plugins = gst_registry_get_plugin_list (gst_registry_get ());
  guint n = 0;

  for (GList *item = plugins; item != NULL; item = item->next) {
    const gchar *file = gst_plugin_get_filename (item->data);
    g_autofree gchar *name = NULL;

    if (file == NULL
        || !GST_OBJECT_FLAG_IS_SET (item->data, GST_PLUGIN_FLAG_BLACKLISTED))
      continue;
    name = g_path_get_basename (file);
    if (!tool_is_own_plugin (name))
      continue;
    print_line (FALSE, name, file);
    n++;
  }
  gst_plugin_list_free (plugins);
  if (n == 0) {
    print_line (TRUE, "blacklist", "no plugin of ours is on it");
    return;
  }
  self->n_missing += n;
  printf ("  Clear GStreamer's memory of them with: rm %s\n",
      g_getenv ("GST_REGISTRY") != NULL
          ? "\"$GST_REGISTRY\""
          : "~/.cache/gstreamer-1.0/registry.*.bin");
  printf ("  and see why with: ldd FILE\n");
}

static void
check_styles (Doctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstMontageStyles) styles = gst_montage_styles_load (NULL, &error);
  const gchar *replaced = g_getenv ("GST_MONTAGE_STYLES_PATH");
  const gchar *folder = replaced != NULL && *replaced != '\0'
      ? replaced
      : GST_MONTAGE_STYLESDIR;
  g_autofree gchar *detail = NULL;
  guint n = styles != NULL ? gst_montage_styles_size (styles) : 0;

  if (styles != NULL)
    detail = g_strdup_printf ("%u, the first from %s", n, folder);
  else
    detail = g_strdup (error->message);
  print_line (n > 0, "styles", detail);
  if (n == 0)
    self->n_missing++;
}

/* 0.1 at least: nothing at all is another thing. */
static gchar *
mebibytes (guint64 n_bytes)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.1f",
      n_bytes > 0 ? MAX ((gdouble) n_bytes / (1 << 20), 0.1) : 0.0);
  return g_strconcat (text, " MiB", NULL);
}

static void
check_cache (void)
{
  g_autoptr (GPtrArray) notes = tool_cache_notes ();
  g_autofree gchar *folder = montage_cache_folder (NULL);
  g_autofree gchar *used = NULL;
  g_autofree gchar *limit = mebibytes (montage_cache_limit ());
  g_autofree gchar *parts_used = NULL;
  MontageCacheUsage usage, parts;

  montage_cache_measure (NULL, &usage);
  montage_cache_measure_parts (NULL, &parts);
  parts_used = mebibytes (parts.n_bytes);
  used = mebibytes (usage.n_bytes);
  print_line (TRUE, "cache", folder);
  printf ("  %s %-18s %u analyses, %s of at most %s\n", "ok     ", "",
      usage.n_documents, used, limit);
  if (parts.n_bytes > 0)
    printf ("  %s %-18s %u parts of unfinished films, %s\n", "ok     ", "",
        parts.n_documents, parts_used);
  for (guint i = 0; i < notes->len; i++)
    printf ("  %s %-18s %s\n", "note   ", "",
        (const gchar *) g_ptr_array_index (notes, i));
}

static void
clear_cache (void)
{
  g_autofree gchar *folder = montage_cache_folder (NULL);
  g_autofree gchar *freed = NULL;
  MontageCacheUsage removed, parts;

  montage_cache_trim (NULL, 0, &removed);
  montage_cache_trim_parts (NULL, 0, TRUE, &parts);
  freed = mebibytes (removed.n_bytes + parts.n_bytes);
  printf ("%u analyses and %u parts of films (%s) are removed from %s.\n",
      removed.n_documents, parts.n_documents, freed, folder);
}

static void
print_remedy (const Doctor *self)
{
  printf ("\n");
  if (self->packages->len > 0) {
    printf ("Install what is missing with: apt install");
    for (guint i = 0; i < self->packages->len; i++)
      printf (" %s", (const gchar *) g_ptr_array_index (self->packages, i));
    printf ("\n");
  }
  if (self->n_missing == 0)
    printf ("All that is needed is there.\n");
  else
    printf ("%u needed %s missing or wrong.\n", self->n_missing,
        self->n_missing == 1 ? "thing is" : "things are");
}

ToolStatus
tool_cmd_doctor (GStrv arguments)
{
  gboolean clear = FALSE;
  const GOptionEntry entries[] = {
      {"clear-cache", 0, 0, G_OPTION_ARG_NONE, &clear,
          "Empty the cache of analyses, check nothing", NULL},
      {NULL},
  };
  Doctor self = {0};
  GError *error = NULL;

  if (!tool_options_parse (&arguments, NULL,
          "Says what is there and what is missing on this machine, and which "
          "Debian package has it. The exit status is 1 where something that "
          "is needed is missing.",
          entries, &error))
    return tool_report (FALSE, "doctor", error);
  if (arguments[1] != NULL) {
    tool_usage_error (&error, "doctor takes no '%s'.", arguments[1]);
    return tool_report (FALSE, "doctor", error);
  }
  if (clear) {
    clear_cache ();
    return TOOL_OK;
  }
  self.packages = g_ptr_array_new ();
  print_versions ();
  check_elements (&self);
  print_films ();
  printf ("\nPlaces\n");
  check_blacklist (&self);
  check_styles (&self);
  check_cache ();
  printf ("\nLanguage models\n");
  if (!tool_check_models ())
    self.n_missing++;
  print_remedy (&self);
  g_ptr_array_unref (self.packages);
  return self.n_missing == 0 ? TOOL_OK : TOOL_FAILED;
}
