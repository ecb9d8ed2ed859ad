// seg::sum_upsampled: the sum of maps of several resolutions at the resolution of the first, plus a bias, then ReLU: HRNet's fusion, and its
// head (a 1x1 convolution of concatenated, upsampled maps is the sum of the upsampled 1x1 convolutions of the maps). Nothing but the
// result is written; rows are interpolated in a buffer that stays in the cache.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/TensorUtils.h>
#include <c10/util/Optional.h>

#include "layout.h"

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t rows_per_band = 8;

// How a map comes to the first one's size.
struct Upsampling {
    bool align_corners, nearest;

    // Nearest is an interpolation that reads one position, with no weight for a second: that of libtorch's upsample_nearest2d.
    Positions positions(int64_t in, int64_t out) const {
        Positions read(in, out, align_corners);
        if (nearest) {
            const float scale = static_cast<float>(in) / static_cast<float>(out);
            for (int64_t i = 0; i < out; ++i)
                read.low[i] = read.high[i] = static_cast<int32_t>(std::min<int64_t>(static_cast<int64_t>(scale * i), in - 1));
            std::fill(read.weight.begin(), read.weight.end(), 0.0f);
        }
        return read;
    }

    Tensor of(const Tensor& map, at::IntArrayRef size) const {
        if (map.sizes().slice(2) == size)
            return map;
        return nearest ? at::upsample_nearest2d(map, size, c10::nullopt, c10::nullopt)
                       : at::upsample_bilinear2d(map, size, align_corners, c10::nullopt, c10::nullopt);
    }
};

Tensor sum_rows(const Tensor& base, const std::vector<Tensor>& maps, const Tensor& bias, Upsampling upsampling, bool relu) {
    const int64_t samples = base.size(0), channels = base.size(1), height = base.size(2), width = base.size(3);
    const Kernels& kernel = kernels().of(element_of(base));
    std::vector<Positions> down, across;
    std::vector<Interpolation> tables;
    for (const Tensor& map : maps) {
        down.push_back(upsampling.positions(map.size(2), height));
        across.push_back(upsampling.positions(map.size(3), width));
    }
    for (const Positions& positions : across)
        tables.push_back(positions.table());

    Tensor out = at::empty_like(base);
    for_each_band(samples, height, rows_per_band, [&](int64_t n, int64_t first, int64_t end) {
        std::vector<std::vector<float>> buffers;
        std::vector<const float*> rows;
        for (const Tensor& map : maps)
            rows.push_back(buffers.emplace_back(map.size(3) * channels).data());
        for (int64_t y = first; y < end; ++y) {
            for (size_t m = 0; m < maps.size(); ++m) {
                const int64_t row = maps[m].size(3) * channels, sample = n * maps[m].size(2);
                kernel.blend_rows(at_element(maps[m], (sample + down[m].low[y]) * row), at_element(maps[m], (sample + down[m].high[y]) * row),
                                  down[m].weight[y], maps[m].size(3), channels, channels, buffers[m].data());
            }
            const int64_t at = (n * height + y) * width * channels;
            kernel.sum_row(at_element(base, at), bias.defined() ? bias.data_ptr<float>() : nullptr, static_cast<int32_t>(maps.size()),
                           rows.data(), tables.data(), width, channels, relu, at_element(out, at));
        }
    });
    return out;
}

// The gradient of a map that was interpolated to dy's size; y gives ReLU's mask and may be undefined.
Tensor map_gradient(const Tensor& dy, const Tensor& y, int64_t map_height, int64_t map_width, Upsampling upsampling) {
    const int64_t samples = dy.size(0), channels = dy.size(1), height = dy.size(2), width = dy.size(3);
    const Kernels& kernel = kernels().of(element_of(dy));
    const FloatKernels& on_float = kernels().on_float;
    const Positions down = upsampling.positions(map_height, height), across = upsampling.positions(map_width, width);
    const int64_t row = map_width * channels;
    Tensor out = at::empty({samples, channels, map_height, map_width}, dy.options(), at::MemoryFormat::ChannelsLast);
    for_each_band(samples, map_height, rows_per_band, [&](int64_t n, int64_t first, int64_t end) {
        std::vector<float> sums((end - first) * row, 0.0f), gradient(width * channels), low_row(row);
        for (int64_t y_out = down.first_reading(first); y_out < down.first_beyond(end); ++y_out) {
            const int64_t at = (n * height + y_out) * width * channels;
            kernel.masked_gradient(at_element(dy, at), y.defined() ? at_element(y, at) : nullptr, width * channels, gradient.data());
            std::fill(low_row.begin(), low_row.end(), 0.0f);
            on_float.scatter_row(gradient.data(), across.table(), width, channels, low_row.data());
            const int64_t low = down.low[y_out], high = down.high[y_out];
            if (low >= first && low < end)
                on_float.add_scaled(low_row.data(), 1.0f - down.weight[y_out], row, &sums[(low - first) * row]);
            if (high >= first && high < end)
                on_float.add_scaled(low_row.data(), down.weight[y_out], row, &sums[(high - first) * row]);
        }
        kernel.store(sums.data(), (end - first) * row, at_element(out, (n * map_height + first) * row));
    });
    return out;
}

struct SumUpsampled : torch::autograd::Function<SumUpsampled> {
    static Tensor forward(AutogradContext* context, at::TensorList given, const c10::optional<Tensor>& bias, bool align_corners,
                          bool relu, bool nearest) {
        std::vector<Tensor> maps;
        std::vector<int64_t> sizes;
        for (size_t m = 0; m < given.size(); ++m) {
            maps.push_back(channels_last(given[m]));
            sizes.push_back(given[m].size(2));
            sizes.push_back(given[m].size(3));
        }
        const Tensor base = maps[0];
        maps.erase(maps.begin());
        const Tensor y = sum_rows(base, maps, bias.has_value() ? bias->contiguous() : Tensor(), {align_corners, nearest}, relu);
        context->saved_data["sizes"] = sizes;
        context->saved_data["align_corners"] = align_corners;
        context->saved_data["nearest"] = nearest;
        context->saved_data["type"] = static_cast<int64_t>(base.scalar_type());
        context->saved_data["bias"] = bias.has_value();
        context->save_for_backward({relu ? y : Tensor()});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const Tensor y = context->get_saved_variables()[0];
        const auto sizes = context->saved_data["sizes"].toIntVector();
        const Upsampling upsampling{context->saved_data["align_corners"].toBool(), context->saved_data["nearest"].toBool()};
        const auto type = static_cast<at::ScalarType>(context->saved_data["type"].toInt());
        const Tensor dy = channels_last(gradients[0].to(type));
        const Tensor masked = y.defined() ? at::threshold_backward(dy, y, 0) : dy;

        variable_list results{masked};
        for (size_t m = 2; m < sizes.size(); m += 2)
            results.push_back(map_gradient(masked, Tensor(), sizes[m], sizes[m + 1], upsampling));
        results.push_back(context->saved_data["bias"].toBool() ? masked.sum({0, 2, 3}, false, at::kFloat) : Tensor());
        results.resize(results.size() + 3);  // the three truth values have none
        return results;
    }
};

Tensor composed(at::TensorList maps, const Tensor& bias, Upsampling upsampling, bool relu) {
    Tensor sum = maps[0];
    for (size_t m = 1; m < maps.size(); ++m)
        sum = sum + upsampling.of(maps[m], sum.sizes().slice(2));
    if (bias.defined())
        sum = sum + bias.to(sum.options()).view({1, -1, 1, 1});
    return relu ? at::relu(sum) : sum;
}

Tensor sum_upsampled(at::TensorList maps, const c10::optional<Tensor>& bias, bool align_corners, bool relu, bool nearest) {
    TORCH_CHECK(!maps.empty(), "sum_upsampled: no maps");
    const Tensor added = bias.has_value() ? *bias : Tensor();
    bool fused = has_kernel(maps[0]) && is_channels_last(maps[0]) && (!added.defined() || added.scalar_type() == at::kFloat);
    for (const Tensor& map : maps) {
        TORCH_CHECK(map.dim() == 4 && map.size(0) == maps[0].size(0) && map.size(1) == maps[0].size(1),
                    "sum_upsampled: every map needs the first one's samples and channels, ", maps[0].sizes(), "; one is ", map.sizes());
        fused = fused && has_kernel(map) && map.scalar_type() == maps[0].scalar_type();
    }
    TORCH_CHECK(!added.defined() || added.numel() == maps[0].size(1), "sum_upsampled: a bias of ", added.numel(), " for ",
                maps[0].size(1), " channels");
    if (!fused)
        return composed(maps, added, {align_corners, nearest}, relu);
    return SumUpsampled::apply(maps, defined(added), align_corners, relu, nearest);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def("sum_upsampled(Tensor[] maps, Tensor? bias, bool align_corners, bool relu, bool nearest=False) -> Tensor", sum_upsampled);
}

}  // namespace seg
