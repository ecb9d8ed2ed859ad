namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with one input.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>What the module computes, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs <see cref="forward"/>, and the hooks before and after it.</summary>
            public TResult call(T input)
            {
                Run(modulePreHooks, this);
                if (preHooks is not null)
                    foreach (var hook in preHooks.Values)
                        if (hook(this, input) is { } changed)
                            input = changed;

                var result = forward(input);

                if (postHooks is not null)
                    foreach (var hook in postHooks.Values)
                        if (hook(this, input, result) is { } changed)
                            result = changed;
                Run(modulePostHooks, this);
                return result;
            }
        }

        /// <summary>A module with two inputs.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
              IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>What the module computes, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs <see cref="forward"/>, and the hooks before and after it.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                Run(modulePreHooks, this);
                if (preHooks is not null)
                    foreach (var hook in preHooks.Values)
                        if (hook(this, input1, input2) is { } changed)
                            (input1, input2) = changed;

                var result = forward(input1, input2);

                if (postHooks is not null)
                    foreach (var hook in postHooks.Values)
                        if (hook(this, input1, input2, result) is { } changed)
                            result = changed;
                Run(modulePostHooks, this);
                return result;
            }
        }

        /// <summary>A module with three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                  Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
              IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>What the module computes, without hooks; use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs <see cref="forward"/>, and the hooks before and after it.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                Run(modulePreHooks, this);
                if (preHooks is not null)
                    foreach (var hook in preHooks.Values)
                        if (hook(this, input1, input2, input3) is { } changed)
                            (input1, input2, input3) = changed;

                var result = forward(input1, input2, input3);

                if (postHooks is not null)
                    foreach (var hook in postHooks.Values)
                        if (hook(this, input1, input2, input3, result) is { } changed)
                            result = changed;
                Run(modulePostHooks, this);
                return result;
            }
        }
    }
}
