/* The C boundary between the OpenCvSharp binding and OpenCV:
 *
 *     C# (bindings/OpenCvSharp)  ->  opencv_shim (this header)  ->  OpenCV (core, imgproc, imgcodecs, videoio)
 *
 * Rules
 *  - No C++ type and no exception crosses it. Every function returns OCV_OK, or another code with the details in ocv_last_error() for this thread;
 *    functions that cannot fail return their result and say so.
 *  - `out_` parameters hand over a new object, which the caller frees with the _free function of its type; every other object is borrowed for the
 *    call. A `dst` is a live ocv_mat of the caller's, which the function resizes and fills; it may be one of the inputs where OpenCV allows that.
 *  - A `mask`, `element` or `hierarchy` may be NULL for "none"; any other NULL object is an error.
 *  - A freed object must not be passed again, and must not be freed while another thread uses it: the C# side's SafeHandles see to both.
 *  - Enumerations are OpenCV's own numbers, which OpenCvSharp's enums repeat. Colours are in the image's channel order (BGR after ocv_imread).
 *  - Strings are UTF-8 and end with a zero.
 *  - Any function may be called from any thread; one object may be changed by one thread at a time.
 */
#pragma once

#include <stdint.h>

#define OCV_API extern "C" __attribute__((visibility("default")))

typedef struct ocv_mat_ ocv_mat;           /* cv::Mat: a header, which shares its pixels with the regions taken of it */
typedef struct ocv_contours_ ocv_contours; /* what ocv_find_contours found */
typedef struct ocv_buffer_ ocv_buffer;     /* bytes of an encoded image */
typedef struct ocv_capture_ ocv_capture;   /* cv::VideoCapture */
typedef struct ocv_writer_ ocv_writer;     /* cv::VideoWriter */

enum {
    OCV_OK = 0,
    OCV_FAILED = 1, /* see ocv_last_error */
};

typedef struct { int32_t x, y; } ocv_point;
typedef struct { float x, y; } ocv_point_f;
typedef struct { int32_t width, height; } ocv_size;
typedef struct { int32_t x, y, width, height; } ocv_rect;
typedef struct { double value[4]; } ocv_scalar;

typedef struct {
    void* data;           /* first pixel; NULL when empty */
    int64_t step;         /* bytes from one row to the next */
    int32_t rows, cols;   /* -1, -1 for more than two dimensions */
    int32_t type;         /* depth | (channels - 1) << 3 */
    int32_t dims;
    int32_t element_size; /* bytes of one pixel */
    int32_t continuous;   /* 1: rows follow one another without gaps */
    int32_t submatrix;    /* 1: a region of a larger matrix */
} ocv_mat_header;

typedef struct {
    int32_t code;         /* OpenCV's error code, negative (cv::Error::Code) */
    int32_t line;
    const char* message;  /* these three are never NULL and valid until this thread's next failure */
    const char* function;
    const char* file;
} ocv_error;

/* ---- errors, version, threads ------------------------------------------------------------------------------------------------------ */

/* This thread's last failure. Cannot fail. */
OCV_API void ocv_last_error(ocv_error* error);
/* "4.6.0"; lives as long as the process. Cannot fail. */
OCV_API const char* ocv_version(void);
/* Threads that OpenCV's own loops use; below 0 for its default. */
OCV_API int32_t ocv_set_num_threads(int32_t threads);
OCV_API int32_t ocv_get_num_threads(int32_t* threads);

/* ---- matrices ---------------------------------------------------------------------------------------------------------------------- */

OCV_API int32_t ocv_mat_new(ocv_mat** out_mat);
/* Pixels are left as the allocator gives them. */
OCV_API int32_t ocv_mat_create(int32_t rows, int32_t cols, int32_t type, ocv_mat** out_mat);
/* A header over the caller's memory, which must outlive it and every region of it. step 0: rows without gaps. */
OCV_API int32_t ocv_mat_from_data(int32_t rows, int32_t cols, int32_t type, void* data, int64_t step, ocv_mat** out_mat);
/* Cannot fail; NULL is left alone. */
OCV_API void ocv_mat_free(ocv_mat* mat);
/* Cannot fail: the matrix must be live. */
OCV_API void ocv_mat_describe(const ocv_mat* mat, ocv_mat_header* header);
/* Makes `mat` hold rows x cols of the type; keeps its memory where that fits already. */
OCV_API int32_t ocv_mat_recreate(ocv_mat* mat, int32_t rows, int32_t cols, int32_t type);
/* Shares the pixels of the region. */
OCV_API int32_t ocv_mat_region(const ocv_mat* mat, ocv_rect region, ocv_mat** out_mat);
/* Shares the pixels. channels 0, rows 0: as they are. */
OCV_API int32_t ocv_mat_reshape(const ocv_mat* mat, int32_t channels, int32_t rows, ocv_mat** out_mat);
OCV_API int32_t ocv_mat_clone(const ocv_mat* mat, ocv_mat** out_mat);
OCV_API int32_t ocv_mat_copy_to(const ocv_mat* mat, ocv_mat* dst, const ocv_mat* mask);
/* saturate(alpha * pixel + beta); a type below 0 keeps the type. */
OCV_API int32_t ocv_mat_convert_to(const ocv_mat* mat, ocv_mat* dst, int32_t type, double alpha, double beta);
OCV_API int32_t ocv_mat_set_to(ocv_mat* mat, const ocv_mat* value, const ocv_mat* mask);

/* ---- core: arithmetic, channels, statistics ---------------------------------------------------------------------------------------- */

enum { OCV_ADD = 0, OCV_SUBTRACT = 1, OCV_MULTIPLY = 2, OCV_DIVIDE = 3, OCV_ABSDIFF = 4, OCV_MIN = 5, OCV_MAX = 6 };
enum { OCV_AND = 0, OCV_OR = 1, OCV_XOR = 2, OCV_NOT = 3 };

/* mask: add and subtract alone; scale: multiply and divide alone; type below 0: the inputs' type. */
OCV_API int32_t ocv_arithmetic(int32_t operation, const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, const ocv_mat* mask, double scale, int32_t type);
/* b is not looked at for OCV_NOT. */
OCV_API int32_t ocv_bitwise(int32_t operation, const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, const ocv_mat* mask);
OCV_API int32_t ocv_add_weighted(const ocv_mat* a, double alpha, const ocv_mat* b, double beta, double gamma, ocv_mat* dst, int32_t type);
OCV_API int32_t ocv_compare(const ocv_mat* a, const ocv_mat* b, ocv_mat* dst, int32_t comparison);
OCV_API int32_t ocv_in_range(const ocv_mat* src, const ocv_mat* lower, const ocv_mat* upper, ocv_mat* dst);
OCV_API int32_t ocv_lut(const ocv_mat* src, const ocv_mat* table, ocv_mat* dst);
OCV_API int32_t ocv_convert_scale_abs(const ocv_mat* src, ocv_mat* dst, double alpha, double beta);
OCV_API int32_t ocv_merge(const ocv_mat* const* channels, int32_t count, ocv_mat* dst);
OCV_API int32_t ocv_extract_channel(const ocv_mat* src, ocv_mat* dst, int32_t channel);
OCV_API int32_t ocv_insert_channel(const ocv_mat* src, ocv_mat* dst, int32_t channel);
OCV_API int32_t ocv_flip(const ocv_mat* src, ocv_mat* dst, int32_t code);
OCV_API int32_t ocv_rotate(const ocv_mat* src, ocv_mat* dst, int32_t code);
OCV_API int32_t ocv_transpose(const ocv_mat* src, ocv_mat* dst);
/* Side by side (horizontal not 0) or one below the other. */
OCV_API int32_t ocv_concatenate(const ocv_mat* const* mats, int32_t count, ocv_mat* dst, int32_t horizontal);
OCV_API int32_t ocv_copy_make_border(const ocv_mat* src, ocv_mat* dst, int32_t top, int32_t bottom, int32_t left, int32_t right, int32_t border,
                                     ocv_scalar value);
OCV_API int32_t ocv_count_non_zero(const ocv_mat* src, int32_t* count);
OCV_API int32_t ocv_sum(const ocv_mat* src, ocv_scalar* sum);
OCV_API int32_t ocv_mean(const ocv_mat* src, const ocv_mat* mask, ocv_scalar* mean);
OCV_API int32_t ocv_mean_std_dev(const ocv_mat* src, const ocv_mat* mask, ocv_scalar* mean, ocv_scalar* deviation);
OCV_API int32_t ocv_min_max_loc(const ocv_mat* src, const ocv_mat* mask, double* min, double* max, ocv_point* min_at, ocv_point* max_at);
/* b may be NULL: the norm of a alone. */
OCV_API int32_t ocv_norm(const ocv_mat* a, const ocv_mat* b, int32_t type, const ocv_mat* mask, double* norm);

/* ---- imgproc: geometry, colour, filters -------------------------------------------------------------------------------------------- */

OCV_API int32_t ocv_resize(const ocv_mat* src, ocv_mat* dst, ocv_size size, double fx, double fy, int32_t interpolation);
OCV_API int32_t ocv_warp_affine(const ocv_mat* src, ocv_mat* dst, const ocv_mat* matrix, ocv_size size, int32_t flags, int32_t border,
                                ocv_scalar value);
OCV_API int32_t ocv_remap(const ocv_mat* src, ocv_mat* dst, const ocv_mat* map1, const ocv_mat* map2, int32_t interpolation, int32_t border,
                          ocv_scalar value);
/* The 2 x 3 matrix that takes three points to three others. */
OCV_API int32_t ocv_get_affine_transform(const ocv_mat* from, const ocv_mat* to, ocv_mat** out_matrix);
/* angle in degrees, counter-clockwise. */
OCV_API int32_t ocv_get_rotation_matrix(ocv_point_f center, double angle, double scale, ocv_mat** out_matrix);
OCV_API int32_t ocv_invert_affine_transform(const ocv_mat* matrix, ocv_mat* dst);
OCV_API int32_t ocv_cvt_color(const ocv_mat* src, ocv_mat* dst, int32_t code, int32_t channels);
OCV_API int32_t ocv_blur(const ocv_mat* src, ocv_mat* dst, ocv_size kernel, ocv_point anchor, int32_t border);
OCV_API int32_t ocv_gaussian_blur(const ocv_mat* src, ocv_mat* dst, ocv_size kernel, double sigma_x, double sigma_y, int32_t border);
OCV_API int32_t ocv_median_blur(const ocv_mat* src, ocv_mat* dst, int32_t kernel);
OCV_API int32_t ocv_sobel(const ocv_mat* src, ocv_mat* dst, int32_t depth, int32_t dx, int32_t dy, int32_t kernel, double scale, double delta,
                          int32_t border);
OCV_API int32_t ocv_threshold(const ocv_mat* src, ocv_mat* dst, double threshold, double maximum, int32_t type, double* used_threshold);
/* default_value not 0: OpenCV's own border value, and `value` is not looked at. */
OCV_API int32_t ocv_morphology(int32_t operation, const ocv_mat* src, ocv_mat* dst, const ocv_mat* element, ocv_point anchor, int32_t iterations,
                               int32_t border, ocv_scalar value, int32_t default_value);
OCV_API int32_t ocv_get_structuring_element(int32_t shape, ocv_size size, ocv_point anchor, ocv_mat** out_element);

/* ---- imgproc: shapes --------------------------------------------------------------------------------------------------------------- */

OCV_API int32_t ocv_find_contours(const ocv_mat* image, int32_t mode, int32_t method, ocv_point offset, ocv_contours** out_contours,
                                  int32_t* count, int64_t* points);
/* Room for `count` lengths, `points` points and `count` * 4 hierarchy entries (next, previous, first child, parent). */
OCV_API int32_t ocv_contours_copy(const ocv_contours* contours, int32_t* lengths, ocv_point* points, int32_t* hierarchy);
/* Cannot fail; NULL is left alone. */
OCV_API void ocv_contours_free(ocv_contours* contours);
/* Curves are N x 1 matrices of two-channel int32 or float32. */
OCV_API int32_t ocv_contour_area(const ocv_mat* curve, int32_t oriented, double* area);
OCV_API int32_t ocv_arc_length(const ocv_mat* curve, int32_t closed, double* length);
OCV_API int32_t ocv_bounding_rect(const ocv_mat* curve, ocv_rect* rect);
OCV_API int32_t ocv_approx_poly_dp(const ocv_mat* curve, ocv_mat* dst, double epsilon, int32_t closed);
/* labels become int32 or uint16, stats int32 (labels x 5), centroids float64 (labels x 2). stats and centroids may both be NULL. */
OCV_API int32_t ocv_connected_components(const ocv_mat* image, ocv_mat* labels, ocv_mat* stats, ocv_mat* centroids, int32_t connectivity,
                                         int32_t type, int32_t* count);

/* ---- imgproc: drawing. Points carry `shift` fractional bits; `line` is 4, 8 or 16 (anti-aliased). ---------------------------------- */

OCV_API int32_t ocv_line(ocv_mat* image, ocv_point from, ocv_point to, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift);
OCV_API int32_t ocv_rectangle(ocv_mat* image, ocv_point corner, ocv_point opposite, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift);
OCV_API int32_t ocv_rectangle_area(ocv_mat* image, ocv_rect area, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift);
OCV_API int32_t ocv_circle(ocv_mat* image, ocv_point center, int32_t radius, ocv_scalar color, int32_t thickness, int32_t line, int32_t shift);
OCV_API int32_t ocv_ellipse(ocv_mat* image, ocv_point center, ocv_size axes, double angle, double start, double end, ocv_scalar color,
                            int32_t thickness, int32_t line, int32_t shift);
/* `count` polygons, polygon i of lengths[i] points, one after the other in `points`. */
OCV_API int32_t ocv_polylines(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, int32_t closed, ocv_scalar color,
                              int32_t thickness, int32_t line, int32_t shift);
OCV_API int32_t ocv_fill_poly(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, ocv_scalar color, int32_t line,
                              int32_t shift, ocv_point offset);
OCV_API int32_t ocv_fill_convex_poly(ocv_mat* image, const ocv_point* points, int32_t count, ocv_scalar color, int32_t line, int32_t shift);
OCV_API int32_t ocv_draw_contours(ocv_mat* image, const ocv_point* points, const int32_t* lengths, int32_t count, int32_t index, ocv_scalar color,
                                  int32_t thickness, int32_t line, const int32_t* hierarchy, int32_t max_level, ocv_point offset);
OCV_API int32_t ocv_put_text(ocv_mat* image, const char* text, ocv_point origin, int32_t font, double scale, ocv_scalar color, int32_t thickness,
                             int32_t line, int32_t bottom_left_origin);
OCV_API int32_t ocv_get_text_size(const char* text, int32_t font, double scale, int32_t thickness, ocv_size* size, int32_t* base_line);

/* ---- imgcodecs. parameters: pairs of ImwriteFlags number and value. ---------------------------------------------------------------- */

/* An empty matrix when the file is missing or no decoder reads it. */
OCV_API int32_t ocv_imread(const char* path, int32_t flags, ocv_mat** out_mat);
OCV_API int32_t ocv_imwrite(const char* path, const ocv_mat* image, const int32_t* parameters, int32_t count, int32_t* written);
OCV_API int32_t ocv_imdecode(const uint8_t* data, int64_t length, int32_t flags, ocv_mat** out_mat);
OCV_API int32_t ocv_imencode(const char* extension, const ocv_mat* image, const int32_t* parameters, int32_t count, int32_t* encoded,
                             ocv_buffer** out_buffer);
/* Cannot fail. */
OCV_API const uint8_t* ocv_buffer_data(const ocv_buffer* buffer, int64_t* length);
OCV_API void ocv_buffer_free(ocv_buffer* buffer);

/* ---- videoio ----------------------------------------------------------------------------------------------------------------------- */

OCV_API int32_t ocv_capture_new(ocv_capture** out_capture);
/* A file or an address. parameters: pairs of VideoCaptureProperties number and value. opened 0: it is missing or no backend reads it. */
OCV_API int32_t ocv_capture_open(ocv_capture* capture, const char* path, int32_t api, const int32_t* parameters, int32_t count, int32_t* opened);
/* The same of the camera of this number, from 0. */
OCV_API int32_t ocv_capture_open_camera(ocv_capture* capture, int32_t index, int32_t api, const int32_t* parameters, int32_t count,
                                        int32_t* opened);
/* Both cannot fail; NULL is left alone. */
OCV_API void ocv_capture_free(ocv_capture* capture);
OCV_API int32_t ocv_capture_is_opened(const ocv_capture* capture, int32_t* opened);
OCV_API int32_t ocv_capture_release(ocv_capture* capture);
OCV_API int32_t ocv_capture_read(ocv_capture* capture, ocv_mat* dst, int32_t* got);
OCV_API int32_t ocv_capture_grab(ocv_capture* capture, int32_t* got);
OCV_API int32_t ocv_capture_retrieve(ocv_capture* capture, ocv_mat* dst, int32_t flag, int32_t* got);
OCV_API int32_t ocv_capture_get(const ocv_capture* capture, int32_t property, double* value);
OCV_API int32_t ocv_capture_set(ocv_capture* capture, int32_t property, double value, int32_t* accepted);
/* Writes at most `capacity` bytes with the closing zero. */
OCV_API int32_t ocv_capture_backend(const ocv_capture* capture, char* name, int32_t capacity);

OCV_API int32_t ocv_writer_new(ocv_writer** out_writer);
OCV_API int32_t ocv_writer_open(ocv_writer* writer, const char* path, int32_t api, int32_t four_cc, double fps, ocv_size size, int32_t color,
                                int32_t* opened);
OCV_API void ocv_writer_free(ocv_writer* writer);
OCV_API int32_t ocv_writer_is_opened(const ocv_writer* writer, int32_t* opened);
OCV_API int32_t ocv_writer_write(ocv_writer* writer, const ocv_mat* image);
OCV_API int32_t ocv_writer_release(ocv_writer* writer);
OCV_API int32_t ocv_writer_get(const ocv_writer* writer, int32_t property, double* value);
OCV_API int32_t ocv_writer_set(ocv_writer* writer, int32_t property, double value, int32_t* accepted);
OCV_API int32_t ocv_writer_backend(const ocv_writer* writer, char* name, int32_t capacity);
