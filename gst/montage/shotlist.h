/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/montage/scene.h>

G_BEGIN_DECLS

/**
 * GstMontageStretch:
 *
 * A part of a shot, [start, end) in ns of stream time, and how good it is.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime end;
  gdouble score; /* 0..1 */
} GstMontageStretch;

/**
 * GstMontageShotCurves:
 *
 * How a shot goes on: arrays of gint, one value in thousandths per
 * @curve_step of the list, the first for what follows the start of the shot.
 * All are of one length. Units are those of the members of #GstMontageShot of
 * the same name.
 */
typedef struct
{
  GArray *motion;
  GArray *action;
  GArray *pan_x;
  GArray *pan_y;
  GArray *zoom;
  GArray *shake;
  GArray *brightness;
  GArray *sharpness;
  GArray *focus_x;
  GArray *focus_y;
} GstMontageShotCurves;

/**
 * GstMontageShot:
 *
 * One shot of a clip, [start, end) in ns of stream time. @start is the exact
 * time stamp of its first frame. All features are 0..1 unless said otherwise
 * and comparable between clips.
 */
typedef struct
{
  GstClockTime start;
  GstClockTime end;
  guint64 first_frame; /* 0-based, in presentation order */
  guint64 n_frames;
  GstMontageBoundary transition_in;
  GstClockTime transition_duration; /* ns; 0 for a cut */
  guint64 transition_frames;        /* 0 for a cut */
  gdouble motion;                   /* how much moves, median over the frames */
  gdouble action;                   /* the same without what the camera moves */
  GstMontageCamera camera;
  gdouble pan_x;        /* camera, frame widths per second, right is + */
  gdouble pan_y;        /* camera, frame heights per second, down is + */
  gdouble zoom;         /* growth of what is seen per second: 0.1 is 10 % */
  gdouble shake;        /* 0 is a tripod */
  gdouble brightness;   /* mean luma */
  gdouble contrast;     /* p95 - p5 of luma */
  gdouble exposure;     /* 1 is well exposed, 0 is clipped all over */
  gdouble underexposed; /* share of the picture that is black */
  gdouble overexposed;  /* share of the picture that is white */
  gdouble sharpness;
  gdouble motion_blur;
  gdouble saturation;
  gdouble colorfulness;
  gdouble focus_x; /* where people look: 0 is left, 1 is right */
  gdouble focus_y; /* 0 is the top, 1 is the bottom */
  GstMontageShotSize shot_size;
  GArray *palette;      /* of guint, 0xRRGGBB, most frequent first */
  GArray *action_peaks; /* of GstClockTime, where motion peaks */
  GArray *key_frames;   /* of GstClockTime, its most telling frames */
  GArray *best;         /* of GstMontageStretch, best first */
  GstMontageShotCurves curves;
  gchar *signature;       /* hex: 16 x 9 luma of first, then of last frame */
  GstMontageScene *scene; /* nullable: what a model saw in it */
} GstMontageShot;

/**
 * GstMontageShotList:
 *
 * What sceneselect sees in a clip (document "gst-montage/shots").
 */
typedef struct _GstMontageShotList GstMontageShotList;

/**
 * GST_MONTAGE_STILL_DURATION:
 *
 * What a picture is said to last, ns: @duration of its list and @end of its one
 * shot, which begins at 0. It can be shown for any time, so this is only a
 * place for in-points; its frame rate is 0/1.
 */
#define GST_MONTAGE_STILL_DURATION (10 * GST_SECOND)

struct _GstMontageShotList
{
  gchar *uri;            /* nullable; the clip */
  GstClockTime duration; /* ns, end of the last shot */
  guint width;           /* pixels, after rotation and pixel aspect ratio */
  guint height;
  gint fps_n; /* frames per second; the mean where variable */
  gint fps_d;
  gboolean variable_rate;
  gboolean has_audio;
  gboolean still;  /* a picture: one shot, shown for any time */
  gchar *codec;    /* nullable, e.g. "H.264" */
  gchar *transfer; /* nullable: "sdr", "pq" or "hlg" */
  GstMontageAnalysis analysis;
  GstClockTime curve_step; /* ns */
  GArray *key_units; /* of GstClockTime: frames that decode by themselves; empty
                        where not known */
  GArray *shots;     /* of GstMontageShot */
};

#define GST_TYPE_MONTAGE_SHOT_LIST (gst_montage_shot_list_get_type ())
GST_MONTAGE_API GType gst_montage_shot_list_get_type (void);

GST_MONTAGE_API GstMontageShotList *gst_montage_shot_list_new (void);
/* Appends a zeroed shot with empty arrays; valid until the next append. */
GST_MONTAGE_API GstMontageShot *
gst_montage_shot_list_append (GstMontageShotList *self);
GST_MONTAGE_API GstMontageShotList *
gst_montage_shot_list_copy (const GstMontageShotList *self);
GST_MONTAGE_API void gst_montage_shot_list_free (GstMontageShotList *self);
GST_MONTAGE_API GstMontageShotList *
gst_montage_shot_list_from_json (const gchar *text, gssize length,
    const gchar *origin, GError **error);
GST_MONTAGE_API gchar *
gst_montage_shot_list_to_json (const GstMontageShotList *self);
/* First frame of each new shot, or first-last of a gradual one, per line. */
GST_MONTAGE_API gchar *
gst_montage_shot_list_to_text (const GstMontageShotList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMontageShotList, gst_montage_shot_list_free)

G_END_DECLS
