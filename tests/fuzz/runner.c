/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: fuzz-TARGET FOLDER [ROUNDS]
 * Hands each file of FOLDER to the target, then ROUNDS changed copies of each,
 * the same ones in every run. With -fsanitize=fuzzer, build the targets without
 * this file: libFuzzer brings its own main(). */
#include "target.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_ROUNDS 300

/* xorshift32 (Marsaglia, 2003). */
static guint32
dice (guint32 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* What parsers stumble over. */
static void
insert_token (GByteArray *data, guint32 *state)
{
  static const gchar *const tokens[] = {"null", "-1", "1e999", "[", "]", "{",
      "}", "\"", "\\", "\\ud800", "18446744073709551616", "0.1", "true", ",",
      ":", "\xff", "[[[[[[[[[[[[[[[[", "-0", "1.7976931348623157e308", "\"\""};
  const gchar *token = tokens[dice (state) % G_N_ELEMENTS (tokens)];
  guint at = data->len ? dice (state) % data->len : 0;
  guint length = (guint) strlen (token);
  guint n_rest = data->len - at;
  g_autofree guint8 *rest = n_rest > 0 ? g_memdup2 (data->data + at, n_rest)
                                       : NULL;

  g_byte_array_set_size (data, at);
  g_byte_array_append (data, (const guint8 *) token, length);
  if (n_rest > 0)
    g_byte_array_append (data, rest, n_rest);
}

static void
change (GByteArray *data, guint32 *state)
{
  guint n_changes = 1 + dice (state) % 4;

  for (guint k = 0; k < n_changes; k++) {
    guint at = data->len ? dice (state) % data->len : 0;
    guint n_bytes = 1 + dice (state) % 16;

    switch (dice (state) % 5) {
      case 0:
        if (data->len > 0)
          data->data[at] ^= (guint8) (1u << dice (state) % 8);
        break;
      case 1:
        if (data->len > 0)
          g_byte_array_remove_range (data, at, MIN (n_bytes, data->len - at));
        break;
      case 2:
        if (dice (state) % 8 == 0)
          g_byte_array_set_size (data, at);
        break;
      case 3:
        if (data->len > 0)
          data->data[at] = (guint8) ('0' + dice (state) % 10);
        break;
      default:
        insert_token (data, state);
        break;
    }
  }
}

static gboolean
run_file (const gchar *path, guint n_rounds)
{
  g_autofree gchar *text = NULL;
  g_autoptr (GError) error = NULL;
  guint32 state = 2463534242u;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error)) {
    g_printerr ("%s\n", error->message);
    return FALSE;
  }
  LLVMFuzzerTestOneInput ((const guint8 *) text, length);
  for (guint round = 0; round < n_rounds; round++) {
    g_autoptr (GByteArray) data = g_byte_array_new ();
    g_autofree guint8 *exact = NULL;

    g_byte_array_append (data, (const guint8 *) text, (guint) length);
    change (data, &state);
    /* A block of just that length: a sanitizer sees a read past its end. */
    exact = g_malloc (MAX (data->len, 1));
    if (data->len > 0)
      memcpy (exact, data->data, data->len);
    LLVMFuzzerTestOneInput (exact, data->len);
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  guint n_rounds = argc > 2 ? (guint) atoi (argv[2]) : DEFAULT_ROUNDS;
  guint n_files = 0;
  const gchar *name;
  g_autoptr (GDir) folder = NULL;

  gst_init (NULL, NULL);

  if (argc < 2 || !(folder = g_dir_open (argv[1], 0, NULL))) {
    g_printerr ("usage: %s FOLDER [ROUNDS]\n", argv[0]);
    return 2;
  }
  while ((name = g_dir_read_name (folder))) {
    g_autofree gchar *path = g_build_filename (argv[1], name, NULL);

    if (!run_file (path, n_rounds))
      return 1;
    n_files++;
  }
  g_print ("%u files, %u changed copies of each\n", n_files, n_rounds);
  return n_files == 0;
}
