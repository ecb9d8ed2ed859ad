// seg::lovasz_slopes_: the Lovász extension of the Jaccard loss and its gradient, class by class (Berman et al., arXiv:1705.08790).
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <array>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

namespace seg {
namespace {

using at::Tensor;

// A pixel that counts: how wrong it is, and where it stands. 64 bits, so that sorting moves one word.
struct Ranked {
    uint32_t error_bits;  // of a float in 0 … 1, whose bits are ordered as the floats are
    uint32_t pixel;       // shifted left by one; the lowest bit says whether the pixel is of the class
};

constexpr int digit_bits = 10, digits = 3;  // 1.0f is 0x3f800000: 30 bits
constexpr uint32_t digit_mask = (1u << digit_bits) - 1;

// Largest error first; equal ones stay in the order of the pixels (least significant digit first, which is stable).
void sort_by_error(std::vector<Ranked>& items, std::vector<Ranked>& spare) {
    std::array<std::array<uint32_t, 1 << digit_bits>, digits> places{};
    for (const Ranked& item : items)
        for (int d = 0; d < digits; ++d)
            ++places[d][item.error_bits >> (d * digit_bits) & digit_mask];
    spare.resize(items.size());
    for (int d = 0; d < digits; ++d) {
        uint32_t place = 0;
        for (int64_t value = digit_mask; value >= 0; --value)
            place += std::exchange(places[d][value], place);
        for (const Ranked& item : items)
            spare[places[d][item.error_bits >> (d * digit_bits) & digit_mask]++] = item;
        items.swap(spare);
    }
}

// The loss of one class; its probabilities give way to its slopes. Not a number for a class that no pixel is of.
double replace_by_slopes(float* values, const uint8_t* labels, int64_t pixels, int64_t label, int64_t ignore_index) {
    std::vector<Ranked> items, spare;
    items.reserve(pixels);
    int64_t foreground = 0;
    for (int64_t i = 0; i < pixels; ++i) {
        if (labels[i] == ignore_index)
            continue;
        const bool is_class = labels[i] == label;
        float error = is_class ? 1.0f - values[i] : values[i];
        error = error > 0.0f ? (error < 1.0f ? error : 1.0f) : (error == error ? 0.0f : 1.0f);
        Ranked item{0, static_cast<uint32_t>(i) << 1 | (is_class ? 1u : 0u)};
        std::memcpy(&item.error_bits, &error, sizeof error);
        items.push_back(item);
        foreground += is_class;
    }
    std::fill(values, values + pixels, 0.0f);
    if (foreground == 0)
        return std::nan("");
    sort_by_error(items, spare);
    double loss = 0.0, before = 0.0;
    int64_t missed = 0, added = 0;  // of the class and not, among the pixels so far
    for (const Ranked& item : items) {
        const bool is_class = item.pixel & 1u;
        (is_class ? missed : added) += 1;
        const double jaccard = 1.0 - static_cast<double>(foreground - missed) / static_cast<double>(foreground + added);
        const double slope = jaccard - before;
        before = jaccard;
        float error;
        std::memcpy(&error, &item.error_bits, sizeof error);
        loss += error * slope;
        values[item.pixel >> 1] = static_cast<float>(is_class ? -slope : slope);
    }
    return loss;
}

Tensor lovasz_slopes_(Tensor probabilities, const Tensor& labels, int64_t ignore_index) {
    TORCH_CHECK(probabilities.dim() == 2 && probabilities.is_contiguous() && probabilities.scalar_type() == at::kFloat &&
                    probabilities.device().is_cpu(),
                "probabilities must be of shape (classes, pixels), contiguous float32 on the CPU, not ", probabilities.sizes());
    TORCH_CHECK(labels.dim() == 1 && labels.size(0) == probabilities.size(1) && labels.scalar_type() == at::kByte,
                "labels must be uint8 of shape (", probabilities.size(1), "), not ", labels.sizes());
    const int64_t classes = probabilities.size(0), pixels = probabilities.size(1);
    TORCH_CHECK(pixels < int64_t{1} << 31, "at most 2^31 pixels, not ", pixels);
    const Tensor given = labels.contiguous();
    Tensor losses = at::empty({classes}, at::kDouble);
    at::parallel_for(0, classes, 1, [&](int64_t first, int64_t end) {
        for (int64_t k = first; k < end; ++k)
            losses.data_ptr<double>()[k] = replace_by_slopes(
                probabilities.data_ptr<float>() + k * pixels, given.data_ptr<uint8_t>(), pixels, k, ignore_index);
    });
    return losses;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) {
    library.def("lovasz_slopes_(Tensor(a!) probabilities, Tensor labels, int ignore_index) -> Tensor", lovasz_slopes_);
}

}  // namespace seg
