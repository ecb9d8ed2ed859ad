namespace Seg.Cli.Tests;

public class InterruptionTests
{
    [Fact]
    public void The_end_of_input_cancels_and_does_no_harm_after_the_end_of_work()
    {
        using MemoryStream input = new([1, 2]);
        Interruption interruption = new();
        var token = interruption.Token;
        interruption.CancelAtEndOf(input);
        Assert.True(token.IsCancellationRequested);

        Interruption done = new();
        done.Dispose();
        done.CancelAtEndOf(Stream.Null);
        interruption.Dispose();
    }
}
