// Arithmetic, channels, statistics.
#include "boundary.h"

using namespace ocv;

int32_t ocv_arithmetic(int32_t operation, const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, const ocv_mat* mask, double scale, int32_t type) {
    return guarded([&] {
        switch (operation) {
        case OCV_ADD: return cv::add(in(a), in(b), inout(dst), optional(mask), type);
        case OCV_SUBTRACT: return cv::subtract(in(a), in(b), inout(dst), optional(mask), type);
        case OCV_MULTIPLY: return cv::multiply(in(a), in(b), inout(dst), scale, type);
        case OCV_DIVIDE: return cv::divide(in(a), in(b), inout(dst), scale, type);
        case OCV_ABSDIFF: return cv::absdiff(in(a), in(b), inout(dst));
        case OCV_MIN: return cv::min(in(a), in(b), inout(dst));
        case OCV_MAX: return cv::max(in(a), in(b), inout(dst));
        default: CV_Error(cv::Error::StsBadFlag, "unknown arithmetic operation");
        }
    });
}

int32_t ocv_bitwise(int32_t operation, const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, const ocv_mat* mask) {
    return guarded([&] {
        switch (operation) {
        case OCV_AND: return cv::bitwise_and(in(a), in(b), inout(dst), optional(mask));
        case OCV_OR: return cv::bitwise_or(in(a), in(b), inout(dst), optional(mask));
        case OCV_XOR: return cv::bitwise_xor(in(a), in(b), inout(dst), optional(mask));
        case OCV_NOT: return cv::bitwise_not(in(a), inout(dst), optional(mask));
        default: CV_Error(cv::Error::StsBadFlag, "unknown bitwise operation");
        }
    });
}

int32_t ocv_add_weighted(const ocv_mat* a, double alpha, const ocv_mat* b, double beta, double gamma, ocv_mat* dst, int32_t type) {
    return guarded([&] { cv::addWeighted(in(a), alpha, in(b), beta, gamma, inout(dst), type); });
}

int32_t ocv_compare(const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, int32_t comparison) {
    return guarded([&] { cv::compare(in(a), in(b), inout(dst), comparison); });
}

int32_t ocv_in_range(const ocv_mat* src, const ocv_mat* lower, const ocv_mat* upper, ocv_mat* dst) {
    return guarded([&] { cv::inRange(in(src), in(lower), in(upper), inout(dst)); });
}

int32_t ocv_lut(const ocv_mat* src, const ocv_mat* table, ocv_mat* dst) {
    return guarded([&] { cv::LUT(in(src), in(table), inout(dst)); });
}

int32_t ocv_convert_scale_abs(const ocv_mat* src, ocv_mat* dst, double alpha, double beta) {
    return guarded([&] { cv::convertScaleAbs(in(src), inout(dst), alpha, beta); });
}

int32_t ocv_merge(const ocv_mat* const* channels, int32_t count, ocv_mat* dst) {
    return guarded([&] { cv::merge(in_all(channels, count), inout(dst)); });
}

int32_t ocv_extract_channel(const ocv_mat* src, ocv_mat* dst, int32_t channel) {
    return guarded([&] { cv::extractChannel(in(src), inout(dst), channel); });
}

int32_t ocv_insert_channel(const ocv_mat* src, ocv_mat* dst, int32_t channel) {
    return guarded([&] { cv::insertChannel(in(src), inout(dst), channel); });
}

int32_t ocv_flip(const ocv_mat* src, ocv_mat* dst, int32_t code) {
    return guarded([&] { cv::flip(in(src), inout(dst), code); });
}

int32_t ocv_rotate(const ocv_mat* src, ocv_mat* dst, int32_t code) {
    return guarded([&] { cv::rotate(in(src), inout(dst), code); });
}

int32_t ocv_transpose(const ocv_mat* src, ocv_mat* dst) {
    return guarded([&] { cv::transpose(in(src), inout(dst)); });
}

int32_t ocv_concatenate(const ocv_mat* const* mats, int32_t count, ocv_mat* dst, int32_t horizontal) {
    return guarded([&] {
        const auto all = in_all(mats, count);
        if (horizontal != 0)
            cv::hconcat(all, inout(dst));
        else
            cv::vconcat(all, inout(dst));
    });
}

int32_t ocv_copy_make_border(const ocv_mat* src, ocv_mat* dst, int32_t top, int32_t bottom, int32_t left, int32_t right, int32_t border,
                             ocv_scalar value) {
    return guarded([&] { cv::copyMakeBorder(in(src), inout(dst), top, bottom, left, right, border, scalar(value)); });
}

int32_t ocv_count_non_zero(const ocv_mat* src, int32_t* count) {
    return guarded([&] { *count = cv::countNonZero(in(src)); });
}

int32_t ocv_sum(const ocv_mat* src, ocv_scalar* sum) {
    return guarded([&] { *sum = scalar(cv::sum(in(src))); });
}

int32_t ocv_mean(const ocv_mat* src, const ocv_mat* mask, ocv_scalar* mean) {
    return guarded([&] { *mean = scalar(cv::mean(in(src), optional(mask))); });
}

int32_t ocv_mean_std_dev(const ocv_mat* src, const ocv_mat* mask, ocv_scalar* mean, ocv_scalar* deviation) {
    return guarded([&] {
        cv::Scalar m, d;
        cv::meanStdDev(in(src), m, d, optional(mask));
        *mean = scalar(m);
        *deviation = scalar(d);
    });
}

int32_t ocv_min_max_loc(const ocv_mat* src, const ocv_mat* mask, double* min, double* max, ocv_point* min_at, ocv_point* max_at) {
    return guarded([&] {
        cv::Point low, high;
        cv::minMaxLoc(in(src), min, max, &low, &high, optional(mask));
        *min_at = {low.x, low.y};
        *max_at = {high.x, high.y};
    });
}

int32_t ocv_norm(const ocv_mat* a, const ocv_mat* b, int32_t type, const ocv_mat* mask, double* norm) {
    return guarded([&] {
        *norm = b == nullptr ? cv::norm(in(a), type, optional(mask)) : cv::norm(in(a), in(b), type, optional(mask));
    });
}
