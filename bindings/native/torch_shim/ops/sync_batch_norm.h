// Batch norm over the batches of a group of processes.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace seg {

// Joins each rank's positions, means and sums of squared deviations (Chan et al., 1979) to those of all ranks' batches; the number of all positions.
// Every rank adds in the order of the ranks, so that all get the same bits.
double merge_over_ranks(int64_t group, double positions, std::vector<double>& means, std::vector<double>& squares);

// The sums over the ranks.
std::vector<double> sum_over_ranks(int64_t group, const std::vector<double>& sums);

// In training, of plain operators: for whatever the fused operator has no kernel for. Shapes: (N, C, ...) -> the same; weight and bias float32 (C);
// running statistics may be undefined.
at::Tensor sync_batch_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& running_mean,
                           const at::Tensor& running_var, double momentum, double epsilon, int64_t group);

}  // namespace seg
