using Seg.Models;
using Seg.Models.Codecs;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>Augmented whole images: what the codec encodes of everybody in them as targets, and what each number of that counts.</summary>
internal sealed class SceneSource : IBatchSource
{
    private readonly SceneDataset scenes;
    private readonly SceneTransform transform;

    /// <exception cref="InputException">There are no images with people.</exception>
    public SceneSource(SceneDataset scenes, SceneAugmentationConfig augmentation, Normalization normalization, DekrCodec codec)
    {
        if (scenes.Count == 0)
            throw new InputException("The data set has no images with people to train on.");
        this.scenes = scenes;
        transform = new SceneTransform(augmentation, normalization, codec);
        TensorLayout maps = new(ScalarType.Float32, [.. codec.TargetShape((augmentation.Size[0], augmentation.Size[1])).Select(extent => (long)extent)]);
        Layout = new(augmentation.Size[0], augmentation.Size[1], maps, maps);
    }

    public int Count => scenes.Count;

    public BatchLayout Layout { get; }

    public string Name(int index) => scenes[index].ImagePath;

    public void Fill(int index, SplitMix64 random, BatchBuffer buffer, int sample)
    {
        using var scene = scenes.Read(index);
        transform.Apply(scene, random, buffer.Image(sample), buffer.Main<float>(sample), buffer.Weights(sample));
    }
}
