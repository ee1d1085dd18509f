/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-montagedirector
 * @title: montagedirector
 * @short_description: turns a style and a sentence into editing instructions
 *
 * Reads #GstMontageDirector:prompt, English or German, and
 * #GstMontageDirector:style, and sends the instructions that follow from them
 * three times, always the same: as the fields of its caps, as a sticky event and
 * as one buffer with a JSON document "gst-montage/instructions". Then it sends
 * EOS; with #GstMontageDirector:updates it stays alive instead, and each change
 * of prompt, style or instructions makes a new revision. A change that cannot be
 * read posts a warning and leaves the last revision as it is.
 *
 * What the words of the prompt leave open is put to the language models that
 * the user has set up (#GstMontageDirector:models-file), in the streaming
 * thread; none is set up by default, and #GstMontageDirector:offline asks none.
 * State changes and flushes call the question off; after a flush it is put
 * again.
 *
 * With #GstMontageDirector:conversation each new prompt changes what it names
 * and keeps the rest, and so does a new style. To say the same word again, set
 * the prompt to NULL, wait for the revision, and set it again.
 *
 * The sticky event and the element message that is posted with it hold a
 * structure "GstMontageInstructions" with the fields of the caps:
 *
 * * guint `revision`: 1, 2, …
 * * gchararray `style-name`, `style-mood`
 * * gchararray `pacing-speed`, `pacing-variation`; guint
 *   `pacing-intro-duration-beats`: beats; gdouble `pacing-climax-intensity`: 0..1
 * * gboolean `cinematography-prefer-wide-shots`, `-prefer-high-action`,
 *   `-match-cuts-enabled`, `-invisible-cuts-enabled`; gchararray
 *   `cinematography-shot-variation-priority`
 * * gchararray `transitions-type`; gdouble
 *   `transitions-crossfade-duration-sec`: seconds
 * * gboolean `energy-mapping-sync-to-beats`; gdouble
 *   `energy-mapping-energy-amplification`: 0.5..2
 * * gchararray `effects-color-grading`; gdouble `effects-color-intensity`: 0..1;
 *   gboolean `effects-stabilization`, `effects-upscale`,
 *   `effects-sharpness-boost`
 * * gdouble `constraints-target-duration-sec`: seconds, absent or 0 for the
 *   whole song; `constraints-min-clip-duration-sec`,
 *   `constraints-max-clip-duration-sec`: seconds
 * * gchararray `origin-source`: defaults, preset, keywords, …
 * * gchararray `document`: the whole document (event and message only)
 *
 * Read them with gst_montage_event_parse_instructions() and
 * gst_montage_message_parse_instructions().
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 -m montagedirector prompt="Edit like a thriller with slow builds" ! filesink location=instructions.json
 * ]|
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/director/director.h>

#include "gstmontagedirector.h"
#include "directorsettings.h"

GST_DEBUG_CATEGORY_STATIC (montagedirector_debug);
#define GST_CAT_DEFAULT montagedirector_debug

struct _GstMontageDirector
{
  GstPushSrc parent;

  DirectorSettings settings; /* under the object lock */

  /* under the object lock; the streaming thread waits on @changed_cond */
  GCond changed_cond;
  gboolean changed;
  gboolean flushing;
  GstCaps *caps; /* of the last revision */

  GCancellable *cancellable; /* of the question to a model */

  /* set in start(), then used by the streaming thread alone */
  GstMontageStyles *styles;
  MontageDirector *director;
  GstMontageInstructions *sent; /* what was sent last */
  DirectorRequest answered;     /* what it was asked by */
  guint revision;               /* of it; 0: nothing was */
};

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_MONTAGE_CAPS_INSTRUCTIONS));

#define gst_montage_director_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE (GstMontageDirector, gst_montage_director,
    GST_TYPE_PUSH_SRC, G_IMPLEMENT_INTERFACE (GST_TYPE_PRESET, NULL))
GST_ELEMENT_REGISTER_DEFINE (montagedirector, "montagedirector", GST_RANK_NONE,
    GST_TYPE_MONTAGE_DIRECTOR);

/* The settings of this moment. */
static void
take_request (GstMontageDirector *self, DirectorRequest *request)
{
  GST_OBJECT_LOCK (self);
  director_request_copy (&self->settings.request, request);
  self->changed = FALSE;
  GST_OBJECT_UNLOCK (self);
}

static void
set_caps_of (GstMontageDirector *self, GstCaps *caps)
{
  GstCaps *old;

  GST_OBJECT_LOCK (self);
  old = self->caps;
  self->caps = caps;
  GST_OBJECT_UNLOCK (self);
  gst_clear_caps (&old);
}

static void
reset (GstMontageDirector *self)
{
  g_clear_pointer (&self->sent, gst_montage_instructions_free);
  director_request_clear (&self->answered);
  g_clear_pointer (&self->director, montage_director_free);
  g_clear_pointer (&self->styles, gst_montage_styles_free);
  set_caps_of (self, NULL);
  self->revision = 0;
}

/* The models that may be asked; none where it is offline. */
static MontageDirector *
make_director (GstMontageDirector *self, GError **error)
{
  MontageDirectorSettings *settings;
  DirectorSettings own;
  g_autofree gchar *file = NULL;

  GST_OBJECT_LOCK (self);
  own = self->settings;
  file = g_strdup (own.models_file);
  GST_OBJECT_UNLOCK (self);
  settings = own.offline ? montage_director_settings_new ()
                         : montage_director_settings_load (file, error);
  if (!settings)
    return NULL;
  settings->seed = own.seed;
  settings->allow_stabilization |= own.allow_stabilization;
  settings->allow_upscale |= own.allow_upscale;
  return montage_director_new (settings);
}

/* What can be wrong with the settings is found here; models are only asked by
 * the streaming thread. */
static gboolean
check_request (GstMontageDirector *self, GError **error)
{
  g_auto (DirectorRequest) request = {0};
  g_autoptr (MontageDirector)
      offline = montage_director_new (montage_director_settings_new ());
  g_autoptr (GstMontageInstructions) read = NULL;

  take_request (self, &request);
  read = director_request_read (&request, NULL, NULL, self->styles, offline,
      NULL, error);
  return read != NULL;
}

static gboolean
gst_montage_director_start (GstBaseSrc *src)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (src);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *folder = NULL;

  reset (self);
  GST_OBJECT_LOCK (self);
  folder = g_strdup (self->settings.styles_folder);
  GST_OBJECT_UNLOCK (self);
  self->styles = gst_montage_styles_load (folder, &error);
  if (self->styles)
    self->director = make_director (self, &error);
  if (self->director && check_request (self, &error))
    return TRUE;
  GST_ELEMENT_ERROR (self, RESOURCE, SETTINGS, ("%s", error->message), (NULL));
  return FALSE;
}

static gboolean
gst_montage_director_stop (GstBaseSrc *src)
{
  reset (GST_MONTAGE_DIRECTOR (src));
  return TRUE;
}

static gboolean
gst_montage_director_unlock (GstBaseSrc *src)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (src);

  GST_OBJECT_LOCK (self);
  self->flushing = TRUE;
  g_cond_signal (&self->changed_cond);
  GST_OBJECT_UNLOCK (self);
  g_cancellable_cancel (self->cancellable);
  return TRUE;
}

static gboolean
gst_montage_director_unlock_stop (GstBaseSrc *src)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (src);

  g_cancellable_reset (self->cancellable);
  GST_OBJECT_LOCK (self);
  self->flushing = FALSE;
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

/* The caps are those of the revision, set when it is sent. */
static gboolean
gst_montage_director_negotiate (GstBaseSrc *src)
{
  return TRUE;
}

static GstCaps *
gst_montage_director_get_caps (GstBaseSrc *src, GstCaps *filter)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (src);
  g_autoptr (GstCaps) caps = NULL;

  GST_OBJECT_LOCK (self);
  if (self->caps)
    caps = gst_caps_ref (self->caps);
  GST_OBJECT_UNLOCK (self);
  if (!caps)
    caps = gst_pad_get_pad_template_caps (GST_BASE_SRC_PAD (src));
  if (filter)
    return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);
  return g_steal_pointer (&caps);
}

static gboolean
gst_montage_director_is_seekable (GstBaseSrc *src)
{
  return FALSE;
}

/* Waits for the next change. */
static GstFlowReturn
wait_for_change (GstMontageDirector *self)
{
  GstFlowReturn ret = GST_FLOW_OK;

  GST_OBJECT_LOCK (self);
  while (self->settings.updates && !self->changed && !self->flushing)
    g_cond_wait (&self->changed_cond, GST_OBJECT_GET_LOCK (self));
  if (self->flushing)
    ret = GST_FLOW_FLUSHING;
  else if (!self->settings.updates)
    ret = GST_FLOW_EOS;
  GST_OBJECT_UNLOCK (self);
  return ret;
}

/* Reads the settings of this moment; asks models where that leaves something
 * open. NULL where they are wrong or the question was called off; then it is
 * put again after the flush. */
static GstMontageInstructions *
read_request (GstMontageDirector *self, GError **error)
{
  g_auto (DirectorRequest) request = {0};
  g_autoptr (GError) problem = NULL;
  GstMontageInstructions *read;

  take_request (self, &request);
  read = director_request_read (&request, &self->answered, self->sent,
      self->styles, self->director, self->cancellable, &problem);
  if (read) {
    director_request_clear (&self->answered);
    director_request_copy (&request, &self->answered);
  } else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    GST_OBJECT_LOCK (self);
    self->changed = TRUE;
    GST_OBJECT_UNLOCK (self);
  }
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return read;
}

/* Waits until there is something to send. */
static GstFlowReturn
read_next (GstMontageDirector *self, GstMontageInstructions **next)
{
  while (TRUE) {
    g_autoptr (GError) error = NULL;
    GstFlowReturn ret = self->revision > 0 ? wait_for_change (self)
                                           : GST_FLOW_OK;

    if (ret != GST_FLOW_OK)
      return ret;
    *next = read_request (self, &error);
    if (*next)
      return GST_FLOW_OK;
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return GST_FLOW_FLUSHING;
    if (self->revision == 0) {
      GST_ELEMENT_ERROR (self, RESOURCE, SETTINGS, ("%s", error->message),
          (NULL));
      return GST_FLOW_ERROR;
    }
    GST_ELEMENT_WARNING (self, RESOURCE, SETTINGS, ("%s", error->message),
        ("revision %u is kept", self->revision));
  }
}

static GstFlowReturn
announce (GstMontageDirector *self, const GstMontageInstructions *instructions)
{
  GstBaseSrc *src = GST_BASE_SRC (self);
  GstCaps *caps =
      gst_caps_new_full (gst_montage_instructions_to_structure (instructions,
                             GST_MONTAGE_CAPS_INSTRUCTIONS),
          NULL);
  GstEvent *event;
  GstMessage *message;

  set_caps_of (self, gst_caps_ref (caps));
  if (!gst_base_src_set_caps (src, caps)) {
    gst_caps_unref (caps);
    return GST_PAD_IS_FLUSHING (GST_BASE_SRC_PAD (src))
        ? GST_FLOW_FLUSHING
        : GST_FLOW_NOT_NEGOTIATED;
  }
  gst_caps_unref (caps);
  event = gst_montage_event_new_instructions (instructions);
  message = gst_montage_message_new_from_event (GST_OBJECT (self), event);
  gst_pad_push_event (GST_BASE_SRC_PAD (src), event);
  gst_element_post_message (GST_ELEMENT (self), message);
  return GST_FLOW_OK;
}

static GstFlowReturn
gst_montage_director_create (GstPushSrc *src, GstBuffer **buffer)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (src);
  GstMontageInstructions *instructions = NULL;
  GstFlowReturn ret = read_next (self, &instructions);
  gchar *document;

  if (ret != GST_FLOW_OK)
    return ret;
  g_clear_pointer (&self->sent, gst_montage_instructions_free);
  self->sent = instructions;
  instructions->revision = ++self->revision;
  GST_INFO_OBJECT (self, "revision %u: style %s, %s", self->revision,
      instructions->style.name,
      gst_montage_enum_nick (GST_TYPE_MONTAGE_ORIGIN,
          (gint) instructions->origin.source));
  ret = announce (self, instructions);
  if (ret != GST_FLOW_OK)
    return ret;
  document = gst_montage_instructions_to_json (instructions);
  *buffer = gst_buffer_new_wrapped (document, strlen (document));
  return GST_FLOW_OK;
}

static void
gst_montage_director_set_property (GObject *object, guint id,
    const GValue *value, GParamSpec *pspec)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (object);

  GST_OBJECT_LOCK (self);
  if (director_settings_set (&self->settings, id, value))
    self->changed = TRUE;
  g_cond_signal (&self->changed_cond);
  GST_OBJECT_UNLOCK (self);
}

static void
gst_montage_director_get_property (GObject *object, guint id, GValue *value,
    GParamSpec *pspec)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (object);

  GST_OBJECT_LOCK (self);
  director_settings_get (&self->settings, id, value);
  GST_OBJECT_UNLOCK (self);
}

static void
gst_montage_director_finalize (GObject *object)
{
  GstMontageDirector *self = GST_MONTAGE_DIRECTOR (object);

  reset (self);
  director_settings_clear (&self->settings);
  g_object_unref (self->cancellable);
  g_cond_clear (&self->changed_cond);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_montage_director_class_init (GstMontageDirectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *src_class = GST_BASE_SRC_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (montagedirector_debug, "montagedirector", 0,
      "montagedirector element");
  object_class->set_property = gst_montage_director_set_property;
  object_class->get_property = gst_montage_director_get_property;
  object_class->finalize = gst_montage_director_finalize;
  director_settings_install (object_class);
  gst_element_class_set_static_metadata (element_class, "Montage director",
      "Source/Metadata",
      "Turns a style and a sentence into the instructions of a film",
      "The gst-montage developers");
  gst_element_class_add_static_pad_template (element_class, &src_template);
  src_class->start = gst_montage_director_start;
  src_class->stop = gst_montage_director_stop;
  src_class->unlock = gst_montage_director_unlock;
  src_class->unlock_stop = gst_montage_director_unlock_stop;
  src_class->negotiate = gst_montage_director_negotiate;
  src_class->get_caps = gst_montage_director_get_caps;
  src_class->is_seekable = gst_montage_director_is_seekable;
  GST_PUSH_SRC_CLASS (klass)->create = gst_montage_director_create;
}

static void
gst_montage_director_init (GstMontageDirector *self)
{
  g_cond_init (&self->changed_cond);
  self->cancellable = g_cancellable_new ();
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}
