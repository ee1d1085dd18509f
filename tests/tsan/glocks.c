/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Preloaded under the thread sanitizer. The locks of GLib are futexes of its
 * own, and an installed GLib is not instrumented, so the sanitizer does not know
 * that they order anything, and takes all that they protect for races. Here it
 * is told. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#define EXPORT __attribute__ ((visibility ("default")))

/* Defines name as GLib has it, with what comes before and after its own. */
#define WRAP(result, name, parameters, arguments, before, after)               \
  EXPORT result name parameters                                                \
  {                                                                            \
    static result (*real) parameters;                                          \
    result value;                                                              \
                                                                               \
    if (!real)                                                                 \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                             \
    before;                                                                    \
    value = real arguments;                                                    \
    after;                                                                     \
    return value;                                                              \
  }
#define WRAP_VOID(name, parameters, arguments, before, after)                  \
  EXPORT void name parameters                                                  \
  {                                                                            \
    static void (*real) parameters;                                            \
                                                                               \
    if (!real)                                                                 \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                             \
    before;                                                                    \
    real arguments;                                                            \
    after;                                                                     \
  }

WRAP_VOID (g_mutex_lock, (GMutex * mutex), (mutex), , __tsan_acquire (mutex))
WRAP_VOID (g_mutex_unlock, (GMutex * mutex), (mutex), __tsan_release (mutex), )
WRAP (gboolean, g_mutex_trylock, (GMutex * mutex), (mutex), ,
    if (value) __tsan_acquire (mutex))
WRAP_VOID (g_rec_mutex_lock, (GRecMutex * mutex), (mutex), ,
    __tsan_acquire (mutex))
WRAP_VOID (g_rec_mutex_unlock, (GRecMutex * mutex), (mutex),
    __tsan_release (mutex), )
WRAP (gboolean, g_rec_mutex_trylock, (GRecMutex * mutex), (mutex), ,
    if (value) __tsan_acquire (mutex))
WRAP_VOID (g_cond_wait, (GCond * cond, GMutex *mutex), (cond, mutex),
    __tsan_release (mutex), __tsan_acquire (mutex))
WRAP (gboolean, g_cond_wait_until, (GCond * cond, GMutex *mutex, gint64 end),
    (cond, mutex, end), __tsan_release (mutex), __tsan_acquire (mutex))

/* The queues, by which GstHarness takes what a pad sends, lock inside. */
WRAP_VOID (g_async_queue_push, (GAsyncQueue * queue, gpointer data),
    (queue, data), __tsan_release (queue), )
WRAP (gpointer, g_async_queue_pop, (GAsyncQueue * queue), (queue), ,
    __tsan_acquire (queue))
WRAP (gpointer, g_async_queue_try_pop, (GAsyncQueue * queue), (queue), ,
    __tsan_acquire (queue))
WRAP (gpointer, g_async_queue_timeout_pop,
    (GAsyncQueue * queue, guint64 timeout), (queue, timeout), ,
    __tsan_acquire (queue))
