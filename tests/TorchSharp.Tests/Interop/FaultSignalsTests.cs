using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Interop;

public class FaultSignalsTests
{
    [Fact]
    public void A_null_reference_stays_an_exception_once_libtorch_is_loaded()
    {
        zeros(1).Dispose();
        for (var round = 0; round < 3; round++)
            Assert.Throws<NullReferenceException>(() => LengthOf(null!));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(int[] values) => values.Length;
}
