using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves and converts parameters and buffers; of these the ones of integer type are moved only.</summary>
            /// <exception cref="ArgumentException">The type is neither floating point nor complex.</exception>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                Convert(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves parameters and buffers.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                Convert(null, new Device(deviceType, deviceType == DeviceType.CPU ? -1 : deviceIndex), non_blocking);
                return this;
            }

            /// <summary>Converts parameters and buffers; of these the ones of integer type stay as they are.</summary>
            /// <exception cref="ArgumentException">The type is neither floating point nor complex.</exception>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                Convert(dtype, null, non_blocking);
                return this;
            }

            /// <summary>Moves and converts to another tensor's device and type.</summary>
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            private void Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is { } type && !IsFloating(type))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}");
                foreach (var (_, child) in named_children())
                    _ = (dtype, device) switch
                    {
                        (null, not null) => child._to(device.type, device.index, non_blocking),
                        ({ } wanted, null) => child._to(wanted, non_blocking),
                        ({ } wanted, not null) => child._to(device, wanted, non_blocking),
                        _ => child,
                    };
                foreach (var (name, parameter) in ownParameters.ToArray())
                    if (Replacement(parameter, dtype, device, non_blocking) is { } converted)
                    {
                        ownParameters[name] = converted;
                        ReplaceInFields(parameter, converted);
                        parameter.Dispose();
                    }
                foreach (var (name, (buffer, persistent)) in ownBuffers.ToArray())
                    if (Converted(buffer, dtype, device, non_blocking) is { } converted)
                    {
                        ownBuffers[name] = (converted, persistent);
                        ReplaceInFields(buffer, converted);
                        buffer.Dispose();
                    }
            }

            // A new leaf with the gradient, if there is one, converted too; null where nothing changes.
            private static Parameter? Replacement(Parameter parameter, ScalarType? dtype, Device? device, bool non_blocking)
            {
                using var withoutGradient = no_grad();
                if (Converted(parameter, dtype, device, non_blocking) is not { } data)
                    return null;
                var replacement = new Parameter(data, parameter.requires_grad);
                using var gradient = parameter.grad;
                if (gradient is not null)
                {
                    using var converted = Converted(gradient, dtype, device, non_blocking);
                    replacement.grad = converted ?? gradient;
                }
                return replacement;
            }

            private static Tensor? Converted(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                var type = dtype is { } wanted && IsFloating(tensor.dtype) ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                bool samePlace = tensor.device.type == place.type && (place.index < 0 || tensor.device.index == place.index);
                return samePlace && tensor.dtype == type
                    ? null
                    : tensor.to(type, place, non_blocking: non_blocking).DetachFromDisposeScope();
            }

            private void ReplaceInFields(Tensor old, Tensor replacement)
            {
                foreach (var (_, field) in FieldsOf(GetType()))
                    if (ReferenceEquals(field.GetValue(this), old))
                        field.SetValue(this, replacement);
            }

            private static bool IsFloating(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32
                or ScalarType.Float64 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
        }
    }
}
