// libtorch's random generator, its number of threads and its count of live tensors are the process's own: tests that fix or read them run
// one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
