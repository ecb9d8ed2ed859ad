namespace Seg.Train.Synthesis.Figures;

/// <summary>What people do in pictures, each time a little otherwise.</summary>
internal static class Poses
{
    /// <summary>Standing, walking, running, sitting, jumping, crouching, bending or stepping out, with any gesture of the arms that goes
    /// with it.</summary>
    public static BodyPose Draw(SceneRandom random)
    {
        var kind = random.Unit();
        var pose = kind switch
        {
            < 0.32f => Standing(random),
            < 0.48f => Walking(random.Unit() * MathF.Tau, random.Range(0.7f, 1.25f)),
            < 0.58f => Running(random),
            < 0.73f => Sitting(random),
            < 0.83f => Jumping(random),
            < 0.90f => Crouching(random),
            < 0.95f => Bending(random),
            _ => Lunging(random),
        };
        pose = pose with
        {
            SideLean = pose.SideLean + random.Around(0, 8),
            Twist = pose.Twist + random.Around(0, 18),
            HeadTurn = random.Around(0, 50),
            HeadNod = pose.HeadNod + random.Around(4, 18),
            HeadTilt = random.Around(0, 14),
        };
        return (random.Chance(0.5f) ? pose.Mirrored() : pose).Limited();
    }

    /// <summary>A moment of walking.</summary>
    /// <param name="phase">Of the steps in radians: two steps in one turn, the left leg in front at a quarter of it.</param>
    /// <param name="stride">About 1.</param>
    public static BodyPose Walking(float phase, float stride)
    {
        var (sine, cosine) = MathF.SinCos(phase);
        return new BodyPose
        {
            Lean = 4,
            Twist = -6 * sine * stride,
            LeftLeg = Step(sine, cosine),
            RightLeg = Step(-sine, -cosine),
            LeftArm = new(-26 * sine * stride, 6, 8, 18 + 12 * Math.Max(0, -sine)),
            RightArm = new(26 * sine * stride, 6, 8, 18 + 12 * Math.Max(0, sine)),
        };

        // The leg that swings forwards bends its knee, so that its foot passes above the ground.
        LegPose Step(float forwards, float swing) =>
            new(27 * forwards * stride + 4, 2, 4, 7 + 46 * Math.Max(0, swing) * stride, 8 * Math.Max(0, -forwards));
    }

    /// <summary>One arm's gesture.</summary>
    public static ArmPose Gesture(SceneRandom random) => random.Unit() switch
    {
        // hanging
        < 0.30f => new(random.Around(2, 14), random.Range(3, 16), random.Around(10, 25), random.Range(6, 38)),
        // on the hip
        < 0.42f => new(random.Around(-15, 10), random.Around(45, 10), random.Around(80, 10), random.Around(92, 14)),
        // straight up
        < 0.55f => new(random.Around(160, 20), random.Around(8, 16), random.Around(0, 20), random.Range(3, 45)),
        // held out
        < 0.66f => new(random.Around(5, 20), random.Around(85, 24), random.Around(0, 40), random.Range(2, 35)),
        // waving
        < 0.76f => new(random.Around(5, 15), random.Around(85, 25), random.Around(-75, 15), random.Range(50, 120)),
        // pointing ahead
        < 0.86f => new(random.Around(80, 28), random.Around(6, 18), random.Around(10, 25), random.Range(0, 40)),
        // across the chest
        < 0.94f => new(random.Around(32, 14), random.Around(12, 10), random.Around(60, 20), random.Around(105, 20)),
        // at the head
        _ => new(random.Around(60, 18), random.Around(40, 16), random.Around(25, 20), random.Around(136, 12)),
    };

    private static BodyPose Standing(SceneRandom random)
    {
        var arm = Gesture(random);
        return new BodyPose
        {
            Lean = random.Around(2, 7),
            LeftArm = arm,
            RightArm = random.Chance(0.4f) ? arm : Gesture(random),
            LeftLeg = new(random.Around(2, 8), random.Range(0, 16), random.Range(0, 20), random.Range(0, 12), 0),
            RightLeg = new(random.Around(2, 10), random.Range(0, 16), random.Range(0, 20), random.Range(0, 22), 0),
        };
    }

    private static BodyPose Running(SceneRandom random)
    {
        var walk = Walking(random.Unit() * MathF.Tau, random.Range(1.4f, 1.9f));
        var bend = random.Range(70, 105);
        return walk with
        {
            Lean = random.Range(6, 20),
            LeftArm = walk.LeftArm with { Elbow = bend, Twist = 25 },
            RightArm = walk.RightArm with { Elbow = bend, Twist = 25 },
            Lift = random.Range(0, 0.05f),
        };
    }

    private static BodyPose Sitting(SceneRandom random)
    {
        var spread = random.Range(0, 18);
        return new BodyPose
        {
            Seated = true,
            Lean = random.Around(6, 20),
            LeftArm = Resting(random),
            RightArm = random.Chance(0.65f) ? Resting(random) : Gesture(random),
            LeftLeg = new(random.Around(87, 7), spread, random.Around(4, 8), random.Around(84, 18), 0),
            RightLeg = new(random.Around(87, 7), spread, random.Around(4, 8), random.Around(84, 18), 0),
        };
    }

    /// <summary>A hand on the thigh.</summary>
    private static ArmPose Resting(SceneRandom random) =>
        new(random.Around(28, 12), random.Around(8, 8), random.Around(12, 15), random.Around(48, 20));

    private static BodyPose Jumping(SceneRandom random)
    {
        if (random.Chance(0.5f))
        {
            // A jumping jack.
            var (arms, legs) = (random.Range(105, 165), random.Range(18, 42));
            return new BodyPose
            {
                LeftArm = new(0, arms, random.Around(0, 20), random.Range(0, 25)),
                RightArm = new(0, arms + random.Around(0, 12), random.Around(0, 20), random.Range(0, 25)),
                LeftLeg = new(random.Around(3, 8), legs, 10, random.Range(0, 15), 30),
                RightLeg = new(random.Around(3, 8), legs, 10, random.Range(0, 15), 30),
                Lift = random.Range(0.05f, 0.2f),
            };
        }
        return new BodyPose
        {
            Lean = random.Range(0, 25),
            LeftArm = Gesture(random),
            RightArm = new(random.Around(120, 50), random.Around(25, 20), 0, random.Range(0, 50)),
            LeftLeg = new(random.Range(20, 95), random.Range(0, 20), 5, random.Range(50, 120), 25),
            RightLeg = new(random.Range(0, 80), random.Range(0, 20), 5, random.Range(40, 115), 25),
            Lift = random.Range(0.08f, 0.28f),
        };
    }

    private static BodyPose Crouching(SceneRandom random)
    {
        var (flexion, spread) = (random.Range(85, 122), random.Range(5, 28));
        return new BodyPose
        {
            Lean = random.Range(15, 42),
            HeadNod = -18,
            LeftArm = new(random.Around(65, 25), random.Around(8, 10), 15, random.Range(5, 70)),
            RightArm = new(random.Around(65, 25), random.Around(8, 10), 15, random.Range(5, 70)),
            LeftLeg = new(flexion, spread, spread / 2, flexion + random.Range(5, 22), -15),
            RightLeg = new(flexion, spread, spread / 2, flexion + random.Range(5, 22), -15),
        };
    }

    private static BodyPose Bending(SceneRandom random) => new()
    {
        Lean = random.Range(40, 90),
        HeadNod = -15,
        LeftArm = new(random.Around(70, 25), random.Around(8, 12), 10, random.Range(0, 40)),
        RightArm = random.Chance(0.7f) ? new(random.Around(70, 25), random.Around(8, 12), 10, random.Range(0, 40)) : Gesture(random),
        LeftLeg = new(random.Around(8, 12), random.Range(0, 14), 5, random.Range(2, 30), 0),
        RightLeg = new(random.Around(8, 12), random.Range(0, 14), 5, random.Range(2, 30), 0),
    };

    private static BodyPose Lunging(SceneRandom random)
    {
        var kicks = random.Chance(0.5f);
        return new BodyPose
        {
            Lean = kicks ? random.Range(-18, 5) : random.Range(0, 20),
            LeftArm = Gesture(random),
            RightArm = new(random.Around(20, 40), random.Around(60, 30), 0, random.Range(5, 60)),
            LeftLeg = kicks ? new(random.Range(45, 100), random.Range(0, 25), 5, random.Range(0, 40), 15)
                : new(random.Range(50, 75), random.Range(0, 10), 5, random.Range(60, 85), 0),
            RightLeg = kicks ? new(random.Around(0, 8), 2, 8, random.Range(2, 20), 0)
                : new(-20, random.Range(0, 10), 5, random.Range(20, 50), 30),
        };
    }
}
