namespace Seg.Train.Synthesis.Figures;

/// <summary>A place for figures to be in.</summary>
internal interface IStage
{
    Light Light { get; }

    /// <summary>The camera as the place suggests it; a scene may look further up or down.</summary>
    Camera Camera { get; }

    /// <summary>Height of the ground that is stood on.</summary>
    float Floor { get; }

    /// <summary>How far away figures may stand, in metres.</summary>
    float Depth { get; }

    /// <summary>Paints the place and what is in it, each thing before those that are nearer.</summary>
    void Draw(ScenePainter painter, float seconds, IReadOnlyList<ISceneItem> guests);
}
