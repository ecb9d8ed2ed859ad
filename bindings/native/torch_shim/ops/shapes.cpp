// Shapes alone: kernels on the "meta" device, whose tensors have a shape and no memory, for the operators of which libtorch itself has none
// in C++ (Python's torch has them in Python). With them a network tells its shapes, and so its cost, without computing anything.
//
// Registered boxed, as arguments' types differ between libtorch's versions (int[] became SymInt[]), and only where libtorch has no kernel
// of its own. Weights may stay where they are: only the first tensor must be on the meta device.
#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

namespace seg {
namespace {

using at::Tensor;
using Kernel = void(const c10::OperatorHandle&, torch::jit::Stack*);

std::vector<int64_t> integers(const c10::IValue& list) {
    if (list.isIntList())
        return list.toIntVector();
    std::vector<int64_t> values;
    for (const c10::IValue& value : list.toListRef())
        values.push_back(value.toInt());
    return values;
}

// (Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int
// groups) -> Tensor
void convolution(const c10::OperatorHandle&, torch::jit::Stack* stack) {
    const auto arguments = torch::jit::pop(*stack, 9);
    const Tensor input = arguments[0].toTensor(), weight = arguments[1].toTensor();
    const auto stride = integers(arguments[3]), padding = integers(arguments[4]), dilation = integers(arguments[5]),
               output_padding = integers(arguments[7]);
    const bool transposed = arguments[6].toBool();
    const int64_t groups = arguments[8].toInt(), channels = weight.size(transposed ? 0 : 1) * (transposed ? 1 : groups);
    TORCH_CHECK(input.dim() == weight.dim() && input.size(1) == channels, "a weight of ", weight.sizes(), " in ", groups,
                " groups does not fit an input of ", input.sizes());

    std::vector<int64_t> shape{input.size(0), transposed ? weight.size(1) * groups : weight.size(0)};
    for (int64_t i = 0; i + 2 < input.dim(); ++i) {
        const int64_t extent = input.size(i + 2), reach = dilation[i] * (weight.size(i + 2) - 1);
        const int64_t result = transposed ? (extent - 1) * stride[i] - 2 * padding[i] + reach + output_padding[i] + 1
                                          : (extent + 2 * padding[i] - reach - 1) / stride[i] + 1;
        TORCH_CHECK(extent + 2 * padding[i] > (transposed ? 0 : reach) && result > 0, "an input of ", input.sizes(),
                    " is too small for a kernel of ", weight.sizes());
        shape.push_back(result);
    }
    torch::jit::push(*stack, at::empty(shape, input.options()));
}

// (Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps)
// -> (Tensor, Tensor, Tensor)
void batch_norm(const c10::OperatorHandle&, torch::jit::Stack* stack) {
    const auto arguments = torch::jit::pop(*stack, 8);
    const Tensor input = arguments[0].toTensor();
    for (int i = 1; i < 5; ++i)
        TORCH_CHECK(!arguments[i].isTensor() || arguments[i].toTensor().numel() == input.size(1), "a norm of ",
                    arguments[i].toTensor().numel(), " channels does not fit an input of ", input.sizes());
    const int64_t statistics = arguments[5].toBool() ? input.size(1) : 0;
    torch::jit::push(*stack, at::empty_like(input), at::empty({statistics}, input.options()), at::empty({statistics}, input.options()));
}

// (Tensor input, int[2] output_size) -> Tensor
void adaptive_average(const c10::OperatorHandle&, torch::jit::Stack* stack) {
    const auto arguments = torch::jit::pop(*stack, 2);
    const Tensor input = arguments[0].toTensor();
    std::vector<int64_t> shape(input.sizes().begin(), input.sizes().end());
    const auto extents = integers(arguments[1]);
    std::copy(extents.begin(), extents.end(), shape.end() - static_cast<int64_t>(extents.size()));
    torch::jit::push(*stack, at::empty(shape, input.options()));
}

// (Tensor self) -> Tensor, of the same shape
void same(const c10::OperatorHandle&, torch::jit::Stack* stack) {
    const Tensor input = torch::jit::pop(*stack).toTensor();
    torch::jit::push(*stack, at::empty_like(input));
}

template <Kernel* kernel>
void complete(torch::Library& library, const char* name) {
    const auto schema = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, ""});
    if (schema.has_value() && !schema->hasKernelForDispatchKey(c10::DispatchKey::Meta))
        library.impl(name, torch::CppFunction::makeFromBoxedFunction<kernel>());
}

}  // namespace

TORCH_LIBRARY_IMPL(aten, Meta, library) {
    complete<convolution>(library, "convolution_overrideable");
    complete<batch_norm>(library, "native_batch_norm");
    complete<same>(library, "relu");
    complete<adaptive_average>(library, "_adaptive_avg_pool2d");
}

}  // namespace seg
