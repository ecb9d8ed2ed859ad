using OpenCvSharp;
using Seg.Models;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Transforms;

/// <summary>A picture of several people, made of images that show one or a few: a grid with a part of an image in each cell, everybody moved along.</summary>
/// <param name="rows">Of the grid.</param>
/// <param name="columns">Of the grid.</param>
/// <param name="width">Of the picture, in pixels.</param>
/// <param name="height">Of the picture, in pixels.</param>
/// <param name="keypoints">Of a person.</param>
internal sealed class SceneMosaic(int rows, int columns, int width, int height, int keypoints)
{
    /// <summary>What is shown of an image is as large as its cell allows, or down to this part of that.</summary>
    private const double LeastShare = 0.7;

    /// <summary>How much of an image is shown around its people, as a share of the longer side of the box about them all.</summary>
    private const double LeastMargin = 0.1, GreatestMargin = 0.5;

    /// <summary>Images that a picture takes at most.</summary>
    public int Cells => rows * columns;

    /// <summary>
    /// Puts images into the cells, by row, each anywhere in its cell, cut to what is around its people: others in it, whom nobody has labelled, are
    /// mostly left out so. The rest is black.
    /// </summary>
    /// <param name="members">With somebody in them; as many as there are cells, or fewer.</param>
    /// <param name="random">Draws sizes and places.</param>
    /// <returns>The picture, which the caller disposes, and who is in it. Keypoints outside of what is shown are not labelled any more.</returns>
    public (Mat Picture, WrittenPerson[] People) Compose(IReadOnlyList<SceneSample> members, SplitMix64 random)
    {
        var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.Black);
        List<WrittenPerson> people = [];
        for (var cell = 0; cell < members.Count; cell++)
        {
            var (image, scene) = members[cell];
            var part = Part(scene, image, ref random);
            var place = Place(Cell(cell), part.Size, ref random);
            using (var shown = image[part])
            using (var region = picture[place])
                Cv2.Resize(shown, region, place.Size, 0, 0, place.Width < part.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
            ShownPart moved = new(part, place);
            people.AddRange(scene.People.Select(moved.Person));
            people.AddRange(scene.Unannotated.Select(moved.Box).Select(box => new WrittenPerson(new LabelledKeypoint[keypoints], box, box.Area)));
        }
        return (picture, [.. people.Where(person => person.Box is { Width: > 0, Height: > 0 })]);
    }

    private Rect Cell(int index)
    {
        var (row, column) = (index / columns, index % columns);
        int left = column * width / columns, top = row * height / rows;
        return new(left, top, (column + 1) * width / columns - left, (row + 1) * height / rows - top);
    }

    private static Rect Part(SceneAnnotation scene, Mat image, ref SplitMix64 random)
    {
        var (left, top) = (scene.People.Min(person => person.Box.X), scene.People.Min(person => person.Box.Y));
        var (right, bottom) = (scene.People.Max(person => person.Box.Right), scene.People.Max(person => person.Box.Bottom));
        var margin = random.NextDouble(LeastMargin, GreatestMargin) * Math.Max(right - left, bottom - top);
        var (x, y) = (Math.Clamp((int)(left - margin), 0, image.Cols - 1), Math.Clamp((int)(top - margin), 0, image.Rows - 1));
        return new(x, y, Math.Clamp((int)(right + margin) - x, 1, image.Cols - x), Math.Clamp((int)(bottom + margin) - y, 1, image.Rows - y));
    }

    private static Rect Place(Rect cell, Size part, ref SplitMix64 random)
    {
        var zoom = Math.Min((double)cell.Width / part.Width, (double)cell.Height / part.Height) * random.NextDouble(LeastShare, 1);
        var width = Math.Clamp((int)Math.Round(part.Width * zoom), 1, cell.Width);
        var height = Math.Clamp((int)Math.Round(part.Height * zoom), 1, cell.Height);
        return new(cell.X + random.NextInt(cell.Width - width + 1), cell.Y + random.NextInt(cell.Height - height + 1), width, height);
    }

    /// <summary>A part of an image, shown in a place of a larger picture.</summary>
    /// <param name="Part">In the image.</param>
    /// <param name="Place">In the picture.</param>
    private readonly record struct ShownPart(Rect Part, Rect Place)
    {
        private float ZoomX => (float)Place.Width / Part.Width;

        private float ZoomY => (float)Place.Height / Part.Height;

        public WrittenPerson Person(PersonAnnotation person) =>
            new([.. person.Keypoints.Select(Point)], Box(person.Box), person.Area * ZoomX * ZoomY);

        /// <summary>What is shown of a box.</summary>
        public PersonBox Box(PersonBox box)
        {
            var (left, top) = (Math.Clamp(box.X - Part.X, 0, Part.Width), Math.Clamp(box.Y - Part.Y, 0, Part.Height));
            var (right, bottom) = (Math.Clamp(box.Right - Part.X, 0, Part.Width), Math.Clamp(box.Bottom - Part.Y, 0, Part.Height));
            return new(Place.X + left * ZoomX, Place.Y + top * ZoomY, (right - left) * ZoomX, (bottom - top) * ZoomY);
        }

        private LabelledKeypoint Point(LabelledKeypoint point)
        {
            // Centres of pixels are at whole numbers.
            var (x, y) = (point.X + 0.5f - Part.X, point.Y + 0.5f - Part.Y);
            return point.IsLabelled && x >= 0 && y >= 0 && x <= Part.Width && y <= Part.Height
                ? new(Place.X + x * ZoomX - 0.5f, Place.Y + y * ZoomY - 0.5f, point.Visibility)
                : default;
        }
    }
}
