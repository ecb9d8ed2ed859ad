using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Codecs;

/// <summary>
/// How keypoints become what a network is to give, and how what it gives becomes keypoints: encode, decode, the flip test and the crop,
/// which must agree.
/// </summary>
/// <remarks>Instances hold no state and may be used by any number of threads.</remarks>
public abstract class KeypointCodec
{
    private readonly double padding;
    private readonly int targetLength, scratchLength;
    private readonly int[] mirrored;

    /// <param name="inputSize">Of the network, in pixels.</param>
    /// <param name="keypoints">What is encoded, in the order of the output channels.</param>
    /// <param name="padding">What the extents of a person's box are multiplied by in a crop.</param>
    /// <param name="targetShape">Of one keypoint.</param>
    /// <param name="scratchLength">Numbers that encoding or decoding one keypoint needs room for beside its own.</param>
    private protected KeypointCodec(
        (int Height, int Width) inputSize, KeypointSet keypoints, double padding, int[] targetShape, int scratchLength)
    {
        (InputSize, Keypoints, this.padding, this.scratchLength) = (inputSize, keypoints, padding, scratchLength);
        TargetShape = [keypoints.Count, .. targetShape];
        targetLength = targetShape.Aggregate((product, extent) => product * extent);
        mirrored = keypoints.Mirrored;
    }

    /// <summary>Of the network's input, in pixels.</summary>
    public (int Height, int Width) InputSize { get; }

    public KeypointSet Keypoints { get; }

    /// <summary>Shape of one person's targets and of the network's output for one person, without the batch: keypoints first.</summary>
    public int[] TargetShape { get; }

    /// <summary>Writes what the network is to give for a person. Allocates nothing.</summary>
    /// <param name="keypoints">In input pixels, one a keypoint of the set.</param>
    /// <param name="targets">All numbers of <see cref="TargetShape"/>; what was in them does not matter.</param>
    /// <param name="weights">
    /// One a keypoint: 1 where it counts in the loss, 0 where it is not labelled or too far outside the input.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Encode(ReadOnlySpan<LabelledKeypoint> keypoints, Span<float> targets, Span<float> weights)
    {
        var (count, length) = (Keypoints.Count, targetLength);
        if (keypoints.Length != count || weights.Length != count || targets.Length != count * length)
        {
            throw new ArgumentException(
                $"{keypoints.Length} keypoints, {weights.Length} weights and {targets.Length} targets; " +
                $"must be {count}, {count} and {count * length}.");
        }
        targets.Clear();
        var scratch = ArrayPool<float>.Shared.Rent(scratchLength);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var (x, y, _) = keypoints[i];
                var counts = keypoints[i].IsLabelled && float.IsFinite(x) && float.IsFinite(y)
                    && EncodeOne(x, y, targets.Slice(i * length, length), scratch);
                weights[i] = counts ? 1 : 0;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    /// <summary>Finds the keypoints in a network's output.</summary>
    /// <param name="output">The network's main output, floating-point (N, …<see cref="TargetShape"/>), on any device.</param>
    /// <returns>For each of the N persons one a keypoint, in input pixels.</returns>
    /// <exception cref="ArgumentException">The output has another shape.</exception>
    public Keypoint[][] Decode(Tensor output)
    {
        RequireShape(output);
        using var scope = NewDisposeScope();
        var numbers = output.detach().to_type(ScalarType.Float32).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(numbers.bytes);
        var (count, length) = (Keypoints.Count, targetLength);
        var persons = new Keypoint[output.shape[0]][];
        var scratch = ArrayPool<float>.Shared.Rent(scratchLength);
        try
        {
            for (var person = 0; person < persons.Length; person++)
            {
                persons[person] = new Keypoint[count];
                for (var i = 0; i < count; i++)
                    persons[person][i] = DecodeOne(values.Slice((person * count + i) * length, length), scratch);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
        return persons;
    }

    /// <summary>
    /// Turns the output for a mirrored input into one for the input itself, to be averaged with the output for that: mirrors it back and
    /// lets left and right change places.
    /// </summary>
    /// <param name="output">
    /// The network's main output for inputs whose columns are in reverse order, (N, …<see cref="TargetShape"/>).
    /// </param>
    /// <returns>A new tensor of the same shape, type and device.</returns>
    /// <exception cref="ArgumentException">The output has another shape.</exception>
    public Tensor FlipBack(Tensor output)
    {
        RequireShape(output);
        using var scope = NewDisposeScope();
        using var indices = tensor(mirrored, device: output.device);
        return Unmirror(output.index_select(1, indices)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The part of an image that the network is to see of a person: the box about its middle, brought to the input's aspect by widening or
    /// heightening it, and padded.
    /// </summary>
    /// <param name="box">Around the person, in image pixels.</param>
    /// <param name="rotation">Degrees; see <see cref="PersonCrop.Plain"/>.</param>
    /// <param name="scale">What the part's extents are multiplied by beside the padding: above 1 the person looks smaller.</param>
    /// <exception cref="ArgumentException">The box has no area, or a number in it is none.</exception>
    public PersonCrop CropOf(PersonBox box, double rotation = 0, double scale = 1)
    {
        double width = box.Width, height = box.Height;
        if (!(width > 0 && height > 0 && float.IsFinite(box.X + box.Y + box.Width + box.Height)))
        {
            throw new ArgumentException(
                $"A box of {box.Width} x {box.Height} pixels at ({box.X}, {box.Y}) cannot be cropped; width and height must be above 0.");
        }
        var aspect = (double)InputSize.Width / InputSize.Height;
        var extent = Math.Max(width, height * aspect) * padding * scale;
        return CropAround(box.X + width * 0.5, box.Y + height * 0.5, extent, rotation);
    }

    /// <summary>The part of an image that the network is to see, given by itself: nothing is padded.</summary>
    /// <param name="centerX">The middle of the part, in image pixels.</param>
    /// <param name="centerY">The middle of the part, in image pixels.</param>
    /// <param name="width">Extent of the part, in image pixels, above 0; its height follows from the input's aspect.</param>
    /// <param name="rotation">Degrees; see <see cref="PersonCrop.Plain"/>.</param>
    public virtual PersonCrop CropAround(double centerX, double centerY, double width, double rotation = 0) =>
        PersonCrop.Plain(centerX, centerY, width, rotation, InputSize);

    /// <summary>Writes one keypoint's targets, which are all 0.</summary>
    /// <param name="x">In input pixels.</param>
    /// <param name="y">In input pixels.</param>
    /// <returns>Whether the keypoint counts: false where it is too far outside.</returns>
    private protected abstract bool EncodeOne(float x, float y, Span<float> target, Span<float> scratch);

    /// <summary>Finds one keypoint, in input pixels.</summary>
    private protected abstract Keypoint DecodeOne(ReadOnlySpan<float> output, Span<float> scratch);

    /// <summary>Mirrors an output whose keypoints have changed places already.</summary>
    private protected abstract Tensor Unmirror(Tensor output);

    private void RequireShape(Tensor output)
    {
        if (output.Dimensions == 0 || !output.shape[1..].SequenceEqual(TargetShape.Select(extent => (long)extent)))
        {
            throw new ArgumentException(
                $"The network gives ({string.Join(", ", output.shape)}), but for inputs of {InputSize.Height} x {InputSize.Width} " +
                $"the codec needs (N, {string.Join(", ", TargetShape)}): model.codec, the input size and the network's stride must agree.");
        }
    }
}
