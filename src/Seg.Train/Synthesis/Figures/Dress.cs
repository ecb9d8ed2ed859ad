using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>What somebody looks like and wears.</summary>
internal sealed record Dress
{
    private static readonly SKColor[] Skins = [new(236, 196, 168), new(222, 172, 138), new(190, 138, 104), new(146, 100, 74),
        new(102, 70, 52)];

    private static readonly SKColor[] Clothes =
    [
        new(36, 40, 50), new(52, 70, 112), new(150, 36, 40), new(168, 150, 118), new(84, 92, 88), new(206, 206, 204), new(44, 96, 74),
        new(208, 142, 40), new(212, 92, 60), new(60, 126, 176), new(130, 84, 124), new(228, 198, 84), new(238, 234, 226), new(96, 62, 44),
    ];

    private static readonly SKColor[] Hairs = [new(38, 30, 26), new(84, 56, 34), new(168, 128, 72), new(150, 148, 146), new(140, 66, 34)];

    public enum Sleeves { None, Short, Long }

    public enum Legwear { Trousers, Shorts, Skirt }

    public enum Headwear { Bald, Hair, LongHair, Cap }

    /// <summary>What is on the shirt; all but bands is on its front alone.</summary>
    public enum Print { None, Zip, Collar, Badge, Bands }

    public required SKColor Skin { get; init; }

    public required SKColor Hair { get; init; }

    public required SKColor Shirt { get; init; }

    public required SKColor Trousers { get; init; }

    public required SKColor Shoes { get; init; }

    /// <summary>Of the print, the cap and the backpack.</summary>
    public required SKColor Accent { get; init; }

    public Sleeves Arms { get; init; }

    public Legwear Legs { get; init; }

    public Headwear Head { get; init; }

    public Print Front { get; init; }

    public bool Backpack { get; init; }

    public bool Beard { get; init; }

    public bool Glasses { get; init; }

    public static Dress Create(SceneRandom random)
    {
        var head = random.Unit();
        var legs = random.Unit();
        var arms = random.Unit();
        var beard = random.Chance(0.18f);
        return new Dress
        {
            Skin = Tint.Vary(random.Pick<SKColor>(Skins), random, 0.1f),
            Hair = Tint.Vary(random.Pick<SKColor>(Hairs), random, 0.2f),
            Shirt = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.2f),
            Trousers = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.25f),
            Shoes = Tint.Vary(random.Pick<SKColor>([new(40, 36, 36), new(92, 66, 46), new(220, 220, 218), new(170, 44, 44)]), random,
                0.15f),
            Accent = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.2f),
            Arms = arms < 0.16f ? Sleeves.None : arms < 0.56f ? Sleeves.Short : Sleeves.Long,
            Legs = legs < 0.62f ? Legwear.Trousers : legs < 0.86f ? Legwear.Shorts : Legwear.Skirt,
            Head = head < 0.08f ? Headwear.Bald : head < 0.58f ? Headwear.Hair : head < 0.84f ? Headwear.LongHair : Headwear.Cap,
            Front = (Print)random.Integer(5),
            Backpack = random.Chance(0.16f),
            Beard = beard && head < 0.58f,
            Glasses = random.Chance(0.2f),
        };
    }
}
