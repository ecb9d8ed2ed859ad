using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

/// <summary>ocv_mat_header: what a matrix is and where its pixels lie.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MatHeader
{
    public nint Data;
    public long Step;
    public int Rows;
    public int Cols;
    public int Type;
    public int Dims;
    public int ElementSize;
    public int Continuous;
    public int Submatrix;
}
