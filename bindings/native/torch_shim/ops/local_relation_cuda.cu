// seg::local_relation on CUDA: launches the kernels of local_relation_cuda.cuh. Compiled where libtorch has CUDA and nvcc is there.
#include <torch/library.h>

#include <ATen/AccumulateType.h>
#include <ATen/Dispatch.h>
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>

#include "local_relation_cuda.cuh"
#include "local_relation_operator.h"

namespace seg {
namespace {

using at::Tensor;

constexpr int threads_per_block = 128;

unsigned blocks_for(int64_t count) { return static_cast<unsigned>((count + threads_per_block - 1) / threads_per_block); }

template <typename T, typename Real>
struct Given {
    Tensor value, key, query, prior, dy;

    Given(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, const Tensor& dy)
        : value(value.contiguous()),
          key(key.contiguous()),
          query(query.contiguous()),
          prior(prior.has_value() ? prior->to(c10::CppTypeToScalarType<Real>::value).contiguous() : Tensor()),
          dy(dy.defined() ? dy.to(value.scalar_type()).contiguous() : Tensor()) {}

    LocalRelationMaps<T, Real> maps() const {
        return {value.data_ptr<T>(), key.data_ptr<T>(), query.data_ptr<T>(), dy.defined() ? dy.data_ptr<T>() : nullptr,
                prior.defined() ? prior.data_ptr<Real>() : nullptr};
    }
};

Tensor forward(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel, int64_t stride,
               int64_t padding, int64_t composition) {
    const LocalRelation layer = local_relation_of(value, key, query, prior, kernel, stride, padding, composition);
    const c10::cuda::CUDAGuard guard(value.device());
    const Tensor y = at::empty({value.size(0), layer.channels, layer.out_height, layer.out_width}, value.options());
    const int64_t count = value.size(0) * layer.groups * layer.out_height * layer.out_width;
    if (count == 0)
        return y;
    AT_DISPATCH_FLOATING_TYPES_AND2(at::kHalf, at::kBFloat16, value.scalar_type(), "local_relation", [&] {
        using Real = at::acc_type<scalar_t, true>;
        const Given<scalar_t, Real> given(value, key, query, prior, Tensor());
        forward_kernel<scalar_t, Real><<<blocks_for(count), threads_per_block, 0, at::cuda::getCurrentCUDAStream()>>>(
            layer, given.maps(), count, y.data_ptr<scalar_t>());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    });
    return y;
}

LocalRelationResults backward(const Tensor& dy, const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior,
                              int64_t kernel, int64_t stride, int64_t padding, int64_t composition, bool wants_value, bool wants_rest) {
    const LocalRelation layer = local_relation_of(value, key, query, prior, kernel, stride, padding, composition);
    const c10::cuda::CUDAGuard guard(value.device());
    const int64_t samples = value.size(0), windows = samples * layer.groups * layer.out_height * layer.out_width,
                  positions = samples * layer.groups * layer.height * layer.width;
    const auto plain = at::MemoryFormat::Contiguous;
    const Tensor d_value = wants_value ? at::empty_like(value, plain) : Tensor(), d_key = wants_rest ? at::empty_like(key, plain) : Tensor(),
                 d_query = wants_rest ? at::zeros(query.sizes(), query.options()) : Tensor();
    Tensor d_prior;
    if (windows == 0)
        return {wants_value ? at::zeros_like(value) : Tensor(), wants_rest ? at::zeros_like(key) : Tensor(), d_query,
                wants_rest && prior.has_value() ? at::zeros_like(*prior) : Tensor()};
    AT_DISPATCH_FLOATING_TYPES_AND2(at::kHalf, at::kBFloat16, value.scalar_type(), "local_relation_backward", [&] {
        using Real = at::acc_type<scalar_t, true>;
        const Given<scalar_t, Real> given(value, key, query, prior, dy);
        const auto options = value.options().dtype(c10::CppTypeToScalarType<Real>::value);
        const Tensor log_sums = at::empty({windows}, options), means = at::empty({windows}, options);
        const WindowNotes<Real> notes{log_sums.data_ptr<Real>(), means.data_ptr<Real>()};
        const auto stream = at::cuda::getCurrentCUDAStream();
        window_kernel<scalar_t, Real><<<blocks_for(windows), threads_per_block, 0, stream>>>(
            layer, given.maps(), windows, notes, wants_rest ? d_query.data_ptr<scalar_t>() : nullptr);
        C10_CUDA_KERNEL_LAUNCH_CHECK();
        position_kernel<scalar_t, Real><<<blocks_for(positions), threads_per_block, 0, stream>>>(
            layer, given.maps(), positions, notes, wants_value ? d_value.data_ptr<scalar_t>() : nullptr,
            wants_rest ? d_key.data_ptr<scalar_t>() : nullptr);
        C10_CUDA_KERNEL_LAUNCH_CHECK();
        if (wants_rest && prior.has_value()) {
            const Tensor sums = at::empty({layer.groups * layer.window()}, options);
            const dim3 grid(static_cast<unsigned>(layer.window()), static_cast<unsigned>(layer.groups));
            prior_kernel<scalar_t, Real, threads_per_block>
                <<<grid, threads_per_block, 0, stream>>>(layer, given.maps(), samples, notes, sums.data_ptr<Real>());
            C10_CUDA_KERNEL_LAUNCH_CHECK();
            d_prior = sums.view(prior->sizes()).to(prior->scalar_type());
        }
    });
    return {d_value, d_key, d_query, d_prior};
}

}  // namespace

TORCH_LIBRARY_IMPL(seg, CUDA, library) {
    library.impl("local_relation", forward);
    library.impl("local_relation_backward", backward);
}

}  // namespace seg
