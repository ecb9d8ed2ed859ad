using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Checks;

/// <summary>Checks images with people whose keypoints are annotated. Annotations are looked through whole, however quick the check is.</summary>
internal static class PoseCheck
{
    /// <exception cref="InputException">The keypoint set is missing or faulty, so that nothing can be checked.</exception>
    public static PoseReport Run(PoseDataConfig config, DataCheckOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        var keypoints = config.ReadKeypoints();
        var layout = KeypointLayout.Of(config.Format);
        var splits = options.Splits.Select(name => new Split(config, layout, name, keypoints)).ToArray();
        var inspected = CheckWork.Inspect(
            [.. splits.Select(split => split.Images.Length)], (split, image) => splits[split].Inspect(image, keypoints), options, progress, cancellation);
        var reports = splits.Zip(inspected, (split, facts) => Summary(split, facts, keypoints)).ToArray();

        List<DataFault> faults = [];
        foreach (var (split, facts) in splits.Zip(inspected))
        {
            var found = split.Listing.Faults.Concat(facts.SelectMany(image => image.Faults));
            faults.AddRange(found.Select(fault => fault with { Split = split.Name }));
        }
        faults.AddRange(KeypointCheck.Find(config, keypoints, reports, options));
        faults.AddRange(CopyCheck.Find([.. splits.Where(split => split.Images.Length > 0).Select(split => split.Files)], options.Depth, cancellation));
        faults.AddRange(ImageCheck.FindGray(splits.Zip(inspected, (split, facts) => (split.Name, facts))));
        return new PoseReport { Keypoints = keypoints, Splits = reports, Faults = DataCheck.Sorted(faults) };
    }

    private static PoseSplitReport Summary(Split split, SampleFacts[] facts, KeypointSet keypoints)
    {
        var people = split.Listing.People;
        var sizes = people.Select(person => Math.Sqrt(person.Box.Area)).Order().ToArray();
        return new PoseSplitReport
        {
            Name = split.Name,
            Images = split.Listing.Images,
            Checked = facts.Length,
            Sizes = ImageCheck.Sizes(facts),
            People = people.Count,
            Crowds = split.Listing.Crowds,
            Unlabelled = split.Listing.Unlabelled,
            Detections = split.Listing.Detections?.Count,
            Labelled = [.. Enumerable.Range(0, keypoints.Count).Select(index => people.Count(person => person.Keypoints[index].IsLabelled))],
            Hidden = [.. Enumerable.Range(0, keypoints.Count).Select(index => people.Count(person => person.Keypoints[index].Visibility == 1))],
            PeoplePerImage = [.. split.Images.CountBy(image => image.Length).OrderBy(count => count.Key).Select(count => (count.Key, count.Value))],
            BoxSizes = sizes.Length == 0 ? [] : [.. new[] { 0, 0.1, 0.5, 0.9, 1 }.Select(share => sizes[(int)Math.Round(share * (sizes.Length - 1))])],
        };
    }

    /// <summary>A split whose annotations are read.</summary>
    private sealed class Split
    {
        private readonly string annotations;

        public Split(PoseDataConfig config, KeypointLayout layout, string name, KeypointSet keypoints)
        {
            Name = name;
            annotations = layout.AnnotationPath(config, name);
            Listing = layout.List(config, name, keypoints);
            Images = [.. Listing.People.GroupBy(person => person.ImagePath).Select(people => people.ToArray())];
            Files = new(name, new SplitListing([.. Images.Select(people => new SamplePaths(people[0].ImagePath, Mask: null))], []), Masks: null);
        }

        public string Name { get; }

        public PersonListing Listing { get; }

        /// <summary>The people of each image that shows some.</summary>
        public PersonAnnotation[][] Images { get; }

        /// <summary>The same images as files without masks.</summary>
        public OpenSplit Files { get; }

        /// <summary>Looks into one image, and sees whether its people are where they can be. Several threads may at a time.</summary>
        public SampleFacts Inspect(int image, KeypointSet keypoints)
        {
            SampleFacts facts = new(Files.Listing.Samples[image]);
            ImageCheck.Inspect(facts);
            if (facts.Width == 0)
                return facts;
            var (size, people) = ((facts.Width, facts.Height), Images[image]);
            if (people[0].ImageSize is not { } said)
                facts.Faults.AddRange(people.SelectMany(person => AnnotationFaults.OfPlaces(person, size, keypoints, annotations)));
            else if (said != size)
                facts.Faults.Add(AnnotationFaults.OfSize(people[0], said, size));
            return facts;
        }
    }
}
