// seg::add_act_: adds a residual and applies ReLU in place, in one pass, on the result of a convolution at prediction time.
#include <torch/library.h>

#include <c10/util/Optional.h>

#include "layout.h"

namespace seg {
namespace {

using at::Tensor;

constexpr int64_t elements_per_task = 65536;

Tensor& add_act_(Tensor& x, const c10::optional<Tensor>& residual, bool relu) {
    const Tensor added = residual.has_value() ? *residual : Tensor();
    const bool same = !added.defined() || (added.sizes() == x.sizes() && added.strides() == x.strides() &&
                                           added.scalar_type() == x.scalar_type() && added.device() == x.device());
    const bool tracked = at::GradMode::is_enabled() && (x.requires_grad() || (added.defined() && added.requires_grad()));
    if (tracked || !same || !has_kernel(x) || !x.is_non_overlapping_and_dense()) {
        if (added.defined())
            x.add_(added);
        return relu ? x.relu_() : x;
    }
    const Kernels& kernel = kernels().of(element_of(x));
    const int64_t count = x.numel();
    at::parallel_for(0, (count + elements_per_task - 1) / elements_per_task, 1, [&](int64_t begin, int64_t end) {
        const int64_t first = begin * elements_per_task, last = std::min(count, end * elements_per_task);
        kernel.add_act(at_element(x, first), added.defined() ? at_element(added, first) : nullptr, relu, last - first);
    });
    return x;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def("add_act_(Tensor(a!) x, Tensor? residual, bool relu) -> Tensor(a!)", add_act_);
}

}  // namespace seg
