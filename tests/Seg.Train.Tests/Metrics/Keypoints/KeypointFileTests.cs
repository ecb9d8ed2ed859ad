using Seg.Models;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Tests.Metrics.Keypoints;

/// <summary>What other tools write, and what is wrong with it.</summary>
public sealed class KeypointFileTests : IDisposable
{
    private const string Person = """{"id": 1, "image_id": 5, "category_id": 1, "keypoints": [1, 2, 2, 3, 5, 1], "area": 9, "bbox": [1, 2, 3, 3], "num_keypoints": 2}""";
    private const string Found = """{"image_id": 5, "category_id": 1, "keypoints": [1, 2, 0.5, 3, 5, 0.5], "score": 0.7}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_with_all_fields_is_read_without_a_word()
    {
        var truth = Truth(Person);
        var (detections, warnings) = Detections($"[{Found}]", truth);

        Assert.Equal(["a", "b"], truth.KeypointNames);
        Assert.Equal(5, Assert.Single(truth.Images));
        Assert.Equal([1, 2, 0.5, 3, 5, 0.5], Assert.Single(detections).Keypoints);
        Assert.Empty(truth.Warnings);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Missing_fields_are_filled_in_and_told()
    {
        var truth = Truth("""{"image_id": 5, "keypoints": [1, 2, 2, 3, 5, 1]}""", """{"image_id": 5, "keypoints": [1, 2, 2, 3, 6, 1]}""");

        Assert.Equal([1, 2], truth.Persons.Select(person => person.Id));
        Assert.Equal([6.0, 8.0], truth.Persons.Select(person => person.Area));
        Assert.Equal([1.0, 2, 2, 3], truth.Persons[0].Box);
        Assert.All(truth.Persons, person => Assert.Equal(2, person.LabelledCount));
        Assert.Equal(3, truth.Warnings.Count);
        Assert.All(truth.Warnings, warning => Assert.StartsWith("2 annotations", warning));
        Assert.Contains(truth.Warnings, warning => warning.Contains("have no 'area'; that of the box was taken") && warning.EndsWith("(the first: annotation 1)"));
    }

    [Fact]
    public void Ids_and_keypoints_are_taken_in_the_forms_that_tools_write()
    {
        var truth = Truth(Person.Replace("\"image_id\": 5", "\"image_id\": \"005\""));
        var (detections, _) = Detections(
            """{"annotations": [{"image_id": 5.0, "keypoints": [[1, 2, 0.5], [3, 5, 0.5]], "score": "0.25", "bbox": [0, 0, 4, 5]}]}""", truth);

        var detection = Assert.Single(detections);
        Assert.Equal((5, 1, 0.25, 20), (detection.ImageId, detection.CategoryId, detection.Score, detection.Area));
        Assert.Equal(6, detection.Keypoints.Length);
    }

    [Fact]
    public void Boxes_count_only_where_the_first_detection_has_one()
    {
        var truth = Truth(Person);
        var boxed = Found.Replace("{", "{\"bbox\": [0, 0, 4, 5],");

        Assert.Equal([null, null], Detections($"[{Found}, {boxed}]", truth).Detections.Select(detection => detection.Area));
        Assert.Equal([20.0, null], Detections($"[{boxed}, {Found}]", truth).Detections.Select(detection => detection.Area));
    }

    [Fact]
    public void Detections_of_unknown_images_and_categories_are_left_out_and_counted()
    {
        var (detections, warnings) = Detections(
            $"[{Found}, {Found.Replace("\"image_id\": 5", "\"image_id\": 6")}, {Found.Replace("\"image_id\": 5", "\"image_id\": 7")}, {Found.Replace("\"category_id\": 1", "\"category_id\": 2")}]",
            Truth(Person));

        Assert.Single(detections);
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("2 detections of", warnings[0]);
        Assert.EndsWith("are of images that the truth does not have and were left out (the first: image 6)", warnings[0]);
        Assert.EndsWith("are of categories that the truth does not have and were left out (the first: category 2)", warnings[1]);
    }

    [Fact]
    public void An_empty_list_of_detections_finds_nobody()
    {
        var (detections, warnings) = Detections("[]", Truth(Person));

        Assert.Empty(detections);
        Assert.EndsWith("holds no detections", Assert.Single(warnings));
    }

    [Fact]
    public void Oddities_that_decide_by_official_rules_are_told()
    {
        var truth = Truth(
            Person.Replace("\"id\": 1", "\"id\": 0"), Person.Replace("\"id\": 1", "\"id\": 2").Replace("\"num_keypoints\": 2", "\"num_keypoints\": 0"),
            Person.Replace("\"id\": 1", "\"id\": 3").Replace("\"image_id\": 5", "\"image_id\": 9"),
            """{"id": 4, "image_id": 5, "category_id": 1, "area": 9, "bbox": [1, 2, 3, 3], "iscrowd": true}""");

        Assert.Equal([0, 2, 4], truth.Persons.Select(person => person.Id));
        Assert.Contains(truth.Warnings, warning => warning.Contains("have the id 0"));
        Assert.Contains(truth.Warnings, warning => warning.Contains("have another num_keypoints than labelled keypoints"));
        Assert.Contains(truth.Warnings, warning => warning.Contains("images or categories that") && warning.EndsWith("(the first: annotation 3)"));
        Assert.Contains(truth.Warnings, warning => warning.Contains("have no keypoints; they need not be found"));
        Assert.True(truth.Persons[2].IsCrowd);
    }

    [Theory]
    [InlineData("", "is empty; a COCO keypoints file is needed.")]
    [InlineData("[1, 2", "is not a COCO keypoints file")]
    [InlineData("{\"annotations\": []}", "has no annotations; without an annotated person nothing can be scored.")]
    [InlineData("{\"annotations\": [{\"image_id\": \"x\"}]}", "a whole number is needed here at $.annotations[0].image_id, line 1.")]
    [InlineData("{\"annotations\": [{\"image_id\": 1, \"keypoints\": [1, null]}]}", "a list may hold only numbers here")]
    [InlineData("{\"annotations\": [{\"image_id\": 1, \"bbox\": [1, 2, 3, 4]}]}", "No annotation of")]
    public void A_truth_of_another_form_is_refused(string text, string expected)
    {
        File.WriteAllText(folder.At("gt.json"), text);

        Assert.Contains(expected, Assert.Throws<InputException>(() => KeypointTruthFile.Read(folder.At("gt.json"))).Message);
    }

    [Theory]
    [InlineData("\"keypoints\": [1, 2, 2, 3, 5, 1]", "\"keypoints\": [1, 2, 2]", "Annotation 1 of", "has 3 numbers in 'keypoints', but 2 keypoints need 6: x, y and visibility of each.")]
    [InlineData("\"keypoints\": [1, 2, 2, 3, 5, 1]", "\"keypoints\": [1, 1e999, 2, 3, 5, 1]", "Annotation 1 of", "has a keypoint that is no finite number.")]
    [InlineData("\"image_id\": 5,", "", "Annotation 1 of", "has no 'image_id'.")]
    [InlineData("\"bbox\": [1, 2, 3, 3]", "\"bbox\": [1, 2, 3]", "Annotation 1 of", "has 3 numbers in 'bbox'; x, y, width and height are needed.")]
    [InlineData("\"image_id\": 5", "\"image_id\": 6", "No annotation of", "is of an image and a category that the file lists; export it again.")]
    public void Annotations_that_do_not_fit_are_named(string part, string replacement, params string[] expected)
    {
        var message = Assert.Throws<InputException>(() => Truth(Person.Replace(part, replacement))).Message;

        Assert.All(expected, text => Assert.Contains(text, message));
    }

    [Fact]
    public void Doubled_ids_and_persons_without_place_are_named()
    {
        Assert.Contains("has two annotations with the id 1; give each an id of its own.", Assert.Throws<InputException>(() => Truth(Person, Person)).Message);
        Assert.Contains("Annotation 7 of", Assert.Throws<InputException>(() => Truth("""{"id": 7, "image_id": 5, "keypoints": [1, 2, 0, 3, 5, 0]}""")).Message);
    }

    [Theory]
    [InlineData("\"keypoints\": [1, 2, 0.5, 3, 5, 0.5]", "\"keypoints\": [1, 2, 0.5]", "Detection 1 of", "has 3 numbers in 'keypoints', but the 2 keypoints of the truth need 6")]
    [InlineData("\"keypoints\": [1, 2, 0.5, 3, 5, 0.5], ", "", "Detection 1 of", "has no 'keypoints'; a list of COCO keypoint results is needed.")]
    [InlineData(", \"score\": 0.7", "", "Detection 1 of", "has no 'score', by which detections are ranked.")]
    [InlineData("0.7", "1e999", "Detection 1 of", "has a score or a keypoint that is no finite number.")]
    [InlineData("\"image_id\": 5, ", "", "Detection 1 of", "has no 'image_id'.")]
    [InlineData("\"score\": 0.7", "\"score\": NaN", "is not a list of COCO keypoint results", "line 1")]
    public void Detections_that_do_not_fit_are_named(string part, string replacement, params string[] expected)
    {
        var truth = Truth(Person);
        var message = Assert.Throws<InputException>(() => Detections($"[{Found}, {Found.Replace(part, replacement)}]", truth)).Message;

        Assert.All(expected, text => Assert.Contains(text, message));
    }

    [Fact]
    public void Detections_of_other_images_only_are_refused()
    {
        var truth = Truth(Person);

        Assert.Contains("Is it the truth of the same images?",
            Assert.Throws<InputException>(() => Detections($"[{Found.Replace("\"image_id\": 5", "\"image_id\": 6")}]", truth)).Message);
        Assert.Contains("is an object without 'annotations'", Assert.Throws<InputException>(() => Detections("{}", truth)).Message);
        Assert.Equal($"There is no file '{folder.At("nowhere.json")}'.", Assert.Throws<InputException>(() => KeypointDetectionFile.Read(folder.At("nowhere.json"), truth)).Message);
    }

    [Theory]
    [InlineData("[0.1, 0.2]")]
    [InlineData("0.1\n0.2\n")]
    public void Sigmas_are_read_as_a_list_or_as_lines(string text)
    {
        File.WriteAllText(folder.At("sigmas.txt"), text);

        Assert.Equal([0.1, 0.2], SigmaFile.Read(folder.At("sigmas.txt"), 2));
    }

    [Theory]
    [InlineData("0.1", "has 1 sigmas, but the truth has 2 keypoints.")]
    [InlineData("0.1 0", "holds the sigma 0; each must be above 0.")]
    [InlineData("0.1 b", "holds 'b' among its numbers")]
    [InlineData("", "is empty; one sigma a keypoint is needed.")]
    public void Sigmas_that_do_not_fit_are_refused(string text, string expected)
    {
        File.WriteAllText(folder.At("sigmas.txt"), text);

        Assert.Contains(expected, Assert.Throws<InputException>(() => SigmaFile.Read(folder.At("sigmas.txt"), 2)).Message);
    }

    private KeypointTruth Truth(params string[] annotations)
    {
        File.WriteAllText(folder.At("gt.json"),
            $$"""{"images": [{"id": 5}], "categories": [{"id": 1, "keypoints": ["a", "b"]}], "annotations": [{{string.Join(", ", annotations)}}]}""");
        return KeypointTruthFile.Read(folder.At("gt.json"));
    }

    private (IReadOnlyList<DetectedPerson> Detections, IReadOnlyList<string> Warnings) Detections(string text, KeypointTruth truth)
    {
        File.WriteAllText(folder.At("dt.json"), text);
        return KeypointDetectionFile.Read(folder.At("dt.json"), truth);
    }
}
