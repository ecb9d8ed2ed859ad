using Seg.Train.Checks;

namespace Seg.Train.Tests.Checks;

public class CheckWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_comes_out_as_itself(int threads)
    {
        DataCheckOptions options = new() { Threads = threads };
        Assert.Throws<InvalidDataException>(() => CheckWork.Inspect<int>([3, 2], Fail, options, progress: null, CancellationToken.None));

        static int Fail(int split, int image) => throw new InvalidDataException($"{split}, {image}");
    }
}
