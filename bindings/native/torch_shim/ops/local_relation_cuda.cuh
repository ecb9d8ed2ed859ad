// The local relation layer's CUDA kernels on plain (N, C, H, W) memory: a thread for each window and group, or for each position and group, so
// that every result is written once and sums have one order. Weights are formed where they are used and kept nowhere; the backward pass
// notes two numbers for each window and group. `Real` is the type of the arithmetic, `T` of the maps.
#pragma once

#include "local_relation.h"

namespace seg {

template <typename T, typename Real>
struct LocalRelationMaps {
    const T *value, *key, *query, *dy;  // dy: in the backward pass
    const Real* prior;                  // null: zeros
};

template <typename Real>
struct WindowNotes {
    Real* log_sum;  // logarithm of the sum of the weights' exponentials
    Real* mean;     // Σ over offsets of weight · its derivative
};

template <typename Real>
__device__ inline Real composed(Composition composition, Real query, Real key) {
    const Real off = query - key;
    return composition == Composition::Product ? query * key : composition == Composition::SquaredDifference ? -off * off : -fabs(off);
}

// Derivatives of `composed` by the query and by the key.
template <typename Real>
__device__ inline Real by_query(Composition composition, Real query, Real key) {
    const Real off = query - key;
    return composition == Composition::Product ? key
           : composition == Composition::SquaredDifference ? -2 * off
           : off > 0 ? Real(-1) : off < 0 ? Real(1) : Real(0) * off;
}

template <typename Real>
__device__ inline Real by_key(Composition composition, Real query, Real key) {
    return composition == Composition::Product ? query : -by_query(composition, query, key);
}

/// The element (n, c, y, x) of a map, zero beyond it.
template <typename Real, typename T>
__device__ inline Real at(const T* map, int64_t n, int64_t channels, int64_t c, int64_t height, int64_t width, int64_t y, int64_t x) {
    return y < 0 || y >= height || x < 0 || x >= width ? Real(0) : static_cast<Real>(map[((n * channels + c) * height + y) * width + x]);
}

/// One window of one group: what its logits are made of.
template <typename T, typename Real>
struct Window {
    const LocalRelation& layer;
    const LocalRelationMaps<T, Real>& maps;
    int64_t n, e, row, column;  // row and column among the windows

    __device__ Real query() const {
        return at<Real>(maps.query, n, layer.groups, e, layer.height, layer.width, row * layer.stride + layer.kernel / 2 - layer.padding,
                        column * layer.stride + layer.kernel / 2 - layer.padding);
    }
    __device__ Real key(int64_t dy, int64_t dx) const {
        return at<Real>(maps.key, n, layer.groups, e, layer.height, layer.width, row * layer.stride + dy - layer.padding,
                        column * layer.stride + dx - layer.padding);
    }
    __device__ Real value(int64_t c, int64_t dy, int64_t dx) const {
        return at<Real>(maps.value, n, layer.channels, c, layer.height, layer.width, row * layer.stride + dy - layer.padding,
                        column * layer.stride + dx - layer.padding);
    }
    __device__ Real prior(int64_t dy, int64_t dx) const {
        return maps.prior ? maps.prior[(e * layer.kernel + dy) * layer.kernel + dx] : Real(0);
    }
    __device__ Real logit(Real query, int64_t dy, int64_t dx) const { return composed(layer.composition, query, key(dy, dx)) + prior(dy, dx); }
    __device__ int64_t out(int64_t c) const { return ((n * layer.channels + c) * layer.out_height + row) * layer.out_width + column; }
    __device__ int64_t note() const { return ((n * layer.groups + e) * layer.out_height + row) * layer.out_width + column; }

    /// The logarithm of the sum of all logits' exponentials.
    __device__ Real log_sum(Real query) const {
        Real largest = -INFINITY;
        for (int64_t dy = 0; dy < layer.kernel; ++dy)
            for (int64_t dx = 0; dx < layer.kernel; ++dx) {
                const Real value = logit(query, dy, dx);
                largest = value > largest ? value : largest;
            }
        Real sum = 0;
        for (int64_t dy = 0; dy < layer.kernel; ++dy)
            for (int64_t dx = 0; dx < layer.kernel; ++dx)
                sum += exp(logit(query, dy, dx) - largest);
        return largest + log(sum);
    }

    /// The derivative of the loss by the weight at one offset.
    __device__ Real weight_slope(int64_t dy, int64_t dx) const {
        Real sum = 0;
        for (int64_t c = e; c < layer.channels; c += layer.groups)
            sum += static_cast<Real>(maps.dy[out(c)]) * value(c, dy, dx);
        return sum;
    }
};

template <typename T, typename Real>
__device__ inline Window<T, Real> window_of(const LocalRelation& layer, const LocalRelationMaps<T, Real>& maps, int64_t i) {
    return {layer, maps, i / (layer.out_width * layer.out_height * layer.groups), i / (layer.out_width * layer.out_height) % layer.groups,
            i / layer.out_width % layer.out_height, i % layer.out_width};
}

constexpr int channels_at_once = 8;

/// Thread i: one window of one group.
template <typename T, typename Real>
__global__ void forward_kernel(LocalRelation layer, LocalRelationMaps<T, Real> maps, int64_t count, T* y) {
    const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= count)
        return;
    const Window<T, Real> window = window_of(layer, maps, i);
    const Real query = window.query(), log_sum = window.log_sum(query);
    for (int64_t first = window.e; first < layer.channels; first += channels_at_once * layer.groups) {
        Real sums[channels_at_once] = {};
        for (int64_t dy = 0; dy < layer.kernel; ++dy)
            for (int64_t dx = 0; dx < layer.kernel; ++dx) {
                const Real weight = exp(window.logit(query, dy, dx) - log_sum);
                for (int j = 0; j < channels_at_once; ++j)
                    if (first + j * layer.groups < layer.channels)
                        sums[j] += weight * window.value(first + j * layer.groups, dy, dx);
            }
        for (int j = 0; j < channels_at_once; ++j)
            if (first + j * layer.groups < layer.channels)
                y[window.out(first + j * layer.groups)] = static_cast<T>(sums[j]);
    }
}

/// Thread i: one window of one group; its notes and, where wanted, the gradient of its query.
template <typename T, typename Real>
__global__ void window_kernel(LocalRelation layer, LocalRelationMaps<T, Real> maps, int64_t count, WindowNotes<Real> notes, T* d_query) {
    const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= count)
        return;
    const Window<T, Real> window = window_of(layer, maps, i);
    const Real query = window.query(), log_sum = window.log_sum(query);
    Real mean = 0, sloped = 0, unsloped = 0;  // Σ w·s, Σ w·s·∂, Σ w·∂, with ∂ the logit's derivative by the query
    for (int64_t dy = 0; dy < layer.kernel; ++dy)
        for (int64_t dx = 0; dx < layer.kernel; ++dx) {
            const Real weight = exp(window.logit(query, dy, dx) - log_sum), slope = weight * window.weight_slope(dy, dx);
            const Real derivative = by_query(layer.composition, query, window.key(dy, dx));
            mean += slope;
            sloped += slope * derivative;
            unsloped += weight * derivative;
        }
    notes.log_sum[i] = log_sum;
    notes.mean[i] = mean;
    const int64_t y = window.row * layer.stride + layer.kernel / 2 - layer.padding;
    const int64_t x = window.column * layer.stride + layer.kernel / 2 - layer.padding;
    if (d_query && y >= 0 && y < layer.height && x >= 0 && x < layer.width)
        d_query[((window.n * layer.groups + window.e) * layer.height + y) * layer.width + x] = static_cast<T>(sloped - mean * unsloped);
}

/// Thread i: one position of one group; gathers the gradients of its key and values from the windows that look at it.
template <typename T, typename Real>
__global__ void position_kernel(LocalRelation layer, LocalRelationMaps<T, Real> maps, int64_t count, WindowNotes<Real> notes, T* d_value, T* d_key) {
    const int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= count)
        return;
    const int64_t x = i % layer.width, y = i / layer.width % layer.height, e = i / (layer.width * layer.height) % layer.groups,
                  n = i / (layer.width * layer.height * layer.groups);
    for (int64_t first = e; first < layer.channels; first += channels_at_once * layer.groups) {
        Real values[channels_at_once] = {}, key = 0;
        for (int64_t dy = 0; dy < layer.kernel; ++dy)
            for (int64_t dx = 0; dx < layer.kernel; ++dx) {
                const int64_t down = y + layer.padding - dy, across = x + layer.padding - dx;
                if (down < 0 || across < 0 || down % layer.stride || across % layer.stride || down / layer.stride >= layer.out_height ||
                    across / layer.stride >= layer.out_width)
                    continue;
                const Window<T, Real> window{layer, maps, n, e, down / layer.stride, across / layer.stride};
                const Real query = window.query(), weight = exp(window.logit(query, dy, dx) - notes.log_sum[window.note()]);
                for (int j = 0; j < channels_at_once; ++j)
                    if (first + j * layer.groups < layer.channels)
                        values[j] += weight * static_cast<Real>(maps.dy[window.out(first + j * layer.groups)]);
                if (d_key && first == e)
                    key += weight * (window.weight_slope(dy, dx) - notes.mean[window.note()]) *
                           by_key(layer.composition, query, window.key(dy, dx));
            }
        if (d_value)
            for (int j = 0; j < channels_at_once; ++j)
                if (first + j * layer.groups < layer.channels)
                    d_value[((n * layer.channels + first + j * layer.groups) * layer.height + y) * layer.width + x] = static_cast<T>(values[j]);
        if (d_key && first == e)
            d_key[i] = static_cast<T>(key);
        if (!d_value)
            return;
    }
}

/// Block (offset, group): sums the prior's gradient over all windows; each thread takes every blockDim-th one.
template <typename T, typename Real, int threads>
__global__ void prior_kernel(LocalRelation layer, LocalRelationMaps<T, Real> maps, int64_t samples, WindowNotes<Real> notes, Real* d_prior) {
    __shared__ double partial[threads];
    const int64_t e = blockIdx.y, d = blockIdx.x, dy = d / layer.kernel, dx = d % layer.kernel;
    const int64_t windows = layer.out_height * layer.out_width;
    double sum = 0;
    for (int64_t i = threadIdx.x; i < samples * windows; i += threads) {
        const Window<T, Real> window{layer, maps, i / windows, e, i % windows / layer.out_width, i % layer.out_width};
        const Real weight = exp(window.logit(window.query(), dy, dx) - notes.log_sum[window.note()]);
        sum += static_cast<double>(weight * (window.weight_slope(dy, dx) - notes.mean[window.note()]));
    }
    partial[threadIdx.x] = sum;
    for (int half = threads / 2; half > 0; half /= 2) {
        __syncthreads();
        if (static_cast<int>(threadIdx.x) < half)
            partial[threadIdx.x] += partial[threadIdx.x + half];
    }
    if (threadIdx.x == 0)
        d_prior[e * layer.kernel * layer.kernel + d] = static_cast<Real>(partial[0]);
}

}  // namespace seg
