#include "sync_batch_norm.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../distributed/collectives.h"
#include "layout.h"

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::vector<int64_t> all_but_channels(const Tensor& x) {
    std::vector<int64_t> dimensions{0};
    for (int64_t dimension = 2; dimension < x.dim(); ++dimension)
        dimensions.push_back(dimension);
    return dimensions;
}

// (C) as it is multiplied with (N, C, ...).
Tensor per_channel(const Tensor& values, const Tensor& x) {
    std::vector<int64_t> shape(x.dim(), 1);
    shape[1] = -1;
    return values.to(at::kFloat).view(shape);
}

std::vector<double> numbers_of(const Tensor& values) {
    const Tensor doubles = values.to(at::kCPU, at::kDouble).contiguous();
    return {doubles.data_ptr<double>(), doubles.data_ptr<double>() + doubles.numel()};
}

Tensor tensor_of(const std::vector<double>& values, const Tensor& like) { return at::tensor(values, at::kDouble).to(like.device()); }

void update(const Tensor& running, const Tensor& batch, double momentum) {
    if (running.defined())
        const_cast<Tensor&>(running).mul_(1 - momentum).add_(batch.to(running.scalar_type()), momentum);
}

struct SyncBatchNorm : torch::autograd::Function<SyncBatchNorm> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias, const c10::optional<Tensor>& running_mean,
                          const c10::optional<Tensor>& running_var, double momentum, double epsilon, int64_t group) {
        const auto dimensions = all_but_channels(x);
        const Tensor values = x.to(at::kFloat);
        const Tensor own_mean = values.mean(dimensions);
        auto means = numbers_of(own_mean);
        auto squares = numbers_of((values - per_channel(own_mean, x)).square().sum(dimensions));
        const double positions = merge_over_ranks(group, static_cast<double>(x.numel() / x.size(1)), means, squares);

        const Tensor mean = tensor_of(means, x), variance = tensor_of(squares, x) / positions;
        update(running_mean.value_or(Tensor()), mean, momentum);
        update(running_var.value_or(Tensor()), variance * (positions / std::max(1.0, positions - 1.0)), momentum);
        const Tensor inverse = (variance + epsilon).rsqrt();
        context->saved_data["group"] = group;
        context->saved_data["positions"] = positions;
        context->save_for_backward({x, weight, mean, inverse});
        const Tensor normal = (values - per_channel(mean, x)) * per_channel(inverse, x);
        return (normal * per_channel(weight, x) + per_channel(bias, x)).to(x.scalar_type());
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &weight = saved[1], &mean = saved[2], &inverse = saved[3];
        const int64_t group = context->saved_data["group"].toInt();
        const double positions = context->saved_data["positions"].toDouble();
        const auto dimensions = all_but_channels(x);

        const Tensor dy = gradients[0].to(at::kFloat);
        const Tensor normal = (x.to(at::kFloat) - per_channel(mean, x)) * per_channel(inverse, x);
        const Tensor d_bias = dy.sum(dimensions), d_weight = (dy * normal).sum(dimensions);
        Tensor sums = at::stack({d_bias, d_weight}).to(at::kDouble);
        sum_over_ranks(group, sums);
        sums /= positions;
        const Tensor spread = dy - per_channel(sums[0], x) - normal * per_channel(sums[1], x);
        const Tensor dx = (spread * per_channel(inverse * weight, x)).to(x.scalar_type());
        return {dx, d_weight.to(weight.scalar_type()), d_bias.to(weight.scalar_type()), Tensor(), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

}  // namespace

double merge_over_ranks(int64_t group, double positions, std::vector<double>& means, std::vector<double>& squares) {
    const int64_t channels = static_cast<int64_t>(means.size());
    const Tensor own = at::empty({1 + 2 * channels}, at::kDouble);
    own.data_ptr<double>()[0] = positions;
    std::copy(means.begin(), means.end(), own.data_ptr<double>() + 1);
    std::copy(squares.begin(), squares.end(), own.data_ptr<double>() + 1 + channels);
    const Tensor all = gather_over_ranks(group, own);
    const int64_t ranks = all.size(0), step = all.size(1);
    const double* row = all.data_ptr<double>();

    double total = 0;
    for (int64_t rank = 0; rank < ranks; ++rank)
        total += row[rank * step];
    for (int64_t c = 0; c < channels; ++c) {
        double mean = 0, square = 0;
        for (int64_t rank = 0; rank < ranks; ++rank)
            mean += row[rank * step] / total * row[rank * step + 1 + c];
        for (int64_t rank = 0; rank < ranks; ++rank) {
            const double off = row[rank * step + 1 + c] - mean;
            square += row[rank * step + 1 + channels + c] + row[rank * step] * off * off;
        }
        means[c] = mean;
        squares[c] = square;
    }
    return total;
}

std::vector<double> sum_over_ranks(int64_t group, const std::vector<double>& sums) {
    Tensor all = at::tensor(sums, at::kDouble);
    sum_over_ranks(group, all);
    return numbers_of(all);
}

at::Tensor sync_batch_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean, const Tensor& running_var,
                           double momentum, double epsilon, int64_t group) {
    return SyncBatchNorm::apply(x, weight, bias, defined(running_mean), defined(running_var), momentum, epsilon, group);
}

}  // namespace seg
