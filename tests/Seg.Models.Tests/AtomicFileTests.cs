using System.Diagnostics;

namespace Seg.Models.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_replaces_the_older_one_and_leaves_no_other(bool isLasting)
    {
        folder.Write("x", "a longer old text");
        AtomicFile.Write(folder["x"], "new"u8, isLasting);
        Assert.Equal("new", File.ReadAllText(folder["x"]));
        AtomicFile.Write(folder["x"], stream => stream.Write("newer"u8), isLasting);
        Assert.Equal("newer", File.ReadAllText(folder["x"]));
        folder.Write("x.part", "newest");
        AtomicFile.Commit(folder["x.part"], folder["x"], isLasting);
        Assert.Equal("newest", File.ReadAllText(folder["x"]));
        Assert.Equal([folder["x"]], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_lasting_file_may_be_named_without_its_folder()
    {
        var name = $"seg-{Guid.NewGuid():N}";
        AtomicFile.Write(name, "x"u8, isLasting: true);
        Assert.True(File.Exists(name));
        File.Delete(name);
    }

    [Theory]
    [InlineData(typeof(IOException), typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException), typeof(IOException))]
    [InlineData(typeof(InvalidOperationException), typeof(InvalidOperationException))]
    public void A_failed_write_leaves_the_old_file_and_nothing_else(Type fault, Type thrown)
    {
        folder.Write("x", "old");
        var error = Assert.Throws(thrown, () => AtomicFile.Write(folder["x"], stream =>
        {
            stream.Write(new byte[100]);
            throw (Exception)Activator.CreateInstance(fault, "No space left on device.")!;
        }));
        if (thrown == typeof(IOException))
            Assert.Equal($"Cannot write '{folder["x"]}': No space left on device. Free space there or choose another folder.", error.Message);
        Assert.Equal("old", File.ReadAllText(folder["x"]));
        Assert.Equal([folder["x"]], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_link_stays_and_the_file_behind_it_is_replaced()
    {
        folder.Write("there/x", "old");
        File.CreateSymbolicLink(folder["second"], "there/x");
        File.CreateSymbolicLink(folder["first"], folder["second"]);
        AtomicFile.Write(folder["first"], "new"u8);
        Assert.Equal("new", File.ReadAllText(folder["there/x"]));
        File.WriteAllText(folder["first.part"], "newer");
        AtomicFile.Commit(folder["first.part"], folder["first"]);
        Assert.Equal("newer", File.ReadAllText(folder["there/x"]));
        Assert.Equal(folder["second"], new FileInfo(folder["first"]).LinkTarget);
        Assert.Equal("there/x", new FileInfo(folder["second"]).LinkTarget);

        File.CreateSymbolicLink(folder["dangling"], "there/y");
        AtomicFile.Write(folder["dangling"], "y"u8);
        Assert.Equal("y", File.ReadAllText(folder["there/y"]));
        Assert.Equal([folder["there/x"], folder["there/y"]], Directory.GetFiles(folder["there"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pipe_is_written_into_and_stays()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (var making = Process.Start("mkfifo", [folder["pipe"]]))
            await making.WaitForExitAsync();
        File.CreateSymbolicLink(folder["link"], "pipe");
        foreach (var name in (string[])["pipe", "link"])
        {
            var reading = Task.Run(() => File.ReadAllText(folder["pipe"]));
            await Task.Run(() => AtomicFile.Write(folder[name], "through"u8)).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal("through", await reading.WaitAsync(TimeSpan.FromSeconds(30)));
        }
        Assert.Equal([folder["link"], folder["pipe"]], Directory.GetFiles(folder.Root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cannot_be_committed_is_told_with_its_name()
    {
        var error = Assert.Throws<IOException>(() => AtomicFile.Commit(folder["none.part"], folder["x"]));
        Assert.StartsWith($"Cannot write '{folder["x"]}': ", error.Message);
    }
}
