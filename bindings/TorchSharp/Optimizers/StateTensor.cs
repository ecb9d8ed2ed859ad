using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Copying, moving, comparing and storing the tensors of optimizer states, which belong to no dispose scope.</summary>
internal static class StateTensor
{
    /// <summary>Puts a copy of <paramref name="source"/> in the place of <paramref name="target"/>, which is disposed.</summary>
    internal static void Copy(ref Tensor? target, Tensor? source, Device device)
    {
        using var withoutGradient = no_grad();
        var copy = source?.to(source.dtype, device, copy: true).DetachFromDisposeScope();
        target?.Dispose();
        target = copy;
    }

    internal static void Move(ref Tensor? tensor, Device device) => Copy(ref tensor, tensor, device);

    /// <summary>Whether both are absent or about equal.</summary>
    internal static bool Close(Tensor? x, Tensor? y) => x is null ? y is null : y is not null && x.allclose(y);

    // TorchSharp's format: type, number of dimensions and extents as variable-length integers, then the values, row-major.
    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var values = tensor.cpu().contiguous();
        writer.Write7BitEncodedInt64((long)values.dtype);
        writer.Write7BitEncodedInt64(values.ndim);
        foreach (long extent in values.shape)
            writer.Write7BitEncodedInt64(extent);
        writer.Write(values.bytes);
    }

    /// <exception cref="EndOfStreamException">The values end too early.</exception>
    internal static Tensor Read(BinaryReader reader, Device device)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = reader.Read7BitEncodedInt64();
        using var values = empty(shape, type, CPU);
        reader.BaseStream.ReadExactly(values.bytes);
        return values.to(type, device, copy: true).DetachFromDisposeScope();
    }

    internal static void WriteOptional(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null)
            Write(writer, tensor);
    }

    internal static void ReadOptional(BinaryReader reader, ref Tensor? tensor, Device device)
    {
        var read = reader.ReadBoolean() ? Read(reader, device) : null;
        tensor?.Dispose();
        tensor = read;
    }
}
