using Xunit.Abstractions;

namespace Seg.Cli.Tests;

/// <summary>Training on masks.</summary>
public sealed class SegmentationKillAndResumeTests(TrainedModel model, ITestOutputHelper output) : KillAndResumeTests(model, output), IClassFixture<TrainedModel>;
