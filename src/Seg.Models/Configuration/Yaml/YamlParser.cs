using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seg.Models.Configuration;

/// <summary>
/// Turns YAML text into <see cref="ConfigNode"/>s. Stricter than YAML: one document, keys are plain words and stand once, no tags.
/// JSON is read as well, as it is YAML.
/// </summary>
internal sealed class YamlParser
{
    /// <summary>Deeper nesting than any configuration has; it keeps a malicious file from exhausting the stack.</summary>
    private const int MaximumDepth = 32;

    /// <summary>More values than any configuration has; it keeps aliases of aliases from exhausting the memory.</summary>
    private const int MaximumNodes = 100_000;

    private readonly Dictionary<string, (ConfigNode Node, int Size)> anchors = [];
    private readonly Parser parser;
    private readonly string source;
    private readonly bool hasLines;
    private int nodes;

    private YamlParser(string text, string source, bool hasLines)
    {
        parser = new Parser(new StringReader(text));
        this.source = source;
        this.hasLines = hasLines;
    }

    /// <param name="text">YAML.</param>
    /// <param name="source">What messages call it: a file's path.</param>
    /// <param name="hasLines">Whether messages give line and column.</param>
    /// <exception cref="ConfigException">The text is not YAML, or breaks the rules above.</exception>
    public static ConfigNode Parse(string text, string source, bool hasLines = true)
    {
        var reader = new YamlParser(text, source, hasLines);
        try
        {
            return reader.ParseDocument();
        }
        catch (YamlException exception)
        {
            // YamlDotNet starts some messages with the place, which stands in front already.
            var problem = (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new ConfigException(reader.PlaceOf(exception.Start), "", $"not valid YAML: {problem}");
        }
    }

    private ConfigNode ParseDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out var end))
            return new MapNode([], PlaceOf(end.Start));
        parser.Consume<DocumentStart>();
        var root = ParseNode(depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw new ConfigException(PlaceOf(second.Start), "", "a second document starts here; a configuration is one document");
        return root;
    }

    private ConfigNode ParseNode(int depth)
    {
        var sizeBefore = nodes;
        Count(1);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!anchors.TryGetValue(alias.Value.Value, out var target))
                throw new ConfigException(PlaceOf(alias.Start), "", $"the alias *{alias.Value} has no anchor before it");
            Count(target.Size);
            return target.Node;
        }

        if (!parser.Accept<NodeEvent>(out var start))
            throw new ConfigException(PlaceOf(parser.Current?.Start ?? Mark.Empty), "", "expected a value");
        if (depth > MaximumDepth)
            throw new ConfigException(PlaceOf(start.Start), "", $"nested more than {MaximumDepth} deep");
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
            throw new ConfigException(PlaceOf(start.Start), "", $"tags ({start.Tag}) have no meaning here; remove it");
        ConfigNode node = start switch
        {
            Scalar => ParseScalar(),
            SequenceStart => ParseList(depth),
            _ => ParseMap(depth),
        };
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = (node, nodes - sizeBefore);
        return node;

        void Count(int more)
        {
            nodes += more;
            if (nodes > MaximumNodes)
                throw new ConfigException(PlaceOf(parser.Current?.Start ?? Mark.Empty), "", $"more than {MaximumNodes} values");
        }
    }

    private ScalarNode ParseScalar()
    {
        var scalar = parser.Consume<Scalar>();
        return new(scalar.Value, scalar.Style == ScalarStyle.Plain, PlaceOf(scalar.Start));
    }

    private ListNode ParseList(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<ConfigNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(ParseNode(depth + 1));
        return new(items, PlaceOf(start.Start));
    }

    private MapNode ParseMap(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<MapEntry>();
        var places = new Dictionary<string, ConfigPlace>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
                throw new ConfigException(PlaceOf(parser.Current?.Start ?? Mark.Empty), "", "a key must be a plain word");
            var place = PlaceOf(key.Start);
            if (!places.TryAdd(key.Value, place))
            {
                var first = places[key.Value].Line;
                throw new ConfigException(place, key.Value, $"key '{key.Value}' stands twice, first in line {first}; remove one");
            }
            entries.Add(new(key.Value, place, ParseNode(depth + 1)));
        }
        return new(entries, PlaceOf(start.Start));
    }

    private ConfigPlace PlaceOf(Mark mark) => hasLines ? new(source, (int)mark.Line, (int)mark.Column) : new(source, 0, 0);
}
