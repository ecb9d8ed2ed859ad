// Reading and writing image files.
#include "boundary.h"

#include <opencv2/imgcodecs.hpp>

#include <limits>
#include <vector>

using namespace ocv;

struct ocv_buffer_ {
    std::vector<uint8_t> bytes;
};

int32_t ocv_imread(const char* path, int32_t flags, ocv_mat** out_mat) {
    return guarded([&] { *out_mat = hand_over(cv::imread(path, flags)); });
}

int32_t ocv_imwrite(const char* path, const ocv_mat* image, const int32_t* parameters, int32_t count, int32_t* written) {
    return guarded([&] { *written = cv::imwrite(path, in(image), std::vector<int>(parameters, parameters + count)); });
}

int32_t ocv_imdecode(const uint8_t* data, int64_t length, int32_t flags, ocv_mat** out_mat) {
    return guarded([&] {
        CV_Assert(length > 0 && length <= std::numeric_limits<int>::max());
        const cv::Mat bytes(1, static_cast<int>(length), CV_8UC1, const_cast<uint8_t*>(data));
        *out_mat = hand_over(cv::imdecode(bytes, flags));
    });
}

int32_t ocv_imencode(const char* extension, const ocv_mat* image, const int32_t* parameters, int32_t count, int32_t* encoded,
                     ocv_buffer** out_buffer) {
    return guarded([&] {
        auto buffer = std::make_unique<ocv_buffer>();
        *encoded = cv::imencode(extension, in(image), buffer->bytes, std::vector<int>(parameters, parameters + count));
        *out_buffer = buffer.release();
    });
}

const uint8_t* ocv_buffer_data(const ocv_buffer* buffer, int64_t* length) {
    *length = static_cast<int64_t>(buffer->bytes.size());
    return buffer->bytes.data();
}

void ocv_buffer_free(ocv_buffer* buffer) { delete buffer; }
