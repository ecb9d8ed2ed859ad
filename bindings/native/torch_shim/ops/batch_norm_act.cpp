// seg::batch_norm_act: batch norm, plus a residual, then ReLU. Training reads the input twice and writes the output once (forward), and reads
// input, output and gradient twice and writes the gradients once (backward); the same as separate operators takes about twice the passes.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <c10/util/Optional.h>

#include "../distributed/collectives.h"
#include "layout.h"
#include "sync_batch_norm.h"

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Elements that one task of a reduction takes: fixed, so that sums do not depend on the number of threads.
int64_t elements_per_task(int64_t period) { return std::max<int64_t>(1, 131072 / period) * period; }

// Sums over positions of two quantities for each channel: reduce(first element, count, sums, other sums) adds one task's, over a period.
template <typename Reduce>
std::vector<double> channel_sums(int64_t count, int64_t channels, int64_t period, const Reduce& reduce) {
    const int64_t step = elements_per_task(period), tasks = (count + step - 1) / step;
    std::vector<double> partial(tasks * 2 * period, 0.0);
    at::parallel_for(0, tasks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; ++t)
            reduce(t * step, std::min(step, count - t * step), &partial[t * 2 * period], &partial[t * 2 * period + period]);
    });
    std::vector<double> sums(2 * channels, 0.0);
    for (int64_t t = 0; t < tasks; ++t)
        for (int64_t p = 0; p < period; ++p) {
            sums[p % channels] += partial[t * 2 * period + p];
            sums[channels + p % channels] += partial[t * 2 * period + period + p];
        }
    return sums;
}

template <typename Apply>
void for_each_task(int64_t count, int64_t period, const Apply& apply) {
    const int64_t step = elements_per_task(period);
    at::parallel_for(0, (count + step - 1) / step, 1, [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; ++t)
            apply(t * step, std::min(step, count - t * step));
    });
}

void update_running(Tensor& running, const std::vector<double>& values, double momentum) {
    float* data = running.data_ptr<float>();
    for (size_t c = 0; c < values.size(); ++c)
        data[c] = static_cast<float>((1.0 - momentum) * data[c] + momentum * values[c]);
}

struct BatchNormAct : torch::autograd::Function<BatchNormAct> {
    static Tensor forward(AutogradContext* context, const Tensor& x_given, const Tensor& weight, const Tensor& bias, Tensor running_mean,
                          Tensor running_var, const c10::optional<Tensor>& residual_given, double momentum, double epsilon,
                          bool relu, int64_t group) {
        const Tensor x = channels_last(x_given);
        const Tensor residual = residual_given.has_value() ? channels_last(*residual_given) : Tensor();
        const int64_t channels = x.size(1), count = x.numel(), period = period_of(channels);
        double positions = static_cast<double>(count / channels);
        const Kernels& kernel = kernels().of(element_of(x));

        // Deviations are taken from the first position's values: close enough to the mean that squares do not cancel.
        std::vector<float> shift(channels);
        const Tensor first = x.select(0, 0).select(1, 0).select(1, 0).to(at::kFloat).contiguous();
        std::copy_n(first.data_ptr<float>(), channels, shift.begin());
        const auto shifts = repeated(shift, period);
        const auto sums = channel_sums(count, channels, period, [&](int64_t at, int64_t n, double* sum, double* squares) {
            kernel.norm_sums(at_element(x, at), shifts.data(), n, period, sum, squares);
        });

        const Tensor mean = at::empty({channels}, at::kFloat), inverse = at::empty({channels}, at::kFloat);
        std::vector<double> means(channels), squares(channels), variances(channels);
        for (int64_t c = 0; c < channels; ++c) {
            const double off = sums[c] / positions;
            means[c] = shift[c] + off;
            squares[c] = std::max(0.0, sums[channels + c] - positions * off * off);
        }
        if (group != 0)
            positions = merge_over_ranks(group, positions, means, squares);
        std::vector<float> scale(channels), offset(channels);
        const float* weights = weight.data_ptr<float>();
        const float* biases = bias.data_ptr<float>();
        for (int64_t c = 0; c < channels; ++c) {
            const double variance = squares[c] / positions;
            variances[c] = variance * (positions / std::max(1.0, positions - 1.0));  // running variance is the unbiased one
            const double inverse_deviation = 1.0 / std::sqrt(variance + epsilon);
            mean.data_ptr<float>()[c] = static_cast<float>(means[c]);
            inverse.data_ptr<float>()[c] = static_cast<float>(inverse_deviation);
            scale[c] = static_cast<float>(weights[c] * inverse_deviation);
            offset[c] = static_cast<float>(biases[c] - means[c] * weights[c] * inverse_deviation);
        }
        if (running_mean.defined())
            update_running(running_mean, means, momentum);
        if (running_var.defined())
            update_running(running_var, variances, momentum);

        Tensor y = at::empty_like(x);
        const auto scales = repeated(scale, period), offsets = repeated(offset, period);
        for_each_task(count, period, [&](int64_t at, int64_t n) {
            kernel.norm_apply(at_element(x, at), residual.defined() ? at_element(residual, at) : nullptr, scales.data(), offsets.data(),
                              relu, n, period, at_element(y, at));
        });

        context->saved_data["relu"] = relu;
        context->saved_data["group"] = group;
        context->saved_data["positions"] = positions;
        context->saved_data["residual"] = residual.defined() && residual_given->requires_grad();
        context->save_for_backward({x, weight, mean, inverse, relu ? y : Tensor()});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &weight = saved[1], &mean = saved[2], &inverse = saved[3], &y = saved[4];
        const bool relu = context->saved_data["relu"].toBool(), wants_residual = context->saved_data["residual"].toBool();
        const Tensor dy = channels_last(gradients[0].to(x.scalar_type()));
        const int64_t channels = x.size(1), count = x.numel(), period = period_of(channels);
        const double positions = context->saved_data["positions"].toDouble();
        const int64_t group = context->saved_data["group"].toInt();
        const Kernels& kernel = kernels().of(element_of(x));

        const auto output = [&](int64_t at) -> const void* { return relu ? at_element(y, at) : nullptr; };
        const std::vector<float> mean_values(mean.data_ptr<float>(), mean.data_ptr<float>() + channels);
        const auto means = repeated(mean_values, period);
        const auto sums = channel_sums(count, channels, period, [&](int64_t at, int64_t n, double* sum, double* products) {
            kernel.norm_backward_sums(at_element(dy, at), output(at), at_element(x, at), means.data(), n, period, sum, products);
        });

        // The input's gradient needs the sums over all ranks; those of weight and bias are added up with all other gradients.
        const auto all = group != 0 ? sum_over_ranks(group, sums) : sums;
        const Tensor d_weight = at::empty({channels}, at::kFloat), d_bias = at::empty({channels}, at::kFloat);
        std::vector<float> a(channels), b(channels), c(channels);
        for (int64_t i = 0; i < channels; ++i) {
            const double deviation = inverse.data_ptr<float>()[i], scale = weight.data_ptr<float>()[i] * deviation;
            const double slope = all[channels + i] / positions * deviation * deviation;
            d_weight.data_ptr<float>()[i] = static_cast<float>(sums[channels + i] * deviation);
            d_bias.data_ptr<float>()[i] = static_cast<float>(sums[i]);
            a[i] = static_cast<float>(scale);
            b[i] = static_cast<float>(-scale * slope);
            c[i] = static_cast<float>(scale * (mean_values[i] * slope - all[i] / positions));
        }

        Tensor dx = at::empty_like(x);
        Tensor d_residual = wants_residual ? (relu ? at::empty_like(x) : dy) : Tensor();
        const auto as = repeated(a, period), bs = repeated(b, period), cs = repeated(c, period);
        for_each_task(count, period, [&](int64_t at, int64_t n) {
            kernel.norm_backward_apply(at_element(dy, at), output(at), at_element(x, at), as.data(), bs.data(), cs.data(), n, period,
                                       at_element(dx, at), wants_residual && relu ? at_element(d_residual, at) : nullptr);
        });
        return {dx, d_weight, d_bias, Tensor(), Tensor(), d_residual, Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

// As one operator where the kernels can; else, and outside training, as the operators that it stands for. With a group of processes, training takes the
// statistics of all of their batches together.
Tensor batch_norm_act(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean, const Tensor& running_var,
                      const c10::optional<Tensor>& residual, bool training, double momentum, double epsilon, bool relu, int64_t group) {
    // libtorch itself would go on, and make the running variance no number.
    TORCH_CHECK(!training || group != 0 || x.dim() < 2 || x.numel() != x.size(1),
                "Expected more than 1 value per channel when training, got input size ", x.sizes());
    const Tensor added = residual.has_value() ? *residual : Tensor();
    const bool fused = training && has_kernel(x) && is_channels_last(x) && weight.scalar_type() == at::kFloat &&
                       bias.scalar_type() == at::kFloat && running_mean.scalar_type() == at::kFloat &&
                       running_var.scalar_type() == at::kFloat &&
                       (!added.defined() || (added.sizes() == x.sizes() && added.scalar_type() == x.scalar_type()));
    if (fused) {
        TORCH_CHECK(weight.numel() == x.size(1) && bias.numel() == x.size(1) && running_mean.numel() == x.size(1) &&
                        running_var.numel() == x.size(1),
                    "batch_norm_act: ", x.size(1), " channels, but a weight of ", weight.numel(), " and a running mean of ",
                    running_mean.numel());
        return BatchNormAct::apply(x, weight, bias, running_mean, running_var, defined(added), momentum, epsilon, relu, group);
    }
    Tensor y = training && group != 0 ? sync_batch_norm(x, weight, bias, running_mean, running_var, momentum, epsilon, group)
                                      : at::batch_norm(x, weight, bias, running_mean, running_var, training, momentum, epsilon, /*cudnn_enabled=*/true);
    if (added.defined())
        y = y + added;
    return relu ? at::relu(y) : y;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def(
        "batch_norm_act(Tensor x, Tensor weight, Tensor bias, Tensor(a!) running_mean, Tensor(b!) running_var, Tensor? residual, "
        "bool training, float momentum, float epsilon, bool relu, int group=0) -> Tensor",
        batch_norm_act);
}

}  // namespace seg
