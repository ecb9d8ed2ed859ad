// Matrices: construction, regions, copies.
#include "boundary.h"

using namespace ocv;

int32_t ocv_mat_new(ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(cv::Mat()); });
}

int32_t ocv_mat_create(int32_t rows, int32_t cols, int32_t type, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(cv::Mat(rows, cols, type)); });
}

int32_t ocv_mat_from_data(int32_t rows, int32_t cols, int32_t type, void* data, int64_t step, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(cv::Mat(rows, cols, type, data, static_cast<size_t>(step))); });
}

void ocv_mat_free(ocv_mat* mat) { delete reinterpret_cast<cv::Mat*>(mat); }

void ocv_mat_describe(const ocv_mat* mat, ocv_mat_header* header) {
    const auto& m = *reinterpret_cast<const cv::Mat*>(mat);
    *header = {
        m.data, m.dims > 0 ? static_cast<int64_t>(m.step.p[0]) : 0, m.rows, m.cols, m.type(), m.dims, static_cast<int32_t>(m.elemSize()),
        m.isContinuous(), m.isSubmatrix(),
    };
}

int32_t ocv_mat_recreate(ocv_mat* mat, int32_t rows, int32_t cols, int32_t type) {
    return guarded([&] { inout(mat).create(rows, cols, type); });
}

int32_t ocv_mat_region(const ocv_mat* mat, ocv_rect region, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(cv::Mat(in(mat), rect(region))); });
}

int32_t ocv_mat_reshape(const ocv_mat* mat, int32_t channels, int32_t rows, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(in(mat).reshape(channels, rows)); });
}

int32_t ocv_mat_clone(const ocv_mat* mat, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(in(mat).clone()); });
}

int32_t ocv_mat_copy_to(const ocv_mat* mat, ocv_mat* dst, const ocv_mat* mask) {
    return guarded([&] {
        if (mask == nullptr)
            in(mat).copyTo(inout(dst));
        else
            in(mat).copyTo(inout(dst), in(mask));
    });
}

int32_t ocv_mat_convert_to(const ocv_mat* mat, ocv_mat* dst, int32_t type, double alpha, double beta) {
    return guarded([&] { in(mat).convertTo(inout(dst), type, alpha, beta); });
}

int32_t ocv_mat_set_to(ocv_mat* mat, const ocv_mat* value, const ocv_mat* mask) {
    return guarded([&] { inout(mat).setTo(in(value), optional(mask)); });
}
