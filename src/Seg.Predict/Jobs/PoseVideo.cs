using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Persons of one video, followed and smoothed where that is asked for.</summary>
/// <param name="frameRate">Frames a second.</param>
/// <param name="keepsFrames">Whether there will be a report; else a stream without end takes no more memory as it goes on.</param>
internal sealed class PoseVideo(
    KeypointSet keypoints, PoseOverlay overlay, PoseRequest request, double frameRate, bool keepsFrames) : IVideoResults<Person[]>
{
    private const double SecondsToWait = 1;                     // for a person who is not seen

    private readonly PersonTracker tracker = new(keypoints.Sigmas, new PersonTrackerOptions { TimeOut = FramesToWait(frameRate) });
    private readonly PoseSmoother smoother = new(frameRate, FramesToWait(frameRate));
    private readonly List<Person[]> frames = [];

    public void Add(Person[] result)
    {
        var persons = result;
        if (request.Track || request.Smooth)
            persons = tracker.Next(persons);
        if (request.Smooth)
            persons = smoother.Next(persons);                   // knows persons by their tracks
        if (!request.Track)
            persons = [.. persons.Select(person => person with { TrackId = null })];
        Last = persons;
        if (keepsFrames)
            frames.Add(persons);
    }

    public Person[] Last { get; private set; } = [];

    public Mat Draw(PredictionOutputs kind, Mat frame) =>
        kind == PredictionOutputs.SideBySide ? overlay.DrawBeside(frame, Last) : overlay.Draw(frame, Last);

    public void WriteReport(string path, string source, VideoResult video) => PoseReport.Write(path, source, video, frames, keypoints);

    private static int FramesToWait(double frameRate) => Math.Max(1, (int)Math.Round(SecondsToWait * frameRate));
}
