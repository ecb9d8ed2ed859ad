// What the plan's driver and its kernels share. kernels.cpp is compiled once for each instruction set; best_kernels() chooses when the program runs.
#pragma once

#include <cstdint>
#include <vector>

#include "plan_shim.h"

namespace seg::plan {

/// Elements of a lane.
inline int32_t lane_elements(int32_t element) { return element == SEG_PLAN_UINT8 ? 4 : element == SEG_PLAN_BFLOAT16 ? 2 : 1; }

/// A map with its address.
struct Map {
    char* data = nullptr;
    int64_t group_stride = 0, row_stride = 0;
    int32_t channels = 0, height = 0, width = 0, pitch = 0;
    bool flat = false, quantized = false;  // quantized: of uint8, else of the plan's element

    /// Channels of a group.
    int32_t elements = 1;

    char* at(int64_t group, int64_t row) const { return data + group * group_stride + row * row_stride; }
};

/// How a term's columns are read: for vectors of the kernels' width, `base` is the first column that a vector reads, `index` counts from there.
struct Columns {
    const int32_t* base;
    const int32_t* index;
    const float* weight;
};

/// How a term's rows are read: (1 − weight) · row low + weight · row high.
struct Rows {
    const int32_t* low;
    const int32_t* high;
    const float* weight;
};

/// Output channels are computed in blocks of 2, 4 or 6, where uint8 is read or written of 2, 4 or 8; a block's weights lie as
/// [group][tap][channel of the block], each a lane.
struct Block {
    int32_t channel, size;
    const char* weights;
};

struct Range {
    int64_t begin, end;
};

struct ConvolutionStep {
    Map source, target, residual;
    bool has_residual, relu;
    int32_t kernel_height, kernel_width, stride, padding_y, padding_x, dilation;
    const Block* blocks;
    int32_t block_count;
    const float* bias;         // of all blocks' channels
    const float* multipliers;  // likewise, of the sums of whole numbers
    const float* residual_factors;  // likewise; null: 1
    const int32_t* lane_mask;  // flat: −1 where a lane is a position, 0 where it is padding
};

struct SumStep {
    Map source, target;
    const float* bias;  // of all groups' channels
    bool relu;
    int32_t term_count;
    Map terms[SEG_PLAN_MOST_TERMS];
    Rows rows[SEG_PLAN_MOST_TERMS];
    Columns columns[SEG_PLAN_MOST_TERMS];
    const float* factors[SEG_PLAN_MOST_TERMS + 1];  // what source and terms are multiplied by, of all groups' channels; null: 1
    float* scratch;  // of the thread: (term_count + 1) · 4 rows of the widest row and 2 vectors
    int64_t scratch_stride;
};

struct PoolStep {
    Map source, target;
    int32_t kernel, stride, padding;
};

struct CopyStep {
    Map map;
    seg_plan_tensor tensor;
};

struct WinogradStep;
struct WinogradWork;

using Convolve = void (*)(const ConvolutionStep& step, Range rows_or_vectors, Range blocks);

/// The kernels of plans of one element type. Rows are the target's (the source's of an export). Those over uint8 are null where there are none.
struct Kernels {
    Convolve convolve_rows[2][2], convolve_flat[2][2];             // by whether the source and the target are of uint8
    void (*sum_rows)(const SumStep& step, Range rows);            // of plans without uint8
    void (*sum_scaled_rows[2])(const SumStep& step, Range rows);  // by whether the target is
    void (*pool_rows[2])(const PoolStep& step, Range rows);
    void (*import_rows)(const CopyStep& step, Range rows);
    void (*export_rows)(const CopyStep& step, Range rows);
    // Winograd's convolution, one after the other, of a batch of strips; groups are of channels.
    void (*winograd_inputs)(const WinogradStep& step, const WinogradWork& work, Range strips, Range groups);
    void (*winograd_products)(const WinogradStep& step, const WinogradWork& work, Range positions, Range blocks);
    void (*winograd_outputs)(const WinogradStep& step, const WinogradWork& work, Range strips, Range groups);
};

struct KernelSet {
    const char* name;
    int32_t lanes;           // of a vector
    const Kernels* float32;  // null where there are none
    const Kernels* bfloat16;
};

/// The best kernels for this processor, within what this thread was limited to.
const KernelSet& best_kernels();

/// Limits this thread to the set of this name and lesser ones; "" to none.
void limit_kernels(const char* name);

}  // namespace seg::plan
