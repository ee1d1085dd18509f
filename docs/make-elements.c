/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints docs/elements.md: pads and properties of the elements, from the
 * built plugins. */

#include <stdio.h>

#include <gst/gst.h>

static const gchar *elements[] = {"beatdetect", "sceneselect",
    "montagedirector", "cutplanner", "montagetimeline", "montagesrc"};

static const gchar *introduction =
    "# The elements\n"
    "\n"
    "Pads and properties, made from the built plugins by "
    "`docs/make-elements.c`; a test\n"
    "compares the two. What the documents hold: "
    "[documents.md](documents.md). Launch lines:\n"
    "[cookbook.md](cookbook.md). Messages and events: "
    "`gst/montage/events.h`.\n";

static void
print_caps (GstStaticPadTemplate *template)
{
  g_autoptr (GstCaps) caps = gst_static_pad_template_get_caps (template);
  guint n = gst_caps_is_any (caps) ? 0 : gst_caps_get_size (caps);
  const gchar *before = NULL;

  if (n == 0)
    printf ("anything");
  for (guint i = 0; i < n; i++) {
    const gchar *name = gst_structure_get_name (
        gst_caps_get_structure (caps, i));

    if (before && g_str_equal (before, name))
      continue;
    printf ("%s`%s`", before ? ", " : "", name);
    before = name;
  }
}

static gint
compare_templates (gconstpointer a, gconstpointer b)
{
  const GstStaticPadTemplate *first = a;
  const GstStaticPadTemplate *second = b;

  return g_strcmp0 (first->name_template, second->name_template);
}

/* Sorted: the registry keeps no order. */
static void
print_pads (GstElementFactory *factory)
{
  static const gchar *presences[] = {"always", "sometimes", "on request"};
  g_autoptr (GList) templates =
      g_list_sort (g_list_copy (
                       (GList *) gst_element_factory_get_static_pad_templates (
                           factory)),
          compare_templates);

  printf ("| pad | direction | presence | media |\n|---|---|---|---|\n");
  for (GList *l = templates; l; l = l->next) {
    GstStaticPadTemplate *template = l->data;

    printf ("| `%s` | %s | %s | ", template->name_template,
        template->direction == GST_PAD_SRC ? "src" : "sink",
        presences[template->presence]);
    print_caps (template);
    printf (" |\n");
  }
}

static gchar *
describe_default (GParamSpec *spec)
{
  const GValue *value = g_param_spec_get_default_value (spec);

  if (G_IS_PARAM_SPEC_ENUM (spec)) {
    GEnumClass *klass = G_PARAM_SPEC_ENUM (spec)->enum_class;
    const GEnumValue *entry = g_enum_get_value (klass,
        g_value_get_enum (value));

    return g_strdup (entry->value_nick);
  }
  if (G_VALUE_HOLDS_STRING (value))
    return g_strdup (
        g_value_get_string (value) ? g_value_get_string (value) : "-");
  if (G_VALUE_HOLDS (value, G_TYPE_STRV) || G_VALUE_HOLDS_OBJECT (value)
      || !(spec->flags & G_PARAM_WRITABLE))
    return g_strdup ("-");
  return gst_value_serialize (value);
}

static void
print_property (GParamSpec *spec)
{
  g_autofree gchar *fallback = describe_default (spec);
  const gchar *access = !(spec->flags & G_PARAM_WRITABLE) ? ", read-only" : "";

  printf ("| `%s` | %s%s | %s | %s |\n", spec->name,
      g_type_name (spec->value_type), access, fallback,
      g_param_spec_get_blurb (spec));
}

/* Those of the type itself, not of its base classes; @place: nullable. */
static void
print_properties (GType type, const gchar *place)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  guint n, n_own = 0;
  g_autofree GParamSpec **specs =
      g_object_class_list_properties (G_OBJECT_CLASS (klass), &n);

  for (guint i = 0; i < n; i++)
    if (specs[i]->owner_type == type)
      specs[n_own++] = specs[i];
  if (n_own == 0)
    return;
  printf ("\n| property%s%s | type | default | meaning |\n|---|---|---|---|\n",
      place ? " of " : "", place ? place : "");
  for (guint i = 0; i < n_own; i++)
    print_property (specs[i]);
}

static void
print_pad_properties (GstElement *element)
{
  for (GList *l = gst_element_get_pad_template_list (element); l; l = l->next) {
    GstPadTemplate *template = l->data;
    g_autofree gchar *place = g_strdup_printf ("`%s`",
        GST_PAD_TEMPLATE_NAME_TEMPLATE (template));
    GType type = GST_PAD_TEMPLATE_GTYPE (template);

    if (type != G_TYPE_NONE && type != GST_TYPE_PAD)
      print_properties (type, place);
  }
}

static gboolean
print_element (const gchar *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);
  g_autoptr (GstElement)
      element = factory ? gst_element_factory_create (factory, NULL) : NULL;

  if (!element) {
    fprintf (stderr, "There is no element %s: is its plugin built?\n", name);
    return FALSE;
  }
  gst_object_ref_sink (element);
  printf ("\n## %s\n\n%s (%s).\n\n", name,
      gst_element_factory_get_metadata (factory,
          GST_ELEMENT_METADATA_DESCRIPTION),
      gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_KLASS));
  print_pads (factory);
  print_properties (G_OBJECT_TYPE (element), NULL);
  print_pad_properties (element);
  return TRUE;
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  printf ("%s", introduction);
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (!print_element (elements[i]))
      return 1;
  return 0;
}
