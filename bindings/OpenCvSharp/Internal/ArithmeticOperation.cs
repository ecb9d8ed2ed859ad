namespace OpenCvSharp.Internal;

/// <summary>What ocv_arithmetic does; the numbers of opencv_shim.h.</summary>
internal enum ArithmeticOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Absdiff,
    Min,
    Max,
}
