// The inner loops of the fused operators, on plain memory laid out with the channels innermost. kernels.cpp is compiled once for each
// instruction set; kernels() returns the best set that this processor runs. No libtorch here: the operators beside this file own
// tensors, threads and errors.
#pragma once

#include <cstdint>

namespace seg {

/// The element types that the kernels know; every computation is done in float32.
enum class Element { Float32 = 0, BFloat16 = 1 };

/// Where an output position reads from along one axis: (1 - weight) · source[low] + weight · source[high].
struct Interpolation {
    const int32_t* low;
    const int32_t* high;
    const float* weight;
};

/// Kernels for one element type. A "period" is a number of channels, or a multiple of it: arrays over channels hold `period` values
/// (the channels repeated), so that loops run over whole vectors when the number of channels is no multiple of the vector's width.
struct Kernels {
    /// Adds to sum[p] and square_sum[p] the values x − shift[p] and their squares, over `count` elements.
    void (*norm_sums)(const void* x, const float* shift, int64_t count, int64_t period, double* sum, double* square_sum);

    /// y = x · scale[p] + offset[p] (+ residual), then ReLU if asked for. `residual` may be null.
    void (*norm_apply)(const void* x, const void* residual, const float* scale, const float* offset, bool relu,
                       int64_t count, int64_t period, void* y);

    /// With g = dy where y > 0 (everywhere when y is null), adds g to sum[p] and g · (x − mean[p]) to product_sum[p].
    void (*norm_backward_sums)(const void* dy, const void* y, const void* x, const float* mean,
                               int64_t count, int64_t period, double* sum, double* product_sum);

    /// With g as above: dx = a[p] · g + b[p] · x + c[p], and d_residual = g where it is not null.
    void (*norm_backward_apply)(const void* dy, const void* y, const void* x, const float* a, const float* b, const float* c,
                                int64_t count, int64_t period, void* dx, void* d_residual);

    /// x = relu(x + residual) in place; `residual` may be null, ReLU may be left out.
    void (*add_act)(void* x, const void* residual, bool relu, int64_t count);

    /// target = (1 − weight) · low + weight · high, for `pixels` pixels of `channels` values each; a pixel takes `stride` floats in the target.
    void (*blend_rows)(const void* low, const void* high, float weight, int64_t pixels, int64_t channels, int64_t stride, float* target);

    /// One row of a sum of maps: out = base + bias + Σ (row i interpolated along x), then ReLU if asked for. `bias` may be null.
    void (*sum_row)(const void* base, const float* bias, int32_t maps, const float* const* rows, const Interpolation* x,
                    int64_t width, int64_t channels, bool relu, void* out);

    /// g = dy where y > 0 (everywhere when y is null), as float32.
    void (*masked_gradient)(const void* dy, const void* y, int64_t count, float* g);

    /// Converts float32 values to the element type.
    void (*store)(const float* source, int64_t count, void* target);

    /// As store, for pixels that take `stride` floats in the source and `channels` elements in the target.
    void (*store_pixels)(const float* source, int64_t pixels, int64_t channels, int64_t stride, void* target);
};

/// How a pixel's loss is made of its cross-entropy. With p the probability of the pixel's class and w its weight: w · (1 − p)^focusing · −ln p, of which
/// 1 − smoothing is taken; added to it is smoothing_weights[k] · −ln p_k over all classes k.
struct PixelLoss {
    float focusing;                  // 0: plain cross-entropy
    float smoothing;                 // 0: none
    const float* smoothing_weights;  // `stride` floats, zero beyond the last class
    float smoothing_total;           // their sum
};

/// Kernels on float32 alone.
struct FloatKernels {
    /// The transpose of an interpolation along x: adds g's pixels, weighted, to the pixels of `low` that they were read from.
    void (*scatter_row)(const float* g, Interpolation x, int64_t width, int64_t channels, float* low);

    /// target += weight · source.
    void (*add_scaled)(const float* source, float weight, int64_t count, float* target);

    /// Cross-entropy of one row of `width` positions whose logits are interpolated from `row` (pixels of `stride` floats, of which those from
    /// `classes` on are very negative). class_weights has 256 entries, zero for labels that do not count. Returns the weighted sum of
    /// the losses; adds the gradient with respect to `row` to d_row unless that is null.
    double (*cross_entropy_row)(const float* row, Interpolation x, const uint8_t* labels, const float* class_weights,
                                int64_t width, int64_t stride, float* d_row);

    /// As cross_entropy_row, with another loss of a pixel.
    double (*pixel_loss_row)(const float* row, Interpolation x, const uint8_t* labels, const float* class_weights, PixelLoss loss,
                             int64_t width, int64_t stride, float* d_row);

    /// out[x] = the probability that softmax gives to the label of each position of a row; 1 where the label is `ignored`.
    void (*label_probability_row)(const float* row, Interpolation x, const uint8_t* labels, int32_t ignored,
                                  int64_t width, int64_t stride, float* out);

    /// The index of the largest interpolated logit at each position of a row; the first of equals.
    void (*arg_max_row)(const float* row, Interpolation x, int64_t width, int64_t stride, uint8_t* out);
};

struct LocalRelationKernelSet;  // local_relation.h
struct DeformKernelSet;         // deform_taps.h

struct KernelSet {
    const char* instruction_set;
    Kernels by_element[2];
    FloatKernels on_float;
    const LocalRelationKernelSet* local_relation;
    const DeformKernelSet* deform;

    const Kernels& of(Element element) const { return by_element[static_cast<int>(element)]; }
};

/// The best kernels for this processor.
const KernelSet& kernels();

}  // namespace seg
