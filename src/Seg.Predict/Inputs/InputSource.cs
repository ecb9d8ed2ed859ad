using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Inputs;

/// <summary>Turns what a user names (files, folders, patterns, lists, streams) into the images and videos to predict.</summary>
public sealed class InputSource
{
    private const char ListMark = '@';
    private const string StandardInput = "-", StandardInputName = "standard input";

    private readonly FileInputs files;
    private readonly RealPaths paths = new();
    private readonly Stream? standardInput;
    private readonly HashSet<string> seen = [];
    private readonly List<InputItem> found = [];

    private InputSource(string? outputFolder, IReadOnlyCollection<string> resultEndings, Stream? standardInput)
    {
        this.standardInput = standardInput;
        files = new FileInputs(new EarlierResults(outputFolder, resultEndings, paths), paths);
    }

    /// <summary>
    /// Finds the images and videos behind each input, in the order of the inputs, those of a folder or pattern in the order of their names.
    /// </summary>
    /// <param name="inputs">
    /// Files; folders, searched with their subfolders, whose structure the names keep; patterns with *, ? and ** (any number of folders);
    /// cameras (<c>camera:0</c>) and addresses of streams (<c>rtsp://…</c>); lists of all these (<c>@files.txt</c>), a line each, relative to
    /// the list; <c>-</c> for standard input: an image where it begins as one, else a list relative to the current folder. A file that is
    /// named twice is taken once. A line of a list that names nothing is an item with a fault.
    /// </param>
    /// <param name="outputFolder">Where results will go; see <see cref="EarlierResults"/>.</param>
    /// <param name="standardInput">What <c>-</c> stands for; null: it cannot be named.</param>
    /// <param name="resultEndings">What results' names have after the input's: "_overlay".</param>
    /// <exception cref="InputException">An input does not exist, matches nothing, holds no image or video, or is neither.</exception>
    public static IReadOnlyList<InputItem> Find(
        IReadOnlyList<string> inputs, string? outputFolder = null, Stream? standardInput = null,
        IReadOnlyCollection<string>? resultEndings = null)
    {
        if (inputs.Count == 0)
            throw new InputException("There is no input: name image files, video files, folders or patterns such as 'photos/*.jpg'.");
        InputSource source = new(outputFolder, resultEndings ?? [], standardInput);
        foreach (var input in inputs)
            source.Add(input);
        var names = OutputNames.MakeUnique([.. source.found.Select(item => (item.Path, item.Name))]);
        return [.. source.found.Select((item, index) => item with { Name = names[index] })];
    }

    private void Add(string input)
    {
        if (input == StandardInput)
            AddStandardInput();
        else if (input.StartsWith(ListMark))
            AddList(InputList.ReadFile(input[1..]), Path.GetDirectoryName(input[1..]) is { Length: > 0 } folder ? folder : ".");
        else
            AddOne(input, folder: null);
    }

    private void AddOne(string input, string? folder)
    {
        if (StreamAddress.TryParse(input) is { } stream)
        {
            if (seen.Add(stream.Address ?? stream.Shown))
                found.Add(new InputItem(stream.Shown, IsVideo: true, stream.Name) { Stream = stream });
            return;
        }
        foreach (var file in files.Expand(input, folder))
        {
            if (!seen.Add(paths.OfFile(file.Path)))
                continue;
            var isVideo = FileKind.IsVideo(file.Path)
                ?? throw new InputException($"'{file.Path}' is neither an image nor a video of a known kind ({FileKind.KnownExtensions}).");
            found.Add(new InputItem(file.Path, isVideo, file.Name));
        }
    }

    /// <summary>What one line names wrongly does not keep the others from being predicted.</summary>
    private void AddList(IReadOnlyList<ListEntry> entries, string folder)
    {
        foreach (var entry in entries)
        {
            try
            {
                if (entry.Text == StandardInput || entry.Text.StartsWith(ListMark))
                    throw new InputException($"'{entry.Text}' is a list within a list; name its paths here.");
                AddOne(entry.Text, folder);
            }
            catch (InputException fault)
            {
                InputException placed = new($"{entry}: {fault.Message}", fault);
                found.Add(new InputItem(entry.Text, IsVideo: false, $"line_{entry.Line}") { Fault = placed });
            }
        }
    }

    private void AddStandardInput()
    {
        if (standardInput is null)
            throw new InputException("There is no standard input here; name files.");
        if (!seen.Add(StandardInput))
            throw new InputException("Standard input ('-') can be named once.");
        using MemoryStream all = new();
        standardInput.CopyTo(all);
        var bytes = all.ToArray();
        if (bytes.Length == 0)
            throw new InputException("Standard input is empty; '-' takes an image, or a list of paths, one a line.");
        // Text could begin as a PNM does.
        if (ImageHeader.Read(bytes) is { Format: not ImageFormat.Pnm })
            found.Add(new InputItem(StandardInputName, IsVideo: false, "stdin") { Content = bytes });
        else if (FileKind.IsVideo(bytes) == true)
            throw new InputException("Standard input is a video, which must be a file or address; '-' takes an image or a list of paths.");
        else
            AddList(InputList.Parse(bytes, StandardInputName), ".");
    }
}
