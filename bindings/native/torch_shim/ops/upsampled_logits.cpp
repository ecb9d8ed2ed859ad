// Operators on logits brought to a larger size by bilinear interpolation, which never write the large logits:
// seg::upsampled_cross_entropy (the gradient is formed in the same pass as the loss) and seg::upsampled_arg_max.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <c10/util/Optional.h>

#include <array>

#include "layout.h"

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t low_rows_per_band = 4;
constexpr float never = -1e30f;  // a logit whose exponential is zero, for the lanes beyond the last class

int64_t padded(int64_t classes) { return (classes + 15) / 16 * 16; }

void check(const Tensor& logits) {
    TORCH_CHECK(logits.dim() == 4, "logits must be of shape (N, classes, h, w), not ", logits.sizes());
    TORCH_CHECK(logits.size(1) >= 1 && logits.size(1) <= 256, "1 to 256 classes, not ", logits.size(1));
}

// A row of interpolated logits, `padded(classes)` floats a pixel.
struct LogitRow {
    std::vector<float> values;

    LogitRow(int64_t width, int64_t classes) : values(width * padded(classes), never) {}

    void blend(const Tensor& logits, int64_t sample, const Positions& down, int64_t y) {
        const int64_t classes = logits.size(1), row = logits.size(3) * classes, start = sample * logits.size(2);
        kernels().of(element_of(logits)).blend_rows(
            at_element(logits, (start + down.low[y]) * row), at_element(logits, (start + down.high[y]) * row), down.weight[y],
            logits.size(3), classes, padded(classes), values.data());
    }
};

struct WeightedLabels {
    std::array<float, 256> weights{};
    double total = 0.0;

    // The weight of each label value and the sum of the weights of all labels; an error on a label that is neither a class nor ignored.
    WeightedLabels(const Tensor& labels, const Tensor& class_weights, int64_t classes, int64_t ignore_index) {
        std::array<int64_t, 256> counts{};
        const uint8_t* values = labels.data_ptr<uint8_t>();
        for (int64_t i = 0; i < labels.numel(); ++i)
            ++counts[values[i]];
        for (int64_t label = 0; label < 256; ++label) {
            if (label == ignore_index)
                continue;
            TORCH_CHECK(label < classes || counts[label] == 0, "Target ", label, " is out of bounds: there are ", classes,
                        " classes, and ", ignore_index, " is ignored.");
            if (label < classes)
                weights[label] = class_weights.defined() ? class_weights.data_ptr<float>()[label] : 1.0f;
            total += static_cast<double>(weights[label]) * counts[label];
        }
    }
};

struct UpsampledCrossEntropy : torch::autograd::Function<UpsampledCrossEntropy> {
    static Tensor forward(AutogradContext* context, const Tensor& logits_given, const Tensor& labels,
                          const c10::optional<Tensor>& class_weights, int64_t ignore_index, bool align_corners) {
        const Tensor logits = channels_last(logits_given);
        const int64_t samples = logits.size(0), classes = logits.size(1), low_height = logits.size(2), low_width = logits.size(3);
        const int64_t height = labels.size(1), width = labels.size(2), stride = padded(classes), low_row = low_width * stride;
        const WeightedLabels weighted(labels, class_weights.has_value() ? *class_weights : Tensor(), classes, ignore_index);
        const Positions down(low_height, height, align_corners), across(low_width, width, align_corners);
        const FloatKernels& kernel = kernels().on_float;
        const bool wants_gradient = logits_given.requires_grad();
        Tensor gradient = wants_gradient ? at::empty({samples, low_height, low_width, classes}, at::kFloat) : Tensor();

        // A band owns rows of the small map: their gradient, and the loss of the large rows whose upper source they are.
        std::vector<double> losses(samples * height, 0.0);
        for_each_band(samples, low_height, low_rows_per_band, [&](int64_t n, int64_t first, int64_t end) {
            LogitRow row(low_width, classes);
            std::vector<float> d_row(wants_gradient ? low_row : 0), sums(wants_gradient ? (end - first) * low_row : 0, 0.0f);
            for (int64_t y = wants_gradient ? down.first_reading(first) : down.first_beyond(first); y < down.first_beyond(end); ++y) {
                const int64_t low = down.low[y], high = down.high[y];
                row.blend(logits, n, down, y);
                std::fill(d_row.begin(), d_row.end(), 0.0f);
                const double loss = kernel.cross_entropy_row(
                    row.values.data(), across.table(), labels.data_ptr<uint8_t>() + (n * height + y) * width, weighted.weights.data(), width,
                    stride, wants_gradient ? d_row.data() : nullptr);
                if (low >= first && low < end)
                    losses[n * height + y] = loss;
                if (wants_gradient && low >= first && low < end)
                    kernel.add_scaled(d_row.data(), 1.0f - down.weight[y], low_row, &sums[(low - first) * low_row]);
                if (wants_gradient && high >= first && high < end)
                    kernel.add_scaled(d_row.data(), down.weight[y], low_row, &sums[(high - first) * low_row]);
            }
            if (wants_gradient)
                kernels().of(Element::Float32).store_pixels(
                    sums.data(), (end - first) * low_width, classes, stride,
                    gradient.data_ptr<float>() + (n * low_height + first) * low_width * classes);
        });

        double total = 0.0;
        for (const double loss : losses)
            total += loss;
        context->saved_data["total"] = weighted.total;
        context->saved_data["type"] = static_cast<int64_t>(logits.scalar_type());
        if (wants_gradient)
            context->save_for_backward({gradient.permute({0, 3, 1, 2})});
        return at::scalar_tensor(total / weighted.total, at::kFloat);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const Tensor gradient = context->get_saved_variables()[0];
        const Tensor scale = gradients[0] / context->saved_data["total"].toDouble();
        const auto type = static_cast<at::ScalarType>(context->saved_data["type"].toInt());
        return {(gradient * scale).to(type), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

Tensor upsampled_cross_entropy(const Tensor& logits, const Tensor& labels, const c10::optional<Tensor>& class_weights,
                               int64_t ignore_index, bool align_corners) {
    check(logits);
    TORCH_CHECK(labels.dim() == 3 && labels.size(0) == logits.size(0), "labels must be of shape (", logits.size(0),
                ", H, W) for logits of ", logits.sizes(), ", not ", labels.sizes());
    TORCH_CHECK(labels.scalar_type() == at::kByte, "labels must be uint8, not ", labels.scalar_type());
    Tensor weights = class_weights.has_value() ? *class_weights : Tensor();
    TORCH_CHECK(!weights.defined() || weights.numel() == logits.size(1), "one weight a class: ", weights.defined() ? weights.numel() : 0,
                " weights for ", logits.size(1), " classes");
    if (has_kernel(logits) && labels.device().is_cpu()) {
        if (weights.defined())
            weights = weights.to(at::kCPU, at::kFloat).contiguous();
        return UpsampledCrossEntropy::apply(logits, labels.contiguous(), defined(weights), ignore_index, align_corners);
    }
    const Tensor large = at::upsample_bilinear2d(logits.to(at::kFloat), labels.sizes().slice(1), align_corners, c10::nullopt, c10::nullopt);
    return at::cross_entropy_loss(large, labels.to(at::kLong), defined(weights),
                                  at::Reduction::Mean, ignore_index, 0.0);
}

Tensor upsampled_arg_max(const Tensor& logits_given, int64_t height, int64_t width, bool align_corners) {
    check(logits_given);
    TORCH_CHECK(height >= 1 && width >= 1, "the map must be at least 1 x 1, not ", height, " x ", width);
    if (!has_kernel(logits_given)) {
        const Tensor large = at::upsample_bilinear2d(logits_given.to(at::kFloat), {height, width}, align_corners, c10::nullopt, c10::nullopt);
        return large.argmax(1).to(at::kByte);
    }
    const Tensor logits = channels_last(logits_given.detach());
    const int64_t classes = logits.size(1);
    const Positions down(logits.size(2), height, align_corners), across(logits.size(3), width, align_corners);
    Tensor out = at::empty({logits.size(0), height, width}, logits.options().dtype(at::kByte));
    for_each_band(logits.size(0), height, 16, [&](int64_t n, int64_t first, int64_t end) {
        LogitRow row(logits.size(3), classes);
        for (int64_t y = first; y < end; ++y) {
            row.blend(logits, n, down, y);
            kernels().on_float.arg_max_row(row.values.data(), across.table(), width, padded(classes),
                                           out.data_ptr<uint8_t>() + (n * height + y) * width);
        }
    });
    return out;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def(
        "upsampled_cross_entropy(Tensor logits, Tensor labels, Tensor? class_weights, int ignore_index, bool align_corners) -> Tensor",
        upsampled_cross_entropy);
    library.def("upsampled_arg_max(Tensor logits, int height, int width, bool align_corners) -> Tensor", upsampled_arg_max);
}

}  // namespace seg
