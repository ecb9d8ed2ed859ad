// The elements that kernels read and write, and their conversion to and from the type of the arithmetic.
#pragma once

#include <cstdint>
#include <cstring>

namespace seg {
namespace {

struct bfloat16 {
    uint16_t bits;
};

inline float load(const float* x) { return *x; }

inline double load(const double* x) { return *x; }

inline float load(const bfloat16* x) {
    const uint32_t bits = static_cast<uint32_t>(x->bits) << 16;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

inline void save(float value, float* target) { *target = value; }

inline void save(double value, double* target) { *target = value; }

inline void save(float value, bfloat16* target) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;  // to nearest, ties to even
    target->bits = static_cast<uint16_t>(value == value ? rounded : 0x7fc0u);
}

}  // namespace
}  // namespace seg
