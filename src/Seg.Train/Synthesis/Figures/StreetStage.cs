namespace Seg.Train.Synthesis.Figures;

/// <summary>A street of <see cref="StreetScenes"/> without its own people and traffic.</summary>
internal sealed class StreetStage(SceneRandom random, int width, int height) : IStage
{
    private const float ViewDistance = 120;

    private readonly Street street = new(random, SceneClasses.Main, width, height, ViewDistance, busy: false);

    public Light Light => street.Light;

    public Camera Camera => street.Camera;

    public float Floor => 0;

    public float Depth => 11;

    public void Draw(ScenePainter painter, float seconds, IReadOnlyList<ISceneItem> guests) => street.Draw(painter, seconds, guests);
}
