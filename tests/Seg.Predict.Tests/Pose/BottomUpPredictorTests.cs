using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests.Pose;

public sealed class BottomUpPredictorTests
{
    private static readonly PoseDescription Description = new()
    {
        Model = new BottomUpPoseConfig
        {
            NumClasses = TestPersons.Coco.Count,
            Backbone = new HRNetConfig
            {
                Width = 4,
                BottleneckChannels = 4,
                BlocksPerStage = [1, 1, 1, 1],
                ModulesPerStage = [1, 1, 1],
                Interpolation = FusionInterpolation.Nearest,
            },
            Head = new DekrHeadConfig { HeatmapChannels = 4, ChannelsPerKeypoint = 2, OffsetBlocks = 1 },
            Initialization = Initialization.Kaiming,
        },
        Keypoints = TestPersons.Coco,
        InputSize = [64, 64],
    };

    [Fact]
    public void Persons_of_a_batch_are_those_of_each_image_alone_by_falling_score_and_in_its_pixels()
    {
        using var network = TestModel.Create(Description.Model);
        using var predictor = Assert.IsType<BottomUpPredictor>(PoseEstimatorFactory.Create(network, Description, TestPoseModel.Exact with { FlipTest = true }));
        using Mat first = Noise(90, 50, seed: 1), second = Noise(40, 120, seed: 2);
        var both = predictor.Estimate([first, second]);
        var alone = predictor.Estimate([second])[0];

        Assert.NotEmpty(both[0]);
        Assert.Equal(alone.Select(person => person.Score), both[1].Select(person => person.Score));
        Assert.All(both, persons => Assert.Equal(persons.OrderByDescending(person => person.Score).Select(person => person.Score), persons.Select(person => person.Score)));
        Assert.All(both[0], person =>
        {
            Assert.Equal(TestPersons.Coco.Count, person.Keypoints.Length);
            Assert.Equal(person.Keypoints.Min(keypoint => keypoint.X), person.Box.X);
        });
    }

    [Theory]
    [InlineData(640, 480, 704, 512)]       // 4:3 at 512: 682.7, rounded up to 704
    [InlineData(480, 640, 512, 704)]
    [InlineData(512, 512, 512, 512)]
    [InlineData(1024, 512, 1024, 512)]
    public void Images_are_brought_to_the_authors_sizes_with_their_middle_in_the_middle(int width, int height, int inputWidth, int inputHeight)
    {
        var fit = SceneFit.Of(width, height, [512, 512], new PredictorOptions());

        Assert.Equal((inputWidth, inputHeight), (fit.Width, fit.Height));
        var (x, y) = fit.ToInput.Apply(width / 2, height / 2);
        Assert.Equal((inputWidth / 2.0, inputHeight / 2.0), (x, y));
        Assert.Equal(512.0 / Math.Min(width, height), fit.ToInput.XX, tolerance: 1e-12);
        Assert.Equal(fit.ToInput.XX, fit.ToInput.YY);
    }

    [Fact]
    public void Very_long_images_are_shrunk_and_sizes_of_the_users_own_are_taken()
    {
        var strip = SceneFit.Of(10000, 100, [512, 512], new PredictorOptions { MaxSide = 2000 });
        Assert.Equal((1984, 64), (strip.Width, strip.Height));
        Assert.Equal(0.1984, strip.ToInput.XX, tolerance: 1e-9);

        var own = SceneFit.Of(640, 480, [512, 512], new PredictorOptions { InputSize = [256, 320] });
        Assert.Equal((320, 256, 0.5), (own.Width, own.Height, own.ToInput.XX));
    }

    [Fact]
    public void Other_models_and_sizes_are_refused()
    {
        using var network = TestModel.Create(Description.Model);
        using var topDown = TestPoseModel.Create();

        Assert.Contains("model.type is not bottom_up_pose",
            Assert.Throws<InputException>(() => new BottomUpPredictor(topDown, TestPoseModel.Description, TestPoseModel.Exact)).Message);
        Assert.Contains("The input size is [100, 64]; it must be height and width, multiples of 32.",
            Assert.Throws<InputException>(() => new BottomUpPredictor(network, Description, TestPoseModel.Exact with { InputSize = [100, 64] })).Message);
        Assert.Contains("The longest side is 8", Assert.Throws<InputException>(() => new BottomUpPredictor(network, Description, TestPoseModel.Exact with { MaxSide = 8 })).Message);
    }

    private static Mat Noise(int width, int height, int seed)
    {
        var image = new Mat(height, width, MatType.CV_8UC3);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                image.Set(y, x, new Vec3b((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        }
        return image;
    }
}
