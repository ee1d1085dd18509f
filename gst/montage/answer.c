/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/answer.h>
#include <gst/montage/decisions-private.h>
#include <gst/montage/documents.h>
#include <gst/montage/error.h>
#include <gst/montage/field-private.h>
#include <gst/montage/json.h>

/* A model has read the sentence, but it may have read anything into it. */
#define MODEL_SURE 0.6
/* A crossfade and the one after it share a shot. */
#define MAX_FADE_SHARE 0.5

/* --- what is asked for -------------------------------------------------- */

static GStrv
list_styles (const GstMontageStyles *styles)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < gst_montage_styles_size (styles); i++)
    g_strv_builder_add (names, gst_montage_styles_get (styles, i)->name);
  return g_strv_builder_end (names);
}

static const gchar *const *
choices_of (const gchar *path, gpointer data)
{
  return strcmp (path, "style.name") == 0 ? data : NULL;
}

gchar *
gst_montage_answer_schema (const GstMontageStyles *styles,
    GstMontageSchemaLevel level)
{
  g_auto (GStrv) names = list_styles (styles);

  return gst_montage_fields_to_schema (&gst_montage_directions_table, level,
      choices_of, names);
}

static void
describe_row (GString *out, const gchar *path, const gchar *right,
    const GstMontageField *field)
{
  g_string_append_printf (out, "%s: %s%s. %s\n", path, right,
      field->flags & GST_MONTAGE_FIELD_NULLABLE ? ", or null" : "",
      field->description);
}

gchar *
gst_montage_answer_describe (const GstMontageStyles *styles)
{
  const GstMontageFieldTable *table = &gst_montage_directions_table;
  g_auto (GStrv) names = list_styles (styles);
  g_autofree gchar *words = g_strjoinv (", ", names);
  g_autofree gchar *one_of = g_strconcat ("one of ", words, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < table->n_fields; i++) {
    const GstMontageField *group = &table->fields[i];

    for (guint k = 0; k < group->table->n_fields; k++) {
      const GstMontageField *field = &group->table->fields[k];
      g_autofree gchar *path = gst_montage_field_path (group->name,
          field->name);
      g_autofree gchar *right = gst_montage_field_describe (field);

      if (field->flags & GST_MONTAGE_FIELD_SPARSE)
        continue;
      describe_row (out, path, choices_of (path, names) ? one_of : right,
          field);
    }
  }
  return g_string_free (out, FALSE);
}

gchar *
gst_montage_answer_example (const GstMontageInstructions *self)
{
  return gst_montage_fields_to_json (&gst_montage_directions_table, self);
}

/* --- what is taken ------------------------------------------------------ */

typedef struct
{
  const GstMontageInstructions *before;
  GstMontageInstructions *out;
  GstMontageOrigin source;
  GPtrArray *notes;
  GArray *decisions; /* of GstMontageDecision */
} Taking;

/* What the words have settled stays. */
static void
keep_settled (const GstMontageField *field, const gchar *path, gpointer data)
{
  Taking *self = data;
  gconstpointer old = G_STRUCT_MEMBER_P (self->before, field->offset);
  gpointer now = G_STRUCT_MEMBER_P (self->out, field->offset);
  g_autofree gchar *old_text = gst_montage_field_to_text (field, old);
  g_autofree gchar *text = gst_montage_field_to_text (field, now);

  if (strcmp (old_text, text) == 0
      || !gst_montage_decision_is_settled (self->before, path))
    return;
  g_ptr_array_add (self->notes,
      g_strdup_printf ("%s stays %s, as it was said; the model answered %s.",
          path, old_text, text));
  gst_montage_field_assign (field, old, now);
}

static void
note_decision (const GstMontageField *field, const gchar *path, gpointer data)
{
  Taking *self = data;
  const GstMontageDecision *earlier = gst_montage_decision_find (self->before,
      path);
  g_autofree gchar *old_text = gst_montage_field_to_text (field,
      G_STRUCT_MEMBER_P (self->before, field->offset));
  g_autofree gchar *text = gst_montage_field_to_text (field,
      G_STRUCT_MEMBER_P (self->out, field->offset));

  if (strcmp (old_text, text) != 0)
    gst_montage_decisions_add (self->decisions, path, text, NULL, MODEL_SURE,
        self->source);
  else if (earlier)
    gst_montage_decisions_add (self->decisions, path, text, earlier->words,
        earlier->sure, earlier->source);
}

/* --- what the fields must agree on -------------------------------------- */

/* Only the user decides on hours of computing. */
static void
check_costs (Taking *self, const GstMontageAnswerOptions *options)
{
  const gboolean *asked[] = {&self->before->effects.stabilization,
      &self->before->effects.upscale};
  gboolean *effects[] = {&self->out->effects.stabilization,
      &self->out->effects.upscale};
  const gboolean allowed[] = {options && options->allow_stabilization,
      options && options->allow_upscale};
  const gchar *const names[] = {"stabilization", "upscale"};

  for (guint i = 0; i < G_N_ELEMENTS (effects); i++) {
    if (!*effects[i] || *asked[i] || allowed[i])
      continue;
    *effects[i] = FALSE;
    g_ptr_array_add (self->notes,
        g_strdup_printf ("effects.%s takes long and stays off: it was not "
                         "asked for.",
            names[i]));
  }
}

/* A note for the user. */
static void
tell (Taking *self, const gchar *text)
{
  g_ptr_array_add (self->notes, g_strdup (text));
}

static void
check_shots (Taking *self)
{
  gdouble *shortest = &self->out->constraints.min_clip_duration_sec;
  gdouble *longest = &self->out->constraints.max_clip_duration_sec;

  if (*shortest <= *longest)
    return;
  if (gst_montage_decision_is_settled (self->before,
          "constraints.max_clip_duration_sec")) {
    *shortest = *longest;
    tell (self,
        "constraints.min_clip_duration_sec was lowered to the longest "
        "shot.");
  } else {
    *longest = *shortest;
    tell (self,
        "constraints.max_clip_duration_sec was raised to the shortest "
        "shot.");
  }
}

static void
check_limits (Taking *self)
{
  GstMontageInstructions *out = self->out;
  gdouble *length = &out->constraints.target_duration_sec;
  gdouble *fade = &out->transitions.crossfade_duration_sec;
  gdouble shortest, longest_fade;

  check_shots (self);
  shortest = out->constraints.min_clip_duration_sec;
  longest_fade = MAX_FADE_SHARE * out->constraints.max_clip_duration_sec;
  if (*fade > longest_fade) {
    *fade = longest_fade;
    tell (self,
        "transitions.crossfade_duration_sec was lowered to half of the "
        "longest shot.");
  }
  if (*length > 0 && *length < shortest) {
    *length = shortest;
    tell (self,
        "constraints.target_duration_sec was raised to the shortest "
        "shot.");
  }
}

/* Without these two groups it is no answer. */
static void
check_groups (JsonObject *object, GPtrArray *faults)
{
  static const gchar *const needed[] = {"style", "pacing"};

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!json_object_has_member (object, needed[i]))
      g_ptr_array_add (faults, g_strdup_printf ("%s: is missing", needed[i]));
}

/* --- the answer --------------------------------------------------------- */

static void
set_origin (Taking *self, const gchar *model)
{
  GstMontageInstructions *out = self->out;
  GArray *turns = out->origin.turns;

  out->origin.source = self->source;
  g_free (out->origin.model);
  out->origin.model = g_strdup (model);
  /* the model has read them */
  g_clear_pointer (&out->origin.left_over, g_strfreev);
  if (turns->len > 0) {
    GstMontageTurn *turn = &g_array_index (turns, GstMontageTurn,
        turns->len - 1);

    turn->source = self->source;
    g_free (turn->model);
    turn->model = g_strdup (model);
  }
  gst_montage_instructions_take_decisions (out, self->decisions);
  gst_montage_instructions_add_notes (out, self->notes);
}

static JsonNode *
parse (const gchar *text, gssize length, GPtrArray *notes, GError **error)
{
  gsize start, size;

  if (!gst_montage_answer_find (text, length, &start, &size, notes, error))
    return NULL;
  return gst_montage_json_parse (text + start, (gssize) size, "The answer",
      error);
}

GstMontageInstructions *
gst_montage_answer_read (const gchar *text, gssize length,
    const GstMontageInstructions *before, const GstMontageStyles *styles,
    const GstMontageAnswerOptions *options, GstMontageOrigin source,
    const gchar *model, GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = parse (text, length, notes, error);
  g_autoptr (GstMontageInstructions) out = NULL;
  g_auto (GStrv) names = list_styles (styles);
  Taking taking;

  if (!root)
    return NULL;
  out = gst_montage_instructions_copy (before);
  check_groups (json_node_get_object (root), faults);
  gst_montage_fields_coerce (&gst_montage_directions_table, out,
      json_node_get_object (root), "", choices_of, names, notes, faults);
  if (faults->len > 0) {
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_FIELD,
        "The answer cannot be used: %s.",
        (const gchar *) g_ptr_array_index (faults, 0));
    return NULL;
  }
  taking = (Taking){before, out, source, notes,
      g_array_new (FALSE, TRUE, sizeof (GstMontageDecision))};
  check_costs (&taking, options);
  gst_montage_directions_foreach (keep_settled, &taking);
  check_limits (&taking);
  gst_montage_directions_foreach (note_decision, &taking);
  gst_montage_decisions_add_scenes (taking.decisions, before);
  set_origin (&taking, model);
  if (!gst_montage_instructions_validate (out, error))
    return NULL;
  return g_steal_pointer (&out);
}
