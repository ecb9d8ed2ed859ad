# Sets what of CUDA there is for the shim: TORCH_CUDA_LIBRARY and TORCH_C10_CUDA_LIBRARY of libtorch, folders of CUDA's headers in SEG_CUDA_INCLUDES, and
# whether SEG_LIBTORCH_HAS_CUDA_GRAPHS. CUDA's headers come with its toolkit or, beside a PyTorch, with the wheels that it needs.
find_library(TORCH_CUDA_LIBRARY torch_cuda PATHS ${torch_library_folders} NO_DEFAULT_PATH)
find_library(TORCH_C10_CUDA_LIBRARY c10_cuda PATHS ${torch_library_folders} NO_DEFAULT_PATH)
set(SEG_CUDA_INCLUDES "")
if(NOT TORCH_CUDA_LIBRARY OR NOT TORCH_C10_CUDA_LIBRARY)
  return()
endif()

foreach(place "$ENV{CUDA_HOME}" /usr/local/cuda "${SEG_LIBTORCH}/../triton/backends/nvidia" "${SEG_LIBTORCH}/../nvidia/*")
  file(GLOB folders "${place}/include")
  list(APPEND SEG_CUDA_INCLUDES ${folders})
endforeach()
list(REMOVE_ITEM SEG_CUDA_INCLUDES /include)  # an empty CUDA_HOME

include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_LIBRARIES "${TORCH_CUDA_LIBRARY};${TORCH_C10_CUDA_LIBRARY};${TORCH_CPU_LIBRARY};${TORCH_C10_LIBRARY}")
set(CMAKE_REQUIRED_DEFINITIONS "-D_GLIBCXX_USE_CXX11_ABI=${torch_abi}")
set(CMAKE_REQUIRED_INCLUDES "${TORCH_INCLUDE};${TORCH_INCLUDE}/torch/csrc/api/include;${SEG_CUDA_INCLUDES}")
set(CMAKE_REQUIRED_FLAGS "-std=c++${CMAKE_CXX_STANDARD}")
# Capturing in a mode for one thread came with libtorch 2.1.
check_cxx_source_compiles("
#include <ATen/cuda/CUDAGraph.h>
int main() { at::cuda::CUDAGraph().capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal); }" SEG_LIBTORCH_HAS_CUDA_GRAPHS)
