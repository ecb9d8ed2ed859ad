// The transforms of Winograd's convolution F(4x4, 3x3), one dimension at a time, on vectors whose lanes are tiles.
//
// The interpolation points are 0, ±√½, ±√2 and ∞: with them the error is twice that of a plain sum, with the usual 0, ±1, ±2 and ∞ five times.
#pragma once

#include "lanes.h"

namespace seg::plan {
namespace {

constexpr float small_point = 0.70710678118654752f, large_point = 1.41421356237309505f;

/// Six neighbouring inputs → the values by whose products with the transformed weights the outputs are made.
SEG_INLINE void transform_input(Lanes (&d)[6]) {
    const Lanes first = d[0] - 2.5f * d[2] + d[4], last = d[1] - 2.5f * d[3] + d[5];
    const Lanes even_small = d[4] - 2.0f * d[2], odd_small = d[3] - 2.0f * d[1];
    const Lanes even_large = d[4] - 0.5f * d[2], odd_large = d[3] - 0.5f * d[1];
    d[0] = first;
    d[1] = even_small + small_point * odd_small;
    d[2] = even_small - small_point * odd_small;
    d[3] = even_large + large_point * odd_large;
    d[4] = even_large - large_point * odd_large;
    d[5] = last;
}

/// Six products → four neighbouring outputs.
SEG_INLINE void transform_output(const Lanes (&m)[6], Lanes (&outputs)[4]) {
    const Lanes even_small = m[1] + m[2], odd_small = small_point * (m[1] - m[2]);
    const Lanes even_large = m[3] + m[4], odd_large = large_point * (m[3] - m[4]);
    outputs[0] = m[0] + even_small + even_large;
    outputs[1] = odd_small + odd_large;
    outputs[2] = 0.5f * even_small + 2.0f * even_large;
    outputs[3] = 0.5f * odd_small + (2.0f * odd_large + m[5]);
}

#if SEG_VECTOR_BYTES == 64
#define SEG_EVEN {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30}
#define SEG_ODD {1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31}
#define SEG_LOW {0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23}
#define SEG_HIGH {8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31}
#define SEG_DOWN {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
#elif SEG_VECTOR_BYTES == 32
#define SEG_EVEN {0, 2, 4, 6, 8, 10, 12, 14}
#define SEG_ODD {1, 3, 5, 7, 9, 11, 13, 15}
#define SEG_LOW {0, 8, 1, 9, 2, 10, 3, 11}
#define SEG_HIGH {4, 12, 5, 13, 6, 14, 7, 15}
#define SEG_DOWN {1, 2, 3, 4, 5, 6, 7, 8}
#else
#define SEG_EVEN {0, 2, 4, 6}
#define SEG_ODD {1, 3, 5, 7}
#define SEG_LOW {0, 4, 1, 5}
#define SEG_HIGH {2, 6, 3, 7}
#define SEG_DOWN {1, 2, 3, 4}
#endif

/// 4 · width numbers: columns[k] gets every fourth, from the k-th on.
SEG_INLINE void split_by_four(const float* from, Lanes (&columns)[6]) {
    const Bits even SEG_EVEN, odd SEG_ODD;
    const Lanes a = load_vector(from), b = load_vector(from + width), c = load_vector(from + 2 * width), d = load_vector(from + 3 * width);
    const Lanes even_low = __builtin_shuffle(a, b, even), even_high = __builtin_shuffle(c, d, even);
    const Lanes odd_low = __builtin_shuffle(a, b, odd), odd_high = __builtin_shuffle(c, d, odd);
    columns[0] = __builtin_shuffle(even_low, even_high, even);
    columns[1] = __builtin_shuffle(odd_low, odd_high, even);
    columns[2] = __builtin_shuffle(even_low, even_high, odd);
    columns[3] = __builtin_shuffle(odd_low, odd_high, odd);
}

/// The reverse: every fourth of 4 · width numbers in each of four vectors → these numbers in their order.
SEG_INLINE void join_by_four(Lanes (&columns)[4]) {
    const Bits low SEG_LOW, high SEG_HIGH;
    const Lanes even_low = __builtin_shuffle(columns[0], columns[2], low), even_high = __builtin_shuffle(columns[0], columns[2], high);
    const Lanes odd_low = __builtin_shuffle(columns[1], columns[3], low), odd_high = __builtin_shuffle(columns[1], columns[3], high);
    columns[0] = __builtin_shuffle(even_low, odd_low, low);
    columns[1] = __builtin_shuffle(even_low, odd_low, high);
    columns[2] = __builtin_shuffle(even_high, odd_high, low);
    columns[3] = __builtin_shuffle(even_high, odd_high, high);
}

/// All lanes one place down; `next` comes in at the top.
SEG_INLINE Lanes move_down(Lanes value, float next) {
    const Bits down SEG_DOWN;
    return __builtin_shuffle(value, broadcast(next), down);
}

#undef SEG_EVEN
#undef SEG_ODD
#undef SEG_LOW
#undef SEG_HIGH
#undef SEG_DOWN

}  // namespace
}  // namespace seg::plan
