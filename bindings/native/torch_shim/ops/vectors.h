// Vectors of float and double as wide as the instruction set that this is compiled for. Everything is inlined: a function of one set that
// the linker took for another would be an illegal instruction.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
#define SEG_VECTOR_BYTES 64
#elif defined(__AVX__)
#define SEG_VECTOR_BYTES 32
#else
#define SEG_VECTOR_BYTES 16
#endif
#define SEG_INLINE static inline __attribute__((always_inline))

namespace seg {
namespace {

template <typename Real>
struct VectorOf;

template <>
struct VectorOf<float> {
    typedef float type __attribute__((vector_size(SEG_VECTOR_BYTES)));
};

template <>
struct VectorOf<double> {
    typedef double type __attribute__((vector_size(SEG_VECTOR_BYTES)));
};

typedef int32_t Int32Vector __attribute__((vector_size(SEG_VECTOR_BYTES)));

template <typename Real>
using Vector = typename VectorOf<Real>::type;

template <typename Real>
constexpr int64_t lanes = SEG_VECTOR_BYTES / sizeof(Real);

template <typename Real>
SEG_INLINE Vector<Real> load_vector(const Real* from) {
    Vector<Real> value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

template <typename Real>
SEG_INLINE void store_vector(Vector<Real> value, Real* to) {
    std::memcpy(to, &value, sizeof value);
}

template <typename Real>
SEG_INLINE Vector<Real> broadcast(Real value) {
    return Vector<Real>{} + value;
}

// 2^x for x ≤ 0, to 2 units in the last place; below −126 as at −126, NaN for NaN. Cephes' polynomial.
SEG_INLINE Vector<float> exp2_of_negative(Vector<float> x) {
    x = x < -126.0f ? broadcast(-126.0f) : x;
    const float rounder = 12582912.0f + 127.0f;  // 1.5 · 2^23 rounds to an integer, which 127 makes a float's exponent
    const Vector<float> shifted = x + rounder;
    const Vector<float> r = x - (shifted - rounder);
    Vector<float> p = broadcast(1.535336188319500e-4f);
    p = p * r + 1.339887440266574e-3f;
    p = p * r + 9.618437357674640e-3f;
    p = p * r + 5.550332471162809e-2f;
    p = p * r + 2.402264791363012e-1f;
    p = p * r + 6.931472028550421e-1f;
    p = p * r + 1.0f;
    Int32Vector bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits <<= 23;
    Vector<float> power;
    std::memcpy(&power, &bits, sizeof power);
    return p * power;
}

// For checks by finite differences: exact, not fast.
SEG_INLINE Vector<double> exp2_of_negative(Vector<double> x) {
    for (int64_t i = 0; i < lanes<double>; ++i)
        x[i] = ::exp2(x[i]);
    return x;
}

}  // namespace
}  // namespace seg
