namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched and changed.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // Null until the first hook: most modules never get one, and call() runs several hundred times a training step.
            private protected Dictionary<string, TPreHook>? preHooks;
            private protected Dictionary<string, TPostHook>? postHooks;
            private protected Dictionary<string, Action<Module>>? modulePreHooks;
            private protected Dictionary<string, Action<Module>>? modulePostHooks;

            protected HookableModule(string name) : base(name) { }

            /// <summary>Calls <paramref name="hook"/> after each forward with module, inputs and result; what it returns, if not null,
            /// becomes the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(postHooks ??= [], hook);

            /// <summary>Calls <paramref name="hook"/> before each forward with module and inputs; what it returns, if not null, becomes
            /// the inputs.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(preHooks ??= [], hook);

            /// <summary>Calls <paramref name="hook"/> after each forward.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Add(modulePostHooks ??= [], hook);

            /// <summary>Calls <paramref name="hook"/> before each forward.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(modulePreHooks ??= [], hook);

            private protected static void Run(Dictionary<string, Action<Module>>? hooks, Module module)
            {
                if (hooks is null)
                    return;
                foreach (var hook in hooks.Values)
                    hook(module);
            }

            private HookRemover Add<THook>(Dictionary<string, THook> hooks, THook hook)
            {
                string key = Guid.NewGuid().ToString();
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook out again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove()
                {
                    module.preHooks?.Remove(key);
                    module.postHooks?.Remove(key);
                    module.modulePreHooks?.Remove(key);
                    module.modulePostHooks?.Remove(key);
                }
            }
        }
    }
}
