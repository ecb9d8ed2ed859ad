using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Whole images with everybody in them, one an item, with decoded images kept as far as memory for them is given. Several threads may read at a time.</summary>
/// <param name="scenes">The items.</param>
/// <param name="keypoints">Of everybody.</param>
/// <param name="cacheBytes">Memory for decoded images; 0 keeps none.</param>
/// <param name="skipFaulty">Whether the next image is read in the place of a faulty one, which is told once.</param>
internal sealed class SceneDataset(IReadOnlyList<SceneAnnotation> scenes, KeypointSet keypoints, long cacheBytes, bool skipFaulty) : IDisposable
{
    private readonly MatCache cache = new(cacheBytes);
    private readonly FaultTolerance faults = new(scenes.Count, "images");

    /// <summary>Images.</summary>
    public int Count => scenes.Count;

    public KeypointSet Keypoints => keypoints;

    /// <summary>What is known of an item, without its image.</summary>
    public SceneAnnotation this[int index] => scenes[index];

    /// <summary>The image; the next one that can be read where it is faulty and such are skipped.</summary>
    /// <exception cref="InputException">The image is unreadable or not of the annotated size, or too many are.</exception>
    public SceneSample Read(int index) => skipFaulty ? faults.Read(index, ReadExactly, item => scenes[item].ImagePath) : ReadExactly(index);

    /// <summary>As <see cref="Read"/>, but null where the image is faulty and such are skipped.</summary>
    /// <exception cref="InputException">The image is unreadable or not of the annotated size, or too many are.</exception>
    public SceneSample? ReadOrSkip(int index) => skipFaulty ? faults.ReadOrSkip(index, ReadExactly) : ReadExactly(index);

    /// <summary>What is wrong with the images that have turned out faulty since the last call, one line each.</summary>
    public IReadOnlyList<string> TakeUntold() => faults.TakeUntold();

    public void Dispose() => cache.Dispose();

    private SceneSample ReadExactly(int index)
    {
        var scene = scenes[index];
        var image = cache.Read(index, item => [ImageFile.ReadColor(scenes[item].ImagePath)])[0];
        if (scene.ImageSize is not { } size || size == (image.Cols, image.Rows))
            return new SceneSample(image, scene);
        var found = (image.Cols, image.Rows);
        image.Dispose();
        throw new InputException($"'{scene.ImagePath}' is {found.Cols} x {found.Rows} pixels, but its annotations are for {size.Width} x {size.Height}; " +
            "take the image that they were made for.");
    }
}
