// seg::deform_taps, with its derivative: what the nine taps of a deformable convolution read. The convolution itself is one over the
// result, of 1x1. Nothing but the inputs is kept for the backward pass.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "deform_taps.h"
#include "layout.h"

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t rows_per_band = 8;

DeformMap map_of(const Tensor& x, int64_t sample, int64_t dilation) {
    return {at_element(x, sample * x.size(1) * x.size(2) * x.size(3)), x.size(1), x.size(2), x.size(3), dilation};
}

struct DeformTaps : torch::autograd::Function<DeformTaps> {
    static Tensor forward(AutogradContext* context, const Tensor& x_given, const Tensor& offsets_given, int64_t dilation) {
        const Tensor x = channels_last(x_given), offsets = channels_last(offsets_given);
        const int64_t samples = x.size(0), channels = x.size(1), height = x.size(2), width = x.size(3);
        const DeformKernels& kernel = kernels().deform->of(element_of(x));
        const Tensor taps = at::empty({samples, deform_taps * channels, height, width}, x.options(), at::MemoryFormat::ChannelsLast);
        for_each_band(samples, height, rows_per_band, [&](int64_t n, int64_t first, int64_t end) {
            for (int64_t y = first; y < end; ++y) {
                const int64_t at = (n * height + y) * width * deform_taps;
                kernel.read_row(map_of(x, n, dilation), offsets.data_ptr<float>() + 2 * at, y, at_element(taps, at * channels));
            }
        });
        context->save_for_backward({x, offsets});
        context->saved_data["dilation"] = dilation;
        return taps;
    }

    // Rows of a sample add to the same pixels, so a sample is one task: its sums do not depend on the number of threads.
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &offsets = saved[1];
        const int64_t dilation = context->saved_data["dilation"].toInt();
        const int64_t channels = x.size(1), height = x.size(2), width = x.size(3);
        const Tensor d_taps = channels_last(gradients[0].to(x.scalar_type()));
        const DeformKernels& kernel = kernels().deform->of(element_of(x));
        const Tensor d_x = at::empty(x.sizes(), x.options().dtype(at::kFloat), at::MemoryFormat::ChannelsLast).zero_();
        const Tensor d_offsets = at::empty(offsets.sizes(), offsets.options(), at::MemoryFormat::ChannelsLast);
        at::parallel_for(0, x.size(0), 1, [&](int64_t begin, int64_t end) {
            for (int64_t n = begin; n < end; ++n)
                for (int64_t y = 0; y < height; ++y) {
                    const int64_t at = (n * height + y) * width * deform_taps;
                    kernel.backward_row(map_of(x, n, dilation), offsets.data_ptr<float>() + 2 * at, y, at_element(d_taps, at * channels),
                                        d_x.data_ptr<float>() + n * height * width * channels, d_offsets.data_ptr<float>() + 2 * at);
                }
        });
        return {d_x.to(x.scalar_type()), d_offsets, Tensor()};
    }
};

Tensor read_taps(const Tensor& x, const Tensor& offsets, int64_t dilation) {
    TORCH_CHECK(has_kernel(x), "deform_taps: x must be of shape (N, C, H, W), on the CPU and float32 or bfloat16, not ", x.sizes(), " of ",
                x.scalar_type(), " on ", x.device());
    TORCH_CHECK(offsets.dim() == 4 && offsets.size(0) == x.size(0) && offsets.size(1) == 2 * deform_taps &&
                    offsets.sizes().slice(2) == x.sizes().slice(2) && offsets.scalar_type() == at::kFloat && offsets.device().is_cpu(),
                "deform_taps: offsets must be float32 of shape (", x.size(0), ", ", 2 * deform_taps, ", ", x.size(2), ", ", x.size(3),
                ") on the CPU, not ", offsets.sizes(), " of ", offsets.scalar_type(), " on ", offsets.device());
    TORCH_CHECK(dilation >= 1, "deform_taps: dilation is ", dilation, "; it must be at least 1");
    return DeformTaps::apply(x, offsets, dilation);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) { library.def("deform_taps(Tensor x, Tensor offsets, int dilation) -> Tensor", read_taps); }

}  // namespace seg
