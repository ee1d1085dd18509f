/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "settings.h"

#include <string.h>

#include "http.h"

#include <gst/montage/error.h>

#define DIRECTOR_GROUP "director"
#define DEFAULT_DEADLINE 90000
#define DEFAULT_FIRST_PAUSE 1000
#define DEFAULT_REST 60000
#define MAX_DEADLINE_SECONDS 3600
#define MAX_RETRIES 5

/* Usual answers take 0.5-2 s (Google), 1-3 s (a server with a card) and 5-15 s
 * (Ollama, once it has loaded its model); cgpu gives up after 120 s. */
static const struct
{
  const gchar *group;
  const gchar *address;
  const gchar *model; /* NULL: what the server has */
  guint deadline;
} defaults[] = {
    [MONTAGE_BACKEND_GOOGLE] = {"google",
        "https://generativelanguage.googleapis.com", "gemini-3.5-flash-lite",
        20000},
    [MONTAGE_BACKEND_OPENAI] = {"openai", "https://api.openai.com", NULL,
        60000},
    [MONTAGE_BACKEND_OLLAMA] = {"ollama", "http://127.0.0.1:11434", NULL,
        180000},
};

/* --- life --------------------------------------------------------------- */

/* "http://host/v1/" is "http://host". */
static gchar *
trim_base (const gchar *address)
{
  gchar *base = g_strdup (address);

  g_strstrip (base);
  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  if (g_str_has_suffix (base, "/v1"))
    base[strlen (base) - 3] = '\0';
  return base;
}

MontageBackendSettings *
montage_backend_settings_new (MontageBackendKind kind, const gchar *base)
{
  MontageBackendSettings *self = g_new0 (MontageBackendSettings, 1);

  self->kind = kind;
  self->base = trim_base (base ? base : defaults[kind].address);
  self->model = g_strdup (defaults[kind].model);
  self->deadline = defaults[kind].deadline;
  self->max_retries = 2;
  return self;
}

void
montage_backend_settings_free (MontageBackendSettings *self)
{
  if (!self)
    return;
  g_free (self->base);
  g_free (self->model);
  montage_key_free (self->key);
  g_free (self->thinking_level);
  g_free (self);
}

MontageDirectorSettings *
montage_director_settings_new (void)
{
  MontageDirectorSettings *self = g_new0 (MontageDirectorSettings, 1);

  self->backends = g_ptr_array_new_with_free_func (
      (GDestroyNotify) montage_backend_settings_free);
  self->deadline = DEFAULT_DEADLINE;
  self->first_pause = DEFAULT_FIRST_PAUSE;
  self->rest = DEFAULT_REST;
  return self;
}

void
montage_director_settings_free (MontageDirectorSettings *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->backends);
  g_free (self);
}

/* --- the file ----------------------------------------------------------- */

typedef struct
{
  GKeyFile *file;
  const gchar *path;
} Reader;

static gboolean
refuse (const Reader *self, const gchar *group, const gchar *key,
    const gchar *right, GError **error)
{
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
      "%s: %s of [%s] is wrong: %s is expected.", self->path, key, group,
      right);
  return FALSE;
}

/* Refuses what is misspelt, so that no setting is lost in silence. */
static gboolean
check_keys (const Reader *self, const gchar *group, const gchar *const *known,
    GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, group, NULL, NULL);

  for (guint i = 0; keys && keys[i]; i++) {
    g_autofree gchar *right = NULL;

    if (g_strv_contains (known, keys[i]))
      continue;
    right = g_strjoinv (", ", (GStrv) known);
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s: [%s] has no setting \"%s\": one of %s is expected.", self->path,
        group, keys[i], right);
    return FALSE;
  }
  return TRUE;
}

/* Leaves @value where the setting is not there. */
static gboolean
read_whole (const Reader *self, const gchar *group, const gchar *key, gint most,
    guint factor, guint *value, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint read;

  if (!g_key_file_has_key (self->file, group, key, NULL))
    return TRUE;
  read = g_key_file_get_integer (self->file, group, key, &problem);
  if (problem || read < (factor > 1 ? 1 : 0) || read > most) {
    g_autofree gchar *right = g_strdup_printf ("a whole number up to %d", most);

    return refuse (self, group, key, right, error);
  }
  *value = (guint) read * factor;
  return TRUE;
}

static gboolean
read_boolean (const Reader *self, const gchar *group, const gchar *key,
    gboolean *value, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean read;

  if (!g_key_file_has_key (self->file, group, key, NULL))
    return TRUE;
  read = g_key_file_get_boolean (self->file, group, key, &problem);
  if (problem)
    return refuse (self, group, key, "true or false", error);
  *value = read;
  return TRUE;
}

static gboolean
check_address (const Reader *self, const MontageBackendSettings *backend,
    GError **error)
{
  if (montage_http_check_uri (backend->base, backend->plain_allowed, error))
    return TRUE;
  g_prefix_error (error, "%s: [%s]: ", self->path,
      defaults[backend->kind].group);
  return FALSE;
}

static gboolean
read_key_file (const Reader *self, MontageBackendSettings *backend,
    const gchar *group, GError **error)
{
  g_autofree gchar *name = g_key_file_get_string (self->file, group, "key-file",
      NULL);
  g_autofree gchar *folder = NULL;
  g_autofree gchar *path = NULL;

  if (!name)
    return TRUE;
  folder = g_path_get_dirname (self->path);
  path = g_path_is_absolute (name) ? g_strdup (name)
                                   : g_build_filename (folder, name, NULL);
  backend->key = montage_key_new_from_file (path, backend->base, error);
  return backend->key != NULL;
}

static MontageBackendSettings *
read_backend (const Reader *self, MontageBackendKind kind, GError **error)
{
  static const gchar *const known[] = {"address", "model", "key-file",
      "deadline-seconds", "retries", "plain-http", "thinking-level", NULL};
  const gchar *group = defaults[kind].group;
  g_autofree gchar *address = g_key_file_get_string (self->file, group,
      "address", NULL);
  g_autofree gchar *model = g_key_file_get_string (self->file, group, "model",
      NULL);
  g_autoptr (MontageBackendSettings)
      backend = montage_backend_settings_new (kind, address);

  if (model) {
    g_free (backend->model);
    backend->model = g_steal_pointer (&model);
    backend->model_is_set = TRUE;
  }
  backend->thinking_level = g_key_file_get_string (self->file, group,
      "thinking-level", NULL);
  if (!check_keys (self, group, known, error)
      || !read_whole (self, group, "deadline-seconds", MAX_DEADLINE_SECONDS,
          1000, &backend->deadline, error)
      || !read_whole (self, group, "retries", MAX_RETRIES, 1,
          &backend->max_retries, error)
      || !read_boolean (self, group, "plain-http", &backend->plain_allowed,
          error)
      || !check_address (self, backend, error)
      || !read_key_file (self, backend, group, error))
    return NULL;
  return g_steal_pointer (&backend);
}

static gboolean
read_director (const Reader *self, MontageDirectorSettings *settings,
    GError **error)
{
  static const gchar *const known[] = {"order", "deadline-seconds", "scenes",
      "allow-stabilization", "allow-upscale", NULL};

  return check_keys (self, DIRECTOR_GROUP, known, error)
      && read_whole (self, DIRECTOR_GROUP, "deadline-seconds",
          MAX_DEADLINE_SECONDS, 1000, &settings->deadline, error)
      && read_boolean (self, DIRECTOR_GROUP, "scenes",
          &settings->look_at_scenes, error)
      && read_boolean (self, DIRECTOR_GROUP, "allow-stabilization",
          &settings->allow_stabilization, error)
      && read_boolean (self, DIRECTOR_GROUP, "allow-upscale",
          &settings->allow_upscale, error);
}

/* --- the environment ---------------------------------------------------- */

/* "host", ":port", "host:port" or an address; 0.0.0.0 is where a server
 * listens, not where it is. What cannot be read is left as it is: whoever asks
 * there is told. */
static gchar *
ollama_address (const gchar *host)
{
  gboolean bare = strchr (host, ':') && g_hostname_is_ip_address (host);
  g_autofree gchar *uri = strstr (host, "://")
      ? g_strdup (host)
      : g_strdup_printf (bare ? "http://[%s]" : "http://%s", host);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  const gchar *name = parsed ? g_uri_get_host (parsed) : NULL;
  gint port;

  if (!name)
    return g_steal_pointer (&uri);
  port = g_uri_get_port (parsed);
  if (port < 0 && !strstr (host, "://"))
    port = 11434;
  if (!*name || g_str_equal (name, "0.0.0.0") || g_str_equal (name, "::"))
    name = "127.0.0.1";
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (parsed), NULL, name,
      port, g_uri_get_path (parsed), NULL, NULL);
}

static const gchar *
environment (const gchar *variable)
{
  const gchar *value = g_getenv (variable);

  return value && *value ? value : NULL;
}

static gchar *
openai_address (void)
{
  const gchar *address = environment ("OPENAI_BASE_URL");
  const gchar *host = environment ("CGPU_HOST");
  const gchar *port = environment ("CGPU_PORT");

  if (address)
    return g_strdup (address);
  if (!host && !port)
    return NULL;
  return g_strdup_printf ("http://%s:%s", host ? host : "127.0.0.1",
      port ? port : "8080");
}

/* %NULL where the environment says nothing. */
static MontageBackendSettings *
find_backend (MontageBackendKind kind)
{
  g_autofree gchar *address = NULL;
  MontageBackendSettings *backend;
  MontageKey *key = NULL;

  if (kind == MONTAGE_BACKEND_OPENAI)
    address = openai_address ();
  else if (kind == MONTAGE_BACKEND_OLLAMA && environment ("OLLAMA_HOST"))
    address = ollama_address (environment ("OLLAMA_HOST"));
  backend = montage_backend_settings_new (kind, address);
  if (kind == MONTAGE_BACKEND_GOOGLE) {
    key = montage_key_new_from_environment ("GEMINI_API_KEY", backend->base);
    if (!key)
      key = montage_key_new_from_environment ("GOOGLE_API_KEY", backend->base);
  } else if (kind == MONTAGE_BACKEND_OPENAI
      && (!address || environment ("OPENAI_BASE_URL"))) {
    key = montage_key_new_from_environment ("OPENAI_API_KEY", backend->base);
  }
  backend->key = key;
  if (address || key)
    return backend;
  montage_backend_settings_free (backend);
  return NULL;
}

static void
take_model (MontageBackendSettings *backend)
{
  static const gchar *const variables[] = {
      [MONTAGE_BACKEND_GOOGLE] = "GEMINI_MODEL",
      [MONTAGE_BACKEND_OPENAI] = "OPENAI_MODEL",
      [MONTAGE_BACKEND_OLLAMA] = "OLLAMA_MODEL",
  };
  const gchar *model = environment (variables[backend->kind]);

  if (!model)
    return;
  g_free (backend->model);
  backend->model = g_strdup (model);
  backend->model_is_set = TRUE;
}

/* --- all together ------------------------------------------------------- */

static gboolean
add_backend (const Reader *reader, MontageDirectorSettings *settings,
    MontageBackendKind kind, GError **error)
{
  MontageBackendSettings *backend;

  if (g_key_file_has_group (reader->file, defaults[kind].group)) {
    backend = read_backend (reader, kind, error);
    if (!backend)
      return FALSE;
  } else {
    backend = find_backend (kind);
    if (!backend)
      return TRUE;
    take_model (backend);
  }
  g_ptr_array_add (settings->backends, backend);
  return TRUE;
}

static gboolean
add_backends (const Reader *reader, MontageDirectorSettings *settings,
    GError **error)
{
  static const gchar *const usual[] = {"google", "openai", "ollama", NULL};
  g_auto (GStrv) order = g_key_file_get_string_list (reader->file,
      DIRECTOR_GROUP, "order", NULL, NULL);
  const gchar *const *names = order ? (const gchar *const *) order : usual;

  for (guint i = 0; names[i]; i++) {
    g_autofree gchar *name = g_strstrip (g_strdup (names[i]));
    guint kind = 0;

    while (kind < G_N_ELEMENTS (defaults)
        && strcmp (defaults[kind].group, name) != 0)
      kind++;
    if (kind == G_N_ELEMENTS (defaults))
      return refuse (reader, DIRECTOR_GROUP, "order",
          "a list of google, openai and ollama, separated by semicolons,",
          error);
    if (!add_backend (reader, settings, kind, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_groups (const Reader *self, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (guint i = 0; groups[i]; i++) {
    gboolean known = strcmp (groups[i], DIRECTOR_GROUP) == 0;

    for (guint k = 0; k < G_N_ELEMENTS (defaults); k++)
      known |= strcmp (groups[i], defaults[k].group) == 0;
    if (known)
      continue;
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "%s: there is no group [%s]: one of director, google, openai, ollama "
        "is expected.",
        self->path, groups[i]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
load_file (GKeyFile *file, const gchar *path, gboolean needed, GError **error)
{
  g_autoptr (GError) problem = NULL;

  /* opening a pipe would wait for a writer */
  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
        "The settings '%s' are no regular file.", path);
    return FALSE;
  }
  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem)
      || (!needed
          && g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)))
    return TRUE;
  g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_IO,
      "The settings '%s' cannot be read: %s.", path, problem->message);
  return FALSE;
}

gchar *
montage_director_settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "gst-montage",
      "director.conf", NULL);
}

MontageDirectorSettings *
montage_director_settings_load (const gchar *path, GError **error)
{
  g_autoptr (MontageDirectorSettings) self = montage_director_settings_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree gchar *usual = montage_director_settings_path ();
  const Reader reader = {file, path ? path : usual};

  if (!load_file (file, reader.path, path != NULL, error)
      || !check_groups (&reader, error) || !read_director (&reader, self, error)
      || !add_backends (&reader, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
