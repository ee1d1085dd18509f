/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gesmarkers.h"

/* The keys that Pitivi looks for: its markers of the timeline, and of a source
 * the list that it calls "Beats" and which list it shows first. */
#define TIMELINE_KEY "markers"
#define BEATS_KEY "beat_markers"
#define SHOWN_KEY "last_chosen_list"

static void
add_marker (GESMarkerList *list, GstClockTime position, const gchar *comment)
{
  GESMarker *marker = ges_marker_list_add (list, position);

  ges_meta_container_set_string (GES_META_CONTAINER (marker), "comment",
      comment);
}

/* In the time of the film. */
static void
add_sections (GESTimeline *timeline, const GstMontagePlan *plan)
{
  const GstMontageMusic *music = &plan->music;
  g_autoptr (GESMarkerList) list = ges_marker_list_new ();

  for (guint i = 0; i < music->sections->len; i++) {
    const GstMontageSection *section = &g_array_index (music->sections,
        GstMontageSection, i);
    GstClockTime start = MAX (section->start, music->start) - music->start;

    if (section->end > music->start && start < plan->duration)
      add_marker (list, start,
          gst_montage_enum_nick (GST_TYPE_MONTAGE_SECTION_LABEL,
              (gint) section->label));
  }
  ges_meta_container_set_marker_list (GES_META_CONTAINER (timeline),
      TIMELINE_KEY, list);
}

/* In the time of the song, all of them: who makes the clip longer finds the
 * others. GES 1.22 does not escape what is on sources: plain words only. */
static void
add_beats (GESClip *song, const GArray *beats)
{
  g_autoptr (GESTrackElement)
      source = ges_clip_find_track_element (song, NULL, GES_TYPE_AUDIO_SOURCE);
  g_autoptr (GESMarkerList) list = ges_marker_list_new ();

  if (source == NULL || beats->len == 0)
    return;
  g_object_set (list, "flags", GES_MARKER_FLAG_SNAPPABLE, NULL);
  for (guint i = 0; i < beats->len; i++) {
    const GstMontageBeat *beat = &g_array_index (beats, GstMontageBeat, i);

    add_marker (list, beat->time, beat->position == 1 ? "bar" : "beat");
  }
  ges_meta_container_set_marker_list (GES_META_CONTAINER (source), BEATS_KEY,
      list);
  ges_meta_container_set_string (GES_META_CONTAINER (source), SHOWN_KEY,
      BEATS_KEY);
}

void
montage_ges_add_markers (GESTimeline *timeline, GESClip *song,
    const GstMontagePlan *plan)
{
  add_sections (timeline, plan);
  if (song != NULL)
    add_beats (song, plan->music.beats);
}
