// Random number generators, threads, and the devices there are.
#include "boundary.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#include <mutex>

namespace {

at::Generator borrow(const seg_generator* generator) {
    TORCH_CHECK(generator != nullptr, "the generator is null");
    return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::unsafe_reclaim_from_nonowning(
        reinterpret_cast<c10::GeneratorImpl*>(const_cast<seg_generator*>(generator))));
}

// at::Generator has no release of its own: one reference is left behind for C#.
seg_generator* release(const at::Generator& generator) {
    c10::intrusive_ptr<c10::GeneratorImpl> copy = generator.getIntrusivePtr();
    return reinterpret_cast<seg_generator*>(copy.release());
}

}  // namespace

int32_t seg_manual_seed(int64_t seed) {
    return seg::guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

int32_t seg_generator_default(int32_t device_type, int32_t index, seg_generator** out_generator) {
    return seg::guarded([&] {
        const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(index));
        *out_generator = release(at::globalContext().defaultGenerator(device));
    });
}

int32_t seg_generator_new(int32_t device_type, int32_t index, int64_t seed, seg_generator** out_generator) {
    return seg::guarded([&] {
        const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(index));
        at::Generator generator = device.is_cpu() ? at::detail::createCPUGenerator() : at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(static_cast<uint64_t>(seed));
        *out_generator = release(generator);
    });
}

void seg_generator_free(seg_generator* generator) {
    if (generator != nullptr)
        seg::guarded([&] { c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(reinterpret_cast<c10::GeneratorImpl*>(generator)); });
}

int32_t seg_generator_seed(seg_generator* generator, int64_t seed) {
    return seg::guarded([&] {
        at::Generator target = borrow(generator);
        const std::lock_guard<std::mutex> lock(target.mutex());
        target.set_current_seed(static_cast<uint64_t>(seed));
    });
}

int32_t seg_generator_initial_seed(const seg_generator* generator, int64_t* out_seed) {
    return seg::guarded([&] { *out_seed = static_cast<int64_t>(borrow(generator).current_seed()); });
}

int32_t seg_generator_state(const seg_generator* generator, seg_tensor** out_state) {
    return seg::guarded([&] {
        at::Generator source = borrow(generator);
        const std::lock_guard<std::mutex> lock(source.mutex());
        *out_state = seg::release(source.get_state());
    });
}

int32_t seg_generator_set_state(seg_generator* generator, const seg_tensor* state) {
    return seg::guarded([&] {
        at::Generator target = borrow(generator);
        const at::Tensor value = seg::borrow(state);
        const std::lock_guard<std::mutex> lock(target.mutex());
        target.set_state(value);
    });
}

int32_t seg_threads(int32_t* out_count) {
    return seg::guarded([&] { *out_count = at::get_num_threads(); });
}

int32_t seg_set_threads(int32_t count) {
    return seg::guarded([&] {
        TORCH_CHECK(count > 0, "the number of threads must be at least 1, not ", count);
        at::set_num_threads(count);
    });
}

int32_t seg_interop_threads(int32_t* out_count) {
    return seg::guarded([&] { *out_count = at::get_num_interop_threads(); });
}

int32_t seg_set_interop_threads(int32_t count) {
    return seg::guarded([&] {
        TORCH_CHECK(count > 0, "the number of threads must be at least 1, not ", count);
        at::set_num_interop_threads(count);
    });
}

int32_t seg_cuda_available(int32_t* out_result) {
    return seg::guarded([&] { *out_result = at::globalContext().hasCUDA(); });
}

int32_t seg_cudnn_available(int32_t* out_result) {
    return seg::guarded([&] { *out_result = at::globalContext().hasCUDA() && at::globalContext().hasCuDNN(); });
}

int32_t seg_cuda_device_count(int32_t* out_count) {
    return seg::guarded([&] {
        *out_count = at::globalContext().hasCUDA() ? c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount() : 0;
    });
}

int32_t seg_cuda_synchronize(int32_t index) {
    return seg::guarded([&] {
        TORCH_CHECK(at::globalContext().hasCUDA(), "this libtorch or machine has no CUDA");
        const c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
        const c10::Device device = index < 0 ? guard.getDevice() : c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
        guard.synchronizeDevice(device.index());
#else
        guard.synchronizeStream(guard.getStream(device));
#endif
    });
}

int32_t seg_set_cudnn_benchmark(int32_t enabled) {
    return seg::guarded([&] { at::globalContext().setBenchmarkCuDNN(enabled != 0); });
}

int32_t seg_tf32(int32_t* out_matmul, int32_t* out_cudnn) {
    return seg::guarded([&] {
        *out_matmul = at::globalContext().allowTF32CuBLAS();
        *out_cudnn = at::globalContext().allowTF32CuDNN();
    });
}

int32_t seg_set_tf32_matmul(int32_t enabled) {
    return seg::guarded([&] { at::globalContext().setAllowTF32CuBLAS(enabled != 0); });
}

int32_t seg_set_tf32_cudnn(int32_t enabled) {
    return seg::guarded([&] { at::globalContext().setAllowTF32CuDNN(enabled != 0); });
}

int32_t seg_set_deterministic(int32_t enabled, int32_t warn_only) {
    return seg::guarded([&] { at::globalContext().setDeterministicAlgorithms(enabled != 0, warn_only != 0); });
}

int32_t seg_set_flush_denormal(int32_t enabled, int32_t* out_done) {
    return seg::guarded([&] { *out_done = at::globalContext().setFlushDenormal(enabled != 0); });
}
