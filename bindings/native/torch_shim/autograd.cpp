// Gradients: leaves, backward, and the modes of a thread.
#include "boundary.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>

int32_t seg_tensor_set_requires_grad(seg_tensor* tensor, int32_t requires_grad) {
    return seg::guarded([&] { seg::borrow(tensor).set_requires_grad(requires_grad != 0); });
}

int32_t seg_tensor_is_leaf(const seg_tensor* tensor, int32_t* out_result) {
    return seg::guarded([&] { *out_result = seg::borrow(tensor).is_leaf(); });
}

int32_t seg_tensor_retain_grad(seg_tensor* tensor) {
    return seg::guarded([&] { seg::borrow(tensor).retain_grad(); });
}

int32_t seg_tensor_grad(const seg_tensor* tensor, seg_tensor** out_gradient) {
    return seg::guarded([&] {
        const at::Tensor source = seg::borrow(tensor);
        at::Tensor gradient = source.is_leaf() || source.retains_grad() ? source.grad() : at::Tensor();
        *out_gradient = seg::release(std::move(gradient));
    });
}

int32_t seg_tensor_set_grad(seg_tensor* tensor, const seg_tensor* gradient) {
    return seg::guarded([&] {
        const at::Tensor target = seg::borrow(tensor);
        const at::Tensor value = seg::borrow_or_undefined(gradient);
        // libtorch stores whatever it is given and fails much later, in the optimizer; Python checks here too.
        if (value.defined()) {
            TORCH_CHECK(value.sizes() == target.sizes(), "a gradient of shape ", value.sizes(), " does not fit a tensor of shape ", target.sizes());
            TORCH_CHECK(value.device() == target.device(), "a gradient on ", value.device(), " does not fit a tensor on ", target.device());
            TORCH_CHECK(value.scalar_type() == target.scalar_type(), "a gradient of type ", value.scalar_type(), " does not fit a tensor of type ",
                        target.scalar_type());
        }
        target.mutable_grad() = value;
    });
}

int32_t seg_backward(seg_tensor* const* tensors, int32_t count, seg_tensor* const* gradients, int32_t gradient_count, seg_tensor* const* inputs,
                     int32_t input_count, int32_t retain_graph, int32_t create_graph) {
    return seg::guarded([&] {
        torch::autograd::backward(seg::borrow_all(tensors, count), seg::borrow_all(gradients, gradient_count), retain_graph != 0,
                                  create_graph != 0, seg::borrow_all(inputs, input_count));
    });
}

int32_t seg_grad(seg_tensor* const* outputs, int32_t output_count, seg_tensor* const* inputs, int32_t input_count, seg_tensor* const* gradients,
                 int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, seg_tensor** out_gradients) {
    return seg::guarded([&] {
        auto results = torch::autograd::grad(seg::borrow_all(outputs, output_count), seg::borrow_all(inputs, input_count),
                                             seg::borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++)
            out_gradients[i] = seg::release(std::move(results[i]));
    });
}

int32_t seg_grad_mode(int32_t* out_enabled) {
    return seg::guarded([&] { *out_enabled = c10::GradMode::is_enabled(); });
}

int32_t seg_set_grad_mode(int32_t enabled) {
    return seg::guarded([&] { c10::GradMode::set_enabled(enabled != 0); });
}

int32_t seg_inference_mode(int32_t* out_enabled) {
    return seg::guarded([&] { *out_enabled = c10::InferenceMode::is_enabled(); });
}

int32_t seg_inference_enter(int32_t enabled, void** out_guard) {
    return seg::guarded([&] { *out_guard = new c10::InferenceMode(enabled != 0); });
}

int32_t seg_inference_leave(void* guard) {
    return seg::guarded([&] { delete static_cast<c10::InferenceMode*>(guard); });
}

int32_t seg_set_anomaly(int32_t enabled, int32_t check_nan) {
    return seg::guarded([&] { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); });
}

int32_t seg_anomaly(int32_t* out_enabled, int32_t* out_check_nan) {
    return seg::guarded([&] {
        *out_enabled = torch::autograd::AnomalyMode::is_enabled();
        *out_check_nan = torch::autograd::AnomalyMode::should_check_nan();
    });
}
