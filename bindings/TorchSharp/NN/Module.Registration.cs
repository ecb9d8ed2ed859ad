using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            // Components in the order of their registration, which is the order of parameters() and of the state dict.
            private readonly OrderedDictionary<string, Module> submodules = [];
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];

            private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> ComponentFields = new();
            private bool componentsRegistered;

            /// <summary>Registers every field that holds a module, a parameter or a tensor (as a buffer) under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered)
                    return;
                foreach (var (fieldName, field) in FieldsOf(GetType()))
                {
                    if (submodules.ContainsKey(fieldName) || ownParameters.ContainsKey(fieldName) || ownBuffers.ContainsKey(fieldName))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(fieldName, module); break;
                        case Parameter parameter: register_parameter(fieldName, parameter); break; // before Tensor, which it is too
                        case Tensor tensor: register_buffer(fieldName, tensor); break;
                    }
                }
                componentsRegistered = true;
            }

            /// <summary>Makes a module part of this one; null takes the part of that name out again.</summary>
            /// <exception cref="ArgumentException">The name is empty or holds a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null)
                {
                    submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentException("module name can't be empty string \"\"", nameof(name));
                if (name.Contains('.'))
                    throw new ArgumentException($"module name can't contain \".\", got: {name}", nameof(name));
                if (submodules.ContainsKey(name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                submodules.Add(name, submodule);
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Makes a parameter part of this module.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!ownParameters.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            /// <summary>Makes a tensor part of this module that the optimizer does not touch.</summary>
            /// <param name="persistent">Whether it is in the state dict.</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!ownBuffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            /// <summary>Registers, replaces or (null) removes a parameter, whatever was there.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                    ownParameters.Remove(name);
                else
                    ownParameters[name] = value;
            }

            /// <summary>Registers, replaces or (null) removes a buffer, whatever was there.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                    ownBuffers.Remove(name);
                else
                    ownBuffers[name] = (value, persistent);
            }

            /// <summary>Takes all submodules out again.</summary>
            protected void ClearModules() => submodules.Clear();

            /// <summary>What a built-in module's parameter property does when set: the old one goes, the new one lives as long as the
            /// module.</summary>
            private protected void SetParameter(string name, ref Parameter? field, Parameter? value)
            {
                if (ReferenceEquals(field, value) && value is not null)
                    return;
                field?.Dispose();
                field = (Parameter?)value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, field);
            }

            /// <summary>The same for a buffer.</summary>
            private protected void SetBuffer(string name, ref Tensor? field, Tensor? value)
            {
                if (ReferenceEquals(field, value) && value is not null)
                    return;
                field?.Dispose();
                field = value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, field);
            }

            // Fields of the class and of its bases, the most derived first; of two with one name the first counts.
            private static (string Name, FieldInfo Field)[] FieldsOf(Type type) => ComponentFields.GetOrAdd(type, static start =>
            {
                var fields = new OrderedDictionary<string, FieldInfo>();
                for (var type = start; type is not null && type != typeof(Module); type = type.BaseType)
                {
                    const BindingFlags Declared =
                        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                    foreach (var field in type.GetFields(Declared))
                        if (!field.FieldType.IsValueType)
                            fields.TryAdd(field.Name, field);
                }
                return [.. fields.Values.Select(field => (field.ComponentName(), field))];
            });
        }
    }
}
