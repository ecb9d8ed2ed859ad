namespace Seg.Train.Synthesis.Figures;

/// <summary>One scene with people who keep still: a place, a camera, and who is there.</summary>
internal sealed class FigureScene
{
    private readonly IStage stage;
    private readonly Camera camera;
    private readonly Film film;
    private readonly List<FigureItem> figures = [];

    public FigureScene(SceneRandom random, FigureConfig config)
    {
        stage = MakeStage(random, config.Width, config.Height);
        film = new Film(random);
        var people = random.Chance(0.45f) ? 1 : 1 + random.Integer(config.MostPeople);
        // The first person sets how large people are; the camera looks up or down so far that its feet are near the picture's foot,
        // or below it.
        var share = people == 1 ? random.Range(0.5f, 1.15f) : random.Range(0.45f, 0.9f);
        var distance = Math.Clamp(stage.Camera.Focal * 1.72f / (share * config.Height), 1.7f, stage.Depth);
        var feet = random.Chance(0.75f) ? random.Range(0.84f, 0.98f) : random.Range(0.98f, 1.3f);
        camera = stage.Camera with
        {
            Horizon = Math.Clamp(feet * config.Height - stage.Camera.Scale(distance) * stage.Camera.Height,
            -0.15f * config.Height, 0.7f * config.Height)
        };
        for (var i = 0; i < people; i++)
            Add(random, i == 0 ? distance : random.Range(distance * 0.85f, Math.Min(distance * 2.1f, stage.Depth)), alone: people == 1);
    }

    /// <summary>Paints it.</summary>
    /// <returns>The picture, three bytes a pixel (B, G, R), and what is known of the figures in it.</returns>
    public (byte[] Bgr, List<FigureTruth> Truth) Draw() => Draw(stage, camera, film, figures, frame: 0, seconds: 0);

    /// <summary>Paints figures in a place.</summary>
    public static (byte[] Bgr, List<FigureTruth> Truth) Draw(IStage stage, Camera camera, Film film, IReadOnlyList<FigureItem> figures,
        int frame, float seconds)
    {
        using ScenePainter painter = new(camera, stage.Light);
        stage.Draw(painter, seconds, figures);
        var (bgrx, labels) = painter.Finish();
        List<FigureTruth> truth = [];
        foreach (var figure in figures)
        {
            if (figure.Truth(camera, labels) is { } known)
                truth.Add(known);
        }
        return (film.Develop(bgrx, camera.ImageWidth, camera.ImageHeight, frame), truth);
    }

    public static IStage MakeStage(SceneRandom random, int width, int height) => random.Unit() switch
    {
        < 0.4f => new RoomStage(random, width, height),
        < 0.7f => new ParkStage(random, width, height),
        _ => new StreetStage(random, width, height),
    };

    private void Add(SceneRandom random, float z, bool alone)
    {
        var reach = alone ? 0.3f : 0.46f;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var column = camera.ImageWidth * (0.5f + random.Range(-reach, reach));
            var x = camera.X + (column - camera.VanishingX) * z / camera.Focal;
            // Nobody stands in another; who stands behind another may well be covered in part.
            if (figures.Any(other => MathF.Abs(other.Placement.X - x) < 0.7f && MathF.Abs(other.Placement.Z - z) < 0.55f))
                continue;
            var heading = random.Chance(0.55f) ? random.Around(0, 75) : random.Range(0, 360);
            figures.Add(new FigureItem(figures.Count, BodyBuild.Create(random), Dress.Create(random), Poses.Draw(random),
                new(x, z, heading), stage.Floor));
            return;
        }
    }
}
