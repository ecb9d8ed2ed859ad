// Geometry, colour, filters.
#include "boundary.h"

#include <opencv2/imgproc.hpp>

using namespace ocv;

int32_t ocv_resize(const ocv_mat* src, ocv_mat* dst, ocv_size target, double fx, double fy, int32_t interpolation) {
    return guarded([&] { cv::resize(in(src), inout(dst), size(target), fx, fy, interpolation); });
}

int32_t ocv_warp_affine(const ocv_mat* src, ocv_mat* dst, const ocv_mat* matrix, ocv_size target, int32_t flags, int32_t border,
                        ocv_scalar value) {
    return guarded([&] { cv::warpAffine(in(src), inout(dst), in(matrix), size(target), flags, border, scalar(value)); });
}

int32_t ocv_remap(const ocv_mat* src, ocv_mat* dst, const ocv_mat* map1, const ocv_mat* map2, int32_t interpolation, int32_t border,
                  ocv_scalar value) {
    return guarded([&] { cv::remap(in(src), inout(dst), in(map1), in(map2), interpolation, border, scalar(value)); });
}

int32_t ocv_get_affine_transform(const ocv_mat* from, const ocv_mat* to, ocv_mat** out_matrix) {
    return guarded([&] { *out_matrix = hand_over(cv::getAffineTransform(in(from), in(to))); });
}

int32_t ocv_get_rotation_matrix(ocv_point_f center, double angle, double scale, ocv_mat** out_matrix) {
    return guarded([&] { *out_matrix = hand_over(cv::getRotationMatrix2D(cv::Point2f(center.x, center.y), angle, scale)); });
}

int32_t ocv_invert_affine_transform(const ocv_mat* matrix, ocv_mat* dst) {
    return guarded([&] { cv::invertAffineTransform(in(matrix), inout(dst)); });
}

int32_t ocv_cvt_color(const ocv_mat* src, ocv_mat* dst, int32_t code, int32_t channels) {
    return guarded([&] { cv::cvtColor(in(src), inout(dst), code, channels); });
}

int32_t ocv_blur(const ocv_mat* src, ocv_mat* dst, ocv_size kernel, ocv_point anchor, int32_t border) {
    return guarded([&] { cv::blur(in(src), inout(dst), size(kernel), point(anchor), border); });
}

int32_t ocv_gaussian_blur(const ocv_mat* src, ocv_mat* dst, ocv_size kernel, double sigma_x, double sigma_y, int32_t border) {
    return guarded([&] { cv::GaussianBlur(in(src), inout(dst), size(kernel), sigma_x, sigma_y, border); });
}

int32_t ocv_median_blur(const ocv_mat* src, ocv_mat* dst, int32_t kernel) {
    return guarded([&] { cv::medianBlur(in(src), inout(dst), kernel); });
}

int32_t ocv_sobel(const ocv_mat* src, ocv_mat* dst, int32_t depth, int32_t dx, int32_t dy, int32_t kernel, double scale, double delta,
                  int32_t border) {
    return guarded([&] { cv::Sobel(in(src), inout(dst), depth, dx, dy, kernel, scale, delta, border); });
}

int32_t ocv_threshold(const ocv_mat* src, ocv_mat* dst, double threshold, double maximum, int32_t type, double* used_threshold) {
    return guarded([&] { *used_threshold = cv::threshold(in(src), inout(dst), threshold, maximum, type); });
}

int32_t ocv_morphology(int32_t operation, const ocv_mat* src, ocv_mat* dst, const ocv_mat* element, ocv_point anchor, int32_t iterations,
                       int32_t border, ocv_scalar value, int32_t default_value) {
    return guarded([&] {
        // OpenCV takes an empty element for a 3 x 3 square.
        const cv::Mat shape = element == nullptr ? cv::Mat() : in(element);
        const auto fill = default_value != 0 ? cv::morphologyDefaultBorderValue() : scalar(value);
        cv::morphologyEx(in(src), inout(dst), operation, shape, point(anchor), iterations, border, fill);
    });
}

int32_t ocv_get_structuring_element(int32_t shape, ocv_size extent, ocv_point anchor, ocv_mat** out_element) {
    return guarded([&] {
        CV_Assert(extent.width > 0 && extent.height > 0);
        *out_element = hand_over(cv::getStructuringElement(shape, size(extent), point(anchor)));
    });
}
