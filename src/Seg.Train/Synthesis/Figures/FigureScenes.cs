using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Synthesis.Figures;

/// <summary>
/// Draws people in rooms, parks and streets, and writes where each of COCO's 17 keypoints is. They stand in for a data set where there is
/// none, in COCO's layout.
/// </summary>
public static class FigureScenes
{
    /// <summary>Where boxes as of a detector stand, below the root; <c>{split}</c> is the split's name.</summary>
    public const string DetectionFile = "person_detection_results/{split}.json";

    /// <summary>The split that is held out: its folder, and its name in other files.</summary>
    public const string ValidationSplit = "val2017";

    // A scene's numbers come from (seed, stream, index), and each split has a stream of its own; other ones than those of the streets.
    private const int TrainStream = 16, ValStream = 17, VideoStream = 18;
    private const int IdsPerSplit = 1_000_000;

    /// <summary>
    /// Writes <c>SPLIT/000000000001.jpg</c>, <c>annotations/person_keypoints_SPLIT.json</c> and <c>person_detection_results/SPLIT.json</c>
    /// below a folder, for the splits train2017 and val2017, named as COCO's; ids of val2017 start at 1,000,001. Files that are there are
    /// replaced.
    /// </summary>
    /// <param name="root">Made where it is missing.</param>
    /// <param name="config">How many and how large.</param>
    /// <param name="progress">Is told how many scenes are done, of all splits together; from any thread.</param>
    /// <param name="cancellation">Ends it between two scenes; the annotations of a split are written when all of its pictures are
    /// there.</param>
    /// <exception cref="InputException">The config asks for what cannot be.</exception>
    /// <exception cref="IOException">A file cannot be written; those that are there are whole.</exception>
    public static void Write(string root, FigureConfig config, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        config.Check();
        var done = 0;
        foreach (var (split, stream, count) in (ReadOnlySpan<(string, int, int)>)[("train2017", TrainStream, config.Train),
            (ValidationSplit, ValStream, config.Val)])
        {
            if (count == 0)
                continue;
            foreach (var folder in (ReadOnlySpan<string>)[split, "annotations", "person_detection_results"])
                SceneFiles.MakeFolder(Path.Combine(root, folder));
            var pictures = new WrittenPicture[count];
            ParallelWork.Run(config.WorkerCount, count, cancellation, i =>
            {
                pictures[i] = WriteScene(Path.Combine(root, split), config, stream, i);
                progress?.Report(Interlocked.Increment(ref done));
            });
            KeypointFile.Write(Path.Combine(root, "annotations", $"person_keypoints_{split}.json"), config, pictures);
            KeypointFile.WriteDetections(Path.Combine(root, DetectionFile.Replace("{split}", split)), config, pictures);
        }
    }

    /// <summary>
    /// Writes people who walk past a camera as an MP4 or AVI file, and beside it what is known of each frame, as NAME.json in COCO's form,
    /// and boxes as of a detector, as NAME_boxes.json. The image ids of both are the frames' numbers from 0.
    /// </summary>
    /// <param name="path">Ends in .mp4 or .avi.</param>
    /// <param name="config">Seed, size (even numbers), people and threads.</param>
    /// <param name="seconds">Length, above 0.</param>
    /// <param name="framesPerSecond">Above 0.</param>
    /// <param name="progress">Is told how many frames are done.</param>
    /// <param name="cancellation">Ends it, and leaves no file.</param>
    /// <exception cref="InputException">The config, the length or the rate asks for what cannot be.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void WriteVideo(
        string path, FigureConfig config, double seconds = 5, double framesPerSecond = SceneSetConfig.FramesPerSecond,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        config.Check();
        var frames = SceneFiles.FrameCount(config, seconds, framesPerSecond);
        WalkScene scene = new(SceneRandom.Of(config.Seed, VideoStream, 0), config, (float)seconds);
        var pictures = new WrittenPicture[frames];
        SceneFiles.WriteVideo(path, config, frames, framesPerSecond, Draw, progress, cancellation);
        KeypointFile.Write(Path.ChangeExtension(path, ".json"), config, pictures);
        KeypointFile.WriteDetections(BoxesOf(path), config, pictures);

        byte[] Draw(int frame)
        {
            var (bgr, people) = scene.Draw(frame, (float)(frame / framesPerSecond));
            pictures[frame] = KeypointFile.Picture(config, frame, Path.GetFileName(path), frame, people);
            return bgr;
        }
    }

    /// <summary>The file of boxes that is written beside a video.</summary>
    public static string BoxesOf(string video) => Path.ChangeExtension(video, null) + "_boxes.json";

    private static WrittenPicture WriteScene(string folder, FigureConfig config, int stream, int index)
    {
        var (bgr, people) = new FigureScene(SceneRandom.Of(config.Seed, stream, index), config).Draw();
        var id = (stream - TrainStream) * IdsPerSplit + index + 1;
        var name = $"{id:000000000000}.jpg";
        using var image = SceneFiles.ToMat(config, MatType.CV_8UC3, bgr);
        ImageFile.Write(Path.Combine(folder, name), image);
        return KeypointFile.Picture(config, id, name, null, people);
    }
}
