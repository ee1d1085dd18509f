/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Box averaging in two steps: rows are summed into one row of accumulators
 * (vectorised by the compiler), then the columns of the accumulators. Where a
 * cell is many rows high, ROWS_PER_CELL or a few more of them stand for all:
 * from 1080p on this halves the cost, and a cell is still the mean of hundreds
 * of pixels. Picking single pixels instead would alias, and aliasing in a pan
 * looks like a cut. */

#include "framescaler.h"

#include <math.h>
#include <string.h>

#include "edges.h"
#include "leveltables.h"

#define ROWS_PER_CELL 8
#define CHROMA_ROWS_PER_CELL 4

/* One colour component in place: where its samples are, and what to do to
 * get 8 bits of them. */
typedef struct
{
  const guint8 *data;
  gint stride;
  gint step;  /* bytes from sample to sample */
  gint shift; /* right; -1: samples of one byte */
  gint width;
  gint height;
} Component;

struct _FrameScaler
{
  GstVideoInfo info;
  GstVideoOrientationMethod orientation;
  gboolean turned; /* by 90 degrees: rows of the source become columns */
  gboolean direct; /* components are read in place, not unpacked */
  guint8 luma_table[256];
  guint8 chroma_table[256];
  guint16 *sums; /* one per column and component */
  Columns luma;  /* of the three grids that rows are summed into */
  Columns chroma;
  Columns fine;
  guint8 *unpacked; /* four components of up to 16 bits per column */
  guint8 *line[3];
};

/* Formats whose components are plain samples of 8 or of up to 16 bits.
 * Everything else goes through the unpack function of its format. */
static gboolean
is_direct (GstVideoFormat format)
{
  switch (format) {
    case GST_VIDEO_FORMAT_I420:
    case GST_VIDEO_FORMAT_YV12:
    case GST_VIDEO_FORMAT_NV12:
    case GST_VIDEO_FORMAT_NV21:
    case GST_VIDEO_FORMAT_NV16:
    case GST_VIDEO_FORMAT_NV61:
    case GST_VIDEO_FORMAT_NV24:
    case GST_VIDEO_FORMAT_Y41B:
    case GST_VIDEO_FORMAT_Y42B:
    case GST_VIDEO_FORMAT_Y444:
    case GST_VIDEO_FORMAT_YUV9:
    case GST_VIDEO_FORMAT_YVU9:
    case GST_VIDEO_FORMAT_A420:
    case GST_VIDEO_FORMAT_YUY2:
    case GST_VIDEO_FORMAT_YVYU:
    case GST_VIDEO_FORMAT_UYVY:
    case GST_VIDEO_FORMAT_GRAY8:
      return TRUE;
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    case GST_VIDEO_FORMAT_GRAY16_LE:
    case GST_VIDEO_FORMAT_I420_10LE:
    case GST_VIDEO_FORMAT_I422_10LE:
    case GST_VIDEO_FORMAT_Y444_10LE:
    case GST_VIDEO_FORMAT_I420_12LE:
    case GST_VIDEO_FORMAT_I422_12LE:
    case GST_VIDEO_FORMAT_Y444_12LE:
    case GST_VIDEO_FORMAT_Y444_16LE:
    case GST_VIDEO_FORMAT_P010_10LE:
    case GST_VIDEO_FORMAT_P012_LE:
    case GST_VIDEO_FORMAT_P016_LE:
      return TRUE;
#endif
    default:
      return FALSE;
  }
}

/* --- columns ------------------------------------------------------------ */

static void
init_columns (FrameScaler *self, gint width)
{
  gint cells = self->turned ? SMALL_HEIGHT : SMALL_WIDTH;
  gint chroma = width, fine = EDGES_WIDTH;

  if (self->direct && GST_VIDEO_INFO_N_COMPONENTS (&self->info) >= 3)
    chroma = GST_VIDEO_INFO_COMP_WIDTH (&self->info, 1);
  columns_init (&self->luma, cells, width);
  columns_init (&self->chroma, cells / 2, chroma);
  /* rows of a turned source are as long as the picture is high */
  if (self->turned)
    fine = (gint) CLAMP (gst_util_uint64_scale_int (EDGES_WIDTH, width,
                             MAX (GST_VIDEO_INFO_HEIGHT (&self->info), 1)),
        1, COLUMNS_MAX);
  columns_init (&self->fine, MIN (width, fine), width);
}

FrameScaler *
frame_scaler_new (const GstVideoInfo *info,
    GstVideoOrientationMethod orientation)
{
  FrameScaler *self = g_new0 (FrameScaler, 1);
  gsize width = MAX (GST_VIDEO_INFO_WIDTH (info), 1);

  self->info = *info;
  self->orientation = orientation;
  self->turned = orientation == GST_VIDEO_ORIENTATION_90R
      || orientation == GST_VIDEO_ORIENTATION_90L
      || orientation == GST_VIDEO_ORIENTATION_UL_LR
      || orientation == GST_VIDEO_ORIENTATION_UR_LL;
  self->direct = is_direct (GST_VIDEO_INFO_FORMAT (info));
  init_columns (self, (gint) width);
  self->sums = g_new (guint16, 3 * width);
  if (!self->direct) {
    /* unpack functions of subsampled formats may write a pixel more */
    self->unpacked = g_malloc ((width + 16) * 8);
    for (guint i = 0; i < 3; i++)
      self->line[i] = g_malloc (width);
  }
  level_tables_fill (info, self->luma_table, self->chroma_table);
  return self;
}

void
frame_scaler_free (FrameScaler *self)
{
  g_free (self->sums);
  g_free (self->unpacked);
  for (guint i = 0; i < 3; i++)
    g_free (self->line[i]);
  g_free (self);
}

void
frame_scaler_get_matrix (const FrameScaler *self, gdouble *kr, gdouble *kb)
{
  /* what unpack_line() uses for RGB, and the likeliest where unknown */
  *kr = 0.2126;
  *kb = 0.0722;
  if (!GST_VIDEO_INFO_IS_RGB (&self->info))
    gst_video_color_matrix_get_Kr_Kb (self->info.colorimetry.matrix, kr, kb);
}

/* --- sums of rows ------------------------------------------------------- */

static void
add_row (guint16 *sums, const guint8 *row, const Component *c, gboolean first)
{
  gint n = c->width;

  if (first)
    memset (sums, 0, n * sizeof (guint16));
  if (c->shift >= 0 && c->step == 2) {
    const guint16 *wide = (const guint16 *) row;
    gint shift = c->shift;

    for (gint x = 0; x < n; x++)
      sums[x] += (guint8) (wide[x] >> shift);
  } else if (c->shift >= 0) {
    for (gint x = 0; x < n; x++)
      sums[x] += (guint8) (*(const guint16 *) (row + x * c->step) >> c->shift);
  } else if (c->step == 1) {
    for (gint x = 0; x < n; x++)
      sums[x] += row[x];
  } else if (c->step == 2) {
    for (gint x = 0; x < n; x++)
      sums[x] += row[2 * x];
  } else {
    for (gint x = 0; x < n; x++)
      sums[x] += row[x * c->step];
  }
}

/* Most of the time that a row takes it is waited for: the decoder has left it in
 * no cache, and the processor does not guess that some are left out. */
static void
prefetch_row (const guint8 *row, const Component *c)
{
  for (gint i = 0; i < c->width * c->step; i += 64)
    __builtin_prefetch (row + i);
}

static void
cells_of_row (const guint16 *sums, const Columns *columns, gint n_rows,
    const guint8 *table, guint8 *cells)
{
  guint64 inverse[2];

  columns_invert (columns, n_rows, inverse);
  for (gint i = 0; i < columns->n; i++) {
    gint width = columns->width[i];
    guint32 half = (guint32) (width * n_rows / 2);

    cells[i] = table[divide (column_sum (columns, sums, i) + half,
        inverse[width - columns->narrow])];
  }
}

/* --- planes ------------------------------------------------------------- */

/* The rows that stand for cell row @i: every @step-th from @begin on. */
static void
rows_of_cell (gint i, gint n, gint height, gint limit, gint *begin, gint *end,
    gint *step)
{
  cell_range (i, n, height, begin, end);
  *step = MAX ((*end - *begin) / limit, 1);
}

/* Of the rows that are looked at, how many make one row of edges. */
static gint
count_fine_rows (gint height, gint row_step)
{
  return MAX (height / EDGES_HEIGHT / row_step, 1);
}

/* After every row: @sums are those of the first @n_rows of cell row @i of @n.
 * Every other one is enough to tell how gradients point. */
static void
take_edges (Edges *edges, const guint16 *sums, const Columns *columns,
    gint n_rows, gint fine_rows, gint i, gint n)
{
  if (n_rows == fine_rows)
    edges_take_upper (edges, sums, columns, n_rows,
        i * EDGE_CELLS / edges->cells_x / n);
  if (n_rows == 2 * fine_rows && i % 2 == 0)
    edges_take_both (edges, sums, columns, n_rows);
}

static void
scale_component (FrameScaler *self, const Component *c, const Columns *columns,
    gint cells_y, gint limit, const guint8 *table, guint8 *cells, Edges *edges)
{
  for (gint i = 0; i < cells_y; i++) {
    gint begin, end, row_step, n_rows = 0, fine_rows;

    rows_of_cell (i, cells_y, c->height, limit, &begin, &end, &row_step);
    fine_rows = count_fine_rows (c->height, row_step);
    for (gint y = begin; y < end; y += row_step) {
      const guint8 *row = c->data + (gsize) y * c->stride;

      prefetch_row (row + row_step * c->stride, c);
      add_row (self->sums, row, c, n_rows == 0);
      n_rows++;
      if (edges)
        take_edges (edges, self->sums, &self->fine, n_rows, fine_rows, i,
            cells_y);
    }
    cells_of_row (self->sums, columns, n_rows, table, cells + i * columns->n);
  }
}

static Component
component_of (const GstVideoFrame *frame, guint index)
{
  gint depth = GST_VIDEO_FRAME_COMP_DEPTH (frame, index);
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  Component c = {
      .data = GST_VIDEO_FRAME_COMP_DATA (frame, index),
      .stride = GST_VIDEO_FRAME_COMP_STRIDE (frame, index),
      .step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, index),
      .shift = -1,
      .width = GST_VIDEO_FRAME_COMP_WIDTH (frame, index),
      .height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, index),
  };

  if (depth > 8) {
    gint offset = GST_VIDEO_FORMAT_INFO_POFFSET (finfo, index);

    /* GStreamer 1.22 has the offset of the V of P010, P012 and P016 in samples
     * where it should be in bytes */
    if (offset % 2 == 1)
      c.data += offset;
    c.shift = GST_VIDEO_FORMAT_INFO_SHIFT (finfo, index) + depth - 8;
  }
  return c;
}

static void
scale_direct (FrameScaler *self, const GstVideoFrame *frame, gint height,
    guint8 *y, guint8 *u, guint8 *v, Edges *edges)
{
  Component c = component_of (frame, 0);
  guint8 *chroma[] = {u, v};

  scale_component (self, &c, &self->luma, height, ROWS_PER_CELL,
      self->luma_table, y, edges);
  if (GST_VIDEO_FRAME_N_COMPONENTS (frame) < 3)
    return;
  for (guint i = 0; i < 2; i++) {
    c = component_of (frame, i + 1);
    scale_component (self, &c, &self->chroma, height / 2, CHROMA_ROWS_PER_CELL,
        self->chroma_table, chroma[i], NULL);
  }
}

/* --- every other format ------------------------------------------------- */

static inline guint8
clamp_byte (gint value)
{
  return (guint8) CLAMP (value, 0, 255);
}

/* Row @y as three lines of luma, Cb and Cr. */
static void
unpack_line (FrameScaler *self, const GstVideoFrame *frame, gint y)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint width = GST_VIDEO_FRAME_WIDTH (frame);
  gboolean wide = finfo->unpack_format == GST_VIDEO_FORMAT_AYUV64
      || finfo->unpack_format == GST_VIDEO_FORMAT_ARGB64;
  gboolean rgb = finfo->unpack_format == GST_VIDEO_FORMAT_ARGB64
      || finfo->unpack_format == GST_VIDEO_FORMAT_ARGB;

  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, self->unpacked,
      (const gpointer *) frame->data, frame->info.stride, 0, y, width);
  for (gint x = 0; x < width; x++) {
    gint p[3];

    for (guint i = 0; i < 3; i++)
      p[i] = wide ? ((const guint16 *) self->unpacked)[4 * x + i + 1] >> 8
                  : self->unpacked[4 * x + i + 1];
    if (rgb) {
      /* BT.709, in 1/65536 */
      gint luma = (13933 * p[0] + 46871 * p[1] + 4732 * p[2] + 32768) >> 16;
      gint cb = (35318 * (p[2] - luma)) / 65536;
      gint cr = (41615 * (p[0] - luma)) / 65536;

      p[0] = luma;
      p[1] = cb + 128;
      p[2] = cr + 128;
    }
    for (guint i = 0; i < 3; i++)
      self->line[i][x] = clamp_byte (p[i]);
  }
}

/* Chroma is taken from every other cell row, where luma unpacks it anyway. */
static void
scale_unpacked (FrameScaler *self, const GstVideoFrame *frame, gint cells_x,
    gint cells_y, guint8 *y, guint8 *u, guint8 *v, Edges *edges)
{
  Component c = {.step = 1, .shift = -1};
  gint height = GST_VIDEO_FRAME_HEIGHT (frame);
  gint half = cells_x / 2;

  c.width = GST_VIDEO_FRAME_WIDTH (frame);
  for (gint i = 0; i < cells_y; i++) {
    gint begin, end, row_step, n_rows = 0, fine_rows;
    gint n_lines = i % 2 == 0 ? 3 : 1;

    rows_of_cell (i, cells_y, height, CHROMA_ROWS_PER_CELL, &begin, &end,
        &row_step);
    fine_rows = count_fine_rows (height, row_step);
    for (gint row = begin; row < end; row += row_step) {
      unpack_line (self, frame, row);
      for (gint k = 0; k < n_lines; k++)
        add_row (self->sums + k * c.width, self->line[k], &c, n_rows == 0);
      n_rows++;
      take_edges (edges, self->sums, &self->fine, n_rows, fine_rows, i,
          cells_y);
    }
    cells_of_row (self->sums, &self->luma, n_rows, self->luma_table,
        y + i * cells_x);
    if (n_lines == 1)
      continue;
    cells_of_row (self->sums + c.width, &self->chroma, n_rows,
        self->chroma_table, u + i / 2 * half);
    cells_of_row (self->sums + 2 * c.width, &self->chroma, n_rows,
        self->chroma_table, v + i / 2 * half);
  }
}

/* --- upright ------------------------------------------------------------ */

/* Copies a picture of @width x @height cells (as the source has it) to where
 * people see it: @turned ones land in a picture of height x width. */
static void
place (GstVideoOrientationMethod orientation, const guint8 *from, gint width,
    gint height, guint8 *to)
{
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++) {
      gint mx = width - 1 - x, my = height - 1 - y;
      guint8 value = from[y * width + x];

      switch (orientation) {
        case GST_VIDEO_ORIENTATION_90R:
          to[x * height + my] = value;
          break;
        case GST_VIDEO_ORIENTATION_90L:
          to[mx * height + y] = value;
          break;
        case GST_VIDEO_ORIENTATION_UL_LR:
          to[x * height + y] = value;
          break;
        case GST_VIDEO_ORIENTATION_UR_LL:
          to[mx * height + my] = value;
          break;
        case GST_VIDEO_ORIENTATION_180:
          to[my * width + mx] = value;
          break;
        case GST_VIDEO_ORIENTATION_HORIZ:
          to[y * width + mx] = value;
          break;
        case GST_VIDEO_ORIENTATION_VERT:
          to[my * width + x] = value;
          break;
        default:
          to[y * width + x] = value;
          break;
      }
    }
  }
}

/* Height of a sample of edges in its widths, as people see it. */
static gdouble
edges_aspect (const FrameScaler *self, gint cells_y)
{
  const GstVideoInfo *info = &self->info;
  gint width = GST_VIDEO_INFO_WIDTH (info);
  gint height = GST_VIDEO_INFO_HEIGHT (info);
  gint begin, end, step;
  gdouble sample = (gdouble) width / self->fine.n;

  rows_of_cell (0, cells_y, height,
      self->direct ? ROWS_PER_CELL : CHROMA_ROWS_PER_CELL, &begin, &end, &step);
  sample *= (gdouble) MAX (GST_VIDEO_INFO_PAR_N (info), 1)
      / MAX (GST_VIDEO_INFO_PAR_D (info), 1);
  return count_fine_rows (height, step) * step / sample;
}

/* Samples of edges per width of the upright picture. */
static gdouble
edges_density (const FrameScaler *self)
{
  if (!self->turned)
    return self->fine.n;
  return (gdouble) self->fine.n * GST_VIDEO_INFO_HEIGHT (&self->info)
      / MAX (GST_VIDEO_INFO_WIDTH (&self->info), 1);
}

/* Whether what rises to the right falls once it is upright. */
static gboolean
is_mirrored (GstVideoOrientationMethod orientation)
{
  return orientation == GST_VIDEO_ORIENTATION_90R
      || orientation == GST_VIDEO_ORIENTATION_90L
      || orientation == GST_VIDEO_ORIENTATION_HORIZ
      || orientation == GST_VIDEO_ORIENTATION_VERT;
}

void
frame_scaler_scale (FrameScaler *self, const GstVideoFrame *frame,
    SmallFrame *small)
{
  guint8 y[SMALL_HEIGHT * SMALL_WIDTH];
  guint8 u[SMALL_CHROMA_HEIGHT * SMALL_CHROMA_WIDTH];
  guint8 v[SMALL_CHROMA_HEIGHT * SMALL_CHROMA_WIDTH];
  gint width = self->turned ? SMALL_HEIGHT : SMALL_WIDTH;
  gint height = self->turned ? SMALL_WIDTH : SMALL_HEIGHT;
  guint8 detail[EDGE_CELLS], focus[EDGE_CELLS];
  Edges edges;

  edges_init (&edges, self->turned);
  memset (u, 128, sizeof u);
  memset (v, 128, sizeof v);
  memset (y, 0, sizeof y);
  if (GST_VIDEO_FRAME_WIDTH (frame) != GST_VIDEO_INFO_WIDTH (&self->info))
    GST_WARNING ("a picture is not as wide as announced");
  else if (self->direct)
    scale_direct (self, frame, height, y, u, v, &edges);
  else
    scale_unpacked (self, frame, width, height, y, u, v, &edges);
  place (self->orientation, y, width, height, &small->y[0][0]);
  place (self->orientation, u, width / 2, height / 2, &small->u[0][0]);
  place (self->orientation, v, width / 2, height / 2, &small->v[0][0]);
  edges_finish (&edges, edges_density (self), edges_aspect (self, height),
      small);
  if (is_mirrored (self->orientation))
    small->gradient_xy = -small->gradient_xy;
  memcpy (detail, small->detail, sizeof detail);
  memcpy (focus, small->focus, sizeof focus);
  width = edges.cells_x;
  height = EDGE_CELLS / width;
  place (self->orientation, detail, width, height, small->detail);
  place (self->orientation, focus, width, height, small->focus);
}
