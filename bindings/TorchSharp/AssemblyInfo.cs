using System.Runtime.CompilerServices;

// Every native call passes blittable values alone; without marshalling stubs, calls are direct and can be compiled ahead of time.
[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("TorchSharp.Tests")]
