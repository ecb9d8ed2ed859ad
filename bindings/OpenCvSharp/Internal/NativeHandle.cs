using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

/// <summary>Owner of one native object. A call in progress keeps it alive, so that it is never freed under a running function.</summary>
internal abstract class NativeHandle : SafeHandle
{
    protected NativeHandle() : base(invalidHandleValue: 0, ownsHandle: true) { }

    public override bool IsInvalid => handle == 0;
}
