namespace Seg.Cli.Tests;

public class TerminalTests
{
    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, "", false)]
    [InlineData(false, "dumb", false)]
    [InlineData(false, "xterm", true)]
    [InlineData(true, null, true)]
    [InlineData(true, "dumb", false)]
    [InlineData(true, "xterm", true)]
    public void Windows_terminals_can_draw_without_a_name(bool isWindows, string? name, bool canDraw) => Assert.Equal(canDraw, Terminal.CanDraw(isWindows, name));
}
