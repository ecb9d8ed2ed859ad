// How the C library's allocator serves libtorch's tensors on the CPU.
#include "torch_shim.h"

#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

int32_t seg_keep_freed_memory(void) {
#if defined(__GLIBC__)
    // By default every block of more than some megabytes is mapped when it is allocated and unmapped when it is freed, and the kernel clears each
    // page again: a fifth of a training step. Blocks from the heap that is never trimmed are used again as they are.
    return mallopt(M_MMAP_MAX, 0) == 1 && mallopt(M_TRIM_THRESHOLD, -1) == 1 ? 1 : 0;
#else
    return 0;
#endif
}
