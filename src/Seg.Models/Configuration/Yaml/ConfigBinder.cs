using System.Collections;
using System.Globalization;

namespace Seg.Models.Configuration;

/// <summary>
/// Fills records from <see cref="ConfigNode"/>s. Keys are the properties' names in snake_case; unknown, missing and ill-typed ones are
/// errors with their place. Knows text, numbers, truth values, enums, arrays, dictionaries by text, records, abstract records with
/// <see cref="VariantAttribute"/>s, and small structs with a constructor, which are written as lists (a colour: [128, 64, 128], or
/// "#804080").
/// </summary>
internal static class ConfigBinder
{
    public static object Bind(Type type, ConfigNode node, string key)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return node is ScalarNode { IsNull: false } text ? text.Text : throw Unexpected(node, key, "text");
        if (type.IsEnum)
            return BindEnum(type, node, key);
        if (type.IsPrimitive)
            return BindPrimitive(type, node, key);
        if (type.IsArray)
            return BindArray(type.GetElementType()!, node, key);
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Dictionary<,>) || open == typeof(IReadOnlyDictionary<,>)) && type.GenericTypeArguments[0] == typeof(string))
            return BindDictionary(type.GenericTypeArguments[1], node, key);
        if (type.IsValueType)
            return BindStruct(type, node, key);
        return BindRecord(type, node, key);
    }

    private static object BindRecord(Type type, ConfigNode node, string key)
    {
        if (node is ScalarNode { IsNull: true } nothing)
            node = new MapNode([], nothing.Place);
        if (node is not MapNode map)
            throw Unexpected(node, key, "a map of keys to values");
        var schema = ConfigSchema.Of(type);
        if (schema.VariantKey is { } variantKey)
            schema = ConfigSchema.Of(type = ChooseVariant(type, schema, map, key));
        else
            variantKey = null;

        var members = schema.Members.ToDictionary(member => member.Key);
        if (map.Entries.FirstOrDefault(entry => entry.Key != variantKey && !members.ContainsKey(entry.Key)) is { } unknown)
        {
            string[] known = [.. variantKey is null || members.ContainsKey(variantKey) ? [] : new[] { variantKey }, .. members.Keys];
            throw new ConfigException(unknown.Place, Join(key, unknown.Key),
                $"unknown key '{unknown.Key}' in {Describe(key)}; {ConfigNames.Suggest(unknown.Key, known)}");
        }

        var record = Activator.CreateInstance(type)!;
        foreach (var member in schema.Members)
        {
            if (map.Find(member.Key) is not { } entry)
            {
                if (member.IsRequired)
                    throw new ConfigException(map.Place, Join(key, member.Key), $"key '{member.Key}' is missing in {Describe(key)}");
                continue;
            }
            var isNothing = member.IsNullable && entry.Value is ScalarNode { IsNull: true };
            var memberKey = Join(key, member.Key);
            var value = isNothing ? null
                : member.File is { } file && entry.Value is ScalarNode { IsNull: false } name
                    ? BindFile(member.Property.PropertyType, file, name, memberKey)
                : member.TakesOne && entry.Value is MapNode one ? BindOne(member.Property.PropertyType.GetElementType()!, one, memberKey)
                : Bind(member.Property.PropertyType, entry.Value, memberKey);
            if (value is string path && member.IsPathFromHere)
                value = Locate(path, entry.Value.Place);
            member.Property.SetValue(record, value);
        }
        Check(record, map, key);
        return record;
    }

    private static Type ChooseVariant(Type type, ConfigSchema schema, MapNode map, string key)
    {
        var variantKey = schema.VariantKey!;
        if (map.Find(variantKey) is not { } entry)
        {
            // A concrete record may leave out the name: there is nothing to choose.
            if (!type.IsAbstract)
                return type;
            if (schema.DefaultVariant is { } usual)
                return schema.Variants[usual];
            throw new ConfigException(map.Place, Join(key, variantKey),
                $"key '{variantKey}' is missing in {Describe(key)}; it is one of: {string.Join(", ", schema.Variants.Keys)}");
        }
        if (entry.Value is not ScalarNode { IsNull: false } name)
            throw Unexpected(entry.Value, Join(key, variantKey), $"one of: {string.Join(", ", schema.Variants.Keys)}");
        if (schema.Variants.TryGetValue(name.Text, out var variant) && variant.IsAssignableTo(type))
            return variant;
        throw new ConfigException(name.Place, Join(key, variantKey),
            $"unknown {Join(key, variantKey)} '{name.Text}'; {ConfigNames.Suggest(name.Text, [.. schema.Variants.Keys])}");
    }

    private static void Check(object record, MapNode map, string key)
    {
        if (record is not IChecked @checked)
            return;
        foreach (var fault in @checked.Faults())
        {
            var member = ConfigNames.ToSnakeCase(fault.Member);
            var place = map.Find(member)?.Value.Place ?? map.Place;
            throw new ConfigException(place, Join(key, member), $"{Join(key, member)} {fault.Problem}");
        }
    }

    /// <summary>A record that stands in a file of its own.</summary>
    private static object BindFile(Type type, FromFileAttribute file, ScalarNode name, string key)
    {
        string path;
        try
        {
            var from = name.Place.Line == 0 ? null : Path.GetDirectoryName(Path.GetFullPath(name.Place.Source));
            path = ConfigReader.Find(name.Text, file.Folder, file.Kind, from);
        }
        catch (InputException fault) when (fault is not ConfigException)
        {
            throw new ConfigException(name.Place, key, $"{key}: {fault.Message}");
        }
        return Bind(type, ConfigLoader.Load(path, []), key: "");
    }

    private static Array BindOne(Type element, MapNode node, string key)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Bind(element, node, key), 0);
        return array;
    }

    private static Array BindArray(Type element, ConfigNode node, string key)
    {
        if (node is not ListNode list)
            throw Unexpected(node, key, "a list");
        var array = Array.CreateInstance(element, list.Items.Count);
        for (var i = 0; i < array.Length; i++)
            array.SetValue(Bind(element, list.Items[i], $"{key}[{i}]"), i);
        return array;
    }

    private static IDictionary BindDictionary(Type element, ConfigNode node, string key)
    {
        if (node is not MapNode map)
            throw Unexpected(node, key, "a map of keys to values");
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var entry in map.Entries)
            dictionary.Add(entry.Key, Bind(element, entry.Value, Join(key, entry.Key)));
        return dictionary;
    }

    private static object BindStruct(Type type, ConfigNode node, string key)
    {
        if (type == typeof(Rgb) && node is ScalarNode { IsNull: false } text)
            return Rgb.TryParse(text.Text, out var color) ? color : throw Unexpected(node, key, "\"#rrggbb\" or a list [r, g, b]");
        var parameters = type.GetConstructors().Single(constructor => constructor.GetParameters().Length > 0).GetParameters();
        var names = string.Join(", ", parameters.Select(parameter => ConfigNames.ToSnakeCase(parameter.Name!)));
        if (node is not ListNode list || list.Items.Count != parameters.Length)
            throw Unexpected(node, key, $"a list [{names}]");
        var arguments = parameters.Select((parameter, i) => Bind(parameter.ParameterType, list.Items[i], $"{key}[{i}]"));
        return Activator.CreateInstance(type, [.. arguments])!;
    }

    private static string Locate(string path, ConfigPlace place)
    {
        if (place.Line == 0)
            return path;
        var besideFile = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(place.Source) ?? "", path));
        return File.Exists(besideFile) ? besideFile : path;
    }

    private static object BindEnum(Type type, ConfigNode node, string key)
    {
        var names = Enum.GetNames(type).ToDictionary(ConfigNames.ToSnakeCase);
        if (node is not ScalarNode { IsNull: false } scalar)
            throw Unexpected(node, key, $"one of: {string.Join(", ", names.Keys)}");
        if (names.TryGetValue(scalar.Text, out var name))
            return Enum.Parse(type, name);
        throw new ConfigException(node.Place, key, $"{key} cannot be '{scalar.Text}'; {ConfigNames.Suggest(scalar.Text, names.Keys)}");
    }

    private static object BindPrimitive(Type type, ConfigNode node, string key)
    {
        var kind = type == typeof(bool) ? "true or false" : type == typeof(double) || type == typeof(float) ? "a number" : "a whole number";
        if (node is not ScalarNode { IsNull: false, Plain: true } scalar)
            throw Unexpected(node, key, kind);
        var culture = CultureInfo.InvariantCulture;
        try
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => scalar.Text switch { "true" => true, "false" => false, _ => throw new FormatException() },
                TypeCode.Double => double.Parse(scalar.Text, NumberStyles.Float, culture),
                TypeCode.Single => float.Parse(scalar.Text, NumberStyles.Float, culture),
                _ => Convert.ChangeType(decimal.Parse(scalar.Text, NumberStyles.AllowLeadingSign, culture), type, culture),
            };
        }
        catch (FormatException)
        {
            throw Unexpected(node, key, kind);
        }
        catch (OverflowException)
        {
            throw new ConfigException(node.Place, key, $"{key} is {scalar.Text}, which is out of range");
        }
    }

    private static ConfigException Unexpected(ConfigNode node, string key, string expected)
    {
        var found = node switch
        {
            ScalarNode { IsNull: true } => "is empty",
            ScalarNode scalar => $"is '{scalar.Text}'",
            ListNode list => $"is a list of {list.Items.Count}",
            _ => "is a map",
        };
        return new(node.Place, key, $"{Describe(key)} {found}; expected {expected}");
    }

    private static string Describe(string key) => key.Length == 0 ? "the configuration" : key;

    private static string Join(string key, string member) => key.Length == 0 ? member : $"{key}.{member}";
}
