/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: plan-search [quality|cost]
 * What the planner's search is worth, against a greedy choice and a beam of 3
 * that see the same terms, and against the bound; and what it costs as films
 * and footage grow. CPU time of one thread, on this machine. */

#include <math.h>
#include <sys/resource.h>
#include <time.h>

#include <gst/montage/planbound.h>
#include <gst/montage/plancuts.h>
#include <gst/montage/planlocal.h>
#include <gst/montage/plansearch.h>

#include "filminstance.h"

#define N_SEEDS 10

static gdouble
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gdouble) now.tv_sec + (gdouble) now.tv_nsec / 1e9;
}

/* The points of a film without the seed's jitter, which the bound is without. */
static gdouble
run (const FilmInstance *instance, guint width, guint effort, gdouble *bound)
{
  MontageSearch search = {width, effort};
  g_autoptr (GArray)
      takes = montage_search_run (instance->choices, NULL, &search);
  gdouble total = montage_local_total (instance->choices, takes, 0);

  for (guint i = 0; i < takes->len; i++)
    total -= montage_choices_jitter (instance->choices, i,
        g_array_index (takes, MontageTake, i).span);
  if (bound != NULL)
    *bound = montage_bound_compute (instance->choices, takes, 0);

  return total;
}

static void
print_quality (void)
{
  static const struct
  {
    const gchar *name;
    guint n_clips, n_shots;
    gdouble shot_sec;
  } kinds[] = {
      {"scarce", 8, 3, 3.0},
      {"normal", 20, 4, 3.5},
      {"plentiful", 50, 8, 4.0},
  };

  g_print ("kind seed spans cuts greedy beam3 beam full bound s\n");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    gdouble sums[4] = {0};
    for (guint seed = 0; seed < N_SEEDS; seed++) {
      FilmInstanceSize size = {.seed = 100 * k + seed,
          .film_sec = 120,
          .bpm = 90 + 8 * seed,
          .longest_sec = 2.5,
          .n_clips = kinds[k].n_clips,
          .n_shots = kinds[k].n_shots,
          .shot_sec = kinds[k].shot_sec};
      FilmInstance instance;
      gdouble greedy, beam3, beam, full, bound, start;

      film_instance_init (&instance, &size, NULL);
      film_instance_choose (&instance);
      greedy = run (&instance, 1, 0, NULL);
      beam3 = run (&instance, 3, 0, NULL);
      beam = run (&instance, montage_search_default.beam_width, 0, NULL);
      start = cpu_seconds ();
      full = run (&instance, montage_search_default.beam_width,
          montage_search_default.effort, &bound);
      g_print ("%s %u %u %u %.0f %+.2f %+.2f %+.2f %.1f%% %.2f%s\n",
          kinds[k].name, seed, instance.draft.material->spans->len,
          instance.draft.slots->len, greedy, 100 * (beam3 / greedy - 1),
          100 * (beam / greedy - 1), 100 * (full / greedy - 1),
          100 * full / bound, cpu_seconds () - start,
          full < MAX (greedy, beam3) ? " WORSE" : "");
      sums[0] += beam3 / greedy - 1;
      sums[1] += beam / greedy - 1;
      sums[2] += full / greedy - 1;
      sums[3] += full / bound;
      film_instance_clear (&instance);
    }
    g_print ("%s mean %+.2f %+.2f %+.2f %.1f%%\n", kinds[k].name,
        100 * sums[0] / N_SEEDS, 100 * sums[1] / N_SEEDS,
        100 * sums[2] / N_SEEDS, 100 * sums[3] / N_SEEDS);
  }
}

static glong
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static gdouble
cost (guint n_cuts, guint n_spans)
{
  FilmInstanceSize size = {.seed = 1,
      .film_sec = 0.79 * n_cuts, /* cuts last that long here */
      .bpm = 120,
      .longest_sec = 1.0,
      .n_clips = MAX (n_spans / 10, 1),
      .n_shots = 10,
      .shot_sec = 4.0};
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (GstMontageCut));
  g_autoptr (GArray) takes = NULL;
  FilmInstance instance;
  gdouble start, chosen, searched, bounded, end;

  film_instance_init (&instance, &size, NULL);
  start = cpu_seconds ();
  film_instance_choose (&instance);
  chosen = cpu_seconds ();
  takes = montage_search_run (instance.choices, NULL, &montage_search_default);
  searched = cpu_seconds ();
  montage_bound_compute (instance.choices, takes, 0);
  bounded = cpu_seconds ();
  montage_cuts_append (instance.choices, takes, 0, cuts);
  end = cpu_seconds ();
  g_print ("%5u cuts %5u spans: choices %.3f s, search %.3f s, bound %.3f s, "
           "cuts %.3f s; %.3f s, %ld MB\n",
      instance.draft.slots->len, instance.draft.material->spans->len,
      chosen - start, searched - chosen, bounded - searched, end - bounded,
      end - start, peak_memory ());
  film_instance_clear (&instance);

  return end - start;
}

static void
print_cost (void)
{
  gdouble last = 0;

  for (guint i = 0; i < 3; i++) {
    gdouble seconds = cost (75 << i, 500);
    if (i > 0)
      g_print ("exponent in the cuts: %.2f\n", log2 (seconds / last));
    last = seconds;
  }
  for (guint i = 0; i < 4; i++) {
    gdouble seconds = cost (300, 125 << i);
    if (i > 0)
      g_print ("exponent in the spans: %.2f\n", log2 (seconds / last));
    last = seconds;
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc < 2 || g_str_equal (argv[1], "quality"))
    print_quality ();
  if (argc < 2 || g_str_equal (argv[1], "cost"))
    print_cost ();
  return 0;
}
