// The kernels of one instruction set, SEG_KERNELS.
#include "convolution.h"
#include "maps.h"
#include "sum.h"
#include "winograd.h"

#define SEG_JOIN(name, set) name##set
#define SEG_TEXT(set) #set
#define SEG_TEXT_OF(set) SEG_TEXT(set)
#define SEG_NAME(name, set) SEG_JOIN(name, set)

namespace seg::plan {
namespace {

template <typename Type>
constexpr Kernels kernels_of() {
    return {{{convolve_rows<Type, Type, Type>, nullptr}, {nullptr, nullptr}}, {{convolve_flat<Type, Type, Type>, nullptr}, {nullptr, nullptr}},
            sum_rows<Type, Type, false>, {nullptr, nullptr}, {pool_rows<Type>, nullptr}, import_rows<Type>, export_rows<Type>,
            winograd_inputs<Type>, winograd_products, winograd_outputs<Type>};
}

#if defined(__AVX512VNNI__)
template <typename Type>
constexpr Kernels with_uint8() {
    Kernels kernels = kernels_of<Type>();
    kernels.convolve_rows[0][1] = convolve_rows<Type, UInt8, Type>;
    kernels.convolve_rows[1][0] = convolve_rows<UInt8, Type, Type>;
    kernels.convolve_rows[1][1] = convolve_rows<UInt8, UInt8, Type>;
    kernels.convolve_flat[0][1] = convolve_flat<Type, UInt8, Type>;
    kernels.convolve_flat[1][0] = convolve_flat<UInt8, Type, Type>;
    kernels.convolve_flat[1][1] = convolve_flat<UInt8, UInt8, Type>;
    kernels.sum_scaled_rows[0] = sum_rows<Type, Type, true>;
    kernels.sum_scaled_rows[1] = sum_rows<UInt8, Type, true>;
    kernels.pool_rows[1] = pool_rows<UInt8>;
    return kernels;
}
#endif

// The type beside uint8 is bfloat16 where the set has that.
#if defined(__AVX512BF16__)
constexpr Kernels float32 = kernels_of<Float32>(), bfloat16_pairs = with_uint8<BFloat16>();
constexpr const Kernels* bfloat16_kernels = &bfloat16_pairs;
#elif defined(__AVX512VNNI__)
constexpr Kernels float32 = with_uint8<Float32>();
constexpr const Kernels* bfloat16_kernels = nullptr;
#else
constexpr Kernels float32 = kernels_of<Float32>();
constexpr const Kernels* bfloat16_kernels = nullptr;
#endif

}  // namespace

extern const KernelSet SEG_NAME(kernels_, SEG_KERNELS);
const KernelSet SEG_NAME(kernels_, SEG_KERNELS) = {SEG_TEXT_OF(SEG_KERNELS), width, &float32, bfloat16_kernels};

}  // namespace seg::plan
