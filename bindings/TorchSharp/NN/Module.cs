namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Base class of all neural network modules: a tree of submodules with parameters and buffers, each under a
        /// name.</summary>
        /// <remarks>
        /// A derived class keeps its parts in fields and calls <see cref="RegisterComponents"/> at the end of its constructor;
        /// the fields' names are the keys in <see cref="state_dict"/>. A module owns its parts: disposing it disposes them.
        /// </remarks>
        public partial class Module : IDisposable
        {
            protected string? name;
            private bool isTraining = true;

            protected Module(string name) => this.name = name;

            /// <summary>The name given to the constructor, by convention the class's.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Whether the module behaves as in training (batch statistics, dropout) or as in prediction.</summary>
            public virtual bool training => isTraining;

            /// <summary>Sets the mode of this module and of all below it.</summary>
            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, child) in named_children())
                    child.train(train);
            }

            /// <summary>The same as train(false).</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> on every module of the tree, children before their parent.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in submodules)
                    child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Disposes parameters, buffers and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, (buffer, _)) in ownBuffers)
                    buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in ownParameters)
                    parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, child) in submodules)
                    child.Dispose();
            }
        }
    }
}
