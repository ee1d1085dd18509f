/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/montage/error.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "values.h"

/* Short, so that it fits wherever the target's own name fits. */
#define TEMPORARY_NAME ".gst-montage-XXXXXX"
/* A file system with less than this left counts as full. */
#define FULL_BYTES (256 * 1024)

typedef struct
{
  gchar *path;
  gchar *temporary; /* nullable: not begun */
  gboolean renamed;
  gboolean replaced; /* something was there before */
} Output;

typedef struct
{
  dev_t device;
  ino_t inode;
} FileId;

struct _ToolOutputs
{
  gboolean force;
  gboolean durable;
  GPtrArray *outputs; /* of Output */
  GPtrArray *scratch; /* of gchar *, files to remove in any case */
  GArray *protected;  /* of FileId, files that are read */
  GPtrArray *folders; /* of gchar *, made for outputs, the inner ones last */
  gchar *probed;      /* nullable: the last folder that took a file */
};

/* All temporary names of the process, for the last way out. */
static GMutex temporaries_lock;
static GPtrArray *temporaries;

static void
remember (const gchar *path)
{
  g_mutex_lock (&temporaries_lock);
  if (temporaries == NULL)
    temporaries = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (temporaries, g_strdup (path));
  g_mutex_unlock (&temporaries_lock);
}

static void
forget (const gchar *path)
{
  guint index = 0;

  g_mutex_lock (&temporaries_lock);
  if (temporaries != NULL
      && g_ptr_array_find_with_equal_func (temporaries, path, g_str_equal,
          &index))
    g_ptr_array_remove_index_fast (temporaries, index);
  if (temporaries != NULL && temporaries->len == 0)
    g_clear_pointer (&temporaries, g_ptr_array_unref);
  g_mutex_unlock (&temporaries_lock);
}

void
tool_outputs_remove_all (void)
{
  g_mutex_lock (&temporaries_lock);
  for (guint i = 0; temporaries != NULL && i < temporaries->len; i++)
    g_unlink (g_ptr_array_index (temporaries, i));
  g_mutex_unlock (&temporaries_lock);
}

static void
output_free (gpointer data)
{
  Output *self = data;

  if (self->temporary != NULL && !self->renamed) {
    g_unlink (self->temporary);
    forget (self->temporary);
  }
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

static void
scratch_free (gpointer path)
{
  g_unlink (path);
  forget (path);
  g_free (path);
}

ToolOutputs *
tool_outputs_new (gboolean force)
{
  ToolOutputs *self = g_new0 (ToolOutputs, 1);

  self->force = force;
  self->durable = TRUE;
  self->outputs = g_ptr_array_new_with_free_func (output_free);
  self->scratch = g_ptr_array_new_with_free_func (scratch_free);
  self->protected = g_array_new (FALSE, FALSE, sizeof (FileId));
  self->folders = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
tool_outputs_free (ToolOutputs *self)
{
  g_ptr_array_unref (self->outputs);
  g_ptr_array_unref (self->scratch);
  g_array_unref (self->protected);
  g_free (self->probed);
  /* Those that hold something stay. */
  for (guint i = self->folders->len; i > 0; i--)
    g_rmdir (g_ptr_array_index (self->folders, i - 1));
  g_ptr_array_unref (self->folders);
  g_free (self);
}

void
tool_outputs_protect (ToolOutputs *self, const gchar *path)
{
  GStatBuf info;
  FileId id;

  if (g_stat (path, &info) != 0)
    return;
  id = (FileId){info.st_dev, info.st_ino};
  g_array_append_val (self->protected, id);
}

void
tool_outputs_set_durable (ToolOutputs *self, gboolean durable)
{
  self->durable = durable;
}

static gboolean
io_error (GError **error, const gchar *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
io_error (GError **error, const gchar *format, ...)
{
  g_autofree gchar *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO, text);
  return FALSE;
}

gboolean
tool_outputs_make_folder (ToolOutputs *self, const gchar *path, GError **error)
{
  g_autofree gchar *above = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!g_str_equal (above, path)
      && !tool_outputs_make_folder (self, above, error))
    return FALSE;
  if (g_mkdir (path, 0777) == 0) {
    g_ptr_array_add (self->folders, g_strdup (path));
    return TRUE;
  }
  /* Another run was faster; then it is that one's to remove. */
  if (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  return io_error (error,
      "The folder '%s' cannot be made: %s; choose another with -o.", path,
      g_strerror (errno));
}

static gboolean
is_protected (const ToolOutputs *self, const gchar *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return FALSE;
  for (guint i = 0; i < self->protected->len; i++) {
    const FileId *id = &g_array_index (self->protected, FileId, i);

    if (id->device == info.st_dev && id->inode == info.st_ino)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_target (const ToolOutputs *self, const gchar *path, GError **error)
{
  GStatBuf info;

  for (guint i = 0; i < self->outputs->len; i++) {
    const Output *other = g_ptr_array_index (self->outputs, i);

    if (strcmp (other->path, path) == 0)
      return tool_usage_error (error,
          "'%s' is asked for twice; give each output its own name.", path);
  }
  if (g_lstat (path, &info) != 0)
    return TRUE;
  if (S_ISDIR (info.st_mode))
    return io_error (error, "'%s' is a folder; give the name of a file.", path);
  if (!S_ISREG (info.st_mode) && !S_ISLNK (info.st_mode))
    return io_error (error,
        "'%s' is not an ordinary file and is not replaced; give another "
        "name.",
        path);
  if (is_protected (self, path))
    return io_error (error,
        "'%s' is one of the files that are read; give another name.", path);
  if (!self->force)
    return io_error (error,
        "'%s' is already there; give another name, or --force to replace it.",
        path);
  return TRUE;
}

static gchar *
temporary_template (const gchar *path)
{
  g_autofree gchar *folder = g_path_get_dirname (path);

  return g_build_filename (folder, TEMPORARY_NAME, NULL);
}

/* Creates an empty temporary file beside @path; NULL with an error. */
static gchar *
create_temporary (const gchar *path, GError **error)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  g_autofree gchar *name = temporary_template (path);
  gint fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0666);
  gint code = errno;

  if (fd >= 0) {
    close (fd);
    remember (name);
    return g_steal_pointer (&name);
  }
  if (code == ENOENT && !g_file_test (folder, G_FILE_TEST_EXISTS))
    io_error (error, "The folder '%s' for '%s' does not exist; make it first.",
        folder, path);
  else if (code == ENOTDIR)
    io_error (error, "'%s' is not a folder, so '%s' cannot be written.", folder,
        path);
  else if (code == ENOSPC || code == EDQUOT)
    io_error (error,
        "The disk is full: '%s' cannot be written; make room or choose "
        "another folder.",
        path);
  else
    io_error (error,
        "'%s' cannot be written: %s; choose another folder with -o.", path,
        g_strerror (code));
  return NULL;
}

/* That the folder takes files is found by writing one, once: permission bits
 * say little to root, on network and on read-only file systems. */
static gboolean
check_folder (ToolOutputs *self, const gchar *path, GError **error)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  g_autofree gchar *name = g_path_get_basename (path);

  if (g_strcmp0 (self->probed, folder) != 0) {
    g_autofree gchar *probe = create_temporary (path, error);

    if (probe == NULL)
      return FALSE;
    g_unlink (probe);
    forget (probe);
    g_free (self->probed);
    self->probed = g_steal_pointer (&folder);
  }
  if (strlen (name) > 255)
    return io_error (error, "'%s' is too long for the name of a file.", name);
  return TRUE;
}

gint
tool_outputs_add (ToolOutputs *self, const gchar *path, GError **error)
{
  Output *output;

  if (*path == '\0') {
    tool_usage_error (error, "An output has an empty name.");
    return -1;
  }
  if (!check_target (self, path, error) || !check_folder (self, path, error))
    return -1;
  output = g_new0 (Output, 1);
  output->path = g_strdup (path);
  g_ptr_array_add (self->outputs, output);
  return self->outputs->len - 1;
}

const gchar *
tool_outputs_path (const ToolOutputs *self, gint index)
{
  const Output *output = g_ptr_array_index (self->outputs, index);

  return output->path;
}

const gchar *
tool_outputs_temporary (ToolOutputs *self, gint index, GError **error)
{
  Output *output = g_ptr_array_index (self->outputs, index);

  if (output->temporary == NULL)
    output->temporary = create_temporary (output->path, error);
  return output->temporary;
}

gchar *
tool_outputs_scratch (ToolOutputs *self, gint index, GError **error)
{
  gchar *name = create_temporary (tool_outputs_path (self, index), error);

  if (name != NULL)
    g_ptr_array_add (self->scratch, g_strdup (name));
  return name;
}

static gboolean
write_error (const gchar *path, gint code, GError **error)
{
  if (code == ENOSPC || code == EDQUOT)
    return io_error (error,
        "The disk is full: '%s' cannot be written; make room or choose "
        "another folder.",
        path);
  if (code == ENOENT)
    return io_error (error,
        "'%s' cannot be written: its folder, or the temporary file in it, was "
        "removed meanwhile.",
        path);
  return io_error (error, "'%s' cannot be written: %s.", path,
      g_strerror (code));
}

static gboolean
write_all (gint fd, const gchar *data, gsize length)
{
  while (length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    data += n;
    length -= n;
  }
  return TRUE;
}

gboolean
tool_outputs_write (ToolOutputs *self, gint index, const gchar *data,
    gssize length, GError **error)
{
  const gchar *temporary = tool_outputs_temporary (self, index, error);
  gint fd;
  gint code = 0;

  if (temporary == NULL)
    return FALSE;
  fd = g_open (temporary, O_WRONLY | O_TRUNC | O_CLOEXEC, 0);
  if (fd < 0)
    return write_error (tool_outputs_path (self, index), errno, error);
  if (!write_all (fd, data, length < 0 ? strlen (data) : (gsize) length))
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code != 0)
    return write_error (tool_outputs_path (self, index), code, error);
  return TRUE;
}

/* Some file systems cannot do it and say EINVAL; that is no failure. */
static gboolean
sync_path (const gchar *path, gint flags)
{
  gint fd = g_open (path, O_RDONLY | O_CLOEXEC | flags, 0);
  gboolean ok;

  if (fd < 0)
    return FALSE;
  ok = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP;
  if (!ok) {
    gint code = errno;

    close (fd);
    errno = code;
    return FALSE;
  }
  close (fd);
  return TRUE;
}

static gboolean
rename_output (const ToolOutputs *self, Output *output, GError **error)
{
  g_autofree gchar *folder = g_path_get_dirname (output->path);
  GStatBuf info;

  output->replaced = g_lstat (output->path, &info) == 0;
  if (output->replaced && !self->force)
    return io_error (error,
        "'%s' has appeared meanwhile and is not replaced; give another name, "
        "or --force.",
        output->path);
  if (g_rename (output->temporary, output->path) != 0)
    return write_error (output->path, errno, error);
  output->renamed = TRUE;
  forget (output->temporary);
  if (self->durable)
    sync_path (folder, O_DIRECTORY);
  return TRUE;
}

/* Takes back what has been renamed, where nothing stood there before. */
static void
roll_back (ToolOutputs *self)
{
  for (guint i = 0; i < self->outputs->len; i++) {
    Output *output = g_ptr_array_index (self->outputs, i);

    if (output->renamed && !output->replaced)
      g_unlink (output->path);
  }
}

gboolean
tool_outputs_commit (ToolOutputs *self, GError **error)
{
  for (guint i = 0; i < self->outputs->len; i++) {
    Output *output = g_ptr_array_index (self->outputs, i);

    if (self->durable && output->temporary != NULL
        && !sync_path (output->temporary, 0))
      return write_error (output->path, errno, error);
  }
  for (guint i = 0; i < self->outputs->len; i++) {
    Output *output = g_ptr_array_index (self->outputs, i);

    if (output->temporary == NULL)
      continue;
    if (!rename_output (self, output, error)) {
      roll_back (self);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
tool_outputs_disk_is_full (const gchar *path)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  struct statvfs info;

  return statvfs (folder, &info) == 0
      && (guint64) info.f_bavail * info.f_frsize < FULL_BYTES;
}
