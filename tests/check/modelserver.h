/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server on this machine that answers as it is told: the models of the
 * tests. */

typedef enum
{
  MODEL_ANSWERS,
  MODEL_DROPS,    /* the connection, half-way through the body */
  MODEL_TRICKLES, /* one byte per 100 ms, for ever */
  MODEL_FLOODS,   /* 60 MB */
  MODEL_SWELLS,   /* 60 MB in a few KB of gzip */
  MODEL_CHUNKS,   /* in pieces of 7 bytes, without a length */
  MODEL_SLEEPS    /* says nothing, for ever */
} ModelManner;

/**
 * ModelReply:
 *
 * What one request gets; static.
 */
typedef struct
{
  guint status;
  const gchar *body;
  const gchar *content_type; /* NULL: application/json */
  const gchar *header;       /* NULL, or "Name: value" */
  ModelManner manner;
} ModelReply;

/**
 * ModelRequest:
 *
 * What was asked.
 */
typedef struct
{
  gchar *method;
  gchar *path;          /* with its query */
  gchar *authorization; /* nullable */
  gchar *goog_key;      /* nullable */
  gchar *content_type;  /* nullable */
  gchar *body;
} ModelRequest;

typedef struct _ModelServer ModelServer;

typedef enum
{
  MODEL_SERVER_USUAL,
  MODEL_SERVER_IPV6,
  MODEL_SERVER_TLS /* with a certificate that nobody trusts */
} ModelServerKind;

ModelServer *model_server_new (void);
/* %NULL where this machine cannot have one. */
ModelServer *model_server_new_of_kind (ModelServerKind kind);
void model_server_free (ModelServer *self);
/* "http://127.0.0.1:PORT", "http://[::1]:PORT", "https://127.0.0.1:PORT" */
const gchar *model_server_get_base (const ModelServer *self);
/* Requests whose path holds @path get these replies in their order, the last
 * one for ever; others get 404. @path: "" is any. */
void model_server_reply (ModelServer *self, const gchar *path,
    const ModelReply *replies, guint n);
guint model_server_count (ModelServer *self);
/* (transfer none): stays until the server is freed. */
const ModelRequest *model_server_get (ModelServer *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelServer, model_server_free)

G_END_DECLS
