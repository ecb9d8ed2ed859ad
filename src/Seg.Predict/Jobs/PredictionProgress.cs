namespace Seg.Predict.Jobs;

/// <summary>How far a prediction is.</summary>
/// <param name="Done">Inputs that are done, this one included once it is.</param>
/// <param name="Total">Inputs in all.</param>
/// <param name="Path">The input that this report is about.</param>
/// <param name="Frame">Of a video: frames written so far; else 0.</param>
/// <param name="Frames">Of a video: frames that are to come in all, 0 where unknown; else 0.</param>
/// <param name="Unreadable">Inputs among those done that could not be read, or that the network does not take.</param>
/// <param name="Part">Of an image that takes long: the part of it that is done, 0–1; else 0.</param>
public sealed record PredictionProgress(
    int Done, int Total, string Path, int Frame = 0, int Frames = 0, int Unreadable = 0, double Part = 0);
