/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <gst/montage/error.h>

#include "mediafiles.h"
#include "stills.h"

/* Folders deeper than this are not looked into. */
#define MAX_DEPTH 16

/* Names of videos in a folder. By name and not by content type: that would
 * depend on which MIME database is installed. */
static const gchar *const video_extensions[] = {"3g2", "3gp", "asf", "avi",
    "divx", "dv", "f4v", "flv", "lrv", "m1v", "m2t", "m2ts", "m2v", "m4v",
    "mj2", "mjpg", "mkv", "mov", "mp4", "mpe", "mpeg", "mpg", "mpv", "mts",
    "mxf", "ogm", "ogv", "qt", "rm", "rmvb", "tod", "ts", "vob", "webm", "wmv",
    "y4m"};

typedef struct
{
  GPtrArray *uris;
  GHashTable *seen;    /* real paths of the files in @uris */
  GHashTable *folders; /* real paths of the folders looked into */
  guint n_met;         /* files and folders that counted, also again */
} Collection;

gchar *
montage_media_name (const gchar *path_or_uri)
{
  g_autofree gchar *path = NULL;
  g_autofree gchar *name = NULL;
  GString *out = g_string_new (NULL);

  if (g_ascii_strncasecmp (path_or_uri, "file:", 5) == 0)
    path = g_filename_from_uri (path_or_uri, NULL, NULL);
  name = g_filename_display_name (path ? path : path_or_uri);
  for (const gchar *p = name; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\n')
      g_string_append (out, "\\n");
    else if (c == 0x2028 || c == 0x2029 || g_unichar_iscntrl (c))
      g_string_append_printf (out, "\\x%02x", c);
    else
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

gchar *
montage_media_seconds (guint64 ns)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof (text), "%.1f",
      (gdouble) ns / G_GUINT64_CONSTANT (1000000000)));
}

static void G_GNUC_PRINTF (4, 5) set_error (GError **error, gint code,
    const gchar *path, const gchar *format, ...)
{
  g_autofree gchar *name = montage_media_name (path);
  g_autofree gchar *rest = NULL;
  va_list args;

  va_start (args, format);
  rest = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GST_MONTAGE_ERROR, code, "'%s' %s", name, rest);
}

static void
set_system_error (GError **error, const gchar *path, gint number)
{
  if (number == ENOENT || number == ENOTDIR)
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "does not exist: check the name and the folder.");
  else if (number == EACCES || number == EPERM)
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "cannot be read: allow it with chmod or run as its owner.");
  else if (number == ELOOP)
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "is a link that leads in a circle: name the file itself.");
  else
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "cannot be read (%s): check the disk or take another file.",
        g_strerror (number));
}

/* Absolute path of what a user wrote. */
static gchar *
to_path (const gchar *text, GError **error)
{
  g_autofree gchar *scheme = g_uri_parse_scheme (text);
  g_autofree gchar *path = NULL;
  g_autofree gchar *host = NULL;

  if (!*text) {
    g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "An empty name was given for a media file: name a file.");
    return NULL;
  }
  if (!scheme || (g_strcmp0 (scheme, "file") != 0 && !strstr (text, "://")))
    return g_canonicalize_filename (text, NULL);
  if (strcmp (scheme, "file") != 0) {
    set_error (error, GST_MONTAGE_ERROR_IO, text,
        "is not on this machine: save it to a file and name that.");
    return NULL;
  }
  path = g_filename_from_uri (text, &host, NULL);
  if (!path || (host && g_ascii_strcasecmp (host, "localhost") != 0)) {
    set_error (error, GST_MONTAGE_ERROR_IO, text,
        "is not the URI of a file of this machine: write file:/// and an "
        "absolute path in which special characters are escaped as %%XX.");
    return NULL;
  }
  return g_canonicalize_filename (path, NULL);
}

/* Whether @path is a file that has content and can be read. Never opens what
 * is not a regular file: a pipe would block. */
static gboolean
check_file (const gchar *path, const GStatBuf *status, GError **error)
{
  gchar byte;
  gssize n;
  gint fd, number;

  if (!S_ISREG (status->st_mode)) {
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "is not a regular file: name a file on disk.");
    return FALSE;
  }
  if (status->st_size == 0) {
    set_error (error, GST_MONTAGE_ERROR_MATERIAL, path,
        "is an empty file: copy it again or leave it out.");
    return FALSE;
  }
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  n = fd < 0 ? -1 : read (fd, &byte, 1);
  number = errno;
  if (fd >= 0)
    close (fd);
  if (n < 0)
    set_system_error (error, path, number);
  return n >= 0;
}

/* Its first bytes; FALSE where it has fewer or cannot be read. */
static gboolean
read_start (const gchar *path, guint8 *bytes, gsize n_bytes)
{
  gint fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = FALSE;

  if (fd >= 0) {
    ok = read (fd, bytes, n_bytes) == (gssize) n_bytes;
    close (fd);
  }
  return ok;
}

/* The demuxer of GIFs in gst-libav 1.22 reads on for ever at the end of the
 * file: what takes one in, analysis or film, never comes to its end. */
static gboolean
check_end_is_found (const gchar *path, GError **error)
{
  guint major, minor, micro, nano;
  guint8 bytes[6];

  gst_version (&major, &minor, &micro, &nano);
  if (major > 1 || minor > 22 || !read_start (path, bytes, sizeof (bytes))
      || (memcmp (bytes, "GIF87a", 6) != 0 && memcmp (bytes, "GIF89a", 6) != 0))
    return TRUE;
  set_error (error, GST_MONTAGE_ERROR_MATERIAL, path,
      "is a GIF, of which this GStreamer does not find the end: convert it to a "
      "video or leave it out.");
  return FALSE;
}

static gchar *
to_uri (const gchar *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gchar *uri = g_filename_to_uri (path, NULL, &reason);

  if (!uri)
    set_error (error, GST_MONTAGE_ERROR_IO, path,
        "cannot be written as a URI (%s): rename it.", reason->message);
  return uri;
}

gchar *
montage_media_uri (const gchar *path, GError **error)
{
  g_autofree gchar *absolute = NULL;
  GStatBuf status;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = to_path (path, error);
  if (!absolute)
    return NULL;
  if (g_stat (absolute, &status) != 0) {
    set_system_error (error, absolute, errno);
    return NULL;
  }
  if (S_ISDIR (status.st_mode)) {
    set_error (error, GST_MONTAGE_ERROR_IO, absolute,
        "is a folder where one file is needed: name a file in it.");
    return NULL;
  }
  if (!check_file (absolute, &status, error)
      || !check_end_is_found (absolute, error))
    return NULL;
  return to_uri (absolute, error);
}

/* Qt's translations and TypeScript sources are .ts as well; an MPEG transport
 * stream begins with its sync byte. */
static gboolean
is_transport_stream (const gchar *path)
{
  guint8 byte;

  return read_start (path, &byte, 1) && byte == 0x47;
}

/* What `analyze --picture png` draws beside its documents. */
static gboolean
is_drawn_by_us (const gchar *path)
{
  return g_str_has_suffix (path, ".shots.png")
      || g_str_has_suffix (path, ".beats.png");
}

static gboolean
is_clip_name (const gchar *path)
{
  const gchar *dot = strrchr (path, '.');

  if (!dot)
    return FALSE;
  if (montage_still_is_name (path))
    return !is_drawn_by_us (path);
  for (guint i = 0; i < G_N_ELEMENTS (video_extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, video_extensions[i]) == 0)
      return strcmp (video_extensions[i], "ts") != 0
          || is_transport_stream (path);
  return FALSE;
}

/* FALSE where it is in there already. Links to one file count once. */
static gboolean
add_real_path (GHashTable *set, const gchar *path)
{
  gchar *real = realpath (path, NULL);
  gboolean is_new = g_hash_table_add (set, g_strdup (real ? real : path));

  free (real);
  return is_new;
}

static gboolean
add_file (Collection *self, const gchar *path, GError **error)
{
  gchar *uri;

  self->n_met++;
  if (!add_real_path (self->seen, path))
    return TRUE;
  uri = to_uri (path, error);
  if (!uri)
    return FALSE;
  g_ptr_array_add (self->uris, uri);
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  /* The bytes of UTF-8 are in the order of their code points. */
  return strcmp (*(const gchar *const *) a, *(const gchar *const *) b);
}

static GPtrArray *
list_folder (const gchar *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *names;
  const gchar *name;

  if (!folder)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)))
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
add_folder (Collection *self, const gchar *path, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (depth > MAX_DEPTH)
    return TRUE;
  if (!add_real_path (self->folders, path)) {
    self->n_met++;
    return TRUE;
  }
  names = list_folder (path);
  /* A closed folder deep inside (lost+found of a memory card) is no reason to
   * refuse the rest; the one that was named is checked before. */
  if (!names) {
    GST_WARNING ("cannot look into %s", path);
    return TRUE;
  }
  for (guint i = 0; i < names->len; i++) {
    g_autofree gchar *child = g_build_filename (path,
        g_ptr_array_index (names, i), NULL);
    GStatBuf status;
    gboolean ok = TRUE;

    if (g_stat (child, &status) != 0)
      continue;
    if (S_ISDIR (status.st_mode))
      ok = add_folder (self, child, depth + 1, error);
    else if (S_ISREG (status.st_mode) && is_clip_name (child))
      ok = add_file (self, child, error);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_named_folder (Collection *self, const gchar *path, GError **error)
{
  guint before = self->n_met;
  g_autoptr (GDir) folder = NULL;

  errno = 0;
  folder = g_dir_open (path, 0, NULL);
  if (!folder) {
    set_system_error (error, path, errno ? errno : EACCES);
    return FALSE;
  }
  if (!add_folder (self, path, 0, error))
    return FALSE;
  if (self->n_met == before) {
    set_error (error, GST_MONTAGE_ERROR_MATERIAL, path,
        "is a folder without videos and photos: name a folder that holds some, or name "
        "the files.");
    return FALSE;
  }
  return TRUE;
}

static gboolean
add_path (Collection *self, const gchar *text, GError **error)
{
  g_autofree gchar *path = to_path (text, error);
  GStatBuf status;

  if (!path)
    return FALSE;
  if (g_stat (path, &status) != 0) {
    set_system_error (error, path, errno);
    return FALSE;
  }
  if (S_ISDIR (status.st_mode))
    return add_named_folder (self, path, error);
  return check_file (path, &status, error) && add_file (self, path, error);
}

GPtrArray *
montage_media_files (const gchar *const *paths, GError **error)
{
  Collection self = {NULL};
  gboolean ok = TRUE;

  g_return_val_if_fail (paths != NULL, NULL);

  self.uris = g_ptr_array_new_with_free_func (g_free);
  self.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ok && paths[i]; i++)
    ok = add_path (&self, paths[i], error);
  g_hash_table_unref (self.seen);
  g_hash_table_unref (self.folders);
  if (!ok)
    g_clear_pointer (&self.uris, g_ptr_array_unref);
  return self.uris;
}
