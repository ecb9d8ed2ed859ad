using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

// The library and the machine.
public static unsafe partial class torch
{
    /// <summary>libtorch's version, "1.13.1".</summary>
    public static string __version__ { get; } = Marshal.PtrToStringUTF8((nint)NativeMethods.seg_torch_version())!;

    /// <summary>Threads that one operator uses on the CPU.</summary>
    public static int get_num_threads()
    {
        int count;
        NativeError.Check(NativeMethods.seg_threads(&count));
        return count;
    }

    public static void set_num_threads(int num) => NativeError.Check(NativeMethods.seg_set_threads(num));

    /// <summary>Threads on which independent operators run side by side.</summary>
    public static int get_num_interop_threads()
    {
        int count;
        NativeError.Check(NativeMethods.seg_interop_threads(&count));
        return count;
    }

    /// <summary>Can be set once, before anything runs on them.</summary>
    public static void set_num_interop_threads(int num) => NativeError.Check(NativeMethods.seg_set_interop_threads(num));

    public static ScalarType get_default_dtype() => ScalarType.Float32;

    public static bool is_tensor(object obj) => obj is Tensor;

    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);

    public static long numel(Tensor input) => input.numel();

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    /// <summary>Loads libtorch if that has not happened yet; true if such devices can be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };

    /// <exception cref="NotSupportedException">libtorch or the machine has no such device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new NotSupportedException($"Neither this libtorch ({__version__}) nor this machine offers devices of type {deviceType}.");
    }

    public static Device InitializeDevice(Device? device)
    {
        InitializeDeviceType((device ?? CPU).type);
        return device ?? CPU;
    }

    /// <summary>NVIDIA's graphics cards.</summary>
    public static partial class cuda
    {
        public static bool is_available()
        {
            int result;
            NativeError.Check(NativeMethods.seg_cuda_available(&result));
            return result != 0 && device_count() > 0;
        }

        public static bool is_cudnn_available()
        {
            int result;
            NativeError.Check(NativeMethods.seg_cudnn_available(&result));
            return result != 0;
        }

        public static int device_count()
        {
            int count;
            NativeError.Check(NativeMethods.seg_cuda_device_count(&count));
            return count;
        }

        /// <summary>Seeds the current device's generator.</summary>
        public static void manual_seed(long seed)
        {
            using var generator = Generator.DefaultOf(CUDA);
            generator.manual_seed(seed);
        }

        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
            {
                using var generator = Generator.DefaultOf(new Device(i));
                generator.manual_seed(seed);
            }
        }

        /// <summary>Waits until the device has done all that it was given.</summary>
        public static void synchronize(Device? device = null) => NativeError.Check(NativeMethods.seg_cuda_synchronize(device?.index ?? -1));
    }
}
