/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gst/montage/error.h>

/* Shorter ones are the words that a server without keys is given ("ollama",
 * "lm-studio"); what it says may hold them for another reason. */
#define MIN_SECRET_BYTES 12
/* Longer than any key that is in use, shorter than a file taken by mistake. */
#define MAX_KEY_BYTES 4096

struct _MontageKey
{
  gchar *secret;
  gchar *origin; /* "https://host:port", lower case */
};

/* "https://host:port" of @uri, %NULL where it has none. */
static gchar *
origin_of (const gchar *uri)
{
  g_autoptr (GUri)
      parsed = g_uri_parse (uri, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree gchar *host = NULL;
  gint port;

  if (!parsed || !g_uri_get_host (parsed) || !*g_uri_get_host (parsed))
    return NULL;
  host = g_ascii_strdown (g_uri_get_host (parsed), -1);
  port = g_uri_get_port (parsed);
  if (port < 0)
    port = g_str_equal (g_uri_get_scheme (parsed), "https") ? 443 : 80;
  return g_strdup_printf (strchr (host, ':') ? "%s://[%s]:%d" : "%s://%s:%d",
      g_uri_get_scheme (parsed), host, port);
}

/* A header cannot carry anything else. */
static gboolean
is_printable (const gchar *text)
{
  for (; *text; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/* Takes @secret. */
static MontageKey *
key_new (gchar *secret, const gchar *origin)
{
  MontageKey *self = g_new0 (MontageKey, 1);

  self->secret = secret;
  self->origin = origin_of (origin);
  return self;
}

static void
wipe (gchar *text)
{
  if (text)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static gboolean
refuse (GError **error, const gchar *path, const gchar *problem)
{
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "The key file '%s' %s.", path, problem);
  return FALSE;
}

static gboolean
check_file (gint file, const gchar *path, GError **error)
{
  struct stat status;

  if (fstat (file, &status) != 0)
    return refuse (error, path, "cannot be read");
  if (!S_ISREG (status.st_mode))
    return refuse (error, path, "is no regular file");
  if (status.st_uid != geteuid ())
    return refuse (error, path,
        "belongs to another user; make a file of your own");
  if (status.st_mode & (S_IRWXG | S_IRWXO))
    return refuse (error, path, "can be read by others; run chmod 600 on it");
  return TRUE;
}

static gchar *
read_file (gint file, const gchar *path, GError **error)
{
  gchar buffer[MAX_KEY_BYTES + 1];
  gsize length = 0;
  gssize n;
  gchar *secret = NULL;

  do {
    n = read (file, buffer + length, sizeof buffer - 1 - length);
    if (n > 0)
      length += (gsize) n;
  } while (length < sizeof buffer - 1 && (n > 0 || (n < 0 && errno == EINTR)));
  buffer[length] = '\0';
  if (n < 0 || length == sizeof buffer - 1 || strlen (buffer) != length
      || !*g_strstrip (buffer) || !is_printable (buffer))
    refuse (error, path, "does not hold one key on one line");
  else
    secret = g_strdup (buffer);
  explicit_bzero (buffer, sizeof buffer);
  return secret;
}

MontageKey *
montage_key_new_from_file (const gchar *path, const gchar *origin,
    GError **error)
{
  gint file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gchar *secret = NULL;

  if (file < 0) {
    refuse (error, path, g_strerror (errno));
    return NULL;
  }
  if (check_file (file, path, error))
    secret = read_file (file, path, error);
  close (file);
  return secret ? key_new (secret, origin) : NULL;
}

MontageKey *
montage_key_new_from_environment (const gchar *variable, const gchar *origin)
{
  const gchar *value = g_getenv (variable);
  gchar *secret;

  if (!value || strlen (value) > MAX_KEY_BYTES)
    return NULL;
  secret = g_strstrip (g_strdup (value));
  if (*secret && is_printable (secret))
    return key_new (secret, origin);
  wipe (secret);
  return NULL;
}

gboolean
montage_key_fits (const MontageKey *self, const gchar *uri)
{
  g_autofree gchar *origin = origin_of (uri);

  return self->origin && g_strcmp0 (origin, self->origin) == 0;
}

const gchar *
montage_key_peek (const MontageKey *self)
{
  return self->secret;
}

void
montage_key_free (MontageKey *self)
{
  if (!self)
    return;
  wipe (self->secret);
  g_free (self->origin);
  g_free (self);
}

void
montage_key_hide (const MontageKey *self, GByteArray *text)
{
  gsize size = strlen (self->secret);

  for (gsize i = 0; size >= MIN_SECRET_BYTES && i + size <= text->len; i++)
    if (memcmp (text->data + i, self->secret, size) == 0)
      memset (text->data + i, '*', size);
}

gchar *
montage_key_redact (const gchar *text)
{
  static GRegex *regex;
  g_autofree gchar *valid = g_utf8_make_valid (text, -1);
  gchar *redacted;

  if (g_once_init_enter (&regex)) {
    /* Google's two kinds, OpenAI's and its imitators', and whatever stands in
     * a header or a query. */
    GRegex *compiled =
        g_regex_new ("AIza[0-9A-Za-z_-]{10,}|AQ\\.[\\w-]{10,}|sk-[\\w-]{8,}"
                     "|(?i:bearer\\s+)\\S+|(?i:x-goog-api-key\\s*[:=]\\s*)\\S+"
                     "|(?i:\\bkey=)[^&\\s]+",
            G_REGEX_OPTIMIZE, 0, NULL);

    g_once_init_leave (&regex, compiled);
  }
  redacted = g_regex_replace_literal (regex, valid, -1, 0, "[key]", 0, NULL);
  return redacted ? redacted : g_strdup ("[not shown]");
}
