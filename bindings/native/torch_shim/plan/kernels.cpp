// The kernels of one instruction set, SEG_KERNELS.
#include "convolution.h"
#include "maps.h"

#define SEG_JOIN(name, set) name##set
#define SEG_NAME(name, set) SEG_JOIN(name, set)

namespace seg::plan {
namespace {

template <typename Type>
constexpr Kernels kernels_of() {
    return {convolve_rows<Type>, convolve_flat<Type>, sum_rows<Type>, pool_rows<Type>, import_rows<Type>, export_rows<Type>};
}

constexpr Kernels float32 = kernels_of<Float32>();
#if defined(__AVX512BF16__)
constexpr Kernels bfloat16_pairs = kernels_of<BFloat16>();
constexpr const Kernels* bfloat16_kernels = &bfloat16_pairs;
#else
constexpr const Kernels* bfloat16_kernels = nullptr;
#endif

}  // namespace

extern const KernelSet SEG_NAME(kernels_, SEG_KERNELS);
const KernelSet SEG_NAME(kernels_, SEG_KERNELS) = {width, &float32, bfloat16_kernels};

}  // namespace seg::plan
