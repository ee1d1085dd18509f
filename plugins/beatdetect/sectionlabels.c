/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sectionlabels.h"

#include "beatconstants.h"

/* Does anything else sound like part @i? */
static gboolean
comes_back (const SectionPart *parts, guint n, guint i)
{
  for (guint k = 0; k < n; k++)
    if (k != i && parts[k].group == parts[i].group)
      return TRUE;
  return FALSE;
}

/* Parts of one kind have one name, whatever their energies each. */
static gdouble
group_energy (const SectionPart *parts, guint n, guint group)
{
  gdouble sum = 0.0;
  guint bars = 0;

  for (guint i = 0; i < n; i++)
    if (parts[i].group == group) {
      sum += parts[i].energy * parts[i].bars;
      bars += parts[i].bars;
    }
  return bars > 0 ? sum / bars : 0.0;
}

/* The energy of the highest kind of parts: of those that come back, if any do and
 * are high. */
static gdouble
highest_energy (const SectionPart *parts, guint n)
{
  gdouble best = 0.0, best_again = 0.0;

  for (guint i = 0; i < n; i++) {
    gdouble energy = group_energy (parts, n, parts[i].group);

    best = MAX (best, energy);
    if (comes_back (parts, n, i))
      best_again = MAX (best_again, energy);
  }
  return best_again > best - SECTION_AGAIN ? best_again : best;
}

/* A part that rises to a higher one. */
static gboolean
is_build (const SectionPart *parts, guint n, guint i)
{
  return i + 1 < n && parts[i].bars >= SECTION_BUILD_BARS
      && parts[i].rise > SECTION_BUILD_RISE
      && parts[i + 1].energy > parts[i].energy + SECTION_STEP;
}

/* A low part behind a higher one. */
static gboolean
is_break (const SectionPart *parts, guint n, guint i)
{
  return i > 0 && i + 1 < n && parts[i].energy < SECTION_LOW
      && parts[i].energy < parts[i - 1].energy - SECTION_STEP;
}

/* The high parts of one kind are drops where most of them come out of a build or
 * of a low part, as out of a break, and else choruses. */
static gboolean
is_drop (const SectionPart *parts, guint n, guint group)
{
  guint out_of = 0, all = 0;

  for (guint i = 0; i < n; i++) {
    if (parts[i].group != group)
      continue;
    all++;
    out_of += i > 0
        && (parts[i - 1].label == GST_MONTAGE_SECTION_BUILD
            || parts[i - 1].energy < SECTION_LOW);
  }
  return 2 * out_of > all;
}

/* The low parts at both ends, more than one where they are short, or one
 * that is lower than the high ones and never comes back. */
static void
label_ends (SectionPart *parts, guint n, gdouble highest)
{
  guint first = 0, last = n - 1;

  if (n < 2 || highest < SECTION_LOW)
    return;
  if (parts[0].energy < SECTION_LOW
      || (parts[0].energy < highest - SECTION_STEP
          && !comes_back (parts, n, 0)))
    parts[0].label = GST_MONTAGE_SECTION_INTRO;
  while (first + 1 < n
      && MIN (parts[first].bars, parts[first + 1].bars) < SECTION_SHORT
      && parts[first + 1].energy < SECTION_LOW
      && parts[first].label == GST_MONTAGE_SECTION_INTRO)
    parts[++first].label = GST_MONTAGE_SECTION_INTRO;

  if (parts[last].energy < SECTION_LOW
      || (parts[last].energy < highest - SECTION_STEP
          && !comes_back (parts, n, last)))
    parts[last].label = GST_MONTAGE_SECTION_OUTRO;
  while (last > 0
      && MIN (parts[last].bars, parts[last - 1].bars) < SECTION_SHORT
      && parts[last - 1].energy < SECTION_LOW
      && parts[last].label == GST_MONTAGE_SECTION_OUTRO)
    parts[--last].label = GST_MONTAGE_SECTION_OUTRO;
}

void
section_labels (SectionPart *parts, guint n)
{
  gdouble highest = highest_energy (parts, n);

  for (guint i = 0; i < n; i++)
    parts[i].label = is_build (parts, n, i) ? GST_MONTAGE_SECTION_BUILD
        : is_break (parts, n, i)            ? GST_MONTAGE_SECTION_BREAK
                                            : GST_MONTAGE_SECTION_VERSE;
  for (guint i = 0; i < n; i++)
    if (parts[i].label == GST_MONTAGE_SECTION_VERSE
        && group_energy (parts, n, parts[i].group) > highest - SECTION_STEP)
      parts[i].label = is_drop (parts, n, parts[i].group)
          ? GST_MONTAGE_SECTION_DROP
          : GST_MONTAGE_SECTION_CHORUS;
  label_ends (parts, n, highest);
}
