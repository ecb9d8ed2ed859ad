// What the fused operators share: which tensors the kernels can work on, and tables over channels and positions.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/util/Optional.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels.h"

namespace seg {

/// Whether the kernels know this tensor: 4-dimensional, on the CPU, float32 or bfloat16, not empty.
inline bool has_kernel(const at::Tensor& x) {
    return x.dim() == 4 && x.device().is_cpu() && x.numel() > 0 &&
           (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

/// The tensor with its channels innermost: itself where it is laid out so.
inline at::Tensor channels_last(const at::Tensor& x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }

/// The tensor as an argument that may be left out: autograd functions do not take undefined tensors.
inline c10::optional<at::Tensor> defined(const at::Tensor& x) { return x.defined() ? c10::optional<at::Tensor>(x) : c10::nullopt; }

/// Whether the tensor says of itself that its channels are innermost. One of 1 channel or 1x1 positions may be both: that counts.
inline bool is_channels_last(const at::Tensor& x) { return x.is_contiguous(at::MemoryFormat::ChannelsLast); }

inline Element element_of(const at::Tensor& x) {
    return x.scalar_type() == at::kBFloat16 ? Element::BFloat16 : Element::Float32;
}

inline char* at_element(const at::Tensor& x, int64_t index) {
    return static_cast<char*>(x.data_ptr()) + index * x.element_size();
}

/// The smallest multiple of `channels` that is one of 16 too, and not less than 128 unless it must be.
inline int64_t period_of(int64_t channels) {
    int64_t period = channels;
    while (period % 16 != 0)
        period *= 2;
    while (period < 128)
        period *= 2;
    return period;
}

/// `values` over and over, `period` of them.
inline std::vector<float> repeated(const std::vector<float>& values, int64_t period) {
    std::vector<float> out(period);
    for (int64_t p = 0; p < period; ++p)
        out[p] = values[p % values.size()];
    return out;
}

/// Where each of `out` positions reads from among `in`, as libtorch's upsample_bilinear2d has it.
struct Positions {
    std::vector<int32_t> low, high;
    std::vector<float> weight;

    Positions(int64_t in, int64_t out, bool align_corners) : low(out), high(out), weight(out) {
        const float scale = align_corners ? (out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : 0.0f)
                                          : static_cast<float>(in) / static_cast<float>(out);
        for (int64_t i = 0; i < out; ++i) {
            const float at = align_corners ? scale * i : std::max(0.0f, scale * (i + 0.5f) - 0.5f);
            low[i] = static_cast<int32_t>(std::min<int64_t>(static_cast<int64_t>(at), in - 1));
            high[i] = static_cast<int32_t>(std::min<int64_t>(low[i] + 1, in - 1));
            weight[i] = std::min(std::max(at - low[i], 0.0f), 1.0f);
        }
    }

    Interpolation table() const { return {low.data(), high.data(), weight.data()}; }

    /// First output position that reads from `position` or one after it.
    int64_t first_reading(int64_t position) const {
        return std::lower_bound(high.begin(), high.end(), static_cast<int32_t>(position)) - high.begin();
    }

    /// First output position all of whose sources lie at `position` or after it.
    int64_t first_beyond(int64_t position) const {
        return std::lower_bound(low.begin(), low.end(), static_cast<int32_t>(position)) - low.begin();
    }
};

/// Runs work(sample, first_row, end_row) side by side over bands of rows of every sample. Bands do not depend on the number of threads.
template <typename Work>
void for_each_band(int64_t samples, int64_t rows, int64_t rows_per_band, const Work& work) {
    const int64_t bands = (rows + rows_per_band - 1) / rows_per_band;
    at::parallel_for(0, samples * bands, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const int64_t first = i % bands * rows_per_band;
            work(i / bands, first, std::min(rows, first + rows_per_band));
        }
    });
}

}  // namespace seg
