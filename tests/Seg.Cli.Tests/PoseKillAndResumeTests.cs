using Xunit.Abstractions;

namespace Seg.Cli.Tests;

/// <summary>Training on keypoints.</summary>
public sealed class PoseKillAndResumeTests(TrainedPoseModel model, ITestOutputHelper output) : KillAndResumeTests(model, output), IClassFixture<TrainedPoseModel>;
