#include "kernels.h"

namespace seg {

extern const KernelSet kernels_baseline;
#if defined(__x86_64__)
extern const KernelSet kernels_avx2;
extern const KernelSet kernels_avx512;
#endif

const KernelSet& kernels() {
#if defined(__x86_64__)
    static const KernelSet& best = [&]() -> const KernelSet& {
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl"))
            return kernels_avx512;
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
            return kernels_avx2;
        return kernels_baseline;
    }();
    return best;
#else
    return kernels_baseline;
#endif
}

}  // namespace seg
