namespace Seg.Train.Synthesis.Figures;

/// <summary>People who walk through one place past a camera that stands still.</summary>
internal sealed class WalkScene
{
    private readonly IStage stage;
    private readonly Camera camera;
    private readonly Film film;
    private readonly Walker[] walkers;

    /// <param name="random">Where everything comes from.</param>
    /// <param name="config">Size, and how many walk.</param>
    /// <param name="seconds">Length: half-way all are in the middle.</param>
    public WalkScene(SceneRandom random, FigureConfig config, float seconds)
    {
        do
        {
            stage = random.Chance(0.5f) ? new ParkStage(random, config.Width, config.Height)
                : new StreetStage(random, config.Width, config.Height);
        }
        while (stage.Light.LightsOn);                      // by day: what a video is for can be seen
        film = new Film(random);
        camera = stage.Camera with { Tilt = 0, Horizon = config.Height * 0.36f, Height = 1.5f, VanishingX = config.Width * 0.5f };
        walkers = new Walker[Math.Min(4, config.MostPeople)];
        for (var i = 0; i < walkers.Length; i++)
            walkers[i] = Walker.Create(random, camera, distance: camera.Focal * 1.7f / config.Height * (1.25f + 0.45f * i),
                rightwards: i % 2 == 0, seconds);
    }

    /// <summary>Paints one frame.</summary>
    public (byte[] Bgr, List<FigureTruth> Truth) Draw(int frame, float seconds)
    {
        var figures = new FigureItem[walkers.Length];
        for (var i = 0; i < figures.Length; i++)
            figures[i] = walkers[i].At(i, seconds, stage.Floor);
        return FigureScene.Draw(stage, camera, film, figures, frame, seconds);
    }

    /// <summary>Somebody who walks along a straight line.</summary>
    private sealed record Walker(BodyBuild Build, Dress Dress, float X, float Z, float Heading, float Speed, float Phase, ArmPose? Greeting)
    {
        public static Walker Create(SceneRandom random, Camera camera, float distance, bool rightwards, float seconds)
        {
            var heading = (rightwards ? 1 : -1) * random.Around(78, 28);
            var speed = random.Range(0.95f, 1.45f);
            var middle = camera.X + (random.Range(0.38f, 0.62f) - 0.5f) * camera.ImageWidth * distance / camera.Focal;
            var (sine, cosine) = MathF.SinCos(heading * MathF.PI / 180);
            return new(BodyBuild.Create(random), Dress.Create(random) with { Legs = Dress.Legwear.Trousers },
                middle - sine * speed * seconds / 2, distance + cosine * speed * seconds / 2,
                heading, speed, random.Unit() * MathF.Tau, random.Chance(0.35f) ? new ArmPose(10, 80, -75, 70) : null);
        }

        public FigureItem At(int number, float seconds, float floor)
        {
            var way = Speed * seconds;
            var (sine, cosine) = MathF.SinCos(Heading * MathF.PI / 180);
            // Two steps of 0.41 body heights each in one turn of the phase.
            var pose = Poses.Walking(Phase + MathF.Tau * way / (0.82f * Build.Height), Speed / 1.25f);
            if (Greeting is { } arm)
                pose = pose with { LeftArm = arm with { Elbow = arm.Elbow + 25 * MathF.Sin(seconds * 9) } };
            return new FigureItem(number, Build, Dress, pose.Limited(), new(X + sine * way, Math.Max(Z - cosine * way, 1.9f), Heading),
                floor);
        }
    }
}
