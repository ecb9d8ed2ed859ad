namespace Seg.Train.Transforms;

/// <summary>How a training image is fitted before it is scaled at random.</summary>
public enum ImageFit
{
    /// <summary>It keeps its own size.</summary>
    None,

    /// <summary>Its longer side becomes the base size, its shape is kept: the official HRNet recipes.</summary>
    LongSide,

    /// <summary>Its shorter side becomes the base size, its shape is kept.</summary>
    ShortSide,

    /// <summary>It becomes as large as the crop, its shape is not kept: the official LIP recipe.</summary>
    Stretch,
}
