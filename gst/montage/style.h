/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/instructions.h>

G_BEGIN_DECLS

/**
 * GstMontageStyle:
 *
 * A named set of instructions with the words that call it. One JSON file each:
 * {"schema": "gst-montage/style", "version": 1, "name", "title",
 * "description", "keywords": {"en": [...], "de": [...]}, "instructions":
 * {style, pacing, ...}}; a field of the instructions that is left out has its
 * default.
 */
typedef struct _GstMontageStyle GstMontageStyle;
struct _GstMontageStyle
{
  gchar *name;
  gchar *title;
  gchar *description;
  GStrv keywords_en;
  GStrv keywords_de;
  gchar *path; /* the file it came from */
  GstMontageInstructions *instructions;
};

/**
 * GstMontageStyles:
 *
 * All styles that are found, by name. Later folders win: the installed
 * styles, XDG_DATA_HOME/gst-montage/styles, then the folder given. The
 * environment variable GST_MONTAGE_STYLES_PATH replaces the installed folder
 * (uninstalled use).
 */
typedef struct _GstMontageStyles GstMontageStyles;

GST_MONTAGE_API GstMontageStyle *gst_montage_style_from_json (const gchar *text,
    gssize length, const gchar *origin, GError **error);
GST_MONTAGE_API void gst_montage_style_free (GstMontageStyle *self);

/* A bad file is an error that names it: no style is dropped in silence. */
GST_MONTAGE_API GstMontageStyles *
gst_montage_styles_load (const gchar *extra_folder, GError **error);
GST_MONTAGE_API void gst_montage_styles_free (GstMontageStyles *self);
GST_MONTAGE_API guint gst_montage_styles_size (const GstMontageStyles *self);
/* In order of their names. */
GST_MONTAGE_API const GstMontageStyle *
gst_montage_styles_get (const GstMontageStyles *self, guint index);
GST_MONTAGE_API const GstMontageStyle *
gst_montage_styles_lookup (const GstMontageStyles *self, const gchar *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageStyle, gst_montage_style_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageStyles, gst_montage_styles_free)

G_END_DECLS
