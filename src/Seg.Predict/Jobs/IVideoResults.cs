using OpenCvSharp;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Results of one video, frame by frame, as far as they depend on the frames before: legends, identities, sums.</summary>
internal interface IVideoResults<TResult>
{
    /// <summary>Takes in the next frame's result.</summary>
    void Add(TResult result);

    /// <summary>The result that was added last, with what the frames before it say of it.</summary>
    TResult Last { get; }

    /// <summary>A picture of a frame and the result that was added last.</summary>
    /// <param name="kind">One of <see cref="IPredictionTask{TResult}.VideoPictures"/>.</param>
    /// <param name="frame">CV_8UC3; left as it is.</param>
    /// <returns>CV_8UC3; of one kind all have the same size.</returns>
    Mat Draw(PredictionOutputs kind, Mat frame);

    /// <summary>Writes what was found in all frames, as JSON; only where <see cref="PredictRequest.Save"/> has that.</summary>
    void WriteReport(string path, string source, VideoResult video);
}
