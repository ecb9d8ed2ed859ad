namespace Seg.Predict.Inputs;

/// <summary>One image or video to predict.</summary>
/// <param name="Path">Where it lies, as the user would recognise it.</param>
/// <param name="Name">Under which its results go: a relative path with '/' and no extension, unlike that of every other item.</param>
public sealed record InputItem(string Path, bool IsVideo, string Name);
