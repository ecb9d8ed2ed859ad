namespace Seg.Train.Synthesis;

/// <summary>Everything in one street: what stands where, the light and the camera, all drawn from one seed.</summary>
internal sealed class Street
{
    /// <summary>No vehicle drives faster, in m/s.</summary>
    public const float MostSpeed = 10;

    private readonly List<ISceneItem> items = [];
    private readonly StreetPlan plan;
    private readonly Ground ground;
    private readonly Sky sky;
    private readonly SceneClasses classes;

    /// <param name="random">Where everything comes from.</param>
    /// <param name="classes">What may occur.</param>
    /// <param name="width">Of the picture, in pixels.</param>
    /// <param name="height">Of the picture, in pixels.</param>
    /// <param name="length">How far along the road there are things, in metres.</param>
    /// <param name="busy">Whether people and vehicles are under way in it.</param>
    public Street(SceneRandom random, SceneClasses classes, int width, int height, float length, bool busy = true)
    {
        this.classes = classes;
        plan = Plan(random, length);
        Light = Light.Create(random);
        Camera = Camera.Create(random, width, height, plan.LaneWidth * (plan.LanesEachWay - 0.5f));
        Speed = random.Range(6, MostSpeed);
        ground = new Ground(plan, random.Seed(), classes);
        sky = new Sky(random.Seed());
        items.Add(new Skyline(random.Seed(), random.Range(150, 260)));
        // Each kind draws from numbers of its own: one more tree moves no car.
        foreach (var add in (ReadOnlySpan<Action<SceneRandom, float>>)[AddHouses, AddFurniture, AddParkedCars])
            add(new SceneRandom(random.Seed()), length);
        if (!busy)
            return;
        AddTraffic(new SceneRandom(random.Seed()), length);
        AddPeople(new SceneRandom(random.Seed()), length);
    }

    public Light Light { get; }

    /// <summary>How fast the camera drives along the road, in m/s; traffic its way is as fast, so that they never meet.</summary>
    public float Speed { get; }

    /// <summary>The camera at the start of the street.</summary>
    public Camera Camera { get; }

    /// <summary>Paints the street as the camera sees it at that time.</summary>
    /// <param name="painter">With the street's light.</param>
    /// <param name="seconds">Since the start.</param>
    /// <param name="guests">What is in the street besides its own things.</param>
    public void Draw(ScenePainter painter, float seconds, IReadOnlyList<ISceneItem>? guests = null)
    {
        sky.Draw(painter);
        ground.Draw(painter);
        SceneOrder.Draw(painter, guests is null ? items : [.. items, .. guests], seconds);
    }

    private StreetPlan Plan(SceneRandom random, float length)
    {
        List<(float, float)> crossings = [];
        for (var z = random.Range(14, 95); z < length; z += random.Range(60, 120))
            crossings.Add((z, z + random.Range(7, 11)));
        return new StreetPlan
        {
            LanesEachWay = random.Chance(0.72f) ? 1 : 2,
            LaneWidth = random.Range(2.9f, 3.5f),
            Parking = random.Chance(0.58f) ? 2.2f : 0,
            Pavement = random.Range(2.6f, 5.4f),
            Verge = random.Chance(0.35f) ? random.Range(1.2f, 3.5f) : 0,
            Crossings = [.. crossings],
        };
    }

    private void AddHouses(SceneRandom random, float length)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var green = random.Chance(0.15f);              // a side with more gardens than houses
            for (var z = -12f; z < length;)
            {
                var to = z + random.Range(8, 21);
                var crossing = plan.Crossings.FirstOrDefault(crossing => z < crossing.To && to > crossing.From);
                if (crossing.To > 0 && z >= crossing.From - 4)
                {
                    z = crossing.To + 0.4f;
                    continue;
                }
                to = crossing.To > 0 ? crossing.From - 0.3f : to;
                if (random.Chance(green ? 0.7f : 0.1f))
                    AddGarden(random, side, z, to);
                else
                    items.Add(new Building(random, side, plan.Facade + (random.Chance(0.25f) ? random.Range(0.3f, 1.6f) : 0), z, to));
                z = to + (random.Chance(0.16f) ? random.Range(2, 6) : 0);
            }
        }
    }

    private void AddGarden(SceneRandom random, float side, float from, float to)
    {
        for (var z = from + 1; z < to; z += random.Range(2.2f, 4.5f))
        {
            var back = random.Range(2.5f, 9);
            items.Add(new Tree(random, side * (plan.Facade + back), 0, z, random.Range(0.8f, 1.35f)));
        }
        for (var z = from; z < to; z += 3)
            items.Add(new Hedge(random, side * (plan.Facade + 9), z, Math.Min(to, z + 3), random.Range(2.5f, 4.5f)));
        if (classes == SceneClasses.All)
            items.Add(new Barrier(random, side, plan.Facade, from, to, random.Chance(0.5f)));
        else
            items.Add(new Hedge(random, side * (plan.Facade + 0.4f), from, to, random.Range(0.8f, 1.5f)));
    }

    private void AddFurniture(SceneRandom random, float length)
    {
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var edge = side * (plan.Kerb + 0.55f);
            var avenue = random.Chance(0.55f);
            var lamp = random.Range(2, 22);
            var lampEvery = random.Range(18, 28);
            for (var z = random.Range(1, 9); z < length; z += random.Range(6.5f, 12))
            {
                if (plan.IsCrossing(z - 1, z + 1))
                    continue;
                if (avenue && random.Chance(0.8f))
                    items.Add(new Tree(random, edge + side * 0.25f, Ground.PavementHeight, z, random.Range(0.75f, 1.15f)));
                else if (plan.Verge > 0 && random.Chance(0.3f))
                    items.Add(new Hedge(random, side * (plan.Facade - 0.5f), z, z + random.Range(1.5f, 5), random.Range(0.6f, 1.4f)));
                if (z < 90 && random.Chance(0.34f))
                    items.Add(new TrafficSign(random, edge, z + 2));
            }
            for (var z = lamp; z < length; z += lampEvery)
            {
                if (!plan.IsCrossing(z - 1, z + 1))
                    items.Add(new StreetLamp(random, side, edge, z));
            }
        }
        foreach (var (from, to) in plan.Crossings)
        {
            var lights = classes == SceneClasses.All && random.Chance(0.7f);
            foreach (var side in (ReadOnlySpan<float>)[-1, 1])
                items.Add(lights ? new TrafficLight(random, side * (plan.Kerb + 0.6f), from - 1)
                    : new TrafficSign(random, side * (plan.Kerb + 0.6f), from - 1));
        }
    }

    private void AddParkedCars(SceneRandom random, float length)
    {
        if (plan.Parking == 0)
            return;
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var occupied = random.Range(0.25f, 0.85f);
            for (var z = random.Range(-2, 4); z < length; z += random.Range(5.8f, 7))
            {
                if (random.Chance(occupied) && !plan.IsCrossing(z - 8, z + 8))
                    items.Add(new Vehicle(VehicleBody.Create(random, SceneClasses.Main),
                        side * (plan.Kerb - 1.1f) + random.Around(0, 0.15f), z,
                        (side > 0 ? 0 : 180) + random.Around(0, 3), 0));
            }
        }
    }

    private void AddTraffic(SceneRandom random, float length)
    {
        for (var lane = 0; lane < plan.LanesEachWay; lane++)
        {
            var middle = plan.LaneWidth * (lane + 0.5f);
            for (var z = random.Range(11, 45); z < length; z += random.Range(12, 60))
                items.Add(new Vehicle(VehicleBody.Create(random, classes), middle + random.Around(0, 0.3f), z, 0, Speed));
            for (var z = random.Range(6, 34); z < length; z += random.Range(12, 50))
                items.Add(new Vehicle(VehicleBody.Create(random, classes), -middle + random.Around(0, 0.3f), z, 180, -Speed));
        }
        foreach (var (from, to) in plan.Crossings)
        {
            if (random.Chance(0.4f))
                items.Add(new Vehicle(VehicleBody.Create(random, SceneClasses.Main), random.Sign() * random.Range(6, 15), (from + to) / 2,
                    random.Chance(0.5f) ? 90 : -90, 0));
        }
        if (classes != SceneClasses.All)
            return;
        for (var z = random.Range(7, 40); z < length; z += random.Range(20, 90))
        {
            if (random.Chance(0.6f))
                items.Add(new Cyclist(random, random.Sign() * (plan.LanesEachWay * plan.LaneWidth - 0.7f), z, 0, 4));
        }
    }

    private void AddPeople(SceneRandom random, float length)
    {
        var busy = random.Range(0.5f, 2.2f);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            for (var z = random.Range(4, 10); z < length; z += random.Range(1.5f, 11) / busy)
            {
                var group = random.Chance(0.25f) ? 2 : 1;
                for (var i = 0; i < group; i++)
                {
                    var x = side * (plan.Kerb + random.Range(0.7f, plan.Pavement - 0.5f));
                    var along = random.Chance(0.8f) ? random.Sign() * random.Range(0.9f, 1.5f) : 0;
                    items.Add(new Pedestrian(random, x, Ground.PavementHeight, z + i * 0.4f, across: 0, along, plan.Facade - 0.4f));
                }
            }
        }
        foreach (var (from, _) in plan.Crossings)
            AddCrossing(random, from - 2.7f);
        if (random.Chance(0.4f))
            AddCrossing(random, random.Range(9, 26));
    }

    private void AddCrossing(SceneRandom random, float z)
    {
        for (var i = random.Integer(4); i > 0; i--)
            items.Add(new Pedestrian(random, random.Range(-plan.Kerb, plan.Kerb), 0, z + random.Around(0, 1.3f),
                random.Sign() * random.Range(0.9f, 1.5f), 0, plan.Facade - 0.6f));
        if (classes == SceneClasses.All && random.Chance(0.4f))
            items.Add(new Cyclist(random, random.Range(-plan.Kerb, plan.Kerb), z, random.Sign() * 3, 0));
    }
}
