namespace Seg.Train.Synthesis.Figures;

/// <summary>Cameras as people hold them.</summary>
internal static class StageCamera
{
    public static Camera Create(SceneRandom random, int width, int height) => new()
    {
        ImageWidth = width,
        ImageHeight = height,
        Focal = Math.Max(width, height) * random.Range(0.85f, 1.25f),
        VanishingX = width * random.Around(0.5f, 0.15f),
        Horizon = height * random.Around(0.42f, 0.1f),
        Height = random.Range(0.8f, 1.9f),
        X = 0,
        Tilt = random.Around(0, 4),
    };
}
