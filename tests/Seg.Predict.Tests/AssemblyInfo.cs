// One at a time: networks begin from libtorch's one random generator, and some tests count native tensors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
