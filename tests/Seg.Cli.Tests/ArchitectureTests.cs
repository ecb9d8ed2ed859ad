using System.Xml.Linq;

namespace Seg.Cli.Tests;

/// <summary>What ARCHITECTURE.md promises of the projects.</summary>
public class ArchitectureTests
{
    /// <summary>From the top down; a project may use those after it.</summary>
    private static readonly string[] Layers = ["Seg.Cli", "Seg.Train", "Seg.Predict", "Seg.Models"];

    [Fact]
    public void Uses_go_one_way()
    {
        foreach (var (project, references) in Projects("src"))
        {
            var layer = Array.IndexOf(Layers, project);
            Assert.True(layer >= 0, $"{project} has no layer; give it one here and in ARCHITECTURE.md.");
            foreach (var reference in references)
                Assert.True(Array.IndexOf(Layers, reference) > layer, $"{project} uses {reference}, which stands above it.");
        }
    }

    [Fact]
    public void Bindings_use_nothing_of_ours()
    {
        Assert.Equal(["OpenCvSharp", "SkiaSharp", "TorchSharp"], Projects("bindings").Select(project => project.Name).Order());
        Assert.All(Projects("bindings"), project => Assert.Empty(project.References));
    }

    [Fact]
    public void Sources_are_the_same_for_both_bindings()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.DoesNotContain(File.ReadLines(source), line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_below_the_command_line_writes_to_the_console()
    {
        foreach (var layer in Layers.Skip(1))
        {
            foreach (var source in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", layer), "*.cs", SearchOption.AllDirectories))
                Assert.DoesNotContain("Console.", File.ReadAllText(source), StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<(string Name, IReadOnlyList<string> References)> Projects(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories).Select(path => (
            Path.GetFileNameWithoutExtension(path),
            (IReadOnlyList<string>)[.. XDocument.Load(path).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))]))];
}
