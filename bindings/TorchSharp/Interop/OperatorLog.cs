namespace TorchSharp.Interop;

/// <summary>Where every operator call of the process can be heard: operation counts, profiles, export.</summary>
/// <remarks>Costs one read of a field for each call while nobody listens. Operators that a handler calls itself are not reported.</remarks>
public static class OperatorLog
{
    [ThreadStatic] private static bool recording;

    /// <summary>Raised after each call that succeeded, on the thread that made it.</summary>
    public static event OperatorCallHandler? Called
    {
        add
        {
            lock (Gate)
                handlers += value;
        }
        remove
        {
            lock (Gate)
                handlers -= value;
        }
    }

    /// <summary>Raised when the program is about to read a tensor's elements, while somebody listens to <see cref="Called"/>, on the thread that reads.</summary>
    public static event Action<torch.Tensor>? Read;

    internal static bool IsListening => handlers is not null;

    private static readonly Lock Gate = new();

    private static OperatorCallHandler? handlers;

    internal static void Record(Operator op, ReadOnlySpan<Value> arguments, params ReadOnlySpan<torch.Tensor?> results)
    {
        if (recording)
            return;
        recording = true;
        try
        {
            handlers?.Invoke(op, arguments, results);
        }
        finally
        {
            recording = false;
        }
    }

    internal static void RecordRead(torch.Tensor tensor)
    {
        if (!recording)
            Read?.Invoke(tensor);
    }
}
