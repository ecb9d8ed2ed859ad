// What stands behind a seg_store.
#pragma once

#include "backend.h"

#ifdef SEG_GLOO

struct seg_store_ {
    seg::Store store;
    int32_t port;
};

#endif
