// Operators on logits brought to a larger size by bilinear interpolation, which never write the large logits:
// seg::upsampled_cross_entropy (the gradient is formed in the same pass as the loss), seg::upsampled_label_probability and
// seg::upsampled_arg_max.
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

// Calls row(values, sample, y) with each row of the logits brought to `down`'s height, in bands on libtorch's threads.
template <typename Row>
void for_each_upsampled_row(const Tensor& logits, const Positions& down, int64_t height, const Row& row) {
    constexpr int64_t rows_per_band = 16;
    for_each_band(logits.size(0), height, rows_per_band, [&](int64_t n, int64_t first, int64_t end) {
        LogitRow blended(logits.size(3), logits.size(1));
        for (int64_t y = first; y < end; ++y) {
            blended.blend(logits, n, down, y);
            row(blended.values.data(), n, y);
        }
    });
}

struct WeightedLabels {
    std::array<float, 256> weights{};          // by label; zero for the one that is ignored
    std::array<float, 256> weight_of_class{};  // by class, which may be the one that is ignored as a label
    double total = 0.0;

    // The weight of each label value and the sum of the weights of all labels; an error on a label that is neither a class nor ignored.
    WeightedLabels(const Tensor& labels, const Tensor& class_weights, int64_t classes, int64_t ignore_index) {
        std::array<int64_t, 256> counts{};
        const uint8_t* values = labels.data_ptr<uint8_t>();
        for (int64_t i = 0; i < labels.numel(); ++i)
            ++counts[values[i]];
        for (int64_t label = 0; label < 256; ++label) {
            if (label < classes)
                weight_of_class[label] = class_weights.defined() ? class_weights.data_ptr<float>()[label] : 1.0f;
            if (label == ignore_index)
                continue;
            TORCH_CHECK(label < classes || counts[label] == 0, "Target ", label, " is out of bounds: there are ", classes,
                        " classes, and ", ignore_index, " is ignored.");
            weights[label] = weight_of_class[label];
            total += static_cast<double>(weights[label]) * counts[label];
        }
    }
};

// What −ln p_k of each class k counts by label smoothing, as in PyTorch: its weight's share of `amount` among all classes.
struct Smoothing {
    std::vector<float> weights;
    float total = 0.0f;

    Smoothing(double amount, const WeightedLabels& labels, int64_t classes, int64_t stride) : weights(stride, 0.0f) {
        if (amount == 0.0)
            return;
        for (int64_t k = 0; k < classes; ++k) {
            weights[k] = static_cast<float>(amount / classes * labels.weight_of_class[k]);
            total += weights[k];
        }
    }
};

struct UpsampledCrossEntropy : torch::autograd::Function<UpsampledCrossEntropy> {
    static Tensor forward(AutogradContext* context, const Tensor& logits_given, const Tensor& labels,
                          const c10::optional<Tensor>& class_weights, int64_t ignore_index, bool align_corners,
                          double label_smoothing, double focusing) {
        const Tensor logits = channels_last(logits_given);
        const int64_t samples = logits.size(0), classes = logits.size(1), low_height = logits.size(2), low_width = logits.size(3);
        const int64_t height = labels.size(1), width = labels.size(2), stride = padded(classes), low_row = low_width * stride;
        const WeightedLabels weighted(labels, class_weights.has_value() ? *class_weights : Tensor(), classes, ignore_index);
        const Positions down(low_height, height, align_corners), across(low_width, width, align_corners);
        const FloatKernels& kernel = kernels().on_float;
        const bool is_plain = label_smoothing == 0.0 && focusing == 0.0;
        const Smoothing smoothing(label_smoothing, weighted, classes, stride);
        const PixelLoss form{static_cast<float>(focusing), static_cast<float>(label_smoothing), smoothing.weights.data(), smoothing.total};
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
                const uint8_t* row_labels = labels.data_ptr<uint8_t>() + (n * height + y) * width;
                float* d_values = wants_gradient ? d_row.data() : nullptr;
                const double loss = is_plain
                    ? kernel.cross_entropy_row(row.values.data(), across.table(), row_labels, weighted.weights.data(), width, stride, d_values)
                    : kernel.pixel_loss_row(row.values.data(), across.table(), row_labels, weighted.weights.data(), form, width, stride, d_values);
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
        return {(gradient * scale).to(type), Tensor(), Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

void check(const Tensor& logits, const Tensor& labels) {
    check(logits);
    TORCH_CHECK(labels.dim() == 3 && labels.size(0) == logits.size(0), "labels must be of shape (", logits.size(0),
                ", H, W) for logits of ", logits.sizes(), ", not ", labels.sizes());
    TORCH_CHECK(labels.scalar_type() == at::kByte, "labels must be uint8, not ", labels.scalar_type());
}

Tensor upsampled(const Tensor& logits, const Tensor& labels, bool align_corners) {
    return at::upsample_bilinear2d(logits.to(at::kFloat), labels.sizes().slice(1), align_corners, c10::nullopt, c10::nullopt);
}

// The same of plain operators: for devices and types that the kernels do not know.
Tensor composed_cross_entropy(const Tensor& logits, const Tensor& labels, const Tensor& weights, int64_t ignore_index, bool align_corners,
                              double label_smoothing, double focusing) {
    const Tensor large = upsampled(logits, labels, align_corners);
    Tensor target = labels.to(at::kLong);
    if (label_smoothing != 0.0 && weights.defined()) {
        // A pixel of weight zero does not count at all; PyTorch would count its smoothing.
        const Tensor inside = target.clamp_max(logits.size(1) - 1);
        target = target.masked_fill(weights.index_select(0, inside.reshape(-1)).view_as(target) == 0, ignore_index);
    }
    if (focusing == 0.0)
        return at::cross_entropy_loss(large, target, defined(weights), at::Reduction::Mean, ignore_index, label_smoothing);
    const Tensor entropy = at::cross_entropy_loss(large, target, {}, at::Reduction::None, ignore_index, 0.0);
    const Tensor rest = (-at::expm1(-entropy)).clamp_min(1e-12);  // a power below 1 has no slope at 0
    const Tensor counts = target != ignore_index;
    const Tensor weight = weights.defined()
        ? weights.index_select(0, target.clamp_max(logits.size(1) - 1).reshape(-1)).view_as(entropy) * counts
        : counts.to(at::kFloat);
    const Tensor focal = (weight * rest.pow(focusing) * entropy).sum() / weight.sum();
    if (label_smoothing == 0.0)
        return focal;
    // What smoothing adds is PyTorch's smoothed loss less its share of 1 − label_smoothing of the plain one.
    const Tensor plain = at::cross_entropy_loss(large, target, defined(weights), at::Reduction::Mean, ignore_index, 0.0);
    const Tensor smooth = at::cross_entropy_loss(large, target, defined(weights), at::Reduction::Mean, ignore_index, label_smoothing);
    return (1.0 - label_smoothing) * (focal - plain) + smooth;
}

Tensor upsampled_cross_entropy(const Tensor& logits, const Tensor& labels, const c10::optional<Tensor>& class_weights,
                               int64_t ignore_index, bool align_corners, double label_smoothing, double focusing) {
    check(logits, labels);
    TORCH_CHECK(label_smoothing >= 0.0 && label_smoothing < 1.0, "label_smoothing must be at least 0 and below 1, not ", label_smoothing);
    TORCH_CHECK(focusing >= 0.0, "focusing must be 0 or more, not ", focusing);
    Tensor weights = class_weights.has_value() ? *class_weights : Tensor();
    TORCH_CHECK(!weights.defined() || weights.numel() == logits.size(1), "one weight a class: ", weights.defined() ? weights.numel() : 0,
                " weights for ", logits.size(1), " classes");
    if (has_kernel(logits) && labels.device().is_cpu()) {
        if (weights.defined())
            weights = weights.to(at::kCPU, at::kFloat).contiguous();
        return UpsampledCrossEntropy::apply(logits, labels.contiguous(), defined(weights), ignore_index, align_corners, label_smoothing, focusing);
    }
    return composed_cross_entropy(logits, labels, weights, ignore_index, align_corners, label_smoothing, focusing);
}

Tensor upsampled_label_probability(const Tensor& logits_given, const Tensor& labels_given, int64_t ignore_index, bool align_corners) {
    check(logits_given, labels_given);
    if (!has_kernel(logits_given) || !labels_given.device().is_cpu()) {
        const Tensor large = upsampled(logits_given.detach(), labels_given, align_corners);
        const Tensor target = labels_given.to(at::kLong);
        return at::exp(-at::cross_entropy_loss(large, target, {}, at::Reduction::None, ignore_index, 0.0));  // of ignored ones: e^0
    }
    const Tensor logits = channels_last(logits_given.detach()), labels = labels_given.contiguous();
    const int64_t classes = logits.size(1), height = labels.size(1), width = labels.size(2);
    const WeightedLabels checked(labels, Tensor(), classes, ignore_index);  // an error on labels that are no class
    const Positions down(logits.size(2), height, align_corners), across(logits.size(3), width, align_corners);
    Tensor out = at::empty({logits.size(0), height, width}, logits.options().dtype(at::kFloat));
    for_each_upsampled_row(logits, down, height, [&](const float* values, int64_t n, int64_t y) {
        const int64_t start = (n * height + y) * width;
        kernels().on_float.label_probability_row(values, across.table(), labels.data_ptr<uint8_t>() + start, static_cast<int32_t>(ignore_index),
                                                 width, padded(classes), out.data_ptr<float>() + start);
    });
    return out;
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
    for_each_upsampled_row(logits, down, height, [&](const float* values, int64_t n, int64_t y) {
        kernels().on_float.arg_max_row(values, across.table(), width, padded(classes), out.data_ptr<uint8_t>() + (n * height + y) * width);
    });
    return out;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def(
        "upsampled_cross_entropy(Tensor logits, Tensor labels, Tensor? class_weights, int ignore_index, bool align_corners, "
        "float label_smoothing=0., float focusing=0.) -> Tensor",
        upsampled_cross_entropy);
    library.def(
        "upsampled_label_probability(Tensor logits, Tensor labels, int ignore_index, bool align_corners) -> Tensor",
        upsampled_label_probability);
    library.def("upsampled_arg_max(Tensor logits, int height, int width, bool align_corners) -> Tensor", upsampled_arg_max);
}

}  // namespace seg
