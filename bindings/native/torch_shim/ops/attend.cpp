// seg::attend: softmax(query · key) · value, in blocks of rows. The weights of all pairs of positions are never in memory at once: forward
// holds those of one block, and backward computes them again, block by block, from what the softmax gave.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>

namespace seg {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The weights of one block take about so many bytes: on a CPU little enough for its caches, elsewhere enough to keep it busy.
int64_t rows_per_block(const Tensor& query, const Tensor& key) {
    const int64_t bytes = query.device().is_cpu() ? int64_t{4} << 20 : int64_t{128} << 20;
    return std::max<int64_t>(1, bytes / std::max<int64_t>(1, query.size(0) * key.size(1) * query.element_size()));
}

template <typename Apply>
void for_each_block(const Tensor& query, const Tensor& key, const Apply& apply) {
    const int64_t rows = query.size(1), step = rows_per_block(query, key);
    for (int64_t start = 0; start < rows; start += step)
        apply(start, std::min(step, rows - start));
}

// (N, R, C) and (N, C, K) → (N, R, K), whose rows sum up to one.
Tensor weights_of(const Tensor& rows, const Tensor& key_columns) {
    return at::softmax(at::bmm(rows, key_columns), -1).to(rows.scalar_type());  // autocast would give float32
}

struct Attend : torch::autograd::Function<Attend> {
    static Tensor forward(AutogradContext* context, const Tensor& query, const Tensor& key, const Tensor& value) {
        const Tensor key_columns = key.transpose(1, 2);
        const Tensor result = at::empty({query.size(0), query.size(1), value.size(2)}, query.options());
        for_each_block(query, key, [&](int64_t start, int64_t count) {
            result.narrow(1, start, count).copy_(at::bmm(weights_of(query.narrow(1, start, count), key_columns), value));
        });
        context->save_for_backward({query, key, value, result});
        return result;
    }

    // With p = softmax(q · k), y = p · v: dv = pᵀ · dy, and through the softmax ds = p ∘ (dy · vᵀ − rows of Σ dy ∘ y).
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &query = saved[0], &key = saved[1], &value = saved[2], &result = saved[3];
        const Tensor dy = gradients[0].to(query.scalar_type());
        const Tensor key_columns = key.transpose(1, 2), value_columns = value.transpose(1, 2);
        // Sums over many blocks are kept in float32 at least.
        const auto sum_type = at::promote_types(query.scalar_type(), at::kFloat);
        const Tensor d_query = at::empty(query.sizes(), query.options());
        Tensor d_key = at::zeros(key.sizes(), key.options().dtype(sum_type));
        Tensor d_value = at::zeros(value.sizes(), value.options().dtype(sum_type));
        for_each_block(query, key, [&](int64_t start, int64_t count) {
            const Tensor rows = query.narrow(1, start, count), dy_rows = dy.narrow(1, start, count);
            const Tensor weights = weights_of(rows, key_columns);
            d_value.add_(at::bmm(weights.transpose(1, 2), dy_rows));
            Tensor d_scores = at::bmm(dy_rows, value_columns);
            d_scores.sub_((dy_rows * result.narrow(1, start, count)).sum(-1, /*keepdim=*/true)).mul_(weights);
            d_query.narrow(1, start, count).copy_(at::bmm(d_scores, key));
            d_key.add_(at::bmm(d_scores.transpose(1, 2), rows));
        });
        return {d_query, d_key.to(key.scalar_type()), d_value.to(value.scalar_type())};
    }
};

Tensor attend(const Tensor& query, const Tensor& key, const Tensor& value) {
    TORCH_CHECK(query.dim() == 3 && key.dim() == 3 && value.dim() == 3, "attend: query, key and value have 3 dimensions each, not ",
                query.dim(), ", ", key.dim(), " and ", value.dim());
    TORCH_CHECK(query.size(0) == key.size(0) && query.size(2) == key.size(2) && value.size(0) == key.size(0) &&
                    value.size(1) == key.size(1) && key.size(1) > 0,
                "attend: a query of ", query.sizes(), ", a key of ", key.sizes(), " and a value of ", value.sizes(), " do not fit");
    // What autocast has made of the value is what the result shall be.
    const auto type = value.scalar_type();
    return Attend::apply(query.to(type), key.to(type), value);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(seg, library) { library.def("attend(Tensor query, Tensor key, Tensor value) -> Tensor", attend); }

}  // namespace seg
