namespace Seg.Train.Synthesis;

/// <summary>Which classes scenes hold.</summary>
public enum SceneClasses
{
    /// <summary>
    /// Road, pavement, buildings, sky, vegetation, poles, traffic signs, cars and people: what a few minutes of training can learn.
    /// </summary>
    Main,

    /// <summary>Besides these walls, fences, traffic lights, terrain, riders, bicycles, trucks and buses: rarer, and harder.</summary>
    All,
}
