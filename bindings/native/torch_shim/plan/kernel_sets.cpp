#include "kernels.h"

namespace seg::plan {

#if defined(__x86_64__)
extern const KernelSet kernels_avx2;
extern const KernelSet kernels_avx512;
extern const KernelSet kernels_avx512_bf16;
#elif defined(__aarch64__)
extern const KernelSet kernels_baseline;
#endif

// x86 without fused multiply-add has none: libtorch's own operators are as fast there.
const KernelSet& best_kernels() {
    static const KernelSet none{};
#if defined(__x86_64__)
    static const KernelSet& best = [&]() -> const KernelSet& {
        __builtin_cpu_init();
        const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl");
        if (avx512 && __builtin_cpu_supports("avx512bf16"))
            return kernels_avx512_bf16;
        if (avx512)
            return kernels_avx512;
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? kernels_avx2 : none;
    }();
    return best;
#elif defined(__aarch64__)
    return kernels_baseline;
#else
    return none;
#endif
}

}  // namespace seg::plan
