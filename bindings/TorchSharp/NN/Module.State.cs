namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Parameters and persistent buffers under their dotted names: first all parameters, then all buffers, each in the order of
            /// <see cref="named_parameters"/> and <see cref="named_buffers"/>. The tensors are the module's own, not copies.
            /// </summary>
            /// <param name="destination">Where to add them; a new dictionary if null.</param>
            /// <param name="prefix">Put before each name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string Key(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
                foreach (var (name, parameter) in named_parameters())
                    destination.TryAdd(Key(name), parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(Key(name), buffer);
                foreach (var (name, child) in submodules)
                    child.state_dict(destination, Key(name)); // for those that override this method, and for a part that has two names
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names; data types and devices stay as they are.</summary>
            /// <param name="strict">Whether each name must be on both sides.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <returns>The names that only the module has, and those that only the source has.</returns>
            /// <exception cref="InvalidOperationException">Strict, and the names are not the same; nothing was copied.</exception>
            /// <exception cref="ArgumentException">A tensor's shape is another than the module's; nothing was copied.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var skipped = new HashSet<string>(skip ?? []);
                string[] missing = [.. destination.Keys.Where(key => !skipped.Contains(key) && !source.ContainsKey(key))];
                string[] unexpected = [.. source.Keys.Where(key => !skipped.Contains(key) && !destination.ContainsKey(key))];
                if (strict && missing.Length + unexpected.Length > 0)
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary: "
                        + $"{missing.Length} keys missing ({FirstOf(missing)}), {unexpected.Length} unexpected ({FirstOf(unexpected)}).");

                string[] shared = [.. source.Keys.Where(key => !skipped.Contains(key) && destination.ContainsKey(key))];
                foreach (string key in shared)
                    if (!source[key].shape.AsSpan().SequenceEqual(destination[key].shape)) // copy_ would broadcast in silence
                        throw new ArgumentException(
                            $"{key} has shape {Text(source[key].shape)}, the module's has {Text(destination[key].shape)}.",
                            nameof(source));
                using var withoutGradient = no_grad();
                foreach (string key in shared)
                    destination[key].copy_(source[key]);
                return (missing, unexpected);
            }

            /// <summary>Forgets the gradients of all parameters, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_();
                }
            }

            private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

            private static string FirstOf(string[] keys) => keys.Length switch
            {
                0 => "none",
                <= 3 => string.Join(", ", keys),
                _ => string.Join(", ", keys[..3]) + ", …",
            };
        }
    }
}
