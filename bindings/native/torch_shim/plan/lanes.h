// Vectors of lanes (kernels.h) as wide as the instruction set that this is compiled for, and the element types over them.
#pragma once

#include "../ops/elements.h"
#include "../ops/vectors.h"

#if defined(__AVX512BF16__) || defined(__AVX512VNNI__)
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
    static constexpr bool quantized = false;
    using Element = float;
    using Sum = Lanes;

    SEG_INLINE Sum start(float bias) { return broadcast(bias); }
    SEG_INLINE Lanes finish(Sum sum, float, float) { return sum; }
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
    static constexpr bool quantized = false;
    using Element = bfloat16;
    using Sum = Lanes;

    SEG_INLINE Sum start(float bias) { return broadcast(bias); }
    SEG_INLINE Lanes finish(Sum sum, float, float) { return sum; }
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

#if defined(__AVX512VNNI__)
/// A lane of four channels of whole numbers from 0 to 255, the first in its lowest byte; weights are whole numbers from −127 to 127.
struct UInt8 {
    static constexpr int elements = 4;
    static constexpr bool quantized = true;
    using Sum = Bits;

    SEG_INLINE Sum start(float) { return Bits{}; }
    SEG_INLINE Lanes finish(Sum sum, float multiplier, float bias) {
        const __m512 real = _mm512_cvtepi32_ps(reinterpret_cast<__m512i>(sum));
        return reinterpret_cast<Lanes>(_mm512_fmadd_ps(real, _mm512_set1_ps(multiplier), _mm512_set1_ps(bias)));
    }
    SEG_INLINE Sum multiply_add(Lanes x, const char* weight, Sum sum) {
        int32_t four;
        std::memcpy(&four, weight, sizeof four);
        return reinterpret_cast<Sum>(
            _mm512_dpbusd_epi32(reinterpret_cast<__m512i>(sum), reinterpret_cast<__m512i>(x), _mm512_set1_epi32(four)));
    }
    SEG_INLINE void unpack(Lanes packed, Lanes (&channels)[4]) {
        const Bits bits = bits_of(packed);
        for (int e = 0; e < 4; ++e)
            channels[e] = reinterpret_cast<Lanes>(_mm512_cvtepi32_ps(reinterpret_cast<__m512i>(bits >> 8 * e & 255)));
    }
    /// Rounds to nearest, ties to even; what is below 0 or above 255 becomes that.
    SEG_INLINE Lanes pack(const Lanes (&channels)[4]) {
        __m512i whole[4];
        for (int e = 0; e < 4; ++e)
            whole[e] = _mm512_cvtps_epi32(_mm512_min_ps(reinterpret_cast<__m512>(channels[e]), _mm512_set1_ps(255)));
        // Of every four positions first all of one channel, then all of the next; the shuffle puts a position's channels together.
        const __m512i bytes = _mm512_packus_epi16(_mm512_packs_epi32(whole[0], whole[1]), _mm512_packs_epi32(whole[2], whole[3]));
        const __m128i order = _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        return reinterpret_cast<Lanes>(_mm512_shuffle_epi8(bytes, _mm512_broadcast_i32x4(order)));
    }
};
#endif

}  // namespace
}  // namespace seg::plan
