namespace OpenCvSharp.Internal;

/// <summary>What ocv_bitwise does; the numbers of opencv_shim.h.</summary>
internal enum BitwiseOperation
{
    And,
    Or,
    Xor,
    Not,
}
