// Vectors of lanes (kernels.h) as wide as the instruction set that this is compiled for, and the two element types over them.
#pragma once

#include "../ops/elements.h"
#include "../ops/vectors.h"

#if defined(__AVX512BF16__)
#include <immintrin.h>
#endif

namespace seg::plan {
namespace {

using Lanes = Vector<float>;
using Bits = Int32Vector;
constexpr int64_t width = lanes<float>;
constexpr int64_t lane_bytes = 4;

SEG_INLINE Lanes load_lanes(const char* from) { return load_vector(reinterpret_cast<const float*>(from)); }

SEG_INLINE Bits bits_of(Lanes value) {
    Bits bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

SEG_INLINE Lanes lanes_of(Bits bits) {
    Lanes value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

/// Every second of 2 · width lanes.
SEG_INLINE Lanes load_every_second(const char* from) {
#if SEG_VECTOR_BYTES == 64
    const Bits even{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
#elif SEG_VECTOR_BYTES == 32
    const Bits even{0, 2, 4, 6, 8, 10, 12, 14};
#else
    const Bits even{0, 2, 4, 6};
#endif
    return __builtin_shuffle(load_lanes(from), load_lanes(from + SEG_VECTOR_BYTES), even);
}

/// The first `count` lanes, which may be all; the others keep what is in memory.
SEG_INLINE void store_some(Lanes value, char* to, int64_t count) {
    if (count >= width)
        store_vector(value, reinterpret_cast<float*>(to));
    else
        std::memcpy(to, &value, static_cast<size_t>(count * lane_bytes));
}

/// ReLU; what is not a number stays so, as it must be seen.
SEG_INLINE Lanes positive(Lanes value) { return value < 0.0f ? Lanes{} : value; }

/// A lane of one float32 channel.
struct Float32 {
    static constexpr int elements = 1;
    using Element = float;

    SEG_INLINE Lanes multiply_add(Lanes x, const char* weight, Lanes sum) {
        float value;
        std::memcpy(&value, weight, sizeof value);
        return x * value + sum;
    }
    SEG_INLINE void unpack(Lanes packed, Lanes (&channels)[1]) { channels[0] = packed; }
    SEG_INLINE Lanes pack(const Lanes (&channels)[1]) { return channels[0]; }
};

#if defined(__AVX512BF16__)
/// A lane of two bfloat16 channels, the first in its low half.
struct BFloat16 {
    static constexpr int elements = 2;
    using Element = bfloat16;

    SEG_INLINE Lanes multiply_add(Lanes x, const char* weight, Lanes sum) {
        int32_t pair;
        std::memcpy(&pair, weight, sizeof pair);
        return reinterpret_cast<Lanes>(
            _mm512_dpbf16_ps(reinterpret_cast<__m512>(sum), reinterpret_cast<__m512bh>(x), reinterpret_cast<__m512bh>(_mm512_set1_epi32(pair))));
    }
    SEG_INLINE void unpack(Lanes packed, Lanes (&channels)[2]) {
        const Bits bits = bits_of(packed);
        channels[0] = lanes_of(bits << 16);
        channels[1] = lanes_of(bits & static_cast<int32_t>(0xffff0000));
    }
    SEG_INLINE Lanes pack(const Lanes (&channels)[2]) {
        const __m512i low = _mm512_cvtepu16_epi32(reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(reinterpret_cast<__m512>(channels[0]))));
        const __m512i high = _mm512_cvtepu16_epi32(reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(reinterpret_cast<__m512>(channels[1]))));
        return reinterpret_cast<Lanes>(_mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
};
#endif

}  // namespace
}  // namespace seg::plan
