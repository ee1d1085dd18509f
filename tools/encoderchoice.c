/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "encoderchoice.h"

#include <gst/montage/error.h>
#include <string.h>

#define TRIAL_TIMEOUT (5 * GST_SECOND)
#define TRIAL_BUFFERS 3
#define SOUND_RATE 48000

/* kb/s, which is the unit of "bitrate" of GStreamer's hardware encoders; those
 * of openh264enc in encoders.c. */
static const guint bitrates[TOOL_N_QUALITIES] = {2000, 12000, 24000, 60000};

static gboolean
is_video (const ToolCodec *codec)
{
  return g_str_has_prefix (codec->caps, "video/");
}

static gboolean
factory_is_hardware (GstElementFactory *factory)
{
  const gchar *klass = gst_element_factory_get_metadata (factory,
      GST_ELEMENT_METADATA_KLASS);

  return klass != NULL && strstr (klass, "Hardware") != NULL;
}

gboolean
tool_encoder_is_hardware (const gchar *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL && factory_is_hardware (factory);
}

static gboolean
gives (GstElementFactory *factory, const GstCaps *coded, const ToolCodec *codec)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (codec->caps);

  return gst_element_factory_can_src_any_caps (factory,
      coded != NULL ? coded : caps);
}

static const ToolEncoder *
known_encoder (const ToolCodec *codec, const gchar *element)
{
  for (guint i = 0; codec->encoders[i] != NULL; i++)
    if (g_str_equal (codec->encoders[i]->element, element))
      return codec->encoders[i];
  return NULL;
}

/* ---- the candidates, best first ---- */

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  gint order = (gint) gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (b))
      - (gint) gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (a));

  return order != 0 ? order
                    : g_strcmp0 (GST_OBJECT_NAME (a), GST_OBJECT_NAME (b));
}

/* Neither of the kinds. */
static gboolean
is_name (const gchar *element)
{
  static const gchar *const kinds[] = {"auto", "software", "hardware", NULL};

  return element != NULL && !g_strv_contains (kinds, element);
}

static gboolean
is_of_kind (const ToolEncoderWish *wish, GstElementFactory *factory)
{
  if (g_strcmp0 (wish->element, "software") == 0)
    return !factory_is_hardware (factory);
  if (g_strcmp0 (wish->element, "hardware") == 0)
    return factory_is_hardware (factory);
  return TRUE;
}

/* Encoders of ranks from @lowest to below @limit that encoders.c has not. */
static void
add_others (GPtrArray *names, const ToolEncoderWish *wish, guint lowest,
    guint limit)
{
  GList *all = gst_element_factory_list_get_elements (is_video (wish->codec)
          ? GST_ELEMENT_FACTORY_TYPE_VIDEO_ENCODER
          : GST_ELEMENT_FACTORY_TYPE_AUDIO_ENCODER,
      GST_RANK_NONE);

  all = g_list_sort (all, compare_ranks);
  for (GList *item = all; item != NULL; item = item->next) {
    guint rank = gst_plugin_feature_get_rank (item->data);

    if (rank >= lowest && rank < limit && gives (item->data, NULL, wish->codec)
        && is_of_kind (wish, item->data)
        && known_encoder (wish->codec, GST_OBJECT_NAME (item->data)) == NULL)
      g_ptr_array_add (names, g_strdup (GST_OBJECT_NAME (item->data)));
  }
  gst_plugin_feature_list_free (all);
}

/* Where hardware is asked for, also encoders that have no rank: those of VA. */
static GPtrArray *
candidates (const ToolEncoderWish *wish)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const gchar *element = wish->element;

  if (is_name (element)) {
    g_ptr_array_add (names, g_strdup (element));
    return names;
  }
  if (g_strcmp0 (element, "hardware") == 0) {
    add_others (names, wish, GST_RANK_NONE, G_MAXUINT);
    return names;
  }
  add_others (names, wish, GST_RANK_PRIMARY + 1, G_MAXUINT);
  for (guint i = 0; wish->codec->encoders[i] != NULL; i++)
    g_ptr_array_add (names, g_strdup (wish->codec->encoders[i]->element));
  add_others (names, wish, GST_RANK_MARGINAL, GST_RANK_PRIMARY + 1);
  return names;
}

/* ---- one of them ---- */

/* @raw as far as the profile allows. Size and frame rate are the film's. */
static GstCaps *
restricted (const ToolEncoderWish *wish, const gchar *raw)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (raw);
  g_autoptr (GstCaps) limits = NULL;
  GstCaps *both;

  if (wish->restriction == NULL)
    return g_steal_pointer (&caps);
  limits = gst_caps_copy (wish->restriction);
  for (guint i = 0; i < gst_caps_get_size (limits); i++)
    gst_structure_remove_fields (gst_caps_get_structure (limits, i), "width",
        "height", "framerate", "pixel-aspect-ratio", NULL);
  if (!is_video (wish->codec))
    gst_structure_remove_field (gst_caps_get_structure (caps, 0), "rate");
  both = gst_caps_intersect (caps, limits);
  if (gst_caps_is_empty (both) && is_video (wish->codec))
    gst_caps_replace (&both, limits);
  return both;
}

static guint
fixate_rate (GstStructure *structure)
{
  gint rate = SOUND_RATE;

  if (gst_structure_has_field (structure, "rate")) {
    gst_structure_fixate_field_nearest_int (structure, "rate", SOUND_RATE);
    gst_structure_get_int (structure, "rate", &rate);
  } else {
    gst_structure_set (structure, "rate", G_TYPE_INT, rate, NULL);
  }
  return rate;
}

/* NULL where @factory takes nothing of the kind. */
static const gchar *
raw_caps (const ToolEncoderWish *wish, const gchar *raw,
    GstElementFactory *factory, guint *rate)
{
  g_autoptr (GstCaps) caps = restricted (wish, raw);
  g_autofree gchar *text = NULL;

  if (gst_caps_is_empty (caps)
      || !gst_element_factory_can_sink_any_caps (factory, caps))
    return NULL;
  caps = gst_caps_truncate (g_steal_pointer (&caps));
  if (!is_video (wish->codec)) {
    caps = gst_caps_make_writable (g_steal_pointer (&caps));
    *rate = fixate_rate (gst_caps_get_structure (caps, 0));
  }
  text = gst_caps_to_string (caps);
  return g_intern_string (text);
}

/* ---- presets ---- */

static gchar *
property_text (GstElement *element, GParamSpec *spec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, spec->value_type);
  g_object_get_property (G_OBJECT (element), spec->name, &value);
  return G_VALUE_HOLDS_STRING (&value) ? g_value_dup_string (&value)
                                       : gst_value_serialize (&value);
}

/* The properties in which @element differs from @before, as options. */
static gchar *
differences (GstElement *before, GstElement *element)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;
  g_autofree GParamSpec **specs =
      g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *old = NULL, *now = NULL;

    if ((specs[i]->flags & G_PARAM_READWRITE) != G_PARAM_READWRITE
        || specs[i]->owner_type == GST_TYPE_OBJECT)
      continue;
    old = property_text (before, specs[i]);
    now = property_text (element, specs[i]);
    if (now != NULL && g_strcmp0 (old, now) != 0 && strchr (now, ' ') == NULL)
      g_string_append_printf (out, " %s=%s", specs[i]->name, now);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What @preset changes where @options are set; NULL where it is none of
 * @element. As options it needs no step of its own and is part of what is
 * compared when parts of a film are put together. */
static gchar *
preset_options (const gchar *element, const gchar *options, const gchar *preset)
{
  g_autoptr (GstElement)
      before = tool_element_make (element, options, NULL, NULL);
  g_autoptr (GstElement)
      made = tool_element_make (element, options, NULL, NULL);

  if (before != NULL)
    gst_object_ref_sink (before);
  if (made != NULL)
    gst_object_ref_sink (made);
  if (before == NULL || made == NULL || !GST_IS_PRESET (made)
      || !gst_preset_load_preset (GST_PRESET (made), preset))
    return NULL;
  return differences (before, made);
}

/* The bit rate of the quality, where the encoder has one in kb/s. */
static gchar *
other_options (const gchar *element, ToolQuality quality)
{
  g_autoptr (GstElement) made = gst_element_factory_make (element, NULL);
  GParamSpec *spec = NULL;

  if (made != NULL) {
    gst_object_ref_sink (made);
    spec = g_object_class_find_property (G_OBJECT_GET_CLASS (made), "bitrate");
  }
  if (spec == NULL || !G_IS_PARAM_SPEC_UINT (spec)
      || G_PARAM_SPEC_UINT (spec)->maximum < bitrates[quality]
      || G_PARAM_SPEC_UINT (spec)->default_value > 100000)
    return g_strdup ("");
  return g_strdup_printf ("bitrate=%u", bitrates[quality]);
}

/* One that encoders.c has not; takes its parser from those that it has. */
static ToolEncoder *
other_encoder (const ToolEncoderWish *wish, const gchar *element)
{
  const ToolEncoder *first = wish->codec->encoders[0];
  ToolEncoder *self = g_new0 (ToolEncoder, 1);

  self->element = g_intern_string (element);
  self->raw = is_video (wish->codec) ? "video/x-raw" : first->raw;
  self->parser = first->parser;
  self->parser_package = first->parser_package;
  self->rate = first->rate;
  return self;
}

/* NULL where the encoder gives something until its end, else what it says. */
static gchar *
run_trial (GstElement *pipeline)
{
  g_autoptr (GstElement)
      sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GstSample) last = NULL;
  g_autoptr (GError) cause = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, TRIAL_TIMEOUT,
      GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_object_get (sink, "last-sample", &last, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (message == NULL)
    return g_strdup ("it does not come to an end");
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return last != NULL ? NULL : g_strdup ("it gives nothing");
  gst_message_parse_error (message, &cause, NULL);
  if (g_str_has_suffix (cause->message, "."))
    cause->message[strlen (cause->message) - 1] = '\0';
  return g_strdup (cause->message);
}

/* Encodes a few pictures or some sound: that an encoder is registered does not
 * say that its device is there. NULL, or why it does not work. */
static gchar *
try_encoder (const ToolEncoder *encoder, const gchar *options)
{
  g_autofree gchar *line = g_strdup_printf (
      "%s num-buffers=%d ! %s ! %s ! %s %s ! fakesink name=sink sync=false",
      encoder->rate > 0 ? "audiotestsrc" : "videotestsrc", TRIAL_BUFFERS,
      encoder->rate > 0 ? "audioconvert ! audioresample"
                        : "video/x-raw,width=640,height=360 ! videoconvert",
      encoder->raw, encoder->element, options);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch_full (line, NULL,
      GST_PARSE_FLAG_FATAL_ERRORS, &error);

  return pipeline != NULL ? run_trial (pipeline) : g_strdup (error->message);
}

static gchar *
all_options (const ToolEncoder *known, const ToolEncoderWish *wish,
    const gchar *element)
{
  const gchar *quality = known != NULL ? known->quality[wish->quality] : NULL;
  g_autofree gchar *own = known == NULL
      ? other_options (element, wish->quality)
      : g_strconcat (known->options, *known->options != '\0' ? " " : "",
          quality, NULL);
  g_autofree gchar *preset = NULL;

  if (wish->preset == NULL)
    return g_steal_pointer (&own);
  preset = preset_options (element, own, wish->preset);
  return preset != NULL ? g_strconcat (own, preset, NULL) : NULL;
}

/* Fills @self with @element; FALSE where it does not do, with @why where there
 * is something to say. */
static gboolean
choose (ToolEncoderChoice *self, const ToolEncoderWish *wish,
    const gchar *element, gchar **why)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);
  const ToolEncoder *known = known_encoder (wish->codec, element);

  if (factory == NULL || !is_of_kind (wish, factory)
      || !gives (factory, wish->coded, wish->codec))
    return FALSE;
  self->options = all_options (known, wish, element);
  self->encoder = known != NULL ? g_memdup2 (known, sizeof *known)
                                : other_encoder (wish, element);
  self->encoder->raw = raw_caps (wish, self->encoder->raw, factory,
      &self->encoder->rate);
  if (self->options != NULL && self->encoder->raw != NULL && known == NULL)
    *why = try_encoder (self->encoder, self->options);
  if (self->options != NULL && self->encoder->raw != NULL && *why == NULL)
    return TRUE;
  tool_encoder_choice_clear (self);
  return FALSE;
}

static void
note_choice (const ToolEncoderChoice *self, const ToolEncoderWish *wish,
    GPtrArray *notes)
{
  const gchar *element = self->encoder->element;

  if (tool_encoder_is_hardware (element))
    g_ptr_array_add (notes,
        g_strdup_printf ("The film is encoded by hardware, with '%s'.",
            element));
  if (!is_video (wish->codec) && known_encoder (wish->codec, element) == NULL)
    g_ptr_array_add (notes,
        g_strdup_printf ("How late the sound of '%s' comes is not known; it "
                         "may be some hundredths of a second behind the "
                         "picture.",
            element));
}

static void
list_encoders (const ToolEncoderWish *wish, GString *out)
{
  const ToolEncoderWish any = {.codec = wish->codec};
  g_autoptr (GPtrArray) names = candidates (&any);

  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GstElementFactory)
        factory = gst_element_factory_find (g_ptr_array_index (names, i));

    if (factory != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
          GST_OBJECT_NAME (factory));
  }
}

static void
set_error (const ToolEncoderWish *wish, const GPtrArray *failures,
    GError **error)
{
  const ToolEncoder *first = wish->codec->encoders[0];
  g_autoptr (GString) have = g_string_new (NULL);

  /* Where the best one is not installed, that is the remedy, whatever else is
   * there and does not work. */
  if (!is_name (wish->element)
      && !tool_element_check (first->element, first->package, error))
    return;
  list_encoders (wish, have);
  if (have->len == 0) {
    tool_element_check (first->element, first->package, error);
    return;
  }
  for (guint i = 0; i < failures->len; i++)
    g_string_append_printf (have, ". %s",
        (const gchar *) g_ptr_array_index (failures, i));
  if (is_name (wish->element))
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "'%s' gives no %s on this machine; there are: %s.", wish->element,
        wish->codec->name, have->str);
  else
    g_set_error (error, GST_MONTAGE_ERROR, GST_MONTAGE_ERROR_MISSING,
        "No %s%sencoder of this machine gives %s as it is asked for; there "
        "are: %s.",
        wish->element != NULL ? wish->element : "",
        wish->element != NULL ? " " : "", wish->codec->name, have->str);
}

gboolean
tool_encoder_choose (ToolEncoderChoice *self, const ToolEncoderWish *wish,
    GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) names = candidates (wish);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);

  *self = (ToolEncoderChoice){0};
  for (guint i = 0; i < names->len; i++) {
    const gchar *name = g_ptr_array_index (names, i);
    g_autofree gchar *why = NULL;

    if (choose (self, wish, name, &why)) {
      for (guint k = 0; k < failures->len; k++)
        g_ptr_array_add (notes,
            g_strconcat (g_ptr_array_index (failures, k), ".", NULL));
      note_choice (self, wish, notes);
      return TRUE;
    }
    if (why != NULL)
      g_ptr_array_add (failures,
          g_strdup_printf ("'%s' is left out, as it does not work here: %s",
              name, why));
  }
  set_error (wish, failures, error);
  return FALSE;
}

void
tool_encoder_choice_clear (ToolEncoderChoice *self)
{
  g_free (self->encoder);
  g_free (self->options);
  *self = (ToolEncoderChoice){0};
}
