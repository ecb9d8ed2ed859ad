// The last error of each thread, OpenCV's version and its threads.
#include "boundary.h"

#include <opencv2/core/utility.hpp>

#include <string>

namespace {

struct Failure {
    int code = 0;
    int line = 0;
    std::string message, function, file;
};

thread_local Failure last;

const char* or_empty(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

void ocv::set_error(int code, const char* message, const char* function, const char* file, int line) noexcept {
    last.code = code;
    last.line = line;
    try {
        last.message = or_empty(message);
        last.function = or_empty(function);
        last.file = or_empty(file);
    } catch (...) {
        last.message.clear();
    }
}

void ocv_last_error(ocv_error* error) {
    *error = {last.code, last.line, last.message.c_str(), last.function.c_str(), last.file.c_str()};
}

const char* ocv_version(void) { return CV_VERSION; }

int32_t ocv_set_num_threads(int32_t threads) {
    return ocv::guarded([&] { cv::setNumThreads(threads); });
}

int32_t ocv_get_num_threads(int32_t* threads) {
    return ocv::guarded([&] { *threads = cv::getNumThreads(); });
}
