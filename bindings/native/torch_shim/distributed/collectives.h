// What operators need of a group of processes, by the group's number; group.h is all of it.
#pragma once

#include <ATen/core/Tensor.h>

namespace seg {

// Each rank's tensor, of one shape and type: (ranks, ...).
at::Tensor gather_over_ranks(int64_t group, const at::Tensor& tensor);

// The sum over the ranks, in place.
void sum_over_ranks(int64_t group, at::Tensor& tensor);

}  // namespace seg
