// Compiled once for each instruction set, with SEG_KERNELS naming the set (see CMakeLists.txt): plain loops that the compiler turns into
// vector instructions. Sums are kept in float32 over short runs and in float64 beyond, so that they do not depend on how long a tensor is.
#include "kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "elements.h"

#define SEG_CONCAT(a, b) a##b
#define SEG_NAME(set) SEG_CONCAT(kernels_, set)
#define SEG_LOCAL_RELATION(set) SEG_CONCAT(local_relation_, set)
#define SEG_DEFORM(set) SEG_CONCAT(deform_, set)

namespace seg {
namespace {

constexpr int64_t run_periods = 64;  // periods summed in float32 before they are added to the float64 sums

template <typename T>
void norm_sums(const void* x_, const float* shift, int64_t count, int64_t period, double* sum, double* square_sum) {
    const T* x = static_cast<const T*>(x_);
    std::vector<float> buffer(2 * period);
    float* __restrict s = buffer.data();
    float* __restrict q = s + period;
    for (int64_t start = 0; start < count; start += run_periods * period) {
        std::fill(buffer.begin(), buffer.end(), 0.0f);
        const int64_t end = std::min(count, start + run_periods * period);
        for (int64_t i = start; i < end; i += period) {
            const int64_t n = std::min(period, end - i);
            for (int64_t p = 0; p < n; ++p) {
                const float d = load(x + i + p) - shift[p];
                s[p] += d;
                q[p] += d * d;
            }
        }
        for (int64_t p = 0; p < period; ++p) {
            sum[p] += s[p];
            square_sum[p] += q[p];
        }
    }
}

template <typename T, bool Residual, bool Relu>
void norm_apply_as(const T* __restrict x, const T* __restrict residual, const float* __restrict scale, const float* __restrict offset,
                   int64_t count, int64_t period, T* __restrict y) {
    for (int64_t i = 0; i < count; i += period) {
        const int64_t n = std::min(period, count - i);
        for (int64_t p = 0; p < n; ++p) {
            float value = load(x + i + p) * scale[p] + offset[p];
            if (Residual)
                value += load(residual + i + p);
            if (Relu)
                value = value < 0.0f ? 0.0f : value;  // keeps NaN
            save(value, y + i + p);
        }
    }
}

template <typename T>
void norm_apply(const void* x, const void* residual, const float* scale, const float* offset, bool relu,
                int64_t count, int64_t period, void* y) {
    const auto apply = residual ? (relu ? norm_apply_as<T, true, true> : norm_apply_as<T, true, false>)
                                : (relu ? norm_apply_as<T, false, true> : norm_apply_as<T, false, false>);
    apply(static_cast<const T*>(x), static_cast<const T*>(residual), scale, offset, count, period, static_cast<T*>(y));
}

template <typename T, bool Relu>
inline float gradient(const T* dy, const T* y, int64_t i) {
    const float g = load(dy + i);
    return Relu ? (load(y + i) > 0.0f ? g : 0.0f) : g;
}

template <typename T, bool Relu>
void norm_backward_sums_as(const T* __restrict dy, const T* __restrict y, const T* __restrict x, const float* __restrict mean,
                           int64_t count, int64_t period, double* sum, double* product_sum) {
    std::vector<float> buffer(2 * period);
    float* __restrict s = buffer.data();
    float* __restrict q = s + period;
    for (int64_t start = 0; start < count; start += run_periods * period) {
        std::fill(buffer.begin(), buffer.end(), 0.0f);
        const int64_t end = std::min(count, start + run_periods * period);
        for (int64_t i = start; i < end; i += period) {
            const int64_t n = std::min(period, end - i);
            for (int64_t p = 0; p < n; ++p) {
                const float g = gradient<T, Relu>(dy, y, i + p);
                s[p] += g;
                q[p] += g * (load(x + i + p) - mean[p]);
            }
        }
        for (int64_t p = 0; p < period; ++p) {
            sum[p] += s[p];
            product_sum[p] += q[p];
        }
    }
}

template <typename T>
void norm_backward_sums(const void* dy, const void* y, const void* x, const float* mean,
                        int64_t count, int64_t period, double* sum, double* product_sum) {
    const auto apply = y ? norm_backward_sums_as<T, true> : norm_backward_sums_as<T, false>;
    apply(static_cast<const T*>(dy), static_cast<const T*>(y), static_cast<const T*>(x), mean, count, period, sum, product_sum);
}

template <typename T, bool Relu, bool Residual>
void norm_backward_apply_as(const T* __restrict dy, const T* __restrict y, const T* __restrict x, const float* __restrict a,
                            const float* __restrict b, const float* __restrict c, int64_t count, int64_t period,
                            T* __restrict dx, T* __restrict d_residual) {
    for (int64_t i = 0; i < count; i += period) {
        const int64_t n = std::min(period, count - i);
        for (int64_t p = 0; p < n; ++p) {
            const float g = gradient<T, Relu>(dy, y, i + p);
            save(a[p] * g + b[p] * load(x + i + p) + c[p], dx + i + p);
            if (Residual)
                save(g, d_residual + i + p);
        }
    }
}

template <typename T>
void norm_backward_apply(const void* dy, const void* y, const void* x, const float* a, const float* b, const float* c,
                         int64_t count, int64_t period, void* dx, void* d_residual) {
    const auto apply = y ? (d_residual ? norm_backward_apply_as<T, true, true> : norm_backward_apply_as<T, true, false>)
                         : (d_residual ? norm_backward_apply_as<T, false, true> : norm_backward_apply_as<T, false, false>);
    apply(static_cast<const T*>(dy), static_cast<const T*>(y), static_cast<const T*>(x), a, b, c, count, period,
          static_cast<T*>(dx), static_cast<T*>(d_residual));
}

template <typename T, bool Residual, bool Relu>
void add_act_as(T* __restrict x, const T* __restrict residual, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
        float value = load(x + i);
        if (Residual)
            value += load(residual + i);
        if (Relu)
            value = value < 0.0f ? 0.0f : value;
        save(value, x + i);
    }
}

template <typename T>
void add_act(void* x, const void* residual, bool relu, int64_t count) {
    if (!residual && !relu)
        return;
    const auto apply = residual ? (relu ? add_act_as<T, true, true> : add_act_as<T, true, false>) : add_act_as<T, false, true>;
    apply(static_cast<T*>(x), static_cast<const T*>(residual), count);
}

template <typename T>
void blend_rows(const void* low_, const void* high_, float weight, int64_t pixels, int64_t channels, int64_t stride, float* target) {
    const T* __restrict low = static_cast<const T*>(low_);
    const T* __restrict high = static_cast<const T*>(high_);
    const float rest = 1.0f - weight;
    if (stride == channels) {
        channels *= pixels;
        stride = channels;
        pixels = 1;
    }
    for (int64_t x = 0; x < pixels; ++x) {
        float* __restrict out = target + x * stride;
        for (int64_t c = 0; c < channels; ++c)
            out[c] = rest * load(low + x * channels + c) + weight * load(high + x * channels + c);
    }
}

template <typename T>
void sum_row(const void* base_, const float* bias, int32_t maps, const float* const* rows, const Interpolation* along,
             int64_t width, int64_t channels, bool relu, void* out_) {
    const T* base = static_cast<const T*>(base_);
    T* out = static_cast<T*>(out_);
    std::vector<float> buffer(channels);
    float* __restrict sum = buffer.data();
    for (int64_t x = 0; x < width; ++x) {
        const T* __restrict pixel = base + x * channels;
        for (int64_t c = 0; c < channels; ++c)
            sum[c] = load(pixel + c);
        if (bias)
            for (int64_t c = 0; c < channels; ++c)
                sum[c] += bias[c];
        for (int32_t m = 0; m < maps; ++m) {
            const float* __restrict low = rows[m] + along[m].low[x] * channels;
            const float* __restrict high = rows[m] + along[m].high[x] * channels;
            const float weight = along[m].weight[x], rest = 1.0f - weight;
            for (int64_t c = 0; c < channels; ++c)
                sum[c] += rest * low[c] + weight * high[c];
        }
        T* __restrict target = out + x * channels;
        if (relu)
            for (int64_t c = 0; c < channels; ++c)
                save(sum[c] < 0.0f ? 0.0f : sum[c], target + c);
        else
            for (int64_t c = 0; c < channels; ++c)
                save(sum[c], target + c);
    }
}

template <typename T>
void masked_gradient(const void* dy_, const void* y_, int64_t count, float* __restrict g) {
    const T* __restrict dy = static_cast<const T*>(dy_);
    const T* __restrict y = static_cast<const T*>(y_);
    if (y)
        for (int64_t i = 0; i < count; ++i)
            g[i] = gradient<T, true>(dy, y, i);
    else
        for (int64_t i = 0; i < count; ++i)
            g[i] = load(dy + i);
}

template <typename T>
void store_pixels(const float* source, int64_t pixels, int64_t channels, int64_t stride, void* target_) {
    T* target = static_cast<T*>(target_);
    for (int64_t x = 0; x < pixels; ++x) {
        const float* __restrict from = source + x * stride;
        T* __restrict to = target + x * channels;
        for (int64_t c = 0; c < channels; ++c)
            save(from[c], to + c);
    }
}

template <typename T>
void store(const float* source, int64_t count, void* target) {
    store_pixels<T>(source, 1, count, count, target);
}

void scatter_row(const float* g, Interpolation along, int64_t width, int64_t channels, float* low_row) {
    for (int64_t x = 0; x < width; ++x) {
        const float* __restrict pixel = g + x * channels;
        float* low = low_row + along.low[x] * channels;
        float* high = low_row + along.high[x] * channels;
        const float weight = along.weight[x], rest = 1.0f - weight;
        #pragma omp simd
        for (int64_t c = 0; c < channels; ++c)
            low[c] += rest * pixel[c];
        #pragma omp simd
        for (int64_t c = 0; c < channels; ++c)  // its own loop: at the border `high` is `low`
            high[c] += weight * pixel[c];
    }
}

void add_scaled(const float* __restrict source, float weight, int64_t count, float* __restrict target) {
    for (int64_t i = 0; i < count; ++i)
        target[i] += weight * source[i];
}

// e^x for x ≤ 0, to 2 units in the last place; 0 below −87 and NaN for NaN. Cephes' polynomial.
inline float exp_of_negative(float x) {
    const float bounded = x < -87.0f ? -87.0f : x;
    const float n = std::floor(bounded * 1.44269504f + 0.5f);
    const float r = (bounded - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof power);
    const float value = p * power;
    return x < -87.0f ? 0.0f : value;
}

constexpr int64_t most_classes = 256;

inline float interpolated_logits(const float* row, Interpolation along, int64_t x, int64_t stride, float* __restrict logits) {
    const float* __restrict low = row + along.low[x] * stride;
    const float* __restrict high = row + along.high[x] * stride;
    const float weight = along.weight[x], rest = 1.0f - weight;
    float largest = -INFINITY;
    #pragma omp simd reduction(max : largest)
    for (int64_t k = 0; k < stride; ++k) {
        logits[k] = rest * low[k] + weight * high[k];
        largest = logits[k] > largest ? logits[k] : largest;
    }
    return largest;
}

double cross_entropy_row(const float* row, Interpolation along, const uint8_t* labels, const float* class_weights,
                         int64_t width, int64_t stride, float* d_row) {
    alignas(64) float logits[most_classes];
    alignas(64) float exponentials[most_classes];
    double total = 0.0;
    for (int64_t x = 0; x < width; ++x) {
        const float class_weight = class_weights[labels[x]];
        if (class_weight == 0.0f)
            continue;
        const float largest = interpolated_logits(row, along, x, stride, logits);
        float sum = 0.0f;
        #pragma omp simd reduction(+ : sum)
        for (int64_t k = 0; k < stride; ++k) {
            exponentials[k] = exp_of_negative(logits[k] - largest);
            sum += exponentials[k];
        }
        total += class_weight * (std::log(sum) + largest - logits[labels[x]]);
        if (!d_row)
            continue;
        const float factor = class_weight / sum;
        float* low = d_row + along.low[x] * stride;
        float* high = d_row + along.high[x] * stride;
        const float weight = along.weight[x], rest = 1.0f - weight;
        #pragma omp simd
        for (int64_t k = 0; k < stride; ++k)
            low[k] += rest * factor * exponentials[k];
        #pragma omp simd
        for (int64_t k = 0; k < stride; ++k)
            high[k] += weight * factor * exponentials[k];
        low[labels[x]] -= rest * class_weight;
        high[labels[x]] -= weight * class_weight;
    }
    return total;
}

// Σ e^(logits − largest), of which the terms are kept.
inline float exponentials_of(const float* __restrict logits, float largest, int64_t stride, float* __restrict exponentials) {
    float sum = 0.0f;
    #pragma omp simd reduction(+ : sum)
    for (int64_t k = 0; k < stride; ++k) {
        exponentials[k] = exp_of_negative(logits[k] - largest);
        sum += exponentials[k];
    }
    return sum;
}

double pixel_loss_row(const float* row, Interpolation along, const uint8_t* labels, const float* class_weights, PixelLoss loss,
                      int64_t width, int64_t stride, float* d_row) {
    alignas(64) float logits[most_classes];
    alignas(64) float exponentials[most_classes];
    const float* __restrict smoothing_weights = loss.smoothing_weights;
    double total = 0.0;
    for (int64_t x = 0; x < width; ++x) {
        const int64_t label = labels[x];
        const float class_weight = class_weights[label] * (1.0f - loss.smoothing);
        if (class_weights[label] == 0.0f)
            continue;
        const float largest = interpolated_logits(row, along, x, stride, logits);
        const float sum = exponentials_of(logits, largest, stride, exponentials);
        const float log_sum = std::log(sum) + largest;
        const float entropy = log_sum - logits[label];
        // The loss is a function of p; its derivative by logit k is slope · (p_k − [k is the label]).
        float value = entropy, slope = 1.0f;
        if (loss.focusing != 0.0f) {
            const float rest = -std::expm1(-entropy);  // 1 − p, exact where p is near 1
            const float power = rest > 0.0f ? std::pow(rest, loss.focusing) : (rest == 0.0f ? 0.0f : rest);
            value = power * entropy;
            slope = rest > 0.0f ? power * (1.0f + loss.focusing * std::exp(-entropy) * entropy / rest) : power;
        }
        total += class_weight * value;
        if (loss.smoothing != 0.0f) {
            float weighted = 0.0f;
            #pragma omp simd reduction(+ : weighted)
            for (int64_t k = 0; k < stride; ++k)
                weighted += smoothing_weights[k] * (smoothing_weights[k] == 0.0f ? 0.0f : logits[k]);
            total += loss.smoothing_total * log_sum - weighted;
        }
        if (!d_row)
            continue;
        const float on_label = class_weight * slope;
        const float factor = (on_label + loss.smoothing_total) / sum;
        float* low = d_row + along.low[x] * stride;
        float* high = d_row + along.high[x] * stride;
        const float weight = along.weight[x], rest = 1.0f - weight;
        #pragma omp simd
        for (int64_t k = 0; k < stride; ++k)
            low[k] += rest * (factor * exponentials[k] - smoothing_weights[k]);
        #pragma omp simd
        for (int64_t k = 0; k < stride; ++k)
            high[k] += weight * (factor * exponentials[k] - smoothing_weights[k]);
        low[label] -= rest * on_label;
        high[label] -= weight * on_label;
    }
    return total;
}

void label_probability_row(const float* row, Interpolation along, const uint8_t* labels, int32_t ignored,
                           int64_t width, int64_t stride, float* out) {
    alignas(64) float logits[most_classes];
    alignas(64) float exponentials[most_classes];
    for (int64_t x = 0; x < width; ++x) {
        if (labels[x] == ignored) {
            out[x] = 1.0f;
            continue;
        }
        const float largest = interpolated_logits(row, along, x, stride, logits);
        const float sum = exponentials_of(logits, largest, stride, exponentials);
        out[x] = exponentials[labels[x]] / sum;
    }
}

void arg_max_row(const float* row, Interpolation along, int64_t width, int64_t stride, uint8_t* out) {
    alignas(64) float logits[most_classes];
    for (int64_t x = 0; x < width; ++x) {
        const float largest = interpolated_logits(row, along, x, stride, logits);
        int32_t first = most_classes - 1;
        #pragma omp simd reduction(min : first)
        for (int32_t k = 0; k < static_cast<int32_t>(stride); ++k)
            first = logits[k] == largest && k < first ? k : first;
        out[x] = static_cast<uint8_t>(first);
    }
}

template <typename T>
constexpr Kernels kernels_of() {
    return {norm_sums<T>, norm_apply<T>, norm_backward_sums<T>, norm_backward_apply<T>, add_act<T>, blend_rows<T>, sum_row<T>,
            masked_gradient<T>, store<T>, store_pixels<T>};
}

}  // namespace

extern const LocalRelationKernelSet SEG_LOCAL_RELATION(SEG_KERNELS);
extern const DeformKernelSet SEG_DEFORM(SEG_KERNELS);
extern const KernelSet SEG_NAME(SEG_KERNELS);
const KernelSet SEG_NAME(SEG_KERNELS) = {
    SEG_KERNELS_TEXT,
    {kernels_of<float>(), kernels_of<bfloat16>()},
    {scatter_row, add_scaled, cross_entropy_row, pixel_loss_row, label_probability_row, arg_max_row},
    &SEG_LOCAL_RELATION(SEG_KERNELS),
    &SEG_DEFORM(SEG_KERNELS),
};

}  // namespace seg
