using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Seg.Models.Configuration;

/// <summary>What a configuration record looks like in a file: its keys, and for abstract records the names of the variants.</summary>
internal sealed class ConfigSchema
{
    private static readonly ConcurrentDictionary<Type, ConfigSchema> Schemas = new();

    private ConfigSchema(Type type)
    {
        var nullability = new NullabilityInfoContext();
        Members =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                .Select(property => new ConfigMember(
                    ConfigNames.ToSnakeCase(property.Name),
                    property,
                    property.IsDefined(typeof(RequiredMemberAttribute)),
                    nullability.Create(property).WriteState == NullabilityState.Nullable,
                    property.IsDefined(typeof(PathFromHereAttribute)),
                    property.IsDefined(typeof(OneOrMoreAttribute)),
                    property.GetCustomAttribute<FromFileAttribute>())),
        ];
        for (var ancestor = type; ancestor is not null && VariantKey is null; ancestor = ancestor.BaseType)
        {
            var variantKey = ancestor.GetCustomAttribute<VariantKeyAttribute>(inherit: false);
            (VariantKey, DefaultVariant) = (variantKey?.Key, variantKey?.Default);
            var table = ancestor.GetCustomAttributes<VariantAttribute>(inherit: false);
            Variants = table.ToDictionary(variant => variant.Name, variant => variant.Type);
        }
    }

    /// <summary>The record's keys, those of the record that it derives from first.</summary>
    public IReadOnlyList<ConfigMember> Members { get; }

    /// <summary>The key that chooses among the variants; null where there are none.</summary>
    public string? VariantKey { get; }

    /// <summary>The variant that is meant where that key is left out; null where it must be there.</summary>
    public string? DefaultVariant { get; }

    public IReadOnlyDictionary<string, Type> Variants { get; } = new Dictionary<string, Type>();

    public static ConfigSchema Of(Type type) => Schemas.GetOrAdd(type, static key => new(key));
}

/// <summary>One key of a configuration record.</summary>
/// <param name="TakesOne">Whether one item of the list may stand without the list; see <see cref="OneOrMoreAttribute"/>.</param>
/// <param name="File">Where the record may be instead of here; null: nowhere else.</param>
internal sealed record ConfigMember(
    string Key, PropertyInfo Property, bool IsRequired, bool IsNullable, bool IsPathFromHere, bool TakesOne, FromFileAttribute? File);
