// seg::local_relation on the CPU: cuts the maps into tiles for the threads. A result does not depend on how they are cut: every element is
// summed in the same order, and the prior's gradient by rows first.
#include <torch/library.h>

#include <ATen/Parallel.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <new>

#include "layout.h"
#include "local_relation_operator.h"

namespace seg {
namespace {

using at::Tensor;

constexpr int64_t columns_per_tile = 512;
// Where each channel is a plane of its own, groups are taken together while their rows stay in the second-level cache.
constexpr int64_t ring_bytes = 512 * 1024;
// Where the channels are innermost, groups share cache lines: many are taken together, and each tile costs as if it had a few more.
constexpr int64_t most_groups_interleaved = 32;
constexpr int64_t interleaving_cost = 2;
// To look at a row of values and keys again costs this part of a row of windows.
constexpr int64_t reading_part = 10;

int64_t parts_of(int64_t extent, int64_t part) { return (extent + part - 1) / part; }

bool is_interleaved(const Tensor& value) { return value.size(1) > 1 && value.stride(1) == 1 && value.stride(3) != 1; }

/// How a sample is cut: the sizes of all tiles but the last ones.
struct Cut {
    int64_t rows = 1, columns = 1, groups = 1;

    /// Among the cuts into groups and rows takes the one after which the busiest thread has the least to do.
    Cut(const LocalRelation& layer, const Tensor& value, bool backward) {
        const int64_t threads = at::get_num_threads(), real_bytes = value.scalar_type() == at::kDouble ? 8 : 4;
        const int64_t column_tiles = parts_of(layer.out_width, columns_per_tile);
        columns = parts_of(layer.out_width, column_tiles);
        const bool interleaved = is_interleaved(value);
        const int64_t group_bytes = (layer.sharing() + 1) * layer.kernel * (columns * layer.stride + layer.kernel) * real_bytes * (backward ? 2 : 1);
        const int64_t most_groups = interleaved ? most_groups_interleaved : std::max<int64_t>(1, ring_bytes / group_bytes);
        const int64_t group_cost = interleaved ? interleaving_cost : 0;
        // Tiles overlap by these rows: the backward pass computes windows of the tile above again, the forward pass only reads their rows.
        const int64_t halo = backward ? layer.reach() * reading_part : layer.kernel - 1;

        int64_t least = std::numeric_limits<int64_t>::max();
        for (int64_t group_tiles = parts_of(layer.groups, most_groups); group_tiles <= layer.groups; ++group_tiles)
            for (int64_t row_tiles = 1; row_tiles <= std::min(layer.out_height, 4 * threads); ++row_tiles) {
                const int64_t tile_rows = parts_of(layer.out_height, row_tiles), tile_groups = parts_of(layer.groups, group_tiles);
                const int64_t tiles_of_a_thread = parts_of(value.size(0) * column_tiles * group_tiles * row_tiles, threads);
                const int64_t cost = tiles_of_a_thread * (tile_groups + group_cost) * (tile_rows * reading_part + halo);
                if (cost < least) {
                    least = cost;
                    rows = tile_rows;
                    groups = tile_groups;
                }
            }
    }
};

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};

std::unique_ptr<void, Free> aligned_memory(int64_t bytes) {
    void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
    if (!memory)
        throw std::bad_alloc();
    return std::unique_ptr<void, Free>(memory);
}

/// Runs work(sample, column tile, tile, scratch) side by side over the tiles of every sample.
template <typename Work>
void for_each_tile(const LocalRelation& layer, int64_t samples, const LocalRelationKernels& kernels, const Cut& cut, bool backward, const Work& work) {
    const int64_t rows = parts_of(layer.out_height, cut.rows), columns = parts_of(layer.out_width, cut.columns),
                  groups = parts_of(layer.groups, cut.groups);
    at::parallel_for(0, samples * rows * columns * groups, 1, [&](int64_t begin, int64_t end) {
        std::unique_ptr<void, Free> scratch;
        int64_t size = 0;
        for (int64_t i = begin; i < end; ++i) {
            const int64_t g = i % groups * cut.groups, column = i / groups % columns, x = column * cut.columns,
                          y = i / groups / columns % rows * cut.rows;
            const Tile tile{y, std::min(layer.out_height, y + cut.rows), x, std::min(layer.out_width, x + cut.columns),
                            g, std::min(layer.groups, g + cut.groups)};
            const int64_t needed = kernels.scratch_bytes(layer, tile, backward);
            if (needed > size)
                scratch = aligned_memory(size = needed);
            work(i / groups / columns / rows, column, tile, scratch.get());
        }
    });
}

Plane plane(const Tensor& x, int64_t sample) {
    if (!x.defined())
        return {nullptr, Element::Float32, 0, 0, 0};
    return {at_element(x, sample * x.stride(0)), element_of(x), x.stride(1), x.stride(2), x.stride(3)};
}

// The prior in the arithmetic's type, (E, kernel, kernel).
Tensor plain_prior(const OptionalTensor& prior, const Tensor& value) {
    return prior.has_value() ? prior->to(value.scalar_type() == at::kDouble ? at::kDouble : at::kFloat).contiguous() : Tensor();
}

LocalRelationInputs inputs(const Tensor& value, const Tensor& key, const Tensor& query, const Tensor& prior, int64_t sample) {
    return {plane(value, sample), plane(key, sample), plane(query, sample), prior.defined() ? prior.data_ptr() : nullptr};
}

bool is_known(const Tensor& x) { return x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kDouble; }

const LocalRelationKernels& kernels_for(const Tensor& x) {
    return x.scalar_type() == at::kDouble ? kernels().local_relation->on_double : kernels().local_relation->on_float;
}

Tensor forward(const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior, int64_t kernel, int64_t stride,
               int64_t padding, int64_t composition) {
    const LocalRelation layer = local_relation_of(value, key, query, prior, kernel, stride, padding, composition);
    if (!is_known(value))
        return forward(value.to(at::kFloat), key.to(at::kFloat), query.to(at::kFloat), prior, kernel, stride, padding, composition)
            .to(value.scalar_type());
    const Tensor y = local_relation_output(layer, value), plain = plain_prior(prior, value);
    if (y.numel() == 0)
        return y;
    const LocalRelationKernels& kernels = kernels_for(value);
    for_each_tile(layer, value.size(0), kernels, Cut(layer, value, false), false,
                  [&](int64_t sample, int64_t, const Tile& tile, void* scratch) {
                      kernels.forward(layer, tile, inputs(value, key, query, plain, sample), plane(y, sample), scratch);
                  });
    return y;
}

LocalRelationResults backward(const Tensor& dy, const Tensor& value, const Tensor& key, const Tensor& query, const OptionalTensor& prior,
                              int64_t kernel, int64_t stride, int64_t padding, int64_t composition, bool wants_value, bool wants_rest) {
    const LocalRelation layer = local_relation_of(value, key, query, prior, kernel, stride, padding, composition);
    TORCH_CHECK(dy.dim() == 4 && dy.size(0) == value.size(0) && dy.size(1) == layer.channels && dy.size(2) == layer.out_height &&
                    dy.size(3) == layer.out_width,
                "local_relation: the gradient must be of the output's shape (", value.size(0), ", ", layer.channels, ", ", layer.out_height,
                ", ", layer.out_width, "), not ", dy.sizes());
    if (!is_known(value)) {
        const auto wide = backward(dy.to(at::kFloat), value.to(at::kFloat), key.to(at::kFloat), query.to(at::kFloat), prior, kernel, stride,
                                   padding, composition, wants_value, wants_rest);
        const auto narrow = [&](const Tensor& x) { return x.defined() ? x.to(value.scalar_type()) : x; };
        return {narrow(std::get<0>(wide)), narrow(std::get<1>(wide)), narrow(std::get<2>(wide)), std::get<3>(wide)};
    }
    const Tensor gradient = dy.to(value.scalar_type()), plain = plain_prior(prior, value);
    const int64_t samples = value.size(0);
    const Cut cut(layer, value, true);
    // Zeros, as there may be positions that no window looks at, or that are no window's centre.
    const Tensor d_value = wants_value ? at::zeros_like(value) : Tensor(), d_key = wants_rest ? at::zeros_like(key) : Tensor(),
                 d_query = wants_rest ? at::zeros_like(query) : Tensor();
    const int64_t column_tiles = parts_of(layer.out_width, cut.columns), prior_count = layer.groups * layer.window();
    const Tensor prior_rows =
        wants_rest && prior.has_value() ? at::zeros({column_tiles * samples * layer.out_height, prior_count}, plain.options()) : Tensor();
    const LocalRelationKernels& kernels = kernels_for(value);
    if (value.numel() > 0)
        for_each_tile(layer, samples, kernels, cut, true, [&](int64_t sample, int64_t column, const Tile& tile, void* scratch) {
            const LocalRelationGradients out{
                plane(d_value, sample), plane(d_key, sample), plane(d_query, sample),
                prior_rows.defined() ? at_element(prior_rows, (column * samples + sample) * layer.out_height * prior_count) : nullptr};
            kernels.backward(layer, tile, inputs(value, key, query, plain, sample), plane(gradient, sample), out, scratch);
        });
    const Tensor d_prior = prior_rows.defined() ? prior_rows.sum(0).view(prior->sizes()).to(prior->scalar_type()) : Tensor();
    return {d_value, d_key, d_query, d_prior};
}

}  // namespace

TORCH_LIBRARY_IMPL(seg, CPU, library) {
    library.impl("local_relation", forward);
    library.impl("local_relation_backward", backward);
}

}  // namespace seg
