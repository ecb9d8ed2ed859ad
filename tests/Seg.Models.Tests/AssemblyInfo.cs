// torch's generator and the count of live tensors belong to the whole process: tests that seed the one or read the other run one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
