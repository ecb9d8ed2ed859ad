using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>One kind of file that is made of label maps.</summary>
internal abstract class SegmentationOutput : IDisposable
{
    /// <summary>Writes what there is to write of one image.</summary>
    /// <param name="image">One that can be read.</param>
    public abstract void Write(SourceImage image, LabelMap map, ResultFiles files);

    /// <summary>Writes what tells of all images together; called once, after all of them and before the videos.</summary>
    public virtual void Finish(ResultFiles files)
    {
        // Most files tell of one image alone.
    }

    public virtual void Dispose()
    {
        // Most hold nothing.
    }
}
