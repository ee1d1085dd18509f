/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/montage.h>

G_BEGIN_DECLS

/**
 * PlanSettings:
 *
 * The properties of cutplanner that can be set. Has no lock of its own: the
 * element's object lock protects it.
 */
typedef struct
{
  guint64 seed;
  GstMontageOutput output;
  guint64 duration;
  gint64 music_start;
  gint scarcity;     /* GstMontageScarcity */
  gchar *clip_rules; /* nullable */
} PlanSettings;

/* The identifiers of the properties; what the element adds comes after. */
enum
{
  PLAN_SETTING_SEED = 1,
  PLAN_SETTING_WIDTH,
  PLAN_SETTING_HEIGHT,
  PLAN_SETTING_FRAMERATE,
  PLAN_SETTING_FIT,
  PLAN_SETTING_DURATION,
  PLAN_SETTING_MUSIC_START,
  PLAN_SETTING_CLIP_RULES,
  PLAN_SETTING_SCARCITY,
  N_PLAN_SETTINGS
};

void plan_settings_install (GObjectClass *klass);
void plan_settings_init (PlanSettings *self);
PlanSettings plan_settings_copy (const PlanSettings *self);
void plan_settings_clear (PlanSettings *self);
/* FALSE where @id is none of them. */
gboolean plan_settings_set (PlanSettings *self, guint id, const GValue *value);
gboolean plan_settings_get (const PlanSettings *self, guint id, GValue *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanSettings, plan_settings_clear)

G_END_DECLS
