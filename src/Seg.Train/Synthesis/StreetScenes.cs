using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Synthesis;

/// <summary>
/// Draws street scenes with exact masks: road, pavement, houses, trees, poles, signs, vehicles and people in perspective, in four kinds of
/// light.
/// They stand in for a data set where there is none, in Cityscapes' layout and with its label ids.
/// </summary>
public static class StreetScenes
{
    /// <summary>The name that stands where Cityscapes has that of a city.</summary>
    public const string City = "synth";

    // A scene's numbers come from (seed, stream, index), and each split has a stream of its own.
    private const int TrainStream = 0, ValStream = 1, TestStream = 2, VideoStream = 3;
    private const float ViewDistance = 160;                 // metres

    /// <summary>
    /// Writes <c>leftImg8bit/SPLIT/synth/synth_000000_000019_leftImg8bit.png</c> and
    /// <c>gtFine/SPLIT/synth/synth_000000_000019_gtFine_labelIds.png</c>
    /// and <c>_color.png</c> below a folder, numbered from 0 in every split. Files that are there are replaced.
    /// </summary>
    /// <param name="root">Made where it is missing.</param>
    /// <param name="config">How many and how large.</param>
    /// <param name="progress">Is told how many scenes are done, of all splits together; from any thread.</param>
    /// <param name="cancellation">Ends it between two scenes.</param>
    /// <exception cref="InputException">The config asks for what cannot be.</exception>
    /// <exception cref="IOException">A file cannot be written; those that are there are whole.</exception>
    public static void Write(string root, SynthConfig config, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        config.Check();
        var scenes = Split("train", TrainStream,
            config.Train).Concat(Split("val", ValStream, config.Val)).Concat(Split("test", TestStream, config.Test)).ToArray();
        foreach (var (split, _, _) in scenes.DistinctBy(scene => scene.Split))
        {
            SceneFiles.MakeFolder(Path.Combine(root, "leftImg8bit", split, City));
            SceneFiles.MakeFolder(Path.Combine(root, "gtFine", split, City));
        }
        var done = 0;
        ParallelWork.Run(config.WorkerCount, scenes.Length, cancellation, i =>
        {
            var (split, stream, index) = scenes[i];
            WriteScene(root, split, index, config, stream);
            progress?.Report(Interlocked.Increment(ref done));
        });
    }

    /// <summary>Draws one scene of the split "train".</summary>
    /// <returns>The picture, BGR CV_8UC3, and the mask of Cityscapes' label ids, CV_8UC1, both of the config's size.</returns>
    /// <exception cref="InputException">The config asks for what cannot be.</exception>
    public static (Mat Image, Mat Labels) Render(SynthConfig config, int index)
    {
        config.Check();
        return Render(config, TrainStream, index);
    }

    /// <summary>Writes a drive along one street, with traffic, as an MP4 or AVI file.</summary>
    /// <param name="path">Ends in .mp4 or .avi.</param>
    /// <param name="config">Seed, size (even numbers), classes and threads.</param>
    /// <param name="seconds">Length of the drive, above 0.</param>
    /// <param name="framesPerSecond">Above 0.</param>
    /// <param name="progress">Is told how many frames are done.</param>
    /// <param name="cancellation">Ends it, and leaves no file.</param>
    /// <exception cref="InputException">The config, the length or the rate asks for what cannot be.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteVideo(
        string path, SynthConfig config, double seconds = 5, double framesPerSecond = SceneSetConfig.FramesPerSecond,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        config.Check();
        var frames = SceneFiles.FrameCount(config, seconds, framesPerSecond);
        var random = SceneRandom.Of(config.Seed, VideoStream, 0);
        // Traffic comes from as far as it drives while the camera goes.
        Street street = new(random, config.Classes, config.Width, config.Height, ViewDistance + 2 * Street.MostSpeed * (float)seconds);
        Film film = new(random);
        SceneFiles.WriteVideo(path, config, frames, framesPerSecond, i =>
            Draw(street, film, i, (float)(i / framesPerSecond)).Bgr, progress, cancellation);
    }

    private static IEnumerable<(string Split, int Stream, int Index)> Split(string name, int stream, int count) =>
        Enumerable.Range(0, count).Select(index => (name, stream, index));

    private static void WriteScene(string root, string split, int index, SynthConfig config, int stream)
    {
        var (image, labels) = Render(config, stream, index);
        using (image)
        using (labels)
        using (var colors = Colored(labels))
        {
            var name = $"{City}_{index:000000}_000019";     // 19: the frame of each of Cityscapes' snippets that is labelled
            ImageFile.Write(Path.Combine(root, "gtFine", split, City, name + "_gtFine_labelIds.png"), labels);
            ImageFile.Write(Path.Combine(root, "gtFine", split, City, name + "_gtFine_color.png"), colors);
            // The picture last: a data set is listed by its pictures, and one that is there has its mask.
            ImageFile.Write(Path.Combine(root, "leftImg8bit", split, City, name + "_leftImg8bit.png"), image);
        }
    }

    private static (Mat Image, Mat Labels) Render(SynthConfig config, int stream, int index)
    {
        var random = SceneRandom.Of(config.Seed, stream, index);
        Street street = new(random, config.Classes, config.Width, config.Height, ViewDistance);
        var (bgr, labels) = Draw(street, new Film(random), 0, 0);
        return (SceneFiles.ToMat(config, MatType.CV_8UC3, bgr), SceneFiles.ToMat(config, MatType.CV_8UC1, labels));
    }

    private static (byte[] Bgr, byte[] Labels) Draw(Street street, Film film, int frame, float seconds)
    {
        var camera = street.Camera with { Z = street.Speed * seconds };
        using ScenePainter painter = new(camera, street.Light);
        street.Draw(painter, seconds);
        var (bgrx, labels) = painter.Finish();
        return (film.Develop(bgrx, camera.ImageWidth, camera.ImageHeight, frame), labels);
    }

    private static Mat Colored(Mat labels)
    {
        labels.GetArray(out byte[] ids);
        var bgr = new byte[ids.Length * 3];
        for (var i = 0; i < ids.Length; i++)
        {
            var color = CityscapesId.Colors[ids[i]];
            (bgr[3 * i], bgr[3 * i + 1], bgr[3 * i + 2]) = (color.B, color.G, color.R);
        }
        using var lent = Mat.FromPixelData(labels.Rows, labels.Cols, MatType.CV_8UC3, bgr);
        return lent.Clone();
    }
}
