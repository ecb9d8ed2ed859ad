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
                    property.IsDefined(typeof(PathFromHereAttribute)))),
        ];
        for (var ancestor = type; ancestor is not null && VariantKey is null; ancestor = ancestor.BaseType)
        {
            VariantKey = ancestor.GetCustomAttribute<VariantKeyAttribute>(inherit: false)?.Key;
            var table = ancestor.GetCustomAttributes<VariantAttribute>(inherit: false);
            Variants = table.ToDictionary(variant => variant.Name, variant => variant.Type);
        }
    }

    /// <summary>The record's keys, those of the record that it derives from first.</summary>
    public IReadOnlyList<ConfigMember> Members { get; }

    /// <summary>The key that chooses among the variants; null where there are none.</summary>
    public string? VariantKey { get; }

    public IReadOnlyDictionary<string, Type> Variants { get; } = new Dictionary<string, Type>();

    public static ConfigSchema Of(Type type) => Schemas.GetOrAdd(type, static key => new(key));
}

/// <summary>One key of a configuration record.</summary>
internal sealed record ConfigMember(string Key, PropertyInfo Property, bool IsRequired, bool IsNullable, bool IsPathFromHere);
