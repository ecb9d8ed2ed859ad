// Compiled once for each instruction set, as kernels.cpp. One row of windows at a time: the rows that it looks at stand in a ring of planar
// copies, a vector holds neighbouring windows, and the k × k shifts are unaligned loads. Neither the k² shifted copies of the map nor the
// softmax weights of more than a row ever exist; the backward pass computes the weights again. Logits are in base 2.
#include <algorithm>
#include <type_traits>

#include "local_relation_frame.h"

#define SEG_CONCAT(a, b) a##b
#define SEG_NAME(set) SEG_CONCAT(local_relation_, set)

namespace seg {
namespace {

// Channels that are summed at once: each is a register.
constexpr int block = 8;

template <Composition composition, typename V>
SEG_INLINE V composed(V query, V key) {
    if constexpr (composition == Composition::Product)
        return query * key;
    const V off = query - key;
    if constexpr (composition == Composition::SquaredDifference)
        return -off * off;
    return off < 0 ? off : -off;
}

// The derivatives of `composed`, times `slope`.
template <Composition composition, typename V>
SEG_INLINE V by_query(V slope, V query, V key) {
    if constexpr (composition == Composition::Product)
        return slope * key;
    const V off = query - key;
    if constexpr (composition == Composition::SquaredDifference)
        return slope * off * -2;
    return off > 0 ? -slope : (off < 0 ? slope : off * slope);  // zero where they are equal, as in PyTorch; NaN for NaN
}

template <Composition composition, typename V>
SEG_INLINE V by_key(V slope, V query, V key) {
    if constexpr (composition == Composition::Product)
        return slope * query;
    return -by_query<composition>(slope, query, key);
}

// Softmax weights of one vector of windows, `apart` from offset to offset, not yet divided by their sum, which is returned.
template <Composition composition, typename Real>
SEG_INLINE Vector<Real> softmax(Vector<Real> query, const Real* const* keys, const int64_t* shift, const Real* prior, int64_t kernel,
                                int64_t apart, Real* weights) {
    using V = Vector<Real>;
    constexpr Real scale = static_cast<Real>(log2_of_e);
    V largest = broadcast<Real>(-INFINITY);
    if (composition == Composition::Product)
        query = query * scale;
    for (int64_t dy = 0, d = 0; dy < kernel; ++dy)
        for (int64_t dx = 0; dx < kernel; ++dx, ++d) {
            V logit = composed<composition>(query, load_vector(keys[dy] + shift[dx]));
            logit = (composition == Composition::Product ? logit : logit * scale) + prior[d];
            largest = logit > largest ? logit : largest;
            store_vector<Real>(logit, weights + d * apart);
        }
    V sum{};
    for (int64_t d = 0; d < kernel * kernel; ++d) {
        const V weight = exp2_of_negative(load_vector(weights + d * apart) - largest);
        sum += weight;
        store_vector<Real>(weight, weights + d * apart);
    }
    return sum;
}

// Calls with the largest block of channels that is left, as a constant: 8, 4, 2 or 1.
template <typename Work>
SEG_INLINE void for_each_block(int64_t channels, const Work& work) {
    int64_t c = 0;
    for (; c + block <= channels; c += block)
        work(c, std::integral_constant<int, block>());
    if (channels - c >= 4) {
        work(c, std::integral_constant<int, 4>());
        c += 4;
    }
    if (channels - c >= 2) {
        work(c, std::integral_constant<int, 2>());
        c += 2;
    }
    if (channels - c >= 1)
        work(c, std::integral_constant<int, 1>());
}

// out[c] = factor · Σ over offsets of weight · value, for one vector of windows.
template <int count, typename Real>
SEG_INLINE void weigh(const Real* weights, const Real* const* values, int64_t apart, const int64_t* shift, int64_t kernel, Vector<Real> factor,
                      int64_t out_apart, Real* out) {
    Vector<Real> sums[count] = {};
    for (int64_t dy = 0; dy < kernel; ++dy)
        for (int64_t dx = 0; dx < kernel; ++dx, weights += lanes<Real>) {
            const Vector<Real> weight = load_vector(weights);
            const Real* value = values[dy] + shift[dx];
            for (int c = 0; c < count; ++c)
                sums[c] += weight * load_vector(value + c * apart);
        }
    for (int c = 0; c < count; ++c)
        store_vector<Real>(sums[c] * factor, out + c * out_apart);
}

template <Composition composition, typename Real>
void forward_as(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& y, void* memory) {
    const Frame<Real> frame(layer, tile, false);
    const ForwardBuffers<Real> buffers(frame, memory);
    read_prior(frame, in.prior, buffers.prior);
    const Real *keys[largest_window], *values[largest_window];
    int64_t next_row = 0;
    for (int64_t row = tile.first_row; row < tile.end_row; ++row) {
        read_rows(frame, in, row, next_row, buffers.ring);
        read_row(in.query, frame.query_channels(), layer.height, layer.width, frame.query_row(row), frame.query_columns(), frame.out_row,
                 buffers.query);
        for (int64_t g = 0; g < frame.groups; ++g)
            for (int64_t x = 0; x < frame.columns_padded; x += lanes<Real>) {
                const Real* key = buffers.ring + frame.of_group(g) + frame.sharing * frame.channel + x;
                for (int64_t dy = 0; dy < layer.kernel; ++dy)
                    keys[dy] = key + frame.of_row(row * layer.stride + dy);
                const Vector<Real> sum = softmax<composition>(load_vector(buffers.query + g * frame.out_row + x), keys, frame.shift,
                                                              buffers.prior + g * layer.window(), layer.kernel, lanes<Real>, buffers.weights);
                const Vector<Real> factor = Real(1) / sum;
                for_each_block(frame.sharing, [&](int64_t c, auto count) {
                    for (int64_t dy = 0; dy < layer.kernel; ++dy)
                        values[dy] = keys[dy] + (c - frame.sharing) * frame.channel;
                    weigh<count.value>(buffers.weights, values, frame.channel, frame.shift, layer.kernel, factor, frame.out_row,
                                       buffers.out + (g * frame.sharing + c) * frame.out_row + x);
                });
            }
        write_row(y, frame.out_channels(), layer.out_height, layer.out_width, row, {tile.first_column, 1, frame.columns}, 0, buffers.out);
    }
}

// slopes[d] = Σ over channels of dy · value, for one vector of windows; added to what is there unless this is the first block.
template <int count, typename Real>
SEG_INLINE void weight_slopes(const Real* dy, int64_t dy_apart, const Real* const* values, int64_t apart, const int64_t* shift, int64_t kernel,
                              bool first, int64_t slope_apart, Real* slopes) {
    Vector<Real> gradient[count];
    for (int c = 0; c < count; ++c)
        gradient[c] = load_vector(dy + c * dy_apart);
    for (int64_t row = 0; row < kernel; ++row)
        for (int64_t dx = 0; dx < kernel; ++dx, slopes += slope_apart) {
            const Real* value = values[row] + shift[dx];
            Vector<Real> sum = first ? Vector<Real>{} : load_vector(slopes);
            for (int c = 0; c < count; ++c)
                sum += gradient[c] * load_vector(value + c * apart);
            store_vector<Real>(sum, slopes);
        }
}

// Weights and slopes (derivatives by the logits) of a group's row of windows, and the query's gradient.
template <Composition composition, typename Real>
void row_slopes(const Frame<Real>& frame, const BackwardBuffers<Real>& buffers, int64_t row, int64_t g, bool wants_slopes) {
    using V = Vector<Real>;
    const LocalRelation& layer = frame.layer;
    const int64_t kernel = layer.kernel, apart = frame.out_row;
    const Real *keys[largest_window], *values[largest_window];
    for (int64_t x = 0; x < frame.columns_padded; x += lanes<Real>) {
        const Real* key = buffers.ring + frame.of_group(g) + frame.sharing * frame.channel + x;
        for (int64_t dy = 0; dy < kernel; ++dy)
            keys[dy] = key + frame.of_row(row * layer.stride + dy);
        Real* weights = buffers.weights + frame.margin + x;
        Real* slopes = buffers.slopes + frame.margin + x;
        const V query = load_vector(buffers.query + g * frame.out_row + frame.margin + x);
        const V factor =
            Real(1) / softmax<composition>(query, keys, frame.shift, buffers.prior + g * layer.window(), kernel, apart, weights);
        if (wants_slopes)
            for_each_block(frame.sharing, [&](int64_t c, auto count) {
                for (int64_t dy = 0; dy < kernel; ++dy)
                    values[dy] = keys[dy] + (c - frame.sharing) * frame.channel;
                weight_slopes<count.value>(buffers.dy + (g * frame.sharing + c) * frame.out_row + frame.margin + x, frame.out_row, values,
                                           frame.channel, frame.shift, kernel, c == 0, apart, slopes);
            });
        V mean{};
        for (int64_t d = 0; d < layer.window(); ++d) {
            const V weight = load_vector(weights + d * apart) * factor;
            store_vector<Real>(weight, weights + d * apart);
            if (wants_slopes)
                mean += weight * load_vector(slopes + d * apart);
        }
        if (!wants_slopes)
            continue;
        V d_query{};
        for (int64_t dy = 0, d = 0; dy < kernel; ++dy)
            for (int64_t dx = 0; dx < kernel; ++dx, ++d) {
                const V slope = load_vector(weights + d * apart) * (load_vector(slopes + d * apart) - mean);
                store_vector<Real>(slope, slopes + d * apart);
                d_query += by_query<composition>(slope, query, load_vector(keys[dy] + frame.shift[dx]));
            }
        store_vector<Real>(d_query, buffers.d_query + g * frame.out_row + x);
    }
}

// Adds one row of windows to the gradients of the values that the windows' row `dy` looks at, one phase of them. Gathered within the row:
// position i is column i − shift's column of the window i − shift.
template <int count, typename Real>
SEG_INLINE void add_value_row(const Frame<Real>& frame, const Real* weights, const Real* dy, int64_t phase, Real* sums) {
    const LocalRelation& layer = frame.layer;
    for (int64_t i = 0; i < frame.phase; i += lanes<Real>) {
        Vector<Real> sum[count];
        for (int c = 0; c < count; ++c)
            sum[c] = load_vector(sums + c * frame.channel + i);
        for (int64_t dx = phase, back = 0; dx < layer.kernel; dx += layer.stride, ++back) {
            const Vector<Real> weight = load_vector(weights + dx * frame.out_row + i - back);
            for (int c = 0; c < count; ++c)
                sum[c] += weight * load_vector(dy + c * frame.out_row + i - back);
        }
        for (int c = 0; c < count; ++c)
            store_vector<Real>(sum[c], sums + c * frame.channel + i);
    }
}

// Likewise for the keys.
template <Composition composition, typename Real>
SEG_INLINE void add_key_row(const Frame<Real>& frame, const Real* slopes, const Real* query, const Real* key, int64_t phase, Real* sums) {
    const LocalRelation& layer = frame.layer;
    for (int64_t i = 0; i < frame.phase; i += lanes<Real>) {
        Vector<Real> sum = load_vector(sums + i);
        for (int64_t dx = phase, back = 0; dx < layer.kernel; dx += layer.stride, ++back)
            sum += by_key<composition>(load_vector(slopes + dx * frame.out_row + i - back), load_vector(query + i - back), load_vector(key + i));
        store_vector<Real>(sum, sums + i);
    }
}

template <Composition composition, typename Real>
void add_row(const Frame<Real>& frame, const BackwardBuffers<Real>& buffers, int64_t row, int64_t g, bool wants_value, bool wants_key) {
    const LocalRelation& layer = frame.layer;
    const int64_t key = frame.sharing * frame.channel;
    for (int64_t dy = 0; dy < layer.kernel; ++dy) {
        const int64_t padded_row = row * layer.stride + dy, at = frame.of_group(g);
        Real* sums = buffers.sums + frame.of_row(padded_row) + at;
        const Real* ring = buffers.ring + frame.of_row(padded_row) + at;
        const int64_t first = dy * layer.kernel * frame.out_row + frame.margin;
        for (int64_t p = 0; p < frame.phases; ++p) {
            if (wants_value)
                for_each_block(frame.sharing, [&](int64_t c, auto count) {
                    add_value_row<count.value>(frame, buffers.weights + first,
                                               buffers.dy + (g * frame.sharing + c) * frame.out_row + frame.margin, p,
                                               sums + c * frame.channel + p * frame.phase);
                });
            if (wants_key)
                add_key_row<composition>(frame, buffers.slopes + first, buffers.query + g * frame.out_row + frame.margin,
                                         ring + key + p * frame.phase, p, sums + key + p * frame.phase);
        }
    }
}

// Writes a finished row of the values' and keys' gradients and empties it.
template <typename Real>
void finish_row(const Frame<Real>& frame, const LocalRelationGradients& out, int64_t padded_row, Real* sums) {
    const LocalRelation& layer = frame.layer;
    Real* slot = sums + frame.of_row(padded_row);
    const int64_t y = padded_row - layer.padding, own = frame.tile.first_column - frame.first_column;
    const int64_t count = frame.tile.end_column == layer.out_width ? frame.phase : frame.columns;
    if (padded_row >= frame.tile.first_row * layer.stride)
        for (int64_t p = 0; p < frame.phases; ++p) {
            const Columns columns = frame.phase_columns(p, count);
            Real* source = slot + p * frame.phase;
            if (out.value.data)
                write_row(out.value, frame.value_channels(), layer.height, layer.width, y, columns, own, source);
            if (out.key.data)
                write_row(out.key, frame.key_channels(), layer.height, layer.width, y, columns, own, source + frame.sharing * frame.channel);
        }
    zero(slot, frame.slot);
}

template <Composition composition, typename Real>
void backward_as(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& dy, const LocalRelationGradients& out,
                 void* memory) {
    const Frame<Real> frame(layer, tile, true);
    const BackwardBuffers<Real> buffers(frame, memory);
    const bool wants_slopes = out.key.data || out.query.data || out.prior_rows;
    const int64_t own = tile.first_column - frame.first_column, window = layer.window();
    read_prior(frame, in.prior, buffers.prior);
    zero(buffers.sums, frame.ring());
    zero(buffers.query, frame.groups * frame.out_row);
    zero(buffers.dy, frame.groups * frame.sharing * frame.out_row);
    zero(buffers.weights, window * frame.out_row);
    zero(buffers.slopes, window * frame.out_row);
    int64_t next_row = 0;
    for (int64_t row = frame.first_row; row < tile.end_row; ++row) {
        read_rows(frame, in, row, next_row, buffers.ring);
        read_row(in.query, frame.query_channels(), layer.height, layer.width, frame.query_row(row), frame.query_columns(), frame.phase,
                 buffers.query + frame.margin);
        read_row(dy, frame.out_channels(), layer.out_height, layer.out_width, row, {frame.first_column, 1, frame.columns}, frame.phase,
                 buffers.dy + frame.margin);
        for (int64_t g = 0; g < frame.groups; ++g) {
            row_slopes<composition>(frame, buffers, row, g, wants_slopes);
            add_row<composition>(frame, buffers, row, g, out.value.data, out.key.data);
            if (out.prior_rows && row >= tile.first_row)
                for (int64_t d = 0; d < window; ++d) {
                    const Real* slopes = buffers.slopes + d * frame.out_row + frame.margin;
                    Real sum = 0;
                    #pragma omp simd reduction(+ : sum)
                    for (int64_t x = own; x < frame.columns; ++x)
                        sum += slopes[x];
                    static_cast<Real*>(out.prior_rows)[(row * layer.groups + tile.first_group + g) * window + d] = sum;
                }
        }
        if (out.query.data && row >= tile.first_row)
            write_row(out.query, frame.query_channels(), layer.height, layer.width, frame.query_row(row), frame.query_columns(), own, buffers.d_query);
        for (int64_t r = row * layer.stride; r < row * layer.stride + frame.phases; ++r)
            finish_row(frame, out, r, buffers.sums);
    }
    if (tile.end_row == layer.out_height)
        for (int64_t r = (tile.end_row - 1) * layer.stride + frame.phases; r < (tile.end_row - 1) * layer.stride + layer.kernel; ++r)
            finish_row(frame, out, r, buffers.sums);
}

template <typename Real>
void forward(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& y, void* memory) {
    const auto run = layer.composition == Composition::Product             ? forward_as<Composition::Product, Real>
                     : layer.composition == Composition::SquaredDifference ? forward_as<Composition::SquaredDifference, Real>
                                                                           : forward_as<Composition::AbsoluteDifference, Real>;
    run(layer, tile, in, y, memory);
}

template <typename Real>
void backward(const LocalRelation& layer, const Tile& tile, const LocalRelationInputs& in, const Plane& dy, const LocalRelationGradients& out,
              void* memory) {
    const auto run = layer.composition == Composition::Product             ? backward_as<Composition::Product, Real>
                     : layer.composition == Composition::SquaredDifference ? backward_as<Composition::SquaredDifference, Real>
                                                                           : backward_as<Composition::AbsoluteDifference, Real>;
    run(layer, tile, in, dy, out, memory);
}

}  // namespace

extern const LocalRelationKernelSet SEG_NAME(SEG_KERNELS);
const LocalRelationKernelSet SEG_NAME(SEG_KERNELS) = {
    {scratch_bytes<float>, forward<float>, backward<float>},
    {scratch_bytes<double>, forward<double>, backward<double>},
};

}  // namespace seg
