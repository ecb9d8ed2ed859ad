/* Plans: lists of steps over maps, run without libtorch in between.
 *
 *     C# (CompiledNetwork)  ->  torch_shim (this header)  ->  kernels compiled for each instruction set
 *
 * A map is laid out for vectors of neighbouring positions: a "lane" of 32 bits holds one position of one float32 channel or of two bfloat16 channels
 * (a "group" of channels), and the lanes of a row of a group follow each other. So no vector is filled up with channels that are not there, whatever
 * their number, and the same loops serve both types. Behind every row stand lanes of zeros, which are the padding of its end and of the next row's
 * beginning. In a "flat" map all rows of a group follow each other, with rows of zeros above and below: a convolution runs over all of them as if
 * they were one row, so that narrow maps fill vectors, too.
 *
 * Codes, errors and threads are torch_shim.h's. A plan is run by one thread at a time, which brings along the others that OpenMP gives it.
 */
#pragma once

#include "../torch_shim.h"

typedef struct seg_plan_ seg_plan;

enum { SEG_PLAN_FLOAT32 = 0, SEG_PLAN_BFLOAT16 = 1 };

enum {
    SEG_STEP_CONVOLUTION = 0, /* target = act(convolution of source + bias + residual) */
    SEG_STEP_SUM = 1,         /* target = act(source + bias + each term brought to the target's size by interpolation) */
    SEG_STEP_MAX_POOL = 2,    /* of values that are not negative: the padding is zero */
    SEG_STEP_IMPORT = 3,      /* a tensor of the caller becomes target */
    SEG_STEP_EXPORT = 4,      /* source becomes a tensor of the caller */
};

enum { SEG_PLAN_MOST_TERMS = 6 };

typedef struct {
    int64_t offset;       /* of row 0's first lane: bytes from the arena's beginning, or from the thread's scratch */
    int64_t group_stride; /* bytes from one group of channels to the next */
    int64_t row_stride;   /* bytes from one row of a group to the next */
    int32_t channels, height, width;
    int32_t pitch;        /* lanes of a row with the zeros behind it */
    int32_t flat;         /* see above */
    int32_t scratch;      /* 1: only the rows at work exist, in memory of the thread's own */
} seg_plan_map;

typedef struct {
    int32_t kind;
    int32_t relu;
    int32_t joined;       /* 1: the next step follows at once on the same rows */
    int32_t has_residual;
    seg_plan_map source, target, residual;
    /* Convolution and pooling. */
    const float* weights; /* (target channels, source channels, kernel_height, kernel_width), read when the plan is made; NULL for pooling */
    const float* bias;    /* one a target channel, or NULL; of sums, too; read when the plan is made */
    int32_t kernel_height, kernel_width, stride, padding_y, padding_x, dilation;
    /* Sum. */
    int32_t term_count, nearest, align_corners;
    /* Import and export: which of the tensors that a run is given. */
    int32_t tensor;
    seg_plan_map terms[SEG_PLAN_MOST_TERMS];
} seg_plan_step;

/* A tensor of one image: strides are in elements. */
typedef struct {
    void* data;
    int64_t channel_stride, row_stride, column_stride;
    int32_t element; /* SEG_PLAN_FLOAT32 or SEG_PLAN_BFLOAT16 */
    int32_t unused;
} seg_plan_tensor;

/* Whether this processor has kernels for the element type that are worth a plan. Cannot fail. */
SEG_API int32_t seg_plan_supports(int32_t element);

/* Makes a plan; weights are packed, tables made, memory taken. Fails on a step that no kernel does. Freed with seg_plan_free. */
SEG_API int32_t seg_plan_new(const seg_plan_step* steps, int32_t count, int32_t element, int64_t arena_bytes, int64_t scratch_bytes,
                             seg_plan** out_plan);
SEG_API void seg_plan_free(seg_plan* plan);

/* Runs `count` steps from `first` on, by at most `threads` threads. */
SEG_API int32_t seg_plan_run(seg_plan* plan, int32_t first, int32_t count, int32_t threads, const seg_plan_tensor* tensors, int32_t tensor_count);

/* Bytes of maps and of packed weights. Cannot fail. */
SEG_API int64_t seg_plan_bytes(const seg_plan* plan);

/* Plans that have been made and not freed. Cannot fail. */
SEG_API int64_t seg_plan_live(void);
