// Autocast of a thread. libtorch 2.4 replaced one pair of functions for each device by functions that take the device.
#include "boundary.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#define SEG_AUTOCAST_BY_DEVICE (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4))

int32_t seg_autocast_get(int32_t device_type, int32_t* out_enabled, int32_t* out_dtype) {
    return seg::guarded([&] {
        const auto type = static_cast<c10::DeviceType>(device_type);
#if SEG_AUTOCAST_BY_DEVICE
        *out_enabled = at::autocast::is_autocast_enabled(type);
        *out_dtype = static_cast<int32_t>(at::autocast::get_autocast_dtype(type));
#else
        TORCH_CHECK(type == c10::DeviceType::CPU || type == c10::DeviceType::CUDA, "autocast knows no device of type ", type);
        const bool cpu = type == c10::DeviceType::CPU;
        *out_enabled = cpu ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
        *out_dtype = static_cast<int32_t>(cpu ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype());
#endif
    });
}

int32_t seg_autocast_set(int32_t device_type, int32_t enabled, int32_t dtype) {
    return seg::guarded([&] {
        const auto type = static_cast<c10::DeviceType>(device_type);
        const auto scalar = static_cast<at::ScalarType>(dtype);
        TORCH_CHECK(scalar == at::kBFloat16 || scalar == at::kHalf || enabled == 0, "autocast to ", scalar, " is not supported; use bfloat16 or float16");
#if SEG_AUTOCAST_BY_DEVICE
        at::autocast::set_autocast_enabled(type, enabled != 0);
        at::autocast::set_autocast_dtype(type, scalar);
#else
        TORCH_CHECK(type == c10::DeviceType::CPU || type == c10::DeviceType::CUDA, "autocast knows no device of type ", type);
        if (type == c10::DeviceType::CPU) {
            TORCH_CHECK(scalar != at::kHalf || enabled == 0, "autocast on the CPU takes bfloat16 alone in libtorch ", seg_torch_version());
            at::autocast::set_cpu_enabled(enabled != 0);
            at::autocast::set_autocast_cpu_dtype(scalar);
        } else {
            at::autocast::set_enabled(enabled != 0);
            at::autocast::set_autocast_gpu_dtype(scalar);
        }
#endif
    });
}

int32_t seg_autocast_enter(void) {
    return seg::guarded([] { at::autocast::increment_nesting(); });
}

int32_t seg_autocast_leave(void) {
    return seg::guarded([] {
        if (at::autocast::decrement_nesting() == 0)
            at::autocast::clear_cache();
    });
}
