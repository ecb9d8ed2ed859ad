namespace TorchSharp.Utils;

/// <summary>Gives a module's field another key in the state dict than the field's own name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
