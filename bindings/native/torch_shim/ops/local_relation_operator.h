// What the parts of seg::local_relation share: its arguments, checked, and the functions that do it on each kind of device.
#pragma once

#include <ATen/ATen.h>
#include <c10/util/Optional.h>

#include <tuple>

#include "local_relation.h"

namespace seg {

using OptionalTensor = c10::optional<at::Tensor>;
/// Of value, key, query and prior; undefined where not wanted.
using LocalRelationResults = std::tuple<at::Tensor, at::Tensor, at::Tensor, at::Tensor>;

/// Shapes: value (N, C, H, W), key and query (N, E, H, W) with E a divisor of C, prior (E, kernel, kernel) or (1, E, kernel, kernel).
/// Fails with a message that names the argument unless they fit.
LocalRelation local_relation_of(const at::Tensor& value, const at::Tensor& key, const at::Tensor& query, const OptionalTensor& prior,
                                int64_t kernel, int64_t stride, int64_t padding, int64_t composition);

/// An output's tensor, (N, C, out_height, out_width), laid out like `value`.
at::Tensor local_relation_output(const LocalRelation& layer, const at::Tensor& value);

}  // namespace seg
