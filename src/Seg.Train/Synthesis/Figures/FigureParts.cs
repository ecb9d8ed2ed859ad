using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Makes the parts of a figure from its joints.</summary>
internal sealed class FigureParts(Body body, Dress dress, Func<Vector3, Vector3> toScene)
{
    private readonly float height = body.Build.Height, girth = body.Build.Girth;

    public List<BodyPart> Make()
    {
        List<BodyPart> parts =
        [
            Pelvis(), Chest(),
            Part(BodyPartKind.Neck, Tint.Times(dress.Skin, 0.9f), Ball(body.OnChest(0, -0.01f * height, 0), 0.033f),
                Ball(body.OnHead(0, -0.75f, -0.12f), 0.03f)),
            Part(BodyPartKind.Head, dress.Skin, Ball(body.OnHead(0, 0.06f, -0.04f), 0.057f),
                Ball(body.OnHead(0, -0.85f, 0.32f), 0.034f)) with { Nearer = 0.02f },
        ];
        AddLimbs(parts, body.Left, BodyPartKind.LeftUpperArm, BodyPartKind.LeftThigh);
        AddLimbs(parts, body.Right, BodyPartKind.RightUpperArm, BodyPartKind.RightThigh);
        if (dress.Legs == Dress.Legwear.Skirt)
            parts.Add(Skirt());
        if (dress.Head == Dress.Headwear.LongHair)
        {
            parts.Add(Part(BodyPartKind.LongHair, Tint.Times(dress.Hair, 0.92f), Ball(body.OnHead(0.42f, 0.1f, -0.5f), 0.036f),
                Ball(body.OnHead(-0.42f, 0.1f, -0.5f), 0.036f),
                Ball(body.OnHead(0.5f, -1.9f, -0.72f), 0.026f), Ball(body.OnHead(-0.5f, -1.9f, -0.72f), 0.026f)) with
            { Nearer = -0.01f });
        }
        if (dress.Backpack)
        {
            var back = -0.088f * height;
            parts.Add(Part(BodyPartKind.Backpack, dress.Accent,
                Ball(body.OnChest(0.03f * height, -0.05f * height, back), 0.042f),
                Ball(body.OnChest(-0.03f * height, -0.05f * height, back), 0.042f),
                Ball(body.OnChest(0.034f * height, -0.19f * height, back), 0.048f),
                Ball(body.OnChest(-0.034f * height, -0.19f * height, back), 0.048f)));
        }
        return parts;
    }

    private BodyPart Pelvis() => Part(BodyPartKind.Pelvis, dress.Trousers,
        Ball(Side(body.Waist, 0.042f), 0.053f * girth), Ball(Side(body.Waist, -0.042f), 0.053f * girth),
        Ball(body.Left.Hip, 0.06f * girth), Ball(body.Right.Hip, 0.06f * girth));

    private BodyPart Chest() => Part(BodyPartKind.Chest, dress.Shirt,
        Ball(body.OnChest(0.78f * body.Build.ShoulderHalf, -0.036f * height, 0), 0.044f),
        Ball(body.OnChest(-0.78f * body.Build.ShoulderHalf, -0.036f * height, 0), 0.044f),
        Ball(body.OnChest(0.042f * height, -0.09f * height, 0.012f * height), 0.056f * girth),
        Ball(body.OnChest(-0.042f * height, -0.09f * height, 0.012f * height), 0.056f * girth),
        Ball(Side(body.Waist, 0.042f), 0.055f * girth), Ball(Side(body.Waist, -0.042f), 0.055f * girth)) with
    { Nearer = 0.03f };

    private BodyPart Skirt()
    {
        var (left, right) = (Vector3.Lerp(body.Left.Hip, body.Left.Knee, 0.72f), Vector3.Lerp(body.Right.Hip, body.Right.Knee, 0.72f));
        return Part(BodyPartKind.Skirt, dress.Trousers, Ball(Side(body.Waist, 0.03f), 0.055f * girth),
            Ball(Side(body.Waist, -0.03f), 0.055f * girth),
            Ball(left, 0.072f), Ball(right, 0.072f)) with
        { Nearer = 0.08f };
    }

    private void AddLimbs(List<BodyPart> parts, Body.Half half, BodyPartKind upperArm, BodyPartKind thigh)
    {
        // The kinds of one side follow each other in steps of two.
        var (forearm, hand, shin, foot) = (upperArm + 2, upperArm + 4, thigh + 2, thigh + 4);
        var sleeved = dress.Arms == Dress.Sleeves.Long;
        Sphere[] arm = [Ball(half.Shoulder, 0.032f), Ball(half.Elbow, 0.024f)];
        parts.Add(Part(upperArm, sleeved ? dress.Shirt : dress.Skin, arm) with
        {
            Nearer = 0.02f,
            Cover = dress.Arms == Dress.Sleeves.Short ? Part(upperArm, dress.Shirt, Wider(arm[0]),
                Wider(Sphere.Lerp(arm[0], arm[1], 0.6f))) : null,
        });
        parts.Add(Part(forearm, sleeved ? dress.Shirt : dress.Skin, Ball(half.Elbow, 0.024f),
            Ball(half.Wrist, sleeved ? 0.019f : 0.016f)) with
        { Nearer = 0.02f });
        parts.Add(Part(hand, dress.Skin, Ball(half.Wrist, 0.015f), Ball(Vector3.Lerp(half.Wrist, half.Fingers, 0.6f), 0.019f),
            Ball(half.Fingers, 0.013f)) with
        { Nearer = 0.03f });

        var (covered, bare) = (dress.Legs == Dress.Legwear.Trousers, dress.Legs == Dress.Legwear.Skirt);
        Sphere[] leg = [Ball(half.Hip, 0.057f * girth), Ball(half.Knee, 0.035f)];
        parts.Add(Part(thigh, covered ? dress.Trousers : dress.Skin, leg) with
        {
            Cover = covered || bare ? null : Part(thigh, dress.Trousers, leg[0], Wider(Sphere.Lerp(leg[0], leg[1], 0.75f))),
        });
        var calf = Vector3.Lerp(half.Knee, half.Ankle, 0.3f);
        parts.Add(Part(shin, covered ? dress.Trousers : dress.Skin, Ball(half.Knee, 0.034f), Ball(calf, 0.032f),
            Ball(half.Ankle, covered ? 0.027f : 0.021f)));
        parts.Add(Part(foot, dress.Shoes, Ball(half.Ankle, 0.019f), Ball(half.Heel, 0.021f),
            Ball(half.Toe, 0.015f)) with
        { Nearer = covered ? -0.02f : 0.01f });
    }

    private BodyPart Part(BodyPartKind kind, SKColor color, params Sphere[] spheres) =>
        new(kind, Array.ConvertAll(spheres, sphere => sphere with { Center = toScene(sphere.Center) }), color);

    /// <param name="center">In the body's frame.</param>
    /// <param name="share">Radius as a share of the body's height.</param>
    private Sphere Ball(Vector3 center, float share) => new(center, share * height);

    private Vector3 Side(Vector3 middle, float share) => middle + Vector3.Transform(new(share * height, 0, 0), body.ChestTurn);

    private Sphere Wider(Sphere sphere) => sphere with { Radius = sphere.Radius + 0.006f * height };
}
