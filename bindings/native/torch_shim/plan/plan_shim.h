/* Plans: lists of steps over maps, run without libtorch in between.
 *
 *     C# (CompiledNetwork)  ->  torch_shim (this header)  ->  kernels compiled for each instruction set
 *
 * A map is laid out for vectors of neighbouring positions: a "lane" of 32 bits holds one position of one float32 channel, of two bfloat16 channels or of four
 * uint8 channels (a "group" of channels), and the lanes of a row of a group follow each other. So few vectors are filled up with channels that are not
 * there, whatever their number, and the same loops serve all types. Behind every row stand lanes of zeros, which are the padding of its end and of the next row's
 * beginning. In a "flat" map all rows of a group follow each other, with rows of zeros above and below: a convolution runs over all of them as if
 * they were one row, so that narrow maps fill vectors, too.
 *
 * Codes, errors and threads are torch_shim.h's. A plan is run by one thread at a time, which brings along the others that OpenMP gives it.
 */
#pragma once

#include "../torch_shim.h"

typedef struct seg_plan_ seg_plan;

/* uint8 is of maps within a plan of another element: whole numbers from 0 to 255. What 1 stands for is the caller's to know: it is in weights, biases
 * and factors. */
enum { SEG_PLAN_FLOAT32 = 0, SEG_PLAN_BFLOAT16 = 1, SEG_PLAN_UINT8 = 2 };

enum {
    SEG_STEP_CONVOLUTION = 0, /* target = act(multiplier · convolution of source + bias + factor · residual) */
    SEG_STEP_SUM = 1,         /* target = act(factor · source + bias + factor · each term brought to the target's size by interpolation) */
    SEG_STEP_MAX_POOL = 2,    /* of values that are not negative: the padding is zero */
    SEG_STEP_IMPORT = 3,      /* a tensor of the caller becomes target */
    SEG_STEP_EXPORT = 4,      /* source becomes a tensor of the caller */
};

/* How a convolution is computed. */
enum {
    SEG_METHOD_DIRECT = 0,
    SEG_METHOD_WINOGRAD = 1, /* 3x3, stride 1, of maps of the plan's own element, not joined: a quarter of the multiplications, in float32 */
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
    int32_t element;      /* the plan's, or SEG_PLAN_UINT8: values are rounded to nearest, ties to even, and held between 0 and 255 */
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
    const float* multipliers; /* convolutions that read uint8: one a target channel; their weights are whole numbers from -127 to 127 */
    const float* factors; /* plans with uint8: one a target channel for the residual, or for source and each term of a sum; NULL: 1 */
    int32_t kernel_height, kernel_width, stride, padding_y, padding_x, dilation;
    int32_t method;
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

/* Whether this processor has kernels for the element type that are worth a plan: for uint8 beside bfloat16 where it has that, else beside float32.
 * Cannot fail. */
SEG_API int32_t seg_plan_supports(int32_t element);

/* The instruction set that plans of this thread use: "avx512_bf16", "avx512_vnni", "avx512", "avx2", "baseline" (ARM), or "none". Cannot fail. */
SEG_API const char* seg_plan_instructions(void);

/* Limits plans that this thread makes from now on to the named set and lesser ones, for tests; "" takes the limit away. Without a call the environment
 * variable SEG_INSTRUCTIONS is the limit. Of a name that is no set's there are no kernels. Cannot fail. */
SEG_API void seg_plan_limit(const char* instructions);

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
