// Reading and writing video files.
#include "boundary.h"

#include <opencv2/videoio.hpp>

#include <string>

using namespace ocv;

namespace {

cv::VideoCapture& live(ocv_capture* capture) {
    if (capture == nullptr)
        CV_Error(cv::Error::StsNullPtr, "the capture is null");
    return *reinterpret_cast<cv::VideoCapture*>(capture);
}

const cv::VideoCapture& live(const ocv_capture* capture) { return live(const_cast<ocv_capture*>(capture)); }

cv::VideoWriter& live(ocv_writer* writer) {
    if (writer == nullptr)
        CV_Error(cv::Error::StsNullPtr, "the writer is null");
    return *reinterpret_cast<cv::VideoWriter*>(writer);
}

const cv::VideoWriter& live(const ocv_writer* writer) { return live(const_cast<ocv_writer*>(writer)); }

void copy_name(const std::string& text, char* name, int32_t capacity) {
    CV_Assert(capacity > 0);
    name[text.copy(name, static_cast<size_t>(capacity) - 1)] = '\0';
}

}  // namespace

int32_t ocv_capture_new(ocv_capture** out_capture) {
    return guarded([&] { *out_capture = reinterpret_cast<ocv_capture*>(new cv::VideoCapture()); });
}

int32_t ocv_capture_open(ocv_capture* capture, const char* path, int32_t api, const int32_t* parameters, int32_t count, int32_t* opened) {
    return guarded([&] { *opened = live(capture).open(path, api, std::vector<int>(parameters, parameters + count)); });
}

int32_t ocv_capture_open_camera(ocv_capture* capture, int32_t index, int32_t api, const int32_t* parameters, int32_t count, int32_t* opened) {
    return guarded([&] { *opened = live(capture).open(index, api, std::vector<int>(parameters, parameters + count)); });
}

void ocv_capture_free(ocv_capture* capture) {
    guarded([&] { delete reinterpret_cast<cv::VideoCapture*>(capture); });
}

int32_t ocv_capture_is_opened(const ocv_capture* capture, int32_t* opened) {
    return guarded([&] { *opened = live(capture).isOpened(); });
}

int32_t ocv_capture_release(ocv_capture* capture) {
    return guarded([&] { live(capture).release(); });
}

int32_t ocv_capture_read(ocv_capture* capture, ocv_mat* dst, int32_t* got) {
    return guarded([&] { *got = live(capture).read(inout(dst)); });
}

int32_t ocv_capture_grab(ocv_capture* capture, int32_t* got) {
    return guarded([&] { *got = live(capture).grab(); });
}

int32_t ocv_capture_retrieve(ocv_capture* capture, ocv_mat* dst, int32_t flag, int32_t* got) {
    return guarded([&] { *got = live(capture).retrieve(inout(dst), flag); });
}

int32_t ocv_capture_get(const ocv_capture* capture, int32_t property, double* value) {
    return guarded([&] { *value = live(capture).get(property); });
}

int32_t ocv_capture_set(ocv_capture* capture, int32_t property, double value, int32_t* accepted) {
    return guarded([&] { *accepted = live(capture).set(property, value); });
}

int32_t ocv_capture_backend(const ocv_capture* capture, char* name, int32_t capacity) {
    return guarded([&] { copy_name(live(capture).getBackendName(), name, capacity); });
}

int32_t ocv_writer_new(ocv_writer** out_writer) {
    return guarded([&] { *out_writer = reinterpret_cast<ocv_writer*>(new cv::VideoWriter()); });
}

int32_t ocv_writer_open(ocv_writer* writer, const char* path, int32_t api, int32_t four_cc, double fps, ocv_size extent, int32_t color,
                        int32_t* opened) {
    return guarded([&] { *opened = live(writer).open(path, api, four_cc, fps, size(extent), color != 0); });
}

void ocv_writer_free(ocv_writer* writer) {
    guarded([&] { delete reinterpret_cast<cv::VideoWriter*>(writer); });
}

int32_t ocv_writer_is_opened(const ocv_writer* writer, int32_t* opened) {
    return guarded([&] { *opened = live(writer).isOpened(); });
}

int32_t ocv_writer_write(ocv_writer* writer, const ocv_mat* image) {
    return guarded([&] { live(writer).write(in(image)); });
}

int32_t ocv_writer_release(ocv_writer* writer) {
    return guarded([&] { live(writer).release(); });
}

int32_t ocv_writer_get(const ocv_writer* writer, int32_t property, double* value) {
    return guarded([&] { *value = live(writer).get(property); });
}

int32_t ocv_writer_set(ocv_writer* writer, int32_t property, double value, int32_t* accepted) {
    return guarded([&] { *accepted = live(writer).set(property, value); });
}

int32_t ocv_writer_backend(const ocv_writer* writer, char* name, int32_t capacity) {
    return guarded([&] { copy_name(live(writer).getBackendName(), name, capacity); });
}
