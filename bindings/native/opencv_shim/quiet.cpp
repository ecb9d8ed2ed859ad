// Keeps OpenCV and the decoders below it off stderr: what went wrong is said by error codes and empty results, and a program's error stream is its
// own. OpenCV logs and FFmpeg's are turned off through their interfaces. libpng and libjpeg have none that reaches through OpenCV, which sets them up
// with their printing defaults; the two functions in which that happens are defined here too. The dynamic linker looks into this library before
// libpng and libjpeg for what libopencv_imgcodecs needs, as this library brought that one in, and in no other part of the process.
#include "opencv_shim.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

#include <cstdarg>
#include <dlfcn.h>

namespace {

// Set as a handler, this keeps cv::error from printing; it throws afterwards all the same.
int ignore_error(int, const char*, const char*, const char*, int, void*) { return 0; }

void ignore_ffmpeg_message(void*, int, const char*, va_list) {}

const bool quiet = [] {
    cv::redirectError(ignore_error);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    // libavutil is there only where OpenCV was built with FFmpeg.
    using SetCallback = void (*)(void (*)(void*, int, const char*, va_list));
    if (auto set_callback = reinterpret_cast<SetCallback>(dlsym(RTLD_DEFAULT, "av_log_set_callback")))
        set_callback(ignore_ffmpeg_message);
    return true;
}();

void fail_png(void* png, const char*) {
    // libpng's own way back to its caller's setjmp.
    using LongJump = void (*)(void*, int);
    reinterpret_cast<LongJump>(dlsym(RTLD_NEXT, "png_longjmp"))(png, 1);
}

void ignore_png_warning(void*, const char*) {}

void ignore_jpeg_warning(void*, int) {}

void ignore_jpeg_message(void*) {}

// The first fields of libjpeg's struct jpeg_error_mgr, the same in every libjpeg and libjpeg-turbo.
struct JpegErrorManager {
    void (*error_exit)(void*);
    void (*emit_message)(void*, int);
    void (*output_message)(void*);
};

}  // namespace

OCV_API void* png_create_read_struct(const char* version, void* error_data, void (*on_error)(void*, const char*),
                                     void (*on_warning)(void*, const char*)) {
    using Create = void* (*)(const char*, void*, void (*)(void*, const char*), void (*)(void*, const char*));
    static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "png_create_read_struct"));
    return create(version, error_data, on_error == nullptr ? fail_png : on_error, on_warning == nullptr ? ignore_png_warning : on_warning);
}

OCV_API void* jpeg_std_error(JpegErrorManager* manager) {
    using Standard = void* (*)(JpegErrorManager*);
    static const auto standard = reinterpret_cast<Standard>(dlsym(RTLD_NEXT, "jpeg_std_error"));
    void* result = standard(manager);
    manager->emit_message = ignore_jpeg_warning;
    manager->output_message = ignore_jpeg_message;
    return result;
}
