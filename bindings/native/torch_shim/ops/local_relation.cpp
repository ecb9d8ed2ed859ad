// seg::local_relation with its derivative: the local relation layer's softmax-weighted sums over windows, from mapped keys and queries.
// Registered apart for each dispatch key, so that autograd, autocast and meta tensors see one operator; kernels are in
// local_relation_cpu.cpp and, where libtorch has CUDA, local_relation_cuda.cu. No k² copies of the map are made, in either direction, and
// nothing but the inputs is kept for the backward pass.
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>
#include <torch/version.h>

#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include "local_relation_operator.h"

namespace seg {

using at::Tensor;

LocalRelation local_relation_of(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel,
                                int64_t stride, int64_t padding, int64_t composition) {
    TORCH_CHECK(value.dim() == 4, "local_relation: value must be of shape (N, C, H, W), not ", value.sizes());
    TORCH_CHECK(key.dim() == 4 && key.size(0) == value.size(0) && key.sizes().slice(2) == value.sizes().slice(2),
                "local_relation: key must be of shape (", value.size(0), ", E, ", value.size(2), ", ", value.size(3),
                ") for a value of ", value.sizes(), ", not ", key.sizes());
    TORCH_CHECK(query.sizes() == key.sizes(), "local_relation: query must be of the key's shape ", key.sizes(), ", not ", query.sizes());
    const int64_t groups = key.size(1);
    TORCH_CHECK(groups >= 1 && value.size(1) >= 1 && value.size(1) % groups == 0, "local_relation: the value's ", value.size(1),
                " channels must be a multiple of the key's ", groups);
    TORCH_CHECK(kernel >= 1 && kernel <= largest_window, "local_relation: kernel is ", kernel, "; it must be 1 to ", largest_window);
    TORCH_CHECK(stride >= 1, "local_relation: stride is ", stride, "; it must be at least 1");
    TORCH_CHECK(padding >= 0, "local_relation: padding is ", padding, "; it must be at least 0");
    TORCH_CHECK(composition >= 0 && composition <= 2, "local_relation: composition is ", composition,
                "; it must be 0 (product), 1 (squared difference) or 2 (absolute difference)");
    TORCH_CHECK(at::isFloatingType(value.scalar_type()), "local_relation: value must be of a floating type, not ", value.scalar_type());
    TORCH_CHECK(key.scalar_type() == value.scalar_type() && query.scalar_type() == value.scalar_type(),
                "local_relation: value, key and query must be of one type, not ", value.scalar_type(), ", ", key.scalar_type(), " and ",
                query.scalar_type());
    TORCH_CHECK(key.device() == value.device() && query.device() == value.device(),
                "local_relation: value, key and query must be on one device, not ", value.device(), ", ", key.device(), " and ", query.device());
    if (prior.has_value()) {
        const auto sizes = prior->sizes();
        const auto map = sizes.size() == 4 && sizes[0] == 1 ? sizes.slice(1) : sizes;
        TORCH_CHECK(map.size() == 3 && map[0] == groups && map[1] == kernel && map[2] == kernel, "local_relation: prior must be of shape (",
                    groups, ", ", kernel, ", ", kernel, "), not ", sizes);
        TORCH_CHECK(prior->device() == value.device(), "local_relation: prior must be on the value's device ", value.device(), ", not ",
                    prior->device());
        TORCH_CHECK(at::isFloatingType(prior->scalar_type()), "local_relation: prior must be of a floating type, not ", prior->scalar_type());
    }
    const int64_t height = value.size(2), width = value.size(3);
    TORCH_CHECK(height + 2 * padding >= kernel && width + 2 * padding >= kernel, "local_relation: a map of ", height, " x ", width,
                " with a padding of ", padding, " is smaller than one window of ", kernel, " x ", kernel);
    return {static_cast<Composition>(composition), value.size(1), groups, height, width, kernel, stride, padding,
            (height + 2 * padding - kernel) / stride + 1, (width + 2 * padding - kernel) / stride + 1};
}

Tensor local_relation_output(const LocalRelation& layer, const Tensor& value) {
    return at::empty({value.size(0), layer.channels, layer.out_height, layer.out_width}, value.options(), value.suggest_memory_format());
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

using Forward = Tensor(const Tensor&, const Tensor&, const Tensor&, const OptionalTensor&, int64_t, int64_t, int64_t, int64_t);
using Backward = LocalRelationResults(const Tensor&, const Tensor&, const Tensor&, const Tensor&, const OptionalTensor&, int64_t, int64_t,
                                      int64_t, int64_t, bool, bool);

auto forward_operator() {
    static const auto op = c10::Dispatcher::singleton().findSchemaOrThrow("seg::local_relation", "").typed<Forward>();
    return op;
}

auto backward_operator() {
    static const auto op = c10::Dispatcher::singleton().findSchemaOrThrow("seg::local_relation_backward", "").typed<Backward>();
    return op;
}

// A derivative that has none itself: says so when it is asked for, instead of giving zeros.
struct LocalRelationBackward : torch::autograd::Function<LocalRelationBackward> {
    static variable_list forward(AutogradContext*, const Tensor& dy, const Tensor& value, const Tensor& key, const Tensor& query,
                                 const OptionalTensor& prior, int64_t kernel, int64_t stride, int64_t padding, int64_t composition,
                                 bool wants_value, bool wants_rest) {
        at::AutoDispatchBelowADInplaceOrView below;
        const auto results = backward_operator().call(dy, value, key, query, prior, kernel, stride, padding, composition, wants_value, wants_rest);
        // An autograd function's results must be there, so those that are not wanted are left out.
        variable_list wanted;
        for (const Tensor& result : {std::get<0>(results), std::get<1>(results), std::get<2>(results), std::get<3>(results)})
            if (result.defined())
                wanted.push_back(result);
        return wanted;
    }

    static variable_list backward(AutogradContext*, variable_list) {
        TORCH_CHECK(false, "local_relation has no second derivative; compose the layer of plain operators where one is needed");
    }
};

LocalRelationResults backward_autograd(const Tensor& dy, const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior,
                                       int64_t kernel, int64_t stride, int64_t padding, int64_t composition, bool wants_value, bool wants_rest) {
    const auto results = LocalRelationBackward::apply(dy, value, key, query, prior, kernel, stride, padding, composition, wants_value, wants_rest);
    size_t next = 0;
    const auto take = [&](bool wanted) { return wanted ? results[next++] : Tensor(); };
    const Tensor d_value = take(wants_value), d_key = take(wants_rest), d_query = take(wants_rest),
                 d_prior = take(wants_rest && prior.has_value());
    return {d_value, d_key, d_query, d_prior};
}

struct LocalRelationFunction : torch::autograd::Function<LocalRelationFunction> {
    static Tensor forward(AutogradContext* context, const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior,
                          int64_t kernel, int64_t stride, int64_t padding, int64_t composition) {
        context->save_for_backward({value, key, query, prior.has_value() ? *prior : Tensor()});
        context->saved_data["kernel"] = kernel;
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        context->saved_data["composition"] = composition;
        context->saved_data["value"] = value.requires_grad();
        context->saved_data["rest"] = key.requires_grad() || query.requires_grad() || (prior.has_value() && prior->requires_grad());
        at::AutoDispatchBelowADInplaceOrView below;
        return forward_operator().call(value, key, query, prior, kernel, stride, padding, composition);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto results = backward_operator().call(
            gradients[0], saved[0], saved[1], saved[2], saved[3].defined() ? OptionalTensor(saved[3]) : OptionalTensor(),
            context->saved_data["kernel"].toInt(), context->saved_data["stride"].toInt(), context->saved_data["padding"].toInt(),
            context->saved_data["composition"].toInt(), context->saved_data["value"].toBool(), context->saved_data["rest"].toBool());
        return {std::get<0>(results), std::get<1>(results), std::get<2>(results), std::get<3>(results), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

Tensor forward_autograd(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel, int64_t stride,
                        int64_t padding, int64_t composition) {
    return LocalRelationFunction::apply(value, key, query, prior, kernel, stride, padding, composition);
}

at::ScalarType autocast_type(c10::DeviceType device) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    return at::autocast::get_autocast_dtype(device);
#else
    return device == c10::DeviceType::CPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
#endif
}

// Maps are taken in autocast's type, as its convolutions give them; the arithmetic is float32 anyway, and so is the small prior.
template <c10::DeviceType device, c10::DispatchKey key_of_autocast>
Tensor forward_autocast(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel, int64_t stride,
                        int64_t padding, int64_t composition) {
    c10::impl::ExcludeDispatchKeyGuard below(key_of_autocast);
    const auto cast = [](const Tensor& x) { return at::autocast::cached_cast(autocast_type(device), x, device); };
    const OptionalTensor wide = prior.has_value() ? OptionalTensor(at::autocast::cached_cast(at::kFloat, *prior, device)) : prior;
    return forward_operator().call(cast(value), cast(key), cast(query), wide, kernel, stride, padding, composition);
}

Tensor forward_meta(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel, int64_t stride,
                    int64_t padding, int64_t composition) {
    return local_relation_output(local_relation_of(value, key, query, prior, kernel, stride, padding, composition), value);
}

LocalRelationResults backward_meta(const Tensor&, const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior,
                                   int64_t, int64_t, int64_t, int64_t, bool wants_value, bool wants_rest) {
    return {wants_value ? at::empty_like(value) : Tensor(), wants_rest ? at::empty_like(key) : Tensor(),
            wants_rest ? at::empty_like(query) : Tensor(), wants_rest && prior.has_value() ? at::empty_like(*prior) : Tensor()};
}

bool has_local_relation(at::Device device) {
    const auto key = c10::computeDispatchKey(c10::nullopt, c10::nullopt, device);
    return forward_operator().hasKernelForDispatchKey(key);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def(
        "local_relation(Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, int composition) -> Tensor");
    library.def(
        "local_relation_backward(Tensor dy, Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, "
        "int composition, bool wants_value, bool wants_rest) -> (Tensor, Tensor, Tensor, Tensor)");
    library.def("has_local_relation(Device device) -> bool", has_local_relation);
}

TORCH_LIBRARY_IMPL(seg, Autograd, library) {
    library.impl("local_relation", forward_autograd);
    library.impl("local_relation_backward", backward_autograd);
}

TORCH_LIBRARY_IMPL(seg, AutocastCPU, library) {
    library.impl("local_relation", forward_autocast<c10::DeviceType::CPU, c10::DispatchKey::AutocastCPU>);
}

TORCH_LIBRARY_IMPL(seg, AutocastCUDA, library) {
    library.impl("local_relation", forward_autocast<c10::DeviceType::CUDA, c10::DispatchKey::AutocastCUDA>);
}

TORCH_LIBRARY_IMPL(seg, Meta, library) {
    library.impl("local_relation", forward_meta);
    library.impl("local_relation_backward", backward_meta);
}

}  // namespace seg
