namespace Seg.Models.Configuration;

/// <summary>How the 3x3 max pooling of stride 2 at the end of a ResNet's stem treats the borders.</summary>
public enum StemPooling
{
    /// <summary>One position of padding on every side: an extent n becomes ⌈n / 2⌉. torchvision, and all codes but SKNet's.</summary>
    Padded,

    /// <summary>
    /// No padding, and windows may reach over the far border: n becomes ⌈(n - 1) / 2⌉, which for even n is the same. SKNet's, in Caffe.
    /// </summary>
    RoundedUp,
}
