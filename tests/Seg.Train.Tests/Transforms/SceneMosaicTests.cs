using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

public sealed class SceneMosaicTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, 2, 128, 128)]
    [InlineData(1, 3, 200, 90)]
    [InlineData(3, 1, 70, 301)]
    public void Dots_stand_where_the_moved_keypoints_say(int rows, int columns, int width, int height)
    {
        using var scenes = Open();
        var looked = 0;
        for (var seed = 0; seed < 10; seed++)
        {
            var (picture, people) = Compose(scenes, new SceneMosaic(rows, columns, width, height, 3), seed, rows * columns);
            using (picture)
            {
                Assert.Equal((width, height), (picture.Cols, picture.Rows));
                Assert.Equal(2 * rows * columns, people.Count(person => person.Keypoints.All(keypoint => keypoint.IsLabelled)));
                foreach (var person in people.Where(person => person.Keypoints[0].IsLabelled))
                {
                    // B, G, R of a blue head, a red left and a green right foot, as the image's JPEG or PNG and its scaling left them.
                    ReadOnlySpan<int> channels = [0, 2, 1];
                    for (var keypoint = 0; keypoint < 3; keypoint++)
                    {
                        var (x, y, _) = person.Keypoints[keypoint];
                        var pixel = picture.RowBytes((int)MathF.Round(y)).Slice(3 * (int)MathF.Round(x), 3);
                        Assert.True(pixel[channels[keypoint]] > 150, $"Seed {seed}, keypoint {keypoint} at ({x}, {y}): no dot.");
                        Assert.True(pixel[(channels[keypoint] + 1) % 3] < 130, $"Seed {seed}, keypoint {keypoint} at ({x}, {y}): another colour.");
                        looked++;
                    }
                }
            }
        }
        Assert.Equal(10 * 6 * rows * columns, looked);
    }

    [Fact]
    public void Boxes_and_areas_shrink_with_the_image_and_boxes_without_keypoints_stay()
    {
        using var scenes = Open();
        var (picture, people) = Compose(scenes, new SceneMosaic(2, 2, 64, 64, 3), seed: 4, members: 1);
        picture.Dispose();

        var scene = scenes[0];
        Assert.Equal(3, people.Length);
        for (var person = 0; person < 2; person++)
        {
            var zoom = people[person].Box.Width / scene.People[person].Box.Width;
            // Of 64 x 64 pixels at most, shown in a cell of 32 x 32; width and height are rounded each by itself.
            Assert.InRange(zoom, 0.35f, 0.9f);
            Assert.Equal(zoom, people[person].Box.Height / scene.People[person].Box.Height, 0.04f);
            Assert.Equal(people[person].Box.Area / scene.People[person].Box.Area * scene.People[person].Area, people[person].Area, 0.01);
        }
        Assert.DoesNotContain(people[2].Keypoints, keypoint => keypoint.IsLabelled);
        Assert.Equal(3, people[2].Keypoints.Length);
        Assert.InRange(people[2].Box.Right, 0, 32);
    }

    [Fact]
    public void Keypoints_outside_of_their_image_are_not_labelled_in_its_neighbour()
    {
        using var image = new Mat(20, 40, MatType.CV_8UC3, Scalar.All(128));
        SceneAnnotation scene = new()
        {
            ImagePath = "a.png",
            ImageId = 1,
            People =
            [
                new()
                {
                    ImagePath = "a.png", ImageId = 1, AnnotationId = 1, Box = new(30, 5, 20, 10), Area = 200,
                    Keypoints = [new(39.4f, 10, 2), new(39.6f, 10, 2), new(35, -1, 1)],
                },
            ],
            Unannotated = [new(50, 0, 5, 5)],
        };
        var (picture, people) = new SceneMosaic(1, 2, 80, 20, 3).Compose([new(image, scene)], SplitMix64.For(0, 0, 0));
        picture.Dispose();

        var person = Assert.Single(people);
        Assert.Equal([true, false, false], person.Keypoints.Select(keypoint => keypoint.IsLabelled));
        Assert.True(person.Box.Right <= 40);
    }

    private static (Mat Picture, WrittenPerson[] People) Compose(SceneDataset scenes, SceneMosaic mosaic, int seed, int members)
    {
        SceneSample[] samples = [.. Enumerable.Range(0, members).Select(index => scenes.Read(index % scenes.Count))];
        var made = mosaic.Compose(samples, SplitMix64.For(seed, 0, 0));
        foreach (var sample in samples)
            sample.Dispose();
        return made;
    }

    private SceneDataset Open()
    {
        TinyScenes.Write(folder.At("scenes"));
        return KeypointDatasetFactory.CreateScenes((PoseDataConfig)TinyScenes.Config(folder.At("scenes")).Data!, "train", withPeople: true);
    }
}
