/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../../gst/pipelines/filmmaker.h"

G_BEGIN_DECLS

/**
 * FilmSettings:
 *
 * The properties of montagesrc that can be set. Has no lock of its own: the
 * element's object lock protects it, and the worker has a copy.
 */
typedef struct
{
  gchar *music;
  gboolean no_music;
  gint64 music_start; /* ns; -1: chosen */
  GStrv clips;
  gchar *clip_rules;
  GstMontageScarcity scarcity;
  gchar *prompt;
  gchar *style;
  guint64 seed;
  GstClockTime duration;
  GstMontageOutput output;
  guint n_workers;
  gboolean cache;
  gboolean offline;
  gchar *models_file;
  gboolean allow_stabilization;
  gboolean allow_upscale;
  gboolean look;
} FilmSettings;

/* The identifiers of the properties; what the element adds comes after. */
enum
{
  FILM_SETTING_MUSIC = 1,
  FILM_SETTING_NO_MUSIC,
  FILM_SETTING_MUSIC_START,
  FILM_SETTING_CLIPS,
  FILM_SETTING_CLIP_LIST,
  FILM_SETTING_CLIP_RULES,
  FILM_SETTING_SCARCITY,
  FILM_SETTING_PROMPT,
  FILM_SETTING_STYLE,
  FILM_SETTING_SEED,
  FILM_SETTING_DURATION,
  FILM_SETTING_WIDTH,
  FILM_SETTING_HEIGHT,
  FILM_SETTING_FRAMERATE,
  FILM_SETTING_FIT,
  FILM_SETTING_WORKERS,
  FILM_SETTING_CACHE,
  FILM_SETTING_OFFLINE,
  FILM_SETTING_MODELS_FILE,
  FILM_SETTING_ALLOW_STABILIZATION,
  FILM_SETTING_ALLOW_UPSCALE,
  FILM_SETTING_LOOK,
  N_FILM_SETTINGS
};

void film_settings_install (GObjectClass *klass);
void film_settings_init (FilmSettings *self);
FilmSettings film_settings_copy (const FilmSettings *self);
void film_settings_clear (FilmSettings *self);
/* FALSE where @id is none of them. */
gboolean film_settings_set (FilmSettings *self, guint id, const GValue *value);
gboolean film_settings_get (const FilmSettings *self, guint id, GValue *value);
/* What they ask for, but for the rules of clips; borrows from @self. */
MontageFilmRequest film_settings_request (const FilmSettings *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilmSettings, film_settings_clear)

G_END_DECLS
