// Compiled once for each instruction set, as kernels.cpp. A tap reads the four pixels about its place; those beyond the map count as zeros.
#include <cmath>

#include "deform_taps.h"
#include "elements.h"

#define SEG_CONCAT(a, b) a##b
#define SEG_NAME(set) SEG_CONCAT(deform_, set)

namespace seg {
namespace {

// The pixels about a place, row by row, and their shares; a pixel beyond the map has the index -1.
struct Corners {
    int64_t at[4];
    float share[4];
    float down, right;  // from the upper left pixel, 0 to 1

    // Whether any lies on the map. A place that is no number reads nothing.
    bool find(float y, float x, int64_t height, int64_t width) {
        if (!(y > -1 && y < static_cast<float>(height) && x > -1 && x < static_cast<float>(width)))
            return false;
        const float top = std::floor(y), left = std::floor(x);
        down = y - top;
        right = x - left;
        for (int i = 0; i < 4; ++i) {
            const int64_t row = static_cast<int64_t>(top) + i / 2, column = static_cast<int64_t>(left) + i % 2;
            at[i] = row >= 0 && row < height && column >= 0 && column < width ? row * width + column : -1;
            share[i] = (i / 2 ? down : 1 - down) * (i % 2 ? right : 1 - right);
        }
        return true;
    }
};

template <typename Work>
inline void for_each_tap(const DeformMap& map, const float* offsets, int64_t y, const Work& work) {
    for (int64_t x = 0; x < map.width; ++x)
        for (int64_t k = 0; k < deform_taps; ++k) {
            const int64_t tap = x * deform_taps + k;
            const float row = static_cast<float>(y + (k / deform_extent - 1) * map.dilation) + offsets[2 * tap];
            const float column = static_cast<float>(x + (k % deform_extent - 1) * map.dilation) + offsets[2 * tap + 1];
            work(tap, row, column);
        }
}

template <typename T>
void read_row(const DeformMap& map, const float* offsets, int64_t y, void* taps) {
    const T* pixels = static_cast<const T*>(map.x);
    const int64_t channels = map.channels;
    for_each_tap(map, offsets, y, [&](int64_t tap, float row, float column) {
        T* out = static_cast<T*>(taps) + tap * channels;
        Corners corners;
        const T* from[4];
        float share[4] = {0, 0, 0, 0};
        int count = 0;
        if (corners.find(row, column, map.height, map.width))
            for (int i = 0; i < 4; ++i)
                if (corners.at[i] >= 0) {
                    from[count] = pixels + corners.at[i] * channels;
                    share[count++] = corners.share[i];
                }
        // A pixel that is not there is read nowhere: 0 times what stands elsewhere might be NaN.
        if (count == 4) {
            #pragma omp simd
            for (int64_t c = 0; c < channels; ++c)
                save(share[0] * load(from[0] + c) + share[1] * load(from[1] + c) + share[2] * load(from[2] + c) + share[3] * load(from[3] + c),
                     out + c);
            return;
        }
        for (int64_t c = 0; c < channels; ++c) {
            float sum = 0;
            for (int i = 0; i < count; ++i)
                sum += share[i] * load(from[i] + c);
            save(sum, out + c);
        }
    });
}

template <typename T>
void backward_row(const DeformMap& map, const float* offsets, int64_t y, const void* d_taps, float* d_x, float* d_offsets) {
    const T* pixels = static_cast<const T*>(map.x);
    const int64_t channels = map.channels;
    for_each_tap(map, offsets, y, [&](int64_t tap, float row, float column) {
        const T* slope = static_cast<const T*>(d_taps) + tap * channels;
        d_offsets[2 * tap] = d_offsets[2 * tap + 1] = 0;
        Corners corners;
        if (!corners.find(row, column, map.height, map.width))
            return;
        float products[4] = {0, 0, 0, 0};  // of the slope and each pixel
        for (int i = 0; i < 4; ++i) {
            if (corners.at[i] < 0)
                continue;
            const T* pixel = pixels + corners.at[i] * channels;
            float* target = d_x + corners.at[i] * channels;
            const float share = corners.share[i];
            float product = 0;
            #pragma omp simd reduction(+ : product)
            for (int64_t c = 0; c < channels; ++c) {
                const float g = load(slope + c);
                target[c] += share * g;
                product += g * load(pixel + c);
            }
            products[i] = product;
        }
        d_offsets[2 * tap] = (1 - corners.right) * (products[2] - products[0]) + corners.right * (products[3] - products[1]);
        d_offsets[2 * tap + 1] = (1 - corners.down) * (products[1] - products[0]) + corners.down * (products[3] - products[2]);
    });
}

}  // namespace

extern const DeformKernelSet SEG_NAME(SEG_KERNELS);
const DeformKernelSet SEG_NAME(SEG_KERNELS) = {{
    {read_row<float>, backward_row<float>},
    {read_row<bfloat16>, backward_row<bfloat16>},
}};

}  // namespace seg
