/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "filmpart.h"

G_BEGIN_DECLS

/**
 * ToolPartStore:
 *
 * The folder where parts of films lie, each under its key: the user's (then
 * they stay), that of the cache, or one beside the film that goes with it. What
 * is written appears whole or not at all.
 */
typedef struct
{
  gchar *folder;
  GHashTable *used;      /* of gchar: keys of what the films are made of */
  gboolean is_kept;      /* parts stay when the film is there */
  gboolean is_temporary; /* the folder goes in any case */
} ToolPartStore;

/* @folder: nullable, the user's; made where it is not there. @use_cache: FALSE
 * where nothing is to be kept. @beside: a file, where the parts lie if not in
 * the cache. */
gboolean tool_part_store_open (ToolPartStore *self, const gchar *folder,
    gboolean use_cache, const gchar *beside, GError **error);
void tool_part_store_close (ToolPartStore *self);
/* The part of @key where it is there and whole. */
ToolPart *tool_part_store_find (const ToolPartStore *self, const gchar *key);
/* An empty file for a part that is to come; NULL with an error. */
gchar *tool_part_store_begin (const ToolPartStore *self, GError **error);
/* Gives what was written to @temporary its name. */
gboolean tool_part_store_commit (const ToolPartStore *self,
    const gchar *temporary, const gchar *key, GError **error);
void tool_part_store_abandon (const gchar *temporary);
/* A film is made of @key. */
void tool_part_store_use (ToolPartStore *self, const gchar *key);
/* The films are there: what they were made of goes. */
void tool_part_store_release (const ToolPartStore *self);

G_END_DECLS
