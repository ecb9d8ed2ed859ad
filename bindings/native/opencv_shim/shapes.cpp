// Contours, connected components, drawing.
#include "boundary.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

using namespace ocv;

struct ocv_contours_ {
    std::vector<std::vector<cv::Point>> contours;
    std::vector<cv::Vec4i> hierarchy;
};

namespace {

// ocv_point and cv::Point are both two int32.
static_assert(sizeof(ocv_point) == sizeof(cv::Point));

std::vector<std::vector<cv::Point>> polygons(const ocv_point* points, const int32_t* lengths, int32_t count) {
    std::vector<std::vector<cv::Point>> result(std::max(count, 0));
    const auto* next = reinterpret_cast<const cv::Point*>(points);
    for (int32_t i = 0; i < count; i++) {
        CV_Assert(lengths[i] >= 0);
        result[i].assign(next, next + lengths[i]);
        next += lengths[i];
    }
    return result;
}

}  // namespace

int32_t ocv_find_contours(const ocv_mat* image, int32_t mode, int32_t method, ocv_point offset, ocv_contours** out_contours, int32_t* count,
                          int64_t* points) {
    return guarded([&] {
        auto found = std::make_unique<ocv_contours>();
        cv::findContours(in(image), found->contours, found->hierarchy, mode, method, point(offset));
        *count = static_cast<int32_t>(found->contours.size());
        *points = 0;
        for (const auto& contour : found->contours)
            *points += static_cast<int64_t>(contour.size());
        *out_contours = found.release();
    });
}

int32_t ocv_contours_copy(const ocv_contours* contours, int32_t* lengths, ocv_point* points, int32_t* hierarchy) {
    return guarded([&] {
        if (contours == nullptr)
            CV_Error(cv::Error::StsNullPtr, "the contours are null");
        for (size_t i = 0; i < contours->contours.size(); i++) {
            const auto& contour = contours->contours[i];
            lengths[i] = static_cast<int32_t>(contour.size());
            points = std::transform(contour.begin(), contour.end(), points, [](const cv::Point& p) { return ocv_point{p.x, p.y}; });
            std::copy_n(contours->hierarchy[i].val, 4, hierarchy + 4 * i);
        }
    });
}

void ocv_contours_free(ocv_contours* contours) { delete contours; }

int32_t ocv_contour_area(const ocv_mat* curve, int32_t oriented, double* area) {
    return guarded([&] { *area = cv::contourArea(in(curve), oriented != 0); });
}

int32_t ocv_arc_length(const ocv_mat* curve, int32_t closed, double* length) {
    return guarded([&] { *length = cv::arcLength(in(curve), closed != 0); });
}

int32_t ocv_bounding_rect(const ocv_mat* curve, ocv_rect* rect) {
    return guarded([&] {
        const auto bounds = cv::boundingRect(in(curve));
        *rect = {bounds.x, bounds.y, bounds.width, bounds.height};
    });
}

int32_t ocv_approx_poly_dp(const ocv_mat* curve, ocv_mat* dst, double epsilon, int32_t closed) {
    return guarded([&] { cv::approxPolyDP(in(curve), inout(dst), epsilon, closed != 0); });
}

int32_t ocv_connected_components(const ocv_mat* image, ocv_mat* labels, ocv_mat* stats, ocv_mat* centroids, int32_t connectivity, int32_t type,
                                 int32_t* count) {
    return guarded([&] {
        *count = stats == nullptr && centroids == nullptr
            ? cv::connectedComponents(in(image), inout(labels), connectivity, type)
            : cv::connectedComponentsWithStats(in(image), inout(labels), inout(stats), inout(centroids), connectivity, type);
    });
}

int32_t ocv_line(ocv_mat* image, ocv_point from, ocv_point to, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift) {
    return guarded([&] { cv::line(inout(image), point(from), point(to), scalar(color), thickness, line, shift); });
}

int32_t ocv_rectangle(ocv_mat* image, ocv_point corner, ocv_point opposite, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift) {
    return guarded([&] { cv::rectangle(inout(image), point(corner), point(opposite), scalar(color), thickness, line, shift); });
}

int32_t ocv_rectangle_area(ocv_mat* image, ocv_rect area, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift) {
    return guarded([&] { cv::rectangle(inout(image), rect(area), scalar(color), thickness, line, shift); });
}

int32_t ocv_circle(ocv_mat* image, ocv_point center, int32_t radius, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift) {
    return guarded([&] { cv::circle(inout(image), point(center), radius, scalar(color), thickness, line, shift); });
}

int32_t ocv_ellipse(ocv_mat* image, ocv_point center, ocv_size axes, double angle, double start, double end, ocv_scalar color, int32_t thickness,
                    int32_t line, int32_t shift) {
    return guarded([&] { cv::ellipse(inout(image), point(center), size(axes), angle, start, end, scalar(color), thickness, line, shift); });
}

int32_t ocv_polylines(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, int32_t closed, ocv_scalar color,
                      int32_t thickness, int32_t line, int32_t shift) {
    return guarded([&] {
        cv::polylines(inout(image), polygons(points, lengths, count), closed != 0, scalar(color), thickness, line, shift);
    });
}

int32_t ocv_fill_poly(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, ocv_scalar color, int32_t line, int32_t shift,
                      ocv_point offset) {
    return guarded([&] { cv::fillPoly(inout(image), polygons(points, lengths, count), scalar(color), line, shift, point(offset)); });
}

int32_t ocv_fill_convex_poly(ocv_mat* image, const ocv_point* points, int32_t count, ocv_scalar color, int32_t line, int32_t shift) {
    return guarded([&] {
        cv::fillConvexPoly(inout(image), reinterpret_cast<const cv::Point*>(points), count, scalar(color), line, shift);
    });
}

int32_t ocv_draw_contours(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, int32_t index, ocv_scalar color,
                          int32_t thickness, int32_t line, const int32_t* hierarchy, int32_t max_level, ocv_point offset) {
    return guarded([&] {
        CV_Assert(index < count);
        std::vector<cv::Vec4i> tree;
        for (int32_t i = 0; hierarchy != nullptr && i < count; i++)
            tree.emplace_back(hierarchy + 4 * i);
        cv::drawContours(inout(image), polygons(points, lengths, count), index, scalar(color), thickness, line,
                         tree.empty() ? cv::_InputArray() : cv::_InputArray(tree), max_level, point(offset));
    });
}

int32_t ocv_put_text(ocv_mat* image, const char* text, ocv_point origin, int32_t font, double scale, ocv_scalar color, int32_t thickness,
                     int32_t line, int32_t bottom_left_origin) {
    return guarded([&] {
        cv::putText(inout(image), text, point(origin), font, scale, scalar(color), thickness, line, bottom_left_origin != 0);
    });
}

int32_t ocv_get_text_size(const char* text, int32_t font, double scale, int32_t thickness, ocv_size* size, int32_t* base_line) {
    return guarded([&] {
        const auto extent = cv::getTextSize(text, font, scale, thickness, base_line);
        *size = {extent.width, extent.height};
    });
}
