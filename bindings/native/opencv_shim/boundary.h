// What every export of the shim is wrapped in, and how matrices cross the boundary. See the rules in opencv_shim.h.
#pragma once

#include "opencv_shim.h"

#include <opencv2/core.hpp>

#include <exception>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace ocv {

// Stores the details for ocv_last_error; never throws.
void set_error(int code, const char* message, const char* function, const char* file, int line) noexcept;

// Runs `body` and turns whatever it throws into a code. No exception passes.
template <class Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return OCV_OK;
    } catch (const cv::Exception& error) {
        set_error(error.code, error.err.c_str(), error.func.c_str(), error.file.c_str(), error.line);
    } catch (const std::bad_alloc&) {
        set_error(cv::Error::StsNoMem, "out of memory", "", "", 0);
    } catch (const std::exception& error) {
        set_error(cv::Error::StsError, error.what(), "", "", 0);
    } catch (...) {
        set_error(cv::Error::StsError, "an exception of unknown type was thrown in OpenCV", "", "", 0);
    }
    return OCV_FAILED;
}

inline const cv::Mat& in(const ocv_mat* mat) {
    if (mat == nullptr)
        CV_Error(cv::Error::StsNullPtr, "the matrix is null");
    return *reinterpret_cast<const cv::Mat*>(mat);
}

inline cv::Mat& inout(ocv_mat* mat) {
    if (mat == nullptr)
        CV_Error(cv::Error::StsNullPtr, "the matrix is null");
    return *reinterpret_cast<cv::Mat*>(mat);
}

// A NULL stands for "none", which OpenCV spells noArray().
inline cv::_InputArray optional(const ocv_mat* mat) {
    return mat == nullptr ? cv::_InputArray() : cv::_InputArray(*reinterpret_cast<const cv::Mat*>(mat));
}

// Headers that share the matrices' pixels.
inline std::vector<cv::Mat> in_all(const ocv_mat* const* mats, int32_t count) {
    std::vector<cv::Mat> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++)
        result.push_back(in(mats[i]));
    return result;
}

inline ocv_mat* hand_over(cv::Mat&& mat) { return reinterpret_cast<ocv_mat*>(new cv::Mat(std::move(mat))); }

inline cv::Point point(ocv_point p) { return {p.x, p.y}; }
inline cv::Size size(ocv_size s) { return {s.width, s.height}; }
inline cv::Rect rect(ocv_rect r) { return {r.x, r.y, r.width, r.height}; }
inline cv::Scalar scalar(ocv_scalar s) { return {s.value[0], s.value[1], s.value[2], s.value[3]}; }
inline ocv_scalar scalar(const cv::Scalar& s) { return {{s[0], s[1], s[2], s[3]}}; }

}  // namespace ocv
